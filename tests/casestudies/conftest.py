"""The people and the cases that tests about case studies ask for."""

from collections.abc import Iterator
from copy import deepcopy

import pytest
from django.db import connection
from django.test import Client

from casestudies.models import CaseStudyPage
from casestudies.services.drafts import create_case
from portal.directory.models import Administration, User
from tests.factories.cases import make_tree
from tests.factories.directory import make_administration, make_user
from tests.factories.review import World, make_world
from tests.support.visitor import signed_in


@pytest.fixture(scope="module")
def malta_as_made(standing: None) -> Administration:
    """Malta, with the six regions' pages above it, made once for all tests of a file."""
    make_tree()
    return make_administration("malta")


@pytest.fixture
def malta(malta_as_made: Administration, db: None) -> Administration:
    """Malta, with the six regions' pages above it."""
    return deepcopy(malta_as_made)


@pytest.fixture
def author(malta: Administration) -> User:
    """An officer of Malta who writes."""
    return make_user("contributor", administration=malta)


@pytest.fixture
def colleague(malta: Administration) -> User:
    """A second officer of Malta who writes."""
    return make_user("contributor", administration=malta)


@pytest.fixture
def case(author: User, malta: Administration) -> CaseStudyPage:
    """A draft of Malta with its first revision, by the author."""
    return create_case(author=author, administration=malta, language="en", title="Parcels")


@pytest.fixture
def browser(author: User) -> Client:
    """A client signed in as the author."""
    return signed_in(author)


@pytest.fixture(scope="module")
def world_as_made(standing: None) -> World:
    """The world, made once for all tests of a file."""
    return make_world()


@pytest.fixture
def world(world_as_made: World, db: None) -> World:
    """People in every role, three administrations, and the workflow."""
    return deepcopy(world_as_made)


@pytest.fixture(scope="module")
def rows_come_back(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[None]:
    """Put back what migrations made: tests on real transactions empty the database they leave."""
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
