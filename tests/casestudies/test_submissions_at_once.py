"""Many officers send at the same moment on SQLite: every case arrives, every number is its own."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from tests.support.submitting import AUTHOR

PROCESSES, EACH = 4, 12
ROOT = Path(__file__).parents[2]
SENT = """
select cases.number
from casestudies_casestudypage as cases
join wagtailcore_page as pages on pages.id = cases.page_ptr_id
join wagtailcore_workflowstate as reviews on reviews.object_id = cast(pages.id as text)
join directory_user as people on people.id = pages.owner_id
where reviews.status = 'in_progress' and people.email = ?
"""


@pytest.mark.slow
@pytest.mark.usefixtures("django_db_setup")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite's one writer")
def test_submissions_of_four_processes_all_arrive(tmp_path):
    database = tmp_path / "portal.sqlite3"
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as migrated,
        closing(sqlite3.connect(database)) as copy,
    ):
        migrated.backup(copy)
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "DATA_DIR": str(tmp_path)}

    def started(argument: str) -> subprocess.Popen:
        command = [sys.executable, "-m", "tests.support.submitting", argument]
        return subprocess.Popen(command, env=environment, cwd=ROOT)

    assert started("prepare").wait() == 0
    running = [started(str(EACH)) for _ in range(PROCESSES)]
    assert [process.wait() for process in running] == [0] * PROCESSES
    with closing(sqlite3.connect(database)) as result:
        rows = result.execute(SENT, [AUTHOR]).fetchall()
    assert len(rows) == len(set(rows)) == PROCESSES * EACH
