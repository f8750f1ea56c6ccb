"""From the parameters of a page, an API call or a feed to `Criteria`, with what did not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from portal.core.languages import supported
from search import vocabularies
from search.criteria import MAX_PAGE_SIZE, PAGE_SIZE, WINDOW, Criteria, Sort, View, normalise_text
from search.facets import FACETS

Parameters = Mapping[str, Sequence[str]]
Choice = TypeVar("Choice", bound=StrEnum)
_YES = {"1", "true", "on", "yes"}
_NO = {"", "0", "false", "off", "no"}
_YEARS = (1900, 2100)
TOPIC = "topic"


@dataclass(frozen=True)
class Reading:
    """The criteria, the filter values that nobody knows, and the parameters that are wrong.

    `moved` says that a topic was asked for by an address which it had before.
    """

    criteria: Criteria
    ignored: tuple[tuple[str, str], ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    moved: bool = False


def read_criteria(params: Parameters, *, ui: str, size: int = PAGE_SIZE) -> Reading:
    """Read the parameters of INTERFACE's search.

    Takes every parameter with all its values (`dict(request.GET.lists())`). An unknown filter
    value is left out and named in `ignored`; a parameter of the wrong form keeps its default and
    is named in `errors` with a short English reason.
    """
    problems: list[tuple[str, str]] = []
    present = with_present_topics(params)
    filters, ignored = _read_filters(present)
    size = _number(params, "size", size, (1, MAX_PAGE_SIZE), problems) or size
    criteria = Criteria(
        text=normalise_text(_last(params, "q")),
        filters=filters,
        year_from=_number(params, "year_from", None, _YEARS, problems),
        year_to=_number(params, "year_to", None, _YEARS, problems),
        measured=_flag(params, "measured", problems),
        failures=_flag(params, "failures", problems),
        without_archive=True,
        sort=_one_of(params, "sort", Sort.RELEVANCE, problems),
        view=_one_of(params, "view", View.LIST, problems),
        page=_number(params, "page", 1, (1, WINDOW // size), problems) or 1,
        size=size,
        ui=supported(ui),
    )
    return Reading(criteria, tuple(ignored), tuple(problems), moved=present is not params)


def with_present_topics(params: Parameters) -> Parameters:
    """Give the parameters with the topics of today; the same object where nothing was renamed."""
    asked = params.get(TOPIC) or ()
    if not asked:
        return params
    known = FACETS[TOPIC].labels()
    if all(value in known for value in asked):
        return params
    now = vocabularies.former_topics()
    topics = [value if value in known else now.get(value, value) for value in asked]
    return params if topics == list(asked) else {**params, TOPIC: topics}


def _last(params: Parameters, name: str) -> str:
    values = params.get(name) or [""]
    return values[-1]


def _read_filters(
    params: Parameters,
) -> tuple[dict[str, tuple[str, ...]], list[tuple[str, str]]]:
    filters: dict[str, tuple[str, ...]] = {}
    ignored: list[tuple[str, str]] = []
    for name, facet in FACETS.items():
        asked = [value for value in dict.fromkeys(params.get(name) or ()) if value.strip()]
        if not asked:
            continue
        known = facet.labels()
        chosen = tuple(value for value in asked if value in known)
        ignored += [(name, normalise_text(value)) for value in asked if value not in known]
        if chosen:
            filters[name] = chosen
    return filters, ignored


def _number(
    params: Parameters,
    name: str,
    default: int | None,
    bounds: tuple[int, int],
    problems: list[tuple[str, str]],
) -> int | None:
    raw = _last(params, name).strip()
    if not raw:
        return default
    low, high = bounds
    if raw.isascii() and raw.isdigit() and len(raw) < 10 and low <= int(raw) <= high:
        return int(raw)
    problems.append((name, f"a whole number from {low} to {high}"))
    return default


def _flag(params: Parameters, name: str, problems: list[tuple[str, str]]) -> bool:
    raw = _last(params, name).strip().lower()
    if raw not in _YES | _NO:
        problems.append((name, "1 or 0"))
    return raw in _YES


def _one_of(
    params: Parameters, name: str, default: Choice, problems: list[tuple[str, str]]
) -> Choice:
    choices = type(default)
    raw = _last(params, name).strip() or default.value
    if raw in set(choices):
        return choices(raw)
    problems.append((name, "one of " + ", ".join(choices)))
    return default
