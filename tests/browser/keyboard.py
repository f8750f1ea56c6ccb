"""Somebody who has a keyboard and nothing else, and who looks where the focus is at every step."""

from __future__ import annotations

from playwright.sync_api import Page

# More presses of Tab than any page has places to stop at.
MOST_STOPS = 400
WHERE = """() => {
  const element = document.activeElement;
  if (!element || element === document.body || element === document.documentElement) return null;
  const box = element.getBoundingClientRect();
  // A field may leave its ring to the frame around it.
  const ringed = [element, element.parentElement].map(item => getComputedStyle(item)).some(
    style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2);
  const label = element.labels?.[0]?.textContent || element.getAttribute("aria-label") || "";
  return {
    name: element.name || "",
    value: element.value || "",
    type: element.type || element.localName,
    words: (element.matches("a, button, summary") ? element.textContent : label)
      .trim().replace(/\\s+/g, " "),
    main: Boolean(element.closest("main")),
    seen: ringed && box.width > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    html: element.outerHTML.slice(0, 160),
  };
}"""
# Marks what can be used: a group of radio buttons is one thing, what is folded away is none.
MARK = """() => {
  window.unreached = new Map();
  for (const element of document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")) {
    if (element.tabIndex < 0 || element.disabled || element.type === "hidden") continue;
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    window.unreached.set(element.type === "radio" ? element.name : element, element);
  }
}"""
REACHED = """() => {
  const element = document.activeElement;
  window.unreached.delete(element.type === "radio" ? element.name : element);
}"""
# What a page has replaced meanwhile cannot be reached, and need not be.
UNREACHED = """() => [...window.unreached.values()].filter(element => element.isConnected)
  .map(element => element.outerHTML.slice(0, 120))"""


class Keyboard:
    """Presses keys; every stop of the focus must be visible, and Tab must never be held."""

    def __init__(self, page: Page, *, walks: bool = True) -> None:
        """`walks=False` goes straight to what is wanted, on pages that were walked through."""
        self.page, self._walks = page, walks

    def tab_to(self, **wanted: str) -> Keyboard:
        """Press Tab until the focus is on what is wanted: its name, value, type or words."""
        for _stop in range(MOST_STOPS):
            stop = self._next()
            if stop and stop["main"] and all(stop[key] == wanted[key] for key in wanted):
                return self
        raise AssertionError(f"{self.page.url}: Tab never comes to {wanted}")

    def write(self, name: str, text: str) -> Keyboard:
        """Go to a field and type, over what stood in it."""
        self.tab_to(name=name)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)
        return self

    def tick(self, **wanted: str) -> Keyboard:
        """Go to a checkbox and press Space."""
        self.tab_to(type="checkbox", **wanted)
        self.page.keyboard.press("Space")
        return self

    def pick(self, name: str, label: str = "") -> Keyboard:
        """Go to a list or a group of radio buttons and press the arrow down to the label.

        Without a label, to what comes first.
        """
        self.tab_to(name=name)
        if not label:
            self.page.keyboard.press("ArrowDown")
            return self
        is_list = self.page.evaluate(WHERE)["type"] != "radio"
        if is_list:
            self.page.keyboard.press("Home")
        for _press in range(MOST_STOPS):
            if self._picked() == label:
                return self
            before = self._picked()
            self.page.keyboard.press("ArrowDown")
            if is_list and self._picked() == before:
                break
        raise AssertionError(f"{self.page.url}: the arrows never come to “{label}”")

    def press(self, words: str) -> Keyboard:
        """Go to a button or a link and press Enter; wait for the page that follows."""
        self.tab_to(words=words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def walk(self) -> Keyboard:
        """Press Tab through the whole page and out of it.

        Raises AssertionError when the focus is held somewhere, or passes by what can be used.
        """
        if not self._walks:
            return self
        self.page.evaluate(MARK)
        for _stop in range(MOST_STOPS):
            if self._next() is None:
                unreached = self.page.evaluate(UNREACHED)
                assert not unreached, f"{self.page.url}: Tab passes by {unreached}"
                return self
            self.page.evaluate(REACHED)
        raise AssertionError(f"{self.page.url}: Tab does not come out again")

    def _next(self) -> dict[str, str] | None:
        self.page.keyboard.press("Tab")
        stop: dict[str, str] | None = self.page.evaluate(WHERE)
        assert stop is None or stop["seen"], f"{self.page.url}: nobody sees the focus on {stop}"
        return stop

    def _picked(self) -> str:
        words: str = self.page.evaluate(
            """() => {
              const element = document.activeElement;
              if (element.localName === "select") return element.selectedOptions[0].textContent;
              return element.checked ? element.labels[0].textContent : "";
            }"""
        )
        return words.strip()
