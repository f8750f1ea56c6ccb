"""The packages of the product: safe versions, pinned, from no named index, none for tests only."""

import ast
import re
import tomllib
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.sources import PRODUCT, ROOT, name_of, python_files, tracked_files, tree_of

# An audit against an online database says "no known vulnerabilities" also when it cannot reach
# the database. This table cannot: raise a line when an advisory asks for it.
SAFE_FROM = {
    "django": ("5.2.17", "https://docs.djangoproject.com/en/5.2/releases/5.2.17/"),
    "wagtail": ("8.0.1", "https://docs.wagtail.org/en/stable/releases/8.0.1.html"),
    "pillow": (
        "12.3.0",
        "CVE-2026-55798, CVE-2026-59197, CVE-2026-59198, CVE-2026-59199, CVE-2026-59200",
    ),
}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)
INDEX = re.compile(r"--(extra-)?index-url|--find-links|--trusted-host|^\s*-[if]\s|/simple/?\b")
SETTLED_PLACES = ("requirements/", "pyproject.toml", "portal/settings/", "Makefile", "Dockerfile")


def pinned(name: str) -> dict[str, str]:
    """Gives the packages of a lock file with their versions."""
    content = (ROOT / "requirements" / name).read_text()
    return {canonicalize_name(package): pin for package, pin in PIN.findall(content)}


def for_tests_only() -> set[str]:
    """Gives the packages that only the `dev` extra asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = project["optional-dependencies"]["dev"]
    return {canonicalize_name(Requirement(each).name) for each in wanted}


@pytest.mark.parametrize("package", SAFE_FROM)
def test_installed_version_is_a_safe_one(package: str) -> None:
    least, advisory = SAFE_FROM[package]
    assert Version(version(package)) >= Version(least), advisory


def test_what_make_run_installs_holds_nothing_for_tests_only() -> None:
    assert set(pinned("base.lock")) & for_tests_only() == set()


def test_product_imports_nothing_that_is_for_tests_only() -> None:
    packages, forbidden = packages_distributions(), for_tests_only()
    imported = {
        (name_of(path), name)
        for path in python_files(*PRODUCT)
        for name in _imports(path)
        if {canonicalize_name(each) for each in packages.get(name, ())} & forbidden
        or name == "tests"
    }
    assert imported == set()


def test_developers_run_the_same_versions_as_production() -> None:
    base, dev = pinned("base.lock"), pinned("dev.lock")
    assert {name: (pin, dev.get(name)) for name, pin in base.items() if dev.get(name) != pin} == {}


def test_every_direct_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    base = {canonicalize_name(Requirement(each).name) for each in project["dependencies"]}
    assert base - set(pinned("base.lock")) == set()
    assert for_tests_only() - set(pinned("dev.lock")) == set()


def test_every_direct_dependency_is_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    direct = {Requirement(each).name for each in project["dependencies"]} | for_tests_only()
    explained = (ROOT / "docs" / "dependencies.md").read_text()
    assert {name for name in direct if f"`{name}`" not in explained} == set()


def test_no_file_names_a_package_index() -> None:
    named = [
        f"{name_of(path)}: {line.strip()}"
        for path in tracked_files()
        if name_of(path).startswith(SETTLED_PLACES)
        for line in path.read_text().splitlines()
        if INDEX.search(line.replace("--no-emit-find-links", ""))
    ]
    assert named == []


def _imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names
