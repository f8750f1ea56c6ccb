"""Talking to Elasticsearch: short waits, one more try for reads, every fault under one name."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from django.conf import settings
from elastic_transport import ConnectionTimeout, TransportError
from elasticsearch import ApiError, Elasticsearch
from urllib3 import Timeout

from search.engines.base import EngineDown

logger = logging.getLogger(__name__)

WRITE_SECONDS = 20.0
PASSING = {429, 502, 503, 504}
Answer = TypeVar("Answer")


def connect(urls: Sequence[str], *, api_key: str, ca: str) -> Elasticsearch:
    """Give a client that never tries again by itself."""
    options: dict[str, Any] = {"max_retries": 0, "retry_on_timeout": False}
    if api_key:
        options["api_key"] = api_key
    if ca:
        options["ca_certs"] = ca
    return Elasticsearch(list(urls), **options)


def within(client: Elasticsearch, seconds: float) -> Elasticsearch:
    """Give the client with a limit on connecting and on waiting for the answer."""
    limit = Timeout(connect=settings.SEARCH_CONNECT_SECONDS, read=seconds, total=seconds)
    return client.options(request_timeout=limit)  # type: ignore[arg-type]  # urllib3 takes both


@contextmanager
def faults() -> Iterator[None]:
    """Turn whatever the client may raise, and an answer of the wrong shape, into `EngineDown`."""
    try:
        yield
    except (ApiError, TransportError) as fault:
        raise EngineDown(f"{type(fault).__name__}: {fault}"[:300]) from fault
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise EngineDown(f"an answer nobody understands: {fault!r}"[:300]) from fault


def read(
    client: Elasticsearch, ask: Callable[[Elasticsearch], Answer], *, nodes: int = 1
) -> Answer:
    """Ask, and once more where another node or another moment may help, within the same limit."""
    seconds = settings.SEARCH_READ_SECONDS
    first = seconds / 2 if nodes > 1 else seconds
    with faults():
        try:
            return ask(within(client, first))
        except (ApiError, TransportError) as fault:
            if not _worth_another_try(fault, nodes):
                raise
            logger.info("asking the search engine again after %s", type(fault).__name__)
        return ask(within(client, seconds / 2))


def _worth_another_try(fault: ApiError | TransportError, nodes: int) -> bool:
    if isinstance(fault, ConnectionTimeout):
        return nodes > 1
    return not isinstance(fault, ApiError) or fault.status_code in PASSING
