"""What was withdrawn is seen nowhere once the request has answered, whatever the engine does."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from pytest_django import Settings

from search import service
from search.closed import Hidden
from search.engines.base import Engine
from search.worker import drain
from tests.factories.directory import make_administration, make_user
from tests.search.canary import WAYS, Canary, Reader, plant
from tests.search.channels import CHANNELS
from tests.search.looking import index_everything
from tests.search.servers import hanging, refusing
from tests.support.indices import use_elasticsearch

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ON_A_NODE = pytest.mark.elasticsearch
# An engine in the same process is there or not: it cannot keep anybody waiting.
STATES = [
    pytest.param("embedded", "up"),
    pytest.param("embedded", "down"),
    pytest.param("elasticsearch", "up", marks=ON_A_NODE),
    pytest.param("elasticsearch", "down", marks=ON_A_NODE),
    pytest.param("elasticsearch", "hung", marks=ON_A_NODE),
]
# The log is the curator's alone, who reads everything.
SILENT = {"search log"}
# An officer of another region may read what is for Members.
ALLOWED = {"for Members"}
Seen = set[tuple[str, str, bool]]


@pytest.fixture(scope="module")
def canaries(standing: None) -> dict[str, Canary]:
    """Gives a planted case for every way of withdrawing."""
    return {way: plant(way) for way in WAYS}


@pytest.fixture
def readers(canaries: dict[str, Canary]) -> list[Reader]:
    """Gives a visitor and an officer of a Member in another region."""
    kenya = make_administration("kenya", region="east-southern-africa")
    return [Reader(), Reader(make_user("contributor", administration=kenya))]


def _seen(readers: list[Reader], canaries: dict[str, Canary]) -> Seen:
    """Gives every channel that shows a canary, by the way it was withdrawn, and to whom."""
    found = set()
    for reader in readers:
        reader.let_time_pass()
        for way, canary in canaries.items():
            for name, channel in CHANNELS.items():
                if channel(reader, canary):
                    found.add((name, way, reader.is_officer))
    return found


def _leaks(readers: list[Reader], canaries: dict[str, Canary]) -> Seen:
    seen = _seen(readers, canaries)
    return {item for item in seen if not (item[2] and item[1] in ALLOWED)}


def _withdraw(canaries: dict[str, Canary]) -> None:
    for way, act in WAYS.items():
        act(canaries[way])


@contextmanager
def _engine_is(state: str, settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Takes the engine away: refusing, hanging, or (in process) without an index."""
    if state == "up":
        yield
        return
    before = settings.ELASTICSEARCH_URLS, settings.SEARCH_DIR, settings.SEARCH_READ_SECONDS
    servers: dict[str, AbstractContextManager[str]] = {"down": refusing(), "hung": hanging()}
    with servers[state] as url:
        if settings.SEARCH_ENGINE == "elasticsearch":
            use_elasticsearch(settings, url, settings.SEARCH_PREFIX)
            settings.SEARCH_READ_SECONDS = 0.2
        else:
            settings.SEARCH_DIR = tmp_path / "nothing here"
        yield
    settings.ELASTICSEARCH_URLS, settings.SEARCH_DIR, settings.SEARCH_READ_SECONDS = before


@pytest.mark.parametrize(("engine", "state"), STATES, indirect=["engine"])
def test_withdrawn_words_are_seen_in_no_channel(
    engine: Engine,
    canaries: dict[str, Canary],
    readers: list[Reader],
    settings: Settings,
    tmp_path: Path,
    state: str,
) -> None:
    index_everything()
    with _engine_is(state, settings, tmp_path):
        _withdraw(canaries)
        assert _leaks(readers, canaries) == set()
    if state != "up":
        # It is back and still holds everything: no worker has run yet.
        assert _leaks(readers, canaries) == set()
    drain()
    assert _leaks(readers, canaries) == set()


@pytest.mark.parametrize(
    "engine", ["embedded", pytest.param("elasticsearch", marks=ON_A_NODE)], indirect=True
)
def test_every_channel_shows_what_was_not_withdrawn_and_what_nobody_hides(
    engine: Engine,
    canaries: dict[str, Canary],
    readers: list[Reader],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    index_everything()
    shown = _seen(readers, canaries)
    assert {channel for channel, _way, _officer in shown} == CHANNELS.keys() - SILENT
    assert {way for _channel, way, _officer in shown} == WAYS.keys()
    _withdraw(canaries)
    monkeypatch.setattr(service, "hidden_from", lambda audience: Hidden((), ()))
    told = {channel for channel, _way, _officer in _leaks(readers, canaries)}
    # What is shown of a hit is read in the database once more; what is counted is not.
    assert told == {"total", "facet keys", "facet counts"}
