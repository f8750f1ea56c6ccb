"""The directory from its data files, and groups kept in step with it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.models import GroupPagePermission

from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import Administration, Membership, Region, Role
from portal.directory.permissions import standing_of
from portal.directory.roles import coordinators_group, members_group, sync_roles
from portal.directory.services import end_role, grant_role, load_directory
from tests.factories.cases import administration_page, make_tree
from tests.factories.directory import make_administration, make_region, make_user

pytestmark = pytest.mark.django_db
MEMBERS_BY_REGION = {"AMS": 34, "A/P": 35, "EUR": 52, "ESA": 24, "MENA": 18, "WCA": 24}


def test_all_members_stand_in_their_regions():
    load_directory()
    for code, members in MEMBERS_BY_REGION.items():
        rows = Administration.objects.filter(region__code=code, is_member=True)
        assert rows.count() == members, code
    assert Administration.objects.filter(is_member=True).count() == 187
    assert Administration.objects.get(iso2="EU").region.code == "EUR"


def test_every_name_is_there_in_six_languages():
    load_directory()
    for administration in Administration.objects.all():
        for code in LANGUAGE_CODES:
            assert administration.label_in(code).strip(), (administration.iso2, code)
    for region in Region.objects.all():
        assert set(region.labels) == set(LANGUAGE_CODES)
    with translation.override("ar"):
        assert Administration.objects.get(iso2="MA").label == "المغرب"


def test_what_an_editor_changed_survives_a_second_load():
    load_directory()
    Administration.objects.filter(iso2="KE").update(name="Kenya, renamed")
    load_directory()
    assert Administration.objects.get(iso2="KE").name == "Kenya, renamed"
    assert Administration.objects.count() == 188


class TestRoles:
    """`sync_roles` changes nothing twice and repairs what somebody changed."""

    @pytest.fixture
    def malta(self) -> Administration:
        make_tree()
        malta = make_administration("malta")
        administration_page(malta)
        return malta

    def snapshot(self) -> tuple[set, set, set]:
        return (
            set(Group.objects.values_list("name", "permissions")),
            set(GroupPagePermission.objects.values_list("pk", "group", "page", "permission")),
            set(Group.user_set.through.objects.values_list("pk", "user_id", "group_id")),
        )

    def test_second_run_changes_nothing(self, malta):
        make_user(Role.CONTRIBUTOR, administration=malta)
        sync_roles()
        before = self.snapshot()
        call_command("sync_roles")
        assert self.snapshot() == before

    def test_it_repairs_what_was_changed_by_hand(self, malta):
        person = make_user(Role.CONTRIBUTOR, administration=malta)
        sync_roles()
        before = self.snapshot()
        Group.objects.get(name=members_group(malta)).permissions.set(
            Group.objects.get(name=coordinators_group(malta.region)).permissions.all()
        )
        GroupPagePermission.objects.filter(group__name=members_group(malta)).first().delete()
        person.groups.add(Group.objects.get(name=coordinators_group(malta.region)))
        sync_roles()
        after = self.snapshot()
        assert after[0] == before[0]
        assert {row[1:] for row in after[1]} == {row[1:] for row in before[1]}
        assert {row[1:] for row in after[2]} == {row[1:] for row in before[2]}

    def test_no_regional_group_may_publish(self, malta):
        sync_roles()
        granted = GroupPagePermission.objects.filter(permission__codename="publish_page")
        named = ("Members: ", "Coordinators: ", "Global curators")
        assert not [row for row in granted if row.group.name.startswith(named)]

    def test_contributors_never_enter_the_admin(self, client, malta):
        person = make_user(Role.CONTRIBUTOR, administration=malta)
        sync_roles()
        assert not person.has_perm("wagtailadmin.access_admin")
        coordinator = make_user(Role.COORDINATOR, region=malta.region)
        sync_roles()
        assert coordinator.has_perm("wagtailadmin.access_admin")

    def test_ended_membership_leaves_its_group(self, malta):
        person = make_user(Role.CONTRIBUTOR, administration=malta)
        sync_roles()
        assert person.groups.filter(name=members_group(malta)).exists()
        yesterday = timezone.localdate() - timedelta(days=1)
        end_role(by=make_user("superuser"), membership=person.memberships.get(), until=yesterday)
        assert not person.groups.filter(name=members_group(malta)).exists()


def test_role_must_fit_its_place():
    person = make_user()
    with pytest.raises(ValidationError):
        grant_role(person=person, role=Role.COORDINATOR, administration=make_administration())
    with pytest.raises(ValidationError):
        grant_role(person=person, role=Role.CONTRIBUTOR, region=make_region())
    assert not Membership.objects.filter(person=person).exists()


def test_standing_counts_only_memberships_in_force():
    malta = make_administration("malta")
    person = make_user()
    tomorrow = timezone.localdate() + timedelta(days=1)
    grant_role(person=person, role=Role.CONTRIBUTOR, administration=malta, since=tomorrow)
    assert not standing_of(person).acts_for(malta.pk)
    grant_role(person=person, role=Role.CONTRIBUTOR, administration=malta)
    assert standing_of(person).acts_for(malta.pk, Role.CONTRIBUTOR)
    assert standing_of(person).regions == {malta.region_id}
