"""Write-shops: drafts for participants, progress without a word of them, files handed in."""

import csv
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudyPage, FilledTemplate, Notification, Workshop
from casestudies.offline.identity import Size
from casestudies.offline.writing import blank_case, write_template
from casestudies.services.drafts import save_answers
from casestudies.services.lifecycle import delete_draft
from casestudies.services.offline import take_in
from casestudies.services.workshops import add_participants, open_workshop
from casestudies.workshops import progress_in, writers_of
from portal.core.models import AuditEntry
from portal.directory.models import Region
from tests.casestudies import word_files as word
from tests.factories.answers import complete_answers
from tests.factories.review import World, act, fresh, make_draft, send
from tests.support.visitor import Visitor, signed_in

TABLE = Path(__file__).with_name("workshop_rights.csv")
SECRET = "Nobody may read this title"


@pytest.fixture
def shop(world: World) -> Workshop:
    """A write-shop of Europe with an officer of Malta and one of France."""
    return open_shop(world)


def open_shop(world: World, by: str = "coordinator", region: str = "europe") -> Workshop:
    seats = [(world["author"], world.malta), (world["other_contributor"], world.france)]
    return open_workshop(
        region=Region.objects.get(slug=region),
        by=world[by],
        title="Write-shop in Dakar",
        day=date(2027, 3, 1),
        seats=seats,
    )


def draft_in(shop: Workshop, person) -> CaseStudyPage:
    return fresh(shop.seats.get(person=person).case)


def at(shop: Workshop, name: str = "workshop", *args) -> str:
    return reverse(f"casestudies:{name}", args=[shop.pk, *args])


def write(world: World, case, who: str = "author", **answers) -> None:
    save_answers(
        case=case, author=world[who], answers=answers, base_revision_id=case.latest_revision_id
    )


def filled(case, answers) -> bytes:
    blank = blank_case(language="en", title="Write-shop in Dakar")
    content = write_template(blank, language="en", size=Size.SNAPSHOT, number=case.number)
    return word.filled(content, answers)


def hand_in(world: World, shop: Workshop, *contents: bytes, who: str = "coordinator"):
    files = [word.upload(content, f"{place}.docx") for place, content in enumerate(contents)]
    return signed_in(world[who]).post(at(shop, "workshop_files"), {"files": files}, follow=True)


def test_every_participant_gets_an_empty_draft_of_their_own(world, shop):
    cases = [seat.case for seat in shop.seats.all()]
    assert [case.owner for case in cases] == [world["author"], world["other_contributor"]]
    assert [case.administration for case in cases] == [world.malta, world.france]
    for case in cases:
        assert case.latest_revision.user == case.owner
        assert not case.live


def test_a_second_press_opens_no_second_draft(world, shop):
    add_participants(workshop=shop, by=world["coordinator"], seats=[(world["author"], world.malta)])
    assert shop.seats.count() == 2


def test_only_writers_of_the_region_can_be_chosen(world, shop):
    people = {str(person) for person, _place in writers_of(world.europe)}
    assert people == {
        *("author", "colleague", "contact", "expert"),
        *("other_contributor", "other_contact", "other_expert"),
    }
    refused = [
        (world["member_reader"], world.malta),
        (world["foreign_contact"], world.japan),
        (world["author"], world.france),
        (world["reader"], world.malta),
        (world["coordinator"], world.malta),
    ]
    for seat in refused:
        with pytest.raises(PermissionDenied), transaction.atomic():
            add_participants(workshop=shop, by=world["coordinator"], seats=[seat])
    assert shop.seats.count() == 2


def test_progress_counts_answers_and_says_where_drafts_stand(world, shop):
    case = draft_in(shop, world["author"])
    before = progress_in(shop)[0]
    write(world, case, **complete_answers(), title=SECRET)
    after = progress_in(shop)[0]
    assert before.state.kind == "draft"
    assert before.answered < after.answered == after.needed
    assert after.changed_at > before.changed_at


def test_the_coordinators_page_has_no_word_of_a_draft(world, shop):
    case = draft_in(shop, world["author"])
    write(world, case, **complete_answers(), title=SECRET)
    for who in ("coordinator", "coordinator2", "curator", "superuser"):
        page = signed_in(world[who]).get(at(shop)).content.decode()
        assert str(case.number) in page
        assert SECRET not in page
        assert "A lesson." not in page
        if who != "superuser":
            workspace = reverse("casestudies:workspace_case", args=[case.number])
            assert signed_in(world[who]).get(workspace).status_code == 404


def test_the_template_that_is_handed_out_has_no_word_of_the_draft(world, shop):
    case = draft_in(shop, world["author"])
    write(world, case, **complete_answers(), title=SECRET)
    address = at(shop, "workshop_template", case.number, "full")
    content = signed_in(world["coordinator"]).get(address).content
    for part in word.parts_of(content).values():
        assert SECRET.encode() not in part
        assert b"A lesson." not in part
    assert str(case.number).encode() in word.parts_of(content)["docProps/custom.xml"]


def test_files_go_to_the_drafts_they_were_made_for_and_wait(world, shop):
    mine, theirs = draft_in(shop, world["author"]), draft_in(shop, world["other_contributor"])
    answer = hand_in(
        world,
        shop,
        filled(theirs, {"problem": "Of France."}),
        filled(mine, {"problem": "Of Malta."}),
        b"no file of ours",
    )
    assert answer.status_code == 422
    assert "2.docx: " in answer.content.decode()
    assert {row.case: row.typed["problem"] for row in FilledTemplate.objects.all()} == {
        mine: ["Of Malta."],
        theirs: ["Of France."],
    }
    assert fresh(mine).get_latest_revision_as_object().problem == ""
    assert [row.waiting for row in progress_in(shop)] == [1, 1]


def test_who_hands_in_becomes_no_author_and_may_decide(world, shop):
    case = draft_in(shop, world["author"])
    write(world, case, **{k: v for k, v in complete_answers().items() if k != "lessons"})
    hand_in(world, shop, filled(case, {"lessons": "Take fewer data."}))
    visit = Visitor(world["author"]).open("/en/workspace/")
    visit.open(visit.links()["Look at it and take it in"]).press("Take it in")
    assert fresh(case).get_latest_revision_as_object().lessons == "Take fewer data."
    assert fresh(case).latest_revision.user == world["author"]
    send(world, case)
    act(case, world["contact"], "clear")
    assert act(case, world["coordinator"], "publish")


def test_what_was_handed_in_overwrites_nothing_that_its_author_wrote(world, shop):
    case = draft_in(shop, world["author"])
    content = filled(case, {"problem": "Of the file.", "title": "Of the file"})
    write(world, case, problem="Of the author.", title="Of the author")
    hand_in(world, shop, content)
    row = FilledTemplate.objects.get()
    report = reverse("casestudies:share_report", args=[case.number, row.pk])
    Visitor(world["author"]).open(report).press("Take it in")
    row.refresh_from_db()
    assert row.still_open == ["title", "problem"]
    assert fresh(case).get_latest_revision_as_object().problem == "Of the author."


def test_only_its_authors_take_in_what_was_handed_in(world, shop):
    case = draft_in(shop, world["author"])
    hand_in(world, shop, filled(case, {"problem": "Of the file."}))
    row = FilledTemplate.objects.get()
    report = reverse("casestudies:share_report", args=[case.number, row.pk])
    for who in ("coordinator", "curator", "other_contributor", "reviewer"):
        with pytest.raises(PermissionDenied), transaction.atomic():
            take_in(filled=row, author=world[who])
        assert signed_in(world[who]).post(report, {"action": "take_in"}).status_code == 404
    assert fresh(case).get_latest_revision_as_object().problem == ""
    take_in(filled=row, author=world["colleague"])
    assert fresh(case).get_latest_revision_as_object().problem == "Of the file."


def test_a_file_of_a_draft_outside_of_the_write_shop_is_refused(world, shop):
    outside = make_draft(world)
    other = open_shop(world)
    for case in (outside, draft_in(other, world["author"])):
        assert hand_in(world, shop, filled(case, {"problem": "x"})).status_code == 422
    assert not FilledTemplate.objects.exists()


def test_a_sent_case_takes_no_file_of_a_write_shop(world, shop):
    case = draft_in(shop, world["author"])
    write(world, case, **complete_answers())
    send(world, case)
    assert hand_in(world, shop, filled(case, {"problem": "x"})).status_code == 422
    assert not FilledTemplate.objects.exists()


def test_a_deleted_draft_leaves_its_seat(world, shop):
    delete_draft(case=draft_in(shop, world["author"]), by=world["author"])
    assert progress_in(shop)[0].number == ""
    page = signed_in(world["coordinator"]).get(at(shop)).content.decode()
    assert "The draft was deleted" in page


def test_opening_and_handing_in_are_on_record(world, shop):
    case = draft_in(shop, world["author"])
    hand_in(world, shop, filled(case, {"problem": "x"}))
    acts = AuditEntry.objects.filter(action__startswith="casestudies.")
    told = {(act.action, act.person) for act in acts}
    assert told == {
        ("casestudies.workshop_opened", "coordinator"),
        ("casestudies.workshop_draft", "coordinator"),
        ("casestudies.template_handed_in", "coordinator"),
    }


def test_participants_are_told_of_their_draft_and_of_what_was_handed_in(world, shop):
    case = draft_in(shop, world["author"])
    assert told(world["author"]) == [("workshop_draft", case.pk)]
    assert told(world["other_contributor"]) == [
        ("workshop_draft", draft_in(shop, world["other_contributor"]).pk)
    ]
    hand_in(world, shop, filled(case, {"problem": "Parcels wait."}))
    assert told(world["author"])[1:] == [("handed_in", case.pk)]
    page = Visitor(world["author"]).open("/en/workspace/notifications/")
    page.open(page.links()["A filled template waits for you: Write-shop in Dakar"])
    assert page.address == reverse("casestudies:share_file", args=[case.number])
    assert told(world["coordinator"]) == []


def told(person) -> list[tuple[str, int]]:
    """Give what a person was told, and about which case."""
    rows = Notification.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("event", "case"))


def test_the_page_of_progress_asks_at_most_one_question_for_each_more_draft(world, shop):
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(at(shop))
        return len(asked)

    client = signed_in(world["coordinator"])
    write(world, draft_in(shop, world["author"]), **complete_answers())
    client.get(at(shop))
    few = statements()
    seats = [(world["colleague"], world.malta), (world["contact"], world.malta)]
    add_participants(workshop=shop, by=world["coordinator"], seats=seats)
    for who in ("colleague", "contact"):
        write(world, draft_in(shop, world[who]), who, **complete_answers())
    assert statements() <= few + len(seats)
    assert few <= 12


def rights() -> dict[tuple[str, str], str]:
    """Read the table: for each role and act, allowed or what the page answers."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["role"], act): row[act] for row in rows for act in row if act != "role"}


def done(world: World, shop: Workshop, role: str) -> dict[str, str]:
    """Try every act as this role by its page; say what the page answered."""
    client, case = signed_in(world[role]), draft_in(shop, world["author"])
    colleague = f"{world.people['colleague'].pk}-{world.malta.pk}"
    new = {"title": "Another", "day": "2027-05-01", "participants": [colleague]}
    handed = {"files": [word.upload(filled(case, {"problem": "x"}))]}
    asks = {
        "list": lambda: client.get(reverse("casestudies:workshops")),
        "open": lambda: client.post(reverse("casestudies:workshop_new", args=["europe"]), new),
        "follow": lambda: client.get(at(shop)),
        "add": lambda: client.post(at(shop, "workshop_people"), {"participants": [colleague]}),
        "template": lambda: client.get(at(shop, "workshop_template", case.number, "full")),
        "hand_in": lambda: client.post(at(shop, "workshop_files"), handed),
    }
    got = {}
    for name, ask in asks.items():
        with transaction.atomic():
            status = ask().status_code
            transaction.set_rollback(True)
        got[name] = "yes" if status in (200, 302) else str(status)
    return got


def test_the_pages_of_write_shops_do_what_the_table_allows(world, shop):
    expected = rights()
    assert {role for role, _act in expected} == set(world.people)
    got = {
        (role, act): status
        for role in world.people
        for act, status in done(world, shop, role).items()
    }
    assert got == expected


def test_the_services_of_write_shops_refuse_whom_the_table_refuses(world):
    for role in world.people:
        allowed = rights()[role, "open"] == "yes"
        with transaction.atomic():
            if allowed:
                open_shop(world, by=role)
            else:
                with pytest.raises(PermissionDenied):
                    open_shop(world, by=role)
            transaction.set_rollback(True)


def test_who_signs_in_first_is_asked_to(client, shop):
    assert client.get(at(shop)).status_code == 302
