"""Who could review a case, in the order of how well they fit, and why; who could not, and why."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from casestudies.models import CaseStudyPage, ReviewAssignment, ReviewerProfile
from casestudies.models.reviewing import COUNTED, OPEN
from casestudies.review_permissions import ties_of
from portal.directory.models import Membership, Role, User

if TYPE_CHECKING:
    from casestudies.models import Topic


@dataclass(frozen=True)
class Proposal:
    """A reviewer of the region, what speaks for them, and what forbids to ask them."""

    person: User
    topics: Sequence["Topic"]
    reads_language: bool
    load: int
    against: str | Promise = ""

    @property
    def rank(self) -> tuple[int, bool, int, str]:
        """Topics first, then the language, then who has least to do, then the name."""
        return (-len(self.topics), not self.reads_language, self.load, str(self.person))


def proposals_for(case: CaseStudyPage, draft: CaseStudyPage) -> list[Proposal]:
    """Give the region's reviewers for a case, who fits best first; those not to be asked last.

    `draft` is the text that waits. People already asked on this way are left out.
    """
    people = list(_reviewers_not_asked(case))
    ties, loads, profiles = ties_of(case), _loads(people), _profiles(people)
    wanted = draft.ordered_topics
    found = [
        Proposal(
            person=person,
            topics=[topic for topic in wanted if topic.pk in _topics(profiles.get(person.pk))],
            reads_language=draft.language in _languages(person, profiles.get(person.pk)),
            load=loads[person.pk],
            against=ties.against(person.pk),
        )
        for person in people
    ]
    return sorted(found, key=lambda item: (bool(item.against), *item.rank))


def _reviewers_not_asked(case: CaseStudyPage) -> Sequence[User]:
    reviewers = Membership.objects.active().filter(
        role=Role.REVIEWER, region=case.administration.region_id
    )
    asked = ReviewAssignment.objects.filter(
        workflow_state=case.current_workflow_state, state__in=COUNTED
    )
    people = User.objects.filter(pk__in=reviewers.values("person_id"))
    return list(people.exclude(pk__in=asked.values("reviewer_id")))


def _loads(people: Sequence[User]) -> Counter[int]:
    rows = ReviewAssignment.objects.filter(reviewer__in=people, state__in=OPEN)
    return Counter(rows.values_list("reviewer_id", flat=True))


def _profiles(people: Sequence[User]) -> dict[int, ReviewerProfile]:
    rows = ReviewerProfile.objects.filter(person__in=people).prefetch_related("topics")
    return {profile.person_id: profile for profile in rows}


def _topics(profile: ReviewerProfile | None) -> set[int]:
    return {topic.pk for topic in profile.topics.all()} if profile else set()


def _languages(person: User, profile: ReviewerProfile | None) -> list[str]:
    # Until somebody says what they read, it is the language that we write to them in.
    return profile.languages if profile else [person.language]
