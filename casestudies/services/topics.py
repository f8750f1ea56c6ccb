"""Renaming and merging topics: old addresses lead on, cases keep their order of topics.

Search hears of it by itself: it listens to every topic that is saved or removed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from casestudies.curating import (
    may_curate_topics,
    may_merge,
    may_take_address,
    touched_by,
)
from casestudies.models import CaseTopic, FormerTopic, ReviewerProfile, Topic
from casestudies.services.refusals import Refused, require
from portal.core.models.labels import TRANSLATED_CODES

if TYPE_CHECKING:
    from portal.directory.models import User

NAMES = ("name", *(f"name_{code}" for code in TRANSLATED_CODES))


@transaction.atomic
def rename_topic(
    *, topic: Topic, names: Mapping[str, str], slug: str, reason: str, by: "User"
) -> Topic:
    """Give a topic other names or another address; the old address leads to it.

    `names` holds `name` and `name_<language>`; those left out stay. Raises `Refused`.
    """
    require(may_curate_topics(by))
    _require_reason(reason)
    held = _locked(topic)[0]
    require(may_take_address(held, slug))
    before = {"slug": held.slug, "name": held.name}
    if slug != held.slug:
        FormerTopic.objects.filter(slug=slug, topic=held).delete()
        FormerTopic.objects.create(slug=held.slug, topic=held)
    for name in NAMES:
        setattr(held, name, names.get(name, getattr(held, name)))
    held.slug = slug
    held.save()
    about = {"reason": reason, "before": before, "cases": touched_by(held).cases}
    log(held, "casestudies.topic_renamed", user=by, data=about)
    return held


@transaction.atomic
def merge_topics(*, topic: Topic, into: Topic, reason: str, by: "User") -> Topic:
    """Give everything that carries a topic the other one; the merged one's addresses lead there.

    A case that carries both keeps the place of the earlier one. Raises `Refused`.
    """
    require(may_curate_topics(by))
    _require_reason(reason)
    require(may_merge(topic, into))
    gone, kept = _locked(topic, into)
    about = {"reason": reason, "into": kept.slug, "cases": touched_by(gone).cases}
    log(gone, "casestudies.topic_merged", user=by, data=about)
    _move_cases(gone, kept)
    _move_reviewers(gone, kept)
    Topic.objects.filter(parent=gone).update(parent=kept)
    FormerTopic.objects.filter(topic=gone).update(topic=kept)
    FormerTopic.objects.create(slug=gone.slug, merged_id=gone.pk, topic=kept)
    kept.synonyms = _with_words_of(gone, kept)
    gone.delete()
    kept.save()
    return kept


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Give your reasons."))


def _locked(*topics: Topic) -> list[Topic]:
    # Always in the same order, so that two curators never wait for each other.
    rows = Topic.objects.select_for_update().filter(pk__in=[topic.pk for topic in topics])
    held = {row.pk: row for row in rows.order_by("pk")}
    if len(held) < len(topics):
        raise Refused(_("This topic is no more: somebody has merged it meanwhile."))
    return [held[topic.pk] for topic in topics]


def _move_cases(gone: Topic, kept: Topic) -> None:
    items = CaseTopic.objects.filter(tag__in=(gone, kept))
    seen: set[int] = set()
    doubled: list[int] = []
    for pk, case in items.order_by("sort_order", "pk").values_list("pk", "content_object_id"):
        if case in seen:
            doubled.append(pk)
        seen.add(case)
    CaseTopic.objects.filter(pk__in=doubled).delete()
    CaseTopic.objects.filter(tag=gone).update(tag=kept)


def _move_reviewers(gone: Topic, kept: Topic) -> None:
    for profile in ReviewerProfile.objects.filter(topics=gone):
        profile.topics.add(kept)
        profile.topics.remove(gone)


def _with_words_of(gone: Topic, kept: Topic) -> str:
    words = [*kept.synonym_list, *gone.labels.values(), *gone.synonym_list]
    own = {name.casefold() for name in kept.labels.values()}
    return " | ".join(dict.fromkeys(word for word in words if word.casefold() not in own))
