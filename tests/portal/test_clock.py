"""The clock: embargoes and memberships end by themselves, and what fails is tried again."""

import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from casestudies.states import State
from portal.directory.models import Membership, User
from portal.directory.roles import coordinators_group
from portal.home.clock import Clock
from search.models import SearchLogEntry
from tests.factories.review import World, bring_to, fresh, make_world

YESTERDAY = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def end_quietly(person: User) -> None:
    """Make a membership one that ended yesterday, without anybody touching the groups."""
    Membership.objects.filter(person=person).update(until=YESTERDAY)


def coordinates(world: World, name: str) -> bool:
    """Say whether a person stands in the group of Europe's coordinators."""
    return world[name].groups.filter(name=coordinators_group(world.europe)).exists()


def bring_date_forward(case: CaseStudyPage) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    revision = Revision.objects.get(pk=case.latest_revision_id)
    revision.content["go_live_at"] = yesterday.isoformat()
    revision.approved_go_live_at = yesterday
    revision.save()


def test_who_no_longer_holds_a_role_loses_its_group_and_its_way_into_the_admin(
    world: World,
) -> None:
    end_quietly(world["coordinator"])
    assert world["coordinator"].has_perm("wagtailadmin.access_admin")
    Clock().turn()
    assert not coordinates(world, "coordinator")
    assert not world["coordinator"].has_perm("wagtailadmin.access_admin")
    assert coordinates(world, "coordinator2")


def test_who_begins_a_role_today_comes_into_its_group(world: World) -> None:
    today = timezone.localdate()
    Membership.objects.create(
        person=world["reader"], role="coordinator", region=world.europe, since=today
    )
    Clock().turn()
    assert coordinates(world, "reader")


def test_the_daily_work_is_done_once_a_day(world: World) -> None:
    clock = Clock()
    clock.turn()
    end_quietly(world["coordinator"])
    clock.turn()
    assert coordinates(world, "coordinator")
    clock.day = YESTERDAY
    clock.turn()
    assert not coordinates(world, "coordinator")


def test_searches_are_forgotten_once_they_are_old(world: World) -> None:
    for days in (0, 120):
        day = timezone.localdate() - timedelta(days=days)
        SearchLogEntry.objects.create(words=f"{days}", day=day, language="en", count=1)
    Clock().turn()
    assert [entry.words for entry in SearchLogEntry.objects.all()] == ["0"]


def test_daily_work_that_failed_is_done_at_the_next_turn(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    end_quietly(world["coordinator"])
    with monkeypatch.context() as broken:
        broken.setattr("portal.directory.roles._active", _fail(DatabaseError))
        clock.turn()
    assert "sync_people failed" in caplog.text
    assert coordinates(world, "coordinator")
    clock.turn()
    assert not coordinates(world, "coordinator")


def test_a_case_that_cannot_be_published_holds_nothing_back_and_is_tried_again(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clock, case = Clock(), bring_to(world, State.EMBARGOED)
    bring_date_forward(case)
    end_quietly(world["coordinator"])
    with monkeypatch.context() as broken:
        broken.setattr("casestudies.receivers.record_version", _fail(ValidationError))
        clock.turn()
    assert "publish_embargoed_cases failed" in caplog.text
    assert not fresh(case).live
    assert not coordinates(world, "coordinator")
    clock.turn()
    assert fresh(case).live


def _fail(error: type[Exception]) -> object:
    def fail(*_args: object, **_options: object) -> None:
        raise error("broken for this test")

    return fail


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_ends_when_it_is_told_to(number: signal.Signals) -> None:
    code = (
        "import os, django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from portal.home.clock import Clock\n"
        f"Clock.turn = lambda self: os.kill(os.getpid(), {int(number)})\n"
        "call_command('run_clock')\n"
    )
    command = [sys.executable, "-c", code]
    ended = subprocess.run(command, cwd=Path(settings.BASE_DIR), timeout=60, check=False)
    assert ended.returncode == 0
