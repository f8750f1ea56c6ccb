"""The Elasticsearch engine: an index an audience behind aliases, one request a search."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.dsl import Search

from search.criteria import Audience
from search.engines import elasticsearch_similar, elasticsearch_suggest
from search.engines.base import Draft, EngineDown, ItemResult, RawHit, RawResults, Request, Write
from search.engines.elasticsearch_bulk import delete_batch, write_batch
from search.engines.elasticsearch_client import WRITE_SECONDS, connect, faults, read, within
from search.engines.elasticsearch_generations import Generations, Names
from search.engines.elasticsearch_hits import read_answer, read_total
from search.engines.elasticsearch_mapping import form
from search.engines.elasticsearch_query import build, build_count
from search.engines.elasticsearch_scan import scan_all, scan_ids
from search.engines.generation import Entry, Generation, Role, form_of, new_name
from search.engines.likeness import About

Places = dict[Audience, dict[str, frozenset[str] | None]]


class ElasticsearchEngine:
    """The contract of an engine on Elasticsearch 8."""

    name = "elasticsearch"

    def __init__(
        self, urls: Sequence[str], *, prefix: str, api_key: str = "", ca: str = ""
    ) -> None:
        self.form = form()
        self.names = Names(prefix)
        self._generations = Generations(self.names)
        self._nodes = len(urls)
        self._client = connect(urls, api_key=api_key, ca=ca)
        self._fields_of = lru_cache(maxsize=16)(self._ask_fields)

    @property
    def patient(self) -> Elasticsearch:
        """The client with the long wait of writers."""
        return within(self._client, WRITE_SECONDS)

    def ping(self) -> bool:
        """Say whether the engine answers and its indices are there."""
        try:
            return self.in_use() is not None
        except EngineDown:
            return False

    def in_use(self) -> Generation | None:
        """Give the generation that searches read; one of another form can be read, too."""
        table = read(self._client, self._generations.table, nodes=self._nodes)
        found = self._generations.all(table)
        return next((each for each in found if each.role is Role.CURRENT), None)

    def counts(self) -> dict[Audience, int]:
        """Give the number of documents that can be found."""
        return {audience: self._count(self.names.reading(audience)) for audience in Audience}

    def _count(self, alias: str) -> int:
        alive = {"term": {"alive": True}}
        answer = read(
            self._client,
            lambda client: client.count(index=alias, query=alive).body,
            nodes=self._nodes,
        )
        with faults():
            return int(answer["count"])

    def search(self, request: Request) -> RawResults:
        """Answer one search in one request."""
        return self.search_in(self.names.reading(request.audience), request)

    def search_in(self, index: str, request: Request) -> RawResults:
        """Answer one search from an index."""
        answer = self._ask(index, build(request))
        with faults():
            return read_answer(answer, request)

    def suggest(self, request: Request) -> tuple[RawHit, ...]:
        """Give titles with words that begin like the request's."""
        index = self.names.reading(request.audience)
        answer = self._ask(index, elasticsearch_suggest.build(request))
        with faults():
            return elasticsearch_suggest.read_hits(answer, request)

    def similar(self, request: Request, about: About) -> tuple[RawHit, ...]:
        """Give other cases like one."""
        index = self.names.reading(request.audience)
        answer = self._ask(index, elasticsearch_similar.build(request, about))
        with faults():
            return elasticsearch_suggest.read_hits(answer, request)

    def _ask(self, index: str, search: Search) -> Any:
        body = search.to_dict()
        return read(
            self._client,
            lambda client: (
                client.search(index=index, body=body, allow_partial_search_results=False).body
            ),
            nodes=self._nodes,
        )

    def totals(self, requests: Sequence[Request]) -> list[int]:
        """Count the results of several searches in one request."""
        lines: list[dict[str, Any]] = []
        for request in requests:
            index = self.names.reading(request.audience)
            lines.append({"index": index, "allow_partial_search_results": False})
            lines.append(build_count(request).to_dict())
        answer = read(
            self._client,
            lambda client: client.msearch(searches=lines).body,
            nodes=self._nodes,
        )
        with faults():
            return [read_total(each) for each in answer["responses"]]

    def scan(self, audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        """Give what the index in use holds."""
        return self.scan_in(self.names.reading(audience), ids)

    def scan_in(self, index: str, ids: Sequence[str] | None) -> Iterator[Entry]:
        """Give what an index holds."""
        with faults():
            if ids is None:
                yield from scan_all(self.patient, index)
            elif ids:
                yield from scan_ids(self.patient, index, ids)

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into every generation that has a role."""
        with faults():
            return write_batch(self.patient, batch, self._kept_in_step(), refresh=True)

    def write_into(self, name: str, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into one generation of today's form, to be found after a refresh."""
        places = {audience: {self.names.writing(audience, name): None} for audience in Audience}
        with faults():
            return write_batch(self.patient, batch, places, refresh=False)

    def purge(self, audience: Audience, entries: Sequence[Entry]) -> None:
        """Forget documents in every generation that has a role."""
        with faults():
            delete_batch(self.patient, entries, list(self._kept_in_step()[audience]))

    def _kept_in_step(self) -> Places:
        names = [found.name for found in self.generations() if found.role]
        if not names:
            raise EngineDown("no index has been made yet")
        return {
            audience: {
                self.names.writing(audience, name): self._known_fields(audience, name)
                for name in names
            }
            for audience in Audience
        }

    def _known_fields(self, audience: Audience, name: str) -> frozenset[str] | None:
        if form_of(name) == self.form:
            return None
        return self._fields_of(self.names.index(audience, name))

    def _ask_fields(self, index: str) -> frozenset[str]:
        # The mapping of an index is strict, so what was asked once stays true.
        told: Any = self.patient.indices.get_mapping(index=index)
        return frozenset(told[index]["mappings"]["properties"])

    def generations(self) -> list[Generation]:
        """Give every generation there is."""
        with faults():
            return self._generations.all(self._generations.table(self.patient))

    def begin(self) -> Draft:
        """Make an empty generation, after what an interrupted rebuild left is removed."""
        with faults():
            table = self._generations.table(self.patient)
            name = new_name(self.form, table)
            for leftover in self._generations.leftovers(table):
                self._generations.drop(self.patient, leftover)
            self._generations.create(self.patient, name)
        return _Draft(self, name)

    def use(self, name: str) -> None:
        """Let all readers have a generation, in one step."""
        with faults():
            self._generations.use(self.patient, name)

    def drop(self, name: str) -> None:
        """Remove a generation that is not in use."""
        with faults():
            self._generations.drop(self.patient, name)

    def refresh(self, name: str) -> None:
        """Make what was written into a generation findable."""
        indices = [self.names.index(audience, name) for audience in Audience]
        with faults():
            self.patient.indices.refresh(index=indices)


class _Draft:
    """A generation of Elasticsearch indices that nobody reads yet."""

    def __init__(self, engine: ElasticsearchEngine, name: str) -> None:
        self.name = name
        self._engine = engine

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into this generation only."""
        return self._engine.write_into(self.name, batch)

    def settle(self) -> None:
        """Make all that was written findable."""
        self._engine.refresh(self.name)

    def search(self, request: Request) -> RawResults:
        """Answer one search from this generation."""
        return self._engine.search_in(self._index(request.audience), request)

    def scan(self, audience: Audience, ids: Sequence[str] | None = None) -> Iterator[Entry]:
        """Give what this generation holds."""
        return self._engine.scan_in(self._index(audience), ids)

    def _index(self, audience: Audience) -> str:
        return self._engine.names.index(audience, self.name)
