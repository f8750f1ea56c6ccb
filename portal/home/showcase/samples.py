"""Sample data of the design page. Invented names and numbers; no administration said this."""

from datetime import date
from typing import Any

from portal.home.showcase.words import LISTS, REGIONS, WORDS


def samples(language: str) -> dict[str, Any]:
    """Give the samples in `en` or `ar`."""
    pick = 1 if language == "ar" else 0
    return {
        "regions": [
            {
                "slug": slug,
                "name": (name, name_ar)[pick],
                "url": "#",
                "members": n,
                "cases": cases,
                "sharing": cases // 2 + 1,
            }
            for slug, name, name_ar, n, cases in REGIONS
        ],
        **{name: values[pick] for name, values in WORDS.items()},
        "topics": _linked(LISTS["topics"][pick]),
        "crumbs": _linked(LISTS["crumbs"][pick]),
        "bars": [
            {"label": label, "url": "#", "count": count}
            for label, count in zip(LISTS["bars"][pick], (38, 21, 12, 3), strict=True)
        ],
        "facet": [
            {"value": f"v{i}", "label": label, "count": 40 - 4 * i, "selected": i == 1}
            for i, label in enumerate(LISTS["facet"][pick])
        ],
        "facts": _facts(pick),
        "comparisons": _comparisons(pick),
        "figures": [
            {"value": value, "label": label, "when": WORDS["when"][pick]}
            for value, label in zip((87, 41, 6), LISTS["figures"][pick], strict=True)
        ],
        "steps": _steps(LISTS["steps"][pick]),
        "events": _events(LISTS["events"][pick]),
        "queue": _queue(pick),
        "views": [
            {"label": label, "url": "#", "current": i == 0}
            for i, label in enumerate(LISTS["views"][pick])
        ],
        "versions": [
            {"code": "fr", "name": "Français", "url": "#", "original": True},
            {"code": "en", "name": "English", "url": "#", "current": pick == 0},
            {"code": "ar", "name": "العربية", "url": "#", "current": pick == 1},
        ],
        "pair": [
            {
                "label": WORDS["lesson_title"][pick],
                "yours": WORDS["lesson"][pick],
                "theirs": WORDS["passage_plain"][pick],
                "lang": language,
            }
        ],
    }


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
