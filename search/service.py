"""Finding: the one function that pages, API and feeds call."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.directory.models import Region
from portal.directory.permissions import standing_of
from search.closed import hidden_from
from search.criteria import WINDOW, Audience, Criteria
from search.engines import get_breaker, get_engine
from search.engines.base import Engine, EngineDown, RawResults, Request
from search.engines.listing import list_matching
from search.forgiving import forgiving_if_needed, search_forgiving
from search.presenting import present
from search.results import Hit, Results

if TYPE_CHECKING:
    from portal.directory.models import User

logger = logging.getLogger(__name__)
Answer = TypeVar("Answer")
# How much of a long list is asked for and checked at once.
BATCH = 500


def find(criteria: Criteria, user: "User | AnonymousUser") -> Results:
    """Give what a person may see of what they look for; never raises because of the engine.

    Where nothing has the words themselves, it is what has words that are nearly them.
    """
    request = request_of(criteria, user)
    found = ask_engine(lambda engine: search_forgiving(engine, request))
    if found is None:
        return _listing(criteria, user)
    return present(found, criteria, user, engine=get_engine().name)


def find_all(criteria: Criteria, user: "User | AnonymousUser") -> Iterator[Hit]:
    """Give everything a person may see of what they look for, in order, up to `WINDOW` results.

    Each batch is checked in the database. Raises `EngineDown` where the engine goes away before
    the end: half of a list, or a listing made otherwise, would be taken for the whole.
    """
    asked = request_of(criteria, user)
    request = replace(_surely(lambda engine: forgiving_if_needed(engine, asked)), bare=True)
    for page in range(1, WINDOW // BATCH + 1):
        found = _batch(request, page)
        yield from present(found, criteria, user, engine=get_engine().name).hits
        if found.total <= page * BATCH:
            return


def _batch(request: Request, page: int) -> RawResults:
    part = replace(request, criteria=replace(request.criteria, page=page, size=BATCH))
    return _surely(lambda engine: engine.search(part))


def totals(searches: Sequence[Criteria], user: "User | AnonymousUser") -> list[int] | None:
    """Give how many results a person would get from each search, in one request to the engine.

    None while the engine is away.
    """
    if not searches:
        return []
    known = request_of(searches[0], user)
    requests = [replace(known, criteria=criteria) for criteria in searches]
    return ask_engine(lambda engine: engine.totals(requests))


def _surely(question: Callable[[Engine], Answer]) -> Answer:
    answer = ask_engine(question)
    if answer is None:
        raise EngineDown("the engine went away while a list was read")
    return answer


def ask_engine(question: Callable[[Engine], Answer]) -> Answer | None:
    """Give the engine's answer; None where it is down, unasked while the breaker is open."""
    breaker = get_breaker()
    if not breaker.allows():
        return None
    try:
        answer = question(get_engine())
    except EngineDown as fault:
        breaker.failed()
        logger.warning("search engine down: %s", fault)
        return None
    breaker.succeeded()
    return answer


def _listing(criteria: Criteria, user: "User | AnonymousUser") -> Results:
    found: RawResults = list_matching(criteria, user)
    return present(found, criteria, user, engine="listing", degraded=True)


def request_of(criteria: Criteria, user: "User | AnonymousUser") -> Request:
    """Add to a search what its reader may see: the index, the regions, the withdrawn."""
    standing = standing_of(user)
    sees_all = standing.is_curator or standing.is_superuser
    members = sees_all or standing.is_member_officer
    audience = Audience.MEMBERS if members else Audience.PUBLIC
    regions: tuple[str, ...] | None = None if sees_all else ()
    if members and not sees_all:
        slugs = Region.objects.filter(pk__in=standing.regions).values_list("slug", flat=True)
        regions = tuple(sorted(slugs))
    return Request(criteria, audience, timezone.localdate(), regions, *hidden_from(audience))
