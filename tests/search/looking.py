"""Short ways to index and to look for something in tests."""

import time
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.directory.models import User
from search.criteria import Audience, Criteria
from search.engines.base import Engine, ItemResult, RawResults, Request, Write
from search.results import Results
from search.service import find
from search.worker import drain, record_everything

_versions = [0]


def version() -> int:
    """Gives a number higher than all before, by whomever: of the same clock as the portal's."""
    _versions.append(max(_versions.pop() + 1, time.time_ns() // 1_000_000))
    return _versions[0]


def document(pk: int, title: str = "A case", **fields: Any) -> dict[str, Any]:
    """Gives the least document that can be found."""
    return {
        "id": f"case-{pk}",
        "kind": "case",
        "pk": pk,
        "alive": True,
        "language": "en",
        "visibility": "public",
        "region": "europe",
        "title": [title],
        "title_en": title,
        "published": pk,
        "updated": pk,
    } | fields


def write(
    engine: Engine, pk: int, number: int, held: dict[str, Any] | None, *, members_only: bool = False
) -> ItemResult:
    """Writes one document, or a tombstone, under a version."""
    public = None if members_only else held
    views = {Audience.PUBLIC: public, Audience.MEMBERS: held}
    return engine.write([Write(f"case-{pk}", number, views)])[0]


def ask(
    engine: Engine, text: str = "", *, audience: Audience = Audience.PUBLIC, **more: Any
) -> RawResults:
    """Asks an engine directly."""
    criteria = more.pop("criteria", None) or Criteria(text=text)
    return engine.search(Request(criteria, audience, timezone.localdate(), **more))


def index_everything() -> None:
    """Brings every object of the database into the index."""
    record_everything()
    drain()


def look(text: str = "", user: User | None = None, **fields: Any) -> Results:
    """Looks for something as a visitor, or as a person."""
    return find(Criteria(text=text, **fields), user or AnonymousUser())


def titles(results: Results) -> list[str]:
    """Gives the titles found, in their order."""
    return [hit.title for hit in results.hits]
