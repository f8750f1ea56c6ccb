"""A database that takes nothing for the log: no page fails for it, and none waits."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from pytest_django import DjangoDbBlocker

from search.models import SearchLogEntry

pytestmark = [
    pytest.mark.usefixtures("committed"),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="made so by SQLite's own means"),
]


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets the test commit to the log, so that other connections matter, and empties it again."""
    with django_db_blocker.unblock():
        cache.clear()
        yield
        SearchLogEntry.objects.all().delete()
        connection.close()


def search(words: str) -> str:
    """Asks for a page of results."""
    answer = Client().get("/en/search/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


def pragma(words: str) -> int:
    """Sets or asks for something of the connection."""
    with connection.cursor() as cursor:
        row = cursor.execute(f"PRAGMA {words}").fetchone()
    return int(row[0]) if row else 0


def test_page_does_not_wait_while_somebody_else_writes() -> None:
    assert "data-key" in search("before")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        html = search("transit")
        other.execute("ROLLBACK")
    assert "data-key" not in html
    assert list(SearchLogEntry.objects.values_list("words", flat=True)) == ["before"]


def test_other_writes_wait_as_long_as_ever() -> None:
    usual = pragma("busy_timeout")
    assert usual == 20_000
    search("transit")
    assert pragma("busy_timeout") == usual


def test_page_is_shown_from_a_database_that_can_only_be_read() -> None:
    assert "data-key" in search("before")
    pragma("query_only = 1")
    try:
        html = search("transit")
    finally:
        pragma("query_only = 0")
    assert "data-key" not in html
