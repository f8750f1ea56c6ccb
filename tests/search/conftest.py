"""An engine of either kind, with nothing in it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from search.engines import get_engine
from search.engines.base import Engine
from tests.support.indices import empty_indices, make_index, own_prefix, use_elasticsearch


@pytest.fixture(scope="session")
def shared_prefix(elasticsearch_url: str) -> Iterator[str]:
    """Gives one prefix for all tests of a run: each of them begins with empty indices."""
    with own_prefix(elasticsearch_url) as prefix:
        yield prefix


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, settings: Settings) -> Engine:
    """Gives the engine in use, in both forms: every test of the contract runs on each."""
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        prefix = request.getfixturevalue("shared_prefix")
        use_elasticsearch(settings, url, prefix)
        make_index(get_engine())
        empty_indices(url, prefix)
    else:
        make_index(get_engine())
    return get_engine()
