"""Several workers at the same moment, each with a connection of its own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from search.models import IndexChange
from search.outbox import claim, record


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lets the test commit to the outbox, which other connections see, and empties it again.

    A test on real transactions would empty the whole database instead.
    """
    with django_db_blocker.unblock():
        IndexChange.objects.all().delete()
        yield
        IndexChange.objects.all().delete()
        connection.close()


def _take(_number: int) -> list[int]:
    try:
        return [item.object_id for item in claim(10)]
    finally:
        connection.close()


@pytest.mark.usefixtures("committed")
def test_workers_share_the_changes_and_leave_none() -> None:
    record(kind="case", object_ids=range(1, 41))
    with ThreadPoolExecutor(4) as pool:
        taken = [pk for found in pool.map(_take, range(8)) for pk in found]
    assert len(taken) == len(set(taken))
    left = [item.object_id for item in claim(40)]
    assert sorted(taken + left) == list(range(1, 41))
