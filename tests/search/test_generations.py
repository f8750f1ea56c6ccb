"""Rebuilding beside the index in use, going over, going back: nothing lost, nobody sent away."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.utils import timezone
from pytest_django import Settings

from casestudies.models import CaseStudyPage
from search import generations
from search.criteria import Audience, Criteria
from search.engines import elasticsearch_generations, elasticsearch_mapping, get_engine
from search.engines.base import Engine, EngineDown, Outcome, Request, Write
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.generation import Role, new_name
from search.generations import NothingToDo, prune, rebuild, roll_back
from search.models import IndexChange, IndexClock
from search.outbox import record
from search.status import read_status
from search.worker import drain, ensure_index
from tests.factories.cases import make_case
from tests.search.looking import document, index_everything, look, titles, version, write
from tests.support.indices import own_prefix, use_elasticsearch

pytestmark = pytest.mark.django_db

SWAPS = 20


def _roles(engine: Engine) -> dict[str, Role | None]:
    return {found.name: found.role for found in engine.generations()}


def _in_use(engine: Engine) -> str:
    found = engine.in_use()
    assert found
    return found.name


def _change_title(case: CaseStudyPage, title: str) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(title=title)
    record(kind="case", object_ids=[case.pk])


def test_no_name_is_given_twice() -> None:
    first = new_name("ab", [])
    assert first.startswith("ab-")
    far = 10**15
    assert new_name("ab", [f"ab-{far}", "cd-7", "ab", "first"]) == f"ab-{far + 1}"


def test_generation_that_went_leaves_its_name_to_none(engine: Engine) -> None:
    gone = engine.begin().name
    engine.drop(gone)
    assert engine.begin().name != gone


def test_rebuild_fills_a_new_generation_and_keeps_the_previous_one(engine: Engine) -> None:
    make_case("Kept")
    write(engine, 999_999, version(), document(999_999, "Nobody knows where this came from"))
    before = _in_use(engine)
    rebuild(engine)
    assert titles(look()) == ["Kept"]
    assert look().total == 1
    assert _roles(engine) == {before: Role.PREVIOUS, _in_use(engine): Role.CURRENT}
    assert _in_use(engine).startswith(engine.form)


def test_rebuild_removes_all_but_the_last_two_generations(engine: Engine) -> None:
    names = [_in_use(engine)]
    for _turn in range(3):
        rebuild(engine)
        names.append(_in_use(engine))
    assert _roles(engine) == {names[2]: Role.PREVIOUS, names[3]: Role.CURRENT}
    assert len(set(names)) == 4


def test_rollback_loses_nothing_that_was_written_after_the_swap(engine: Engine) -> None:
    case, gone = make_case("Before the swap"), make_case("Withdrawn after the swap")
    index_everything()
    before = _in_use(engine)
    rebuild(engine)
    _change_title(case, "After the swap")
    gone.unpublish()
    drain(engine)
    assert roll_back(engine) == before
    assert titles(look()) == ["After the swap"]
    assert engine.counts() == {Audience.PUBLIC: 1, Audience.MEMBERS: 1}
    roll_back(engine)
    assert _in_use(engine) != before


def test_rollback_without_a_previous_generation_says_so(engine: Engine) -> None:
    with pytest.raises(NothingToDo):
        roll_back(engine)


def test_prune_leaves_the_generation_in_use_alone(engine: Engine) -> None:
    make_case("Kept")
    rebuild(engine)
    engine.begin()
    in_use = _in_use(engine)
    assert len(prune(engine)) == 2
    assert _roles(engine) == {in_use: Role.CURRENT}
    assert titles(look()) == ["Kept"]
    with pytest.raises(RuntimeError, match="in use"):
        engine.drop(in_use)


def test_prune_does_not_disturb_a_running_rebuild(engine: Engine) -> None:
    make_case("Being rebuilt")

    def disturb(*_progress: int) -> None:
        with pytest.raises(NothingToDo):
            prune(engine)

    rebuild(engine, progress=disturb)
    assert titles(look()) == ["Being rebuilt"]


def test_failed_rebuild_leaves_the_present_index_in_use_and_nothing_behind(engine: Engine) -> None:
    make_case("Still here")
    index_everything()
    before = _roles(engine)

    def cut(*_progress: int) -> None:
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        rebuild(engine, progress=cut)
    assert titles(look()) == ["Still here"]
    assert _roles(engine) == before
    rebuild(engine)
    assert titles(look()) == ["Still here"]


def test_later_rebuild_takes_the_place_of_one_that_is_still_running(engine: Engine) -> None:
    make_case("Twice at once")
    index_everything()

    def again(*_progress: int) -> None:
        rebuild(engine)

    with pytest.raises(EngineDown):
        rebuild(engine, progress=again)
    assert titles(look()) == ["Twice at once"]
    assert set(_roles(engine).values()) == {Role.CURRENT, Role.PREVIOUS}


def test_late_write_does_not_bring_a_removed_generation_back(engine: Engine) -> None:
    draft = engine.begin()
    engine.drop(draft.name)
    late = [Write("case-1", version(), dict.fromkeys(Audience, document(1)))]
    try:
        outcome = draft.write(late)[0].outcome
    except EngineDown:
        outcome = Outcome.RETRY
    assert outcome is Outcome.RETRY
    assert draft.name not in _roles(engine)


@contextmanager
def _searching(engine: Engine, least: int) -> Iterator[None]:
    """Searches both audiences without a pause; in the end, no search may have failed."""
    over, today = Event(), timezone.localdate()

    def search() -> int:
        done = 0
        while not over.is_set() or not done:
            for audience in Audience:
                answer = engine.search(Request(Criteria("transit"), audience, today, None))
                assert answer.total >= least
                done += 1
        return done

    with ThreadPoolExecutor(1) as pool:
        searches = pool.submit(search)
        try:
            yield
        finally:
            over.set()
        assert searches.result() > SWAPS


@pytest.mark.slow
def test_no_search_fails_during_twenty_swaps_while_content_is_written(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "BATCH", 4)
    cases = [make_case(f"Transit {number}") for number in range(8)]
    index_everything()

    def write_on(done: int, _whole: int) -> None:
        _change_title(cases[done % 8], f"Transit at {version()}")
        if done == 4:
            drain(engine)

    with _searching(engine, least=8):
        for _turn in range(SWAPS):
            before = _in_use(engine)
            rebuild(engine, progress=write_on)
            assert _in_use(engine) != before
    drain(engine)
    assert IndexChange.objects.count() == 0
    now = set(CaseStudyPage.objects.values_list("title", flat=True))
    assert set(titles(look("transit"))) == now
    roll_back(engine)
    assert set(titles(look("transit"))) == now


def test_missing_index_is_built_and_only_once_at_a_time(engine: Engine) -> None:
    make_case("Came back empty")
    index_everything()
    _lose_everything(engine)
    assert look().degraded
    IndexClock.objects.update(filling_until=timezone.now() + generations.LEASE)
    assert not ensure_index(engine)
    IndexClock.objects.update(filling_until=timezone.now())
    assert ensure_index(engine)
    assert not ensure_index(engine)
    results = look("empty")
    assert (titles(results), results.degraded) == (["Came back empty"], False)


def _lose_everything(engine: Engine) -> None:
    """Puts the engine into the state of one whose disk is new."""
    if isinstance(engine, ElasticsearchEngine):
        indices = engine.patient.indices
        indices.delete(index=list(indices.get(index=f"{engine.names.prefix}-*")))
        return
    for path in engine.root.glob("*/*/meta.json"):  # type: ignore[attr-defined]
        path.unlink()


def test_index_without_documents_is_filled_again(engine: Engine) -> None:
    make_case("Lost")
    assert ensure_index(engine)
    assert not ensure_index(engine)
    drain(engine)
    assert titles(look()) == ["Lost"]
    assert not ensure_index(engine)


class TestAnotherForm:
    """A release whose indices have another form than those in use."""

    @pytest.fixture
    def older(
        self, settings: Settings, elasticsearch_url: str, monkeypatch: pytest.MonkeyPatch
    ) -> Iterator[Engine]:
        """Gives the engine of today on the index of a release that knew fewer fields."""
        body = elasticsearch_mapping.index_body()
        fields = body["mappings"]["properties"]
        fewer = {name: field for name, field in fields.items() if name not in {"cost", "digest"}}
        body["mappings"]["properties"] = fewer
        with own_prefix(elasticsearch_url) as prefix:
            use_elasticsearch(settings, elasticsearch_url, prefix)
            engine = get_engine()
            with monkeypatch.context() as patch:
                patch.setattr(elasticsearch_generations, "index_body", lambda: body)
                patch.setattr(engine, "form", "0123456789ab")
                engine.use(engine.begin().name)
            yield engine

    def test_is_searched_and_written_and_told(self, older: Engine) -> None:
        make_case("Written by the new release", cost="lt-50k")
        index_everything()
        assert IndexChange.objects.count() == 0
        results = look("release")
        assert (titles(results), results.degraded) == (["Written by the new release"], False)
        status = read_status()
        assert status.rebuild_needed
        assert "rebuild needed" in "; ".join(status.findings)

    def test_is_left_by_a_rebuild_and_kept_in_step(self, older: Engine) -> None:
        case = make_case("Before")
        index_everything()
        rebuild(older)
        assert not read_status().rebuild_needed
        _change_title(case, "After")
        drain(older)
        roll_back(older)
        assert titles(look()) == ["After"]


def test_embedded_index_of_another_form_is_built_anew(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case("Still found")
    drain()
    engine = get_engine()
    monkeypatch.setattr("search.engines.embedded_store.fingerprint", lambda: "0123456789ab")
    assert look().degraded
    assert titles(look()) == ["Still found"]
    drain(engine)
    assert not look().degraded
    assert [found.form for found in engine.generations()] == ["0123456789ab"]
