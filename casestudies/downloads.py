"""Who may fetch a document: readers of the published case it hangs on, or its own side's people."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseFile, CaseStudyPage
from casestudies.permissions import WRITERS
from portal.core.models import PortalDocument
from portal.directory.models import Membership, Role
from portal.directory.permissions import ALLOWED, Standing, Verdict, standing_of

if TYPE_CHECKING:
    from portal.directory.models import User


def may_download(user: "User | AnonymousUser", document: PortalDocument) -> Verdict:
    """Whether a person may fetch a document; its address alone, which counts up, gives no right."""
    standing = standing_of(user)
    if standing.is_superuser or standing.is_curator:
        return ALLOWED
    if _is_published_for(user, standing, document) or _is_of_own_side(user, standing, document):
        return ALLOWED
    return Verdict(False, _("This file belongs to a case that you may not read."))


def _is_published_for(
    user: "User | AnonymousUser", standing: Standing, document: PortalDocument
) -> bool:
    uses = CaseFile.objects.filter(
        document=document, page__in=CaseStudyPage.objects.visible_to(user)
    )
    if not standing.is_member_officer:
        uses = uses.filter(members_only=False)
    return uses.exists()


def _is_of_own_side(
    user: "User | AnonymousUser", standing: Standing, document: PortalDocument
) -> bool:
    if document.uploaded_by_user_id is None or not user.is_authenticated:
        return False
    if document.uploaded_by_user_id == user.pk:
        return True
    writes = [place for role, place in standing.by_administration if role in WRITERS]
    leads = [place for role, place in standing.by_region if role == Role.COORDINATOR]
    near = Q(administration__in=writes) | Q(administration__region__in=leads)
    return Membership.objects.filter(near, person=document.uploaded_by_user_id).exists()
