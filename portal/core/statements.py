"""Statements written once: what every page asks takes longer to write in SQL than to run."""

from collections.abc import Mapping, Sequence
from itertools import count, islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

# Stand in a statement for ids that are only known when it runs; no row has such an id, and every
# database takes it for one.
_FIRST_SLOT = -1_000_000_000
Row = Sequence[Any]


def slots(number: int) -> tuple[int, ...]:
    """Give places for so many ids, for an `__in` of the queryset that becomes a statement."""
    return tuple(islice(count(_FIRST_SLOT, -1), number))


def filled(ids: Sequence[int]) -> dict[Any, Any]:
    """Give what stands in the first slots; the other ones of the statement find nothing."""
    return dict(zip(slots(len(ids)), ids, strict=True))


class Statement:
    """A queryset of `values_list` written in SQL, to be run again and again."""

    def __init__(self, rows: QuerySet[Any]) -> None:
        self._compiler: Any = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        self._sql, self._params = self._compiler.as_sql()
        columns = [column for column, _sql, _alias in self._compiler.select]
        self._converters = self._compiler.get_converters(columns).items()

    def run(self, given: Mapping[Any, Any] | None = None) -> list[Row]:
        """Give the rows, with these values in place of those that the queryset was made with."""
        values = given or {}
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [values.get(value, value) for value in self._params])
            rows = cursor.fetchall()
        return [self._converted(row, connection) for row in rows]

    def _converted(self, row: Row, connection: Any) -> Row:
        values = list(row)
        for place, (converters, expression) in self._converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return values


class ModelStatement(Statement):
    """A queryset of models written in SQL, with what it annotates and reads beside them."""

    def models(self, given: Mapping[Any, Any]) -> list[Any]:
        """Give the models as iterating over the queryset would, with these values in place."""
        return [self._model(row) for row in self.run(given)]

    def _model(self, row: Row) -> Model:
        info, select = self._compiler.klass_info, self._compiler.select
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _sql, _alias in select[start:end]]
        made: Model = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[start:end])
        # The stubs know the signature of a later Django.
        for related in get_related_populators(info, select, DEFAULT_DB_ALIAS):  # type: ignore[call-arg]
            related.populate(row, made)
        for name, place in self._compiler.annotation_col_map.items():
            setattr(made, name, row[place])
        return made
