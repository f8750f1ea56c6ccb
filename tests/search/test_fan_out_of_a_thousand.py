"""Closing one page hides a thousand cases below it with the change itself."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page

from portal.directory.models import User
from search.criteria import Audience
from search.engines.base import Engine
from search.generations import rebuild
from search.models import IndexChange
from search.outbox import denied_ids
from search.worker import drain
from tests.bench.enlarging import copy_rows
from tests.factories.cases import administration_page, forum_page, make_case, make_collection
from tests.factories.directory import make_administration, make_region, make_user
from tests.search.closing import restricted, unpublished
from tests.search.looking import look
from tests.search.servers import refusing
from tests.support.indices import use_elasticsearch

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

Places = tuple[Page, Page]
COPIES = 34
MALTA, FRANCE, KENYA = 20 * (COPIES + 1), 10 * (COPIES + 1), 2 * (COPIES + 1)


def _found(user: User | None = None) -> tuple[int, dict[str, int], dict[str, int], int]:
    """Gives the total, the counts by region and by Member, and how many hits are on the page."""
    results = look(user=user, size=100)
    regions, administrations = (
        {value.value: value.count for value in results.facets[name]}
        for name in ("region", "administration")
    )
    return results.total, regions, administrations, len(results.hits)


EVERYTHING = (
    MALTA + FRANCE + KENYA + 1,
    {"europe": MALTA + FRANCE + 1, "east-southern-africa": KENYA},
    {"malta": MALTA, "france": FRANCE, "kenya": KENYA},
    100,
)
WITHOUT_MALTA = (
    FRANCE + KENYA + 1,
    {"europe": FRANCE + 1, "east-southern-africa": KENYA},
    {"france": FRANCE, "kenya": KENYA},
    100,
)
WITHOUT_EUROPE = (KENYA, {"east-southern-africa": KENYA}, {"kenya": KENYA}, KENYA)


@pytest.fixture(scope="module")
def catalogue(standing: None) -> Places:
    """Gives the pages of Malta and of Europe, with a thousand cases below."""
    for slug, region, number in (
        ("malta", "europe", 20),
        ("france", "europe", 10),
        ("kenya", "east-southern-africa", 2),
    ):
        administration = make_administration(slug, region=region)
        for _case in range(number):
            make_case(administration=administration)
    make_collection(region=make_region("europe"))
    copy_rows(COPIES)
    malta = administration_page(make_administration("malta"))
    return Page.objects.get(pk=malta.pk), Page.objects.get(pk=forum_page(make_region("europe")).pk)


@pytest.mark.parametrize("close", [restricted, unpublished], ids=["restricted", "unpublished"])
def test_a_thousand_cases_are_hidden_at_once_from_hits_totals_and_counts(
    catalogue: Places,
    engine: Engine,
    settings: Settings,
    close: Callable[[Page], AbstractContextManager[None]],
) -> None:
    malta, europe = catalogue
    curator = make_user("curator")
    rebuild(engine)
    assert _found() == _found(curator) == EVERYTHING
    for page, left in ((malta, WITHOUT_MALTA), (europe, WITHOUT_EUROPE)):
        with CaptureQueriesContext(connection) as queries, close(page):
            took = len(queries)
            # Nothing has been drained: the index still holds everything.
            assert _found() == _found(curator) == left
            assert engine.counts()[Audience.PUBLIC] == EVERYTHING[0]
            assert denied_ids(Audience.PUBLIC) == ()
            with _listing(settings):
                assert _found() == _found(curator) == left
        assert took < 60
        assert _found() == EVERYTHING
        IndexChange.objects.all().delete()
    with close(europe):
        drain(engine)
        assert engine.counts()[Audience.PUBLIC] == WITHOUT_EUROPE[0]
        assert _found() == WITHOUT_EUROPE
    drain(engine)
    assert _found() == EVERYTHING


@contextmanager
def _listing(settings: Settings) -> Iterator[None]:
    kept = settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URLS, settings.SEARCH_PREFIX
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        assert look().degraded
        yield
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URLS, settings.SEARCH_PREFIX = kept
