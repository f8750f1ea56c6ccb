"""A real Elasticsearch for one test: indices under a prefix of their own, removed afterwards."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch
from pytest_django import Settings


@contextmanager
def own_indices(settings: Settings, url: str) -> Iterator[None]:
    """Makes the portal use the node at this address, with a prefix that nobody else has."""
    prefix = f"search-dev-{uuid.uuid4().hex[:12]}"
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = [url]
    settings.SEARCH_PREFIX = prefix
    try:
        yield
    finally:
        with Elasticsearch(url) as client:
            names = list(client.indices.get(index=f"{prefix}-*"))
            if names:
                client.indices.delete(index=names)
