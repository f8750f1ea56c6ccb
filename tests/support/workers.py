"""Tests shared out between processes (`-n`): each file to one of them, all of the browser to one.

A file's fixtures are made once that way, and there is one portal to look at in one browser.
"""

from __future__ import annotations

import gc

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/browser/"


class ByFile(LoadScopeScheduling):
    """Gives each process a file at a time, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFile:
    """Shares out by file, and keeps the order that the tests were put in."""
    config.option.loadscopereorder = False
    return ByFile(config, log)


def pytest_collection_finish() -> None:
    """Leaves what is loaded by now out of the search for garbage, which is made less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begins with what takes long, so that in the end no process waits for another."""
    items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    if item.nodeid.startswith(TOGETHER):
        return 0
    return 1 if item.get_closest_marker("slow") else 2
