"""Two writers at once, one of them held on its way: whatever arrives last, the newer state stays.

Each race is told a second time with the rule taken away that decides it: then it is lost.
"""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from casestudies.models import CaseStudyPage
from search.criteria import Audience
from search.engines import elasticsearch, elasticsearch_bulk, get_engine
from search.engines.base import ItemResult, Outcome, Write
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.generation import Role
from search.outbox import claim, document_id, finish, next_version, record
from search.sources import views_of
from search.worker import drain, look_at
from tests.factories.cases import make_case
from tests.search.looking import index_everything, look, titles
from tests.search.servers import PATIENCE, Parking, parking
from tests.support.indices import empty_indices, make_index, use_elasticsearch

pytestmark = pytest.mark.django_db


@pytest.fixture
def engine(settings: Settings, elasticsearch_url: str, shared_prefix: str) -> ElasticsearchEngine:
    """Gives the engine that the portal uses, with nothing in it."""
    use_elasticsearch(settings, elasticsearch_url, shared_prefix)
    engine = get_engine()
    assert isinstance(engine, ElasticsearchEngine)
    make_index(engine)
    empty_indices(elasticsearch_url, shared_prefix)
    return engine


@pytest.fixture
def park(elasticsearch_url: str) -> Iterator[Parking]:
    """Gives the place where a request of a second worker is held."""
    with parking(elasticsearch_url) as place:
        yield place


@pytest.fixture
def late(engine: ElasticsearchEngine, park: Parking) -> ElasticsearchEngine:
    """Gives the engine of that second worker."""
    return ElasticsearchEngine([park.url], prefix=engine.names.prefix)


@pytest.fixture
def without_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Takes the numbers off every write."""
    whole = elasticsearch_bulk._place

    def bare(*args: Any) -> dict[str, Any]:
        place = whole(*args)
        return {name: place[name] for name in ("_index", "_id")}

    monkeypatch.setattr(elasticsearch_bulk, "_place", bare)


@pytest.fixture
def without_dual_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets writers forget the generations that nobody reads."""
    every = ElasticsearchEngine.generations

    def current_only(engine: ElasticsearchEngine) -> list[Any]:
        return [found for found in every(engine) if found.role is Role.CURRENT]

    monkeypatch.setattr(ElasticsearchEngine, "generations", current_only)


def _publish(case: CaseStudyPage) -> None:
    case.save_revision().publish(skip_permission_checks=True)


def _change_title(case: CaseStudyPage, title: str) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(title=title)
    record(kind="case", object_ids=[case.pk])


def _read_now(case: CaseStudyPage) -> list[Write]:
    """Gives what a worker would write that reads the case now."""
    place = ("case", case.pk)
    return [Write(document_id(*place), next_version(), views_of([place])[0])]


def _read_by_a_worker() -> list[Write]:
    """Gives what a worker writes that has taken the changes which are due."""
    return look_at(claim())


def _alive(engine: ElasticsearchEngine) -> int:
    return engine.counts()[Audience.MEMBERS]


class TestPublishAgainstWithdraw:
    """A publication is on its way to the index while the case is withdrawn."""

    def _race(self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking) -> Any:
        case = make_case("Here for a moment", live=False)
        _publish(case)
        batch = _read_by_a_worker()
        with park.holding(lambda: late.write(batch)) as result:
            CaseStudyPage.objects.get(pk=case.pk).unpublish()
            drain(engine)
            assert _alive(engine) == 0
        return result.result()

    def test_withdrawal_stays(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        assert [told.outcome for told in self._race(engine, late, park)] == [Outcome.STALE]
        assert _alive(engine) == 0
        assert look("moment").total == 0

    @pytest.mark.usefixtures("without_versions")
    def test_without_numbers_the_case_comes_back(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._race(engine, late, park)
        assert _alive(engine) == 1


class TestWithdrawAgainstPublish:
    """A withdrawal is on its way to the index while the case is published again."""

    def _race(self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking) -> None:
        case = make_case("There and back")
        index_everything()
        case.unpublish()
        claims = claim()
        batch = look_at(claims)
        with park.holding(lambda: late.write(batch)):
            _publish(CaseStudyPage.objects.get(pk=case.pk))
            drain(engine)
            assert _alive(engine) == 1
        finish(claims)

    def test_publication_stays(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._race(engine, late, park)
        assert _alive(engine) == 1
        assert titles(look("back")) == ["There and back"]

    @pytest.mark.usefixtures("without_versions")
    def test_without_numbers_the_case_is_lost(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._race(engine, late, park)
        assert _alive(engine) == 0


class TestPublicationAfterTheEngineForgot:
    """A publication arrives so late that Elasticsearch has forgotten what was deleted."""

    def test_tombstone_stays_where_a_deletion_does_not(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._forget_quickly(engine)
        case, witness = make_case("Withdrawn"), make_case("Only deleted")
        index_everything()
        held, of_witness = _read_now(case), _read_now(witness)
        with park.holding(lambda: late.write(held)) as result:
            case.unpublish()
            drain(engine)
            self._delete(engine, witness)
            # The negative control is in the race: what was only deleted comes back.
            end = time.monotonic() + PATIENCE
            while self._alive_in_both(engine) != [{f"case-{witness.pk}"}] * 2:
                assert time.monotonic() < end, "the engine never forgot"
                engine.write(of_witness)
        assert [told.outcome for told in result.result()] == [Outcome.STALE]
        assert self._alive_in_both(engine) == [{f"case-{witness.pk}"}] * 2

    @staticmethod
    def _alive_in_both(engine: ElasticsearchEngine) -> list[set[str]]:
        return [
            {entry.id for entry in engine.scan(audience) if entry.alive} for audience in Audience
        ]

    @staticmethod
    def _forget_quickly(engine: ElasticsearchEngine) -> None:
        indices = [engine.names.reading(audience) for audience in Audience]
        engine.patient.indices.put_settings(index=indices, settings={"index.gc_deletes": "1ms"})

    @staticmethod
    def _delete(engine: ElasticsearchEngine, case: CaseStudyPage) -> None:
        number = next_version()
        for audience in Audience:
            found = engine.scan(audience, [f"case-{case.pk}"])
            engine.purge(audience, [entry._replace(version=number) for entry in found])


class TestDeletionAgainstANewNode:
    """A write is on its way while its case is deleted and, later, the node comes back empty."""

    def _race(self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking) -> None:
        case = make_case("Gone with the node")
        batch = _read_now(case)
        with park.holding(lambda: late.write(batch)):
            case.delete()
            drain(engine)
            engine.patient.indices.delete(index=list(_indices(engine)))
            drain(engine)

    def test_index_made_anew_does_not_take_it(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        # Nothing in the new index speaks against it: neither a case nor a tombstone.
        self._race(engine, late, park)
        assert _alive(engine) == 0

    def test_under_a_name_used_again_the_case_comes_back(
        self,
        engine: ElasticsearchEngine,
        late: ElasticsearchEngine,
        park: Parking,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        (name,) = [found.name for found in engine.generations()]
        monkeypatch.setattr(elasticsearch, "new_name", lambda form, taken: name)
        self._race(engine, late, park)
        assert _alive(engine) == 1


def _indices(engine: ElasticsearchEngine) -> Any:
    return engine.patient.indices.get(index=f"{engine.names.prefix}-*")


class TestWriteDuringARebuild:
    """A case changes while a new generation is being filled."""

    def _behind_the_copy(self, engine: ElasticsearchEngine) -> None:
        case = make_case("As it was")
        index_everything()
        draft = engine.begin()
        draft.write(_read_now(case))
        _change_title(case, "As it is")
        drain(engine)
        draft.settle()
        engine.use(draft.name)

    def test_change_behind_the_copy_point_is_in_the_new_generation(
        self, engine: ElasticsearchEngine
    ) -> None:
        self._behind_the_copy(engine)
        assert titles(look("as it")) == ["As it is"]
        assert _titles_in_the_index(engine) == ["As it is"]

    @pytest.mark.usefixtures("without_dual_write")
    def test_without_dual_write_it_is_lost(self, engine: ElasticsearchEngine) -> None:
        self._behind_the_copy(engine)
        assert _titles_in_the_index(engine) == ["As it was"]

    def _before_the_copy(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> list[ItemResult]:
        """A worker has read the case, the rebuild copies a newer state, and then the worker's
        write arrives in both generations."""
        case = make_case("As it was")
        index_everything()
        draft = engine.begin()
        batch = _read_now(case)
        with park.holding(lambda: late.write(batch)) as result:
            _change_title(case, "As it is")
            draft.write(_read_now(case))
            drain(engine)
        draft.settle()
        engine.use(draft.name)
        return result.result()

    def test_late_write_from_before_the_copy_point_changes_nothing(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        results = self._before_the_copy(engine, late, park)
        assert [told.outcome for told in results] == [Outcome.STALE]
        assert _titles_in_the_index(engine) == ["As it is"]

    @pytest.mark.usefixtures("without_versions")
    def test_without_numbers_the_older_state_is_found(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._before_the_copy(engine, late, park)
        assert _titles_in_the_index(engine) == ["As it was"]

    def _late_copy(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        """The rebuild has read the case, a worker brings a newer state, then the copy arrives."""
        case = make_case("As it was")
        index_everything()
        draft = late.begin()
        copy = _read_now(case)
        with park.holding(lambda: draft.write(copy)):
            _change_title(case, "As it is")
            drain(engine)
        draft.settle()
        engine.use(draft.name)

    def test_late_copy_does_not_undo_what_a_worker_brought(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._late_copy(engine, late, park)
        assert _titles_in_the_index(engine) == ["As it is"]

    @pytest.mark.usefixtures("without_versions")
    def test_without_numbers_the_copy_undoes_it(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        self._late_copy(engine, late, park)
        assert _titles_in_the_index(engine) == ["As it was"]

    def test_write_that_knew_only_the_old_generation_loses_nothing(
        self, engine: ElasticsearchEngine, late: ElasticsearchEngine, park: Parking
    ) -> None:
        """It has looked up where to write before the rebuild began, and arrives after the swap."""
        case = make_case("As it was")
        index_everything()
        _change_title(case, "As it is")
        batch = _read_by_a_worker()
        with park.holding(lambda: late.write(batch)) as result:
            draft = engine.begin()
            draft.write(_read_now(case))
            draft.settle()
            engine.use(draft.name)
        assert [told.outcome for told in result.result()] == [Outcome.DONE]
        assert _titles_in_the_index(engine) == ["As it is"]


def _titles_in_the_index(engine: ElasticsearchEngine) -> list[str]:
    """Gives the titles as the index in use holds them, whatever the database says by now."""
    answer = engine.patient.search(index=engine.names.reading(Audience.MEMBERS))
    return [hit["_source"]["title_en"] for hit in answer["hits"]["hits"]]
