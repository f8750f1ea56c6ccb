"""Groups of equal phrases that a curator adds in the editors' desk, without a rebuild."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.directory.models import Role
from portal.directory.roles import sync_roles
from search import vocabularies
from search.engines.base import Engine
from search.lexicon import MOST
from search.models import SynonymGroup
from search.synonyms import alternatives
from tests.factories.cases import make_case, make_tree
from tests.factories.directory import make_region, make_user
from tests.search.looking import index_everything, look, titles

pytestmark = pytest.mark.django_db


def enter(client: Client, role: str, **place: object) -> None:
    person = make_user(role, **place)
    sync_roles()
    client.force_login(person)


def texts(query: str) -> set[str]:
    """Gives what else is searched for."""
    return {phrase.text for phrase in alternatives(query)}


def test_new_group_finds_at_once_and_no_more_when_it_is_gone(
    client: Client, engine: Engine
) -> None:
    make_case("Lighthouse keepers learn together", language="en")
    index_everything()
    enter(client, Role.CURATOR)
    assert look("gardien de phare").total == 0
    data = {"phrases": "en:lighthouse keeper, fr:gardien de phare", "active": "on"}
    assert client.post(reverse("synonymgroup:add"), data).status_code == 302
    assert titles(look("gardiens de phares")) == ["Lighthouse keepers learn together"]
    group = SynonymGroup.objects.get()
    assert client.post(reverse("synonymgroup:delete", args=[group.pk])).status_code == 302
    assert look("gardien de phare").total == 0


def test_group_that_shares_a_phrase_joins_the_portal_s_own() -> None:
    SynonymGroup.objects.create(phrases="PCA, en:books check")
    assert "contrôle a posteriori" in texts("books check")
    assert "books check" in texts("contrôle a posteriori")


def test_curator_s_phrase_has_a_place_among_the_many_of_a_large_group() -> None:
    SynonymGroup.objects.create(phrases="en:electronic seal, en:padlock that reports")
    assert len(alternatives("пломбы электронные пломбы")) == MOST
    assert "padlock that reports" in texts("электронная пломба")


def test_group_that_is_switched_off_takes_the_portal_s_own_with_it() -> None:
    assert "guichet unique" in texts("single window")
    off = SynonymGroup(phrases="Single Window", active=False)
    off.full_clean()
    off.save()
    assert "guichet unique" not in texts("single window")
    assert "AEO" in texts("trusted trader")


def test_group_is_used_again_when_it_is_switched_on() -> None:
    group = SynonymGroup.objects.create(phrases="en:alpha beta, XYZ", active=False)
    assert texts("XYZ") == set()
    group.active = True
    group.save()
    assert texts("XYZ") == {"alpha beta"}


def test_another_process_sees_a_change_when_what_it_keeps_is_old(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert texts("XYZ") == set()
    SynonymGroup.objects.bulk_create([SynonymGroup(phrases="en:alpha beta, XYZ")])
    assert texts("XYZ") == set()
    monkeypatch.setattr(vocabularies, "KEPT_SECONDS", -1.0)
    assert texts("XYZ") == {"alpha beta"}


def test_groups_are_read_with_one_statement_and_then_kept() -> None:
    for number in range(5):
        SynonymGroup.objects.create(phrases=f"en:alpha {number}, XYZ")
    vocabularies.forget()
    with CaptureQueriesContext(connection) as statements:
        alternatives("XYZ")
        alternatives("AEO")
    assert len(statements) == 1


def test_group_that_can_no_longer_be_read_spoils_no_search(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    SynonymGroup.objects.bulk_create([SynonymGroup(phrases="de:Zoll, AEO")])
    vocabularies.forget()
    assert "OEA" in texts("AEO")
    assert "de:Zoll" in caplog.text
    enter(client, Role.CURATOR)
    assert client.get(reverse("synonymgroup:index")).status_code == 200


def test_fault_stands_at_the_field_in_plain_words(client: Client) -> None:
    enter(client, Role.CURATOR)
    answer = client.post(
        reverse("synonymgroup:add"), {"phrases": "AEO, de:Zollbeteiligter", "active": "on"}
    )
    assert answer.status_code == 200
    assert "before the colon stands a language" in answer.content.decode()
    assert not SynonymGroup.objects.exists()


def test_active_group_of_one_phrase_is_refused() -> None:
    with pytest.raises(ValidationError, match="at least two"):
        SynonymGroup(phrases="AEO").full_clean()


def test_curator_sees_the_list_with_languages_and_the_portal_s_own_groups(client: Client) -> None:
    SynonymGroup.objects.create(phrases="XYZ, fr:essai, ru:проба")
    enter(client, Role.CURATOR)
    assert "French, Russian" in client.get(reverse("synonymgroup:index")).content.decode()
    form = client.get(reverse("synonymgroup:add")).content.decode()
    assert "=SAFE, en:framework of standards" in form


@pytest.mark.parametrize("verb", ["index", "add"])
def test_coordinator_has_no_part_in_it(client: Client, verb: str) -> None:
    make_tree()
    enter(client, Role.COORDINATOR, region=make_region("europe"))
    assert client.get(reverse(f"synonymgroup:{verb}")).status_code in (302, 403)
    data = {"phrases": "en:alpha, XYZ", "active": "on"}
    client.post(reverse("synonymgroup:add"), data)
    assert not SynonymGroup.objects.exists()
