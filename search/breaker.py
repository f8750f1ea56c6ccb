"""A circuit breaker: after a few failures nobody waits for a dead engine any more."""

import threading
import time
from collections.abc import Callable
from enum import StrEnum


class State(StrEnum):
    """Whether requests go through, are turned away, or one is trying."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Breaker:
    """Counts failures in a row; when open, lets one request through every few seconds."""

    def __init__(
        self, failures: int, probe_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._probe_seconds = probe_seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._next_probe = 0.0

    @property
    def state(self) -> State:
        """How the breaker stands now."""
        if self._failures < self._limit:
            return State.CLOSED
        return State.OPEN if self._clock() < self._next_probe else State.PROBING

    def allows(self) -> bool:
        """Say whether a request may try; while open, only the first after each pause may."""
        with self._lock:
            if self._failures < self._limit:
                return True
            now = self._clock()
            if now < self._next_probe:
                return False
            self._next_probe = now + self._probe_seconds
            return True

    def succeeded(self) -> None:
        """Note an answer: the engine is well."""
        with self._lock:
            self._failures = 0

    def failed(self) -> None:
        """Note a failure."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._limit:
                self._next_probe = self._clock() + self._probe_seconds
