"""Files sent by a script: each with a bar of its own, and the reason beside what is refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.browsing import AUTHOR, Windows
from tests.browser.looking import NARROW, OVER_THE_EDGE, PHONE_HEIGHT
from tests.portal.hostile_files.pictures import SVG, drawn

SEND = "**/workspace/library/send/"
NEW = "input[name=images-new-file]"


@pytest.fixture
def page(windows: Windows) -> Page:
    """The screen of pictures and files of a draft begun for this test."""
    page = windows.open(AUTHOR)
    page.goto("/en/share/")
    page.fill("[name=title]", "Seen at the gate")
    with page.expect_navigation():
        page.click("main form button[type=submit]")
    page.goto(re.sub(r"[^/]+/$", "materials/", page.url))
    return page


def file(name: str, content: bytes | None = None) -> Any:
    return {"name": name, "mimeType": "", "buffer": drawn() if content is None else content}


def test_each_file_has_its_bar_and_gets_its_row(page: Page) -> None:
    held: list[Route] = []
    page.route(SEND, lambda route: route.continue_() if held else held.append(route))
    with page.expect_request(SEND):
        page.set_input_files(NEW, [file("gate.jpg"), file("scanner.jpg")])
    bars = page.get_by_role("progressbar")
    expect(bars).to_have_count(2)
    expect(bars.first).to_have_accessible_name("gate.jpg")
    with page.expect_navigation():
        held[0].continue_()
    described = page.get_by_label("Description for those who cannot see it")
    expect(described).to_have_count(2)
    for box in (described.first, described.last):
        box.fill("A gate.")
    with page.expect_navigation():
        page.click("main .c-actions [value=continue]")
    page.go_back()
    expect(page.locator("#question-images img[src*='/media/images/']").first).to_be_visible()


def test_reason_stays_beside_what_is_refused_and_the_rest_is_kept(page: Page) -> None:
    page.set_input_files(NEW, [file("drawing.svg", SVG), file("gate.jpg")])
    lines = page.locator(".c-uploads__list li")
    expect(lines.first).to_have_text(
        "drawing.svg This is not a picture we can read. Send a JPEG, PNG or WebP file."
    )
    expect(lines.last).to_have_text("gate.jpg Kept")
    page.set_viewport_size({"width": NARROW, "height": PHONE_HEIGHT})
    assert page.evaluate(OVER_THE_EDGE) == []
    with page.expect_navigation():
        page.get_by_role("button", name="Add these pictures").click()
    expect(page.get_by_label("Description for those who cannot see it")).to_have_count(1)


def test_line_that_is_down_is_told_and_nothing_is_lost(page: Page) -> None:
    page.fill("[name=video]", "https://example.org/film")
    page.route(SEND, lambda route: route.abort())
    page.set_input_files(NEW, [file("gate.jpg")])
    told = page.locator(".c-uploads__list li")
    expect(told).to_contain_text("Not sent. Check your connection and choose it again.")
    expect(page.locator("[name=video]")).to_have_value("https://example.org/film")
