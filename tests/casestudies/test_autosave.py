"""Autosave: soon, cheap, without a revision a keystroke, and never over anybody's words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudyPage, Translation
from casestudies.services.autosave import SITTING
from casestudies.services.drafts import save_answers
from casestudies.services.submission import submit_case
from casestudies.services.workflow_setup import sync_review_workflow
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
from tests.factories.cases import make_term, make_topic
from tests.factories.directory import make_administration, make_user
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_saved_and_said_with_its_time(browser, case):
    answer = autosave(browser, case, base_of(browser, case), summary="Shorter queues.")
    assert answer.status_code == 200
    assert answer.json()["said"].startswith("Saved at ")
    assert answer.json()["saved"] == ["summary"]
    assert draft_of(case).summary == "Shorter queues."
    assert draft_of(case).title == "Parcels"


def test_many_saves_of_one_sitting_are_one_revision(browser, case):
    base, before = base_of(browser, case), revisions(case).count()
    for text in ("S", "Sh", "Shorter", "Shorter queues."):
        base = autosave(browser, case, base, summary=text).json()["base"]
    assert revisions(case).count() == before
    assert draft_of(case).summary == "Shorter queues."


def test_saving_the_screen_after_it_adds_nothing(browser, case):
    base = autosave(browser, case, base_of(browser, case), summary="Same.").json()["base"]
    before = revisions(case).count()
    sent = {"title": "Parcels", "summary": "Same.", "language": "en", "base": base}
    assert browser.post(screen(case), sent).status_code == 302
    assert revisions(case).count() == before


def test_a_pause_begins_a_new_revision(browser, case):
    base = base_of(browser, case)
    old = timezone.now() - SITTING - timedelta(minutes=1)
    revisions(case).update(created_at=old)
    CaseStudyPage.objects.filter(pk=case.pk).update(latest_revision_created_at=old)
    autosave(browser, case, base, summary="After lunch.")
    assert [item.content["summary"] for item in revisions(case)] == ["", "After lunch."]


def test_words_of_a_colleague_are_a_revision_of_their_own(browser, case, colleague):
    other = signed_in(colleague)
    autosave(other, case, base_of(other, case), problem="By the colleague.", slug="story")
    autosave(browser, case, base_of(browser, case), summary="By the author.")
    assert [item.user.pk for item in revisions(case)] == [
        case.owner_id,
        colleague.pk,
        case.owner_id,
    ]
    assert draft_of(case).problem == "By the colleague."
    assert draft_of(case).summary == "By the author."


def test_what_was_sent_is_never_written_over(browser, case, author):
    sync_review_workflow()
    answers = complete_answers()
    save_answers(
        case=case, author=author, answers=answers, base_revision_id=case.latest_revision_id
    )
    case.refresh_from_db()
    base, sent = base_of(browser, case), case.latest_revision
    submit_case(case=case, author=author)
    answer = autosave(browser, case, base, summary="Too late, but not lost.")
    assert answer.status_code == 409
    assert "has been sent" in answer.json()["said"]
    assert "kept in this browser" in answer.json()["said"]
    case.workflow_states.last().cancel(user=author)
    autosave(browser, case, base, summary="After it came back.")
    sent.refresh_from_db()
    assert sent.content["summary"] == answers["summary"]
    assert draft_of(case).summary == "After it came back."


def test_what_was_translated_is_not_written_over(browser, case):
    base, before = base_of(browser, case), revisions(case).get()
    Translation.objects.create(case=case, language="fr", source_revision=before)
    autosave(browser, case, base, summary="After the translation.")
    assert [item.content["summary"] for item in revisions(case)] == ["", "After the translation."]


def test_note_of_the_published_version_is_not_that_of_the_next(browser, case, author):
    answers = complete_answers() | {"change_kind": "minor", "change_note": "Of the first."}
    save_answers(
        case=case, author=author, answers=answers, base_revision_id=case.latest_revision_id
    )
    case.refresh_from_db()
    case.latest_revision.publish(skip_permission_checks=True)
    live = CaseStudyPage.objects.get(pk=case.pk).live_revision
    autosave(browser, case, base_of(browser, case), summary="Next.")
    assert draft_of(case).change_note == ""
    live.refresh_from_db()
    assert live.content["summary"] == answers["summary"]


def test_colleague_who_wrote_otherwise_is_named_and_keeps_their_words(browser, case, colleague):
    other = signed_in(colleague)
    mine = base_of(browser, case)
    autosave(other, case, base_of(other, case), summary="Theirs.")
    answer = autosave(browser, case, mine, summary="Mine.", title="Parcels that fly")
    assert answer.status_code == 409
    assert answer.json()["clashes"] == ["summary"]
    assert str(colleague) in answer.json()["said"]
    assert draft_of(case).summary == "Theirs."
    sent = {"title": "Parcels", "summary": "Mine.", "language": "en", "base": mine}
    assert "Theirs." in browser.post(screen(case), sent).content.decode()


def test_base_that_was_written_over_is_no_way_to_overwrite_a_colleague(browser, case, colleague):
    other = signed_in(colleague)
    theirs = base_of(other, case)
    written = autosave(browser, case, base_of(browser, case), summary="By the author.")
    assert revisions(case).count() == 1
    assert autosave(other, case, theirs, summary="Blindly.").status_code == 409
    sent = {"title": "Parcels", "summary": "Blindly.", "language": "en", "base": theirs}
    assert other.post(screen(case), sent).status_code == 409
    assert draft_of(case).summary == "By the author."
    assert autosave(other, case, theirs, title="Parcels that fly").status_code == 200
    again = autosave(browser, case, written.json()["base"], summary="By the author again.")
    assert again.status_code == 200
    assert draft_of(case).title == "Parcels that fly"


def test_going_back_in_the_browser_is_no_conflict_with_oneself(browser, case, colleague):
    other = signed_in(colleague)
    base = base_of(other, case)
    for text in ("First try.", "Second try."):
        assert autosave(other, case, base, summary=text).status_code == 200
    assert draft_of(case).summary == "Second try."


def test_words_kept_in_a_browser_do_not_overwrite_newer_ones_of_the_same_person(browser, case):
    kept = base_of(browser, case) + " restored"
    autosave(browser, case, base_of(browser, case), summary="Written later, elsewhere.")
    answer = autosave(browser, case, kept, summary="Typed long ago.")
    assert answer.json()["clashes"] == ["summary"]
    sent = {"title": "Parcels", "summary": "Typed long ago.", "language": "en", "base": kept}
    assert browser.post(screen(case), sent).status_code == 409
    assert draft_of(case).summary == "Written later, elsewhere."


def test_words_kept_in_a_browser_are_saved_where_nothing_is_newer(browser, case):
    kept = base_of(browser, case) + " restored"
    autosave(browser, case, base_of(browser, case), title="Parcels that fly")
    assert autosave(browser, case, kept, summary="Typed long ago.").status_code == 200
    assert draft_of(case).summary == "Typed long ago."
    assert draft_of(case).title == "Parcels that fly"


def test_what_is_to_be_mended_is_named_and_the_rest_is_saved(browser, case):
    base = base_of(browser, case)
    answer = autosave(browser, case, base, summary="Kept.", title=" ")
    assert answer.json()["saved"] == ["summary"]
    assert "“Title” is not saved yet" in answer.json()["said"]
    assert draft_of(case).title == "Parcels"
    half = {"results-0-unit": "hours", "outcomes": "Good."}
    answer = autosave(browser, case, base_of(browser, case, "results"), "results", **half)
    assert answer.json()["saved"] == ["outcomes"]
    assert draft_of(case).outcomes == "Good."


def test_title_in_the_lists_follows(browser, case):
    autosave(browser, case, base_of(browser, case), title="Parcels that fly")
    assert "Parcels that fly" in browser.get("/en/workspace/").content.decode()


def test_session_that_has_ended_is_told_with_the_way_back(case, browser):
    base = base_of(browser, case)
    answer = autosave(Client(), case, base, summary="Typed too late.")
    assert answer.status_code == 401
    assert answer.json()["url"].startswith(reverse("account_login"))
    assert "in-short" in answer.json()["url"]
    assert draft_of(case).summary == ""


@pytest.mark.parametrize("role", ["contributor", "coordinator", "curator", ""])
def test_others_save_nothing_and_learn_nothing(case, browser, role):
    stranger = signed_in(make_user(role, administration=make_administration("france")))
    answer = autosave(stranger, case, base_of(browser, case), summary="x")
    assert answer.status_code == 404
    assert draft_of(case).summary == ""


def test_form_of_another_case_is_refused(browser, case, author, malta):
    from casestudies.services.drafts import create_case

    other = create_case(author=author, administration=malta, language="en", title="Other")
    answer = autosave(browser, case, base_of(browser, other), summary="x")
    assert answer.status_code == 409
    assert draft_of(case).summary == ""


def test_only_the_script_s_own_way_and_screens_are_known(browser, case):
    assert browser.get(f"{screen(case)}save/").status_code == 405
    assert autosave(browser, case, "1", slug="nowhere", summary="x").status_code == 404
    assert autosave(browser, case, "not ours", summary="x").status_code == 409


@pytest.mark.parametrize("slug", [s.slug for s in (*SNAPSHOT, *FULL) if s.slug != "changes"])
def test_autosave_costs_at_most_twelve_statements(browser, case, author, slug):
    known = {"building_blocks": [make_term("building_block", "technology").pk]}
    save_answers(case=case, author=author, answers=known, base_revision_id=case.latest_revision_id)
    typed, base = typed_on(slug), base_of(browser, case, slug)
    with CaptureQueriesContext(connection) as asked:
        answer = autosave(browser, case, base, slug, **typed)
    assert len(answer.json()["saved"]) == 1
    assert len(statements(asked)) <= 12


def test_topics_cost_no_more(browser, case):
    topic, base = make_topic("transit").pk, base_of(browser, case, "subject")
    with CaptureQueriesContext(connection) as asked:
        autosave(browser, case, base, "subject", **{"topics-0": topic})
    assert len(statements(asked)) <= 12
    assert [item.slug for item in draft_of(case).ordered_topics] == ["transit"]
