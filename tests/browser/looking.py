"""Looks at a page once, with scripts of our own, and keeps what was seen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.browsing import Record, Windows
from tests.browser.pages import Place
from tests.browser.world import World

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN_AXE = """options => axe.run(document, {resultTypes: ["violations"], preload: false, ...options})
  .then(found => found.violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id}: ${node.target.join(" ")} | ${node.html.slice(0, 160)} | `
      + node.any.concat(node.all, node.none).map(check => check.message).join("; "))))"""
NARROW, PHONE_HEIGHT, WIDE = 320, 640, 1280

# What reaches over the edge of the window, unless it stands in a box that scrolls by itself.
OVER_THE_EDGE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = element => element && (getComputedStyle(element).overflowX !== "visible"
    || scrolls(element.parentElement === root ? null : element.parentElement));
  const found = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return (box.right > root.clientWidth + 1 || box.left < -1)
      && element.checkVisibility() && !scrolls(element.parentElement);
  });
  return [`${root.scrollWidth} px wide`, ...found.slice(0, 6).map(
    element => element.outerHTML.slice(0, 120))];
}"""

# Targets smaller than 24 by 24 px; a link inside a sentence is as high as its line.
SMALL_TARGETS = """() => {
  const shown = element => element.checkVisibility({visibilityProperty: true})
    && !element.closest(".u-hidden, [tabindex='-1'], [inert]");
  const words = element => element.textContent.trim().length;
  const inSentence = element => element.matches("a")
    && getComputedStyle(element).display.startsWith("inline")
    && words(element.closest("p, li, dd, td, th, div, section")) > words(element);
  const size = element => {
    const label = element.labels?.[0];
    const boxes = [element, ...(label ? [label] : [])].map(item => item.getBoundingClientRect());
    return [Math.max(...boxes.map(box => box.width)), Math.max(...boxes.map(box => box.height))];
  };
  return [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
    .filter(element => element.type !== "hidden" && shown(element) && !inSentence(element))
    .map(element => [element, size(element)])
    .filter(([_, [width, height]]) => width < 24 || height < 24)
    .map(([element, size]) => `${size.map(Math.round).join("×")}: `
      + element.outerHTML.slice(0, 120));
}"""


@dataclass(frozen=True)
class Look:
    """What was seen on one page in one language."""

    axe: list[str]
    axe_in_the_dark: list[str]
    over_the_edge: dict[str, list[str]]
    small_targets: list[str]
    strangers: list[str]
    complaints: list[str]


class Looks:
    """Looks at each page once, whoever asks."""

    def __init__(self, windows: Windows, world: World) -> None:
        self.windows, self.world = windows, world
        self._seen: dict[tuple[str, str], Look] = {}

    def at(self, place: Place, language: str) -> Look:
        """Give what was seen there."""
        key = (place.name, language)
        if key not in self._seen:
            self._seen[key] = self._look(place, language)
        return self._seen[key]

    def _look(self, place: Place, language: str) -> Look:
        page = self.windows.open(place.person)
        record = Record()
        record.watch(page)
        place.go(page, language, self.world)
        page.evaluate(AXE)
        seen = Look(
            axe=_axe(page, {"runOnly": RULES}),
            # Colours do not depend on the language.
            axe_in_the_dark=_in_the_dark(page) if language == "en" else [],
            over_the_edge=_edges(page),
            small_targets=page.evaluate(SMALL_TARGETS),
            strangers=record.strangers(self.world.portal.address),
            complaints=record.complaints,
        )
        page.close()
        return seen


def _axe(page: Page, options: dict[str, Any]) -> list[str]:
    found: list[str] = page.evaluate(RUN_AXE, options)
    return found


def _in_the_dark(page: Page) -> list[str]:
    page.emulate_media(color_scheme="dark")
    found = _axe(page, {"runOnly": {"type": "rule", "values": ["color-contrast"]}})
    page.emulate_media(color_scheme="light")
    return found


def _edges(page: Page) -> dict[str, list[str]]:
    found = {}
    for name, width, size in (("double text", WIDE, "200%"), ("narrow", NARROW, "100%")):
        page.set_viewport_size({"width": width, "height": PHONE_HEIGHT})
        page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
        found[name] = page.evaluate(OVER_THE_EDGE)
    return found
