"""One command brings the portal up with its workers, and ends all of it."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from portal.home.management.commands.run_portal import Command as RunPortal
from portal.home.processes import answers, port_is_free, run_together


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def writer_of_its_id(path: Path) -> list[str]:
    """Give a command that writes its process id once it runs, then waits."""
    code = f"import os, time; open({str(path)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    return [sys.executable, "-c", code]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def run(commands: dict[str, list[str]], is_ready: Callable[[], bool]) -> tuple[str, int] | None:
    """Run commands, and ask for the end as soon as they are ready."""
    return run_together(
        commands,
        environment={},
        is_ready=is_ready,
        on_ready=lambda: os.kill(os.getpid(), signal.SIGTERM),
    )


def test_a_signal_ends_every_process_and_gives_the_signals_back(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    files = [tmp_path / "one", tmp_path / "two"]
    commands = {path.name: writer_of_its_id(path) for path in files}
    ended = run(commands, lambda: all(path.exists() and path.read_text() for path in files))
    assert ended is None
    assert not any(is_running(int(path.read_text())) for path in files)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_when_one_ends_the_others_end_and_it_is_named(tmp_path: Path) -> None:
    path = tmp_path / "one"
    waits = (
        f"import pathlib, sys\nwhile not pathlib.Path({str(path)!r}).exists(): pass\nsys.exit(7)"
    )
    commands = {"worker": writer_of_its_id(path), "server": [sys.executable, "-c", waits]}
    assert run(commands, lambda: False) == ("server", 7)
    assert not is_running(int(path.read_text()))


def test_a_taken_port_is_named_before_anything_starts() -> None:
    with closing(socket.socket()) as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        host, port = holder.getsockname()
        assert not port_is_free(host, port)
        assert answers(host, port)
        with override_settings(PORT=port), pytest.raises(CommandError, match="is taken") as refused:
            call_command("run_portal")
    assert refused.value.returncode == 2


def test_everything_that_has_to_happen_by_itself_has_a_process() -> None:
    commands = RunPortal._commands("127.0.0.1", 8000).values()
    started = {word for command in commands for word in command}
    assert {"search_worker", "db_worker", "run_clock"} <= started


def test_production_has_the_same_processes_as_one_machine() -> None:
    compose = (Path(settings.BASE_DIR) / "compose.yaml").read_text()
    for command in RunPortal._commands("127.0.0.1", 8000).values():
        task = command[2]
        assert f"command: {task} " in compose or f"command: python manage.py {task}\n" in compose


@pytest.mark.slow
def test_the_portal_starts_on_an_empty_machine_answers_and_ends(tmp_path: Path) -> None:
    port = free_port()
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "PORT": str(port), "SEED": "0"}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "run_portal"]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, text=True
    ) as portal:
        assert portal.stdout is not None
        printed = ""
        while "until Ctrl-C" not in printed:
            line = portal.stdout.readline()
            assert line, printed
            printed += line
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200
        portal.send_signal(signal.SIGINT)
        rest = portal.stdout.read()
    assert portal.returncode == 0
    assert "has ended" in rest
    assert port_is_free("127.0.0.1", port)
