"""A new version of a published case, written by several people while it is saved by itself."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudyPage, CaseVersion, Visibility
from casestudies.services.drafts import save_answers
from casestudies.services.keeping import change_visibility, confirm_case, move_case
from casestudies.services.refusals import Refused
from casestudies.services.together import name_co_author
from casestudies.states import State, state_of
from casestudies.wizard.steps import FULL, SNAPSHOT
from tests.casestudies.typing_along import (
    autosave,
    base_of,
    draft_of,
    revisions,
    screen,
    statements,
    typed_on,
)
from tests.factories.answers import complete_answers
from tests.factories.review import World, act, bring_to, fresh, send
from tests.support.visitor import signed_in

MINOR = {"change_kind": "minor", "change_note": "A figure corrected."}


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A public case of Malta that its region published."""
    return bring_to(world, State.PUBLISHED, lessons="Agree late.")


@pytest.fixture
def writer(world: World) -> Client:
    """The author's browser."""
    return signed_in(world["author"])


def typed(client: Client, case: CaseStudyPage, slug: str, **words: str) -> dict[str, object]:
    """Type on a screen that was just opened, and give what the script was answered."""
    answer = autosave(client, case, base_of(client, case, slug), slug, **words)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_what_is_typed_goes_into_the_next_version_and_not_onto_the_forum(
    world: World, case: CaseStudyPage, writer: Client, client: Client
) -> None:
    before = case.live_revision
    typed(writer, case, "lessons", lessons="Agree early.")
    assert draft_of(case).lessons == "Agree early."
    assert fresh(case).lessons == "Agree late."
    assert "Agree late." in client.get(case.url).content.decode()
    assert (fresh(case).live_revision, fresh(case).has_unpublished_changes) == (before, True)
    before.refresh_from_db()
    assert before.content["lessons"] == "Agree late."
    assert CaseVersion.objects.filter(page=case).count() == 1


def test_kind_and_note_stay_while_more_is_typed_and_go_out_with_the_version(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    typed(writer, case, "changes", **MINOR)
    count = revisions(case).count()
    typed(writer, case, "lessons", lessons="Agree early.")
    assert revisions(case).count() == count
    sent = {"title": case.title, "summary": "In other words.", "language": "en"}
    sent["base"] = base_of(writer, case)
    assert writer.post(screen(case), sent).status_code == 302
    draft = draft_of(case)
    assert (draft.change_kind, draft.change_note) == ("minor", "A figure corrected.")
    send(world, case)
    act(case, world["contact"], "clear")
    assert fresh(case).lessons == "Agree early."
    last = CaseVersion.objects.filter(page=case).last()
    assert last is not None
    assert (last.kind, last.note) == ("minor", "A figure corrected.")


def test_what_was_returned_is_not_written_over_and_keeps_kind_and_note(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    typed(writer, case, "changes", **MINOR)
    typed(writer, case, "lessons", lessons="Agree early.")
    send(world, case)
    judged = fresh(case).latest_revision
    act(case, world["contact"], "return", "Say when.")
    typed(writer, case, "lessons", lessons="Agree in May.")
    judged.refresh_from_db()
    assert judged.content["lessons"] == "Agree early."
    draft = draft_of(case)
    assert (draft.lessons, draft.change_kind, draft.change_note) == (
        "Agree in May.",
        *MINOR.values(),
    )


def test_kind_and_note_of_two_people_are_compared_like_every_answer(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    other, mine = signed_in(world["colleague"]), base_of(writer, case, "changes")
    typed(other, case, "changes", change_kind="substantive", change_note="By the colleague.")
    answer = autosave(writer, case, mine, "changes", **MINOR)
    assert answer.status_code == 409
    assert set(answer.json()["clashes"]) == {"change_kind", "change_note"}
    sent = MINOR | {"base": mine}
    assert writer.post(screen(case, "changes"), sent).status_code == 409
    assert draft_of(case).change_note == "By the colleague."


def test_nothing_is_saved_by_itself_while_the_new_version_is_in_review(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    typed(writer, case, "changes", **MINOR)
    base = base_of(writer, case, "lessons")
    send(world, case)
    assert autosave(writer, case, base, "lessons", lessons="Too late.").status_code == 409
    assert draft_of(case).lessons == "Agree late."


def test_a_co_author_writes_and_sends_a_new_version_as_its_author_does(
    world: World, case: CaseStudyPage
) -> None:
    name_co_author(case=case, person=world["colleague"], by=world["author"])
    answers, base = complete_answers() | MINOR, case.latest_revision_id
    save_answers(case=case, author=world["colleague"], answers=answers, base_revision_id=base)
    browser = signed_in(world["colleague"])
    typed(browser, case, "lessons", lessons="Agree early.")
    address = reverse("casestudies:share_check", args=[case.number])
    assert "once cleared, this minor change is published" in browser.get(address).content.decode()
    assert browser.post(address).status_code == 302
    assert state_of(fresh(case)).kind == State.CLEARANCE
    act(case, world["contact"], "clear")
    assert fresh(case).lessons == "Agree early."
    confirm_case(case=case, by=world["colleague"])


def test_a_contact_point_who_is_a_co_author_and_wrote_does_not_clear(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    name_co_author(case=case, person=world["contact"], by=world["author"])
    typed(signed_in(world["contact"]), case, "lessons", lessons="Agree early.")
    typed(writer, case, "changes", **MINOR)
    send(world, case)
    with pytest.raises(Refused, match="wrote"):
        act(case, world["contact"], "clear")


def test_a_co_author_of_a_case_that_moved_does_not_write_on_it_any_more(
    world: World, case: CaseStudyPage
) -> None:
    name_co_author(case=case, person=world["colleague"], by=world["author"])
    move_case(case=case, by=world["curator"], administration=world.france, reason="Merged.")
    browser = signed_in(world["colleague"])
    assert browser.get(screen(case)).status_code == 404
    assert browser.get("/en/workspace/").context["mine"] == []


def test_words_saved_by_themselves_do_not_open_a_case_that_was_narrowed(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    typed(writer, case, "changes", **MINOR)
    change_visibility(case=case, by=world["contact"], to=Visibility.REGION, reason="Sensitive.")
    typed(writer, case, "lessons", lessons="Agree early.")
    answer = autosave(writer, case, base_of(writer, case, "rights"), "rights", visibility="public")
    assert answer.json()["saved"] == []
    send(world, case)
    act(case, world["contact"], "clear")
    assert (fresh(case).lessons, fresh(case).visibility) == ("Agree early.", Visibility.REGION)


@pytest.mark.parametrize("slug", [step.slug for step in (*SNAPSHOT, *FULL)])
def test_saving_a_change_by_itself_costs_at_most_twelve_statements(
    world: World, case: CaseStudyPage, writer: Client, slug: str
) -> None:
    words = {"changes": MINOR, "rights": {"embargo_until": "2040-01-01"}}.get(slug)
    words = words or typed_on(slug)
    base = base_of(writer, case, slug)
    with CaptureQueriesContext(connection) as asked:
        answer = autosave(writer, case, base, slug, **words)
    assert answer.json()["saved"]
    assert len(statements(asked)) <= 12


def test_it_costs_no_more_after_the_change_was_returned(
    world: World, case: CaseStudyPage, writer: Client
) -> None:
    typed(writer, case, "changes", **MINOR)
    send(world, case)
    act(case, world["contact"], "return", "Say when.")
    base, words = base_of(writer, case, "subject"), typed_on("subject")
    with CaptureQueriesContext(connection) as asked:
        answer = autosave(writer, case, base, "subject", **words)
    assert answer.json()["saved"] == ["building_blocks"]
    assert len(statements(asked)) <= 12
