"""`make test`: brings the servers, tells every test, and the journeys once more on PostgreSQL.

Several processes share the tests, one for each core up to four; `ARGS=-n0` does without.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.support.databases import MIGRATED, start_migrating
from tests.support.nodes import machine
from tests.support.tiers import PROVIDERS, nothing_may_be_skipped

EVERYTHING = "not (bench or postgres)"
MOST_WORKERS = 4
ON_POSTGRES = "(journey or postgres) and not bench"


def main(arguments: list[str]) -> int:
    """Runs all tiers; gives 0 when all passed and, with CI=true, none was missing."""
    missing: dict[str, str] = {}
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="customs-forum-tests-"))
        environment = os.environ | {"DATA_DIR": folder}
        environment.pop("DATABASE_URL", None)
        migrated = Path(folder) / "migrated.sqlite3"
        migrating = start_migrating(migrated)
        for variable, provide in PROVIDERS.items():
            print(f"Preparing {variable} ...", flush=True)
            try:
                environment[variable] = stack.enter_context(provide())
            except machine.Unavailable as reason:
                missing[variable] = str(reason)
        if migrating.wait() == 0:
            environment[MIGRATED] = str(migrated)
        codes = [_tell(EVERYTHING, environment, arguments)]
        if url := environment.get("TEST_DATABASE_URL"):
            print("\nThe journeys again, on PostgreSQL:", flush=True)
            of_its_own = environment | {"DATABASE_URL": url}
            codes.append(_tell(ON_POSTGRES, of_its_own, ["--create-db", *arguments]))
    for variable, text in missing.items():
        print(f"TIER NOT RUN, {variable} could not be had: {text}")
    return int(any(codes) or bool(missing and nothing_may_be_skipped()))


def _tell(expression: str, environment: dict[str, str], arguments: list[str]) -> int:
    workers = f"-n{min(len(os.sched_getaffinity(0)), MOST_WORKERS)}"
    command = [sys.executable, "-m", "pytest", "-q", workers, "-m", expression, *arguments]
    return subprocess.run(command, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
