"""What the database says, object by object, against what both indices really hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan

from casestudies.models import CaseStudyPage, CollectionPage
from casestudies.querysets import on_open_ground
from portal.directory.models import User
from search.criteria import Audience
from search.outbox import document_id
from search.sources import SOURCES

# What an index keeps of a document for its own book-keeping.
OWN_FIELDS = {"version", "digest"}


@dataclass
class Drift:
    """The objects that an index is wrong about; empty when all is well."""

    missing: list[str] = field(default_factory=list)
    ghost: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    wrong_audience: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(len(names) for names in vars(self).values())


def compare(node: str, prefix: str) -> Drift:
    """Compare everything that may be found with everything that can be found."""
    drift = Drift()
    documents = _documents()
    readable = {Audience.PUBLIC: _readable(None), Audience.MEMBERS: _readable(_curator())}
    for audience, wanted in readable.items():
        held = _held(node, f"{prefix}-{audience.value}")
        for name in sorted(wanted | held.keys()):
            _note(drift, f"{name} in {audience.value}", documents.get(name), held.get(name), wanted)
    return drift


def _note(
    drift: Drift, name: str, document: Any, held: dict[str, Any] | None, wanted: set[str]
) -> None:
    if name.partition(" ")[0] not in wanted:
        (drift.wrong_audience if document else drift.ghost).append(name)
    elif held is None:
        drift.missing.append(name)
    elif _plain(held) != _plain(document):
        drift.stale.append(name)


def _curator() -> User:
    return User.objects.filter(is_superuser=True)[0]


def _readable(user: User | None) -> set[str]:
    cases = CaseStudyPage.objects.visible_to(user or AnonymousUser())
    collections = on_open_ground(CollectionPage.objects.live())
    return set(_names("case", cases)) | set(_names("collection", collections))


def _names(kind: str, pages: Any) -> Iterator[str]:
    return (document_id(kind, pk) for pk in pages.values_list("pk", flat=True))


def _documents() -> dict[str, Any]:
    found = {}
    for kind, source in SOURCES.items():
        for pk, views in source.load(source.all_ids()).items():
            found[document_id(kind, pk)] = views[Audience.MEMBERS]
    return found


def _held(node: str, alias: str) -> dict[str, dict[str, Any]]:
    with Elasticsearch(node) as client:
        client.indices.refresh(index=alias)
        hits: Iterable[dict[str, Any]] = scan(
            client, index=alias, query={"query": {"term": {"alive": True}}}
        )
        return {hit["_id"]: hit["_source"] for hit in hits}


def _plain(document: dict[str, Any]) -> dict[str, Any]:
    # Lists are of equals: two readings of the same rows may give them in another order.
    return {
        name: sorted(value) if isinstance(value, list) else value
        for name, value in document.items()
        if name not in OWN_FIELDS
    }
