"""The record of acts in the workspace: all of it for the curator, for others their part."""

import csv
from io import StringIO

import pytest
from wagtail.log_actions import log

from casestudies.acts import acts_for
from casestudies.states import State
from portal.core.models import AuditEntry
from tests.factories.review import World, bring_to, fresh, reviewed, send
from tests.factories.review import make_draft as draft
from tests.support.visitor import signed_in

RECORD = "/en/workspace/record/"
READERS = ["author", "colleague", "contact", "expert", "coordinator", "coordinator2", "curator"]
OTHERS = ["other_contact", "foreign_contact", "foreign_coordinator"]
NOBODY = ["reader", "member_reader", "reviewer"]


def acts_about(world: World, who: str, page_id: int) -> list[str]:
    acts = acts_for(world[who]).filter(page_id=page_id).order_by("number")
    return [act.action for act in acts]


def test_every_act_of_a_review_is_on_record_with_who_and_why(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case)
    case = bring_to(world, State.WITHDRAWN)
    acts = AuditEntry.objects.filter(page_id=case.pk).order_by("number")
    ours = [(a.action, a.person) for a in acts if a.action.startswith("casestudies.")]
    assert ours == [
        ("casestudies.sent", str(world["author"])),
        ("casestudies.cleared", str(world["contact"])),
        ("casestudies.published", str(world["coordinator"])),
        ("casestudies.withdrawn", str(world["contact"])),
    ]
    assert acts.last().reason == "Out of date."


def test_reasons_of_a_decision_are_on_record(world: World) -> None:
    case = bring_to(world, State.RETURNED)
    act = AuditEntry.objects.get(page_id=case.pk, action="casestudies.returned")
    assert act.reason == "Please give a figure."


@pytest.mark.parametrize("who", READERS)
def test_those_who_answer_for_a_case_read_what_was_done_with_it(world: World, who: str) -> None:
    case = bring_to(world, State.RETURNED)
    assert "casestudies.returned" in acts_about(world, who, case.pk)


@pytest.mark.parametrize("who", OTHERS)
def test_others_read_nothing_of_it(world: World, who: str) -> None:
    case = bring_to(world, State.RETURNED, title="Pearls in transit")
    assert acts_about(world, who, case.pk) == []
    html = signed_in(world[who]).get(RECORD).content.decode()
    assert "Pearls in transit" not in html
    assert fresh(case).number not in html


@pytest.mark.parametrize("who", NOBODY)
def test_who_has_no_part_in_it_is_refused(world: World, who: str) -> None:
    assert signed_in(world[who]).get(RECORD).status_code == 403
    assert signed_in(world[who]).get("/en/workspace/record.csv").status_code == 403


def test_a_draft_that_was_not_sent_is_unknown_to_the_region(world: World) -> None:
    case = draft(world)
    log(case, "wagtail.edit", user=world["author"])
    assert "wagtail.edit" in acts_about(world, "author", case.pk)
    for who in ("coordinator", "curator"):
        assert acts_about(world, who, case.pk) == []
    send(world, case)
    assert "casestudies.sent" in acts_about(world, "coordinator", case.pk)


def test_the_authors_side_never_learns_who_was_asked(world: World) -> None:
    case = bring_to(world, State.DECISION)
    reviewed(world, case)
    seen = acts_about(world, "coordinator", case.pk)
    asked = ["casestudies.review_asked", "casestudies.review_accepted"]
    assert [a for a in seen if "review_" in a] == [*asked, "casestudies.review_submitted"]
    for who in ("author", "contact", "expert"):
        assert not [a for a in acts_about(world, who, case.pk) if "review_" in a]
        assert "assigned" not in signed_in(world[who]).get(RECORD).content.decode()


def test_the_page_is_narrowed_by_its_address_and_says_it_in_words(world: World) -> None:
    case = bring_to(world, State.RETURNED)
    other = bring_to(world, State.PUBLISHED)
    client = signed_in(world["curator"])
    html = client.get(f"{RECORD}?about={case.number}").content.decode()
    assert "Return" in html
    assert "Workflow" not in html
    assert "Please give a figure." in html
    assert str(world["coordinator"]) in html
    assert f"about={case.number}" in html
    assert other.title not in html or other.title == case.title
    assert "Nothing was done that fits" in client.get(f"{RECORD}?who=nobody").content.decode()
    assert client.get(f"{RECORD}?since=soon&page=1").status_code == 200
    assert client.get(f"{RECORD}?page=99").status_code == 404


def test_an_embargo_is_told_in_words(world: World) -> None:
    bring_to(world, State.EMBARGOED)
    for address in (RECORD, "/en/workspace/record.csv"):
        shown = signed_in(world["author"]).get(address)
        assert "case study scheduled for publishing" in shown.content.decode()


def test_the_file_holds_the_same_with_the_seals_and_computes_nothing(world: World) -> None:
    case = bring_to(world, State.DRAFT, title="=HYPERLINK(1)")
    send(world, case)
    client = signed_in(world["curator"])
    text = client.get(f"/en/workspace/record.csv?about={case.number}").content.decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(text)))
    acts = AuditEntry.objects.filter(page_id=case.pk)
    assert [row["Seal"] for row in rows] == [act.seal for act in acts]
    assert all(row["About"].startswith("'=") for row in rows if "HYPERLINK" in row["About"])
