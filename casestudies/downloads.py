"""Who may fetch a picture or a file: whoever may read a case it belongs to, and its own side."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseFile, CaseImage, CaseStudyPage, Library
from casestudies.models.fields import FILES_LIMIT, IMAGES_LIMIT
from casestudies.permissions import WRITERS, may_see_draft
from casestudies.querysets import CaseQuerySet
from portal.core.models import PortalDocument, PortalImage
from portal.directory.permissions import ALLOWED, Standing, Verdict, standing_of

if TYPE_CHECKING:
    from portal.directory.models import User

Material = PortalImage | PortalDocument


def may_download(user: "User | AnonymousUser", item: Material) -> Verdict:
    """Whether a person may fetch a picture or a file, in whatever size.

    Its address alone, which others may have passed on, gives no right.
    """
    standing = standing_of(user)
    if (
        standing.is_superuser
        or _is_published_for(user, standing, item)
        or (user.is_authenticated and (may_keep(user, item) or _is_in_draft_of(user, item)))
    ):
        return ALLOWED
    return Verdict(False, _("This file belongs to a case that you may not read."))


def may_keep(user: "User", item: Material) -> Verdict:
    """Whether a person may use an item, and edit its texts: those who write for its Member."""
    library = Library.objects.filter(collection=item.collection_id).first()
    if library is None:
        allowed = item.uploaded_by_user_id == user.pk
    else:
        allowed = standing_of(user).acts_for(library.administration_id, *WRITERS)
    reason = _("Only the officers who write for this administration may do this.")
    return ALLOWED if allowed else Verdict(False, reason)


def may_remove(user: "User", item: Material) -> Verdict:
    """Whoever keeps an item removes it while no case has it, in its latest text or published."""
    model: Any = CaseImage if isinstance(item, PortalImage) else CaseFile
    column = "image" if isinstance(item, PortalImage) else "document"
    if drafts_with(item).exists() or model.objects.filter(**{column: item}).exists():
        return Verdict(False, _("A case has it. Take it off the case first."))
    return may_keep(user, item)


def drafts_with(item: Material) -> CaseQuerySet:
    """Give the cases whose latest text, published or not, contains an item."""
    if isinstance(item, PortalImage):
        group, column, limit = "images", "image", IMAGES_LIMIT
    else:
        group, column, limit = "files", "document", FILES_LIMIT
    # Place by place: SQLite cannot search a list inside a revision.
    places = (f"latest_revision__content__{group}__{place}__{column}" for place in range(limit))
    contained = Q()
    for place in places:
        contained |= Q(**{place: item.pk})
    return CaseStudyPage.objects.filter(contained).select_related("administration")


def _is_published_for(user: "User | AnonymousUser", standing: Standing, item: Material) -> bool:
    readable = CaseStudyPage.objects.visible_to(user)
    if isinstance(item, PortalImage):
        return CaseImage.objects.filter(image=item, page__in=readable).exists()
    uses = CaseFile.objects.filter(document=item, page__in=readable)
    return (uses if standing.is_member_officer else uses.filter(members_only=False)).exists()


def _is_in_draft_of(user: "User", item: Material) -> bool:
    standing = standing_of(user)
    if not standing.is_member_officer:
        return False
    return any(may_see_draft(user, case) for case in drafts_with(item))
