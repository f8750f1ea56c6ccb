"""What every test may use; fixtures of one room live in that room's own conftest."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils.translation import override
from pytest_django import DjangoDbBlocker, Settings

from portal.core.sites import forget_sites
from tests.support.databases import begin_on_migrated
from tests.support.tasks import EVERY_TASK

pytest_plugins = ["tests.support.tiers", "tests.support.workers"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Begins on a copy of the run's migrated database; PostgreSQL has to make its own."""
    if connection.vendor == "sqlite":
        begin_on_migrated(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="module")
def standing(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keeps what fixtures of a module write until its last test, for each to begin on.

    A test takes back what it does itself, and at the end of the module nothing is left.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _own_index(settings: Settings, tmp_path: Path) -> None:
    """Gives every test an index of its own, made when first used; no name is remembered."""
    from search import vocabularies

    settings.SEARCH_DIR = tmp_path / "search"
    vocabularies.forget()


@pytest.fixture
def every_task(settings: Settings) -> None:
    """Runs Wagtail's own tasks, too, for tests that search in the editors' desk."""
    settings.TASKS = EVERY_TASK


@pytest.fixture(autouse=True)
def _forget_sites() -> None:
    """A test's site is rolled back with its database, but what memory keeps of it is not."""
    forget_sites()


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Starts every test in English: a request for a French page leaves the thread in French."""
    with override("en"):
        yield
