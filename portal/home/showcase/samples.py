"""Sample data of the design page. Invented names and numbers; no administration said this."""

from datetime import date
from typing import Any

from portal.core.languages import OWN_NAMES
from portal.home.showcase.words import LISTS, REGIONS, WORDS


def samples(language: str) -> dict[str, Any]:
    """Give the samples in `en` or `ar`."""
    pick = 1 if language == "ar" else 0
    words = {name: values[pick] for name, values in WORDS.items()}
    return {
        **words,
        "regions": _regions(pick),
        "topics": _linked(LISTS["topics"][pick]),
        "crumbs": _linked(LISTS["crumbs"][pick]),
        "bars": _counted(LISTS["bars"][pick]),
        "facet": _options(LISTS["facet"][pick]),
        "facts": _facts(pick),
        "comparisons": _comparisons(pick),
        "figures": [
            {"value": value, "label": label, "when": words["when"]}
            for value, label in zip((87, 41, 6), LISTS["figures"][pick], strict=True)
        ],
        "steps": _steps(LISTS["steps"][pick]),
        "events": _events(LISTS["events"][pick]),
        "queue": _queue(pick),
        "views": _views(LISTS["views"][pick]),
        "versions": _versions(language),
        "pair": [
            {
                "label": words["lesson_title"],
                "yours": words["lesson"],
                "theirs": words["passage_plain"],
                "lang": language,
            }
        ],
    }


def _regions(pick: int) -> list[dict[str, object]]:
    return [
        {
            "slug": slug,
            "name": (name, name_ar)[pick],
            "url": "#",
            "members": members,
            "cases": cases,
            "sharing": cases // 2 + 1,
        }
        for slug, name, name_ar, members, cases in REGIONS
    ]


def _counted(labels: list[str]) -> list[dict[str, object]]:
    counts = (38, 21, 12, 3)
    return [
        {"label": label, "url": "#", "count": count}
        for label, count in zip(labels, counts, strict=True)
    ]


def _options(labels: list[str]) -> list[dict[str, object]]:
    return [
        {"value": f"v{i}", "label": label, "count": 40 - 4 * i, "selected": i == 1}
        for i, label in enumerate(labels)
    ]


def _views(labels: list[str]) -> list[dict[str, object]]:
    return [{"label": label, "url": "#", "current": i == 0} for i, label in enumerate(labels)]


def _versions(language: str) -> list[dict[str, object]]:
    return [
        {
            "code": code,
            "name": OWN_NAMES[code],
            "url": "#",
            "current": code == language,
            "original": code == "fr",
        }
        for code in ("fr", "en", "ar")
    ]


def _linked(labels: list[str]) -> list[dict[str, str]]:
    return [{"label": label, "url": "#"} for label in labels]


def _facts(pick: int) -> list[dict[str, object]]:
    words = LISTS["facts"][pick]
    return [
        {"label": words[0], "value": words[1], "url": "#"},
        {"label": words[2], "value": "2021"},
        {"label": words[3], "values": _linked(LISTS["topics"][pick])},
        {"label": words[4], "value": ""},
        {"label": words[5], "value": "CS-2026-000123"},
    ]


def _comparisons(pick: int) -> list[dict[str, object]]:
    rows = LISTS["results"][pick]
    values = [("96", "31", 100.0, 32.3), ("12", "64", 18.8, 100.0), ("", "", None, None)]
    return [
        {
            "row": {"indicator": name, "unit": unit, "before": was, "after": now, "period": years},
            "before": short,
            "after": long,
        }
        for (name, unit, years), (was, now, short, long) in zip(rows, values, strict=True)
    ]


def _steps(labels: list[str]) -> list[dict[str, str]]:
    states = ["done", "missing", "current", "todo", "todo"]
    return [
        {"label": label, "state": state, "url": "" if state == "todo" else "#"}
        for label, state in zip(labels, states, strict=True)
    ]


def _events(rows: list[tuple[str, str, str]]) -> list[dict[str, object]]:
    days = [date(2026, 3, 12), date(2026, 3, 9), date(2026, 2, 26)]
    return [
        {"when": day, "what": what, "who": who, "text": text, "now": index == 0}
        for index, (day, (what, who, text)) in enumerate(zip(days, rows, strict=True))
    ]


def _queue(pick: int) -> list[dict[str, object]]:
    titles, words = LISTS["titles"][pick], LISTS["queue"][pick]
    ages = [(words[0], "wrong"), (words[1], "caution"), (words[2], "")]
    return [
        {
            "title": title,
            "url": "#",
            "about": f"CS-2026-00012{index}",
            "age": age,
            "age_kind": kind,
            "holder": words[3],
            "next": words[4],
            "status_label": words[7],
            "status_kind": "active",
            "actions": [{"label": words[5], "url": "#"}, {"label": words[6], "url": "#"}],
        }
        for index, (title, (age, kind)) in enumerate(zip(titles, ages, strict=True))
    ]
