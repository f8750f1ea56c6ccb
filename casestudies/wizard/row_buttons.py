"""Changing rows without JavaScript: buttons that give the form back, nothing typed lost."""

from collections.abc import Mapping

from django.http import QueryDict

from casestudies.wizard.questions import Step
from casestudies.wizard.rows import Rows, row_count
from casestudies.wizard.uploads import Uploads

ADD, REMOVE = "add", "remove"
MOVES = {"up": -1, "down": 1}


def with_rows_changed(data: QueryDict, step: Step) -> QueryDict | None:
    """Give the typed values after a button about rows was pressed; None if it was another button.

    The buttons send `action` as `add:results`, `remove:results-2`, `up:results-2` and the like.
    """
    verb, _colon, target = data.get("action", "").partition(":")
    kinds = {item.name: item.kind for item in step.questions if isinstance(item.kind, Rows)}
    if verb == ADD and target in kinds:
        # New files have their rows already: they were stored first.
        is_done = isinstance(kinds[target], Uploads)
        return data.copy() if is_done else _with_row_added(data, target, kinds[target])
    name, _dash, number = target.rpartition("-")
    if name not in kinds or not (number.isascii() and number.isdigit()):
        return None
    place, last = int(number), row_count(name, data) - 1
    if verb == REMOVE:
        return _with_rows_at(
            data, name, {place: None} | {n: n - 1 for n in range(place + 1, last + 1)}
        )
    if verb in MOVES:
        other = min(max(place + MOVES[verb], 0), last)
        return _with_rows_at(data, name, {place: other, other: place})
    return None


def _with_row_added(data: QueryDict, name: str, kind: Rows) -> QueryDict:
    changed = data.copy()
    changed.setdefault(f"{name}-{row_count(name, data)}-{kind.columns[0].name}", "")
    return changed


def _with_rows_at(data: QueryDict, name: str, places: Mapping[int, int | None]) -> QueryDict:
    """Give the values with rows at other places; a row whose place is None is left out."""
    changed = QueryDict(mutable=True)
    for key in data:
        head, _dash, rest = key.partition("-")
        number, _dash, column = rest.partition("-")
        is_row = head == name and number.isascii() and number.isdigit()
        place = places.get(int(number), int(number)) if is_row else None
        if not is_row:
            changed.setlist(key, data.getlist(key))
        elif place is not None:
            changed.setlist(f"{name}-{place}-{column}", data.getlist(key))
    return changed
