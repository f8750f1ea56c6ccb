"""Asking the engine once more for words alike, where nothing at all has the words themselves."""

from dataclasses import replace

from search.engines.base import RawResults, Readable, Request


def search_forgiving(engine: Readable, request: Request) -> RawResults:
    """Give what was found, if need be by forgiving typing mistakes; raises `EngineDown`."""
    found = engine.search(request)
    if not _knows_none(request, found):
        return found
    return replace(engine.search(replace(request, forgiving=True)), forgiven=True)


def forgiving_if_needed(engine: Readable, request: Request) -> Request:
    """Give the request that `search_forgiving` would answer with; raises `EngineDown`."""
    needed = _knows_none(request, engine.search(request))
    return replace(request, forgiving=True) if needed else request


def _knows_none(request: Request, found: RawResults) -> bool:
    # Where only what the reader chose keeps back what the words would find, they are right.
    known = any(number for counts in found.counts.values() for number in counts.values())
    return bool(request.criteria.text) and not found.total and not known
