"""The links above the results swap the page where scripts run, and the reader is told."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Windows


@pytest.fixture
def page(windows: Windows) -> Page:
    """A window that nobody has used yet."""
    return windows.fresh().new_page()


def test_switching_the_view_keeps_the_focus_and_is_announced(page: Page) -> None:
    page.goto("/en/search/?kind=case")
    page.evaluate("window.stayed = true")
    for view, words in (("table", "as a table"), ("map", "as a map")):
        page.focus(f"#view-{view}")
        page.keyboard.press("Enter")
        expect(page.locator("#search-status")).to_contain_text(words)
        expect(page.locator(f"#view-{view}")).to_be_focused()
        assert f"view={view}" in page.url
        assert words in page.title()
    assert page.evaluate("window.stayed")


def test_one_goes_back_to_the_view_before(page: Page) -> None:
    page.goto("/ar/search/")
    page.click("#view-map")
    expect(page.locator(".c-atlas")).to_be_visible()
    page.go_back()
    expect(page.locator(".c-item").first).to_be_visible()
    assert "view" not in page.url
