"""Who wrote the text that is to be decided on: the ground of the four-eyes rule."""

import hashlib
import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Revision

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
    published = CaseVersion.objects.filter(page_id=case.pk).select_related("revision").last()
    base = published.revision if published else None
    revisions = Revision.objects.for_instance(case).order_by("created_at", "pk")
    if base:
        revisions = revisions.filter(created_at__gt=base.created_at)
    digest = digest_of(base.content) if base else ""
    authors = set()
    for revision in revisions.only("user_id", "content", "created_at"):
        previous, digest = digest, digest_of(revision.content)
        if digest != previous and revision.user_id:
            authors.add(revision.user_id)
    return frozenset(authors)
