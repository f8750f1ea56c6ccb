"""A rebuild that is killed at any point leaves search as it was, and is simply run again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.support.databases import copy_database
from tests.support.indices import own_prefix

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file"),
]

ROOT = Path(__file__).resolve().parents[2]
POINTS = {
    "nothing filled": ["building", "current"],
    "half filled": ["building", "current", "previous"],
    "before the swap": ["building", "current", "previous"],
    "after the swap": ["current", "previous"],
}


class Place:
    """A portal with data of its own, and processes that rebuild its index."""

    def __init__(self, folder: Path, **environment: str) -> None:
        named = {"DATABASE_URL", "ELASTICSEARCH_URL", "SEARCH_PREFIX"}
        kept = {name: value for name, value in os.environ.items() if name not in named}
        own = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DATA_DIR": str(folder)}
        self._environment = kept | own | environment
        copy_database(folder / "portal.sqlite3")

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one process to its end."""
        return subprocess.run(
            [sys.executable, "-m", "tests.search.rebuilder", *words],
            cwd=ROOT,
            env=self._environment,
            capture_output=True,
            text=True,
        )

    def told_by(self, *words: str, ends: int = 0) -> list[dict[str, Any]]:
        """Give what a process has told before it ended as it should."""
        done = self.run(*words)
        assert done.returncode == ends, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def place(request: pytest.FixtureRequest, django_db_setup: None, tmp_path: Path) -> Iterator[Place]:
    """Gives a portal with an index in use, on each engine."""
    if request.param == "embedded":
        yield Place(tmp_path)
        return
    url = request.getfixturevalue("elasticsearch_url")
    with own_prefix(url) as prefix:
        yield Place(tmp_path, ELASTICSEARCH_URL=url, SEARCH_PREFIX=prefix)


def test_rebuild_killed_at_any_point_is_simply_run_again(place: Place) -> None:
    points = list(POINTS)
    (built,) = place.told_by("build", points[0], ends=-signal.SIGKILL)
    assert (built["total"], built["roles"]) == (5, ["current"])
    for point, following in zip(points, [*points[1:], None], strict=True):
        words = ("again", following) if following else ("again",)
        left, mended = place.told_by(*words, ends=-signal.SIGKILL if following else 0)
        assert left == built | {"roles": POINTS[point]}, point
        assert mended == built | {"roles": ["current", "previous"]}, point
