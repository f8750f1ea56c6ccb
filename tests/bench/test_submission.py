"""What one case costs from its first word to its publication."""

from collections.abc import Callable
from itertools import count

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.signals import page_published

from casestudies.models import CaseStudyPage
from portal.home.models import HomePage
from search.receivers import on_published
from tests.bench.data import scaled
from tests.bench.officers import Officers, make_officers
from tests.bench.report import Figure, Report
from tests.bench.running import Portal
from tests.bench.timing import in_turn

pytestmark = pytest.mark.bench
ROUNDS = 20
_numbers = count(1)


@pytest.fixture
def officers(portal: Portal) -> Officers:
    return make_officers()


def test_one_submission_beside_a_plain_page(officers: Officers, report: Report) -> None:
    def submit() -> CaseStudyPage:
        case = officers.write(f"Submission {next(_numbers)}")
        officers.clear(case)
        officers.publish(case)
        return case

    case = submit()
    assert CaseStudyPage.objects.get(pk=case.pk).live
    publish_plain_page()
    ours, stock = in_turn([(submit, publish_plain_page)], rounds=scaled(ROUNDS, least=2))
    counted, plain = statements(submit), statements(publish_plain_page)
    report.add(
        "submission",
        Figure("One submission to live, statements", counted, "statements", plain),
        Figure("One submission to live, p50", ours.p50, "ms", stock.p50),
    )


def publish_plain_page() -> None:
    """Add a page, save a revision of it and publish that, without the portal's search."""
    page_published.disconnect(on_published)
    try:
        with transaction.atomic():
            number = next(_numbers)
            home = HomePage.objects.get()
            page = home.add_child(
                instance=Page(title=f"Plain {number}", slug=f"plain-{number}", live=False)
            )
            page.save_revision().publish()
    finally:
        page_published.connect(on_published)


def statements(deed: Callable[[], object]) -> int:
    """Count the SQL statements of something."""
    with CaptureQueriesContext(connection) as captured:
        deed()
    return len(captured)
