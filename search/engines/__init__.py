"""The engines behind the one contract, and which of them this portal uses."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from search.breaker import Breaker
from search.engines.base import Engine


def get_engine() -> Engine:
    """Give the engine that the settings name; the same object as long as they stay."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        return _elasticsearch(
            tuple(settings.ELASTICSEARCH_URLS),
            settings.SEARCH_PREFIX,
            settings.ELASTICSEARCH_API_KEY,
            settings.ELASTICSEARCH_CA,
        )
    return _embedded(Path(settings.SEARCH_DIR) / settings.SEARCH_PREFIX)


def get_breaker() -> Breaker:
    """Give the breaker of this process for the engine in use."""
    return _breaker(settings.SEARCH_ENGINE, *settings.ELASTICSEARCH_URLS, str(settings.SEARCH_DIR))


@lru_cache(maxsize=8)
def _embedded(root: Path) -> Engine:
    from search.engines.embedded import EmbeddedEngine

    return EmbeddedEngine(root)


@lru_cache(maxsize=8)
def _elasticsearch(urls: tuple[str, ...], prefix: str, api_key: str, ca: str) -> Engine:
    from search.engines.elasticsearch import ElasticsearchEngine

    return ElasticsearchEngine(urls, prefix=prefix, api_key=api_key, ca=ca)


@lru_cache(maxsize=8)
def _breaker(*_engine: str) -> Breaker:
    return Breaker(settings.SEARCH_BREAKER_FAILURES, settings.SEARCH_BREAKER_PROBE_SECONDS)
