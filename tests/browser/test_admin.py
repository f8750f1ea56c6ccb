"""The editors' desk works under a policy that runs no inline script but its own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.browsing import COORDINATOR, CURATOR, Record, Windows
from tests.browser.world import World

OPERATOR = "admin@demo.example"
DESK = (
    "pages/",
    "images/",
    "images/multiple/add/",
    "documents/",
    "documents/multiple/add/",
    "reports/workflow/",
    "reports/workflow_tasks/",
    "reports/site-history/",
    "reports/locked/",
    "users/",
    "redirects/add/",
    "collections/",
    "sites/",
    "synonymgroup/new/",
    "search/weak/",
)
INJECTED = """() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.head.append(script);
    return window.injected === true;
}"""


@pytest.fixture
def record() -> Record:
    """What the browser complained of."""
    return Record()


@pytest.fixture
def case_editor(windows: Windows, record: Record) -> Iterator[Page]:
    """A case that waits for the coordinator's decision, open in the editors' desk."""
    number = World(windows).in_decision.strip("/").split("/")[-1]
    page = windows.open(COORDINATOR)
    record.watch(page)
    page.goto(f"/admin/pages/{number}/edit/")
    yield page
    page.close()


@pytest.fixture
def operator(windows: Windows, record: Record) -> Iterator[Page]:
    """A window of the operator, who sees every page of the desk."""
    page = windows.open(OPERATOR)
    record.watch(page)
    yield page
    page.close()


def add_row(page: Page, group: str) -> Locator:
    """Add a row to a repeated group, and give it."""
    page.click(f"#id_{group}-ADD")
    return page.locator(f"#id_{group}-FORMS > *").last


def choose(page: Page, row: Locator, button: re.Pattern[str]) -> str:
    """Open a chooser from a row, give what its window says, and close it."""
    row.get_by_role("button", name=button).click()
    window = page.locator(".modal-content")
    window.locator("form").first.wait_for()
    words = window.inner_text()
    window.get_by_role("button", name="Close").click()
    window.wait_for(state="detached")
    return words


def test_a_date_is_picked_in_the_calendar_of_the_case_editor(case_editor, record):
    case_editor.get_by_role("tab", name="Rights and life").click()
    case_editor.click("#id_embargo_until")
    case_editor.locator(".xdsoft_datetimepicker:visible td.xdsoft_current").first.click()
    day = case_editor.locator("#id_embargo_until").input_value()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", day)
    assert record.complaints == []


def test_rows_are_added_in_the_case_editor_and_their_choosers_open(case_editor, record):
    case_editor.get_by_role("tab", name="Results and lessons").click()
    assert add_row(case_editor, "results").locator("input[name$=-indicator]").is_visible()
    case_editor.get_by_role("tab", name="Materials").click()
    related = add_row(case_editor, "related_cases")
    assert "Choose" in choose(case_editor, related, re.compile("Choose a page"))
    image = add_row(case_editor, "images")
    assert "Layout" in choose(case_editor, image, re.compile("Choose an image"))
    assert record.complaints == []


def test_a_case_is_added_to_a_collection(windows, record):
    page = windows.open(CURATOR)
    record.watch(page)
    identity = windows.portal.ask("collections")["results"][0]["id"].split("-")[-1]
    page.goto(f"/admin/pages/{identity}/edit/")
    before = page.locator("#id_items-FORMS > *").count()
    row = add_row(page, "items")
    assert page.locator("#id_items-FORMS > *").count() == before + 1
    assert "Choose" in choose(page, row, re.compile("Choose a page"))
    assert record.complaints == []
    page.close()


def test_the_filters_of_the_explorer_have_their_calendars(windows, operator, record):
    identity = windows.portal.ask("collections")["results"][0]["id"].split("-")[-1]
    operator.goto(f"/admin/pages/{identity}/")
    operator.locator(".xdsoft_datetimepicker").nth(1).wait_for(state="attached")
    assert record.complaints == []


@pytest.mark.parametrize("path", DESK)
def test_nothing_on_the_desk_needs_another_inline_script(operator, record, path):
    operator.goto(f"/admin/{path}")
    operator.wait_for_load_state("networkidle")
    assert record.complaints == []


def test_a_script_that_somebody_brought_in_does_not_run(case_editor, record):
    assert case_editor.evaluate(INJECTED) is False
    assert [text for text in record.complaints if "Content Security Policy" in text]
