"""The world of the review, for every test about case studies that asks for it."""

import pytest

from tests.factories.review import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """People in every role, three administrations, and the workflow."""
    return make_world()
