"""The operator's commands: what they print and how they end."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from search.engines import get_engine
from search.models import IndexChange
from search.outbox import record
from tests.factories.cases import make_case
from tests.search.looking import look, titles
from tests.search.servers import refusing
from tests.support.indices import use_elasticsearch

pytestmark = pytest.mark.django_db


def _run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_setup_builds_the_index_once() -> None:
    make_case("Older than the index")
    assert "built" in _run("search_setup")
    assert titles(look("older")) == ["Older than the index"]
    assert "Nothing" in _run("search_setup")


def test_rebuild_brings_in_what_no_signal_told() -> None:
    case = make_case("Before")
    _run("search_worker", "--once")
    type(case).objects.filter(pk=case.pk).update(title="Changed behind the back")
    _run("search_rebuild")
    assert titles(look("behind")) == ["Changed behind the back"]


def test_status_is_one_object_when_all_is_well() -> None:
    _run("search_worker", "--once")
    form, made = get_engine().form, get_engine().in_use()
    assert made
    assert json.loads(_run("search_status", "--json")) == {
        "pending": 0,
        "oldest_seconds": 0.0,
        "dead": 0,
        "drift": 0,
        "engine": "embedded",
        "breaker": "closed",
        "generations": [
            {"name": made.name, "form": form, "role": "current", "public": 0, "members": 0}
        ],
        "rebuild_needed": False,
        "checked": {"hours_ago": 0.0, "objects": 0, "found": {}, "repaired": True, "left": 0},
        "refused": [],
    }
    assert "pending" in _run("search_status")


@pytest.mark.parametrize(
    "trouble",
    [
        {"dead": True, "reason": "no room"},
        {"recorded_at": timezone.now() - timedelta(minutes=10)},
    ],
    ids=["refused", "late"],
)
def test_status_ends_with_one_where_somebody_should_look(trouble: dict[str, object]) -> None:
    _run("search_worker", "--once")
    record(kind="case", object_ids=[1])
    IndexChange.objects.update(**trouble)
    with pytest.raises(CommandError) as ended:
        _run("search_status", "--json")
    assert ended.value.returncode == 1


def test_commands_end_with_one_when_the_engine_is_down(settings: Settings) -> None:
    with refusing() as url:
        use_elasticsearch(settings, url, "search-dev-faulty")
        for command in (
            ["search_setup"],
            ["search_rebuild"],
            ["search_worker", "--once"],
            ["search_status", "--json"],
        ):
            with pytest.raises(CommandError) as ended:
                _run(*command)
            assert ended.value.returncode == 1
