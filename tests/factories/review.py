"""A small world with a review: people in every role, and cases brought to any state by services."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone
from wagtail.models import TaskState

from casestudies.models import CaseStudyPage, Criterion, Decision, Gate, ReviewAssignment
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.reviewing import (
    accept_invitation,
    invite_reviewer,
    submit_review,
)
from casestudies.services.submission import submit_case
from casestudies.states import State
from portal.directory.models import Administration, Region, User
from portal.directory.permissions import forget_standing
from portal.directory.roles import sync_roles
from tests.factories.cases import administration_page, make_case, make_tree
from tests.factories.directory import make_administration, make_region, make_user

PASSWORD = "correct-horse-7"


@dataclass
class World:
    """Malta and France in Europe, Japan in Asia/Pacific, and one person in each role."""

    malta: Administration
    france: Administration
    japan: Administration
    europe: Region
    people: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, name: str) -> User:
        person = User.objects.get(pk=self.people[name].pk)
        forget_standing(person)
        return person


def make_world() -> World:
    """Make the tree, the workflow, the groups and the people."""
    make_tree()
    asia = make_region("asia-pacific")
    world = World(
        malta=make_administration("malta"),
        france=make_administration("france"),
        japan=make_administration("japan", region="asia-pacific"),
        europe=make_region("europe"),
    )
    for place in (world.malta, world.france, world.japan):
        administration_page(place)
    malta, france, japan = (
        {"administration": place} for place in (world.malta, world.france, world.japan)
    )
    roles = {
        "author": ("contributor", malta),
        "colleague": ("contributor", malta),
        "contact": ("contact_point", malta),
        "expert": ("expert_editor", malta),
        "member_reader": ("member_reader", malta),
        "other_contributor": ("contributor", france),
        "other_contact": ("contact_point", france),
        "other_expert": ("expert_editor", france),
        "foreign_contact": ("contact_point", japan),
        "reviewer": ("reviewer", {"region": world.europe}),
        "invited": ("reviewer", {"region": world.europe}),
        "assigned": ("reviewer", {"region": world.europe}),
        "coordinator": ("coordinator", {"region": world.europe}),
        "coordinator2": ("coordinator", {"region": world.europe}),
        "foreign_coordinator": ("coordinator", {"region": asia}),
        "curator": ("curator", {}),
        "superuser": ("superuser", {}),
        "reader": ("", {}),
    }
    for name, (role, place) in roles.items():
        world.people[name] = make_user(
            role, email=f"{name}@example.test", password=PASSWORD, first_name=name, **place
        )
    sync_roles()
    return world


def make_draft(world: World, *, author: str = "author", **fields: object) -> CaseStudyPage:
    """Make a draft of Malta with one revision by its author."""
    person = world[author]
    fields.setdefault("administration", world.malta)
    case = make_case(live=False, owner=person, review_by=None, **fields)
    case.save_revision(user=person)
    return fresh(case)


def fresh(case: CaseStudyPage) -> CaseStudyPage:
    """Read a case again from the database."""
    return CaseStudyPage.objects.get(pk=case.pk)


def edit(case: CaseStudyPage, user: User, **fields: object) -> CaseStudyPage:
    """Change fields of the latest revision and save it as this person.

    Of a published case it is said what changed, as it has to be.
    """
    draft = fresh(case).get_latest_revision_as_object()
    if draft.live:
        fields = {"change_kind": "substantive", "change_note": "What is new."} | fields
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=user)
    return fresh(case)


def send(world: World, case: CaseStudyPage, author: str = "author") -> CaseStudyPage:
    """Send a case into review."""
    return submit_case(case=case, author=world[author])


def act(case: CaseStudyPage, by: User, action: str, reasons: str = "") -> Decision:
    """Decide on the present text of a case, as the portal's page does."""
    case = fresh(case)
    answers = {"seen": token_of(case.latest_revision), "reasons": reasons}
    return decide(task_state=task_state_of(case), by=by, action=action, answers=answers)


def task_state_of(case: CaseStudyPage) -> TaskState:
    """Give the task state that a case waits at."""
    found = fresh(case).current_workflow_task_state
    assert found is not None
    return found


def invite(world: World, case: CaseStudyPage, who: str = "invited") -> ReviewAssignment:
    """Ask somebody for a review, as the first coordinator."""
    return invite_reviewer(case=case, reviewer=world[who], by=world["coordinator"])


def assign(world: World, case: CaseStudyPage, who: str = "assigned") -> ReviewAssignment:
    """Ask somebody for a review, who accepts."""
    asked = invite(world, case, who)
    return accept_invitation(assignment=asked, by=world[who], no_conflict=True)


def review_answers(case: CaseStudyPage, **changed: str) -> dict[str, str]:
    """Give the answers of a complete review of the present text."""
    answers = {f"gate-{gate}": "yes" for gate in Gate}
    answers |= {f"score-{criterion}": "4" for criterion in Criterion}
    answers |= {"opinion": "Clear and useful.", "recommendation": "yes"}
    return answers | {"seen": token_of(fresh(case).latest_revision)} | changed


def reviewed(
    world: World, case: CaseStudyPage, who: str = "assigned", **changed: str
) -> ReviewAssignment:
    """Ask somebody for a review, who accepts and sends one."""
    assignment = assign(world, case, who)
    submit_review(assignment=assignment, by=world[who], answers=review_answers(case, **changed))
    return ReviewAssignment.objects.get(pk=assignment.pk)


def bring_to(
    world: World, state: State | str, *, with_reviewers: bool = False, **fields: object
) -> CaseStudyPage:
    """Make a case of Malta and bring it to a state by way of the services alone.

    `with_reviewers`: one is asked and another one has accepted before the region decides.
    """
    if state == State.EMBARGOED:
        fields["embargo_until"] = timezone.localdate() + timedelta(days=30)
    case = make_draft(world, **fields)
    if state == State.DRAFT:
        return case
    send(world, case)
    if state == State.CLEARANCE:
        return fresh(case)
    act(case, world["contact"], "clear")
    if with_reviewers:
        invite(world, case)
        assign(world, case)
    if state == State.DECISION:
        return fresh(case)
    if state == State.RETURNED:
        act(case, world["coordinator"], "return", "Please give a figure.")
    elif state == State.DECLINED:
        act(case, world["coordinator"], "decline", "Not about Customs.")
    else:
        act(case, world["coordinator"], "publish")
    if state == State.WITHDRAWN:
        withdraw_case(case=case, by=world["contact"], reason="Out of date.")
    return fresh(case)
