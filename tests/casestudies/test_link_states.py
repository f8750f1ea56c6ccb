"""Links of cases: gathered from what was saved, followed by the worker, read by the check."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.checks.findings import Matter
from casestudies.checks.links import DeadLink
from casestudies.models import CaseStudyPage, LinkState
from casestudies.services.drafts import save_answers
from casestudies.services.links import follow_links, watch_links
from portal.directory.models import User
from portal.home.clock import Clock
from tests.portal.test_outward import HERE, server

Outcome = LinkState.Outcome


def save_links(case: CaseStudyPage, author: User, *addresses: str, video: str = "") -> None:
    """Answer the question for links, as its screen does."""
    case.refresh_from_db()
    rows = [{"url": address, "title": "A page"} for address in addresses]
    base = case.latest_revision_id
    answers = {"links": rows, "video": video}
    save_answers(case=case, author=author, answers=answers, base_revision_id=base)


def watch(address: str, **fields: object) -> LinkState:
    """Put an address into the table that is due."""
    return LinkState.objects.create(address=address, due_at=timezone.now(), **fields)


def found_in(case: CaseStudyPage, author: User) -> list[tuple[str, tuple[str, ...]]]:
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    return [(one.question, one.quotes) for one in DeadLink().look(Matter(draft, author))]


def test_links_of_drafts_are_noted_and_forgotten_when_no_case_names_them(
    case: CaseStudyPage, author: User
) -> None:
    save_links(case, author, "https://one.example/", video="https://film.example/")
    assert watch_links(since=timezone.now() - timedelta(minutes=5)) == 2
    assert watch_links() == 0
    save_links(case, author, "https://two.example/")
    assert watch_links(since=timezone.now() - timedelta(minutes=5)) == 1
    assert LinkState.objects.count() == 3
    watch_links()
    assert [row.address for row in LinkState.objects.all()] == ["https://two.example/"]


def test_old_drafts_are_not_read_every_minute(case: CaseStudyPage, author: User) -> None:
    save_links(case, author, "https://one.example/")
    assert watch_links(since=timezone.now() + timedelta(minutes=5)) == 0


def test_following_tells_what_is_there_from_what_is_not(db: None) -> None:
    answers = {
        b"/here": b"HTTP/1.1 200 OK\r\n\r\n",
        b"/locked": b"HTTP/1.1 403 No\r\n\r\n",
        b"/gone": b"HTTP/1.1 410 Gone\r\n\r\n",
    }
    with server(answers) as (base, _asked):
        for path in ("here", "locked", "gone"):
            watch(f"{base}/{path}")
            assert follow_links(reach=HERE) == 1
    outcomes = [row.outcome for row in LinkState.objects.order_by("pk")]
    assert outcomes == [Outcome.ALIVE, Outcome.UNSURE, Outcome.GONE]
    assert not LinkState.objects.filter(due_at__lte=timezone.now()).exists()


def test_a_host_is_asked_once_in_a_turn_and_nothing_that_is_not_due(db: None) -> None:
    with server({}) as (base, asked):
        for number in range(3):
            watch(f"{base}/{number}")
        LinkState.objects.filter(address__endswith="0").update(
            due_at=timezone.now() + timedelta(days=1)
        )
        assert [follow_links(reach=HERE) for _turn in range(3)] == [1, 1, 0]
    assert len(asked) == 2


def test_nothing_is_begun_when_the_time_is_over(db: None) -> None:
    watch("https://one.example/")
    assert follow_links(seconds=0) == 0


def test_a_link_into_the_own_network_is_never_followed_and_said_to_be_dead(
    case: CaseStudyPage, author: User
) -> None:
    with server({}) as (base, asked):
        save_links(case, author, f"{base}/admin")
        watch_links()
        follow_links()
        assert asked == []
    assert found_in(case, author) == [("links", (f"{base}/admin",))]


def test_a_page_that_is_gone_is_a_note_at_its_question(case: CaseStudyPage, author: User) -> None:
    save_links(case, author, "https://a.example/", video="https://b.example/")
    now = timezone.now()
    watch("https://a.example/", outcome=Outcome.ALIVE, looked_at=now)
    watch("https://b.example/", outcome=Outcome.GONE, looked_at=now, failures=1)
    assert found_in(case, author) == [("video", ("https://b.example/",))]


@pytest.mark.parametrize(("failures", "is_dead"), [(1, False), (2, True)])
def test_a_site_that_does_not_answer_is_dead_the_second_time(
    case: CaseStudyPage, author: User, failures: int, is_dead: bool
) -> None:
    save_links(case, author, "https://a.example/")
    state = {"outcome": Outcome.UNREACHABLE, "failures": failures, "looked_at": timezone.now()}
    watch("https://a.example/", **state)
    assert bool(found_in(case, author)) is is_dead


def test_failures_are_counted_and_forgotten_when_the_page_is_back(db: None) -> None:
    with server({b"/": b"HTTP/1.1 200 OK\r\n\r\n"}) as (base, _asked):
        row = watch(f"{base}/x")
        follow_links(reach=HERE)
        LinkState.objects.filter(pk=row.pk).update(due_at=timezone.now())
        follow_links(reach=HERE)
        row.refresh_from_db()
        assert row.failures == 2
        LinkState.objects.filter(pk=row.pk).update(due_at=timezone.now(), address=f"{base}/")
        follow_links(reach=HERE)
        row.refresh_from_db()
    assert (row.failures, row.outcome) == (0, Outcome.ALIVE)


def test_looking_at_a_draft_fetches_nothing(case: CaseStudyPage, author: User) -> None:
    with server({}) as (base, asked):
        save_links(case, author, f"{base}/")
        draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
        with CaptureQueriesContext(connection) as statements:
            list(DeadLink().look(Matter(draft, author)))
        assert asked == []
    assert len(statements) == 1


def test_the_clock_notes_links_and_follows_them(case: CaseStudyPage, author: User) -> None:
    with server({}) as (base, _asked):
        save_links(case, author, f"{base}/")
        Clock(day=timezone.localdate()).turn()
    assert LinkState.objects.get().outcome == Outcome.FORBIDDEN


def test_the_command_says_what_it_did(
    case: CaseStudyPage, author: User, capsys: pytest.CaptureFixture[str]
) -> None:
    with server({}) as (base, _asked):
        save_links(case, author, f"{base}/")
        call_command("check_links")
    assert capsys.readouterr().out == "new: 1, followed: 1\n"
