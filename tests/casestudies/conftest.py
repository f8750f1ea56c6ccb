"""The world of the review, for every test about case studies that asks for it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.factories.review import World, make_world


@pytest.fixture
def world(db: None) -> World:
    """People in every role, three administrations, and the workflow."""
    return make_world()


@pytest.fixture(scope="module")
def rows_come_back(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Put back what migrations made: tests on real transactions empty the database they leave."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
