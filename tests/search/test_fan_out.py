"""Closing one page hides everything below it with the change itself, however much it is."""

import pytest
from wagtail.models import Page

from search.closed import hidden_from
from search.criteria import Audience
from search.engines.base import Engine
from search.outbox import denied_ids, record
from search.worker import drain
from tests.factories.cases import administration_page, forum_page, make_case
from tests.factories.directory import make_administration, make_region, make_user
from tests.search.closing import restricted
from tests.search.looking import index_everything, look

pytestmark = pytest.mark.django_db


def test_closing_the_home_page_hides_everything(engine: Engine) -> None:
    case = make_case("Everything")
    index_everything()
    home = Page.objects.get(pk=case.get_ancestors()[1].pk)
    with restricted(home):
        assert hidden_from(Audience.MEMBERS).closed == (str(home.pk),)
        assert look().total == 0
    assert look().total == 1


def test_case_that_moves_under_a_closed_page_is_hidden_at_once(engine: Engine) -> None:
    case, other = make_case("On the move"), make_case("Stays")
    kenya = administration_page(make_administration("kenya", region="east-southern-africa"))
    index_everything()
    with restricted(Page.objects.get(pk=kenya.pk)):
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
    with restricted(Page.objects.get(pk=far.pk)):
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
    with restricted(Page.objects.get(pk=administration_page(kenya).pk)):
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
    with restricted(Page.objects.get(pk=kenya.pk)):
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
