"""Counting that the page of a case was opened, and nothing else about it."""

import logging
from datetime import date

from django.db import DatabaseError, connection

from casestudies.models import ViewCount
from portal.core.patience import without_waiting

logger = logging.getLogger(__name__)
TABLE = ViewCount._meta.db_table
# One statement: the ORM would need two, and two readers at once could lose one.
COUNT_ONE = f"""
    INSERT INTO {TABLE} (case_id, day, views) VALUES (%s, %s, 1)
    ON CONFLICT (case_id, day) DO UPDATE SET views = {TABLE}.views + 1
"""  # noqa: S608 - the name of our own table


def count_view(*, case_id: int, day: date) -> None:
    """Add one view of a case on a day; lost where the database does not take it soon."""
    try:
        with without_waiting(), connection.cursor() as cursor:
            cursor.execute(COUNT_ONE, [case_id, day])
    except DatabaseError as fault:
        logger.info("a view was not counted: %s", fault)
