"""Autosave in a real browser: the line cut, the session ended, a colleague at the same words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.browsing import AUTHOR, CONTACT, PASSWORD, PATIENCE_MS, Windows, sign_in

SAVE = "**/save/"
PROBLEM = "[name=problem]"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('words:')).length"

# The pages forbid `eval`, which Playwright's own waiting for a condition needs.
COMES_TO = f"""async (wanted) => {{
  for (let turn = 0; turn < 600; turn += 1) {{
    if ({KEPT} === wanted) return true;
    await new Promise((done) => setTimeout(done, 100));
  }}
  return false;
}}"""


@pytest.fixture
def window(windows: Windows) -> Iterator[BrowserContext]:
    """A window of the author alone: its session may end without harm to other tests."""
    context = windows.fresh()
    sign_in(context.new_page(), AUTHOR)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Page:
    """The screen of the story of a case begun for this test."""
    page = window.new_page()
    page.goto("/en/share/")
    page.fill("[name=title]", "Saved by itself")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(re.sub(r"[^/]+/$", "story/", page.url))
    return page


def said(page: Page, words: str) -> None:
    """Wait until the line about saving says this."""
    line = page.locator("[data-autosave-said]")
    expect(line).to_contain_text(words, timeout=PATIENCE_MS)


def saved(page: Page) -> None:
    """Wait until the browser keeps nothing any more, because the server has it, and says so."""
    assert page.evaluate(COMES_TO, 0)
    said(page, "Saved at")


def saved_problem(page: Page) -> str:
    """Give what the server has, as another window of the same person shows it."""
    other = page.context.new_page()
    other.goto(page.url)
    text = other.input_value(PROBLEM)
    other.close()
    return text


def test_words_are_saved_after_a_pause_and_the_browser_keeps_nothing(page: Page) -> None:
    page.fill(PROBLEM, "Two days of waiting.")
    assert page.evaluate(KEPT) == 1
    with page.expect_response(SAVE):
        pass
    saved(page)
    assert saved_problem(page) == "Two days of waiting."
    assert page.locator("[data-autosave-said]").get_attribute("role") == "status"


def test_line_that_is_down_keeps_the_words_and_the_step_waits(page: Page) -> None:
    page.route(SAVE, lambda route: route.abort())
    page.fill(PROBLEM, "Typed in a tunnel.")
    said(page, "the line is down")
    assert page.evaluate(KEPT) == 1
    page.click("main .c-actions [value=continue]")
    said(page, "the line is down")
    assert page.url.endswith("/story/")
    page.unroute(SAVE)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    assert saved_problem(page) == "Typed in a tunnel."


def test_it_tries_again_by_itself(page: Page) -> None:
    refused: list[str] = []

    def once(route: object) -> None:
        refused.append("")
        route.abort() if len(refused) == 1 else route.continue_()  # type: ignore[attr-defined]

    page.route(SAVE, once)
    page.fill(PROBLEM, "A short gap.")
    saved(page)
    assert len(refused) == 2


def test_words_outlive_the_page(page: Page, window: BrowserContext) -> None:
    page.route(SAVE, lambda route: route.abort())
    page.fill(PROBLEM, "The battery is low.")
    said(page, "the line is down")
    address = page.url
    page.close()
    again = window.new_page()
    again.goto(address)
    expect(again.locator(PROBLEM)).to_have_value("The battery is low.", timeout=PATIENCE_MS)
    saved(again)


def test_session_that_ended_is_told_and_signing_in_saves(
    page: Page, window: BrowserContext
) -> None:
    window.clear_cookies(name="sessionid")
    page.fill(PROBLEM, "After the tea.")
    said(page, "Your session has ended.")
    assert page.evaluate(KEPT) == 1
    page.get_by_role("link", name="Sign in, and it is saved").click()
    page.fill("#id_login", AUTHOR)
    page.fill("#id_password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/story/")
    expect(page.locator(PROBLEM)).to_have_value("After the tea.", timeout=PATIENCE_MS)
    saved(page)
    assert saved_problem(page) == "After the tea."


def test_signing_out_takes_the_words_along(page: Page) -> None:
    page.route(SAVE, lambda route: route.abort())
    page.fill(PROBLEM, "Not for whoever comes next.")
    said(page, "the line is down")
    page.locator("details:has(form[action*=logout]) > summary").click()
    with page.expect_navigation():
        page.locator("form[action*=logout] button").click()
    assert page.evaluate(KEPT) == 0


def test_colleague_at_the_same_words_is_named_and_both_are_compared(
    page: Page, windows: Windows
) -> None:
    other = windows.open(CONTACT)
    other.goto(page.url)
    expect(page.locator("[data-presence]")).to_have_text("", timeout=PATIENCE_MS)
    other.fill(PROBLEM, "Theirs.")
    saved(other)
    page.fill(PROBLEM, "Mine.")
    said(page, "has saved other words meanwhile")
    with page.expect_navigation():
        page.get_by_role("button", name="Compare both texts").click()
    expect(page.locator(".c-comparison")).to_contain_text("Mine.")
    expect(page.locator(".c-comparison")).to_contain_text("Theirs.")
    page.check("#keep-problem-theirs")
    with page.expect_navigation():
        page.click("main .c-actions button")
    assert page.evaluate(KEPT) == 0
    assert saved_problem(_back(page)) == "Theirs."
    other.goto(page.url)
    expect(other.locator("[data-presence]")).to_contain_text("now", timeout=PATIENCE_MS)
    other.close()


def _back(page: Page) -> Page:
    page.goto(re.sub(r"[^/]+/$", "story/", page.url))
    return page


def test_rows_change_places_by_keyboard_and_are_saved_so(page: Page) -> None:
    page.goto(re.sub(r"[^/]+/$", "results/", page.url))
    page.fill("[name=results-0-indicator]", "Time")
    page.fill("[name=results-0-after]", "2")
    with page.expect_navigation():
        page.get_by_role("button", name="Add another result").press("Enter")
    page.fill("[name=results-1-indicator]", "Cost")
    page.fill("[name=results-1-after]", "3")
    with page.expect_navigation():
        page.locator("button[value='up:results-1']").press("Enter")
    expect(page.locator("[name=results-0-indicator]")).to_have_value("Cost")
    assert page.evaluate(COMES_TO, 1)
    saved(page)
    page.goto(re.sub(r"#.*$", "?", page.url))
    expect(page.locator("[name=results-0-indicator]")).to_have_value("Cost")
    expect(page.locator("[name=results-1-indicator]")).to_have_value("Time")


def test_counter_counts_arabic_as_a_person_does(page: Page) -> None:
    page.fill(PROBLEM, "مُحَمَّد")
    expect(page.locator("#id_problem_limit")).to_contain_text("1496")
