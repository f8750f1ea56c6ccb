"""What is asked of a person, in one list of links, before everything else in the workspace."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from casestudies.curating import may_curate_topics
from casestudies.figures.scopes import may_read_figures
from casestudies.freshness import freshness_of
from casestudies.models import CaseStudyPage
from casestudies.models.choices import Freshness
from casestudies.queue import waiting_for
from casestudies.states import CaseState, State
from casestudies.translating import waiting_for_check
from portal.directory.models import User
from portal.directory.permissions import standing_of
from portal.directory.selectors import holds_queue

Item = dict[str, str]


def dashboard_of(
    user: User, cases: Sequence[CaseStudyPage], states: Mapping[int, CaseState], reviews: int
) -> dict[str, Any]:
    """Give the top of the workspace: what is asked, and the ways to figures and topics.

    `cases` are those of the person's administrations with their `states`, `reviews` the number of
    open requests for a review.
    """
    mine = [case for case in cases if case.owner_id == user.pk]
    return {
        "to_do": asked_of_me(user, mine, states, reviews),
        "reads_figures": may_read_figures(user),
        "curates_topics": may_curate_topics(user),
    }


def asked_of_me(
    user: User, mine: Sequence[CaseStudyPage], states: Mapping[int, CaseState], reviews: int
) -> list[Item]:
    """Give what waits for a person, each with where to go; nothing where nothing waits.

    `mine` are the person's own cases with their `states`, `reviews` the open requests for one.
    """
    return [
        *_in_the_queue(user),
        *_item(
            reviews,
            ngettext(
                "%(count)d review is asked of you",
                "%(count)d reviews are asked of you",
                reviews,
            ),
            reverse("casestudies:review"),
        ),
        *_to_mend(mine, states),
        *_to_look_at_again(mine),
    ]


def _in_the_queue(user: User) -> list[Item]:
    if not holds_queue(standing_of(user)):
        return []
    cases, texts = waiting_for(user).count(), len(waiting_for_check(user))
    queue = reverse("casestudies:review")
    waiting = ngettext("%(count)d case waits for you", "%(count)d cases wait for you", cases)
    checks = ngettext(
        "%(count)d translation waits for your check",
        "%(count)d translations wait for your check",
        texts,
    )
    return [*_item(cases, waiting, queue), *_item(texts, checks, queue)]


def _to_mend(mine: Sequence[CaseStudyPage], states: Mapping[int, CaseState]) -> list[Item]:
    returned = [case for case in mine if states[case.pk].kind == State.RETURNED]
    words = ngettext(
        "%(count)d of your cases came back: mend it and send it again",
        "%(count)d of your cases came back: mend them and send them again",
        len(returned),
    )
    return _item(len(returned), words, _place(returned))


def _to_look_at_again(mine: Sequence[CaseStudyPage]) -> list[Item]:
    today = timezone.localdate()
    due = [
        case
        for case in mine
        if case.live and freshness_of(case.review_by, today) != Freshness.CURRENT
    ]
    words = ngettext(
        "%(count)d of your published cases has to be looked at again",
        "%(count)d of your published cases have to be looked at again",
        len(due),
    )
    return _item(len(due), words, _place(due))


def _place(cases: Sequence[CaseStudyPage]) -> str:
    # A single one is opened at once; of several, the list below tells which.
    if len(cases) == 1:
        return reverse("casestudies:workspace_case", args=[cases[0].number])
    return "#my-cases"


def _item(count: int, words: str, url: str) -> list[Any]:
    return [{"label": words % {"count": count}, "url": url}] if count else []
