"""Ten thousand hostile questions: the engine answers each, and gets known shapes only."""

from collections import Counter
from typing import Any

import pytest
from django.conf import settings as portal
from django.test import Client
from elastic_transport import Transport
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as how
from pytest_django import Settings

from search import api
from search.engines.base import Engine
from tests.factories.cases import make_case, make_collection, make_term
from tests.search.hostile import AT_ONCE, questions
from tests.search.looking import index_everything
from tests.search.shapes import check_request

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ANSWERS = {200, 400, 404, 422}
Asked = list[tuple[str, str, Any]]


@pytest.fixture(scope="module")
def _catalogue(standing: None) -> None:
    """A few experiences that some of the questions find."""
    drones = make_term("technology", "drones")
    make_case("Transit under seal", topics=["transit"], terms=[drones], cost="lt-50k")
    make_case("Guichet unique", language="fr", stage="pilot", year=2005)
    make_collection("Collected")


@pytest.fixture
def asked_engine(
    _catalogue: None, engine: Engine, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Asked:
    """Gives what a node is asked, once everything is in the index; nobody counts questions."""
    # Whether it answers is asked here, and not how soon on a busy machine.
    settings.SEARCH_CONNECT_SECONDS = settings.SEARCH_READ_SECONDS = 30.0
    index_everything()
    asked: Asked = []
    send = Transport.perform_request

    def noting(self: Transport, method: str, target: str, **more: Any) -> Any:
        asked.append((method, target, more.get("body")))
        return send(self, method, target, **more)

    monkeypatch.setattr(Transport, "perform_request", noting)
    monkeypatch.setattr(api.throttle, "allow_request", lambda request: True)
    return asked


def _hold(place: str, requests: int, client: Client, asked: Asked) -> None:
    """Asks so many questions at an address, none of them twice; raises AssertionError."""

    @how(
        # What is drawn is often drawn again: questions run out later than examples do.
        max_examples=2 * requests // AT_ONCE,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=questions)
    def ask(drawn: list[str]) -> None:
        for question in drawn:
            if question not in answers and len(answers) < requests:
                asked.clear()
                answers[question] = _answer(client, f"{place}?{question}")
                for method, target, body in asked:
                    check_request(method, target, body, prefix=portal.SEARCH_PREFIX)

    answers: dict[str, int] = {}
    client.raise_request_exception = False
    ask()
    # Neither all refused nor all answered: the questions are of every kind.
    assert len(answers) == requests
    given_back = Counter(answers.values())
    assert given_back[200] > requests // 4
    assert len(given_back) > 1


def _answer(client: Client, address: str) -> int:
    response = client.get(address)
    assert response.status_code in ANSWERS, f"{response.status_code}: {address}"
    # Whoever could make the engine fail would take it from all other readers, too.
    assert response.status_code != 200 or not _is_degraded(response), address
    return response.status_code


def _is_degraded(response: Any) -> bool:
    return bool(
        response.context["results"].degraded if response.context else response.json()["degraded"]
    )


# A page costs several times what an answer of the API does, and a node what the engine inside does.
def test_the_page_answers_whatever_it_is_asked(client: Client, asked_engine: Asked) -> None:
    _hold("/en/search/", 600, client, asked_engine)


def test_the_api_answers_whatever_it_is_asked(
    client: Client, engine: Engine, asked_engine: Asked
) -> None:
    requests = {"embedded": 6_800, "elasticsearch": 2_000}[engine.name]
    _hold("/api/v1/search", requests, client, asked_engine)
