"""Statements written once: what every page asks takes longer to write in SQL than to run."""

from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import QuerySet

# Stand in a statement for ids that are only known when it runs; no row has such an id.
_FIRST_SLOT = -(2**40)


def slots(number: int) -> tuple[int, ...]:
    """Give places for so many ids, for an `__in` of the queryset that becomes a statement."""
    return tuple(islice(count(_FIRST_SLOT, -1), number))


class Statement:
    """A queryset of `values_list` written in SQL, to be run again and again."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        self._converters = compiler.get_converters(columns).items()

    def run(self, ids: Sequence[int] = ()) -> Iterable[Sequence[Any]]:
        """Give the rows, with these ids in the places of the first slots; the others stay empty."""
        connection = connections[DEFAULT_DB_ALIAS]
        given = dict(zip(slots(len(ids)), ids, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [given.get(value, value) for value in self._params])
            rows = cursor.fetchall()
        return [self._converted(row, connection) for row in rows]

    def _converted(self, row: Sequence[Any], connection: Any) -> Sequence[Any]:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values
