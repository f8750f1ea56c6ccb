"""Bulk writes: cut by bytes, versioned, and the outcome of every item told apart."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.criteria import Audience
from search.engines.base import ItemResult, Outcome, Write, worst

MOST_BYTES = 4_000_000
Action = tuple[str, bytes]


def write_batch(
    client: Elasticsearch, batch: Sequence[Write], indices: Mapping[Audience, Sequence[str]]
) -> list[ItemResult]:
    """Write every item into every index and make it findable; gives one outcome an item."""
    outcomes: dict[str, list[ItemResult]] = {item.id: [] for item in batch}
    for chunk in _chunks(_actions(batch, indices)):
        lines = [line for _name, line in chunk]
        # The client takes lines that are written out already, though its types do not say so.
        answer = client.bulk(operations=lines, refresh=True)  # type: ignore[arg-type]
        for (name, _line), told in zip(chunk, answer["items"], strict=True):
            outcomes[name].append(outcome_of(told["index"]))
    return [worst(outcomes[item.id]) for item in batch]


def outcome_of(told: Mapping[str, Any]) -> ItemResult:
    """Tell an item that is in from an older one, a passing trouble and a refusal."""
    status, error = told["status"], told.get("error") or {}
    reason = f"{error.get('type', '')}: {error.get('reason', '')}" if error else ""
    if status < 300:
        return ItemResult(Outcome.DONE)
    if status == 409:
        return ItemResult(Outcome.STALE)
    if status == 429 or status >= 500 or error.get("type") == "cluster_block_exception":
        return ItemResult(Outcome.RETRY, reason)
    return ItemResult(Outcome.REFUSED, reason)


def _actions(batch: Sequence[Write], indices: Mapping[Audience, Sequence[str]]) -> Iterator[Action]:
    for item in batch:
        for audience, names in indices.items():
            document = item.documents[audience]
            whole = {"alive": False} if document is None else dict(document)
            whole |= {"id": item.id, "version": item.version}
            for name in names:
                yield item.id, _lines(name, item, whole)


def _lines(index: str, item: Write, document: Mapping[str, Any]) -> bytes:
    place = {
        "_index": index,
        "_id": item.id,
        "version": item.version,
        "version_type": "external_gte",
    }
    lines = (json.dumps(line, ensure_ascii=False) for line in ({"index": place}, document))
    return "\n".join(lines).encode("utf-8", "replace")


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
