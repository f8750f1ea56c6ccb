"""Asks an address as somebody, and says in one word what came of it.

ok, away (led elsewhere), sign-in (led to the sign-in page), or the number of a refusal; `*` behind
it says that something was written in the database. 403 is also what Wagtail says of a page that
is not for somebody: it leads to its own first page with a message.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from portal.directory.models import User

WRITING = ("INSERT", "UPDATE", "DELETE")
# What a request leaves behind by itself: sessions, sizes of pictures, settings of one's own.
TRACES = (
    "django_session",
    "core_portalrendition",
    "search_searchlogentry",
    "account_emailaddress",
    "wagtailadmin_editingsession",
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
)
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came of asking, and everything that was shown."""

    outcome: str
    shown: str


class Asker(RequestFactory):
    """One person's browser, or nobody's, that neither draws nor follows anything."""

    def __init__(self, person: User | None) -> None:
        super().__init__()
        self._handler = ClientHandler(enforce_csrf_checks=False)
        client = Client()
        if person:
            client.force_login(person, settings.AUTHENTICATION_BACKENDS[0])
        self.cookies = SimpleCookie(client.cookies.output(header="", sep=";"))

    def request(self, **request: Any) -> Any:
        """Answer a request as the portal does."""
        return self._handler(self._base_environ(**request))

    def ask(self, method: str, address: str, sent: str = "") -> Answer:
        """Ask for an address; whatever it did is taken back."""
        cache.clear()
        wrote: list[str] = []
        with transaction.atomic(), connection.execute_wrapper(_noting(wrote)):
            response = self.generic(method, address, sent, content_type=FORM)
            shown = _shown_by(response)
            transaction.set_rollback(True)
        return Answer(_outcome_of(response, address) + "*" * bool(wrote), shown)


def _noting(wrote: list[str]) -> Any:
    """Note what is written and not taken back by the portal itself."""
    marks: dict[str, int] = {}

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        verb, _space, rest = sql.strip().partition(" ")
        if verb == "SAVEPOINT":
            marks[rest] = len(wrote)
        elif verb == "ROLLBACK":
            del wrote[marks.get(rest.removeprefix("TO SAVEPOINT "), 0) :]
        elif verb in WRITING and not any(trace in sql for trace in TRACES):
            wrote.append(sql)
        return execute(sql, params, many, context)

    return note


def _outcome_of(response: HttpResponseBase, address: str) -> str:
    if response.status_code < 300:
        return "ok"
    if response.status_code >= 400:
        return str(response.status_code)
    target = response.headers.get("Location", "").partition("?")[0]
    if address != "/" and target == "/en" + address.partition("?")[0]:
        # What is not there is looked for once more below a language.
        return "404"
    if target in ("/admin/login/", "/en/accounts/login/"):
        return "sign-in"
    return "403" if target == "/admin/" and _was_refused(response) else "away"


def _was_refused(response: Any) -> bool:
    waiting = getattr(response.wsgi_request, "_messages", ())
    return any(message.level_tag == "error" for message in getattr(waiting, "_queued_messages", ()))


def _shown_by(response: Any) -> str:
    whole = b"".join(response) if response.streaming else response.content
    if whole.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(whole)) as parts:
            whole = b"".join(parts.read(name) for name in parts.namelist())
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return f"{headers}\n{whole.decode(errors='replace')}".lower()
