"""What a page costs the processor and the database."""

import time
from collections.abc import Callable
from functools import partial

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from wagtail.models import Page

from casestudies.models import CaseStudyPage
from portal.home.models import HomePage, StandardPage
from tests.bench.data import scaled
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal
from tests.bench.timing import in_turn

pytestmark = pytest.mark.bench
ROUNDS = 8
CASES = 25
TRIVIAL = "/en/about/"
SITE = "portal.core.middleware.KnownSiteMiddleware"
BUDGETS = {"case": 12, "search": 8, "region": 12}


@pytest.fixture
def addresses(portal: Portal) -> list[str]:
    """Give the addresses of cases all over the catalogue."""
    cases = CaseStudyPage.objects.filter(visibility="public", live=True).order_by("title")
    step = max(1, cases.count() // CASES)
    return [f"/en{case.url.removeprefix('/en')}" for case in cases[::step][:CASES]]


@pytest.fixture
def _trivial(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give standing pages a template of one line."""
    template = engines["django"].from_string("<!doctype html><title>{{ page.title }}</title>")
    monkeypatch.setattr(StandardPage, "get_template", lambda *_arguments, **_named: template)


@pytest.mark.usefixtures("_trivial")
def test_processor_time_of_a_case_page(
    addresses: list[str], report: Report, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = get_wsgi_application()
    middleware = [name for name in django_settings.MIDDLEWARE if name != SITE]
    settings.MIDDLEWARE = middleware
    stock = get_wsgi_application()

    def as_wagtail_comes() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(HomePage, "route", Page.route)
            ask(stock, TRIVIAL)

    def drawn_anew(address: str) -> None:
        cache.clear()
        ask(ours, address)

    def drawn_before(address: str) -> None:
        ask(ours, address)

    wagtails, portals = "a trivial page of Wagtail", "a trivial page of the portal"
    for name, deed, other, yardstick, goal in (
        ("case page", drawn_before, wagtails, as_wagtail_comes, Limit(1.5, of="ratio")),
        ("case page", drawn_before, portals, lambda: ask(ours, TRIVIAL), None),
        ("case page drawn anew", drawn_anew, wagtails, as_wagtail_comes, None),
    ):
        pairs = [(partial(deed, address), yardstick) for address in addresses]
        in_turn(pairs, rounds=1)
        rounds = scaled(ROUNDS, least=2)
        case, trivial = in_turn(pairs, rounds=rounds, clock=time.process_time)
        words = f"Processor time of a {name} beside {other}, p50"
        report.add("processor", Figure(words, case.p50, "ms", trivial.p50, goal))


def ask(application: Callable[..., object], address: str) -> None:
    """Send one request through the whole application and read the answer."""
    path, _mark, query = address.partition("?")
    environ = RequestFactory().generic("GET", path, QUERY_STRING=query).environ
    statuses: list[str] = []
    response = application(environ, lambda status, _headers: statuses.append(status))
    b"".join(response)
    response.close()
    assert statuses == ["200 OK"], (address, statuses)


def test_statements_of_the_pages(addresses: list[str], report: Report) -> None:
    pages = {
        "case": addresses[0],
        "search": "/en/search/?q=transit&region=europe",
        "region": "/en/europe/",
    }
    for name, address in pages.items():
        client = Client()
        client.get(address)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        goal = Limit(BUDGETS[name])
        report.add(
            "statements", Figure(f"SQL of a {name} page", len(captured), "statements", goal=goal)
        )
