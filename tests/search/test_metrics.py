"""What a monitor reads: gauges that are true, for nobody without the token in production."""

import re

import pytest
from django.test import Client
from pytest_django import Settings

from search.engines import get_breaker
from search.models import IndexChange
from search.outbox import record
from search.worker import drain
from tests.factories.cases import make_case
from tests.search.looking import look
from tests.search.servers import refusing
from tests.support.indices import use_elasticsearch

pytestmark = pytest.mark.django_db
SAMPLE = re.compile(r"(portal_search_[a-z_]+)(\{audience=\"[a-z]+\"\})? (\d+(?:\.\d+)?)")
TOKEN = "a token only for this test"


def gauges(client: Client, **headers: str) -> dict[str, float]:
    """Read the page as a monitor does: every line is a comment or a sample that was announced."""
    answer = client.get("/metrics", headers=headers)
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    found, announced = {}, set()
    *lines, end = answer.content.decode().split("\n")
    assert end == ""
    for line in lines:
        if line.startswith("# TYPE "):
            assert line.endswith(" gauge")
            announced.add(line.split()[2])
        elif not line.startswith("# HELP "):
            sample = SAMPLE.fullmatch(line)
            assert sample, line
            assert sample[1] in announced
            found[sample[1].removeprefix("portal_search_") + (sample[2] or "")] = float(sample[3])
    return found


def test_gauges_tell_what_can_be_found_and_what_waits(client: Client) -> None:
    make_case("Public")
    make_case("For Members", visibility="members")
    drain()
    assert gauges(client) == {
        "changes_pending": 0,
        "oldest_change_seconds": 0,
        "changes_refused": 0,
        "engine_up": 1,
        "breaker_open": 0,
        'documents{audience="public"}': 1,
        'documents{audience="members"}': 2,
    }
    record(kind="case", object_ids=[1])
    record(kind="case", object_ids=[2])
    IndexChange.objects.filter(object_id=2).update(dead=True, reason="no room")
    found = gauges(client)
    assert (found["changes_pending"], found["changes_refused"]) == (1, 1)


def test_gauges_tell_that_the_engine_is_down_and_then_spared(
    client: Client, settings: Settings
) -> None:
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        found = gauges(client)
        assert (found["engine_up"], found["breaker_open"]) == (0, 0)
        assert not [name for name in found if name.startswith("documents")]
        while get_breaker().allows():
            look()
        found = gauges(client)
        assert (found["engine_up"], found["breaker_open"]) == (0, 1)


class TestProduction:
    """Not public: without a token there is no such page, with one it is for who shows it."""

    @pytest.fixture(autouse=True)
    def _closed(self, settings: Settings) -> None:
        settings.METRICS_OPEN = False

    def test_there_is_no_page_where_no_token_is_set(self, client: Client) -> None:
        for shown in ("", "Bearer ", "Bearer", "Bearer None"):
            assert client.get("/metrics", headers={"Authorization": shown}).status_code == 404
        assert client.get("/metrics").status_code == 404

    @pytest.mark.parametrize(
        "shown",
        [
            "",
            "Bearer",
            "Bearer ",
            TOKEN,
            f"Basic {TOKEN}",
            f"Bearer {TOKEN}x",
            f"Bearer {TOKEN[:-1]}",
        ],
    )
    def test_a_wrong_token_tells_nothing(
        self, client: Client, settings: Settings, shown: str
    ) -> None:
        settings.METRICS_TOKEN = TOKEN
        answer = client.get("/metrics", headers={"Authorization": shown})
        assert (answer.status_code, answer.content) == (401, b"")
        assert answer["WWW-Authenticate"] == "Bearer"

    def test_the_token_opens_the_page(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = TOKEN
        assert "changes_pending" in gauges(client, Authorization=f"Bearer {TOKEN}")

    def test_it_only_reads_and_is_never_kept(self, client: Client, settings: Settings) -> None:
        settings.METRICS_TOKEN = TOKEN
        assert client.post("/metrics").status_code == 405
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
        assert "no-store" in answer["Cache-Control"]


def test_a_token_is_asked_for_on_a_developers_machine_too_once_there_is_one(
    client: Client, settings: Settings
) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert client.get("/metrics").status_code == 401
