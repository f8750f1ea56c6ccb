"""A whole catalogue comes in through the command, and every count on it is the file's own.

The catalogue is a generated one of the size of a public catalogue of 850 cases, and as uneven: a
few topics on many cases, words given twice or unknown, fields left out, six scripts.
"""

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from portal.directory.models import Administration, Role
from search.engines.base import Engine
from search.facets import FACETS
from search.worker import drain
from tests.casestudies.exchange_files import run
from tests.factories.catalogue import RARE_NAME, Line, make_catalogue, write_catalogue
from tests.factories.directory import make_user
from tests.support.recount import Asked, Recount

pytestmark = pytest.mark.slow
CASES = 850
SEARCHES = (
    Asked(),
    Asked(RARE_NAME),
    Asked(filters={"region": ("europe", "west-central-africa")}),
    Asked(filters={"region": ("asia-pacific",), "language": ("fr", "ar", "ru")}),
    Asked(filters={"topic": ("facilitation",), "stage": ("operation", "scaled")}),
    Asked(filters={"topic": ("digital", "transit", "integrity"), "cost": ("lt-50k",)}),
    Asked(filters={"instrument": ("wto-tfa", "rkc-a"), "building_block": ("integrity",)}),
    Asked(filters={"technology": ("api", "drones"), "beneficiary": ("traders", "msmes")}),
    Asked(filters={"freshness": ("due", "outdated"), "level": ("validated",)}),
    Asked(filters={"innovation_type": ("legal",), "kind": ("case",)}, measured=True),
    Asked(filters={"stage": ("discontinued",), "language": ("pt",), "cost": ("gt-5m",)}),
    Asked(RARE_NAME, {"region": ("europe",), "topic": ("single-window",)}, failures=True),
    Asked(filters={"administration": ("malta", "japan")}, year_from=2015, year_to=2022),
    Asked(year_to=2010, measured=True, failures=True),
)


@dataclass(frozen=True)
class Reader:
    """A reader's browser, and the cases of the file that this reader may see."""

    client: Client
    recount: Recount

    def answer(self, **parameters: Any) -> dict[str, Any]:
        """Ask the read API."""
        response = self.client.get("/api/v1/search", parameters)
        assert response.status_code == 200, response.content
        return json.loads(response.content)


@pytest.fixture(scope="module")
def lines(portal_as_set_up: None, tmp_path_factory: pytest.TempPathFactory) -> list[Line]:
    """Import the file, once for both engines, and give what is in it."""
    codes = list(Administration.objects.values_list("iso2", flat=True))
    made = make_catalogue(CASES, administrations=codes, seed=7, today=timezone.localdate())
    file = write_catalogue(tmp_path_factory.mktemp("catalogue") / "catalogue.jsonl", made)
    ran = run("import_cases", file, "--publish")
    assert ran.code == 0, ran.err
    assert f"{CASES} new" in ran.out
    assert f"{CASES} published" in ran.out
    with connection.cursor() as cursor:
        # A server gathers its statistics by itself, but not of what is never committed.
        cursor.execute("ANALYZE")
    return made


@pytest.fixture
def readers(lines: list[Line], portal: None, engine: Engine) -> dict[str, Reader]:
    """Index what came in; give a visitor, an officer of a region and a curator."""
    drain()
    today = timezone.localdate()
    malta = Administration.objects.get(iso2="MT")
    officer, curator = Client(), Client()
    officer.force_login(make_user(Role.MEMBER_READER, administration=malta))
    curator.force_login(make_user(Role.CURATOR))
    return {
        "visitor": Reader(Client(), Recount(lines, today)),
        "officer": Reader(officer, Recount(lines, today, also=["members"], region="europe")),
        "curator": Reader(curator, Recount(lines, today, also=["members", "region"])),
    }


def test_every_count_on_a_whole_catalogue_is_the_files_own(
    readers: dict[str, Reader], engine: Engine
) -> None:
    for name, reader in readers.items():
        assert found_names(reader) == reader.recount.names(Asked()), name
        for asked in SEARCHES:
            answer = reader.answer(**asked.parameters())
            assert (answer["engine"], answer["degraded"]) == (engine.name, False)
            assert answer["total"] == len(reader.recount.names(asked)), (name, asked)
            for facet in FACETS:
                shown = {row["value"]: row["count"] for row in answer["facets"][facet]}
                assert shown == reader.recount.counts(asked, facet), (name, asked, facet)


def found_names(reader: Reader) -> set[str]:
    """Turn every page and give the external ids of all that is found."""
    pages = (CASES - 1) // 100 + 1
    found = [
        hit["external_id"]
        for page in range(1, pages + 1)
        for hit in reader.answer(page=page, size=100)["results"]
    ]
    assert len(found) == len(set(found))
    return set(found)
