"""The migrated database of the run, made once: migrating costs more than most files of tests."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection

MIGRATED = "MIGRATED_DATABASE"


def start_migrating(path: Path) -> subprocess.Popen[bytes]:
    """Begins to make a migrated SQLite database; ends with 0 when it is there to be named."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{path}",
        "DATA_DIR": str(path.parent),
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
    }
    return subprocess.Popen([sys.executable, "manage.py", "migrate", "-v0"], env=environment)


def begin_on_migrated(path: Path) -> None:
    """Copies the database that the environment names, if any, to a file that is not there yet."""
    migrated = os.environ.get(MIGRATED)
    if migrated and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(migrated, path)


@contextmanager
def empty_database() -> Iterator[str]:
    """Gives the URL of a new PostgreSQL database where the run is on one, and none on SQLite."""
    named = os.environ.get("DATABASE_URL", "")
    if not named.startswith("postgres"):
        yield ""
        return
    server, name = named.rpartition("/")[0], f"portal_{os.getpid()}"
    with psycopg.connect(named, autocommit=True) as server_connection:
        server_connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{server}/{name}"
        finally:
            server_connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def copy_database(path: Path) -> None:
    """Copies the test database, as far as it is committed, to another SQLite file."""
    _copy(connection.settings_dict["NAME"], path)


def put_back(path: Path) -> None:
    """Makes the test database what it was when it was copied; nobody may be amid a transaction."""
    _copy(path, connection.settings_dict["NAME"])


def _copy(source: Path | str, target: Path | str) -> None:
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
