"""Mails of the review: to the people concerned only, in their language, after the commit."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import transaction

from casestudies.models import CaseStudyPage
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.notifying import notify
from casestudies.services.posting import send_due_mails
from casestudies.states import State
from portal.directory.models import Membership, User
from tests.factories.directory import make_membership
from tests.factories.review import World, act, bring_to, fresh, make_draft, send

Commit = Callable[..., object]


def written_to() -> set[str]:
    """The names of those who got a mail since the box was emptied."""
    return {message.to[0].split("@")[0] for message in mail.outbox}


@pytest.mark.parametrize(
    ("state", "who", "action", "expected"),
    [
        (State.CLEARANCE, "contact", "clear", {"author", "coordinator", "coordinator2"}),
        (State.CLEARANCE, "contact", "return", {"author"}),
        (State.DECISION, "coordinator", "return", {"author", "contact"}),
        (State.DECISION, "coordinator", "decline", {"author", "contact"}),
        (State.DECISION, "coordinator", "publish", {"author", "contact"}),
        (State.DECISION, "curator", "publish", {"author", "contact"}),
    ],
)
def test_each_step_is_told_to_the_people_concerned(
    world: World,
    django_capture_on_commit_callbacks: Commit,
    state: State,
    who: str,
    action: str,
    expected: set[str],
) -> None:
    case = bring_to(world, state)
    with django_capture_on_commit_callbacks(execute=True):
        act(case, world[who], action, "Because of this.")
    assert written_to() == expected


def test_sending_is_told_to_the_contact_points(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    case = make_draft(world)
    with django_capture_on_commit_callbacks(execute=True):
        send(world, case)
    assert written_to() == {"contact"}


def test_without_clearance_sending_is_told_to_the_regions_coordinators(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    world.malta.clearance_required = False
    world.malta.save()
    case = make_draft(world)
    with django_capture_on_commit_callbacks(execute=True):
        send(world, case)
    assert written_to() == {"coordinator", "coordinator2"}


def test_a_region_without_coordinators_is_served_by_the_curators(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    case = bring_to(world, State.CLEARANCE)
    Membership.objects.filter(role="coordinator").delete()
    with django_capture_on_commit_callbacks(execute=True):
        act(case, world["contact"], "clear")
    assert written_to() == {"author", "curator"}


def test_a_withdrawal_is_told_with_its_reason(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    case = bring_to(world, State.PUBLISHED)
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_case(case=case, by=world["coordinator"], reason="Names an operation.")
    assert written_to() == {"contact", "coordinator2"}
    assert all("Names an operation." in message.body for message in mail.outbox)


LINKS = {"en": "/en/review/", "fr": "/fr/review/", "ar": "/ar/review/", "ru": "/ru/review/"}


@pytest.mark.parametrize("language", LINKS)
def test_a_mail_speaks_its_readers_language_and_leads_to_its_pages(
    world: World, django_capture_on_commit_callbacks: Commit, language: str
) -> None:
    User.objects.filter(pk=world["contact"].pk).update(language=language)
    case = make_draft(world, title="Guichet unique")
    with django_capture_on_commit_callbacks(execute=True):
        send(world, case)
    (message,) = mail.outbox
    assert f"http://127.0.0.1:8000{LINKS[language]}{case.pk}/" in message.body
    before, after = message.body.split("\n--\n")
    assert (before.count("http"), after.count("http")) == (1, 1)
    assert "Guichet unique" in message.subject


def test_the_mail_of_a_published_case_leads_to_the_case(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    User.objects.filter(pk=world["author"].pk).update(language="fr")
    case = bring_to(world, State.DECISION)
    with django_capture_on_commit_callbacks(execute=True):
        act(case, world["coordinator"], "publish")
    body = next(message.body for message in mail.outbox if message.to == ["author@example.test"])
    assert f"/fr/europe/malta/{case.slug}/" in body


def test_reasons_are_in_the_mail_as_they_were_written(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    case = bring_to(world, State.DECISION)
    with django_capture_on_commit_callbacks(execute=True):
        act(case, world["coordinator"], "return", 'Say "how many" & <when>.\nThen send again.')
    assert all('Say "how many" & <when>.\nThen' in message.body for message in mail.outbox)


def test_a_step_that_is_rolled_back_writes_to_nobody(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    case = make_draft(world)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        send(world, case)
        transaction.set_rollback(True)
    assert written_to() == set()


def test_who_left_or_lost_their_part_meanwhile_gets_nothing(world: World) -> None:
    case = bring_to(world, State.CLEARANCE)
    Membership.objects.filter(person=world["contact"]).delete()
    User.objects.filter(pk=world["author"].pk).update(is_active=False)
    names = ("contact", "author", "other_contact", "foreign_coordinator", "reader")
    notify(event="to_clear", case=case, people=[world[name].pk for name in names])
    send_due_mails()
    assert written_to() == set()


def test_a_line_break_in_a_title_cannot_add_a_header(world: World) -> None:
    case = bring_to(world, State.CLEARANCE)
    CaseStudyPage.objects.filter(pk=case.pk).update(draft_title="A\r\nBcc: all@example.test")
    send_due_mails()
    (message,) = mail.outbox
    assert message.subject.endswith("A Bcc: all@example.test")
    assert message.bcc == []


def test_wagtail_itself_writes_no_mail(
    world: World, django_capture_on_commit_callbacks: Commit
) -> None:
    make_membership(world["superuser"], "member_reader", administration=world.malta)
    case = make_draft(world)
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert fresh(case).live
    assert mail.outbox == []
