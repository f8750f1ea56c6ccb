"""What a new contributor meets on the way to a first Snapshot, and a coordinator with one case.

`docs/usability.md` says what follows from it; its tables are held to what the pages show.
"""

import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from portal.directory.models import Administration, Role
from tests.factories.directory import make_user
from tests.journeys.test_main_story import decide, go_and_decide, write_snapshot
from tests.support.visitor import Visitor

DOCUMENT = Path(settings.BASE_DIR) / "docs" / "usability.md"
MOST_SCREENS, MOST_ANSWERS = 12, 14
# What nobody reads who does not ask for it: folded examples, options of a list, hidden words.
FOLDED = "details > :not(summary), option, script, template, .u-hidden, [hidden], [aria-hidden]"
CONTROLS = "input[name]:not([type=hidden]), textarea[name], select[name]"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


class Screen(NamedTuple):
    """One page as a person meets it for the first time."""

    title: str
    words: int
    decisions: int
    fields: int


class Walker(Visitor):
    """A visitor who counts what each new page asks for."""

    def __init__(self, person: Any) -> None:
        super().__init__(person)
        self.screens: list[Screen] = []

    def _arrive(self, response: Any) -> Visitor:
        super()._arrive(response)
        screen = _screen_of(response.content)
        if screen.title not in {known.title for known in self.screens}:
            self.screens.append(screen)
        return self


def _screen_of(content: bytes) -> Screen:
    main = BeautifulSoup(content, "html.parser").select_one("main")
    assert main is not None
    for folded in main.select(FOLDED):
        folded.decompose()
    fields = {str(field["name"]) for field in main.select(CONTROLS)}
    # A question is decided once, however many fields it has; so is which button to press.
    asked = main.select(".c-question") or main.select(".c-field")
    sends = main.select('form[method="post"] button')
    title = main.select_one("h1")
    assert title is not None
    words = len(main.get_text(" ").split())
    return Screen(" ".join(title.get_text().split()), words, len(asked) + bool(sends), len(fields))


def _told(heading: str) -> list[Screen]:
    part = DOCUMENT.read_text().partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return [Screen(title, int(w), int(d), int(f)) for _n, title, w, d, f in ROW.findall(part)]


def _table(screens: list[Screen]) -> str:
    rows = (" | ".join(map(str, (n, *screen))) for n, screen in enumerate(screens, 1))
    return "\n".join(f"| {row} |" for row in rows)


@pytest.fixture
def author(portal: None) -> Walker:
    """A new contributor at the first page."""
    malta = Administration.objects.get(iso2="MT")
    make_user(Role.CONTACT_POINT, administration=malta)
    return Walker(make_user(Role.CONTRIBUTOR, administration=malta, language="en"))


def test_a_first_snapshot_is_what_the_document_says(author: Walker) -> None:
    write_snapshot(author)
    screens = author.screens
    assert screens == _told("A first Snapshot"), _table(screens)
    # The last page only says that the case was sent.
    assert len(screens) - 1 <= MOST_SCREENS


def test_a_snapshot_needs_no_more_answers_than_promised(author: Walker) -> None:
    begun = author.open("/en/share/")
    # Administration and language are chosen already, for whoever has only one of each.
    first = [
        field for field in begun.page.select("main input[type=text]") if not field.get("value")
    ]
    begun.fill_in(title="A title").press("Begin").open(begun.address.rsplit("/", 2)[0] + "/check/")
    needed = len(first) + len(begun.page.select('section[aria-labelledby="missing"] li'))
    assert needed <= MOST_ANSWERS, begun.text
    assert f"{needed} answers" in DOCUMENT.read_text()


def test_a_coordinators_case_is_what_the_document_says(author: Walker) -> None:
    case = write_snapshot(author)
    malta = Administration.objects.get(iso2="MT")
    contact = make_user(Role.CONTACT_POINT, administration=malta)
    decide(contact, case, "Clear for the region")
    walker = Walker(make_user(Role.COORDINATOR, region=malta.region, language="en"))
    walker.open("/en/workspace/")
    go_and_decide(walker, case, "Publish on the forum")
    assert walker.screens == _told("A coordinator's case"), _table(walker.screens)
