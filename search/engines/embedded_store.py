"""The embedded engine's folders: one a generation and audience, and a file that gives each a role.

One process writes at a time; readers look at the file, and so switch in one step.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

import tantivy

from search.criteria import Audience
from search.engines.base import EngineDown
from search.engines.embedded_schema import fingerprint, open_index
from search.engines.generation import Generation, Role, form_of, new_name

LOCK_SECONDS = 10.0
ROLES = "generations.json"
Stamp = tuple[int, int, int]


class Store:
    """The generations below a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._lock = Lock()
        self._open: dict[tuple[str, Audience], tuple[Stamp, tantivy.Index]] = {}

    def names(self) -> dict[Role, str]:
        """Name the generation of each role."""
        try:
            told = json.loads((self.root / ROLES).read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return {}
        return {Role(role): name for role, name in told.items()}

    def all(self) -> list[Generation]:
        """Give every generation there is, with its role."""
        roles = {name: role for role, name in self.names().items()}
        found = {path.name for audience in Audience for path in self._shelf(audience).glob("*/")}
        return [Generation(name, roles.get(name)) for name in sorted(found)]

    def kept_in_step(self) -> list[str]:
        """Name the generations that writers write to; one of another form nobody can open."""
        return [name for name in self.names().values() if form_of(name) == fingerprint()]

    def current(self) -> str:
        """Name the generation in use; raises `EngineDown` where there is none of today's form."""
        name = self.names().get(Role.CURRENT, "")
        if form_of(name) != fingerprint():
            raise EngineDown("no index of today's form has been made yet")
        return name

    def index(self, name: str, audience: Audience) -> tantivy.Index:
        """Give an index as it stands after the last commit of any process."""
        path = self.path(name, audience)
        try:
            found = (path / "meta.json").stat()
        except FileNotFoundError as fault:
            raise EngineDown("the folder of an index is gone") from fault
        stamp = (found.st_mtime_ns, found.st_size, found.st_ino)
        with self._lock:
            seen, index = self._open.get((name, audience), (None, None))
            if index is None:
                self._close_all_but(self.names().values())
                index = open_index(str(path))
            elif stamp != seen:
                index.reload()
            self._open[name, audience] = (stamp, index)
        return index

    def _close_all_but(self, names: Collection[str]) -> None:
        self._open = {place: held for place, held in self._open.items() if place[0] in names}

    def path(self, name: str, audience: Audience) -> Path:
        """Give the folder of an index."""
        return self._shelf(audience) / name

    def _shelf(self, audience: Audience) -> Path:
        return self.root / audience.value

    def make(self) -> str:
        """Make a new, empty generation beside the others; for the only writer."""
        roles = self.names()
        # Before others are removed: whoever still fills one of them must not meet its name again.
        name = new_name(fingerprint(), (found.name for found in self.all()))
        roles.pop(Role.BUILDING, None)
        self._assign(roles)
        for audience in Audience:
            self.path(name, audience).mkdir(parents=True)
            open_index(str(self.path(name, audience)))
        self._assign(roles | {Role.BUILDING: name})
        return name

    def use(self, name: str) -> None:
        """Switch every reader to a generation, in one step; for the only writer."""
        roles = self.names()
        if name not in roles.values():
            raise EngineDown(f"{name} has been removed meanwhile")
        before = roles.get(Role.CURRENT, "")
        if before == name:
            return
        left = {role: held for role, held in roles.items() if held not in {name, before}}
        if left.get(Role.PREVIOUS) and before:
            del left[Role.PREVIOUS]
        kept = {Role.PREVIOUS: before} if form_of(before) == fingerprint() else {}
        self._assign(left | kept | {Role.CURRENT: name})

    def drop(self, name: str) -> None:
        """Remove a generation that is not in use; for the only writer."""
        roles = self.names()
        if roles.get(Role.CURRENT) == name:
            raise RuntimeError(f"{name} is in use")
        self._assign({role: held for role, held in roles.items() if held != name})

    def _assign(self, roles: Mapping[Role, str]) -> None:
        """Give the roles in one step, then remove what has none."""
        fresh = self.root / f"{ROLES}.new"
        fresh.write_text(json.dumps(roles))
        fresh.replace(self.root / ROLES)
        with self._lock:
            self._close_all_but(roles.values())
        for audience in Audience:
            for path in self._shelf(audience).glob("*"):
                if path.name not in roles.values():
                    _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


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
