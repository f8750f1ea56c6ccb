"""Suggestions as one types: by keyboard, by pointer, read aloud, mirrored, on a small screen."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.browsing import Windows
from tests.browser.looking import AXE, NARROW, OVER_THE_EDGE, PHONE_HEIGHT, RULES, RUN_AXE

ACTIVE = """() => {
  const field = document.activeElement;
  return document.getElementById(field.getAttribute("aria-activedescendant"))?.dataset.url || "";
}"""


@pytest.fixture
def page(windows: Windows) -> Page:
    """A window that nobody has used yet."""
    return windows.fresh().new_page()


def field_of(page: Page, address: str, within: str = "main") -> Locator:
    """Opens a page, goes into its search field and gives that once its script runs."""
    page.goto(address)
    field = page.locator(f"{within} input[name=q]")
    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    return field


def typed(page: Page, address: str, text: str, within: str = "main") -> Locator:
    """Types into the search field of a page and gives the list that opens."""
    field = field_of(page, address, within)
    page.keyboard.type(text)
    expect(field).to_have_attribute("aria-expanded", "true")
    return page.locator(f"#{field.get_attribute('aria-controls')}")


def test_topic_is_chosen_by_keyboard_alone(page):
    listed = typed(page, "/en/", "single w")
    options = listed.get_by_role("option")
    expect(page.locator("main [role=status]")).to_have_text(f"{options.count()} suggestions")
    assert page.evaluate(ACTIVE) == ""
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE) == "/en/search/?topic=single-window"
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?topic=single-window")


def test_who_types_before_the_script_is_there_gets_suggestions_too(page):
    kept: list[Route] = []
    page.route("**/js/suggest*.js", lambda route: kept.append(route))
    page.goto("/en/")
    field = page.locator("main input[name=q]")
    with page.expect_request("**/js/suggest*.js"):
        field.focus()
    page.keyboard.type("single w")
    kept.pop().continue_()
    expect(field).to_have_attribute("aria-expanded", "true")


def test_arrows_go_round_by_way_of_the_field(page):
    options = typed(page, "/en/", "cust").get_by_role("option")
    count = options.count()
    assert count > 2
    page.keyboard.press("ArrowUp")
    expect(options.nth(count - 1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE) == ""
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")


@pytest.mark.parametrize("key", ["Home", "End", "ArrowLeft", "ArrowRight", "a"])
def test_who_goes_on_writing_is_back_in_the_field(page, key):
    typed(page, "/en/", "cust")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ACTIVE)
    page.keyboard.press(key)
    assert page.evaluate(ACTIVE) == ""


def test_escape_closes_the_list_and_keeps_the_words(page):
    listed = typed(page, "/en/", "cust")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    field = page.locator("main input[name=q]")
    assert field.input_value() == "cust"
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(listed).to_be_visible()


def test_tab_closes_the_list_and_goes_on(page):
    listed = typed(page, "/en/", "cust")
    page.keyboard.press("Tab")
    expect(listed).to_be_hidden()
    assert page.evaluate("document.activeElement.localName") == "button"


def test_enter_without_a_choice_searches_for_the_words(page):
    typed(page, "/en/", "cust")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=cust")


def test_pointer_chooses_from_the_header_too(page):
    listed = typed(page, "/en/europe/", "single w", within="header")
    listed.get_by_role("option").first.click()
    page.wait_for_url("**/en/search/?topic=single-window")


def test_field_of_the_search_page_suggests_again_after_its_results_were_swapped(page):
    typed(page, "/en/search/", "cust")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search/?q=cust")
    field = page.locator("#search-words")
    field.focus()
    expect(field).to_have_attribute("role", "combobox")
    field.fill("single w")
    page.locator("#search-words-list").get_by_role("option").first.click()
    page.wait_for_url("**/en/search/?topic=single-window")


def test_older_answer_never_replaces_a_newer_one(page):
    kept: list[Route] = []
    first = re.compile(r"/search/suggest/\?q=cu$")
    page.route(first, lambda route: kept.append(route))
    field_of(page, "/en/")
    with page.expect_request(first):
        page.keyboard.type("cu")
    with page.expect_event("requestfailed"):
        page.keyboard.type("stoms")
    expect(page.locator("main input[name=q]")).to_have_attribute("aria-expanded", "true")
    assert len(kept) == 1


def test_nothing_on_the_page_moves(page):
    places = """() => [...document.querySelectorAll("main > *, main form *, footer")]
      .filter(item => !item.closest("[role=listbox], [role=status]"))
      .map(item => item.getBoundingClientRect().top)"""
    field_of(page, "/en/")
    before = page.evaluate(places)
    page.keyboard.type("cust")
    expect(page.locator("main input[name=q]")).to_have_attribute("aria-expanded", "true")
    assert page.evaluate(places) == before


@pytest.mark.parametrize(("address", "text"), [("/en/", "single"), ("/ar/search/", "الناف")])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_the_list_is_open(page, address, text, scheme):
    page.emulate_media(color_scheme=scheme)
    typed(page, address, text)
    page.keyboard.press("ArrowDown")
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, {"runOnly": RULES}) == []


def test_arabic_list_is_mirrored_and_fits_a_small_screen(page):
    page.set_viewport_size({"width": NARROW, "height": PHONE_HEIGHT})
    listed = typed(page, "/ar/", "النافذة")
    first = listed.get_by_role("option").first
    assert first.evaluate("item => getComputedStyle(item).direction") == "rtl"
    assert "topic=single-window" in (first.get_attribute("data-url") or "")
    box = listed.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= NARROW
    assert page.evaluate(OVER_THE_EDGE) == []
