"""Bulk writes: cut by bytes, versioned, and the outcome of every item told apart."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.criteria import Audience
from search.engines.base import Document, ItemResult, Outcome, Write, worst
from search.engines.generation import Entry

MOST_BYTES = 4_000_000
Action = tuple[str, bytes]
# Where the documents of an audience go: aliases, each with the fields its index knows (None: all).
Places = Mapping[Audience, Mapping[str, Collection[str] | None]]


def write_batch(
    client: Elasticsearch, batch: Sequence[Write], places: Places, *, refresh: bool
) -> list[ItemResult]:
    """Write every item to every place; with `refresh` it can be found. One outcome an item."""
    outcomes: dict[str, list[ItemResult]] = {item.id: [] for item in batch}
    for chunk in _chunks(_actions(batch, places)):
        lines = [line for _name, line in chunk]
        # The client takes lines that are written out already, though its types do not say so.
        answer = client.bulk(operations=lines, refresh=refresh, require_alias=True)  # type: ignore[arg-type]
        for (name, _line), told in zip(chunk, answer["items"], strict=True):
            outcomes[name].append(outcome_of(told["index"]))
    return [worst(outcomes[item.id]) for item in batch]


def delete_batch(client: Elasticsearch, entries: Sequence[Entry], aliases: Sequence[str]) -> None:
    """Remove documents from every place, where nothing newer stands by now."""
    actions = [
        {"delete": _place(alias, entry.id, entry.version)} for entry in entries for alias in aliases
    ]
    if actions:
        client.bulk(operations=actions, refresh=True, require_alias=True)


def outcome_of(told: Mapping[str, Any]) -> ItemResult:
    """Tell an item that is in from an older one, a passing trouble and a refusal."""
    status, error = told["status"], told.get("error") or {}
    kind = error.get("type", "")
    reason = f"{kind}: {error.get('reason', '')}" if error else ""
    if status < 300:
        return ItemResult(Outcome.DONE)
    if status == 409:
        return ItemResult(Outcome.STALE)
    # An index that has just been removed is not among the places of the next try.
    gone = kind in {"index_not_found_exception", "cluster_block_exception"}
    if status == 429 or status >= 500 or gone:
        return ItemResult(Outcome.RETRY, reason)
    return ItemResult(Outcome.REFUSED, reason)


def _actions(batch: Sequence[Write], places: Places) -> Iterator[Action]:
    for item in batch:
        for audience, aliases in places.items():
            whole = _whole(item, item.documents[audience])
            for alias, known in aliases.items():
                kept = whole if known is None else {n: whole[n] for n in whole if n in known}
                yield item.id, _lines(alias, item, kept)


def _whole(item: Write, document: Document | None) -> Document:
    held = {"alive": False} if document is None else document
    return {**held, "id": item.id, "version": item.version}


def _lines(alias: str, item: Write, document: Document) -> bytes:
    place = _place(alias, item.id, item.version)
    lines = (json.dumps(line, ensure_ascii=False) for line in ({"index": place}, document))
    return "\n".join(lines).encode("utf-8", "replace")


def _place(alias: str, name: str, version: int) -> dict[str, Any]:
    return {"_index": alias, "_id": name, "version": version, "version_type": "external_gte"}


def _chunks(actions: Iterator[Action]) -> Iterator[list[Action]]:
    chunk: list[Action] = []
    size = 0
    for action in actions:
        if chunk and size + len(action[1]) > MOST_BYTES:
            yield chunk
            chunk, size = [], 0
        chunk.append(action)
        size += len(action[1])
    if chunk:
        yield chunk
