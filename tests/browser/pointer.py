"""Somebody who clicks and types in a browser that runs no scripts."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page


class Pointer:
    """Does by clicking what `Keyboard` does by pressing keys."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def write(self, name: str, text: str) -> Pointer:
        """Type into a field, over what stood in it."""
        self._field(name).first.fill(text)
        return self

    def tick(self, **wanted: str) -> Pointer:
        """Click a checkbox, found by its name or its words."""
        if "name" in wanted:
            self._field(wanted["name"]).first.check()
        else:
            self.page.locator("main").get_by_label(wanted["words"], exact=True).check()
        return self

    def pick(self, name: str, label: str = "") -> Pointer:
        """Choose in a list or a group of radio buttons; without a label, what comes first."""
        field = self._field(name)
        if field.first.get_attribute("type") == "radio":
            labelled = [item for item in field.all() if label in ("", self._words(item))]
            labelled[0].check()
        elif label:
            field.select_option(label=label)
        else:
            field.select_option(index=1)
        return self

    def press(self, words: str) -> Pointer:
        """Click a button or a link; wait for the page that follows."""
        exact = re.compile(rf"^\s*{re.escape(words)}\s*$")
        thing = (
            self.page.locator("main a, main button:not([aria-hidden])").filter(has_text=exact).first
        )
        with self.page.expect_navigation():
            thing.click()
        return self

    def walk(self) -> Pointer:
        """Look at the page; whoever clicks need not walk through it."""
        return self

    def _field(self, name: str) -> Locator:
        return self.page.locator(f"main [name='{name}']:not([type='hidden'])")

    def _words(self, field: Locator) -> str:
        mark = field.get_attribute("id")
        return self.page.locator(f"label[for='{mark}']").inner_text().strip()
