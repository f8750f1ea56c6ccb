"""Role × state × action, from one table, at the rules, the services, the portal and the admin.

`rights.csv` is the law: one row for a role's right to an action, one column for each state.
"""

import csv
from collections.abc import Callable
from copy import copy
from functools import partial
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import Client
from django.urls import reverse

from casestudies import keeping_permissions, permissions, review_permissions
from casestudies.models import CaseStudyPage, CoAuthor, ReviewAssignment, Visibility
from casestudies.readers.versions import versions_for
from casestudies.services.actions import ACTIONS, token_of
from casestudies.services.autosave import autosave_answers
from casestudies.services.decisions import decide
from casestudies.services.keeping import change_visibility, confirm_case, move_case
from casestudies.services.lifecycle import delete_draft, restore_case, withdraw_case
from casestudies.services.refusals import Refused
from casestudies.services.reviewing import (
    accept_invitation,
    decline_invitation,
    invite_reviewer,
    save_review,
    submit_review,
    take_back_invitation,
    take_over_review,
)
from casestudies.services.submission import submit_case
from casestudies.services.together import name_co_author, take_off_co_author
from casestudies.states import State
from casestudies.wizard.shown import shown_now
from casestudies.wizard.steps import question_named
from portal.directory.models import Administration, User
from tests.casestudies.admin_forms import admin, edit_url
from tests.factories.review import World, bring_to, edit, fresh, review_answers
from tests.factories.translations import check, offered_translation, take_off, translate


def write(world: World, case: CaseStudyPage, by: User) -> None:
    """Autosave a word, as the script of a screen does."""
    draft = case.get_latest_revision_as_object()
    shown = shown_now(case.latest_revision, draft, [question_named("summary")])
    autosave_answers(case=case, author=by, answers={"summary": "A word."}, shown=shown)


def name_another(world: World, case: CaseStudyPage, by: User) -> None:
    """Name a colleague as a co-author."""
    name_co_author(case=case, person=world["colleague"], by=by)


def take_off_named(world: World, case: CaseStudyPage, by: User) -> None:
    """Take a co-author off the list."""
    named = CoAuthor.objects.create(case=case, person=world.people["colleague"])
    take_off_co_author(co_author=named, by=by)


TABLE = Path(__file__).with_name("rights.csv")
Rights = dict[tuple[str, str], bool]
RULES = {
    "write": permissions.may_write,
    "name_co_author": permissions.may_name_co_authors,
    "take_off_co_author": permissions.may_name_co_authors,
    "see": permissions.may_see_draft,
    "edit": permissions.may_edit,
    "send": permissions.may_submit,
    "clear": permissions.may_clear,
    "return": permissions.may_return,
    "publish": permissions.may_decide,
    "decline": permissions.may_decide,
    "withdraw": permissions.may_withdraw,
    "restore": permissions.may_restore,
    "delete": permissions.may_delete,
    "assign": review_permissions.may_assign,
    "name_reviewers": review_permissions.may_name_reviewers,
    "read_unnamed": review_permissions.may_read_unnamed,
    "translate": permissions.may_translate,
    "check_translation": lambda person, case: permissions.may_check_translation(
        person, offered_translation(case)
    ),
    "take_off_translation": permissions.may_take_off_translation,
    "read_versions": lambda person, case: versions_for(person, case),
    "confirm": keeping_permissions.may_confirm,
    "narrow_visibility": lambda person, case: keeping_permissions.may_change_visibility(
        person, case, Visibility.REGION
    ),
    "widen_visibility": lambda person, case: keeping_permissions.may_change_visibility(
        person, narrowed(case), Visibility.PUBLIC
    ),
    "move": lambda person, case: keeping_permissions.may_move(person, case, elsewhere()),
}


def narrowed(case: CaseStudyPage) -> CaseStudyPage:
    """Give the case as if it were for its region only."""
    case = copy(case)
    case.visibility = Visibility.REGION
    return case


def elsewhere() -> Administration:
    """Give another administration of the region."""
    return Administration.objects.get(slug="france")


TRANSLATING = {
    "translate": translate,
    "check_translation": check,
    "take_off_translation": take_off,
}
TOGETHER = {"write": write, "name_co_author": name_another, "take_off_co_author": take_off_named}
# What is asked about one request for a review: whose it is in these trials, and the rule.
REVIEW_RULES = {
    "take_back": ("invited", review_permissions.may_take_back),
    "take_over": ("invited", review_permissions.may_take_over),
    "accept": ("invited", review_permissions.may_accept),
    "turn_down": ("invited", review_permissions.may_answer),
    "write_review": ("assigned", review_permissions.may_review),
    "send_review": ("assigned", review_permissions.may_review),
}
ONLY_READ = {"see", "read_versions", "edit", "name_reviewers", "read_unnamed"}
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


def asked(world: World, case: CaseStudyPage, who: str) -> ReviewAssignment | None:
    """Give the request for a review that this person got, if the case has come that far."""
    return ReviewAssignment.objects.filter(case=case, reviewer=world.people[who]).first()


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


def invite_another(world: World, case: CaseStudyPage, by: User) -> None:
    """Ask a third person, once there is room for one."""
    ReviewAssignment.objects.filter(case=case, reviewer=world.people["invited"]).delete()
    invite_reviewer(case=case, reviewer=world["reviewer"], by=by)


def review_service(
    world: World, case: CaseStudyPage, action: str, person: User
) -> Callable[[], object]:
    """Give the service behind an action on one request for a review."""
    about = {"assignment": asked(world, case, REVIEW_RULES[action][0]), "by": person}
    answers = review_answers(case)
    return {
        "take_back": partial(take_back_invitation, **about),
        "take_over": partial(take_over_review, no_conflict=True, **about),
        "accept": partial(accept_invitation, no_conflict=True, **about),
        "turn_down": partial(decline_invitation, reason="No time.", **about),
        "write_review": partial(save_review, answers=answers, **about),
        "send_review": partial(submit_review, answers=answers, **about),
    }[action]


def send_changed(case: CaseStudyPage, person: User) -> None:
    """Send a case, one that is published with what changed."""
    submit_case(case=edit(case, person) if case.live else case, author=person)


def widen(case: CaseStudyPage, person: User) -> None:
    """Open a case of the region to everybody."""
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.REGION)
    change_visibility(case=case, by=person, to=Visibility.PUBLIC, reason="Because.")


KEEPING: dict[str, Callable[[CaseStudyPage, User], object]] = {
    "confirm": lambda case, by: confirm_case(case=case, by=by),
    "narrow_visibility": lambda case, by: change_visibility(
        case=case, by=by, to=Visibility.REGION, reason="Because."
    ),
    "widen_visibility": widen,
    "move": lambda case, by: move_case(
        case=case, by=by, administration=elsewhere(), reason="Because."
    ),
}


def service(world: World, action: str, case: CaseStudyPage, person: User) -> Callable[[], object]:
    """Give the service behind an action, ready to be called."""
    if action == "send":
        return partial(send_changed, case, person)
    if action == "withdraw":
        return partial(withdraw_case, case=case, by=person, reason="Because.")
    if action == "restore":
        return partial(restore_case, case=case, by=person)
    if action == "delete":
        return partial(delete_draft, case=case, by=person)
    if action == "assign":
        return partial(invite_another, world, case, person)
    if action in KEEPING:
        return partial(KEEPING[action], case, person)
    if action in TOGETHER:
        return partial(TOGETHER[action], world, case, person)
    if action in REVIEW_RULES:
        return review_service(world, case, action, person)
    if action in TRANSLATING:
        return partial(TRANSLATING[action], case, person)
    task_state = case.workflow_states.last().current_task_state
    answers = {"seen": token_of(case.latest_revision), "reasons": "Because."}
    return partial(decide, task_state=task_state, by=person, action=action, answers=answers)


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


def kept_in_the_portal(case: CaseStudyPage, action: str) -> tuple[str, dict[str, str]]:
    """Give the address and the form of an act on a published case."""
    if action == "confirm":
        return reverse("casestudies:workspace_confirm", args=[case.number]), {"note": "Yes."}
    data = {"reason": "Because."}
    if action == "move":
        data |= {"administration": str(elsewhere().pk)}
        return reverse("casestudies:review_move", args=[case.pk]), data
    data |= {"readers": "public" if action == "widen_visibility" else "region"}
    return reverse("casestudies:review_readers", args=[case.pk]), data


def sent_to_the_portal(
    world: World, case: CaseStudyPage, action: str
) -> tuple[str, dict[str, str]]:
    """Give the address and the form that an action is asked with."""
    if action in REVIEW_RULES:
        assignment = asked(world, case, REVIEW_RULES[action][0])
        name = {"turn_down": "decline", "write_review": "asked", "send_review": "asked"}
        path = f"casestudies:review_{name.get(action, action)}"
        data = {"reason": "No time.", "no_conflict": "on"} | review_answers(case)
        data["action"] = "send" if action == "send_review" else "save"
        return reverse(path, args=[assignment.pk if assignment else 0]), data
    if action in KEEPING:
        return kept_in_the_portal(case, action)
    path = {"withdraw": "review_withdraw", "restore": "review_restore", "assign": "review_ask"}
    data = {"action": action, "reasons": "Because.", "reason": "Because."}
    data |= {"seen": token_of(case.latest_revision), "reviewer": str(world.people["reviewer"].pk)}
    return reverse(f"casestudies:{path.get(action, 'review_act')}", args=[case.pk]), data


def answer(world: World, client: Client, case: CaseStudyPage, action: str) -> bool:
    """Ask the portal for an action and say whether it was done."""
    address, data = sent_to_the_portal(world, case, action)
    with transaction.atomic():
        if action == "assign":
            case.review_assignments.filter(reviewer=world.people["invited"]).delete()
        if action == "widen_visibility":
            CaseStudyPage.objects.filter(pk=case.pk).update(visibility=Visibility.REGION)
        response = client.post(address, data)
        transaction.set_rollback(True)
    assert response.status_code in {302, 403, 404, 409}
    return response.status_code == 302


@every_state
def test_the_portals_pages_do_what_the_table_allows(world: World, state: State) -> None:
    case, expected = bring_to(world, state, with_reviewers=True), rights_in(state)
    read = ("see", "read_versions")
    acts = (*ACTIONS, "withdraw", "restore", "assign", *REVIEW_RULES, *KEEPING)
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


@every_state
def test_the_admins_edit_page_opens_to_whom_the_table_allows(world: World, state: State) -> None:
    case, expected = bring_to(world, state, with_reviewers=True), rights_in(state)
    got = {role: admin(world[role]).get(edit_url(case)).status_code == 200 for role in world.people}
    assert got == {role: expected["edit", role] and role in ADMIN_ROLES for role in world.people}
