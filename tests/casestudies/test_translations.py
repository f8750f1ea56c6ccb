"""Translations in the services: limits, four eyes, clearance, what moved on, what readers see."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from casestudies.models import CaseStudyPage, Translation
from casestudies.models.choices import ChangeKind
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.submission import submit_case
from casestudies.services.translations import (
    check_translation,
    drop_translation,
    offer_translation,
    return_translation,
    save_translation,
    take_off_translation,
)
from casestudies.states import State
from casestudies.translating import moved_on, original_of, side_of, sides_of, waiting_for_check
from search.models import IndexChange
from tests.factories.review import World, act, bring_to, edit, fresh
from tests.factories.translations import offer, token, translate

STATE = Translation.State


def states(case: CaseStudyPage) -> list[tuple[str, str]]:
    return sorted(Translation.objects.filter(case=case).values_list("language", "state"))


def checked(world: World, case: CaseStudyPage, by: str = "author") -> Translation:
    """Take a French translation all the way."""
    translate(case, world[by])
    offer(case, world[by])
    return check_translation(case=case, language="fr", by=world["contact"], seen=token(case))


def publish_again(world: World, case: CaseStudyPage, **fields: str) -> CaseStudyPage:
    """Publish a new version with other texts."""
    edit(case, world["author"], change_kind=ChangeKind.SUBSTANTIVE, **fields)
    submit_case(case=case, author=world["author"])
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    return fresh(case)


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A published case of Malta."""
    return bring_to(world, State.PUBLISHED, problem="Lorries waited.", lessons="Ask first.")


def test_a_draft_is_saved_and_seen_by_no_reader(world: World, case: CaseStudyPage) -> None:
    draft = translate(case, world["author"], problem="Les camions attendaient.")
    assert states(case) == [("fr", "draft")]
    assert draft.source_revision_id == fresh(case).live_revision_id
    assert "Les camions" not in Client().get(f"/fr{case.url[3:]}").content.decode()


def test_every_language_but_the_originals_is_offered(case: CaseStudyPage) -> None:
    assert [side.language for side in sides_of(case)] == ["fr", "es", "ar", "ru", "pt"]
    assert side_of(case, "en") is None
    assert side_of(case, "de") is None


def test_limits_are_those_of_the_original_and_nothing_is_cut(
    world: World, case: CaseStudyPage
) -> None:
    with pytest.raises(ValidationError) as caught:
        translate(case, world["author"], title="x" * 121, problem="y" * 1500)
    assert list(caught.value.message_dict) == ["title"]
    assert "Shorten this text by 1 character" in str(caught.value)
    assert states(case) == []


def test_only_texts_of_the_case_are_kept(world: World, case: CaseStudyPage) -> None:
    draft = translate(case, world["author"], owner_mailbox="x@y.example", nonsense="z")
    assert set(draft.texts) <= {"title", "summary", "problem", "lessons"}


def test_a_language_that_is_none_and_a_text_of_another_case_are_refused(
    world: World, case: CaseStudyPage
) -> None:
    with pytest.raises(Refused):
        translate(case, world["author"], language="en")
    other = bring_to(world, State.DRAFT)
    with pytest.raises(ValidationError, match="not of this case"):
        save_translation(
            case=case,
            language="fr",
            by=world["author"],
            texts={"title": "Un"},
            source_revision_id=other.latest_revision_id or 0,
            seen="",
        )


def test_nobody_overwrites_what_a_colleague_saved(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"])
    seen = token(case)
    translate(case, world["colleague"], problem="Autrement.")
    for act_on in (offer_translation, check_translation, drop_translation):
        with pytest.raises(OutOfDate):
            act_on(case=case, language="fr", by=world["author"], seen=seen)
    with pytest.raises(OutOfDate):
        save_translation(
            case=case,
            language="fr",
            by=world["author"],
            texts={},
            source_revision_id=original_of(case).revision.pk,
            seen=seen,
        )
    assert Translation.objects.get().texts["problem"] == "Autrement."


def test_the_contact_point_checks_what_others_wrote_and_was_offered(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    with pytest.raises(Refused, match="still at work"):
        check_translation(case=case, language="fr", by=world["contact"], seen=token(case))
    offer(case, world["author"])
    assert [row.language for row in waiting_for_check(world["contact"])] == ["fr"]
    assert waiting_for_check(world["author"]) == waiting_for_check(world["other_contact"]) == []
    row = check_translation(case=case, language="fr", by=world["contact"], seen=token(case))
    assert (row.translator, row.checked_by) == (world["author"], world["contact"])
    assert states(case) == [("fr", "checked")]


def test_a_contact_point_who_wrote_in_it_does_not_check_it_whoever_wrote_last(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["contact"])
    translate(case, world["author"], problem="Une virgule, en plus.")
    offer(case, world["author"])
    with pytest.raises(Refused, match="You wrote part"):
        check_translation(case=case, language="fr", by=world["contact"], seen=token(case))
    assert waiting_for_check(world["contact"]) == []


def test_saving_again_takes_the_offer_back(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    translate(case, world["author"], problem="Encore autrement.")
    with pytest.raises(Refused):
        check_translation(case=case, language="fr", by=world["contact"], seen=token(case))


def test_a_member_that_posts_without_clearance_checks_its_own(
    world: World, case: CaseStudyPage
) -> None:
    world.malta.clearance_required = False
    world.malta.save()
    translate(case, world["author"])
    check_translation(case=case, language="fr", by=world["author"], seen=token(case))
    assert states(case) == [("fr", "checked")]


def test_a_translation_without_its_title_and_summary_is_not_offered(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"], summary="")
    with pytest.raises(Refused, match="at least the title"):
        offer(case, world["author"])
    translate(case, world["author"], problem="")
    assert offer(case, world["author"]).offered_at


def test_returned_translations_carry_the_reasons(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    about = {"case": case, "language": "fr", "by": world["contact"]}
    with pytest.raises(Refused, match="Give your reasons"):
        return_translation(seen=token(case), reasons=" ", **about)
    draft = return_translation(seen=token(case), reasons="Say mainlevée.", **about)
    assert (draft.reasons, draft.offered_at) == ("Say mainlevée.", None)


def test_what_readers_see_stays_up_while_a_new_draft_is_written(
    world: World, case: CaseStudyPage
) -> None:
    checked(world, case)
    translate(case, world["author"], problem="Bien mieux dit.")
    assert states(case) == [("fr", "checked"), ("fr", "draft")]
    shown = Translation.objects.get(state=STATE.CHECKED)
    assert shown.texts["problem"] == "Lorries waited. [fr]"
    drop_translation(case=case, language="fr", by=world["colleague"], seen=token(case))
    assert states(case) == [("fr", "checked")]


def test_a_translation_is_stale_field_by_field_once_the_original_moves_on(
    world: World, case: CaseStudyPage
) -> None:
    row = checked(world, case)
    assert moved_on(row, original_of(fresh(case))) == []
    edit(case, world["author"], problem="Not yet published.")
    assert moved_on(row, original_of(fresh(case))) == []
    present = publish_again(world, case, problem="Lorries waited days.", lessons="")
    moved = moved_on(row, original_of(present))
    assert [(one.name, one.before, one.now) for one in moved] == [
        ("problem", "Lorries waited.", "Lorries waited days."),
        ("lessons", "Ask first.", ""),
    ]


def test_a_stale_draft_is_not_offered_before_it_has_caught_up(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    present = publish_again(world, case, problem="Lorries waited days.")
    with pytest.raises(Refused, match="original has changed"):
        offer(present, world["author"])
    translate(present, world["author"])
    assert offer(present, world["author"]).offered_at


def test_readers_learn_what_it_is_of_which_version_and_where_the_original_is(
    world: World, case: CaseStudyPage
) -> None:
    checked(world, case)
    case = fresh(case)
    address = f"/fr{case.url[3:]}"
    with_line = Client().get(address).content.decode()
    assert "Lorries waited. [fr]" in with_line
    assert "version 1" in with_line
    assert 'href="?original=1"' in with_line
    publish_again(world, case, lessons="Ask twice.")
    moved = Client().get(address).content.decode()
    assert "version 1" in moved
    assert "version 2" in moved


def test_taking_off_gives_readers_the_original_back(world: World, case: CaseStudyPage) -> None:
    checked(world, case)
    take_off_translation(case=case, language="fr", by=world["coordinator"])
    assert states(case) == []
    with pytest.raises(Refused, match="no checked translation"):
        take_off_translation(case=case, language="fr", by=world["coordinator"])


def test_each_step_is_told_to_the_people_concerned_once_it_is_certain(
    world: World, case: CaseStudyPage, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    translate(case, world["colleague"])
    translate(case, world["author"], problem="Autrement.")
    about = {"case": case, "language": "fr", "by": world["contact"]}
    steps: list[tuple[Callable[[], object], set[str]]] = [
        (lambda: offer(case, world["author"]), {"contact"}),
        (
            lambda: return_translation(seen=token(case), reasons="No.", **about),
            {"author", "colleague"},
        ),
        (lambda: offer(case, world["author"]), {"contact"}),
        (lambda: check_translation(seen=token(case), **about), {"author", "colleague"}),
    ]
    for step, expected in steps:
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            step()
        assert {message.to[0].split("@")[0] for message in mail.outbox} == expected
        assert all(f"/{case.number}/translations/" in message.body for message in mail.outbox)


def test_search_hears_of_a_checked_translation(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    IndexChange.objects.all().delete()
    check_translation(case=case, language="fr", by=world["contact"], seen=token(case))
    assert IndexChange.objects.filter(object_id=case.pk).exists()
