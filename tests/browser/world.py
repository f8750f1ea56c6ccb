"""What the pages are about: addresses that only exist once the portal runs."""

from __future__ import annotations

import re
from functools import cached_property
from urllib.parse import urlsplit
from uuid import uuid4

from casestudies.offline.package import CONTENT_TYPE
from tests.browser.browsing import ASKED, AUTHOR, CONTACT, COORDINATOR, REVIEWER, Windows
from tests.casestudies.word_files import filled

LINK = re.compile(r"https?://\S+/accounts/invitation/\S+")


class World:
    """Finds, or makes by the portal's own pages, what each kind of page needs."""

    def __init__(self, windows: Windows) -> None:
        self.windows, self.portal = windows, windows.portal

    @cached_property
    def case(self) -> str:
        """A published case with measured results, below the language."""
        found = self.portal.ask("search?measured=1&stage=operation&region=asia-pacific")
        return _below_language(found["results"][0]["url"])

    @cached_property
    def published(self) -> str:
        """The number of that case."""
        found = self.portal.ask("search?measured=1&stage=operation&region=asia-pacific")
        return str(found["results"][0]["id"])

    @cached_property
    def kept(self) -> str:
        """The number of a published case whose owners can change it; not the withdrawn one."""
        return str(self.portal.ask("search?administration=malta")["results"][-1]["id"])

    @cached_property
    def kept_in_review(self) -> str:
        """The address of that case for those who judge and keep it, below the language."""
        page = self.windows.open(CONTACT)
        page.goto(f"/en/workspace/{self.kept}/")
        address = page.locator("main a[href$='/readers/']").first.get_attribute("href") or ""
        page.close()
        return _below_language(address.removesuffix("readers/"))

    @cached_property
    def arabic_case(self) -> str:
        """A published case written in Arabic."""
        found = self.portal.ask("search?language=ar")["results"]
        return _below_language(found[0]["url"])

    @cached_property
    def collection(self) -> str:
        """A published collection."""
        return _below_language(self.portal.ask("collections")["results"][0]["url"])

    @cached_property
    def draft(self) -> str:
        """The number of a draft that its author may write on."""
        page = self.windows.open(AUTHOR)
        page.goto("/en/share/")
        address = page.locator("#drafts + ul a").first.get_attribute("href") or ""
        page.close()
        return address.strip("/").split("/")[-1]

    @cached_property
    def in_clearance(self) -> str:
        """The address of a case in the contact point's queue, below the language."""
        return self._first_in_queue(CONTACT)

    @cached_property
    def in_decision(self) -> str:
        """The address of a case in the coordinator's queue, below the language."""
        return self._first_in_queue(COORDINATOR)

    @cached_property
    def asked(self) -> str:
        """The address of a request for a review that was not yet answered, below the language."""
        return self._first_in_queue(ASKED)

    @cached_property
    def reading(self) -> str:
        """The address of a review that is being written, below the language."""
        return self._first_in_queue(REVIEWER)

    @cached_property
    def sent(self) -> str:
        """The number of a case that its author has sent and cannot change now."""
        page = self.windows.open(CONTACT)
        page.goto(f"/en/{self.in_clearance}")
        number = page.locator("main bdi", has_text=re.compile(r"^CS-\d{4}-\d{6}$")).first
        text = number.inner_text()
        page.close()
        return text

    @cached_property
    def invitation(self) -> str:
        """The address of an invitation that was not yet accepted, below the language."""
        guest = f"guest.{uuid4().hex[:8]}@customs.example"
        page = self.windows.open(CONTACT)
        page.goto("/en/people/")
        page.fill("[name=email]", guest)
        page.fill("[name=full_name]", "Grace Guest")
        page.locator("main form:has([name=email]) button[type=submit]").click()
        page.wait_for_load_state()
        page.close()
        found = LINK.search(self.portal.letter_to(guest))
        assert found, "no letter with a link"
        return _below_language(found.group())

    @cached_property
    def withdrawn(self) -> str:
        """The number of a case that its Member took off the forum."""
        number = self.portal.ask("search?administration=malta")["results"][0]["id"]
        page = self.windows.open(CONTACT)
        page.goto(f"/en/workspace/{number}/")
        page.locator("main .c-actions a", has_text="Withdraw it").click()
        page.fill("#withdraw_reason", "It is being written anew.")
        page.locator("form:has(#withdraw_reason) button").click()
        page.wait_for_load_state()
        page.close()
        return str(number)

    @cached_property
    def report(self) -> str:
        """The address of a report about a filled template, below the language."""
        page = self.windows.open(AUTHOR)
        page.goto(f"/en/share/{self.draft}/offline/")
        template = page.request.get(f"/en/share/{self.draft}/offline/full/").body()
        answers = {"funding": "x" * 200, "months": "about a year", "novelty": "Much."}
        file = {
            "name": "answers.docx",
            "mimeType": CONTENT_TYPE,
            "buffer": filled(template, answers),
        }
        page.set_input_files("#id_file", [file])  # type: ignore[list-item]
        with page.expect_navigation():
            page.click("main form button[type=submit]")
        address = page.url
        page.close()
        return _below_language(address)

    @cached_property
    def workshop(self) -> str:
        """The address of a write-shop with two participants, below the language."""
        page = self.windows.open(COORDINATOR)
        page.goto("/en/workspace/write-shops/new/europe/")
        page.fill("[name=title]", "Write-shop on parcels")
        page.fill("[name=day]", "2027-03-01")
        for box in page.locator("[name=participants]").all()[:2]:
            box.check()
        with page.expect_navigation():
            page.click("main form button[type=submit]")
        address = page.url
        page.close()
        return _below_language(address)

    def _first_in_queue(self, person: str) -> str:
        page = self.windows.open(person)
        page.goto("/en/review/")
        address = page.locator("main table th a").first.get_attribute("href") or ""
        page.close()
        return _below_language(address)


def _below_language(address: str) -> str:
    return urlsplit(address).path.split("/", 2)[2]
