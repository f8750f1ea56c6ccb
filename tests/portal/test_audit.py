"""The record of acts: only added to, sealed one by one, and telling where somebody tampered."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from portal.core.models import AuditEntry, OnlyAdded
from portal.home.models import HomePage
from tests.factories.cases import make_tree
from tests.factories.directory import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_tree()


@pytest.fixture
def three_acts(home: HomePage) -> list[AuditEntry]:
    person = make_user(first_name="Aminata", last_name="Diop")
    for words in ("first", "الثانية", "third"):
        log(home, "casestudies.withdrawn", user=person, data={"reason": words})
    return list(AuditEntry.objects.order_by("-number")[:3][::-1])


def verified() -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, stderr=out)
    return out.getvalue()


def faults() -> str:
    err = StringIO()
    with pytest.raises(CommandError) as ended:
        call_command("verify_audit", stderr=err)
    assert ended.value.returncode == 1
    return err.getvalue()


def behind_our_back(act: AuditEntry) -> QuerySet[AuditEntry]:
    """Reaches an entry as somebody with the database in hand would."""
    return QuerySet(AuditEntry).filter(pk=act.pk)


def test_an_act_says_who_when_what_to_what_and_why(
    home: HomePage, three_acts: list[AuditEntry]
) -> None:
    act = three_acts[1]
    assert act.action == "casestudies.withdrawn"
    assert act.person == "Aminata Diop"
    assert act.reason == "الثانية"
    assert act.label == str(home)
    assert act.page_id == int(act.object_id)
    assert act.before == three_acts[0].seal


def test_a_record_that_nobody_touched_is_whole(three_acts: list[AuditEntry]) -> None:
    said = verified()
    assert "is whole" in said
    assert three_acts[-1].seal in said


@pytest.mark.parametrize("column", ["reason", "person", "action", "label", "at", "person_id"])
def test_a_changed_entry_is_named(three_acts: list[AuditEntry], column: str) -> None:
    other = timezone.now() if column == "at" else "7"
    behind_our_back(three_acts[1]).update(**{column: other})
    assert f"entry {three_acts[1].pk}: it says something else" in faults()


def test_an_entry_sealed_anew_is_named_by_the_one_after_it(three_acts: list[AuditEntry]) -> None:
    behind_our_back(three_acts[1]).update(seal="0" * 64)
    assert f"entry {three_acts[2].pk}: it does not follow" in faults()


def test_an_entry_taken_out_is_missed(three_acts: list[AuditEntry]) -> None:
    behind_our_back(three_acts[1]).delete()
    assert f"entry {three_acts[1].pk}: 1 entries are missing" in faults()


def test_an_end_cut_off_is_missed(three_acts: list[AuditEntry]) -> None:
    behind_our_back(three_acts[2]).delete()
    assert f"entry {three_acts[2].pk}: the record ends here" in faults()


def test_no_code_of_ours_changes_or_removes_an_entry(three_acts: list[AuditEntry]) -> None:
    act = three_acts[0]
    act.reason = "another"
    for attempt in (
        act.save,
        act.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(reason="another"),
    ):
        with pytest.raises(OnlyAdded):
            attempt()
    assert "is whole" in verified()


def test_what_is_undone_leaves_no_entry(home: HomePage) -> None:
    def undone() -> None:
        with transaction.atomic():
            log(home, "casestudies.withdrawn")
            raise RuntimeError

    before = AuditEntry.objects.count()
    with pytest.raises(RuntimeError):
        undone()
    assert AuditEntry.objects.count() == before
    assert "is whole" in verified()
