"""Four administrations' offices at once on one SQLite file: nothing is lost, nothing happens twice.

Real processes with the product's own settings: threads of one process share its locks, and hide
what happens between processes.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.concurrency.desk import READY
from tests.support.databases import copy_database

pytestmark = [
    # Without a test that asks for the database there is no migrated one to copy.
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's one writer"),
]

ROOT = Path(__file__).resolve().parents[2]
PROCESSES, EACH = 4, 12
PATIENCE_SECONDS = 300


class Office:
    """A portal on an SQLite file of its own, and processes that work on it at the same moment."""

    def __init__(self, folder: Path) -> None:
        named = {"DATABASE_URL", "ELASTICSEARCH_URL", "EMAIL_URL", "CACHE_URL", "STORAGE_URL"}
        kept = {name: value for name, value in os.environ.items() if name not in named}
        settings = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev", "DATA_DIR": str(folder)}
        self.environment = kept | settings
        copy_database(folder / "portal.sqlite3")

    def do(self, *work: str) -> Any:
        """Do one piece of work and give what came of it."""
        return json.loads(self._run([*self._desk, *work]))

    def do_together(self, works: Sequence[Sequence[str]]) -> list[Any]:
        """Do several pieces of work at once, each in its own process, begun at one word."""
        desks = [self._open(work) for work in works]
        for desk in desks:
            assert desk.stdout is not None
            assert desk.stdout.readline().strip() == READY, desk.communicate()[1]
        for desk in desks:
            assert desk.stdin is not None
            desk.stdin.write("now\n")
            desk.stdin.flush()
        return [self._finish(desk) for desk in desks]

    @property
    def _desk(self) -> list[str]:
        return [sys.executable, "-m", "tests.concurrency.desk"]

    def _open(self, work: Sequence[str]) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            [*self._desk, *work],
            cwd=ROOT,
            env=self.environment,
            stdin=pipe,
            stdout=pipe,
            stderr=pipe,
            text=True,
        )

    @staticmethod
    def _finish(desk: subprocess.Popen[str]) -> Any:
        output, errors = desk.communicate(timeout=PATIENCE_SECONDS)
        assert desk.returncode == 0, errors
        return json.loads(output)

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def office(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """An empty portal on a file."""
    return Office(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="module")
def people(office: Office) -> dict[str, list[str]]:
    """The officers of one administration: as many contributors as processes, two contacts."""
    made: dict[str, list[str]] = office.do("set-up", str(PROCESSES), "2")
    return made


def test_no_submission_is_lost_and_no_number_is_given_twice(office, people):
    works = [["send", email, str(EACH)] for email in people["contributor"]]
    numbers = [number for sent in office.do_together(works) for number in sent]
    assert len(numbers) == PROCESSES * EACH
    counts = sorted(int(number.rpartition("-")[2]) for number in numbers)
    assert counts == list(range(counts[0], counts[0] + PROCESSES * EACH))
    states = office.do("report")["states"]
    assert {number: states[number] for number in numbers} == dict.fromkeys(numbers, "clearance")


def test_of_two_decisions_on_one_step_exactly_one_counts(office, people):
    author, contacts = people["contributor"][0], people["contact_point"]
    [[number]] = office.do_together([["send", author, "1"]])
    works = [["decide", contacts[0], number, "clear"], ["decide", contacts[1], number, "return"]]
    answers = office.do_together(works)
    [decision] = {"cleared", "returned"} & set(answers)
    [refusal] = set(answers) - {decision}
    assert "already been decided" in refusal
    assert office.do("report")["decisions"] == [decision]
