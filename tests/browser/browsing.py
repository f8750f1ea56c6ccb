"""One Chromium with a window for each person, and a record of what their pages did."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from tests.browser.portal import PASSWORD, Portal

ANYBODY = ""
AUTHOR = "contributor.mt@demo.example"
CONTACT = "contact.mt@demo.example"
COORDINATOR = "coordinator.europe@demo.example"
REVIEWER = "reviewer2.europe@demo.example"
ASKED = "reviewer.americas-caribbean@demo.example"
CURATOR = "curator@demo.example"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE_MS = 60_000


@dataclass
class Record:
    """What a page asked for, and what the browser complained of."""

    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Begin to write down what this page does."""
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._hear)

    def strangers(self, origin: str) -> list[str]:
        """Give the addresses outside the portal."""
        own = urlsplit(origin).netloc
        return [url for url in self.requests if urlsplit(url).netloc != own]

    def _hear(self, message: ConsoleMessage) -> None:
        # A page that is rightly a 404 is not a complaint; a file of a page that is missing is.
        is_missing = message.text.startswith("Failed to load resource")
        is_page = message.location["url"].partition("?")[0].endswith("/")
        if message.type in ("error", "warning") and not (is_missing and is_page):
            self.complaints.append(message.text)


class Windows:
    """A browser in which everybody has a window of their own, signed in when first used."""

    def __init__(self, playwright: Playwright, executable: str, portal: Portal) -> None:
        self.portal = portal
        self.browser: Browser = playwright.chromium.launch(
            executable_path=executable, args=list(ARGUMENTS)
        )
        self._contexts: dict[str, BrowserContext] = {}

    def open(self, person: str = ANYBODY) -> Page:
        """Give an empty page in the window of a person."""
        if person not in self._contexts:
            self._contexts[person] = self.fresh()
            if person:
                sign_in(self._contexts[person].new_page(), person)
        return self._contexts[person].new_page()

    def fresh(self, *, scripts: bool = True) -> BrowserContext:
        """Give a window that knows nobody."""
        context = self.browser.new_context(
            base_url=self.portal.address,
            java_script_enabled=scripts,
            reduced_motion="reduce",
            locale="en-GB",
            viewport={"width": 1280, "height": 900},
        )
        context.set_default_timeout(PATIENCE_MS)
        return context

    def close(self) -> None:
        """Close every window."""
        self.browser.close()


def sign_in(page: Page, person: str) -> None:
    """Sign in by the page that everybody uses, and close it."""
    page.goto("/en/accounts/login/?next=/en/workspace/")
    page.fill("#id_login", person)
    page.fill("#id_password", PASSWORD)
    page.click("main form button[type=submit]")
    page.wait_for_url("**/en/workspace/")
    page.close()
