"""What people are told of: the words of each event, its kind, and where it leads."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casestudies.models.notifications import Kind
from casestudies.models.reviewing import ReviewAssignment
from casestudies.states import State

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

Asked = ReviewAssignment.State


@dataclass(frozen=True)
class Event:
    """An event: `subject` names the title; `sentence` may name administration, dates, readers.

    `at`, `asked` and `while_due` say while what it stands: the state of the case, that of one's own
    request, or the owners' answer whether the case is still true.
    """

    kind: Kind
    subject: str | Promise
    sentence: str | Promise
    at: State | None = None
    asked: str = ""
    while_due: bool = False


EVENTS = {
    "to_clear": Event(
        Kind.ASKED,
        _("A case waits for your clearance: %(title)s"),
        _(
            "Colleagues at %(administration)s have sent this case study. Please read it, then "
            "clear it for the region or return it with reasons."
        ),
        at=State.CLEARANCE,
    ),
    "to_decide": Event(
        Kind.ASKED,
        _("A case waits for your region's decision: %(title)s"),
        _(
            "%(administration)s has sent this case study to your region. Please read it, then "
            "publish it, return it or decline it."
        ),
        at=State.DECISION,
    ),
    "to_review": Event(
        Kind.ASKED,
        _("You are asked to review a case: %(title)s"),
        _(
            "The coordinators of your region ask you to review this case study of "
            "%(administration)s. Please accept or decline."
        ),
        asked=Asked.INVITED,
    ),
    "remind_clear": Event(
        Kind.REMINDED,
        _("Still waiting for your clearance: %(title)s"),
        _(
            "This case study has waited for a contact point of %(administration)s for long. "
            "Please clear it for the region or return it with reasons."
        ),
        at=State.CLEARANCE,
    ),
    "remind_decide": Event(
        Kind.REMINDED,
        _("Still waiting for your region's decision: %(title)s"),
        _(
            "This case study of %(administration)s has waited for your region for long. "
            "Please decide on it, with or without the reviews that are still out."
        ),
        at=State.DECISION,
    ),
    "remind_answer": Event(
        Kind.REMINDED,
        _("Still waiting for your answer: %(title)s"),
        _(
            "The coordinators of your region asked you to review this case study of "
            "%(administration)s. Please accept or decline, so that they can ask somebody else."
        ),
        asked=Asked.INVITED,
    ),
    "remind_review": Event(
        Kind.REMINDED,
        _("Still waiting for your review: %(title)s"),
        _(
            "You accepted to review this case study of %(administration)s. Please send your "
            "review, or tell the coordinators that you cannot."
        ),
        asked=Asked.ACCEPTED,
    ),
    "silent_contact": Event(
        Kind.REMINDED,
        _("The contact point is silent: %(title)s"),
        _(
            "The contact points of %(administration)s were reminded of this case study and have "
            "not answered. It cannot go on to your region without them."
        ),
        at=State.CLEARANCE,
    ),
    "silent_reviewer": Event(
        Kind.REMINDED,
        _("A reviewer is silent: %(title)s"),
        _(
            "A reviewer was reminded of this case study and has not answered. Please take the "
            "request back and ask somebody else, take the review over, or decide without it."
        ),
        at=State.DECISION,
    ),
    "remind_renewal": Event(
        Kind.REMINDED,
        _("Is it still true? %(title)s"),
        _(
            "This case study of %(administration)s was published some time ago. Please read it "
            "again by %(review_by)s. If it is still true, one click says so; if not, please write "
            "a new version. Without an answer it is called out of date 90 days after that."
        ),
        while_due=True,
    ),
    "review_submitted": Event(
        Kind.REVIEWED,
        _("A review has been sent: %(title)s"),
        _("A reviewer whom you asked has sent a review of this case study."),
    ),
    "review_declined": Event(
        Kind.REVIEWED,
        _("A reviewer declined: %(title)s"),
        _("A reviewer whom you asked has declined. Please ask somebody else, or decide."),
    ),
    "cleared": Event(
        Kind.DECIDED,
        _("Cleared and sent to the region: %(title)s"),
        _(
            "Your contact point has cleared this case study. It now waits for the region's "
            "coordinators."
        ),
    ),
    "returned": Event(
        Kind.DECIDED,
        _("Returned with reasons: %(title)s"),
        _(
            "This case study has been returned. Please read the reasons, mend the text and send "
            "it again."
        ),
    ),
    "declined": Event(
        Kind.DECIDED,
        _("Declined with reasons: %(title)s"),
        _("This case study has been declined, for the reasons below."),
    ),
    "approved": Event(
        Kind.PUBLISHED,
        _("Approved, to be published on its date: %(title)s"),
        _("This case study has been approved. It will appear on the forum on %(date)s."),
    ),
    "published": Event(
        Kind.PUBLISHED,
        _("Published: %(title)s"),
        _("This case study is now on the forum."),
    ),
    "change_to_clear": Event(
        Kind.ASKED,
        _("A change of a published case waits for your clearance: %(title)s"),
        _(
            "Colleagues at %(administration)s have changed this published case study. Please read "
            "what changed, then clear it or return it with reasons. The present version stays on "
            "the forum meanwhile."
        ),
        at=State.CLEARANCE,
    ),
    "change_to_decide": Event(
        Kind.ASKED,
        _("A change of a published case waits for your region's decision: %(title)s"),
        _(
            "%(administration)s has sent a new version of this published case study to your "
            "region. Please read what changed, then publish it, return it or decline it. The "
            "present version stays on the forum meanwhile."
        ),
        at=State.DECISION,
    ),
    "change_cleared": Event(
        Kind.DECIDED,
        _("A change was cleared and sent to the region: %(title)s"),
        _(
            "Your contact point has cleared the new version of this case study. It now waits for "
            "the region's coordinators; the present version stays on the forum meanwhile."
        ),
    ),
    "change_returned": Event(
        Kind.DECIDED,
        _("A change was returned with reasons: %(title)s"),
        _(
            "The new version of this case study has been returned. Please read the reasons, mend "
            "the text and send it again. The present version stays on the forum."
        ),
    ),
    "change_declined": Event(
        Kind.DECIDED,
        _("A change was declined with reasons: %(title)s"),
        _(
            "The new version of this case study has been declined, for the reasons below. The "
            "present version stays on the forum."
        ),
    ),
    "change_published": Event(
        Kind.PUBLISHED,
        _("A new version is on the forum: %(title)s"),
        _("The new version of this case study has replaced the former one."),
    ),
    "withdrawn": Event(
        Kind.PUBLISHED,
        _("Withdrawn from the forum: %(title)s"),
        _("This case study has been taken off the forum."),
    ),
    "visibility_changed": Event(
        Kind.PUBLISHED,
        _("Other people may read it now: %(title)s"),
        _("It was changed who may read this case study: %(readers)s. Its page says why."),
    ),
    "moved": Event(
        Kind.PUBLISHED,
        _("Given to another administration: %(title)s"),
        _("This case study belongs to %(administration)s now. Its page says why."),
    ),
    "moved_away": Event(
        Kind.PUBLISHED,
        _("Given to another administration: %(title)s"),
        _(
            "This case study no longer belongs to your administration: %(administration)s looks "
            "after it now. Its number and its address stay."
        ),
    ),
    "co_author": Event(
        Kind.ASKED,
        _("You are named as a co-author: %(title)s"),
        _(
            "A colleague has named you as a co-author of this case study. You find it among your "
            "cases, and you can write on it at once."
        ),
    ),
    "workshop_draft": Event(
        Kind.ASKED,
        _("A draft was opened for you: %(title)s"),
        _(
            "The coordinators of your region opened this draft in your name for a write-shop. "
            "Please write your case in it: on the portal, or in a template that you fill in "
            "without a line. Nobody outside your administration reads it before you send it."
        ),
    ),
    "handed_in": Event(
        Kind.ASKED,
        _("A filled template waits for you: %(title)s"),
        _(
            "The coordinators of your region handed in the template that you filled in at a "
            "write-shop. Please take it into your draft; what you wrote there meanwhile stays."
        ),
    ),
    "translation_offered": Event(
        Kind.ASKED,
        _("A translation waits for your check: %(title)s"),
        _(
            "Colleagues have translated this case study. Please read the translation beside the "
            "original, then check it or return it with reasons."
        ),
    ),
    "translation_checked": Event(
        Kind.TRANSLATED,
        _("A translation has been checked: %(title)s"),
        _("A translation of this case study has been checked. Readers see it now."),
    ),
    "translation_returned": Event(
        Kind.TRANSLATED,
        _("A translation has been returned: %(title)s"),
        _("A translation of this case study has been returned. Its page says why."),
    ),
}

# Pages that are named by the number of the case.
BY_NUMBER = {
    "co_author": "share_resume",
    "handed_in": "share_file",
    "moved_away": "permanent",
    "remind_renewal": "workspace_case",
    "translation_offered": "translations",
    "translation_checked": "translations",
    "translation_returned": "translations",
    "workshop_draft": "share_resume",
}


def path_of(event: str, case: "CaseStudyPage") -> str:
    """Give the path of the page that an event leads to, in the active language."""
    if event.endswith("published") and case.live:
        return case.get_url() or ""
    if EVENTS[event].asked:
        # The case opens to a reviewer only when they accept.
        return reverse("casestudies:review")
    if event == "silent_reviewer":
        return reverse("casestudies:review_reviewers", args=[case.pk])
    if name := BY_NUMBER.get(event):
        return reverse(f"casestudies:{name}", args=[case.number])
    return reverse("casestudies:review_case", args=[case.pk])
