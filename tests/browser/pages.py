"""Every page that the portal shows, with who sees it and how one gets there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.template.loader import render_to_string
from playwright.sync_api import Page

from tests.browser.browsing import (
    ANYBODY,
    ASKED,
    AUTHOR,
    CONTACT,
    COORDINATOR,
    CURATOR,
    REVIEWER,
)
from tests.browser.world import World

Way = Callable[[Page, str, World], None]


@dataclass(frozen=True)
class Place:
    """A page: its name in the tests, the person who opens it, and the way there."""

    name: str
    person: str
    go: Way

    def __str__(self) -> str:
        return self.name


def at(path: str) -> Way:
    """Go to an address below the language; what stands in braces is a fact of the world."""

    def go(page: Page, language: str, world: World) -> None:
        facts = {name: getattr(world, name) for name in FACTS if f"{{{name}}}" in path}
        page.goto(f"/{language}/{path.format(**facts)}")

    return go


FACTS = (
    "arabic_case",
    "asked",
    "case",
    "collection",
    "draft",
    "in_clearance",
    "in_decision",
    "invitation",
    "kept",
    "kept_in_review",
    "published",
    "reading",
    "report",
    "sent",
    "withdrawn",
    "workshop",
)


def refused_sign_in(page: Page, language: str, _world: World) -> None:
    """Sign in with a wrong password; each time as somebody else, for guessers are held up."""
    page.goto(f"/{language}/accounts/login/")
    page.fill("#id_login", f"{uuid4().hex[:8]}@customs.example")
    page.fill("#id_password", "not the password")
    press(page, "main form button[type=submit]")


def expired_form(page: Page, language: str, _world: World) -> None:
    """Send a form whose token the browser has lost."""
    page.goto(f"/{language}/accounts/login/")
    page.context.clear_cookies(name="csrftoken")
    press(page, "main form button[type=submit]")


def empty_beginning(page: Page, language: str, _world: World) -> None:
    """Begin a case without a title."""
    page.goto(f"/{language}/share/")
    press(page, "main form button[type=submit]")


def wrong_year(page: Page, language: str, world: World) -> None:
    """Answer a question with something that is no answer."""
    page.goto(f"/{language}/share/{world.draft}/timing/")
    page.fill("[name=year]", "soon")
    press(page, "main .c-actions [value=continue]")


def two_at_once(page: Page, language: str, world: World) -> None:
    """Save a screen that a colleague has saved meanwhile."""
    address = f"/{language}/share/{world.draft}/owner/"
    colleague = world.windows.open(CONTACT)
    for window, words in ((page, "Mine"), (colleague, "Theirs")):
        window.goto(address)
        window.fill("[name=owner_unit]", f"{words} {uuid4().hex[:8]}")
    press(colleague, "main .c-actions [value=continue]")
    colleague.close()
    press(page, "main .c-actions [value=continue]")


def fault(page: Page, _language: str, world: World) -> None:
    """Meet the page of a fault of ours, which no address leads to."""
    body = render_to_string("500.html")
    page.route("**/fault/", lambda route: route.fulfill(status=500, body=body))
    page.goto(f"{world.portal.address}/fault/")


def one_topic(page: Page, language: str, _world: World) -> None:
    """Open the first topic of the list."""
    page.goto(f"/{language}/workspace/topics/")
    with page.expect_navigation():
        page.click("main tbody th a >> nth=0")


def merging_a_topic(page: Page, language: str, world: World) -> None:
    """Ask what merging a topic into another would change."""
    one_topic(page, language, world)
    page.select_option("#id_merge_into", index=1)
    page.fill("#id_merge_reason", "Both are the same.")
    press(page, "[aria-labelledby=merge] button[type=submit]")


def press(page: Page, selector: str) -> None:
    """Press a button and wait for the page that answers."""
    with page.expect_navigation():
        page.click(selector)


READING = {
    "home": "",
    "region": "europe/",
    "administration": "europe/malta/",
    "case": "{case}",
    "case in Arabic": "{arabic_case}",
    "versions of a case": "cases/{published}/versions/",
    "collection": "{collection}",
    "collections": "collections/",
    "search": "search/",
    "search with filters": "search/?q=customs&region=europe&stage=operation&region=nowhere",
    "search as a table": "search/?view=table",
    "search as a map": "search/?view=map",
    "nothing found": "search/?q=zzxqy&region=europe",
    "nothing but near": "search/?q=single+zzxqy&kind=collection&region=europe&stage=idea",
    "about": "about/",
    "accessibility": "accessibility/",
    "licence": "licence/",
    "data": "data/",
    "components": "design/",
    "sign in": "accounts/login/",
    "forgotten password": "accounts/password/reset/",
    "share": "share/",
    "work offline": "share/offline/",
    "invitation": "accounts/{invitation}",
    "404": "nowhere/",
    "410": "cases/{withdrawn}/",
}
SCREENS = (
    "in-short",
    "subject",
    "timing",
    "story",
    "results",
    "lessons",
    "owner",
    "materials",
    "rights",
    "background",
    "context",
    "effort",
    "deeper",
    "reusable",
    "network",
    "check",
    "preview",
    "delete",
)
WRITING = {
    "share, signed in": "share/",
    "work offline, signed in": "share/offline/",
    "draft offline": "share/{draft}/offline/",
    "report of a file": "{report}",
    "workspace": "workspace/",
    "library": "workspace/library/",
    "library of files": "workspace/library/?of=MT&kind=files",
    "followed searches": "workspace/searches/",
    "search, signed in": "search/?q=customs&view=table",
    "workspace case": "workspace/{draft}/",
    "authors of a case": "workspace/{draft}/authors/",
    "published case of one's own": "workspace/{kept}/",
    "wizard changes": "share/{kept}/changes/",
    "notifications": "workspace/notifications/",
    "mails to choose": "workspace/notifications/mails/",
    "closed case": "share/{sent}/story/",
    "sign out": "accounts/logout/",
    **{f"wizard {slug}": f"share/{{draft}}/{slug}/" for slug in SCREENS},
}
PLACES = [
    *(Place(name, ANYBODY, at(path)) for name, path in READING.items()),
    *(Place(name, AUTHOR, at(path)) for name, path in WRITING.items()),
    Place("queue of the contact point", CONTACT, at("review/")),
    Place("case to clear", CONTACT, at("{in_clearance}")),
    Place("readers of a case", CONTACT, at("{kept_in_review}readers/")),
    Place("case to move", COORDINATOR, at("{kept_in_review}move/")),
    Place("queue of the coordinator", COORDINATOR, at("review/")),
    Place("case to decide", COORDINATOR, at("{in_decision}")),
    Place("reviewers of a case", COORDINATOR, at("{in_decision}reviewers/")),
    Place("reviews asked", REVIEWER, at("review/")),
    Place("request for a review", ASKED, at("{asked}")),
    Place("form of a review", REVIEWER, at("{reading}")),
    Place("profile of a reviewer", REVIEWER, at("review/profile/")),
    Place("record of acts", COORDINATOR, at("workspace/record/")),
    Place("figures of an author", AUTHOR, at("workspace/figures/")),
    Place("figures of a region", COORDINATOR, at("workspace/figures/")),
    Place("searches in vain", COORDINATOR, at("workspace/figures/searches/")),
    Place("figures of all regions", CURATOR, at("workspace/figures/")),
    Place("workspace of the curator", CURATOR, at("workspace/")),
    Place("topics", CURATOR, at("workspace/topics/")),
    Place("one topic", CURATOR, one_topic),
    Place("a topic to merge", CURATOR, merging_a_topic),
    Place("write-shops", COORDINATOR, at("workspace/write-shops/")),
    Place("new write-shop", COORDINATOR, at("workspace/write-shops/new/europe/")),
    Place("write-shop", COORDINATOR, at("{workshop}")),
    Place("people", CONTACT, at("people/")),
    Place("people, all places", CURATOR, at("people/")),
    Place("refused sign-in", ANYBODY, refused_sign_in),
    Place("403", ANYBODY, expired_form),
    Place("500", ANYBODY, fault),
    Place("empty beginning", AUTHOR, empty_beginning),
    Place("wrong year", AUTHOR, wrong_year),
    Place("two at once", AUTHOR, two_at_once),
]
