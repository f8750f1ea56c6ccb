"""What it costs to build the index anew, and to compare all of it with the database."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
import tantivy

from search import gate, generations
from search.criteria import Audience
from search.engines.base import Write
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_bulk import write_batch
from search.engines.elasticsearch_mapping import index_body
from search.engines.embedded_schema import open_index, stored_form
from search.generations import prune, rebuild
from search.outbox import document_id, next_version
from search.reconcile import Check
from search.sources import Place, Views, all_places, views_of
from tests.bench.conftest import Used
from tests.bench.data import IMPORTED, scaled
from tests.bench.report import Figure, Limit, Report

pytestmark = pytest.mark.bench
MANY = 100_000
ROUNDS = 3


def test_rebuild(used: Used, report: Report, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = all_places()[: scaled(IMPORTED, least=50)]
    views = dict(zip(places, views_of(places), strict=True))

    def known(asked: Iterable[Place]) -> list[Views]:
        return [views[place] for place in asked]

    for module in (generations, gate):
        monkeypatch.setattr(module, "views_of", known)
        monkeypatch.setattr(module, "all_places", lambda: places)
    documents = [Write(document_id(*place), next_version(), views[place]) for place in places]
    whole, bare = [], []
    for _round in range(ROUNDS):
        whole.append(_seconds(lambda: rebuild(used.engine)))
        bare.append(_seconds(lambda: _bare(used, folder, documents)))
    prune(used.engine)
    name = f"Rebuild of {IMPORTED:,} cases that are read, {used.name}"
    share = IMPORTED / len(places)
    report.add(
        "sync",
        Figure(name, min(whole) * share, "s", min(bare) * share, Limit(2.5)),
        Figure(
            f"… beside writing alone, {used.name}", min(whole), "s", min(bare), Limit(2, "ratio")
        ),
    )
    monkeypatch.undo()
    rebuild(used.engine)


def _bare(used: Used, folder: Path, documents: list[Write]) -> None:
    """Write the same documents into bare indices of the same form, and make them findable."""
    if not isinstance(used.engine, ElasticsearchEngine):
        _bare_embedded(folder / f"bare-{time.time_ns()}", documents)
        return
    client, names = used.engine.patient, used.engine.names
    indices = {audience: names.index(audience, "bare") for audience in Audience}
    for audience, index in indices.items():
        alias = {names.writing(audience, "bare"): {}}
        client.indices.create(index=index, aliases=alias, **index_body())
    places = {audience: {names.writing(audience, "bare"): None} for audience in Audience}
    for start in range(0, len(documents), generations.BATCH):
        batch = documents[start : start + generations.BATCH]
        write_batch(client, batch, places, refresh=False)
    client.indices.refresh(index=list(indices.values()))
    client.indices.delete(index=list(indices.values()))


def _bare_embedded(folder: Path, documents: list[Write]) -> None:
    for audience in Audience:
        (folder / audience).mkdir(parents=True)
        index: tantivy.Index = open_index(str(folder / audience))
        writer = index.writer(heap_size=30_000_000, num_threads=1)
        for item in documents:
            if document := item.documents[audience]:
                whole = {**document, "id": item.id, "version": item.version}
                writer.add_document(stored_form(whole))
        writer.commit()
        writer.wait_merging_threads()


def test_check(used: Used, report: Report) -> None:
    rebuild(used.engine)
    check = Check(used.engine, repair=False)
    seconds = _seconds(lambda: list(check.steps()))
    assert not check.drift
    objects = len(all_places())
    name = f"Check of {MANY:,} cases, {used.name}"
    report.add("sync", Figure(name, seconds * MANY / objects, "s", goal=Limit(600)))


def _seconds(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start
