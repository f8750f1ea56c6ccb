"""Mail servers that refuse or are silent, workers that die: nothing is lost, nothing goes twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from casestudies.models import CaseStudyPage, MailChoice, Notification
from casestudies.services import posting
from casestudies.services.notifying import notify
from casestudies.services.posting import ask_for_mails, send_due_mails
from casestudies.states import State
from portal.home.clock import Clock
from tests.factories.review import World, bring_to, make_draft, send
from tests.support.databases import copy_database
from tests.support.smtp import MailServer, mail_server

ROOT = Path(__file__).resolve().parents[2]
MINUTE = timedelta(minutes=1)


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    with mail_server() as opened:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", opened.port
        settings.EMAIL_TIMEOUT = 0.2
        yield opened


@pytest.fixture(scope="module")
def case_as_made(world_as_made: World) -> CaseStudyPage:
    """A case that waits for its decision, of which nobody is still to be written to."""
    case = bring_to(world_as_made, State.DECISION)
    Notification.objects.all().delete()
    return case


@pytest.fixture
def now(case_as_made: CaseStudyPage, world: World) -> datetime:
    """A moment at which two people are to get a mail about the case."""
    moment = timezone.now()
    people = [world["author"].pk, world["contact"].pk]
    notify(event="cleared", case=case_as_made, people=people, now=moment)
    return moment


def asked_for() -> list[DBTaskResult]:
    """What the task worker has been asked to send."""
    return list(DBTaskResult.objects.filter(task_path=posting.send_mails.module_path))


@pytest.mark.parametrize("mood", ["closed", "silent"])
def test_what_an_unreachable_server_does_not_take_goes_out_once_when_it_is_back(
    server: MailServer, now: datetime, mood: str
) -> None:
    server.mood = mood
    assert [send_due_mails(now=now), send_due_mails(now=now)] == [0, 0]
    server.mood = "take"
    later = now + 2 * MINUTE
    assert [send_due_mails(now=later), send_due_mails(now=later)] == [2, 0]
    assert sorted(server.readers) == ["author", "contact"]


def test_a_server_that_cannot_be_reached_is_asked_once_a_turn(
    server: MailServer, now: datetime
) -> None:
    server.mood = "closed"
    send_due_mails(now=now)
    assert sorted(Notification.objects.values_list("attempts", flat=True)) == [0, 1]


def test_an_address_that_is_refused_holds_nobody_else_back(
    server: MailServer, now: datetime
) -> None:
    server.mood, server.refused = "refuse", {"author"}
    assert send_due_mails(now=now) == 1
    server.mood = "take"
    assert send_due_mails(now=now + MINUTE) == 1
    assert server.readers == ["contact", "author"]


def test_a_mail_that_was_taken_is_not_repeated_whatever_becomes_of_the_good_bye(
    server: MailServer, now: datetime
) -> None:
    server.mood = "sulky"
    assert send_due_mails(now=now) == 2
    assert send_due_mails(now=now + timedelta(days=1)) == 0
    assert sorted(server.readers) == ["author", "contact"]


def test_a_mail_taken_without_a_word_is_known_again_by_its_number(
    server: MailServer, now: datetime
) -> None:
    server.mood = "mute"
    assert send_due_mails(now=now) == 0
    server.mood = "take"
    assert send_due_mails(now=now + 2 * MINUTE) == 2
    numbers = [str(item["Message-ID"]) for item in server.taken]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2


def test_pauses_grow_to_an_hour_and_after_two_weeks_the_portal_alone_tells(
    server: MailServer, now: datetime
) -> None:
    server.mood = "refuse"
    first, pauses, moment = Notification.objects.earliest("pk"), [], now
    while first.mail == Notification.Mail.ONCE and moment < now + timedelta(days=30):
        send_due_mails(now=moment)
        first.refresh_from_db()
        pauses.append(first.due_at - moment)
        moment = max(first.due_at, moment + timedelta(hours=12) if len(pauses) > 8 else moment)
    assert pauses[:8] == [MINUTE * minutes for minutes in (1, 2, 4, 8, 16, 32, 60, 60)]
    assert first.mail == Notification.Mail.FAILED
    assert timedelta(days=14) < moment - now < timedelta(days=16)
    assert Notification.objects.unread().filter(pk=first.pk).exists()


def test_what_one_worker_has_claimed_no_other_sends_unless_it_died(
    server: MailServer, now: datetime
) -> None:
    pk = Notification.objects.earliest("pk").pk
    assert posting._claimed(pk, now)
    assert posting._claimed(pk, now) == []
    assert send_due_mails(now=now) == 1
    assert send_due_mails(now=now + posting.LEASE - MINUTE) == 0
    assert send_due_mails(now=now + posting.LEASE) == 1
    assert sorted(server.readers) == ["author", "contact"]


def test_of_two_workers_that_read_the_same_row_one_has_it(now: datetime) -> None:
    seen_by_both = Notification.objects.earliest("pk")
    assert [posting._claim(seen_by_both, now) for _worker in range(2)] == [True, False]


def test_the_request_only_notes_what_is_to_be_sent(
    world: World, settings: Settings, django_capture_on_commit_callbacks: object
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    Notification.objects.all().delete()
    case = make_draft(world)
    with django_capture_on_commit_callbacks(execute=True):
        send(world, case)
    (asked,) = asked_for()
    assert asked.args_kwargs["args"] == [list(Notification.objects.values_list("pk", flat=True))]
    assert mail.outbox == []


def test_the_clock_asks_for_what_is_still_to_be_sent_once(
    now: datetime, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for _turn in range(3):
        ask_for_mails()
    assert len(asked_for()) == 1
    DBTaskResult.objects.all().delete()
    Notification.objects.update(mail=Notification.Mail.SENT)
    ask_for_mails()
    assert asked_for() == []


def test_a_turn_of_the_clock_has_the_mails_sent(now: datetime) -> None:
    Clock().turn()
    assert len(mail.outbox) == 2


def test_a_daily_summary_that_was_refused_comes_once_and_by_day(
    server: MailServer, world: World, case_as_made: CaseStudyPage
) -> None:
    MailChoice.objects.create(person=world["author"], kind="decided", how="daily")
    for _time in range(2):
        notify(event="cleared", case=case_as_made, people=[world["author"].pk])
    due = Notification.objects.latest("pk").due_at
    server.mood = "refuse"
    assert send_due_mails(now=due) == 0
    server.mood = "take"
    evening = due + timedelta(hours=10)
    assert send_due_mails(now=evening) == 0
    morning = due + timedelta(days=1)
    assert [send_due_mails(now=morning), send_due_mails(now=morning)] == [1, 0]
    assert server.readers == ["author"]


class Portal:
    """A portal of its own, with processes that can be killed."""

    def __init__(self, folder: Path, port: int) -> None:
        named = {"DATABASE_URL", "ELASTICSEARCH_URL", "SEARCH_PREFIX"}
        kept = {name: value for name, value in os.environ.items() if name not in named}
        self._environment = kept | {
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATA_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        }
        copy_database(folder / "portal.sqlite3")

    def run(self, *words: str) -> int:
        """Run one process to its end and give how it ended."""
        command = [sys.executable, "-m", "tests.casestudies.mortals", *words]
        return subprocess.run(command, cwd=ROOT, env=self._environment, check=False).returncode


@pytest.mark.slow
@pytest.mark.skipif(connection.vendor != "sqlite", reason="copies an SQLite file")
def test_whoever_is_killed_between_commit_and_mail_loses_nothing(
    django_db_setup: None, tmp_path: Path
) -> None:
    with mail_server() as server:
        portal = Portal(tmp_path, server.port)
        assert portal.run("send", "after the commit") == -signal.SIGKILL
        assert server.taken == []
        assert portal.run("turn") == 0
        assert server.taken == []
        assert portal.run("work", "before the mail") == -signal.SIGKILL
        assert server.taken == []
        assert portal.run("later") == 0
        assert portal.run("turn") == 0
        assert portal.run("work") == 0
        assert server.readers == ["contact"]
        assert portal.run("later") == 0
        assert portal.run("turn") == 0
        assert portal.run("work") == 0
        assert server.readers == ["contact"]
