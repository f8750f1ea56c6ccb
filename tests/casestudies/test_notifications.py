"""Notifications in the portal, the choice of mails, and leaving them by a link in the mail."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.message import Message
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.core import mail, signing
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from casestudies.events import EVENTS, path_of
from casestudies.leaving import DIGEST, token_to_leave
from casestudies.mail import mail_of
from casestudies.models import CaseStudyPage, MailChoice, Notification
from casestudies.models.notifications import How, Kind
from casestudies.services.notifying import mail_choices_of, notify
from casestudies.services.posting import send_due_mails
from casestudies.states import State
from portal.directory.models import Membership, User
from tests.factories.directory import make_membership
from tests.factories.review import World, act, bring_to, edit, invite, make_draft, send
from tests.support.visitor import Visitor, signed_in

LIST = "/en/workspace/notifications/"
CHOICES = f"{LIST}mails/"
Mail = Notification.Mail


def told(world: World, who: str) -> list[str]:
    """What somebody has been told, in order."""
    rows = Notification.objects.filter(person=world[who]).order_by("pk")
    return list(rows.values_list("event", flat=True))


def bell(client: Client) -> str:
    """The count that the bell shows to somebody on the front page."""
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    count = page.select_one(".c-header .c-bell__count")
    return re.sub(r"\D+", "", count.text) if count else ""


def settle() -> None:
    """Say of all mails that they have been sent."""
    Notification.objects.update(mail=Mail.SENT)


@pytest.fixture
def waiting(world: World) -> CaseStudyPage:
    """A case that the contact point has been told of."""
    return bring_to(world, State.CLEARANCE, title="Parcels")


class TestInThePortal:
    def test_an_act_and_what_is_told_of_it_are_one(self, world: World) -> None:
        case = make_draft(world)
        with transaction.atomic():
            send(world, case)
            transaction.set_rollback(True)
        assert told(world, "contact") == []
        send(world, case)
        assert told(world, "contact") == ["to_clear"]

    def test_the_list_leads_to_the_case_and_opening_is_reading(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        client = signed_in(world["contact"])
        assert bell(client) == "1"
        visitor = Visitor(world["contact"]).open(LIST)
        address = visitor.links()["A case waits for your clearance: Parcels"]
        assert visitor.open(address).address == f"/en/review/{waiting.pk}/"
        assert bell(client) == ""
        assert "Parcels" in visitor.open(LIST).text

    def test_one_is_marked_as_read_and_then_all(self, world: World) -> None:
        for title in ("First", "Second", "Third"):
            bring_to(world, State.CLEARANCE, title=title)
        client, visitor = signed_in(world["contact"]), Visitor(world["contact"])
        button = "Mark as read: A case waits for your clearance:Second"
        visitor.open(LIST).press(button)
        assert bell(client) == "2"
        page = visitor.press("Mark all as read").page
        assert "All notifications are marked as read." in page.get_text()
        assert bell(client) == ""
        with pytest.raises(KeyError):
            visitor.press("Mark all as read")

    @pytest.mark.parametrize("act", ["", "read/"])
    def test_nobody_opens_or_reads_what_others_were_told(
        self, world: World, waiting: CaseStudyPage, act: str
    ) -> None:
        item = Notification.objects.get(person=world["contact"])
        client = signed_in(world["other_contact"])
        answer = client.post if act else client.get
        assert answer(f"{LIST}{item.pk}/{act}").status_code == 404
        client.post(f"{LIST}read/")
        item.refresh_from_db()
        assert item.read_at is None
        assert "Parcels" not in client.get(LIST).content.decode()

    @pytest.mark.parametrize("address", [LIST, CHOICES, f"{LIST}1/", f"{LIST}read/"])
    def test_whoever_is_signed_out_is_asked_to_sign_in(self, db: None, address: str) -> None:
        assert Client().get(address).status_code == 302

    def test_looking_ahead_and_get_mark_nothing(self, world: World, waiting: CaseStudyPage) -> None:
        client = signed_in(world["contact"])
        item = Notification.objects.get(person=world["contact"])
        assert client.get(f"{LIST}read/").status_code == 405
        assert client.get(f"{LIST}{item.pk}/read/").status_code == 405
        assert bell(client) == "1"

    def test_a_long_count_is_cut(self, world: World, waiting: CaseStudyPage) -> None:
        row = Notification.objects.get(person=world["contact"])
        rows = [Notification(**_fields(row)) for _number in range(120)]
        Notification.objects.bulk_create(rows)
        page = signed_in(world["contact"]).get("/en/").content.decode()
        assert "99+" in page

    def test_the_bell_costs_one_statement_and_strangers_none(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        def asked(client: Client) -> int:
            client.get("/en/design/")
            with CaptureQueriesContext(connection) as statements:
                client.get("/en/design/")
            return sum("casestudies_notification" in item["sql"] for item in statements)

        assert asked(Client()) == 0
        assert asked(signed_in(world["contact"])) == 1

    def test_a_page_of_many_costs_no_more_statements(self, world: World) -> None:
        client = signed_in(world["contact"])

        def statements() -> int:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(LIST).status_code == 200
            return len(asked)

        bring_to(world, State.CLEARANCE)
        client.get(LIST)
        few = statements()
        for _number in range(5):
            bring_to(world, State.CLEARANCE)
        assert statements() == few


def _fields(row: Notification) -> dict[str, object]:
    names = ("person_id", "event", "case_id", "mail", "due_at")
    return {name: getattr(row, name) for name in names}


class TestHiddenTitles:
    def test_who_lost_their_part_reads_no_title_anywhere(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        item = Notification.objects.get(person=world["contact"])
        Membership.objects.filter(person=world["contact"]).delete()
        visitor = Visitor(world["contact"]).open(LIST)
        assert "Parcels" not in str(visitor.page)
        assert "a case that is no longer open to you" in visitor.text
        visitor.open(f"{LIST}{item.pk}/")
        assert visitor.address == LIST
        assert "Parcels" not in str(visitor.page)
        send_due_mails()
        assert mail.outbox == []

    def test_who_may_read_only_what_is_published_reads_no_draft_of_a_title(
        self, world: World
    ) -> None:
        case = bring_to(world, State.PUBLISHED, title="As published")
        edit(case, world["author"], title="Secret new title")
        Membership.objects.filter(person=world["author"]).delete()
        settle()
        notify(event="published", case=case, people=[world["author"].pk])
        page = signed_in(world["author"]).get(LIST).content.decode()
        assert "As published" in page
        assert "Secret new title" not in page
        send_due_mails()
        (letter,) = mail.outbox
        assert "Secret new title" not in letter.message().as_string()
        assert "As published" in letter.subject

    def test_who_no_longer_takes_part_reads_no_reasons(self, world: World) -> None:
        case = bring_to(world, State.PUBLISHED)
        send(world, edit(case, world["author"], summary="New words."))
        settle()
        act(case, world["contact"], "return", "Internal reasons.")
        Membership.objects.filter(person=world["author"]).delete()
        send_due_mails()
        (letter,) = [item for item in mail.outbox if item.to == ["author@example.test"]]
        assert "Internal reasons." not in str(letter.message())

    def test_a_reviewer_reads_the_title_only_while_asked(self, world: World) -> None:
        case = bring_to(world, State.DECISION, title="Parcels")
        asked = invite(world, case)
        assert "Parcels" in Visitor(world["invited"]).open(LIST).text
        type(asked).objects.update(state="withdrawn")
        page = Visitor(world["invited"]).open(LIST)
        assert "Parcels" not in str(page.page)

    def test_a_draft_that_is_deleted_takes_what_was_told_along(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        waiting.delete()
        assert Notification.objects.count() == 0

    @pytest.mark.parametrize("title", ["<script>alert(1)</script>", "100 % %(title)s %s", 'a" b'])
    def test_titles_are_shown_as_they_were_written(self, world: World, title: str) -> None:
        bring_to(world, State.CLEARANCE, title=title)
        visitor = Visitor(world["contact"]).open(LIST)
        assert title in visitor.text
        assert visitor.page.select("main script") == []
        send_due_mails()
        html = _part(mail.outbox[0], "text/html")
        assert title in BeautifulSoup(html, "html.parser").get_text()
        assert "<script" not in html


def _part(letter: mail.EmailMultiAlternatives, kind: str) -> str:
    message = letter.message()
    assert isinstance(message, Message)
    (part,) = [item for item in message.walk() if item.get_content_type() == kind]
    return part.get_payload(decode=True).decode()


class TestMails:
    def test_every_event_has_a_mail_in_every_language_with_one_way_to_go(
        self, world: World
    ) -> None:
        case = bring_to(world, State.PUBLISHED, title="Parcels")
        person = world["contact"]
        for language in ("en", "fr", "es", "ar", "ru", "pt"):
            User.objects.filter(pk=person.pk).update(language=language)
            for event in EVENTS:
                row = Notification(
                    person=User.objects.get(pk=person.pk), event=event, case=case, pk=1
                )
                letter = mail_of([row], daily=False)
                letter.message()
                html = BeautifulSoup(_part(letter, "text/html"), "html.parser")
                assert html.html["lang"] == language
                assert html.html["dir"] == ("rtl" if language == "ar" else "ltr")
                links = [str(item["href"]) for item in html.select("a")]
                assert len(links) == 2
                assert links[0].startswith(f"http://127.0.0.1:8000/{language}/")
                assert all(link in letter.body for link in links)
                assert path_of(event, case)

    def test_a_choice_holds_for_its_kind_only(self, world: World) -> None:
        MailChoice.objects.create(person=world["contact"], kind="asked", how="never")
        case = bring_to(world, State.CLEARANCE)
        assert Notification.objects.get(person=world["contact"]).mail == Mail.NONE
        assert told(world, "contact") == ["to_clear"]
        act(case, world["contact"], "clear")
        act(case, world["coordinator"], "publish")
        assert Notification.objects.filter(person=world["contact"]).latest("pk").mail == Mail.ONCE

    def test_the_days_notifications_come_together_in_the_morning(self, world: World) -> None:
        MailChoice.objects.create(person=world["contact"], kind="asked", how="daily")
        for title in ("First", "Second", "Read", "Done"):
            bring_to(world, State.CLEARANCE, title=title)
        rows = Notification.objects.filter(person=world["contact"])
        rows.filter(case__draft_title="Read").update(read_at=timezone.now())
        done = rows.get(case__draft_title="Done").case
        act(done, world["contact"], "return", "A figure, please.")
        Notification.objects.exclude(person=world["contact"]).delete()
        morning = rows.first().due_at
        assert morning.astimezone(ZoneInfo(world.europe.time_zone)).hour == 8
        assert timedelta(0) < morning - timezone.now() <= timedelta(days=1)
        assert send_due_mails(now=morning - timedelta(seconds=60)) == 0
        assert [send_due_mails(now=morning), send_due_mails(now=morning)] == [1, 0]
        (letter,) = mail.outbox
        assert "2 notifications" in letter.subject
        assert [title in letter.body for title in ("First", "Second", "Read", "Done")] == [
            True,
            True,
            False,
            False,
        ]
        before, _after = letter.body.split("\n--\n")
        assert re.findall(r"https?://\S+", before) == [f"http://127.0.0.1:8000{LIST}"]

    def test_a_morning_is_found_across_summer_time(self, world: World) -> None:
        MailChoice.objects.create(person=world["contact"], kind="published", how="daily")
        case = bring_to(world, State.PUBLISHED)
        evening = datetime(2031, 3, 29, 20, tzinfo=UTC)
        people = [world["contact"].pk]
        notify(event="published", case=case, people=people, now=evening)
        due = Notification.objects.latest("pk").due_at
        assert due == datetime(2031, 3, 30, 6, tzinfo=UTC)


class TestChoosing:
    def test_mails_are_chosen_in_the_workspace_and_none_waits_that_is_not_wanted(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        visitor = Visitor(world["contact"]).open("/en/workspace/")
        visitor.open(visitor.links()["Your mails"])
        visitor.fill_in(asked="never", reminded="daily").press("Save")
        assert "Saved." in visitor.page.get_text()
        chosen = mail_choices_of(world["contact"])
        assert (chosen[Kind.ASKED], chosen[Kind.REMINDED]) == (How.NEVER, How.DAILY)
        assert chosen[Kind.DECIDED] == How.ONCE
        assert Notification.objects.get(person=world["contact"]).mail == Mail.NONE
        assert mail_choices_of(world["author"])[Kind.ASKED] == How.ONCE

    def test_a_choice_that_is_none_is_refused(self, world: World) -> None:
        client = signed_in(world["contact"])
        answers = dict.fromkeys(Kind.values, "once")
        assert client.post(CHOICES, answers | {"asked": "hourly"}).status_code == 422
        assert client.post(CHOICES, {"asked": "never"}).status_code == 422
        assert MailChoice.objects.count() == 0


class TestLeaving:
    def link(self, world: World, kind: str = "asked") -> str:
        return f"{LIST}leave/{token_to_leave(world['contact'], kind)}/"

    def test_a_mail_carries_the_link_for_one_click(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        send_due_mails()
        headers = mail.outbox[0].message()
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        address = headers["List-Unsubscribe"].strip("<>")
        assert address in mail.outbox[0].body
        client = Client(enforce_csrf_checks=True)
        answer = client.post(
            address.removeprefix("http://127.0.0.1:8000"), {"List-Unsubscribe": "One-Click"}
        )
        assert answer.status_code == 200
        assert mail_choices_of(world["contact"])[Kind.ASKED] == How.NEVER
        assert mail_choices_of(world["contact"])[Kind.DECIDED] == How.ONCE

    def test_looking_at_the_link_changes_nothing_and_the_button_does(
        self, world: World, waiting: CaseStudyPage
    ) -> None:
        visitor = Visitor().open(self.link(world))
        assert mail_choices_of(world["contact"])[Kind.ASKED] == How.ONCE
        assert "contact" not in visitor.text
        assert "no more" in visitor.press("Send me no more of them").text
        assert mail_choices_of(world["contact"])[Kind.ASKED] == How.NEVER
        assert send_due_mails() == 0

    def test_leaving_the_summary_leaves_all_that_comes_daily(self, world: World) -> None:
        for kind, how in (("asked", "daily"), ("decided", "daily"), ("reviewed", "once")):
            MailChoice.objects.create(person=world["contact"], kind=kind, how=how)
        Client().post(self.link(world, DIGEST))
        chosen = mail_choices_of(world["contact"])
        never = {kind.value for kind, how in chosen.items() if how == How.NEVER}
        assert never == {"asked", "decided"}

    def test_a_link_that_was_not_made_here_does_not_exist(self, world: World) -> None:
        pk = world["contact"].pk
        forged = [
            self.link(world)[:-2] + "x/",
            f"{LIST}leave/{signing.dumps([pk, 'asked'], salt='another')}/",
            f"{LIST}leave/{token_to_leave(world['contact'], 'everything')}/",
        ]
        assert {Client().post(address).status_code for address in forged} == {404}
        assert MailChoice.objects.count() == 0


def test_somebody_with_two_roles_is_told_once(world: World) -> None:
    make_membership(world["contact"], "expert_editor", administration=world.malta)
    bring_to(world, State.CLEARANCE)
    assert told(world, "contact") == ["to_clear"]
