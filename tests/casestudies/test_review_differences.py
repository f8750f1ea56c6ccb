"""What changed since a text was judged before: shown to whoever judges it again."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.urls import reverse

from casestudies.differences import marked
from casestudies.models import CaseStudyPage
from casestudies.states import State
from tests.factories.review import World, act, bring_to, edit, send
from tests.support.visitor import signed_in


def changes_shown(world: World, case: CaseStudyPage, who: str) -> Tag | None:
    """Give the part of the case's page that shows what changed."""
    response = signed_in(world[who]).get(reverse("casestudies:review_case", args=[case.pk]))
    return BeautifulSoup(response.content, "html.parser").select_one("#changes")


def returned_and_sent_again(world: World, **fields: object) -> CaseStudyPage:
    """Bring a case back to clearance after the region has returned it."""
    case = bring_to(world, State.RETURNED, summary="It saves thirty minutes.")
    if fields:
        edit(case, world["author"], **fields)
    return send(world, case)


def test_a_contact_point_sees_what_changed_since_it_was_cleared(world: World) -> None:
    case = returned_and_sent_again(world, summary="It saves forty minutes.", year=2022)
    shown = changes_shown(world, case, "contact")
    assert "since it was cleared" in shown.h2.text
    assert [item.text for item in shown.select("ins")] == ["forty", "2022"]
    assert [item.text for item in shown.select("del")] == ["thirty", "2021"]
    assert len(shown.select(".c-comparison__pair")) == 2


def test_a_coordinator_sees_what_changed_since_the_regions_decision(world: World) -> None:
    case = returned_and_sent_again(world, summary="It saves forty minutes.")
    act(case, world["contact"], "clear")
    shown = changes_shown(world, case, "coordinator")
    assert "since the region's decision" in shown.h2.text
    assert [item.text for item in shown.select("ins")] == ["forty"]


def test_a_first_text_has_nothing_to_be_compared_with(world: World) -> None:
    assert changes_shown(world, bring_to(world, State.CLEARANCE), "contact") is None
    assert changes_shown(world, bring_to(world, State.DECISION), "coordinator") is None


def test_a_text_sent_again_as_it_was_says_so(world: World) -> None:
    case = bring_to(world, State.RETURNED)
    shown = changes_shown(world, send(world, case), "contact")
    assert "the same text" in shown.text


@pytest.mark.parametrize("sign", ["ins", "del"])
def test_markup_in_a_text_stays_text(sign: str) -> None:
    html = marked("<b>old</b> & so", "<b>new</b> & so", sign)
    assert "<b>" not in html
    assert "&lt;b&gt;" in html
    assert f"<{sign}>" in html
