"""Makes a catalogue of 100,000 cases out of 3,000: their rows and their documents, many times."""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from casestudies.models import CaseStudyPage
from search.criteria import Audience
from search.engines.base import Write
from search.outbox import document_id, next_version
from search.sources import CaseSource

APART = 1_000_000
BATCH = 1000
# The first letter of a page's last step in the tree tells the copies apart.
STEPS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CHANGED: dict[str, str] = {
    "id": "id + {apart}",
    "path": "substr(path, 1, length(path) - 4) || '{step}' || substr(path, -3)",
    "slug": "slug || '-{copy}'",
    "url_path": "substr(url_path, 1, length(url_path) - 1) || '-{copy}/'",
    "translation_key": "lower(hex(randomblob(16)))",
    "page_ptr_id": "page_ptr_id + {apart}",
    "number": "number || '-{copy}'",
    "external_id": "external_id || '-{copy}'",
}


def copy_rows(copies: int) -> None:
    """Copy every case of the catalogue so many times, as plain rows."""
    assert copies <= len(STEPS)
    cases = "SELECT page_ptr_id FROM casestudies_casestudypage WHERE page_ptr_id < 1000000"
    with connection.cursor() as cursor:
        for copy in range(1, copies + 1):
            for table, key in (
                ("wagtailcore_page", "id"),
                ("casestudies_casestudypage", "page_ptr_id"),
            ):
                cursor.execute(_copying(table, key, cases, copy))


def _copying(table: str, key: str, cases: str, copy: int) -> str:
    with connection.cursor() as cursor:
        columns = [
            column.name for column in connection.introspection.get_table_description(cursor, table)
        ]
    words = {"apart": copy * APART, "step": STEPS[copy - 1], "copy": copy}
    values = [CHANGED.get(name, f'"{name}"').format(**words) for name in columns]
    named = ", ".join(f'"{name}"' for name in columns)
    return (
        f"INSERT INTO {table} ({named}) SELECT {', '.join(values)}"  # noqa: S608
        f" FROM {table} WHERE {key} IN ({cases})"
    )


def copied_writes(copies: int) -> Iterator[list[Write]]:
    """Give the documents of the copies, batch by batch, each read from the database once."""
    pks = CaseStudyPage.objects.filter(pk__lt=APART).order_by("pk").values_list("pk", flat=True)
    known = list(pks)
    for start in range(0, len(known), BATCH):
        views = CaseSource().load(known[start : start + BATCH])
        for copy in range(1, copies + 1):
            yield [_write(pk + copy * APART, found) for pk, found in views.items()]


def _write(pk: int, views: Any) -> Write:
    name = document_id("case", pk)
    documents = {
        audience: views[audience] and dict(views[audience]) | {"id": name, "pk": pk}
        for audience in Audience
    }
    return Write(name, next_version(), documents)
