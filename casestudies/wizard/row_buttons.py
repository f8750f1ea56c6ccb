"""Adding and removing rows without JavaScript: buttons that give the form back, nothing lost."""

from django.http import QueryDict

from casestudies.wizard.questions import Step
from casestudies.wizard.rows import Rows, row_count
from casestudies.wizard.uploads import Uploads

ADD, REMOVE = "add", "remove"


def with_rows_changed(data: QueryDict, step: Step) -> QueryDict | None:
    """Give the typed values after "add" or "remove" was pressed; None if it was another button.

    The buttons send `action` as `add:results` or `remove:results-2`.
    """
    verb, _colon, target = data.get("action", "").partition(":")
    kinds = {item.name: item.kind for item in step.questions if isinstance(item.kind, Rows)}
    if verb == ADD and target in kinds:
        # New files have their rows already: they were stored first.
        is_done = isinstance(kinds[target], Uploads)
        return data.copy() if is_done else _with_row_added(data, target, kinds[target])
    name, _dash, place = target.rpartition("-")
    if verb == REMOVE and name in kinds and place.isascii() and place.isdigit():
        return _with_row_removed(data, name, int(place))
    return None


def _with_row_added(data: QueryDict, name: str, kind: Rows) -> QueryDict:
    changed = data.copy()
    changed.setdefault(f"{name}-{row_count(name, data)}-{kind.columns[0].name}", "")
    return changed


def _with_row_removed(data: QueryDict, name: str, gone: int) -> QueryDict:
    changed = QueryDict(mutable=True)
    for key in data:
        head, _dash, rest = key.partition("-")
        place, _dash, column = rest.partition("-")
        if head == name and place.isascii() and place.isdigit():
            if int(place) == gone:
                continue
            moved = int(place) - (int(place) > gone)
            changed.setlist(f"{name}-{moved}-{column}", data.getlist(key))
        else:
            changed.setlist(key, data.getlist(key))
    return changed
