"""A new generation that is not what the database says never comes into use."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.criteria import Audience
from search.engines.base import Document, Draft, Engine, ItemResult, Write
from search.generations import GateClosed, rebuild
from search.models import IndexChange
from search.outbox import bury, claim, record
from search.worker import drain
from tests.factories.cases import make_case, make_collection
from tests.search.looking import index_everything, look, titles

pytestmark = pytest.mark.django_db

Alter = Callable[[Write], Write]


@pytest.fixture
def spoil(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Callable[[Alter], None]:
    """Lets a test change what arrives in new generations; what readers have stays as it is."""
    make_case("About transit", solution="How it went.")
    make_case("For members", visibility="members")
    make_collection("Collected")
    index_everything()
    begin = engine.begin

    def start(alter: Alter) -> None:
        def spoilt() -> Draft:
            draft = begin()
            write = draft.write

            def altered(batch: Sequence[Write]) -> list[ItemResult]:
                return write([alter(item) for item in batch])

            monkeypatch.setattr(draft, "write", altered)
            return draft

        monkeypatch.setattr(engine, "begin", spoilt)

    return start


def _is_case(item: Write) -> bool:
    return item.id.startswith("case")


def _with(**fields: Any) -> Alter:
    def alter(item: Write) -> Write:
        if not _is_case(item):
            return item
        views = {
            audience: document and {n: v for n, v in {**document, **fields}.items() if v != ""}
            for audience, document in item.documents.items()
        }
        return replace(item, documents=views)

    return alter


def _lost(item: Write) -> Write:
    return replace(item, documents=dict.fromkeys(Audience)) if _is_case(item) else item


def _shown_to_all(item: Write) -> Write:
    document: Document | None = item.documents[Audience.MEMBERS]
    return replace(item, documents=dict.fromkeys(Audience, document))


TEXTS = {f"{part}{code}": "" for part in ("title", "labels") for code in ("", "_en")}
TROUBLES: dict[str, tuple[Alter, str]] = {
    "lost": (_lost, "1 missing in public case europe public: case-"),
    "other text": (_with(digest="00ff"), "1 stale in public case europe public: case-"),
    "other region": (_with(region="asia-pacific"), "1 stale in members case europe public"),
    "shown to all": (_shown_to_all, "1 wrong_audience in public case europe members"),
    "without words": (_with(**TEXTS), "is not found by 'For members'"),
    "without number": (_with(number="", labels=""), "is not found by 'CS-2026-"),
    "refused": (_with(year="no year at all"), "was refused: "),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_generation_that_is_wrong_is_not_used(
    engine: Engine, spoil: Callable[[Alter], None], trouble: str
) -> None:
    alter, words = TROUBLES[trouble]
    spoil(alter)
    before = engine.generations()
    with pytest.raises(CommandError) as ended:
        call_command("search_rebuild", stdout=StringIO())
    assert ended.value.returncode == 1
    assert words in str(ended.value)
    assert engine.generations() == before
    assert titles(look("transit")) == ["About transit"]
    assert IndexChange.objects.count() == 0


def test_what_changes_meanwhile_is_no_objection(engine: Engine) -> None:
    cases = [make_case(f"About transit {number}") for number in range(4)]
    index_everything()

    def change(*_progress: int) -> None:
        model = type(cases[0])
        model.objects.filter(pk=cases[0].pk).update(title="About borders, written")
        record(kind="case", object_ids=[cases[0].pk])
        cases[1].unpublish()
        drain(engine)
        model.objects.filter(pk=cases[2].pk).update(title="About borders, waiting")
        record(kind="case", object_ids=[cases[2].pk])
        cases[3].unpublish()

    rebuild(engine, progress=change)
    drain(engine)
    assert set(titles(look("borders"))) == {"About borders, written", "About borders, waiting"}
    assert look().total == 2


def test_document_that_was_refused_before_holds_no_rebuild_up(
    engine: Engine, spoil: Callable[[Alter], None]
) -> None:
    case = make_case("Refused")
    record(kind="case", object_ids=[case.pk])
    for item in claim():
        bury(item, reason="refused long ago")

    def refused(item: Write) -> Write:
        return _with(year="no year at all")(item) if item.id == f"case-{case.pk}" else item

    spoil(refused)
    rebuild(engine)
    assert titles(look("transit")) == ["About transit"]
    change = IndexChange.objects.get()
    assert (change.dead, change.object_id) == (True, case.pk)
    assert change.reason != "refused long ago"


def test_document_that_was_refused_before_is_forgotten_when_it_is_taken(engine: Engine) -> None:
    case = make_case("Taken at last")
    record(kind="case", object_ids=[case.pk])
    for item in claim():
        bury(item, reason="refused long ago")
    rebuild(engine)
    assert IndexChange.objects.count() == 0
    assert titles(look()) == ["Taken at last"]


def test_first_generation_is_used_whatever_is_wrong_with_it(
    engine: Engine, spoil: Callable[[Alter], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(_with(year="no year at all"))
    monkeypatch.setattr(engine, "in_use", lambda: None)
    rebuild(engine)
    assert titles(look("collected")) == ["Collected"]
    changes = IndexChange.objects.all()
    assert [(change.dead, bool(change.reason)) for change in changes] == [(True, True)] * 2


def test_objections_are_told_as_one_message() -> None:
    closed = GateClosed(["one thing", "another"])
    assert str(closed) == "one thing; another"
    assert closed.reasons == ["one thing", "another"]


def test_many_cases_of_one_title_are_no_objection(engine: Engine) -> None:
    for _case in range(25):
        make_case("Single window")
    rebuild(engine)
    assert look("window").total == 25
    rebuild(engine)
