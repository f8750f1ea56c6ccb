"""Documents that the engine refused: named, seen by those who look after search, tried again."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CaseStudyPage
from portal.directory.models import Role
from portal.directory.roles import sync_roles
from search import outbox
from search.models import IndexChange
from search.outbox import bury, claim, record, release
from search.refusals import refusals
from search.worker import drain
from tests.factories.cases import make_case, make_tree
from tests.factories.directory import make_region, make_user
from tests.search.looking import look, titles

pytestmark = pytest.mark.django_db

PAGE = "/admin/search/refused/"


@pytest.fixture
def refused() -> CaseStudyPage:
    """Gives a case whose document was refused."""
    make_tree()
    drain()
    case = make_case("Refused <b>for</b> its year", language="fr")
    record(kind="case", object_ids=[case.pk])
    _refuse("mapper_parsing_exception: <i>year</i>")
    return case


def _refuse(reason: str) -> None:
    for item in claim():
        bury(item, reason=reason)


def _enter(client: Client, role: str, **place: object) -> None:
    person = make_user(role, **place)
    sync_roles()
    client.force_login(person)


def test_status_names_what_was_refused_with_the_reason(refused: CaseStudyPage) -> None:
    out = StringIO()
    with pytest.raises(CommandError, match=rf"case-{refused.pk}: mapper_parsing") as ended:
        call_command("search_status", "--json", stdout=out)
    assert ended.value.returncode == 1
    (named,) = json.loads(out.getvalue())["refused"]
    assert named == {
        "id": f"case-{refused.pk}",
        "reason": "mapper_parsing_exception: <i>year</i>",
    }


def test_object_that_was_refused_twice_is_named_once_with_the_later_reason(
    refused: CaseStudyPage,
) -> None:
    record(kind="case", object_ids=[refused.pk])
    _refuse("another reason")
    assert [each.reason for each in refusals()] == ["another reason"]


@pytest.mark.parametrize("role", [Role.CURATOR, "superuser"])
def test_page_shows_what_was_refused_and_has_it_tried_again(
    client: Client, refused: CaseStudyPage, role: str
) -> None:
    _enter(client, role)
    page = client.get(PAGE).content.decode()
    assert "Refused &lt;b&gt;for&lt;/b&gt; its year" in page
    assert "mapper_parsing_exception: &lt;i&gt;year&lt;/i&gt;" in page
    answer = client.post(PAGE, {"document": f"case-{refused.pk}"}, follow=True)
    assert "1 document is tried again" in answer.content.decode()
    drain()
    assert titles(look("year")) == ["Refused <b>for</b> its year"]
    assert "has taken every document" in client.get(PAGE).content.decode()


def test_all_are_tried_again_at_once(client: Client, refused: CaseStudyPage) -> None:
    other = make_case("Another")
    record(kind="case", object_ids=[other.pk])
    _refuse("no room")
    _enter(client, Role.CURATOR)
    client.post(PAGE)
    assert not IndexChange.objects.filter(dead=True).exists()
    assert drain() == 2


def test_only_the_named_document_is_tried_again(client: Client, refused: CaseStudyPage) -> None:
    other = make_case("Another")
    record(kind="case", object_ids=[other.pk])
    _refuse("no room")
    _enter(client, Role.CURATOR)
    client.post(PAGE, {"document": [f"case-{other.pk}", "case-x", "nonsense", "case-0"]})
    assert [each.object_id for each in refusals()] == [refused.pk]


def test_title_of_what_is_not_published_is_not_shown(
    client: Client, refused: CaseStudyPage
) -> None:
    CaseStudyPage.objects.filter(pk=refused.pk).update(live=False)
    _enter(client, Role.CURATOR)
    page = client.get(PAGE).content.decode()
    assert f"case-{refused.pk}" in page
    assert "for&lt;/b&gt; its year" not in page


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.REVIEWER, Role.CONTRIBUTOR, None])
def test_nobody_else_sees_or_changes_anything(
    client: Client, refused: CaseStudyPage, role: str | None
) -> None:
    if role:
        place = {"region": make_region()} if role in {Role.COORDINATOR, Role.REVIEWER} else {}
        _enter(client, role, **place)
    for answer in (client.get(PAGE), client.post(PAGE)):
        assert answer.status_code in {302, 403}
        assert b"mapper_parsing" not in answer.content
    assert IndexChange.objects.filter(dead=True).count() == 1


@pytest.mark.parametrize(("role", "shown"), [(Role.CURATOR, True), (Role.COORDINATOR, False)])
def test_way_to_the_page_is_shown_to_those_who_may_go_there(
    client: Client, refused: CaseStudyPage, role: str, shown: bool
) -> None:
    _enter(client, role, **({} if role == Role.CURATOR else {"region": make_region()}))
    assert (PAGE in client.get("/admin/").content.decode()) is shown
    assert reverse("search_refused") == PAGE


def test_pauses_between_attempts_grow_and_differ() -> None:
    record(kind="case", object_ids=range(1, 21))
    pauses = []
    for _attempt in range(3):
        IndexChange.objects.update(due_at=timezone.now())
        now = timezone.now()
        release(claim(), reason="busy", later=True)
        dues = IndexChange.objects.values_list("due_at", flat=True)
        pauses.append([due - now for due in dues])
    assert len(set(pauses[0])) > 1
    assert max(pauses[0]) < min(pauses[2])
    IndexChange.objects.update(due_at=timezone.now(), attempts=1000)
    release(claim(), reason="busy", later=True)
    longest = timezone.now() + outbox.LONGEST_PAUSE * 1.3 + timedelta(seconds=1)
    assert not IndexChange.objects.filter(due_at__gt=longest).exists()
    assert set(IndexChange.objects.values_list("reason", flat=True)) == {"busy"}
