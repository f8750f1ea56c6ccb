"""One portal with all its cases for the whole run, in a folder of its own, nothing rolled back."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from elasticsearch import Elasticsearch
from pytest_django import DjangoDbBlocker, Settings

from portal.home.services import set_up_portal
from portal.settings import base
from search import vocabularies
from search.engines import get_engine
from search.engines.base import Engine
from search.worker import drain
from tests.bench import data
from tests.bench.report import Figure, Limit, Report, load, pace, printed, this_machine
from tests.bench.running import DATABASE, Portal
from tests.search.conftest import shared_prefix

__all__ = ["shared_prefix"]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="session")
def database(
    folder: Path, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make the database where the portal's own processes look for it, open for the whole run."""
    if connection.vendor != "sqlite":
        pytest.exit("The measures are of SQLite: take DATABASE_URL out of the environment.")
    connection.settings_dict["TEST"]["NAME"] = str(folder / DATABASE)
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        yield
        teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Iterator[Report]:
    """Gather figures; print them in the end, and write them down after a full run of all."""
    found = Report(machine=this_machine())
    before, pace_before = load(), pace()
    yield found
    found.machine["Load before and after the run"] = f"{before}; {load()}"
    found.machine["Five million turns of Python, before and after"] = f"{pace_before}; {pace()}"
    print(f"\n\n{printed(found.rows())}\n")
    for name, value in found.machine.items():
        print(f"{name}: {value}")
    if data.SCALE == 1 and found.is_complete and not request.session.testsfailed:
        found.write()


@pytest.fixture(scope="session")
def portal(folder: Path, report: Report, database: None) -> Portal:
    """Set the portal up and bring all cases in by its commands, with the clock running."""
    running = Portal(folder)
    set_up_portal()
    measured, others = data.write_cases(folder)
    running.manage("search_setup")
    loading = running.manage("import_cases", str(measured), "--publish")
    indexing = running.manage("search_worker", "--once")
    count = data.scaled(data.IMPORTED)
    whole = f"Import of {count:,} cases, indexing included"
    report.add(
        "import",
        Figure(whole, loading + indexing, "s", goal=Limit(60)),
        Figure("… of which indexing, embedded engine", indexing, "s"),
    )
    running.manage("import_cases", str(others), "--publish")
    running.manage("search_worker", "--once")
    return running


@pytest.fixture(autouse=True)
def _own_index(settings: Settings, portal: Portal) -> None:
    """Keep to the one portal: its index, its queue of mails, no name remembered."""
    settings.SEARCH_DIR = str(portal.folder / "search")
    settings.TASKS = base.TASKS
    vocabularies.forget()


@dataclass(frozen=True)
class Used:
    """The engine in use, and the environment in which other processes use it, too."""

    engine: Engine
    environment: dict[str, str]

    @property
    def name(self) -> str:
        """The name of the engine."""
        return self.engine.name


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def used(request: pytest.FixtureRequest, settings: Settings, report: Report) -> Used:
    """Give each engine with all cases in it."""
    if request.param == "embedded":
        return Used(get_engine(), {})
    url: str = request.getfixturevalue("elasticsearch_url")
    prefix: str = request.getfixturevalue("shared_prefix")
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URLS = [url]
    settings.SEARCH_PREFIX = prefix
    with Elasticsearch(url) as client:
        report.machine["Elasticsearch"] = client.info()["version"]["number"]
    drain()
    return Used(get_engine(), {"ELASTICSEARCH_URL": url, "SEARCH_PREFIX": prefix})
