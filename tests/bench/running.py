"""The portal as an operator runs it: its commands and its server as processes of their own."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.support.nodes import machine

DATABASE = "portal.sqlite3"
SECONDS_TO_START = 60


@dataclass(frozen=True)
class Portal:
    """A portal with all its data in one folder, on SQLite and the embedded engine."""

    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        """Give the environment of its processes."""
        own = {
            "DATA_DIR": str(self.folder),
            "DATABASE_URL": f"sqlite:///{self.folder / DATABASE}",
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "ELASTICSEARCH_URL": "",
        }
        return os.environ | own | more

    def manage(self, *words: str) -> float:
        """Run one of its commands to the end and give the seconds; what it says is kept back."""
        start = time.perf_counter()
        self.told(["manage.py", *words])
        return time.perf_counter() - start

    def told(self, words: Sequence[str], **environment: str) -> str:
        """Run Python with these words beside it, to its end, and give what it says."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=settings.BASE_DIR,
            env=self.environment(**environment),
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout

    @contextmanager
    def worker(self, **environment: str) -> Iterator[None]:
        """Run the search worker meanwhile."""
        with self._running(["manage.py", "search_worker"], environment):
            yield

    @contextmanager
    def server(
        self, *, threads: int = 1, **environment: str
    ) -> Iterator[http.client.HTTPConnection]:
        """Run the server with one worker, and give an open connection to it."""
        port = machine.free_port()
        words = ["-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
        words += [
            "--blocking-threads",
            str(threads),
            "--log-level",
            "warning",
            "portal.wsgi:application",
        ]
        with self._running(words, environment) as process:
            log = self.folder / "process.log"
            machine.wait_until(lambda: _answers(port), process, log, SECONDS_TO_START)
            connection = http.client.HTTPConnection("127.0.0.1", port)
            yield connection
            connection.close()

    @contextmanager
    def _running(
        self, words: list[str], environment: Mapping[str, str]
    ) -> Iterator[subprocess.Popen[bytes]]:
        with (self.folder / "process.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *words],
                cwd=settings.BASE_DIR,
                env=self.environment(**environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield process
        finally:
            machine.end_with_children(process)


def fetch(connection: http.client.HTTPConnection, address: str) -> bytes:
    """Fetch a page over a connection that stays open."""
    connection.request("GET", address)
    response = connection.getresponse()
    body = response.read()
    assert response.status == 200, (address, response.status)
    return body


def _answers(port: int) -> bool:
    try:
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
            fetch(connection, "/healthz")
    except OSError:
        return False
    return True
