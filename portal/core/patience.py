"""Writing what may be lost rather than wait: counts and logs beside the pages that readers read."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# A reader never waits longer for it; what cannot be written by then is lost.
PATIENCE_MS = 50


@contextmanager
def without_waiting() -> Iterator[None]:
    """Let what is written in it give up soon where another process is writing.

    Only SQLite has one writer at a time. Its connection is told directly: nothing is asked of
    the database.
    """
    if connection.vendor != "sqlite":
        yield
        return
    usual = int(connection.settings_dict["OPTIONS"].get("timeout", 5) * 1000)
    connection.ensure_connection()
    connection.connection.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
    try:
        yield
    finally:
        connection.connection.execute(f"PRAGMA busy_timeout = {usual}")
