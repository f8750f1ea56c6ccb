"""An engine of either kind, with nothing in it, and the portal as it is first set up."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import Settings
from wagtail.models import Locale, Page

from portal.home.services import set_up_portal
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


@pytest.fixture(scope="module")
def portal_as_set_up(standing: None) -> None:
    """Sets the portal up for all tests of a file, also where a test emptied every table."""
    Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    set_up_portal()


@pytest.fixture
def portal(portal_as_set_up: None, db: None) -> None:
    """Gives the portal as it was set up, with nothing remembered of an earlier test."""
    cache.clear()
