"""A case is written and sent by somebody who has no mouse, from signing in to the last button."""

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import Windows
from tests.browser.keyboard import Keyboard
from tests.browser.portal import PASSWORD, Portal

AUTHOR = "contributor.jp@demo.example"
TITLE = "Seals that report when they are opened"


@pytest.fixture
def page(windows: Windows) -> Page:
    """A window that nobody has used yet."""
    return windows.fresh().new_page()


def test_skip_link_is_the_first_stop_and_leads_past_the_header(page):
    page.goto("/en/search/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "c-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("address", ["/en/", "/ar/search/?q=customs", "/en/europe/"])
def test_tab_reaches_everything_and_comes_out_again(page, address):
    page.goto(address)
    Keyboard(page).walk()


def test_menus_open_with_enter_and_close_with_escape(page):
    page.goto("/en/")
    menu = page.locator("summary").first
    menu.focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-menu][open]").count() == 1
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert page.locator("[data-menu][open]").count() == 0
    assert menu.evaluate("element => element === document.activeElement")


def test_case_is_written_and_sent_by_keyboard_alone(page: Page, portal: Portal) -> None:
    page.goto("/en/share/")
    keys = Keyboard(page).walk().press("Sign in to begin").walk()
    keys.write("login", AUTHOR).write("password", PASSWORD).press("Sign in").walk()
    keys.pick("language", "English").write("title", TITLE).press("Begin")
    write_snapshot(keys)
    assert page.get_by_text("Nothing is missing.").is_visible()
    keys.walk().press("Preview").walk()
    assert page.get_by_role("heading", name=TITLE).is_visible()
    page.go_back()
    keys.press("Send to your contact point")
    assert page.get_by_text("Your contact point clears it").is_visible()
    found = portal.ask("search?q=seals+that+report&administration=japan")["results"]
    assert TITLE not in [case["title"] for case in found]


def write_snapshot(keys: Keyboard) -> None:
    """Answer every screen of a Snapshot, walking through each before writing on it."""
    forward = "Save and continue"
    summary = "Seals were cut and nobody knew. We bought seals that call. The call is new."
    keys.walk().write("summary", summary).pick("language", "English").press(forward)
    keys.walk().pick("topics-0", "Cargo tracking")
    keys.tick(words="Enabling technology and tools").tick(words="Technology").press(forward)
    keys.walk().pick("stage", "In operation").write("year", "2021").press(forward)
    keys.walk().write("problem", "Seals were cut on the road.")
    keys.write("solution", "We bought seals that call when they are cut.").press(forward)
    keys.walk().write("results-0-indicator", "Seals cut unnoticed")
    keys.write("results-0-before", "31").write("results-0-after", "2")
    keys.write("outcomes", "Fewer seals are cut.").press(forward)
    keys.walk().write("lessons", "Somebody must answer when the seal calls.").press(forward)
    keys.walk().write("owner_unit", "Transit desk")
    keys.write("owner_mailbox", "transit@customs.example").press(forward)
    keys.walk().press(forward)
    keys.walk().pick("licence", "Creative Commons Attribution 4.0")
    keys.tick(name="cleared").tick(name="no_sensitive_detail")
    keys.pick("visibility", "Everyone").press(forward)
