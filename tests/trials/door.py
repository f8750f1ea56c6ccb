"""A TCP proxy before a node: real sockets, one worker behind it, a fault that is switched."""

import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from select import select
from urllib.parse import urlsplit

from tests.trials.faults import OF_WRITES, Fault
from tests.trials.http import (
    Asked,
    Reply,
    blocked,
    pass_on,
    read_request,
    rejected,
    unavailable,
    without_versions,
)

SLOWNESS = 0.25
_NO_LINGER = struct.pack("ii", 1, 0)


class Door:
    """Passes requests on to a node, or does to them what the present fault says."""

    def __init__(
        self, node: str, *, kill: Callable[[], None] = lambda: None, versions: bool = True
    ) -> None:
        self.node = node
        self.connections = 0
        self.met: Counter[Fault] = Counter()
        self._kill = kill
        self._versions = versions
        self._fault = Fault.NONE
        self._late: list[Asked] = []
        self._held: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._turned = threading.Event()
        self._listener: socket.socket | None = None
        self._port = 0
        self._listen()

    @property
    def url(self) -> str:
        """The address that a client is given."""
        return f"http://127.0.0.1:{self._port}"

    def turn(self, fault: Fault) -> None:
        """Let requests fare as this fault says from now on; whatever hangs is cut off."""
        self._fault = fault
        self._turned.set()
        self._turned = threading.Event()
        if fault is Fault.REFUSED:
            self._close_listener()
        elif self._listener is None:
            self._listen()
        self._cut_off()

    def deliver_late(self) -> int:
        """Bring the writes that were held back to the node; gives how many there were."""
        with self._lock:
            late, self._late = self._late, []
        for asked in late:
            self._pass_on(asked)
        return len(late)

    def close(self) -> None:
        """End it; every connection is cut."""
        self._close_listener()
        self.turn(Fault.REFUSED)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let no connection come in while a process is forked, which would have an unknown copy."""
        with self._lock:
            yield

    def abandon(self) -> None:
        """In a forked process: give up the copies of the sockets, which stay the parent's."""
        for copy in [self._listener, *self._held]:
            if copy is not None:
                copy.close()

    def _listen(self) -> None:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", self._port))
        listener.listen(64)
        self._port = listener.getsockname()[1]
        self._listener = listener
        threading.Thread(target=self._accept, args=[listener], daemon=True).start()

    def _close_listener(self) -> None:
        listener, self._listener = self._listener, None
        if listener is not None:
            # Without this the thread that waits for a connection would still get one.
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            listener.close()

    def _cut_off(self) -> None:
        with self._lock:
            held = list(self._held)
        for connection in held:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def _accept(self, listener: socket.socket) -> None:
        # Once it is closed the listener has no number any more.
        with suppress(OSError, ValueError):
            while select([listener], [], []):
                with self._lock:
                    connection, _address = listener.accept()
                    self._held.add(connection)
                self.connections += 1
                threading.Thread(target=self._serve, args=[connection], daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        try:
            with suppress(OSError):
                while (asked := read_request(connection)) and self._treat(asked, connection):
                    pass
        finally:
            with self._lock:
                self._held.discard(connection)
                connection.close()

    def _treat(self, asked: Asked, connection: socket.socket) -> bool:
        """Do to a request what the fault says; False ends the connection."""
        fault, turned = self._fault, self._turned
        if fault in OF_WRITES and not asked.is_bulk:
            fault = Fault.NONE
        self.met[fault] += 1
        if fault in _ANSWERS:
            connection.sendall(_ANSWERS[fault](asked).raw())
            return True
        if fault in _BROKEN:
            return bool(_BROKEN[fault](self, asked, connection, turned))
        connection.sendall(self._pass_on(asked).raw())
        return True

    def _pass_on(self, asked: Asked) -> Reply:
        place = urlsplit(self.node)
        asked = asked if self._versions else without_versions(asked)
        return pass_on(asked, place.hostname or "", place.port or 80)

    def _reset(self, _asked: Asked, connection: socket.socket, _turned: threading.Event) -> None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)

    def _hang(self, _asked: Asked, _connection: socket.socket, turned: threading.Event) -> None:
        turned.wait()

    def _dawdle(self, asked: Asked, connection: socket.socket, turned: threading.Event) -> bool:
        turned.wait(SLOWNESS)
        connection.sendall(self._pass_on(asked).raw())
        return True

    def _truncate(self, asked: Asked, connection: socket.socket, _turned: threading.Event) -> None:
        raw = self._pass_on(asked).raw()
        connection.sendall(raw[: -max(1, len(raw) // 3)])

    def _lose(self, asked: Asked, _connection: socket.socket, _turned: threading.Event) -> None:
        self._pass_on(asked)

    def _delay(self, asked: Asked, _connection: socket.socket, _turned: threading.Event) -> None:
        with self._lock:
            self._late.append(asked)

    def _kill_before(self, *_request: object) -> None:
        self._kill()

    def _kill_after(self, asked: Asked, *_request: object) -> None:
        self._pass_on(asked)
        self._kill()


_ANSWERS: dict[Fault, Callable[[Asked], Reply]] = {
    Fault.TOO_MANY: rejected,
    Fault.UNAVAILABLE: unavailable,
    Fault.BLOCKED: blocked,
}
_BROKEN: dict[Fault, Callable[..., bool | None]] = {
    Fault.RESET: Door._reset,
    Fault.HUNG: Door._hang,
    Fault.SLOW: Door._dawdle,
    Fault.TRUNCATED: Door._truncate,
    Fault.LOST: Door._lose,
    Fault.LATE: Door._delay,
    Fault.KILLED_BEFORE: Door._kill_before,
    Fault.KILLED_AFTER: Door._kill_after,
}


@contextmanager
def opened(*doors: Door) -> Iterator[tuple[Door, ...]]:
    """Close doors in the end."""
    try:
        yield doors
    finally:
        for door in doors:
            door.close()
