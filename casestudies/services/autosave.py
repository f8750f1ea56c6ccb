"""Saving while somebody writes: often, so with few statements, and without a revision each time."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page, Revision

from casestudies.models import CaseStudyPage
from casestudies.models.review import on_record
from casestudies.permissions import may_write
from casestudies.services.drafts import Conflict, Saved, merged, write_answers
from casestudies.services.refusals import require
from casestudies.wizard.shown import Shown

if TYPE_CHECKING:
    from portal.directory.models import User

# A pause of this length ends a sitting: what is typed after it begins a new revision.
SITTING = timedelta(minutes=10)


@transaction.atomic
def autosave_answers(
    *, case: CaseStudyPage, author: "User", answers: Mapping[str, Any], shown: Shown
) -> Saved | Conflict:
    """Write some answers onto the text of a case, into the author's own unfinished revision.

    That is the latest one, if the same person wrote it less than ten minutes ago and nobody has
    sent, judged, published or translated it; else a new one begins. `shown`: what the form showed.
    Raises `Refused` when the author may not write now, ValidationError for a form of another case.
    """
    record = _locked(case)
    require(may_write(author, record))
    latest_revision = record.latest_revision
    latest = light_draft(latest_revision)
    merge = merged(record, author, answers, shown, latest)
    if merge.clashes:
        return Conflict(latest_revision, merge.clashes)
    if not merge.changed:
        return Saved(latest_revision, changed=False)
    write_answers(latest, record, {name: answers[name] for name in merge.changed})
    content = latest.serializable_data() | {"pk": record.pk}
    revision = _keep(record, latest_revision, content, author)
    _say_it_moved(record, revision, latest.title)
    return Saved(revision, changed=True)


def light_draft(revision: Revision) -> CaseStudyPage:
    """Read a revision, once for each loaded object, without looking up all that it refers to."""
    known = revision.__dict__.get("_light_draft")
    if known is None:
        # Without its id nothing that the revision leaves out is looked up on the page.
        content = revision.content | {"pk": None}
        known = CaseStudyPage.from_serializable_data(content, check_fks=False)
        revision.__dict__["_light_draft"] = known
    return known


def _locked(case: CaseStudyPage) -> CaseStudyPage:
    """Hold the row of a case; its latest revision is read again only if it is another one now."""
    record = CaseStudyPage.objects.select_for_update(of=("page_ptr",)).get(pk=case.pk)
    seen = case.latest_revision
    same = (seen.pk, seen.created_at) == (
        record.latest_revision_id,
        record.latest_revision_created_at,
    )
    if same:
        record.latest_revision = seen
    return record


def _keep(
    record: CaseStudyPage, latest: Revision, content: dict[str, Any], author: "User"
) -> Revision:
    now = timezone.now()
    is_out = latest.pk == record.live_revision_id
    if not is_out and latest.user_id == author.pk and latest.created_at > now - SITTING:
        unfinished = Revision.objects.filter(~on_record(), Q(pk=latest.pk))
        if unfinished.update(content=content, created_at=now, object_str=content["title"]):
            latest.content, latest.created_at = content, now
            return latest
    return Revision.objects.create(
        content_type_id=latest.content_type_id,
        base_content_type_id=latest.base_content_type_id,
        object_id=str(record.pk),
        user=author,
        content=content,
        created_at=now,
        object_str=content["title"],
    )


def _say_it_moved(record: CaseStudyPage, revision: Revision, title: str) -> None:
    Page.objects.filter(pk=record.pk).update(
        latest_revision=revision,
        latest_revision_created_at=revision.created_at,
        draft_title=title,
        has_unpublished_changes=True,
    )
