"""Modules say what they are for, stay small, and leave nothing for later."""

import ast
import re

from tests.architecture.sources import name_of, python_files, tracked_files, tree_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
LEFT_FOR_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
TEXTS = {".py", ".html", ".css", ".js", ".md", ".toml", ".yaml", ".yml", ".txt", ""}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in python_files()
        if tree_of(path).body and not ast.get_docstring(tree_of(path))
    ]
    assert silent == []


def test_no_file_is_too_long() -> None:
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, Function)
    }
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_nothing_is_left_for_later() -> None:
    notes = [
        f"{name_of(path)}:{number}"
        for path in tracked_files()
        if path.suffix in TEXTS and "vendor" not in path.parts and path.name != "test_modules.py"
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if LEFT_FOR_LATER.search(line)
    ]
    assert notes == []


def test_no_drawer_for_everything() -> None:
    drawers = [name_of(path) for path in python_files() if path.stem in {"utils", "helpers"}]
    assert drawers == []
