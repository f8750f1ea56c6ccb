"""An index made for one evaluation and removed afterwards, beside the one in use."""

import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from search.criteria import Audience
from search.engines.base import Document, Engine, EngineDown, Outcome, Readable, Target, Write
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.embedded import EmbeddedEngine

ENGINES = ("embedded", "elasticsearch")
BATCH = 1_000


@contextmanager
def filled_engine(name: str, documents: Iterable[Document]) -> Iterator[Readable]:
    """Give an index of the engine of this name that holds these documents for Members.

    Raises `EngineDown`.
    """
    with _engine(name) as engine:
        draft = engine.begin()
        try:
            _fill(draft, documents)
            draft.settle()
            yield draft
        finally:
            engine.drop(draft.name)


@contextmanager
def _engine(name: str) -> Iterator[Engine]:
    if name == "embedded":
        with TemporaryDirectory() as folder:
            yield EmbeddedEngine(Path(folder))
        return
    if not settings.ELASTICSEARCH_URLS:
        raise EngineDown("ELASTICSEARCH_URL names no node")
    yield ElasticsearchEngine(
        settings.ELASTICSEARCH_URLS,
        prefix=f"{settings.SEARCH_PREFIX}-evaluate-{uuid.uuid4().hex[:12]}",
        api_key=settings.ELASTICSEARCH_API_KEY,
        ca=settings.ELASTICSEARCH_CA,
    )


def _fill(target: Target, documents: Iterable[Document]) -> None:
    rest, version = iter(documents), time.time_ns()
    while chunk := list(islice(rest, BATCH)):
        batch = [
            Write(held["id"], version, {Audience.PUBLIC: None, Audience.MEMBERS: held})
            for held in chunk
        ]
        for item, told in zip(batch, target.write(batch), strict=True):
            if told.outcome is not Outcome.DONE:
                raise EngineDown(f"the index did not take {item.id}: {told.reason}")
