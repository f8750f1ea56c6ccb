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


def run_without_a_node(folder: Path, ci: str) -> subprocess.CompletedProcess[str]:
    (folder / "conftest.py").write_text(WITHOUT_A_NODE)
    (folder / "test_asking.py").write_text(ASKS_FOR_A_NODE)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider"]
    environment = os.environ | {"CI": ci, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def test_missing_tier_is_named_in_the_last_lines(tmp_path: Path) -> None:
    outcome = run_without_a_node(tmp_path, ci="")
    assert outcome.returncode == pytest.ExitCode.OK
    assert "TIER NOT RUN: elasticsearch" in outcome.stdout
    assert "there is no Java here" in outcome.stdout


def test_missing_tier_is_a_failure_in_continuous_integration(tmp_path: Path) -> None:
    outcome = run_without_a_node(tmp_path, ci="true")
    assert outcome.returncode == pytest.ExitCode.TESTS_FAILED
    assert "TIER NOT RUN: elasticsearch" in outcome.stdout
