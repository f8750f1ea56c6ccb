"""What this machine lets us do: caches, packages, ports, and accounts without privileges."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PRODUCT = "regional-forum-portal"
SYSTEM_CACHE = Path("/var/cache") / PRODUCT
UNPRIVILEGED = "nobody"


class Unavailable(RuntimeError):
    """A server cannot be had here; the text says why and what would help."""


def is_root() -> bool:
    """Tells whether we may install packages and must not run servers as ourselves."""
    return os.geteuid() == 0


def cache_directory() -> Path:
    """Gives a folder, kept between runs, that a server's own account can read.

    As root the home is often closed to everybody else; the system's cache stands in for it.
    """
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    chosen = base / PRODUCT
    if is_root() and not _is_passable(base):
        chosen = SYSTEM_CACHE
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def _is_passable(folder: Path) -> bool:
    existing = [each for each in (folder, *folder.parents) if each.exists()]
    return all(each.stat().st_mode & 0o001 for each in existing)


@contextmanager
def only_one_at_a_time(name: str) -> Iterator[None]:
    """Holds a lock between processes, so that two test runs do not fetch the same thing."""
    with (cache_directory() / f"{name}.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def working_folder(name: str) -> Iterator[Path]:
    """Gives a fresh folder that the server's account owns, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PRODUCT}-{name}-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def hand_over(folder: Path) -> None:
    """Gives a folder and all in it to the account that servers run as."""
    if not is_root():
        return
    account = pwd.getpwnam(UNPRIVILEGED)
    for each in (folder, *folder.rglob("*")):
        os.chown(each, account.pw_uid, account.pw_gid)


def server_account() -> dict[str, object]:
    """Gives the arguments of `subprocess` that drop root's rights, or none when not root."""
    if not is_root():
        return {}
    account = pwd.getpwnam(UNPRIVILEGED)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def install_packages(*names: str) -> None:
    """Installs Debian packages; raises Unavailable when not root, not Debian, or on failure."""
    apt = shutil.which("apt-get")
    if not is_root() or apt is None:
        raise Unavailable(f"needs the packages {', '.join(names)}: install them, or run as root")
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "-y", "-q", "--no-install-recommends", *names]
    outcome = subprocess.run(install, env=environment, capture_output=True, text=True)
    if outcome.returncode:
        subprocess.run([apt, "update", "-q"], env=environment, capture_output=True)
        outcome = subprocess.run(install, env=environment, capture_output=True, text=True)
    if outcome.returncode:
        raise Unavailable(f"apt-get could not install {', '.join(names)}: {outcome.stderr[-500:]}")


def free_port() -> int:
    """Gives a port of the loopback address that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: int
) -> None:
    """Waits for a server to answer; raises Unavailable with the end of its log otherwise."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        if ready():
            return
        time.sleep(0.2)
    tail = log.read_text(errors="replace")[-2000:] if log.exists() else ""
    raise Unavailable(f"the server did not answer within {seconds} s:\n{tail}")


def end_with_children(process: subprocess.Popen[bytes], how: int = signal.SIGTERM) -> None:
    """Ends a process started in its own session, and every child it left in it."""
    try:
        os.killpg(process.pid, how)
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    except ProcessLookupError:
        process.wait()


def leave_on_termination() -> None:
    """Makes SIGTERM leave a foreground server through its context managers."""
    signal.signal(signal.SIGTERM, lambda *_: exit(0))
