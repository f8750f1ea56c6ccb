"""Journeys run on each engine, and begin on the portal as it is first set up."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page

from portal.home.services import set_up_portal
from tests.search.conftest import engine, shared_prefix

__all__ = ["engine", "shared_prefix"]


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
