"""What the architecture tests read: the tracked files and their syntax trees."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PRODUCT = ("casestudies", "forums", "portal", "search")


@cache
def tracked_files() -> tuple[Path, ...]:
    """Gives every file under version control that is in the tree, new ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / name for name in listed.decode().split("\0") if name]
    return tuple(path for path in paths if path.is_file() and not path.is_symlink())


def python_files(*rooms: str) -> list[Path]:
    """Gives the hand-written Python files, of all rooms or of the named ones."""
    return [
        path
        for path in tracked_files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and (not rooms or name_of(path).split("/")[0] in rooms)
    ]


@cache
def tree_of(path: Path) -> ast.Module:
    """Gives the syntax tree of a Python file."""
    return ast.parse(path.read_text())


def name_of(path: Path) -> str:
    """Gives the path inside the repository."""
    return path.relative_to(ROOT).as_posix()
