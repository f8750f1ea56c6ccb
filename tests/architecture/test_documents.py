"""Documents lead somewhere, and `.env.example` names what the settings read."""

import re

from tests.architecture.sources import PRODUCT, ROOT, name_of, python_files, tracked_files

LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)[^)]*\)")
READ = re.compile(r"""\benv(?:\.\w+)?\(\s*["']([A-Z][A-Z_]+)["']""")
LISTED = re.compile(r"^#?\s?([A-Z][A-Z_]+)=", re.MULTILINE)
# Texts that the portal shows: their links are addresses of the portal.
SHOWN = "portal/home/standing/"
DECIDED_OUTSIDE = {"DJANGO_SETTINGS_MODULE"}


def test_every_link_of_a_document_leads_somewhere() -> None:
    broken = [
        f"{name_of(path)}: {target}"
        for path in tracked_files()
        if path.suffix == ".md" and not name_of(path).startswith(SHOWN)
        for target in LINK.findall(path.read_text())
        if "://" not in target
        and not target.startswith("mailto:")
        and not (path.parent / target).exists()
    ]
    assert broken == []


def test_example_of_the_environment_lists_exactly_what_is_read() -> None:
    code = "\n".join(path.read_text() for path in python_files(*PRODUCT))
    listed = set(LISTED.findall((ROOT / ".env.example").read_text()))
    assert set(READ.findall(code)) - DECIDED_OUTSIDE - listed == set()
    assert {name for name in listed if f'"{name}"' not in code} == set()
