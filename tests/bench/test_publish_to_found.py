"""How soon after its publication a case is found, with a worker beside the portal."""

import time
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser

from casestudies.models import CaseStudyPage
from search.criteria import Audience, Criteria
from search.engines.base import Request, Write
from search.outbox import next_version
from search.service import find, request_of
from search.sources import CaseSource
from search.worker import drain
from tests.bench.conftest import Used
from tests.bench.data import scaled
from tests.bench.officers import Officers, make_officers
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal
from tests.bench.timing import Samples, milliseconds

pytestmark = pytest.mark.bench
PUBLICATIONS = 20
BETWEEN_LOOKS = 0.01
LONGEST = 30.0
_numbers = count(1)


def test_publish_to_found(portal: Portal, used: Used, report: Report) -> None:
    officers = make_officers()
    waiting = [_cleared(officers) for _case in range(scaled(PUBLICATIONS, least=2) + 1)]
    drain()
    published, bare = Samples(), Samples()
    with portal.worker(**used.environment):
        for case, word in waiting:
            published.append(milliseconds(lambda: _publish_and_find(officers, case, word)))  # noqa: B023
            bare.append(milliseconds(lambda: _write_and_find(used, case)))  # noqa: B023
    # The first waits for the worker to start.
    published, bare = Samples(published[1:]), Samples(bare[1:])
    name = f"Publish to found, {used.name}"
    report.add(
        "found",
        Figure(f"{name}, p50", published.p50, "ms", bare.p50),
        Figure(f"{name}, p95", published.p95, "ms", bare.p95, Limit(2000)),
    )


def _cleared(officers: Officers) -> tuple[CaseStudyPage, str]:
    word = f"foundword{next(_numbers)}x{time.time_ns()}"
    case = officers.write(f"Soon found: {word}")
    officers.clear(case)
    return case, word


def _publish_and_find(officers: Officers, case: CaseStudyPage, word: str) -> None:
    officers.publish(case)
    criteria = Criteria(text=word)
    _until(lambda: bool(find(criteria, AnonymousUser()).hits))


def _write_and_find(used: Used, case: CaseStudyPage) -> None:
    word = f"bareword{time.time_ns()}"
    views = CaseSource().load([case.pk])[case.pk]
    name = f"case-{10**9 + next(_numbers)}"
    documents = {
        audience: None if view is None else dict(view) | {"id": name, "title_en": word}
        for audience, view in views.items()
    }
    request: Request = request_of(Criteria(text=word), AnonymousUser())
    used.engine.write([Write(name, next_version(), documents)])
    _until(lambda: used.engine.search(request).total == 1)
    used.engine.write([Write(name, next_version(), dict.fromkeys(Audience))])


def _until(done: object) -> None:
    end = time.monotonic() + LONGEST
    while not done():
        assert time.monotonic() < end, "it was never found"
        time.sleep(BETWEEN_LOOKS)
