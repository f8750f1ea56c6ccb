"""The migrated database of the run, for processes of their own."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection


def copy_migrated(path: Path) -> None:
    """Copies the test database, as far as it is committed, to a file of another SQLite portal."""
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated,
        closing(sqlite3.connect(path)) as copy,
    ):
        migrated.backup(copy)
