"""The Elasticsearch engine: two indices behind aliases, versioned writes, one request a search."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from elasticsearch import BadRequestError, NotFoundError

from search.criteria import Audience
from search.engines.base import EngineDown, ItemResult, RawResults, Request, Target, Write
from search.engines.elasticsearch_bulk import write_batch
from search.engines.elasticsearch_client import WRITE_SECONDS, connect, faults, read, within
from search.engines.elasticsearch_hits import read_answer
from search.engines.elasticsearch_mapping import index_body
from search.engines.elasticsearch_query import build

Indices = dict[Audience, list[str]]


class ElasticsearchEngine:
    """The contract of an engine on Elasticsearch 8."""

    name = "elasticsearch"

    def __init__(
        self, urls: Sequence[str], *, prefix: str, api_key: str = "", ca: str = ""
    ) -> None:
        self.prefix = prefix
        self._nodes = len(urls)
        self._client = connect(urls, api_key=api_key, ca=ca)

    def reading(self, audience: Audience) -> str:
        """Name the alias that searches of an audience go to."""
        return f"{self.prefix}-{audience.value}"

    def writing(self, audience: Audience) -> str:
        """Name the alias of every index that is kept in step for an audience."""
        return f"{self.reading(audience)}-write"

    def setup(self) -> bool:
        """Make the indices that are missing, with their aliases, each in one step."""
        with faults():
            made = [self._make_first(audience) for audience in Audience]
        return any(made)

    def _make_first(self, audience: Audience) -> bool:
        client = within(self._client, WRITE_SECONDS)
        if client.indices.exists_alias(name=self.reading(audience)):
            return False
        aliases = [self.reading(audience), self.writing(audience)]
        try:
            self._make(f"{self.reading(audience)}-first", aliases)
        except BadRequestError as fault:
            # Another worker was quicker.
            if fault.error != "resource_already_exists_exception":
                raise
        return True

    def _make(self, name: str, aliases: Sequence[str]) -> str:
        client = within(self._client, WRITE_SECONDS)
        client.indices.create(index=name, aliases={alias: {} for alias in aliases}, **index_body())
        return name

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into every index that is kept in step."""
        with faults():
            return write_batch(within(self._client, WRITE_SECONDS), batch, self._attached())

    def _attached(self) -> Indices:
        client = within(self._client, WRITE_SECONDS)
        found = {}
        for audience in Audience:
            try:
                found[audience] = sorted(client.indices.get_alias(name=self.writing(audience)))
            except NotFoundError as fault:
                raise EngineDown("no index has been made yet") from fault
        return found

    def search(self, request: Request) -> RawResults:
        """Answer one search in one request."""
        body = build(request).to_dict()
        alias = self.reading(request.audience)
        answer = read(
            self._client,
            lambda client: (
                client.search(index=alias, body=body, allow_partial_search_results=False).body
            ),
            nodes=self._nodes,
        )
        with faults():
            return read_answer(answer, request)

    def ping(self) -> bool:
        """Say whether the engine answers and its indices are there."""
        try:
            return read(self._client, self._has_aliases, nodes=self._nodes)
        except EngineDown:
            return False

    def _has_aliases(self, client: Any) -> bool:
        return all(
            bool(client.indices.exists_alias(name=self.reading(audience))) for audience in Audience
        )

    def counts(self) -> dict[Audience, int]:
        """Give the number of documents that can be found."""
        return {audience: self._count(self.reading(audience)) for audience in Audience}

    def _count(self, alias: str) -> int:
        alive = {"term": {"alive": True}}
        answer = read(
            self._client,
            lambda client: client.count(index=alias, query=alive).body,
            nodes=self._nodes,
        )
        with faults():
            return int(answer["count"])

    @contextmanager
    def rebuilding(self) -> Iterator[Target]:
        """Fill new indices, which every writer keeps in step from their first moment, and switch.

        The indices that were in use are left until the next rebuild: a writer that has just
        looked up their names must not make them anew.
        """
        with faults():
            self._remove_unused()
            before = self._attached()
            stamp = time.time_ns()
            made: Indices = {
                audience: [
                    self._make(f"{self.reading(audience)}-{stamp}", [self.writing(audience)])
                ]
                for audience in Audience
            }
        try:
            yield _Fresh(self, made)
        except BaseException:
            self._give_up(made)
            raise
        with faults():
            self._switch(before, made)

    def _switch(self, before: Indices, made: Indices) -> None:
        client = within(self._client, WRITE_SECONDS)
        actions: list[dict[str, Any]] = []
        for audience in Audience:
            read_alias, write_alias = self.reading(audience), self.writing(audience)
            for index in made[audience]:
                client.indices.refresh(index=index)
                actions.append({"add": {"index": index, "alias": read_alias}})
            for index in before[audience]:
                actions.append({"remove": {"index": index, "alias": write_alias}})
                removed = {"index": index, "alias": read_alias, "must_exist": False}
                actions.append({"remove": removed})
        client.indices.update_aliases(actions=actions)

    def _give_up(self, made: Indices) -> None:
        client = within(self._client, WRITE_SECONDS)
        with faults():
            for names in made.values():
                client.indices.delete(index=names, ignore_unavailable=True)

    def _remove_unused(self) -> None:
        client = within(self._client, WRITE_SECONDS)
        for audience in Audience:
            known = client.indices.get_alias(index=f"{self.reading(audience)}-*")
            unused = [name for name, found in known.items() if not found["aliases"]]
            if unused:
                client.indices.delete(index=unused, ignore_unavailable=True)

    def write_into(self, indices: Indices, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into these indices only."""
        with faults():
            return write_batch(within(self._client, WRITE_SECONDS), batch, indices)


class _Fresh:
    """The new indices of a rebuild."""

    def __init__(self, engine: ElasticsearchEngine, indices: Indices) -> None:
        self._engine = engine
        self._indices = indices

    def write(self, batch: Sequence[Write]) -> list[ItemResult]:
        """Write a batch into the new indices."""
        return self._engine.write_into(self._indices, batch)
