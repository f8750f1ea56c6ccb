"""What becomes of the search page when the catalogue grows from 3,000 to 100,000 cases.

The last of the measures: it leaves the enlarged catalogue behind.
"""

import json
from urllib.parse import urlencode

import pytest

from casestudies.models import CaseStudyPage
from tests.bench.conftest import Used
from tests.bench.data import SEARCHED, scaled
from tests.bench.enlarging import APART, copy_rows
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal, fetch
from tests.bench.test_search_page import ASKED
from tests.bench.timing import Samples, milliseconds

pytestmark = pytest.mark.bench
ROUNDS = 4
WIDE = 100_000
COPIES = WIDE // SEARCHED


def test_pages_of_a_wide_catalogue(portal: Portal, used: Used, report: Report) -> None:
    before = _pages(portal, used)
    if not CaseStudyPage.objects.filter(pk__gt=APART).exists():
        copy_rows(scaled(COPIES, least=2))
    words = ["-m", "tests.bench.writing", str(scaled(COPIES, least=2))]
    took = json.loads(portal.told(words, **used.environment))
    after = _pages(portal, used)
    embedded = not used.environment
    name = f"{used.name}, {WIDE:,} cases"
    report.add(
        "wide",
        Figure(f"Search page, {name}, p50", after.p50, "ms", before.p50, Limit(3, of="ratio")),
        Figure(
            f"Writing the index of {name}",
            took["seconds"] * WIDE / took["written"],
            "s",
            goal=Limit(300) if embedded else None,
        ),
    )
    if embedded:
        goal = Limit(1024)
        peak = took["megabytes"]
        report.add("wide", Figure(f"Most memory of the writer, {name}", peak, "MB", goal=goal))


def _pages(portal: Portal, used: Used) -> Samples:
    addresses = [f"/en/search/?{urlencode(asked, doseq=True)}" for asked in ASKED]
    with portal.server(**used.environment) as connection:
        for address in addresses:
            fetch(connection, address)
        return Samples(
            milliseconds(lambda: fetch(connection, address))  # noqa: B023
            for _round in range(scaled(ROUNDS, least=2))
            for address in addresses
        )
