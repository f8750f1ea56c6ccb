"""Writes exchange files and runs the two commands on them, as an operator would."""

import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError


@dataclass(frozen=True)
class Ran:
    """What a command printed and how it ended."""

    out: str
    err: str
    code: int


def line(external_id: str = "x-1", **more: Any) -> dict[str, Any]:
    """Give a line of a Maltese case with its four required keys and what is named."""
    smallest = {"administration": "MT", "language": "en", "title": f"The case {external_id}"}
    return {"external_id": external_id, **smallest, **more}


def write_file(folder: Path, *lines: dict[str, Any] | str) -> Path:
    """Write lines to a file; a text is written as it is."""
    path = folder / "cases.jsonl"
    texts = [item if isinstance(item, str) else json.dumps(item) for item in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def run(command: str, *arguments: Any) -> Ran:
    """Run a command and give what it printed and its exit code."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command(command, *map(str, arguments), stdout=out, stderr=err, no_color=True)
    except CommandError as problem:
        err.write(str(problem))
        code = problem.returncode
    return Ran(out.getvalue(), err.getvalue(), code)


def exported(folder: Path) -> list[dict[str, Any]]:
    """Export all cases and give the lines as objects."""
    path = folder / "export.jsonl"
    assert run("export_cases", "--out", path).code == 0
    return [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
