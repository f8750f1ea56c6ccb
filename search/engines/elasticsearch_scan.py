"""Looking through an index without its texts: some ids, or everything as of one moment."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from elasticsearch import Elasticsearch

from search.engines.base import EngineDown
from search.engines.generation import Entry

PAGE = 5_000
KEPT_OPEN = "2m"
# Read from the columns of the index: taking the texts apart costs a hundred times as much.
COLUMNS = [
    {"field": name} for name in ("id", "version", "alive", "digest", "kind", "region", "visibility")
]


def scan_ids(client: Elasticsearch, index: str, ids: Sequence[str]) -> Iterator[Entry]:
    """Give what an index holds of these ids, at most 5,000 of them."""
    yield from _read(
        client.search(
            index=index,
            query={"terms": {"id": list(ids)}},
            size=len(ids),
            source=False,
            docvalue_fields=COLUMNS,
            allow_partial_search_results=False,
        ).body
    )


def scan_all(client: Elasticsearch, index: str) -> Iterator[Entry]:
    """Give everything an index holds, as of the moment of the first question."""
    point = client.open_point_in_time(index=index, keep_alive=KEPT_OPEN)["id"]
    try:
        after: list[Any] | None = None
        while True:
            answer = client.search(
                pit={"id": point, "keep_alive": KEPT_OPEN},
                size=PAGE,
                source=False,
                docvalue_fields=COLUMNS,
                sort=["_shard_doc"],
                search_after=after,
                track_total_hits=False,
            ).body
            yield from _read(answer)
            hits = answer["hits"]["hits"]
            if len(hits) < PAGE:
                return
            after = hits[-1]["sort"]
    finally:
        client.close_point_in_time(id=point)


def _read(answer: Mapping[str, Any]) -> Iterator[Entry]:
    if answer["timed_out"] or answer["_shards"]["failed"]:
        raise EngineDown("only a part of the index answered in time")
    for hit in answer["hits"]["hits"]:
        held = {name: values[0] for name, values in hit["fields"].items()}
        yield Entry(
            id=hit["_id"],
            version=held["version"],
            alive=held["alive"],
            digest=held.get("digest", ""),
            category=(held.get("kind", ""), held.get("region", ""), held.get("visibility", "")),
        )
