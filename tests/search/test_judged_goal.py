"""How well the demonstration content is found, by the judged queries: on either engine alike."""

from functools import cache
from statistics import fmean

import pytest
from django.conf import settings as configured
from pytest_django import Settings

from portal.home.demo_accounts import make_demo_accounts
from portal.home.demo_content import seed_cases
from portal.home.services import set_up_portal
from search.engines.weights import WEIGHTS
from search.evaluation.judgements import read_judgements
from search.evaluation.portal_content import read_cases
from search.evaluation.runs import ask_all
from search.evaluation.scratch import filled_engine
from tests.support.indices import use_elasticsearch

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GOAL, APART = 0.85, 0.03
JUDGEMENTS = configured.BASE_DIR / "tests" / "search" / "judgements"


@pytest.fixture(scope="module")
def library(standing: None) -> None:
    """The published cases of the demonstration."""
    set_up_portal()
    make_demo_accounts(password="a password for showing")
    seed_cases()


@cache
def mean_ndcg(engine: str) -> float:
    questions, documents = read_judgements(JUDGEMENTS), list(read_cases())
    names = {document["id"]: name for name, document in documents}
    with filled_engine(engine, (document for _name, document in documents)) as held:
        return fmean(answer.ndcg for answer in ask_all(held, questions, names, WEIGHTS))


@pytest.mark.usefixtures("library")
def test_embedded_engine_reaches_the_goal() -> None:
    assert mean_ndcg("embedded") >= GOAL


@pytest.mark.usefixtures("library")
def test_elasticsearch_reaches_the_goal_and_the_embedded_engine_is_near(
    settings: Settings, elasticsearch_url: str
) -> None:
    use_elasticsearch(settings, elasticsearch_url, "search-dev")
    assert mean_ndcg("elasticsearch") >= GOAL
    assert abs(mean_ndcg("elasticsearch") - mean_ndcg("embedded")) <= APART
