"""Journeys run on each engine, and begin on the portal as it is first set up."""

from tests.search.conftest import engine, portal, portal_as_set_up, shared_prefix

__all__ = ["engine", "portal", "portal_as_set_up", "shared_prefix"]
