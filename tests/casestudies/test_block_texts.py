"""Reusable building blocks in another language: written, read, found, taken out and in again."""

from pathlib import Path

import pytest
from django.urls import reverse

from casestudies.exchange.xliff import read_xliff, write_xliff
from casestudies.models import CaseStudyPage, ReusableBlock
from casestudies.models.fields import BLOCK_LIMITS
from casestudies.services.submission import submit_case
from casestudies.states import State
from casestudies.translating import original_of, side_of
from search.criteria import Audience
from search.documents import case_document
from search.sources import CaseSource
from tests.casestudies.exchange_files import exported, line, run, write_file
from tests.factories.review import World, act, bring_to, edit, fresh
from tests.factories.translations import offer, token, translate
from tests.support.visitor import Visitor

LIST, RULE = "A list of twelve data", "A rule for both sides"
FRENCH = {"block_1_name": "Une liste de douze données", "block_2_lesson": "Peu de données."}


def blocks(*names: str) -> list[ReusableBlock]:
    return [
        ReusableBlock(name=name, what=f"What {name} is.", lesson="Few data.", sort_order=place)
        for place, name in enumerate(names)
    ]


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A published case of Malta with two blocks."""
    return bring_to(world, State.PUBLISHED, reusable_blocks=blocks(LIST, RULE))


def check(world: World, case: CaseStudyPage) -> None:
    offer(case, world["author"])
    contact = Visitor(world["contact"]).open(
        reverse("casestudies:translate", args=[case.number, "fr"])
    )
    contact.press("Checked: show it to readers")


def read(case: CaseStudyPage, language: str = "fr") -> Visitor:
    return Visitor().open(f"/{language}{fresh(case).url[3:]}")


def test_each_text_of_a_block_stands_beside_its_translation(
    world: World, case: CaseStudyPage
) -> None:
    author = Visitor(world["author"]).open(
        reverse("casestudies:translate", args=[case.number, "fr"])
    )
    row = author.page.select_one("#text-block_2_name")
    assert row is not None
    assert "Building block 2: Name" in row.get_text()
    assert RULE in row.get_text()
    assert not author.page.select("#text-block_1_factors, #text-block_3_name")
    author.fill_in(block_1_name="x" * (BLOCK_LIMITS["name"] + 1)).press("Save")
    assert author.status == 422
    author.fill_in(**FRENCH).press("Save")
    side = side_of(case, "fr")
    assert side is not None
    assert side.draft is not None
    assert FRENCH.items() <= side.draft.texts.items()


def test_readers_and_their_search_meet_the_translated_block(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"], **FRENCH, block_2_name="")
    check(world, case)
    article = read(case).page.select_one("#reusable")
    assert article is not None
    first, second = article.select("h3")
    assert (first.get_text(), first.get("lang")) == (FRENCH["block_1_name"], None)
    assert (second.get_text(), second.get("lang")) == (RULE, "en")
    found = CaseSource().load([case.pk])[case.pk][Audience.PUBLIC]
    assert found is not None
    assert FRENCH["block_2_lesson"] in found["body_fr"]
    assert case_document(fresh(case), [])["body_fr"] == found["body_fr"]


def test_a_translation_of_an_earlier_version_says_nothing_about_the_blocks(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"], **FRENCH)
    check(world, case)
    edit(case, world["author"], reusable_blocks=blocks(RULE, LIST), change_kind="substantive")
    submit_case(case=case, author=world["author"])
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    article = read(case).page.select_one("#reusable")
    assert article is not None
    assert [(item.get_text(), item.get("lang")) for item in article.select("h3")] == [
        (RULE, "en"),
        (LIST, "en"),
    ]
    found = CaseSource().load([case.pk])[case.pk][Audience.PUBLIC]
    assert found is not None
    assert FRENCH["block_1_name"] not in found.get("body_fr", "")
    side = side_of(fresh(case), "fr")
    assert side is not None
    assert {"block_1_name", "block_2_name"} <= {one.name for one in side.moved}


def test_an_outside_translator_gets_the_blocks_too(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"], **FRENCH)
    side = side_of(case, "fr")
    assert side is not None
    written = write_xliff(case, side)
    assert "Building block 2: Lesson" in written.decode()
    back = read_xliff(written)
    assert back.texts.keys() == original_of(case).texts.keys()
    assert FRENCH.items() <= back.texts.items()


def test_they_leave_and_come_back_in_an_exchange_file(world: World, tmp_path: Path) -> None:
    rows = [{"name": LIST, "what": "", "factors": "", "lesson": ""}]
    texts = {"title": "Un titre", "block_1_name": FRENCH["block_1_name"]}
    file = write_file(tmp_path, line(reusable_blocks=rows, translations={"fr": texts}))
    assert run("import_cases", file, "--publish").code == 0
    assert [row["translations"] for row in exported(tmp_path)] == [{"fr": texts}]


def test_a_seventh_block_is_no_text_of_a_translation(world: World, case: CaseStudyPage) -> None:
    draft = translate(case, world["author"], block_7_name="Sept")
    assert "block_7_name" not in draft.texts
    assert token(case)
