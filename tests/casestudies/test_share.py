"""Writing a Snapshot in the browser, without JavaScript: screens, errors, leaving, sending."""

import pytest
from django.test import Client
from django.urls import reverse

from casestudies.models import CaseStudyPage
from casestudies.services.drafts import create_case, save_answers
from casestudies.services.workflow_setup import sync_review_workflow
from casestudies.states import State, state_of
from casestudies.wizard.steps import FULL, SNAPSHOT
from tests.factories.answers import complete_answers
from tests.factories.cases import make_topic
from tests.factories.directory import make_administration, make_user
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db


def address(case, slug):
    return reverse("casestudies:share_step", args=[case.number, slug])


def draft_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def base_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).latest_revision_id


def in_short(case, **changed):
    values = {"title": "Parcels", "summary": "", "language": "en", "base": base_of(case)}
    return values | {"action": "continue"} | changed


def complete(case, author):
    return save_answers(
        case=case,
        author=author,
        answers=complete_answers(),
        base_revision_id=base_of(case),
    )


def test_anybody_may_read_what_it_takes():
    response = Client().get("/en/share/")
    assert response.status_code == 200
    assert b"Sign in to begin" in response.content


def test_beginning_makes_a_draft_and_opens_its_first_screen(browser, malta):
    page = browser.get("/en/share/")
    key = page.context["form"].initial["key"]
    sent = {"administration": malta.pk, "language": "fr", "title": "Colis", "key": key}
    response = browser.post("/en/share/", sent, follow=True)
    case = CaseStudyPage.objects.get()
    assert response.redirect_chain[-1][0] == address(case, "in-short")
    assert draft_of(case).language == "fr"
    browser.post("/en/share/", sent)
    assert CaseStudyPage.objects.count() == 1


def test_nobody_begins_for_an_administration_that_is_not_theirs(browser):
    other = make_administration("france")
    key = browser.get("/en/share/").context["form"].initial["key"]
    sent = {"administration": other.pk, "language": "fr", "title": "Colis", "key": key}
    assert browser.post("/en/share/", sent).status_code == 422
    assert not CaseStudyPage.objects.exists()


@pytest.mark.parametrize("screen", [s.slug for s in (*SNAPSHOT, *FULL) if s.slug != "changes"])
def test_every_screen_opens_and_saves_as_it_is(browser, case, screen):
    response = browser.get(address(case, screen))
    assert response.status_code == 200
    form = response.context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    sent |= {"base": base_of(case), "action": "continue"}
    before = base_of(case)
    assert browser.post(address(case, screen), sent).status_code == 302
    assert base_of(case) == before


def test_saving_leads_to_the_next_screen(browser, case):
    response = browser.post(address(case, "in-short"), in_short(case, summary="In short."))
    assert response.url == address(case, "subject")
    assert draft_of(case).summary == "In short."


def test_leaving_and_coming_back_resumes_at_the_first_unfinished_screen(browser, case):
    sent = in_short(case, summary="In short.", action="leave")
    assert browser.post(address(case, "in-short"), sent).url == "/en/workspace/"
    resumed = browser.get(reverse("casestudies:share_resume", args=[case.number]))
    assert resumed.url == address(case, "subject")


def test_wrong_answer_is_named_twice_and_nothing_typed_is_lost(browser, case):
    sent = in_short(case, title="", summary="x" * 501)
    response = browser.post(address(case, "in-short"), sent)
    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Shorten this text by 1 character: it may have 500.") == 2
    assert page.count("Give it a title. You can change it later.") == 2
    assert 'href="#id_summary"' in page
    assert "x" * 501 in page
    assert draft_of(case).title == "Parcels"


def test_limit_counts_what_a_person_sees(browser, case):
    seen_once = "👩‍👩‍👧" * 100 + "é" * 400
    response = browser.post(address(case, "in-short"), in_short(case, summary=seen_once))
    assert response.status_code == 302


def test_rows_are_added_and_removed_without_losing_words(browser, case):
    url = address(case, "results")
    first = {"results-0-indicator": "Time", "results-0-after": "2", "outcomes": "Good."}
    base = {"base": base_of(case)}
    added = browser.post(url, first | base | {"action": "add:results"})
    assert added.status_code == 200
    assert added.context["form"]["results-0-indicator"].value() == "Time"
    assert 'name="results-1-indicator"' in added.content.decode()
    second = {"results-1-indicator": "Cost", "results-1-after": "3"}
    removed = browser.post(url, first | second | base | {"action": "remove:results-0"})
    assert removed.context["form"]["results-0-indicator"].value() == "Cost"
    assert removed.context["form"]["outcomes"].value() == "Good."
    browser.post(url, first | second | base)
    assert [row.indicator for row in draft_of(case).results.all()] == ["Time", "Cost"]


def test_half_a_row_is_named_at_its_field(browser, case):
    sent = {"results-0-unit": "hours", "base": base_of(case)}
    response = browser.post(address(case, "results"), sent)
    assert response.status_code == 422
    assert "results-0-indicator" in response.context["form"].errors


def test_the_same_topic_twice_is_refused_and_order_is_kept(browser, case):
    transit, origin = make_topic("transit").pk, make_topic("origin").pk
    url, base = address(case, "subject"), base_of(case)
    twice = browser.post(url, {"topics-0": origin, "topics-1": origin, "base": base})
    assert "topics-1" in twice.context["form"].errors
    browser.post(url, {"topics-0": origin, "topics-2": transit, "base": base})
    assert [topic.slug for topic in draft_of(case).ordered_topics] == ["origin", "transit"]


def test_two_at_once_choose_between_both_versions(browser, case, colleague):
    other = signed_in(colleague)
    base = base_of(case)
    mine = in_short(case, summary="Mine.", base=base)
    browser.post(address(case, "in-short"), in_short(case, summary="Theirs.", base=base))
    conflict = other.post(address(case, "in-short"), mine)
    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert "Mine." in page
    assert "Theirs." in page
    assert draft_of(case).summary == "Theirs."
    again = mine | {"base": conflict.context["base"], "settle": "summary"}
    assert other.post(address(case, "in-short"), again).status_code == 409
    other.post(address(case, "in-short"), again | {"keep-summary": "theirs"})
    assert draft_of(case).summary == "Theirs."
    other.post(address(case, "in-short"), again | {"keep-summary": "mine"})
    assert draft_of(case).summary == "Mine."


def test_what_was_typed_after_the_session_ended_waits_behind_the_sign_in(case, author):
    client = Client()
    sent = in_short(case, summary="Typed too late.")
    response = client.post(address(case, "in-short"), sent)
    assert response.url.startswith(reverse("account_login"))
    client.force_login(author)
    page = client.get(address(case, "in-short"))
    assert page.context["form"]["summary"].value() == "Typed too late."
    assert draft_of(case).summary == ""
    client.post(address(case, "in-short"), sent)
    assert draft_of(case).summary == "Typed too late."
    assert client.get(address(case, "in-short")).context["form"].initial["summary"]


def test_more_than_a_form_can_hold_is_not_kept_for_strangers(case):
    client = Client()
    client.post(address(case, "in-short"), {"summary": "x" * 100_000})
    assert not client.session.keys()


@pytest.mark.parametrize("role", ["contributor", "coordinator", "curator", "reviewer", ""])
def test_others_do_not_learn_that_a_draft_exists(case, role):
    place = make_administration("france")
    stranger = signed_in(make_user(role, administration=place))
    for name in ("share_resume", "share_check", "share_preview", "share_delete", "workspace_case"):
        url = reverse(f"casestudies:{name}", args=[case.number])
        assert stranger.get(url).status_code == 404
    assert stranger.get(address(case, "in-short")).status_code == 404
    assert stranger.post(address(case, "in-short"), in_short(case)).status_code == 404
    assert "Parcels" not in stranger.get("/en/workspace/").content.decode()
    assert "Parcels" not in stranger.get("/en/share/").content.decode()


def test_colleague_sees_and_edits_the_draft(case, colleague):
    browser = signed_in(colleague)
    assert "Parcels" in browser.get("/en/share/").content.decode()
    browser.post(address(case, "in-short"), in_short(case, summary="By a colleague."))
    assert draft_of(case).summary == "By a colleague."


def test_last_screen_names_what_is_missing_with_links_to_the_question(browser, case):
    response = browser.get(reverse("casestudies:share_check", args=[case.number]))
    page = response.content.decode()
    assert f"{address(case, 'story')}#question-problem" in page
    assert "Send to your contact point" not in page
    sent = browser.post(reverse("casestudies:share_check", args=[case.number]))
    assert sent.status_code == 422
    assert state_of(case).kind == State.DRAFT


def test_measured_result_is_asked_of_a_case_in_operation_only(browser, case, author):
    url = reverse("casestudies:share_check", args=[case.number])
    save_answers(
        case=case, author=author, answers={"stage": "idea"}, base_revision_id=base_of(case)
    )
    names = [item.question.name for item in browser.get(url).context["missing"]]
    assert not {"results", "year"} & set(names)
    save_answers(
        case=case, author=author, answers={"stage": "scaled"}, base_revision_id=base_of(case)
    )
    names = [item.question.name for item in browser.get(url).context["missing"]]
    assert {"results", "year"} <= set(names)


def test_complete_case_is_sent_once(browser, case, author):
    sync_review_workflow()
    complete(case, author)
    url = reverse("casestudies:share_check", args=[case.number])
    assert "Send to your contact point" in browser.get(url).content.decode()
    assert browser.post(url).url == reverse("casestudies:workspace_case", args=[case.number])
    again = browser.post(url)
    assert again.status_code == 409
    assert "already been sent" in again.content.decode()
    assert state_of(case).kind == State.CLEARANCE


def test_words_sent_after_the_case_moved_on_are_shown_and_not_saved(browser, case, author):
    sync_review_workflow()
    complete(case, author)
    browser.post(reverse("casestudies:share_check", args=[case.number]))
    words = "These words came too late to be saved."
    response = browser.post(address(case, "in-short"), in_short(case, summary=words))
    assert response.status_code == 409
    assert words in response.content.decode()
    assert draft_of(case).summary != words


def test_direct_posting_says_who_reads_it_next(browser, case, author, malta):
    malta.clearance_required = False
    malta.save()
    complete(case, author)
    page = browser.get(reverse("casestudies:share_check", args=[case.number])).content.decode()
    assert "Send to the regional coordinator" in page


def test_new_version_of_a_published_case_says_what_changed(browser, case, author):
    complete(case, author)
    case.refresh_from_db()
    case.latest_revision.publish(skip_permission_checks=True)
    check = reverse("casestudies:share_check", args=[case.number])
    browser.post(address(case, "in-short"), in_short(case, summary="New."))
    missing = [item.question.name for item in browser.get(check).context["missing"]]
    assert missing == ["change_kind", "change_note"]
    changes = {"change_kind": "minor", "change_note": "New words.", "base": base_of(case)}
    browser.post(address(case, "changes"), changes)
    assert not browser.get(check).context["missing"]
    case.refresh_from_db()
    case.latest_revision.publish(skip_permission_checks=True)
    browser.post(address(case, "in-short"), in_short(case, summary="Newer."))
    assert draft_of(case).change_note == ""


def test_screen_about_changes_is_not_asked_of_a_first_version(browser, case):
    assert browser.get(address(case, "changes")).status_code == 404


def test_workspace_says_where_a_case_stands_and_why(browser, case, author):
    page = browser.get("/en/workspace/").content.decode()
    assert "Draft since" in page
    assert "Finish it and send it" in page
    one = browser.get(reverse("casestudies:workspace_case", args=[case.number]))
    assert "Go on writing" in one.content.decode()


def test_workspace_asks_the_database_as_often_for_many_cases_as_for_one(
    browser, case, author, malta, django_assert_max_num_queries
):
    for number in range(5):
        create_case(author=author, administration=malta, language="en", title=f"Case {number}")
    with django_assert_max_num_queries(20):
        browser.get("/en/workspace/")


def test_draft_is_deleted_after_a_question(browser, case):
    url = reverse("casestudies:share_delete", args=[case.number])
    assert browser.get(url).status_code == 200
    browser.post(url)
    assert not CaseStudyPage.objects.exists()


def test_saving_a_screen_costs_few_statements(browser, case, django_assert_max_num_queries):
    sent = in_short(case, summary="Counted.")
    with django_assert_max_num_queries(85):
        browser.post(address(case, "in-short"), sent)


def test_preview_shows_the_draft_as_readers_will_see_it(browser, case, author):
    complete(case, author)
    page = browser.get(reverse("casestudies:share_preview", args=[case.number]))
    text = page.content.decode()
    assert page.status_code == 200
    assert "What was done." in text
    assert "This is how readers will see it." in text
    assert reverse("casestudies:share_check", args=[case.number]) in text
    assert "no-store" in page["Cache-Control"]


def test_rows_change_places_without_losing_words(browser, case):
    url, base = address(case, "results"), {"base": base_of(case)}
    rows = {f"results-{n}-indicator": text for n, text in enumerate(("Time", "Cost", "Calls"))}
    up = browser.post(url, rows | base | {"outcomes": "Good.", "action": "up:results-2"})
    assert [up.context["form"][f"results-{n}-indicator"].value() for n in range(3)] == [
        "Time",
        "Calls",
        "Cost",
    ]
    assert up.context["form"]["outcomes"].value() == "Good."
    down = browser.post(url, rows | base | {"action": "down:results-0"})
    assert down.context["form"]["results-0-indicator"].value() == "Cost"
    beyond = browser.post(url, rows | base | {"action": "down:results-2"})
    assert beyond.context["form"]["results-2-indicator"].value() == "Calls"
    assert draft_of(case).results.count() == 0


def test_first_row_has_no_way_up_and_last_none_down(browser, case):
    rows = {"results-0-indicator": "Time", "results-1-indicator": "Cost", "base": base_of(case)}
    page = browser.post(
        address(case, "results"), rows | {"action": "up:results-1"}
    ).content.decode()
    offered = {verb: page.count(f'value="{verb}:results-') for verb in ("up", "down", "remove")}
    assert offered == {"up": 1, "down": 1, "remove": 2}


def test_texts_in_rows_have_their_counter_too(browser, case):
    page = browser.get(address(case, "reusable")).content.decode()
    assert 'data-counter="500"' in page


def test_full_case_says_how_complete_it_is_and_what_is_open(browser, case, author):
    answers = {"novelty": "New.", "months": 12}
    save_answers(case=case, author=author, answers=answers, base_revision_id=base_of(case))
    response = browser.get(reverse("casestudies:share_check", args=[case.number]))
    full, total = response.context["full"], sum(len(step.questions) for step in FULL)
    assert (full.answered, full.total) == (2, total)
    page = response.content.decode()
    assert f"Full case: 2 of {total} answered" in page
    assert f"{address(case, 'deeper')}#question-challenges" in page
    assert f"{address(case, 'background')}#question-novelty" not in page


def test_snapshot_meter_counts_what_this_case_must_answer(browser, case, author):
    page = browser.get(address(case, "in-short"))
    before = page.context["snapshot"]
    assert "Snapshot: " in page.content.decode()
    complete(case, author)
    after = browser.get(address(case, "in-short")).context["snapshot"]
    assert after.answered == after.total > before.answered
    assert after.total == before.total + 2


def test_time_is_said_before_one_begins_and_adds_up_to_twenty_minutes(browser):
    page = browser.get("/en/share/")
    asked = [step for step in page.context["screens"] if step.slug != "materials"]
    assert sum(step.minutes for step in asked) == 20
    assert "The story: 6 minutes" in page.content.decode()
    assert f"about {sum(step.minutes for step in FULL)} minutes more" in page.content.decode()


def test_every_long_text_and_every_row_has_a_worked_example():
    silent = [
        question.name
        for step in (*SNAPSHOT, *FULL)
        for question in step.questions
        if not question.why
        or (
            not question.example
            and (question.kind.repeats or getattr(question.kind, "rows", 1) > 1)
        )
    ]
    assert silent == []
