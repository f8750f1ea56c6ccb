"""Whatever a case says comes back: import, export, import on an empty portal, export again."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casestudies.exchange.reader import read_lines
from casestudies.exchange.writer import published_lines
from casestudies.models.choices import CostBand, Level, Licence, Stage, Visibility
from casestudies.models.fields import TEXT_LIMITS
from casestudies.models.parts import Partner, RelatedCase
from casestudies.services.exchange import import_lines
from portal.core.languages import LANGUAGE_CODES
from tests.factories.cases import make_term, make_topic, make_tree
from tests.factories.directory import make_administration

pytestmark = [pytest.mark.journey, pytest.mark.slow]

TOPICS = ("single-window", "transit", "valuation")
MODES = ("sea", "air", "rail")

# Every letter of every script, joiners, marks and direction signs; no NUL, no half pairs.
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
samples = st.sampled_from(
    ["Le cœur du dédouanement", "¿Qué cambió?", "الجمارك\u200fالأردنية", "Таможня, ёж", "Não há",
     "\u202eabc", "👩\u200d👩\u200d👧 e\u0301", "\u2028 \u0085 \r\n\t", "= 1 + 1", "<b>&amp;</b>"]
)  # fmt: skip
words = st.one_of(samples, st.text(letters, max_size=30))
some_words = words.filter(str.strip)
short = st.text(letters, min_size=1, max_size=30).filter(str.strip)
values = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda value: len(repr(value)) < 30),
    st.text(letters, max_size=30),
)


def some(items: Any, size: int = 3) -> Any:
    return st.lists(items, max_size=size)


def row(required: dict[str, Any], **optional: Any) -> Any:
    return st.fixed_dictionaries(required, optional=optional)


texts = st.fixed_dictionaries({}, optional=dict.fromkeys(("title", *TEXT_LIMITS), words))
bodies = st.fixed_dictionaries(
    {"administration": st.sampled_from(["MT", "FR"]), "title": some_words},
    optional={
        **dict.fromkeys(TEXT_LIMITS, words),
        "topics": some(st.sampled_from(TOPICS)),
        "modes": some(st.sampled_from(MODES)),
        "stage": st.sampled_from(Stage.values),
        "year": st.integers(1900, 2100),
        "months": st.integers(0, 1200),
        "cost": st.sampled_from(CostBand.values),
        "funding": short,
        "evaluation": st.just("https://example.org/évaluation?a=1&b=2"),
        "video": st.just("https://example.org/v"),
        "owner_unit": short,
        "owner_mailbox": st.just("unit@customs.example"),
        "contact_name": short,
        "contact_email": st.just("person@customs.example"),
        "visibility": st.sampled_from(Visibility.values),
        "licence": st.sampled_from(Licence.values),
        "level": st.sampled_from(Level.values),
        "review_by": st.dates().map(str),
        "published_at": st.datetimes(timezones=st.just(None)).map(lambda at: f"{at.isoformat()}Z"),
        "cleared": st.booleans(),
        "no_sensitive_detail": st.booleans(),
        "illustration": st.booleans(),
        "results": some(
            row({"indicator": short}, unit=short, before=values, after=values, method=words)
        ),
        "reusable_blocks": some(row({"name": short}, what=words, factors=words, lesson=words)),
        "partners": some(
            row(
                {"kind": st.sampled_from(Partner.Kind.values)},
                name=short,
                administration=st.sampled_from(["MT", "FR"]),
            )
        ),
        "links": some(row({"url": st.just("https://example.org/a")}, title=short)),
        "related": some(
            row(
                {
                    "kind": st.sampled_from(RelatedCase.Kind.values),
                    "external_id": st.sampled_from(["x-0", "x-1"]),
                }
            )
        ),
        "translations": st.dictionaries(st.sampled_from(LANGUAGE_CODES), texts, max_size=3),
    },
)


@contextmanager
def undone() -> Iterator[None]:
    """Leave the portal as it was: each part of a trip starts on an empty one."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def carry(lines: list[str]) -> list[str]:
    """Import lines into an empty portal, publish, and give what it exports."""
    with undone():
        read = list(read_lines(text.encode() for text in lines))
        report = import_lines(lines=read, publish=True)
        assert [line.found.errors for line in report.lines] == [[] for _line in read]
        return list(published_lines())


def as_lines(cases: list[dict[str, Any]], language: str) -> list[str]:
    full = []
    for place, case in enumerate(cases):
        translations = dict(case.get("translations", {}))
        translations.pop(language, None)
        known = {f"x-{other}" for other in range(len(cases)) if other != place}
        related = [item for item in case.get("related", []) if item["external_id"] in known]
        more = {"translations": translations, "related": related}
        full.append({"external_id": f"x-{place}", "language": language, **case, **more})
    return [json.dumps(case, ensure_ascii=False) for case in full]


@pytest.fixture
def empty_portal(db: None) -> None:
    make_tree()
    make_administration("malta")
    make_administration("france")
    for slug in TOPICS:
        make_topic(slug, parent="facilitation")
    for position, slug in enumerate(MODES):
        make_term("mode", slug, position=position)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(cases=st.lists(bodies, min_size=1, max_size=2), language=st.sampled_from(LANGUAGE_CODES))
def test_an_export_gives_the_same_cases_on_an_empty_portal(
    empty_portal: None, cases: list[dict[str, Any]], language: str
) -> None:
    lines = as_lines(cases, language)
    first = carry(lines)
    again = carry(first)
    assert again == first
    # Nothing was lost on the way in: what the export says is what the file said.
    said = [line.record for line in read_lines(text.encode() for text in lines)]
    held = [line.record for line in read_lines(text.encode() for text in first)]
    for before, after in zip(said, held, strict=True):
        assert before is not None
        assert after is not None
        kept = ("title", *TEXT_LIMITS, "topics", "results", "reusable_blocks", "partners", "links")
        for name in (*kept, "related", "translations", "stage", "year", "months", "visibility"):
            assert getattr(after, name) == getattr(before, name)
        assert set(after.modes) == set(before.modes)
