"""Who may look after finding."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.directory.models import User


def may_retry_documents(user: "User | AnonymousUser") -> Verdict:
    """Curators and operators see what the index refused, and have it tried again."""
    standing = standing_of(user)
    if standing.is_superuser or standing.is_curator:
        return ALLOWED
    return Verdict(False, _("Only the curator and operators look after search."))
