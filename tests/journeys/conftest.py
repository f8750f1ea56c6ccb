"""Journeys run on each engine, and begin on the portal as it is first set up."""

import pytest
from django.core.cache import cache
from wagtail.models import Locale, Page

from portal.home.services import set_up_portal
from tests.search.conftest import engine, shared_prefix

__all__ = ["engine", "shared_prefix"]


@pytest.fixture
def portal(db: None) -> None:
    """Sets the portal up, also where an earlier test emptied every table."""
    cache.clear()
    Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    set_up_portal()
