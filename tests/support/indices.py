"""A real Elasticsearch for tests: indices under a prefix of their own, removed afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch
from pytest_django import Settings

from search.engines.base import Engine
from search.engines.generation import Role


@contextmanager
def own_prefix(url: str) -> Iterator[str]:
    """Gives a prefix that nobody else has, and removes every index under it in the end."""
    prefix = f"search-dev-{uuid.uuid4().hex[:12]}"
    try:
        yield prefix
    finally:
        with Elasticsearch(url) as client:
            names = list(client.indices.get(index=f"{prefix}-*"))
            if names:
                client.indices.delete(index=names)


def use_elasticsearch(settings: Settings, url: str, prefix: str) -> None:
    """Makes the portal use the node at this address, under this prefix."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = [url]
    settings.SEARCH_PREFIX = prefix


def empty_indices(url: str, prefix: str) -> None:
    """Removes every document, keeping the indices: making them costs a second each."""
    with Elasticsearch(url) as client:
        client.delete_by_query(
            index=f"{prefix}-*",
            query={"match_all": {}},
            refresh=True,
            conflicts="proceed",
            expand_wildcards="open",
        )


def make_index(engine: Engine) -> None:
    """Puts an empty generation into use where there is none, and removes all others."""
    if engine.in_use() is None:
        engine.use(engine.begin().name)
    for found in engine.generations():
        if found.role is not Role.CURRENT:
            engine.drop(found.name)
