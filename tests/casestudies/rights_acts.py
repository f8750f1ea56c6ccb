"""Each act on a case by its rule, its service and its page, for the table of rights."""

from collections.abc import Callable
from copy import copy
from functools import partial

from django.urls import reverse

from casestudies import (
    keeping_permissions,
    offline_permissions,
    permissions,
    review_permissions,
)
from casestudies.curating import may_curate_topics
from casestudies.hearing import Hearing
from casestudies.models import (
    CaseStudyPage,
    CoAuthor,
    Notification,
    ReviewAssignment,
    Visibility,
)
from casestudies.readers.versions import versions_for
from casestudies.services.actions import token_of
from casestudies.services.autosave import autosave_answers
from casestudies.services.decisions import decide
from casestudies.services.keeping import change_visibility, confirm_case, move_case
from casestudies.services.lifecycle import delete_draft, restore_case, withdraw_case
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
from casestudies.services.topics import rename_topic
from casestudies.wizard.shown import shown_now
from casestudies.wizard.steps import question_named
from portal.directory.models import Administration, User
from tests.factories.cases import make_topic
from tests.factories.offline import fill_in_file, hand_in_file, workshop_with
from tests.factories.review import World, edit, review_answers
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
    "fill_in": offline_permissions.may_fill_in,
    "hand_in": lambda person, case: offline_permissions.may_hand_in(
        person, workshop_with(case), case
    ),
    "curate_topics": lambda person, _case: may_curate_topics(person),
    "read_versions": lambda person, case: versions_for(person, case),
    "confirm": keeping_permissions.may_confirm,
    "narrow_visibility": lambda person, case: keeping_permissions.may_change_visibility(
        person, case, Visibility.REGION
    ),
    "widen_visibility": lambda person, case: keeping_permissions.may_change_visibility(
        person, narrowed(case), Visibility.PUBLIC
    ),
    "move": lambda person, case: keeping_permissions.may_move(person, case, elsewhere()),
    "hear": lambda person, case: hears(person, case),
}


def hears(person: User, case: CaseStudyPage) -> bool:
    """Say whether somebody who was told of a case is given its title."""
    told = Notification(person=person, case=case, event="returned")
    return Hearing(person, [told]).heard(told) is not None


def narrowed(case: CaseStudyPage) -> CaseStudyPage:
    """Give the case as if it were for its region only."""
    case = copy(case)
    case.visibility = Visibility.REGION
    return case


def elsewhere() -> Administration:
    """Give another administration of the region."""
    return Administration.objects.get(slug="france")


OFFLINE = {"fill_in": fill_in_file, "hand_in": hand_in_file}
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


def asked(world: World, case: CaseStudyPage, who: str) -> ReviewAssignment | None:
    """Give the request for a review that this person got, if the case has come that far."""
    return ReviewAssignment.objects.filter(case=case, reviewer=world.people[who]).first()


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


ON_A_CASE = {
    "send": send_changed,
    "withdraw": lambda case, by: withdraw_case(case=case, by=by, reason="Because."),
    "restore": lambda case, by: restore_case(case=case, by=by),
    "delete": lambda case, by: delete_draft(case=case, by=by),
    "curate_topics": lambda _case, by: rename_topic(
        topic=make_topic(), names={}, slug="x", reason="y", by=by
    ),
}
IN_THE_WORLD = {"assign": invite_another}


def service(world: World, action: str, case: CaseStudyPage, person: User) -> Callable[[], object]:
    """Give the service behind an action, ready to be called."""
    for acts in (ON_A_CASE, KEEPING, TRANSLATING, OFFLINE):
        if action in acts:
            return partial(acts[action], case, person)
    for acts_in_the_world in (IN_THE_WORLD, TOGETHER):
        if action in acts_in_the_world:
            return partial(acts_in_the_world[action], world, case, person)
    if action in REVIEW_RULES:
        return review_service(world, case, action, person)
    task_state = case.workflow_states.last().current_task_state
    answers = {"seen": token_of(case.latest_revision), "reasons": "Because."}
    return partial(decide, task_state=task_state, by=person, action=action, answers=answers)


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


def written_in_the_portal(
    world: World, case: CaseStudyPage, action: str
) -> tuple[str, dict[str, str]]:
    """Give the address and the form of saving while one writes, and of naming co-authors."""
    if action == "write":
        draft = case.get_latest_revision_as_object()
        shown = shown_now(case.latest_revision, draft, [question_named("summary")])
        data = {"question": "summary", "summary": "A word.", "base": str(shown)}
        return reverse("casestudies:share_autosave", args=[case.number, "in-short"]), data
    if action == "name_co_author":
        data = {"person": str(world.people["expert"].pk)}
        return reverse("casestudies:authors", args=[case.number]), data
    named = CoAuthor.objects.create(case=case, person=world.people["expert"])
    return reverse("casestudies:author_take_off", args=[case.number, named.pk]), {}


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
    if action in TOGETHER:
        return written_in_the_portal(world, case, action)
    path = {"withdraw": "review_withdraw", "restore": "review_restore", "assign": "review_ask"}
    data = {"action": action, "reasons": "Because.", "reason": "Because."}
    data |= {"seen": token_of(case.latest_revision), "reviewer": str(world.people["reviewer"].pk)}
    return reverse(f"casestudies:{path.get(action, 'review_act')}", args=[case.pk]), data
