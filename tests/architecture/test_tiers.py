"""A tier whose server cannot be had is never passed over in silence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT

WITHOUT_A_NODE = """
from tests.support import tiers
from tests.support.nodes import machine

pytest_plugins = ["tests.support.tiers"]

def refuse():
    raise machine.Unavailable("there is no Java here")

tiers.provide_elasticsearch = refuse
"""
ASKS_FOR_A_NODE = "def test_asks(elasticsearch_url):\n    assert elasticsearch_url\n"
SAYS_WHERE_IT_RAN = """
import os
from pathlib import Path

def test_first():
    Path(f"{__file__}.first").write_text(os.environ["PYTEST_XDIST_WORKER"])

def test_second():
    Path(f"{__file__}.second").write_text(os.environ["PYTEST_XDIST_WORKER"])
"""
in_one_or_two_processes = pytest.mark.parametrize("processes", ["-n0", "-n2"])


def run(folder: Path, processes: str, ci: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "xdist", "-p", "no:cacheprovider"]
    command += ["-c", os.devnull, f"--rootdir={folder}", processes]
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)}
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def run_without_a_node(folder: Path, processes: str, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(WITHOUT_A_NODE)
    (folder / "test_asking.py").write_text(ASKS_FOR_A_NODE)
    return run(folder, processes, ci)


@in_one_or_two_processes
def test_missing_tier_is_named_in_the_last_lines(tmp_path: Path, processes: str) -> None:
    outcome = run_without_a_node(tmp_path, processes, ci="")
    assert outcome.returncode == pytest.ExitCode.OK
    assert "TIER NOT RUN: elasticsearch" in outcome.stdout
    assert "there is no Java here" in outcome.stdout
    assert outcome.stdout.splitlines()[-1].startswith("1 skipped")


@in_one_or_two_processes
def test_missing_tier_is_a_failure_in_continuous_integration(
    tmp_path: Path, processes: str
) -> None:
    outcome = run_without_a_node(tmp_path, processes, ci="true")
    assert outcome.returncode == pytest.ExitCode.TESTS_FAILED
    assert "TIER NOT RUN: elasticsearch" in outcome.stdout


def test_the_browser_keeps_to_one_process_and_every_other_file_to_one(tmp_path: Path) -> None:
    (tmp_path / "conftest.py").write_text('pytest_plugins = ["tests.support.workers"]')
    names = ["browser/test_a.py", "browser/test_b.py", "search/test_c.py", "search/test_d.py"]
    files = [tmp_path / "tests" / name for name in names]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(SAYS_WHERE_IT_RAN)
    outcome = run(tmp_path, "-n2")
    assert outcome.stdout.splitlines()[-1].startswith("8 passed"), outcome.stdout
    first, second = (
        [file.with_name(f"{file.name}.{test}").read_text() for file in files]
        for test in ("first", "second")
    )
    assert first == second
    assert first[0] == first[1]
    assert set(first) == {"gw0", "gw1"}
