"""The directory and the vocabularies as data that a curator changes in the editors' desk."""

import pytest
from django.urls import reverse

from casestudies.models import LetterText, Topic
from portal.directory.models import RegionalBody, Role
from portal.directory.roles import sync_roles
from tests.factories.cases import make_case, make_topic, make_tree
from tests.factories.directory import make_administration, make_region, make_user

pytestmark = pytest.mark.django_db
NAMES = ("administration", "regionalbody", "region", "topic", "term", "lettertext")


@pytest.fixture
def malta():
    make_tree()
    make_topic("transit")
    return make_administration("malta")


def enter(client, role, **place):
    person = make_user(role, **place)
    sync_roles()
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", NAMES)
def test_curator_sees_every_list(client, malta, name):
    enter(client, Role.CURATOR)
    assert client.get(reverse(f"{name}:index")).status_code == 200


def test_the_operator_sees_the_whole_tree_and_its_site(client, malta):
    client.force_login(make_user("superuser"))
    assert client.get("/admin/pages/").status_code == 200
    assert client.get("/admin/sites/").status_code == 200


@pytest.mark.parametrize("role", [Role.CURATOR, Role.COORDINATOR])
def test_nobody_else_touches_the_site(client, malta, role):
    enter(client, role)
    assert client.get("/admin/sites/").status_code in (302, 403)


@pytest.mark.parametrize("name", NAMES)
def test_coordinator_changes_none_of_them(client, malta, name):
    enter(client, Role.COORDINATOR, region=malta.region)
    assert client.get(reverse(f"{name}:index")).status_code in (302, 403)


def test_curator_appoints_a_vice_chair(client, malta):
    enter(client, Role.CURATOR)
    answer = client.post(
        reverse("regionalbody:add"),
        {"region": malta.region_id, "kind": "vice_chair", "administration": malta.pk, "name": ""},
    )
    assert answer.status_code == 302
    assert RegionalBody.objects.get().administration == malta


def test_curator_sets_days_and_time_zone_of_a_regions_reminders(client, malta):
    enter(client, Role.CURATOR)
    region, address = malta.region, reverse("region:edit", args=[malta.region_id])
    names = ("name", "short_name", "meeting", "time_zone", "review_days", "decision_days")
    data = {name: getattr(region, name) for name in names}
    wrong = [{"clearance_days": 0}, {"clearance_days": 5, "time_zone": "Mars/Base"}]
    assert [client.post(address, data | one).status_code for one in wrong] == [200, 200]
    right = {"clearance_days": 5, "time_zone": "Europe/Malta"}
    assert client.post(address, data | right).status_code == 302
    region.refresh_from_db()
    assert (region.clearance_days, region.time_zone) == (5, "Europe/Malta")


def test_curator_writes_a_letter_of_a_decision(client, malta):
    enter(client, Role.CURATOR)
    data = {"kind": "returned", "name": "A shorter one", "text": "Mend it.", "text_fr": "Corrigez."}
    assert client.post(reverse("lettertext:add"), data).status_code == 302
    assert LetterText.objects.get().text_in("fr") == "Corrigez."
    assert LetterText.objects.get().text_in("ar") == "Mend it."


def test_curator_names_a_topic_in_another_language(client, malta):
    enter(client, Role.CURATOR)
    topic = make_topic("transit")
    data = {"name": "Transit", "name_fr": "Le transit", "slug": "transit", "position": 0}
    assert client.post(reverse("topic:edit", args=[topic.pk]), data).status_code == 302
    assert Topic.objects.get(slug="transit").label_in("fr") == "Le transit"


def test_administration_moves_with_its_cases_to_its_new_region(client, malta):
    enter(client, Role.CURATOR)
    case = make_case(administration=malta)
    other = make_region("asia-pacific")
    data = {"name": malta.name, "region": other.pk, "clearance_required": "on"}
    assert client.post(reverse("administration:edit", args=[malta.pk]), data).status_code == 302
    case.refresh_from_db()
    assert "/asia-pacific/" in case.url_path


def test_what_is_still_in_use_is_not_deleted_before_the_index_of_uses_knows(client, malta):
    make_case(administration=malta)
    client.force_login(make_user("superuser"))
    address = reverse("administration:delete", args=[malta.pk])
    answer = client.post(address, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert "It is still in use, so it was not deleted." in answer.content.decode()
    malta.refresh_from_db()
