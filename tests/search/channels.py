"""Every channel through which a reader could learn of a case; a new one is one line more."""

from collections.abc import Callable

from tests.search.canary import SHARED, Canary, Reader

Channel = Callable[[Reader, Canary], bool]


# All planted cases at once: on one page, so that few pages have to be made.
_TOGETHER = f"/fr/search/?q={SHARED}"


def _file(address: str) -> Channel:
    return lambda reader, canary: canary.is_in(reader.get(address))


def _hits(reader: Reader, canary: Canary) -> bool:
    found = reader.get_json(f"/api/v1/search?q={SHARED}&ui=fr")
    return canary.is_in(str(found["results"]))


def _total(reader: Reader, canary: Canary) -> bool:
    # On a page without hits: nothing can be taken off the number after the engine has counted.
    found = reader.get_json(f"/api/v1/search?q={canary.asked}&ui=fr&size=1&page=2")
    return not canary.text_only and found["total"] > 0


def _facet_keys(reader: Reader, canary: Canary) -> bool:
    return not canary.text_only and f'value="{canary.topic}"' in reader.get(_TOGETHER)


def _facet_counts(reader: Reader, canary: Canary) -> bool:
    counts = reader.get_json("/api/v1/search?kind=case")["facets"]["topic"]
    # One is the neighbour's.
    found = {value["value"]: value["count"] for value in counts}
    return not canary.text_only and found.get(canary.topic, 0) > 1


def _suggestions(reader: Reader, canary: Canary) -> bool:
    return canary.is_in(reader.get(f"/fr/search/suggest/?q={canary.asked[:-2]}"))


def _did_you_mean(reader: Reader, canary: Canary) -> bool:
    slip = canary.watched[:3] + canary.watched[4:]
    return canary.is_in(reader.get(f"/fr/search/?q={slip}"))


def _highlights(reader: Reader, canary: Canary) -> bool:
    return canary.is_in(reader.get(_TOGETHER))


def _similar(reader: Reader, canary: Canary) -> bool:
    return canary.is_in(reader.get(f"/fr/search/similar/{canary.neighbour}/"))


def _api_lists(reader: Reader, canary: Canary) -> bool:
    lists = reader.get("/api/v1/case-studies?size=100")
    return canary.is_in(lists + reader.get(f"/api/v1/collections/collection-{canary.collection}"))


def _api_counts(reader: Reader, canary: Canary) -> bool:
    rows = reader.get_json("/api/v1/topics?size=100")["results"]
    counts = {row["slug"]: row["count"] for row in rows}
    return not canary.text_only and counts[canary.topic] > 1


def _api_record(reader: Reader, canary: Canary) -> bool:
    return canary.is_in(reader.get(f"/api/v1/case-studies/{canary.number}"))


CHANNELS: dict[str, Channel] = {
    "hits": _hits,
    "total": _total,
    "facet keys": _facet_keys,
    "facet counts": _facet_counts,
    "suggestions": _suggestions,
    "did you mean": _did_you_mean,
    "highlights": _highlights,
    "similar": _similar,
    "feed": _file(f"/fr/search/feed/?q={SHARED}"),
    "CSV": _file("/fr/search/export.csv"),
    "XLSX": _file("/fr/search/export.xlsx"),
    "JSON": _file("/api/v1/search?size=100&ui=fr"),
    "API lists": _api_lists,
    "API counts": _api_counts,
    "API record": _api_record,
    "search log": _file("/admin/search/weak/"),
}
