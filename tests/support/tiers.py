"""Tiers that need a real server or browser: provided when asked for, skipped loudly, never quietly.

A test asks by using `elasticsearch_url` or `chromium_path`; the marker of the tier follows from it.
A journey runs on the database of the run: `make test` tells each on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from pathlib import Path

import pytest
from xdist.workermanage import WorkerController

from portal.core.catalogues import compile_catalogues
from tests.support.nodes import chromium, elasticsearch, machine, postgres

ROOT = Path(__file__).resolve().parents[2]
TIER_OF_FIXTURE = {"elasticsearch_url": "elasticsearch", "chromium_path": "browser"}
MISSING = pytest.StashKey[dict[str, str]]()
TOLD = "missing tiers"
Provider = Callable[[], AbstractContextManager[str]]


def provide_elasticsearch() -> AbstractContextManager[str]:
    """Gives the URL of a node: the one the environment names, or a private one."""
    named = os.environ.get("ELASTICSEARCH_URL")
    return nullcontext(named) if named else elasticsearch.running_node()


def provide_chromium() -> AbstractContextManager[str]:
    """Gives the path of a Chromium."""
    return nullcontext(chromium.executable())


PROVIDERS: dict[str, Provider] = {
    "ELASTICSEARCH_URL": provide_elasticsearch,
    "TEST_DATABASE_URL": postgres.running_server,
    "CHROMIUM": provide_chromium,
}


def nothing_may_be_skipped() -> bool:
    """Tells whether this is a continuous-integration run, where a skipped test is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the catalogues, so that tests see the interface in all its languages."""
    config.stash[MISSING] = {}
    if not hasattr(config, "workerinput"):
        compile_catalogues(ROOT / "portal" / "locale")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test with the tiers it needs, so that no test can forget to say so."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            if tier := TIER_OF_FIXTURE.get(fixture):
                item.add_marker(tier)
        if "journeys" in item.path.parts:
            item.add_marker("journey")


@pytest.fixture(scope="session")
def elasticsearch_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a real Elasticsearch node."""
    with _provided(request.config, "elasticsearch", provide_elasticsearch) as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path(request: pytest.FixtureRequest) -> Iterator[str]:
    """The path of a Chromium that Playwright can drive."""
    with _provided(request.config, "browser", provide_chromium) as path:
        yield path


@contextmanager
def _provided(config: pytest.Config, tier: str, provide: Provider) -> Iterator[str]:
    with ExitStack() as stack:
        try:
            value = stack.enter_context(provide())
        except machine.Unavailable as reason:
            config.stash[MISSING][tier] = str(reason)
            pytest.skip(str(reason))
        yield value


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    """Hears from a process that has ended which tiers it could not run."""
    node.config.stash[MISSING] |= getattr(node, "workeroutput", {}).get(TOLD, {})


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turns a run with skipped tests into a failed one where nothing may be skipped."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[TOLD] = session.config.stash[MISSING]
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if nothing_may_be_skipped() and reporter is not None and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says in the last lines which tiers were not run, and why."""
    for tier, reason in config.stash[MISSING].items():
        terminalreporter.section(f"TIER NOT RUN: {tier}", red=True)
        terminalreporter.line(reason)
