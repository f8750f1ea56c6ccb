"""Changes are noted with the change itself, and brought into the index in the right order."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from casestudies.models import CaseStudyPage
from search.criteria import Audience
from search.engines.base import Engine, EngineDown, ItemResult, Outcome, Write
from search.engines.generation import Generation, Role
from search.models import IndexChange
from search.outbox import claim, denied_ids, finish, next_version, record, release
from search.worker import Loop, drain, look_at, work_off
from tests.factories.cases import (
    make_case,
    make_collection,
    make_term,
    make_topic,
    make_translation,
)
from tests.factories.directory import make_administration, make_region
from tests.search.looking import index_everything, look, titles

pytestmark = pytest.mark.django_db


def _noted() -> list[tuple[str, int]]:
    return list(IndexChange.objects.order_by("id").values_list("kind", "object_id"))


def _publish(case: CaseStudyPage) -> None:
    case.save_revision().publish(skip_permission_checks=True)


def test_published_case_is_found_after_the_worker_ran() -> None:
    case = make_case("A new experience", live=False)
    drain()
    assert look("experience").total == 0
    _publish(case)
    drain()
    assert titles(look("experience")) == ["A new experience"]


def test_change_that_is_rolled_back_leaves_nothing() -> None:
    case = make_case(live=False)

    @transaction.atomic
    def publish_and_fail() -> None:
        _publish(case)
        assert _noted()
        raise RuntimeError("something after it failed")

    with pytest.raises(RuntimeError):
        publish_and_fail()
    assert _noted() == []


def test_scheduled_page_is_not_found_before_its_time() -> None:
    case = make_case("For next week", live=False)
    case.go_live_at = timezone.now() + timedelta(days=7)
    _publish(case)
    drain()
    assert look("week").total == 0


def test_unpublished_case_is_gone_at_once_and_stays_gone() -> None:
    case = make_case("Withdrawn soon")
    make_case("Still there")
    index_everything()
    case.unpublish()
    assert titles(look()) == ["Still there"]
    assert look().total == 1
    assert [value.count for value in look().facets["kind"]] == [1]
    drain()
    assert denied_ids(Audience.PUBLIC) == ()
    assert titles(look()) == ["Still there"]


def test_case_that_becomes_members_only_leaves_public_search_at_once() -> None:
    case = make_case("Public until now")
    index_everything()
    case.visibility = "members"
    _publish(case)
    assert look("public").total == 0
    assert denied_ids(Audience.MEMBERS) == ()
    drain()
    assert look("public").total == 0


def test_case_published_again_is_not_held_back_by_its_withdrawal() -> None:
    case = make_case("There and back")
    index_everything()
    case.unpublish()
    _publish(CaseStudyPage.objects.get(pk=case.pk))
    assert denied_ids(Audience.PUBLIC) == ()
    assert look("back").total == 1


def test_change_of_a_name_does_not_lift_a_withdrawal() -> None:
    topic = make_topic("transit")
    case = make_case("Withdrawn soon", topics=[topic])
    index_everything()
    case.unpublish()
    topic.save()
    record(kind="case", object_ids=[case.pk])
    assert denied_ids(Audience.PUBLIC) == (f"case-{case.pk}",)
    assert look().total == 0


def test_text_of_the_index_is_not_shown_once_the_case_has_changed() -> None:
    case = make_case("Guichet unique", language="fr", solution="A name that must go: Windows.")
    translation = make_translation(case, "en", title="One window for all")
    index_everything()
    assert [passage.language for passage in look("windows").hits[0].highlights] == ["fr"]
    translation.delete()
    case.solution = "Nothing to see."
    _publish(case)
    hit = look("windows").hits[0]
    assert (hit.title, hit.highlights) == ("Guichet unique", ())


def test_deleted_case_and_collection_leave_the_index() -> None:
    case, collection = make_case("Gone case"), make_collection("Gone collection")
    index_everything()
    case.delete()
    collection.delete()
    assert look("gone").total == 0
    drain()
    assert look("gone").total == 0


def test_region_page_taken_down_takes_its_cases_along() -> None:
    case = make_case("Below a closed page")
    make_collection("Also below")
    index_everything()
    region_page = case.get_parent().get_parent()
    region_page.unpublish()
    assert look().total == 0
    drain()
    assert look().total == 0
    region_page.specific.save_revision().publish(skip_permission_checks=True)
    drain()
    assert look().total == 2


def test_restriction_on_a_page_above_hides_and_its_end_shows() -> None:
    case = make_case("Behind a password")
    index_everything()
    above = Page.objects.get(pk=case.get_parent().pk)
    restriction = PageViewRestriction.objects.create(
        page=above, restriction_type=PageViewRestriction.PASSWORD, password="secret"
    )
    assert look().total == 0
    drain()
    assert look().total == 0
    restriction.delete()
    drain()
    assert look().total == 1


def test_moved_case_is_looked_at_again() -> None:
    case = make_case("On the move")
    elsewhere = make_case("Elsewhere", administration=make_administration("france"))
    case.move(elsewhere.get_parent(), pos="last-child")
    assert ("case", case.pk) in _noted()


def test_translation_is_found_when_checked_and_gone_when_deleted() -> None:
    case = make_case("Guichet unique", language="fr")
    index_everything()
    translation = make_translation(case, "en", title="Desks for traders")
    drain()
    assert look("desks").total == 1
    translation.delete()
    drain()
    assert look("desks").total == 0


@pytest.mark.parametrize(
    "rename",
    [
        lambda: make_topic("transit"),
        lambda: make_topic("facilitation"),
        lambda: make_term("technology", "drones"),
        make_administration,
        make_region,
    ],
    ids=["topic", "group", "term", "administration", "region"],
)
def test_renaming_marks_the_cases_that_carry_the_name(rename: Callable[[], object]) -> None:
    topic = make_topic("transit", parent="facilitation")
    case = make_case(topics=[topic], terms=[make_term("technology", "drones")])
    other = make_case(administration=make_administration("japan", region="asia-pacific"))
    IndexChange.objects.all().delete()
    rename().save()
    assert ("case", case.pk) in _noted()
    assert ("case", other.pk) not in _noted()


def test_new_name_of_a_region_is_found_and_shown_without_delay() -> None:
    make_case("A case")
    region = make_region()
    assert look().facets["region"][0].label == "Europe"
    region.short_name = "Old continent"
    region.save()
    drain()
    assert look("continent").hits[0].region == ("europe", "Old continent")


def test_two_workers_never_take_the_same_change() -> None:
    record(kind="case", object_ids=[1, 2, 3])
    first, second = claim(2), claim(2)
    assert [item.object_id for item in first] == [1, 2]
    assert [item.object_id for item in second] == [3]
    assert claim() == []


def test_changes_of_one_object_are_written_once() -> None:
    record(kind="case", object_ids=[7])
    record(kind="case", object_ids=[7])
    (item,) = claim()
    assert len(item.rows) == 2
    finish([item])
    assert _noted() == []


def test_given_back_changes_are_taken_again() -> None:
    record(kind="case", object_ids=[7])
    release(claim(), reason="down")
    (item,) = claim()
    assert item.object_id == 7
    assert IndexChange.objects.get().attempts == 1


def test_numbers_only_grow() -> None:
    numbers = [next_version() for _turn in range(5)]
    assert numbers == sorted(set(numbers))


def test_slow_worker_does_not_undo_the_work_of_a_quick_one(engine: Engine) -> None:
    case = make_case("First title", live=False)
    _publish(case)
    slow = claim()
    late = look_at(slow)
    CaseStudyPage.objects.filter(pk=case.pk).update(title="Second title")
    record(kind="case", object_ids=[case.pk])
    drain(engine)
    assert [result.outcome for result in engine.write(late)] == [Outcome.STALE]
    assert titles(look("title")) == ["Second title"]


def test_slow_worker_does_not_bring_a_withdrawn_case_back(engine: Engine) -> None:
    case = make_case("Here for a moment", live=False)
    _publish(case)
    late = look_at(claim())
    CaseStudyPage.objects.get(pk=case.pk).unpublish()
    drain(engine)
    engine.write(late)
    assert look("moment").total == 0
    assert engine.counts()[Audience.MEMBERS] == 0


class _Broken:
    """Stands for an engine only where no real one can be brought to do the same on demand."""

    name = "embedded"

    def __init__(self, outcome: Outcome | None = None) -> None:
        self.outcome = outcome

    def in_use(self) -> Generation:
        return Generation("form", Role.CURRENT)

    def counts(self) -> dict[Audience, int]:
        return dict.fromkeys(Audience, 1)

    def write(self, batch: list[Write]) -> list[ItemResult]:
        if self.outcome is None:
            raise EngineDown("nobody there")
        return [ItemResult(self.outcome, "no room") for _item in batch]


def test_engine_that_is_down_keeps_every_change() -> None:
    record(kind="case", object_ids=[1, 2])
    with pytest.raises(EngineDown):
        work_off(_Broken())
    assert len(claim()) == 2


def test_refused_document_is_laid_aside_and_forgotten_when_a_later_one_is_taken() -> None:
    case = make_case("Refused")
    record(kind="case", object_ids=[case.pk])
    work_off(_Broken(Outcome.REFUSED))
    assert list(IndexChange.objects.values_list("dead", "reason")) == [(True, "no room")]
    assert claim() == []
    index_everything()
    assert IndexChange.objects.count() == 0


def test_passing_trouble_is_tried_again_later() -> None:
    record(kind="case", object_ids=[1])
    work_off(_Broken(Outcome.RETRY))
    change = IndexChange.objects.get()
    assert not change.dead
    assert change.due_at > timezone.now()


def test_loop_waits_longer_while_the_engine_is_down_and_goes_on_afterwards() -> None:
    case = make_case("Waited for", live=False)
    _publish(case)
    waits: list[float] = []
    loop = Loop(_Broken(), sleep=waits.append)
    for _turn in range(4):
        loop.turn()
    assert waits[3] > waits[0]
    drain()
    assert look("waited").total == 1
