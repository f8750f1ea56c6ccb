"""What a rebuild adds to a bare bulk of the same documents, once they have been read."""

import time
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.criteria import Audience
from search.engines.base import Write
from search.engines.elasticsearch_mapping import index_body
from search.generations import BATCH
from search.outbox import document_id, next_version
from search.sources import all_places, views_of
from tests.bench.conftest import Used
from tests.bench.data import IMPORTED, scaled
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal

pytestmark = pytest.mark.bench


def test_rebuild_beside_a_bare_bulk(portal: Portal, used: Used, report: Report) -> None:
    count = scaled(IMPORTED)
    batches = list(_batches(count))
    seconds = _rebuild(used, batches)
    name = f"Rebuild of {count:,} cases, documents read before, {used.name}"
    report.add("rebuild", Figure(name, seconds, "s", goal=Limit(2.5)))
    if used.environment:
        bare = _bare(used, batches)
        words = f"The same beside a bare bulk, {used.name}"
        report.add("rebuild", Figure(words, seconds, "s", bare, Limit(2, of="ratio")))


def _batches(count: int) -> Iterator[list[Write]]:
    places = all_places()[:count]
    for start in range(0, len(places), BATCH):
        part = places[start : start + BATCH]
        yield [
            Write(document_id(*place), next_version(), views)
            for place, views in zip(part, views_of(part), strict=True)
        ]


def _rebuild(used: Used, batches: list[list[Write]]) -> float:
    start = time.perf_counter()
    draft = used.engine.begin()
    for batch in batches:
        draft.write(batch)
    draft.settle()
    seconds = time.perf_counter() - start
    # Nobody ever reads it: it holds a part of the cases only.
    used.engine.drop(draft.name)
    return seconds


def _bare(used: Used, batches: list[list[Write]]) -> float:
    client = Elasticsearch(used.environment["ELASTICSEARCH_URL"], request_timeout=60)
    names = [f"{used.environment['SEARCH_PREFIX']}-bare-{audience.value}" for audience in Audience]
    for name in names:
        client.indices.create(index=name, **index_body())
    actions = [
        {"_index": name, "_id": item.id, **dict(item.documents[audience] or {"id": item.id})}
        for name, audience in zip(names, Audience, strict=True)
        for batch in batches
        for item in batch
    ]
    start = time.perf_counter()
    bulk(client, actions, chunk_size=BATCH)
    client.indices.refresh(index=names)
    seconds = time.perf_counter() - start
    client.indices.delete(index=names)
    return seconds
