"""Who wrote the text that is to be decided on: the ground of the four-eyes rule."""

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Revision, get_default_page_content_type

from casestudies.models.review import CaseVersion
from portal.core.text import clean_text

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

# Kept by the tree, the schedule, the lock, the comments or the record: not the author's words.
NOT_CONTENT = frozenset(
    {
        "pk",
        "path",
        "depth",
        "numchild",
        "url_path",
        "translation_key",
        "locale",
        "content_type",
        "draft_title",
        "live",
        "has_unpublished_changes",
        "owner",
        "go_live_at",
        "expire_at",
        "expired",
        "locked",
        "locked_at",
        "locked_by",
        "first_published_at",
        "last_published_at",
        "latest_revision",
        "latest_revision_created_at",
        "live_revision",
        "alias_of",
        "wagtail_admin_comments",
        "number",
        "external_id",
        "administration",
        "level",
        "review_by",
        "withdrawn_at",
        "withdrawn_reason",
    }
)
CHILD_KEYS = frozenset({"pk", "page", "content_object", "sort_order"})


def digest_of(content: dict[str, Any]) -> str:
    """Give the fingerprint of what a revision says, the same from memory and from the database."""
    plain = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    words = {name: _plain(value) for name, value in plain.items() if name not in NOT_CONTENT}
    text = json.dumps(words, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        # A browser sends other line ends than were stored: that alone makes nobody an author.
        return clean_text(value)
    if not isinstance(value, list):
        return value
    if not any(isinstance(item, dict) for item in value):
        return sorted(value, key=str)
    ordered = sorted(value, key=lambda item: item.get("sort_order") or 0)
    return [{k: _plain(v) for k, v in item.items() if k not in CHILD_KEYS} for item in ordered]


def authors_of(case: "CaseStudyPage") -> frozenset[int]:
    """Give the ids of everybody who changed the text since the last published version.

    Not the latest revision alone: a colleague's last comma must not free the author to decide.
    """
    return authors_of_each([case])[case.pk]


def authors_of_each(cases: Iterable["CaseStudyPage"]) -> dict[int, frozenset[int]]:
    """Give the authors of many cases by their id, in one statement whatever their number."""
    authors: dict[int, set[int]] = {case.pk: set() for case in cases}
    digests: dict[int, str] = {}
    for revision in _revisions_to_judge(list(authors)):
        pk, digest = int(revision.object_id), digest_of(revision.content)
        is_new_text = revision.pk != revision.base_id and digest != digests.get(pk, "")
        if is_new_text and revision.user_id:
            authors[pk].add(revision.user_id)
        digests[pk] = digest
    return {pk: frozenset(found) for pk, found in authors.items()}


def _revisions_to_judge(ids: list[int]) -> "QuerySet[Revision]":
    """Give, case by case, the revision last published (`base_id`) and those after it, in order."""
    page = Cast(OuterRef("object_id"), BigIntegerField())
    published = CaseVersion.objects.filter(page=page).order_by("-number")
    revisions = Revision.objects.filter(
        base_content_type=get_default_page_content_type(), object_id__in=[str(pk) for pk in ids]
    ).annotate(
        base_id=Subquery(published.values("revision")[:1]),
        base_date=Subquery(published.values("revision__created_at")[:1]),
    )
    is_base, is_later = Q(pk=F("base_id")), Q(created_at__gt=F("base_date"))
    found = revisions.filter(is_base | is_later | Q(base_date=None)).order_by("created_at", "pk")
    return found.only("object_id", "user_id", "content")
