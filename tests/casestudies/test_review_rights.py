"""Role × state × action, from one table, at the rules, the services, the portal and the admin.

`rights.csv` is the law: one row for a role's right to an action, one column for each state.
"""

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casestudies.models import (
    CaseStudyPage,
    Visibility,
)
from casestudies.services.actions import ACTIONS
from casestudies.services.refusals import Refused
from casestudies.states import State
from portal.directory.models import User
from tests.casestudies.admin_forms import admin, edit_url
from tests.casestudies.rights_acts import (
    KEEPING,
    REVIEW_RULES,
    RULES,
    TOGETHER,
    asked,
    sent_to_the_portal,
    service,
)
from tests.factories.review import World, bring_to, fresh

TABLE = Path(__file__).with_name("rights.csv")

Rights = dict[tuple[str, str], bool]

ONLY_READ = {"see", "hear", "read_versions", "edit", "name_reviewers", "read_unnamed"}

ADMIN_ROLES = {
    "expert",
    "other_expert",
    "coordinator",
    "coordinator2",
    "foreign_coordinator",
    "curator",
    "superuser",
}

# The rules are asked for everybody; a page costs more, so one of each kind goes there.
PORTAL_ROLES = (
    "author",
    "contact",
    "coordinator",
    "curator",
    "superuser",
    "other_contact",
    "foreign_coordinator",
    "reviewer",
    "invited",
    "assigned",
    "reader",
)

every_state = pytest.mark.parametrize("state", [State(value) for value in State.values])


def rights_in(state: State) -> Rights:
    """Read the table's column of a state."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {
            (row["action"], row["role"]): row[state.value] == "yes" for row in csv.DictReader(file)
        }


def test_the_table_names_every_role_action_and_state(world: World) -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["role"] for row in rows} == set(world.people)
    assert {row["action"] for row in rows} == set(RULES) | set(REVIEW_RULES)
    assert len(rows) == len(world.people) * (len(RULES) + len(REVIEW_RULES))
    assert set(rows[0]) == {"action", "role", *State.values}


def rule_says(world: World, case: CaseStudyPage, action: str, person: User) -> bool:
    """Ask the rule of an action."""
    if action in RULES:
        return bool(RULES[action](person, case))
    who, rule = REVIEW_RULES[action]
    assignment = asked(world, case, who)
    return bool(assignment and rule(person, assignment))


@every_state
def test_the_rules_say_what_the_table_says(world: World, state: State) -> None:
    case, expected = bring_to(world, state, with_reviewers=True), rights_in(state)
    people = {role: world[role] for role in world.people}
    got = {
        (action, role): rule_says(world, case, action, people[role]) for action, role in expected
    }
    assert got == expected


def goes_through(call: Callable[[], object]) -> bool:
    """Say whether a call is let through; whatever it did is taken back."""
    with transaction.atomic():
        try:
            call()
        except (Refused, PermissionDenied):
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.slow
@every_state
def test_the_services_let_through_what_the_table_allows(world: World, state: State) -> None:
    case = bring_to(world, state, with_reviewers=True)
    skipped = ONLY_READ | (set() if case.workflow_states.exists() else set(ACTIONS))
    skipped |= set() if case.review_assignments.exists() else set(REVIEW_RULES)
    expected = {key: right for key, right in rights_in(state).items() if key[0] not in skipped}
    got = {
        (action, role): goes_through(service(world, action, fresh(case), world[role]))
        for action, role in expected
    }
    assert got == expected


def answer(world: World, client: Client, case: CaseStudyPage, action: str) -> bool:
    """Ask the portal for an action and say whether it was done."""
    with transaction.atomic():
        address, data = sent_to_the_portal(world, case, action)
        if action == "assign":
            case.review_assignments.filter(reviewer=world.people["invited"]).delete()
        if action == "widen_visibility":
            CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.REGION)
        response = client.post(address, data)
        transaction.set_rollback(True)
    assert response.status_code in {200, 302, 403, 404, 409}
    return response.status_code in {200, 302}


@pytest.mark.slow
@every_state
def test_the_portals_pages_do_what_the_table_allows(world: World, state: State) -> None:
    case, expected = bring_to(world, state, with_reviewers=True), rights_in(state)
    read = ("see", "read_versions")
    acts = (*ACTIONS, "withdraw", "restore", "assign", *REVIEW_RULES, *KEEPING, *TOGETHER)
    actions = (*read, *acts)
    got: Rights = {}
    for role in PORTAL_ROLES:
        client = admin(world[role])
        page = client.get(reverse("casestudies:review_case", args=[case.pk]))
        assert page.status_code in {200, 404}
        got["see", role] = page.status_code == 200
        versions = client.get(reverse("casestudies:versions", args=[case.number]))
        assert versions.status_code in {200, 404, 410}
        got["read_versions", role] = versions.status_code == 200
        names = client.get(reverse("casestudies:review_reviewers", args=[case.pk]))
        assert (names.status_code == 200) == expected["name_reviewers", role]
        got |= {(name, role): answer(world, client, fresh(case), name) for name in acts}
    assert got == {(name, role): expected[name, role] for name in actions for role in PORTAL_ROLES}


@pytest.mark.slow
@every_state
def test_the_admins_edit_page_opens_to_whom_the_table_allows(world: World, state: State) -> None:
    case, expected = bring_to(world, state, with_reviewers=True), rights_in(state)
    got = {role: admin(world[role]).get(edit_url(case)).status_code == 200 for role in world.people}
    assert got == {role: expected["edit", role] and role in ADMIN_ROLES for role in world.people}
