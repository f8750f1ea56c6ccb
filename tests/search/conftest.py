"""An engine of either kind, with nothing in it."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from search.engines import get_engine
from search.engines.base import Engine
from tests.support.indices import own_indices


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request: pytest.FixtureRequest, settings: Settings) -> Iterator[Engine]:
    """Gives the engine in use, in both forms: every test of the contract runs on each."""
    if request.param == "embedded":
        yield get_engine()
        return
    with own_indices(settings, request.getfixturevalue("elasticsearch_url")):
        yield get_engine()
