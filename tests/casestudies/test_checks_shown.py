"""What the checks found, where people meet it: the last screen, sending, clearance and decision."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from casestudies.checks import neighbours
from casestudies.checks.findings import Way
from casestudies.models import CaseStudyPage
from casestudies.services.drafts import save_answers
from casestudies.services.submission import submit_case
from casestudies.states import State, state_of
from tests.factories.answers import complete_answers
from tests.factories.prose import SENTENCES
from tests.factories.review import World, act, fresh, make_draft
from tests.support.visitor import signed_in

PRIVATE = "Write to maria.borg@gmail.com."
PORTUGUESE = " ".join(SENTENCES["pt"][:3]).format(n=9, name="A")


def answered(world: World, **answers: object) -> CaseStudyPage:
    """Give a complete draft of Malta with these answers."""
    case = make_draft(world)
    save_answers(
        case=case,
        author=world["author"],
        answers=complete_answers() | answers,
        base_revision_id=case.latest_revision_id or 0,
    )
    return fresh(case)


def last_screen(case: CaseStudyPage) -> str:
    return reverse("casestudies:share_check", args=[case.number])


def main_of(client: Client, address: str) -> BeautifulSoup:
    page = BeautifulSoup(client.get(address).content, "html.parser").find("main")
    assert page is not None
    return page  # type: ignore[return-value]


def test_a_stop_is_named_with_the_way_to_its_answer_and_nothing_can_be_sent(world: World) -> None:
    case, client = answered(world, lessons=PRIVATE), signed_in(world["author"])
    page = main_of(client, last_screen(case))
    link = page.select_one("section[aria-labelledby=stops] a")
    assert link is not None
    assert link["href"] == f"/en/share/{case.number}/lessons/#question-lessons"
    assert "maria.borg@gmail.com" in page.get_text()
    assert not page.select("form button")
    assert client.post(last_screen(case)).status_code == 422
    assert state_of(fresh(case)).kind == State.DRAFT


def test_the_service_itself_refuses_what_a_check_stops(world: World) -> None:
    case = answered(world, lessons=PRIVATE)
    with pytest.raises(ValidationError, match="private e-mail address"):
        submit_case(case=case, author=world["author"])
    assert state_of(fresh(case)).kind == State.DRAFT


def test_a_note_is_shown_and_the_case_can_be_sent_with_it(world: World) -> None:
    case, client = answered(world, problem=PORTUGUESE), signed_in(world["author"])
    page = main_of(client, last_screen(case))
    link = page.select_one("section[aria-labelledby=notes] a")
    assert link is not None
    assert link["href"].endswith("/in-short/#question-language")
    assert "You chose English; the text reads as Portuguese." in page.get_text()
    assert client.post(last_screen(case)).status_code == 302
    assert state_of(fresh(case)).kind == State.CLEARANCE


def test_whoever_clears_and_whoever_decides_see_what_was_noticed(world: World) -> None:
    case = answered(world, problem=PORTUGUESE)
    submit_case(case=case, author=world["author"])
    words, seen = "the text reads as Portuguese", []
    address = reverse("casestudies:review_case", args=[case.pk])
    seen.append(words in main_of(signed_in(world["contact"]), address).get_text())
    act(case, world["contact"], "clear")
    seen.append(words in main_of(signed_in(world["coordinator"]), address).get_text())
    assert seen == [True, True]


def test_a_case_without_findings_says_nothing_of_checks(world: World) -> None:
    case = answered(world)
    page = main_of(signed_in(world["author"]), last_screen(case))
    assert not page.select("#stops, #notes")
    submit_case(case=case, author=world["author"])
    address = reverse("casestudies:review_case", args=[case.pk])
    assert not main_of(signed_in(world["contact"]), address).select("#findings")


def test_hints_stand_below_their_question_and_on_the_last_screen(world: World) -> None:
    case, client = answered(world, problem="The UCR helps."), signed_in(world["author"])
    story = reverse("casestudies:share_step", args=[case.number, "story"])
    hint = main_of(client, story).select_one("#question-problem q")
    assert hint is not None
    assert hint.get_text() == "UCR"
    assert not main_of(client, story).select("#question-solution q")
    assert "1 hint for plainer language" in main_of(client, last_screen(case)).get_text()


def test_what_an_author_wrote_is_shown_escaped(world: World) -> None:
    case = answered(world, lessons="<b>x@gmail.com</b> <script>alert(1)</script> x@gmail.com")
    page = main_of(signed_in(world["author"]), last_screen(case))
    assert not page.select("#stops ~ * script, #stops ~ * b")


def test_similar_cases_are_named_with_a_link(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    way = Way("Seals on lorries", "/en/europe/malta/seals/", "en", "Same topic: Transit")
    monkeypatch.setattr(neighbours, "_finders", [lambda _draft, _reader: [way]])
    case = answered(world)
    page = main_of(signed_in(world["author"]), last_screen(case))
    link = page.select_one(f'section[aria-labelledby=notes] a[href="{way.url}"]')
    assert link is not None
    assert link.get_text() == way.label
    assert "Same topic: Transit" in page.get_text()
