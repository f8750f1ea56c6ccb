"""Somebody who has no mouse comes everywhere, and from signing in to the first screen of a case."""

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import Windows
from tests.browser.keyboard import Keyboard
from tests.browser.portal import PASSWORD

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


def test_signing_in_is_the_way_to_the_first_screen(page: Page) -> None:
    page.goto("/en/share/")
    keys = Keyboard(page).walk().press("Sign in to begin").walk()
    keys.write("login", AUTHOR).write("password", PASSWORD).press("Sign in").walk()
    keys.pick("language", "English").write("title", TITLE).press("Begin").walk()
    assert page.locator("[name=title]").input_value() == TITLE
