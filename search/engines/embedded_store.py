"""The embedded engine's folders: one index an audience, one writer at a time, many readers."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import tantivy

from search.engines.base import EngineDown
from search.engines.embedded_schema import fingerprint, open_index

LOCK_SECONDS = 10.0
POINTER = "current"


class Shelf:
    """The index of one audience: a pointer names the folder that is in use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._name = ""
        self._seen: Any = None
        self._index: tantivy.Index | None = None

    def current(self) -> str:
        """Name the index in use; empty where there is none of today's form."""
        try:
            name = (self.folder / POINTER).read_text().strip()
        except FileNotFoundError:
            return ""
        return name if name.startswith(fingerprint()) else ""

    def make(self) -> str:
        """Make a new, empty index and give its name."""
        name = f"{fingerprint()}-{time.time_ns()}"
        (self.folder / name).mkdir(parents=True)
        open_index(str(self.folder / name))
        return name

    def point_to(self, name: str) -> None:
        """Switch every reader and writer to an index, in one step."""
        fresh = self.folder / f"{POINTER}.new"
        fresh.write_text(name)
        fresh.replace(self.folder / POINTER)

    def others(self) -> list[Path]:
        """Give the folders of indices that are not in use."""
        return [
            path
            for path in self.folder.glob("*-*")
            if path.is_dir() and path.name != self.current()
        ]

    def index(self) -> tantivy.Index:
        """Give the index in use, as it stands after the last commit of any process."""
        with self._lock:
            name = self.current()
            if not name:
                raise EngineDown("no index has been made yet")
            if self._index is None or name != self._name:
                self._index, self._name, self._seen = open_index(self.path(name)), name, None
            stamp = self._stamp(name)
            if stamp != self._seen:
                self._index.reload()
                self._seen = stamp
            return self._index

    def path(self, name: str) -> str:
        """Give the folder of an index."""
        return str(self.folder / name)

    def _stamp(self, name: str) -> tuple[int, int, int]:
        found = (self.folder / name / "meta.json").stat()
        return found.st_mtime_ns, found.st_size, found.st_ino


@contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Hold the right to write; raises `EngineDown` when another process keeps it too long."""
    root.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(root / "write.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(descriptor, LOCK_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _wait_for(descriptor: int, seconds: float) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise EngineDown("another process is writing the index") from None
            time.sleep(0.02)
        else:
            return
