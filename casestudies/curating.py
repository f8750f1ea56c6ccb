"""Who may rename and merge topics, and what such an act would touch."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage, FormerTopic, ReviewerProfile, Topic
from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.directory.models import User


class Touched(NamedTuple):
    """How many cases carry a topic, how many of them are published, and who else names it."""

    cases: int
    published: int
    topics: int
    reviewers: int


def may_curate_topics(user: "User | AnonymousUser") -> Verdict:
    """The global curator alone: topics belong to all regions."""
    standing = standing_of(user)
    if standing.is_curator or standing.is_superuser:
        return ALLOWED
    return Verdict(False, _("Only the curator changes the topics."))


def may_merge(topic: Topic, into: Topic) -> Verdict:
    """A topic goes into another topic, a group into another group."""
    if topic.pk == into.pk:
        return Verdict(False, _("Choose another topic than this one."))
    if (topic.parent_id is None) != (into.parent_id is None):
        return Verdict(False, _("A topic cannot be merged with a group of topics."))
    return ALLOWED


def may_take_address(topic: Topic, slug: str) -> Verdict:
    """An address that no other topic has, or ever had."""
    is_taken = Topic.objects.filter(slug=slug).exclude(pk=topic.pk).exists()
    is_taken = is_taken or FormerTopic.objects.filter(slug=slug).exclude(topic=topic.pk).exists()
    if is_taken:
        return Verdict(False, _("Another topic has this address, or had it before."))
    return ALLOWED


def touched_by(topic: Topic) -> Touched:
    """Count what a change of a topic touches; texts that wait to be published are not counted."""
    cases = CaseStudyPage.objects.filter(topic_items__tag=topic)
    return Touched(
        cases=cases.count(),
        published=cases.filter(live=True).count(),
        topics=topic.children.count(),
        reviewers=ReviewerProfile.objects.filter(topics=topic).count(),
    )
