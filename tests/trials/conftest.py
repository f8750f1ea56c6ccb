"""A portal on a database file of its own, which forked processes see, with a world in it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from search import generations, worker
from search.models import IndexChange
from tests.factories.cases import make_case, make_collection, make_topic
from tests.factories.review import World, make_world
from tests.support.databases import copy_database
from tests.support.indices import own_prefix
from tests.trials.trial import Trial

CASES = 30
SOONER = {"POLL_SECONDS": 0.1, "LOOK_SECONDS": 0.5, "FIRST_WAIT": 0.05, "LONGEST_WAIT": 0.2}
# So long nobody else begins what a killed worker was building; less than a trial is patient.
LEASE = timedelta(seconds=20)
# Mails and Wagtail's own indexing are for another process, and not of interest here.
QUIET = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture(scope="module")
def template(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, World]:
    """Gives a database with people, the workflow and some cases, made once, and its world."""
    path = tmp_path_factory.mktemp("trials") / "template.sqlite3"
    copy_database(path)
    with django_db_blocker.unblock(), database_at(path):
        world = make_world()
        _populate(world)
        IndexChange.objects.all().delete()
    return path, world


def _populate(world: World) -> None:
    topics = [make_topic("transit"), make_topic("single-window")]
    places = (world.malta, world.france, world.japan)
    for number in range(CASES):
        make_case(
            f"Case {number}",
            administration=places[number % 3],
            external_id=f"first-{number}",
            topics=topics[: number % 3],
            visibility=("public", "members", "region")[number % 3],
        )
    make_collection("First of all")


@contextmanager
def database_at(path: Path) -> Iterator[None]:
    """Uses another SQLite database in place of the test's own, and commits to it."""
    before, here = connections["default"], connections.create_connection("default")
    here.settings_dict = here.settings_dict | {"NAME": str(path)}
    connections["default"] = here
    try:
        yield
    finally:
        here.close()
        connections["default"] = before


@pytest.fixture
def make_trial(
    template: tuple[Path, World],
    elasticsearch_url: str,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Iterator[Callable[..., Trial]]:
    """Gives a way to make a trial on a fresh portal; workers try again sooner than in earnest."""
    path, world = template
    settings.TASKS = QUIET
    shutil.copyfile(path, tmp_path / "portal.sqlite3")
    for name, seconds in SOONER.items():
        monkeypatch.setattr(worker, name, seconds)
    monkeypatch.setattr(generations, "LEASE", LEASE)
    with own_prefix(elasticsearch_url) as prefix, database_at(tmp_path / "portal.sqlite3"):

        def make(seed: int, **more: Any) -> Trial:
            node = more.pop("node", elasticsearch_url)
            return Trial(world, node, prefix, tmp_path, seed, **more)

        yield make
