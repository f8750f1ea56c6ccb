"""The product as `make run` starts it, with the demonstration content, on a port of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.databases import begin_on_migrated
from tests.support.nodes import machine

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "only-for-the-browser-tier"
# On a busy machine the first start, with all its migrations, takes minutes.
PATIENCE_SECONDS = 480
LETTER_SECONDS = 60
# The portal promises two; a machine that tests on all its cores is given more.
FOUND_SECONDS = 30
# What the environment of a test run names is not for this portal: it is to start like anybody's.
NOT_OURS = ("DATABASE_URL", "ELASTICSEARCH_URL", "STORAGE_URL", "EMAIL_URL", "CACHE_URL", "SEED")


@dataclass(frozen=True)
class Portal:
    """A running portal: where it answers, and the folder it keeps everything in."""

    address: str
    folder: Path

    def ask(self, path: str) -> Any:
        """Give the answer of the read API, as anybody gets it."""
        with urllib.request.urlopen(f"{self.address}/api/v1/{path}") as answer:
            return json.load(answer)

    def found(self, title: str, query: str) -> Any:
        """Give the result with this title, once the worker has brought it into the index."""
        end = time.monotonic() + FOUND_SECONDS
        while time.monotonic() < end:
            for result in self.ask(f"search?{query}")["results"]:
                if result["title"] == title:
                    return result
            time.sleep(0.2)
        raise AssertionError(f"“{title}” is not found within {FOUND_SECONDS} s")

    def letter_to(self, person: str) -> str:
        """Give the letter sent to this address, once the worker has sent it."""
        end = time.monotonic() + LETTER_SECONDS
        while time.monotonic() < end:
            for path in (self.folder / "mail").glob("*"):
                if f"To: {person}" in (text := path.read_text(encoding="utf-8")):
                    return text
            time.sleep(0.2)
        raise AssertionError(f"no letter to {person} within {LETTER_SECONDS} s")


@contextmanager
def running_portal(folder: Path, database: str = "") -> Iterator[Portal]:
    """Start the portal with its own command, wait until it answers, and end it afterwards.

    It keeps its rows in the empty database named, or in a file of its folder.
    """
    port = machine.free_port()
    if not database:
        begin_on_migrated(folder / "portal.sqlite3")
    environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATA_DIR": str(folder),
        "DEMO_PASSWORD": PASSWORD,
        "PORT": str(port),
        **({"DATABASE_URL": database} if database else {}),
    }
    log = folder / "run.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_portal"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            portal = Portal(f"http://127.0.0.1:{port}", folder)
            machine.wait_until(lambda: _is_ready(portal), process, log, PATIENCE_SECONDS)
            yield portal
        finally:
            process.terminate()
            process.wait()


def _is_ready(portal: Portal) -> bool:
    """Say whether pages are served and search has caught up with the content."""
    try:
        return bool(portal.ask("search")["total"])
    except OSError:
        return False
