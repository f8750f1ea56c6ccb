"""The index against the database: each kind of drift is seen, named and mended; nothing else is."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from casestudies.models import CaseStudyPage
from search import drift, reconcile
from search.criteria import Audience
from search.engines.base import Engine, EngineDown, Write
from search.engines.generation import Entry
from search.generations import rebuild
from search.models import IndexChange, IndexCheck
from search.outbox import next_version, now_as_number, place_of, record
from search.reconcile import TOMBSTONE_AGE, Check, TooMuch
from search.status import read_status
from search.worker import Loop, drain
from tests.factories.cases import make_case, make_collection
from tests.search.looking import document, index_everything, look, titles, version, write

pytestmark = pytest.mark.django_db

MONTH_OLD = now_as_number() - timedelta(days=30) // timedelta(milliseconds=1)


def found_by(engine: Engine, *, repair: bool = False) -> dict[str, int]:
    """Checks everything and gives what was found."""
    check = Check(engine, repair=repair)
    for _step in check.steps():
        pass
    return {kind: count for kind, count in check.found.items() if count}


def _behind_the_back(case: CaseStudyPage, **fields: object) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(**fields)


def _forget(engine: Engine, case: CaseStudyPage) -> None:
    for audience in Audience:
        engine.purge(audience, list(engine.scan(audience, [f"case-{case.pk}"])))


def _tombstone(engine: Engine, case: CaseStudyPage) -> None:
    write(engine, case.pk, version(), None)


def _number_of_the_future(engine: Engine, case: CaseStudyPage) -> None:
    # A case of its own: Elasticsearch remembers the number after the test has removed it.
    other = make_case("Ahead of the others", pk=700_001)
    far = now_as_number() + timedelta(days=10) // timedelta(milliseconds=1)
    write(engine, other.pk, far, document(other.pk, "Written with a number nobody gave"))


def _unknown(engine: Engine, case: CaseStudyPage) -> None:
    write(engine, 999_999, version(), document(999_999, "Nobody knows this one"))


def _named_by_nobody(engine: Engine, case: CaseStudyPage) -> None:
    engine.write([Write("stranger", version(), dict.fromkeys(Audience, document(1)))])


Tamper = Callable[[Engine, CaseStudyPage], None]
DRIFTS: dict[str, tuple[Tamper, dict[str, int]]] = {
    "lost": (_forget, {"missing": 2}),
    "withdrawn by mistake": (_tombstone, {"missing": 2}),
    "unpublished unseen": (lambda _e, case: _behind_the_back(case, live=False), {"ghost": 2}),
    "deleted unseen": (_unknown, {"ghost": 2}),
    "changed unseen": (lambda _e, case: _behind_the_back(case, title="New"), {"stale": 2}),
    "restricted unseen": (
        lambda _e, case: _behind_the_back(case, visibility="members"),
        {"wrong_audience": 1, "stale": 1},
    ),
    "numbered ahead": (_number_of_the_future, {"ahead": 2}),
}


@pytest.fixture
def case(engine: Engine) -> CaseStudyPage:
    """Gives one case of a few that are indexed."""
    made = make_case("The one")
    make_case("Another")
    make_case("For members", visibility="members")
    make_case("A draft", live=False)
    make_collection("Collected")
    index_everything()
    return made


def test_index_that_is_right_has_no_drift(engine: Engine, case: CaseStudyPage) -> None:
    assert found_by(engine) == {}
    check = IndexCheck.objects.get()
    assert (check.objects_seen, check.found, check.repaired) == (5, {}, False)


@pytest.mark.parametrize("kind", DRIFTS)
def test_drift_is_seen_and_mended(engine: Engine, case: CaseStudyPage, kind: str) -> None:
    tamper, expected = DRIFTS[kind]
    tamper(engine, case)
    assert found_by(engine) == expected
    assert IndexChange.objects.count() == 0
    assert found_by(engine, repair=True) == expected
    assert set(titles(look(size=100))) <= set(_titles_of_now())
    drain(engine)
    assert found_by(engine) == {}
    assert set(titles(look(size=100))) == set(_titles_of_now())
    assert look().total == len(_titles_of_now())


def _titles_of_now() -> list[str]:
    cases = CaseStudyPage.objects.live().filter(visibility="public")
    return [*cases.values_list("title", flat=True), "Collected"]


def test_what_must_not_be_seen_is_hidden_before_it_is_withdrawn(
    engine: Engine, case: CaseStudyPage
) -> None:
    _unknown(engine, case)
    assert [value.count for value in look().facets["kind"]] == [3, 1]
    found_by(engine, repair=True)
    assert [value.count for value in look().facets["kind"]] == [2, 1]
    assert look().total == 3


def test_name_that_nobody_can_have_given_is_a_ghost_until_the_next_rebuild(
    engine: Engine, case: CaseStudyPage
) -> None:
    _named_by_nobody(engine, case)
    assert place_of("stranger") is None
    assert found_by(engine, repair=True) == {"ghost": 2}
    rebuild(engine)
    assert found_by(engine) == {}


def test_change_that_waits_is_no_drift(engine: Engine, case: CaseStudyPage) -> None:
    _behind_the_back(case, title="Waiting")
    record(kind="case", object_ids=[case.pk])
    assert found_by(engine) == {}


@pytest.mark.parametrize("moment", ["views_of", "scan"])
def test_change_in_the_middle_of_a_check_is_no_drift(
    engine: Engine, case: CaseStudyPage, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    def change() -> None:
        monkeypatch.undo()
        _behind_the_back(case, title="Changed meanwhile")
        record(kind="case", object_ids=[case.pk])
        drain(engine)

    def after_the_views(places: Sequence[drift.Place]) -> list[drift.Views]:
        views = views_of(places)
        change()
        return views

    def before_the_scan(audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        change()
        return scan(audience, ids)

    views_of, scan = drift.views_of, engine.scan
    if moment == "views_of":
        monkeypatch.setattr(drift, "views_of", after_the_views)
    else:
        monkeypatch.setattr(engine, "scan", before_the_scan)
    assert found_by(engine) == {}


def test_withdrawals_of_long_ago_are_swept_up_and_later_ones_stay(
    engine: Engine, case: CaseStudyPage
) -> None:
    write(engine, 500, MONTH_OLD, None)
    write(engine, 501, version(), None)
    assert found_by(engine) == {"old_tombstone": 2}
    assert found_by(engine, repair=True) == {"old_tombstone": 2}
    left = {entry.id for entry in engine.scan(Audience.PUBLIC) if not entry.alive}
    assert "case-500" not in left
    assert "case-501" in left
    assert read_status().drift == 0
    assert timedelta(days=1) < TOMBSTONE_AGE < timedelta(days=30)


def test_sweeping_up_leaves_what_was_published_meanwhile(engine: Engine) -> None:
    write(engine, 600, MONTH_OLD, None)
    (tombstone,) = engine.scan(Audience.PUBLIC, ["case-600"])
    write(engine, 600, version(), document(600, "Back again"))
    engine.purge(Audience.PUBLIC, [tombstone])
    assert [entry.alive for entry in engine.scan(Audience.PUBLIC, ["case-600"])] == [True]


def test_more_than_a_fifth_is_never_withdrawn_at_once(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "FEW", 0)
    cases = [make_case(f"Case {number}") for number in range(10)]
    index_everything()
    for case in cases[:2]:
        _behind_the_back(case, live=False)
    assert found_by(engine, repair=True) == {"ghost": 4}
    drain(engine)
    for case in cases[2:5]:
        _behind_the_back(case, live=False)
    with pytest.raises(TooMuch, match="3 of 8 documents would be withdrawn from public"):
        found_by(engine, repair=True)
    assert IndexChange.objects.count() == 0
    assert read_status().drift == 6
    with pytest.raises(CommandError) as ended:
        call_command("search_reconcile", "--repair", stdout=StringIO())
    assert ended.value.returncode == 1
    assert "Nothing was mended" in str(ended.value)


def test_a_few_may_always_be_withdrawn(engine: Engine) -> None:
    case = make_case("The only one")
    index_everything()
    _behind_the_back(case, live=False)
    assert found_by(engine, repair=True) == {"ghost": 2}


def test_repairs_take_turns_and_withdrawals_do_not_wait(
    engine: Engine, case: CaseStudyPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reconcile, "PER_PACE", 1)
    _unknown(engine, case)
    for other in CaseStudyPage.objects.live():
        _behind_the_back(other, title="New")
    found_by(engine, repair=True)
    rows = list(IndexChange.objects.order_by("due_at").values_list("object_id", "due_at"))
    assert rows[0][0] == 999_999
    assert [row[1] > timezone.now() for row in rows] == [False, False, True, True]
    assert read_status().oldest_seconds < 60


def test_index_of_another_form_is_not_compared(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "form", "0123456789ab")
    with pytest.raises(CommandError, match="rebuild") as ended:
        call_command("search_reconcile", stdout=StringIO())
    assert ended.value.returncode == 1


def test_command_ends_with_one_until_the_drift_is_mended(
    engine: Engine, case: CaseStudyPage
) -> None:
    _behind_the_back(case, title="New")
    with pytest.raises(CommandError, match="stale 2") as ended:
        call_command("search_reconcile", stdout=StringIO())
    assert ended.value.returncode == 1
    status = read_status()
    assert status.drift == 2
    assert status.checked["found"] == {"stale": 2}
    assert "differs from the database" in "; ".join(status.findings)
    out = StringIO()
    call_command("search_reconcile", "--repair", stdout=out)
    assert "5 of 5" in out.getvalue()
    assert read_status().drift == 0
    drain(engine)
    assert read_status().findings == []


def test_rebuild_is_a_check_too(engine: Engine) -> None:
    assert read_status().drift is None
    rebuild(engine)
    assert read_status().drift == 0


def test_check_that_has_not_been_made_for_two_days_is_told(engine: Engine) -> None:
    rebuild(engine)
    IndexCheck.objects.update(at=timezone.now() - timedelta(hours=47))
    assert read_status().findings == []
    IndexCheck.objects.update(at=timezone.now() - timedelta(hours=50))
    assert "last checked" in "; ".join(read_status().findings)


class TestDailyCheck:
    """The worker checks the index by itself, when it has nothing else to do."""

    @pytest.fixture
    def yesterday(self, engine: Engine, case: CaseStudyPage) -> None:
        """Gives an index that was checked yesterday and has drifted since."""
        check = timezone.now() - timedelta(hours=25)
        IndexCheck.objects.update_or_create({"at": check}, pk=1)
        _behind_the_back(case, title="Changed behind the back")

    @staticmethod
    def _turn(engine: Engine, turns: int = 6) -> None:
        loop = Loop(engine, sleep=lambda _seconds: None)
        for _turn in range(turns):
            loop.turn()

    @pytest.mark.usefixtures("yesterday")
    def test_mends_what_is_wrong(self, engine: Engine) -> None:
        self._turn(engine)
        assert titles(look("behind")) == ["Changed behind the back"]
        check = IndexCheck.objects.get()
        assert (check.found, check.repaired, check.begun_at) == ({"stale": 2}, True, None)

    @pytest.mark.usefixtures("yesterday")
    def test_is_made_by_one_worker_only(self, engine: Engine) -> None:
        IndexCheck.objects.update(begun_at=timezone.now())
        self._turn(engine)
        assert look("behind").total == 0

    @pytest.mark.usefixtures("yesterday")
    def test_is_made_again_when_the_worker_that_began_it_is_gone(self, engine: Engine) -> None:
        IndexCheck.objects.update(begun_at=timezone.now() - timedelta(hours=7))
        self._turn(engine)
        assert look("behind").total == 1

    @pytest.mark.usefixtures("yesterday")
    def test_is_made_once_a_day(self, engine: Engine) -> None:
        IndexCheck.objects.update(at=timezone.now() - timedelta(hours=23))
        self._turn(engine)
        assert look("behind").total == 0

    @pytest.mark.usefixtures("yesterday")
    def test_gives_way_to_changes(self, engine: Engine, case: CaseStudyPage) -> None:
        loop = Loop(engine, sleep=lambda _seconds: None)
        other = make_case("Published meanwhile", live=False)
        record(kind="case", object_ids=[other.pk])
        loop.turn()
        assert IndexCheck.objects.get().begun_at
        assert IndexChange.objects.count() == 0

    @pytest.mark.usefixtures("yesterday")
    def test_that_is_refused_is_told_and_stops_nothing(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reconcile, "FEW", 0)
        CaseStudyPage.objects.update(live=False)
        self._turn(engine)
        assert IndexChange.objects.count() == 0
        assert read_status().drift
        make_case("Goes on", live=True)
        index_everything()
        assert look("goes").total == 1


def test_engine_that_fails_during_the_daily_check_does_not_end_the_worker(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_case("A case")
    index_everything()

    def fail(_audience: Audience, _ids: Sequence[str] | None = None) -> Iterator[Entry]:
        raise EngineDown("nobody there")

    monkeypatch.setattr(engine, "scan", fail)
    waits: list[float] = []
    loop = Loop(engine, sleep=waits.append)
    for _turn in range(3):
        loop.turn()
    assert waits
    assert IndexCheck.objects.get().at is None
    assert next_version()
