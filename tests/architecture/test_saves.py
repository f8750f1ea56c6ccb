"""Saving a model writes its own row: no queries, no network, so that no save can hang."""

import ast
from collections.abc import Iterator

from tests.architecture.sources import PRODUCT, name_of, python_files, tree_of

REACHING_OUT = {"requests", "urllib", "httpx", "elasticsearch", "socket", "subprocess"}
QUERYING = {"objects", "cursor", "_default_manager", "_base_manager"}


def saves() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Gives every `save` method of the product with the name of its place."""
    for path in python_files(*PRODUCT):
        for owner in ast.walk(tree_of(path)):
            if isinstance(owner, ast.ClassDef):
                for node in owner.body:
                    if isinstance(node, ast.FunctionDef) and node.name == "save":
                        yield f"{name_of(path)}:{owner.name}", node


def test_no_save_reaches_out() -> None:
    offenders = [
        place
        for place, method in saves()
        for node in ast.walk(method)
        if (isinstance(node, ast.Attribute) and node.attr in QUERYING)
        or (isinstance(node, ast.Name) and node.id in REACHING_OUT)
    ]
    assert offenders == []
