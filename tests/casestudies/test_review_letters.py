"""The letter of a decision, and the reasons at the questions: put together, sent, and mended by."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.urls import reverse

from casestudies.models import CaseStudyPage, LetterText
from casestudies.services.letters import load_letters
from casestudies.services.remarks import REMARK_LIMIT
from casestudies.states import State, state_of
from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import User
from tests.factories.review import World, act, bring_to, edit, fresh, invite, reviewed, send
from tests.support.visitor import Visitor, signed_in


@pytest.fixture
def letters(world: World) -> None:
    """The letters that every portal starts with."""
    load_letters()


def case_url(case: CaseStudyPage) -> str:
    return reverse("casestudies:review_case", args=[case.pk])


def wizard_url(case: CaseStudyPage, step: str) -> str:
    return reverse("casestudies:share_step", args=[case.number, step])


def returned(world: World, by: str = "coordinator", **remarks: str) -> CaseStudyPage:
    """Bring a case to be returned in the portal, with words at its questions."""
    case = bring_to(world, State.DECISION if by == "coordinator" else State.CLEARANCE)
    visitor = Visitor(world[by]).open(case_url(case))
    words = {f"about__{name}": text for name, text in remarks.items()}
    visitor.fill_in(reasons="Please mend this.", **words).press("Return with reasons")
    assert visitor.status == 200
    return fresh(case)


def test_every_decision_has_a_letter_in_six_languages_and_the_curators_words_stay(
    letters: None,
) -> None:
    texts = LetterText.objects.all()
    assert {text.kind for text in texts} == {"published", "returned", "declined"}
    assert all(len({text.text_in(code) for code in LANGUAGE_CODES}) == 6 for text in texts)
    texts.filter(kind="returned").update(text="Ours.")
    load_letters()
    assert LetterText.objects.get(kind="returned").text == "Ours."
    assert texts.count() == 3


def test_a_letter_is_begun_in_the_senders_language_and_names_the_case(
    world: World, letters: None
) -> None:
    User.objects.filter(pk=world.people["author"].pk).update(language="fr")
    case = bring_to(world, State.DECISION, title="Perles en transit")
    letter = LetterText.objects.get(kind="returned")
    visitor = Visitor(world["coordinator"]).open(case_url(case))
    visitor.fill_in(letter=letter.pk).press("Put it into the letter below")
    text = visitor.page.select_one("[name=reasons]").text
    assert "Chers collègues" in text
    assert f"« Perles en transit » ({case.number})" in text
    assert state_of(fresh(case)).kind == State.DECISION


def test_comments_are_picked_into_the_letter_and_to_their_questions_without_names(
    world: World, letters: None
) -> None:
    case = bring_to(world, State.DECISION, problem="Queues.")
    answers = {"about-problem": "Which queues?", "note-clarity": "Long sentences."}
    reviewed(world, case, opinion="A figure is missing.", **answers)
    visitor = Visitor(world["coordinator"]).open(case_url(case))
    keys = {
        box.find_next("label").get_text(strip=True): box["value"]
        for box in visitor.page.select("[name=picked]")
    }
    assert len(keys) == 3
    visitor.fill_in(reasons="Dear colleagues,", picked=list(keys.values()))
    visitor.press("Put it into the letter below")
    text = visitor.page.select_one("[name=reasons]").text
    assert text.strip() == "Dear colleagues,\n\nA figure is missing.\n\nLong sentences."
    assert visitor.page.select_one("[name=about-problem]").text.strip() == "Which queues?"
    visitor.press("Return with reasons")
    decision = fresh(case).decisions.last()
    assert decision.remarks == {"problem": "Which queues?"}
    assert "assigned" not in decision.reasons


@pytest.mark.parametrize("who", ["contact", "author", "coordinator"])
def test_only_who_decides_for_the_region_puts_a_letter_together(world: World, who: str) -> None:
    case = bring_to(world, State.DECISION)
    if who == "coordinator":
        edit(case, world[who], summary="The coordinator's own words.")
    answer = signed_in(world[who]).post(
        reverse("casestudies:review_act", args=[case.pk]), {"action": "compose"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("by", ["coordinator", "contact"])
def test_a_returned_case_opens_with_the_reasons_at_its_questions(world: World, by: str) -> None:
    case = returned(world, by, problem="Which queues?", topics="Add transit.")
    author = signed_in(world["author"])
    story = BeautifulSoup(author.get(wizard_url(case, "story")).content, "html.parser")
    assert "Which queues?" in story.select_one("#question-problem").text
    assert "Which queues?" not in story.select_one("#question-solution").text
    page = author.get(reverse("casestudies:workspace_case", args=[case.number])).content.decode()
    assert "Add transit." in page
    assert f"{wizard_url(case, 'story')}#question-problem" in page


def test_the_reasons_at_the_questions_are_over_when_the_case_is_sent_again(world: World) -> None:
    case = returned(world, problem="Which queues?")
    send(world, case)
    assert state_of(fresh(case)).remarks == {}
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "return", "Once more.")
    page = signed_in(world["author"]).get(wizard_url(case, "story")).content.decode()
    assert "Which queues?" not in page


def test_words_that_are_too_long_are_named_at_their_question_and_nothing_is_decided(
    world: World,
) -> None:
    case = bring_to(world, State.DECISION, problem="Queues.")
    visitor = Visitor(world["coordinator"]).open(case_url(case))
    words = {"reasons": "Please mend this.", "about__problem": "x" * (REMARK_LIMIT + 1)}
    visitor.fill_in(**words).press("Return with reasons")
    assert visitor.status == 422
    assert visitor.page.select_one('.c-error-summary a[href="#id_about-problem"]')
    assert visitor.page.select_one("[name=reasons]").text.strip() == "Please mend this."
    assert state_of(fresh(case)).kind == State.DECISION


def test_the_mail_tells_the_reasons_at_the_questions(
    world: World, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        returned(world, problem="Which queues?")
    letters = [item for item in mail.outbox if item.to == ["author@example.test"]]
    assert "Which queues?" in letters[-1].body


def test_a_decision_without_a_review_says_so_before(world: World) -> None:
    case = bring_to(world, State.DECISION)
    alone = "No review has been sent"
    coordinator = Visitor(world["coordinator"])
    assert alone in coordinator.open(case_url(case)).text
    invite(world, case)
    assert alone in coordinator.open(case_url(case)).text
    reviewed(world, case)
    assert alone not in coordinator.open(case_url(case)).text


def test_reviews_of_an_earlier_text_are_not_picked_into_the_next_letter(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case, opinion="A figure is missing.")
    act(case, world["coordinator"], "return", "Please mend this.")
    send(world, edit(case, world["author"], summary="Forty minutes."))
    act(case, world["contact"], "clear")
    coordinator = Visitor(world["coordinator"]).open(case_url(case))
    assert "A figure is missing." in coordinator.text
    assert not coordinator.page.select("[name=picked]")
    assert "No review has been sent" in coordinator.text
