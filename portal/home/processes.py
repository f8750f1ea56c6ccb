"""Runs several processes as one: all start together, and when one ends, all end."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType

GRACE_SECONDS = 15
LOOK_EVERY_SECONDS = 0.2


class Stopped(Exception):
    """Somebody asked the portal to end."""


def port_is_free(host: str, port: int) -> bool:
    """Say whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Say whether something listens there by now."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def run_together(
    commands: Mapping[str, Sequence[str]],
    *,
    environment: Mapping[str, str],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> tuple[str, int] | None:
    """Run the commands until Ctrl-C or SIGTERM, or until one of them ends.

    Gives the name and the exit code of the one that ended by itself, None when it was asked for.
    """
    with _stop_signals(), _children(commands, environment) as children:
        try:
            return _watch(children, is_ready, on_ready)
        except Stopped:
            return None


def _watch(
    children: Mapping[str, "subprocess.Popen[bytes]"],
    is_ready: Callable[[], bool],
    on_ready: Callable[[], None],
) -> tuple[str, int]:
    said = False
    while True:
        for name, child in children.items():
            code = child.poll()
            if code is not None:
                return name, code
        if not said and is_ready():
            said = True
            on_ready()
        time.sleep(LOOK_EVERY_SECONDS)


@contextmanager
def _stop_signals() -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # A second Ctrl-C must not interrupt the orderly end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise Stopped

    held = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in held:
        signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in held.items():
            signal.signal(number, handler)


@contextmanager
def _children(
    commands: Mapping[str, Sequence[str]], environment: Mapping[str, str]
) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    """Start the commands, each in a session of its own so that Ctrl-C reaches us alone."""
    started: dict[str, subprocess.Popen[bytes]] = {}
    try:
        for name, command in commands.items():
            started[name] = subprocess.Popen(  # noqa: S603 - our own commands, no shell
                command, env={**os.environ, **environment}, start_new_session=True
            )
        yield started
    finally:
        for child in started.values():
            child.terminate()
        _wait_for(list(started.values()))


def _wait_for(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    end = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
