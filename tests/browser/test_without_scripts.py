"""Without JavaScript everything works: finding with filters, and writing a screen of a case."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import Windows, sign_in

AUTHOR = "contributor.ke@demo.example"


@pytest.fixture
def page(windows: Windows) -> Iterator[Page]:
    """A browser that runs no scripts."""
    context = windows.fresh(scripts=False)
    yield context.new_page()
    context.close()


def test_filters_narrow_the_results(page, portal):
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto("/en/search/")
    page.locator("#filters > summary").click()
    page.check("input[name=region][value=europe]")
    page.click("#show-results")
    assert "region=europe" in page.url
    expected = portal.ask("search?region=europe")["total"]
    assert str(expected) in page.locator("h1").inner_text()
    assert page.locator("input[name=region][value=europe]").is_checked()


def test_words_are_found(page, portal):
    page.goto("/en/")
    page.locator("main input[name=q]").fill("single window")
    page.locator("main input[name=q]").press("Enter")
    found = portal.ask("search?q=single+window")["results"][0]
    assert page.locator("#found a", has_text=found["title"]).first.is_visible()


def test_page_of_a_case_leads_to_similar_ones(page, looks):
    page.goto(f"/en/{looks.world.case}")
    page.get_by_role("link", name="Similar experiences").click()
    assert "/en/search/?topic=" in page.url


def test_screen_of_a_case_is_saved_and_rows_are_added(page):
    sign_in(page.context.new_page(), AUTHOR)
    page.goto("/en/share/")
    page.fill("[name=title]", "Boats that announce themselves")
    page.click("main form button[type=submit]")
    number = page.url.rstrip("/").split("/")[-2]
    page.goto(f"/en/share/{number}/results/")
    page.fill("[name=outcomes]", "Fewer surprises at the quay.")
    page.click("button[value='add:results']")
    assert page.locator("[name=results-1-indicator]").is_visible()
    assert page.input_value("[name=outcomes]") == "Fewer surprises at the quay."
    page.click("main .c-actions [value=leave]")
    page.goto(f"/en/share/{number}/results/")
    assert page.input_value("[name=outcomes]") == "Fewer surprises at the quay."


def test_language_menu_opens_and_leads_to_the_same_page(page):
    page.goto("/en/europe/")
    page.locator("header details summary").first.click()
    page.locator("header a[lang=ar]").click()
    assert page.url.endswith("/ar/europe/")
    assert page.locator("html").get_attribute("dir") == "rtl"
