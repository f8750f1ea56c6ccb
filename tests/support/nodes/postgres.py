"""A private PostgreSQL cluster for the tests, from the installed programs or Debian's packages."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.nodes import machine

DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")
ROLE = "portal"
SECONDS_TO_START = 60
FAST_NOT_SAFE = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


@contextmanager
def running_server(port: int | None = None) -> Iterator[str]:
    """Gives the URL of a PostgreSQL database: the one the environment names, or a private one.

    The private one lives as long as the context; raises Unavailable if there can be none.
    """
    if named := os.environ.get("TEST_DATABASE_URL"):
        yield named
        return
    programs, port = find_programs(), port or machine.free_port()
    with machine.working_folder("postgres") as folder:
        _create_cluster(programs, folder)
        log = folder / "output.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                _command(programs, folder, port),
                cwd=folder,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **machine.server_account(),
            )
        try:
            machine.wait_until(
                lambda: _answers(programs, folder, port), process, log, SECONDS_TO_START
            )
            yield f"postgres://{ROLE}@127.0.0.1:{port}/postgres"
        finally:
            machine.end_with_children(process, signal.SIGINT)


def find_programs() -> Path:
    """Gives the folder with initdb and postgres, installing them when root and missing."""
    found = _installed_programs()
    if found is None:
        machine.install_packages("postgresql")
        found = _installed_programs()
    if found is None:
        raise machine.Unavailable("initdb is not on the path nor under /usr/lib/postgresql")
    return found


def _installed_programs() -> Path | None:
    if path := shutil.which("initdb"):
        return Path(path).resolve().parent
    versions = sorted(DEBIAN_PROGRAMS.glob("*/bin/initdb"), key=lambda each: int(each.parts[-3]))
    return versions[-1].parent if versions else None


def _create_cluster(programs: Path, folder: Path) -> None:
    machine.hand_over(folder)
    outcome = subprocess.run(
        [
            str(programs / "initdb"),
            f"--pgdata={folder}/cluster",
            f"--username={ROLE}",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        **machine.server_account(),
    )
    if outcome.returncode:
        raise machine.Unavailable(f"initdb failed: {outcome.stderr[-800:]}")


def _command(programs: Path, folder: Path, port: int) -> list[str]:
    return [
        str(programs / "postgres"),
        "-D",
        f"{folder}/cluster",
        "-p",
        str(port),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        f"unix_socket_directories={folder}",
        *FAST_NOT_SAFE,
    ]


def _answers(programs: Path, folder: Path, port: int) -> bool:
    ready = programs / "pg_isready"
    probe = [str(ready), "-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run(probe, cwd=folder).returncode == 0


def main() -> None:
    """Runs a private server in the foreground until it is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=5433)
    wanted = parser.parse_args()
    machine.leave_on_termination()
    try:
        with running_server(wanted.port) as url:
            print(f"PostgreSQL answers on {url} (Ctrl-C ends it)", flush=True)
            while True:
                time.sleep(60)
    except KeyboardInterrupt:
        print("PostgreSQL ended.")
    except machine.Unavailable as reason:
        sys.exit(f"PostgreSQL is not available here: {reason}")


if __name__ == "__main__":
    main()
