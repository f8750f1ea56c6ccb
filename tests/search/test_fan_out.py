"""Closing one page hides everything below it with the change itself, however much it is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page, PageViewRestriction

from portal.directory.models import User
from search.closed import hidden_from
from search.criteria import Audience
from search.engines.base import Engine
from search.generations import rebuild
from search.models import IndexChange
from search.outbox import denied_ids, record
from search.worker import drain
from tests.bench.enlarging import copy_rows
from tests.factories.cases import administration_page, forum_page, make_case, make_collection
from tests.factories.directory import make_administration, make_region, make_user
from tests.search.looking import index_everything, look
from tests.search.servers import refusing
from tests.support.indices import use_elasticsearch

pytestmark = pytest.mark.django_db

COPIES = 34
MALTA, FRANCE, KENYA = 20 * (COPIES + 1), 10 * (COPIES + 1), 2 * (COPIES + 1)


@contextmanager
def _restricted(page: Page) -> Iterator[None]:
    lock = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    yield
    lock.delete()


@contextmanager
def _unpublished(page: Page) -> Iterator[None]:
    Page.objects.get(pk=page.pk).unpublish()
    yield
    Page.objects.get(pk=page.pk).specific.save_revision().publish(skip_permission_checks=True)


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


@pytest.mark.slow
@pytest.mark.parametrize("close", [_restricted, _unpublished], ids=["restricted", "unpublished"])
def test_a_thousand_cases_are_hidden_at_once_from_hits_totals_and_counts(
    engine: Engine, settings: Settings, close: Callable[[Page], AbstractContextManager[None]]
) -> None:
    malta, europe = _catalogue()
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


def _catalogue() -> tuple[Page, Page]:
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


@contextmanager
def _listing(settings: Settings) -> Iterator[None]:
    kept = settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URLS, settings.SEARCH_PREFIX
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        assert look().degraded
        yield
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URLS, settings.SEARCH_PREFIX = kept


def test_closing_the_home_page_hides_everything(engine: Engine) -> None:
    case = make_case("Everything")
    index_everything()
    home = Page.objects.get(pk=case.get_ancestors()[1].pk)
    with _restricted(home):
        assert hidden_from(Audience.MEMBERS).closed == (str(home.pk),)
        assert look().total == 0
    assert look().total == 1


def test_case_that_moves_under_a_closed_page_is_hidden_at_once(engine: Engine) -> None:
    case, other = make_case("On the move"), make_case("Stays")
    kenya = administration_page(make_administration("kenya", region="east-southern-africa"))
    index_everything()
    with _restricted(Page.objects.get(pk=kenya.pk)):
        case.move(kenya, pos="last-child")
        assert [hit.pk for hit in look().hits] == [other.pk]
        assert look().total == 1
        drain(engine)
        assert look().total == 1


def test_page_with_cases_below_moves_under_a_closed_one_with_all_of_them(engine: Engine) -> None:
    cases = [make_case(topics=["transit"]) for _number in range(3)]
    make_case("Elsewhere", administration=make_administration("kenya", region="asia-pacific"))
    index_everything()
    assert look().total == 4
    far = forum_page(make_region("west-central-africa"))
    with _restricted(Page.objects.get(pk=far.pk)):
        cases[0].get_parent().move(far, pos="last-child")
        _only_elsewhere_is_counted()
        drain(engine)
        _only_elsewhere_is_counted()
    drain(engine)
    assert look().total == 4


def _only_elsewhere_is_counted() -> None:
    results = look()
    assert [hit.title for hit in results.hits] == ["Elsewhere"]
    assert results.total == 1
    assert not any(value.count for value in results.facets["topic"])
    assert [value.value for value in results.facets["administration"]] == ["kenya"]


def test_case_published_below_a_closed_page_is_never_found(engine: Engine) -> None:
    kenya = make_administration("kenya", region="east-southern-africa")
    index_everything()
    with _restricted(Page.objects.get(pk=administration_page(kenya).pk)):
        case = make_case("Below", administration=kenya, live=False, topics=["transit"])
        case.save_revision().publish(skip_permission_checks=True)
        for _moment in ("before", "after"):
            for reader in (None, make_user("curator")):
                results = look(user=reader)
                assert (results.total, results.hits) == (0, ())
                assert not any(value.count for value in results.facets["topic"])
            drain(engine)
    drain(engine)
    assert look().total == 1


def test_case_that_moved_a_moment_ago_is_hidden_with_its_new_place(engine: Engine) -> None:
    case = make_case("Moved a moment ago")
    kenya = administration_page(make_administration("kenya", region="east-southern-africa"))
    index_everything()
    case.move(kenya, pos="last-child")
    with _restricted(Page.objects.get(pk=kenya.pk)):
        assert look().total == 0
        assert not any(value.count for value in look().facets["region"])


def test_case_for_a_region_is_hidden_while_its_member_changes_regions(engine: Engine) -> None:
    case = make_case("For Europe only", visibility="region")
    index_everything()
    coordinator = make_user("coordinator")
    assert look(user=coordinator).total == 1
    malta = make_administration("malta")
    malta.region = make_region("east-southern-africa")
    malta.save()
    assert look(user=coordinator).total == 0
    assert not any(value.count for value in look(user=coordinator).facets["administration"])
    drain(engine)
    assert look(user=coordinator).total == 0
    assert look(user=make_user("curator")).hits[0].pk == case.pk


def test_unpublished_case_hides_itself_by_its_id_and_no_page(engine: Engine) -> None:
    case = make_case("Alone")
    index_everything()
    record(kind="case", object_ids=[case.pk])
    case.unpublish()
    assert hidden_from(Audience.MEMBERS).closed == ()
    assert denied_ids(Audience.MEMBERS) == (f"case-{case.pk}",)
    assert look().total == 0
