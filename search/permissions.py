"""Who may look after finding."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.directory.permissions import ALLOWED, Verdict, standing_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.directory.models import User
    from search.models import SavedSearch


def may_retry_documents(user: "User | AnonymousUser") -> Verdict:
    """Curators and operators see what the index refused, and have it tried again."""
    standing = standing_of(user)
    if standing.is_superuser or standing.is_curator:
        return ALLOWED
    return Verdict(False, _("Only the curator and operators look after search."))


def may_follow_searches(user: "User | AnonymousUser") -> Verdict:
    """Whoever has signed in follows searches; what they find depends on who looks."""
    return ALLOWED if user.is_authenticated else Verdict(False, _("Sign in to follow searches."))


def may_forget_search(user: "User | AnonymousUser", saved: "SavedSearch") -> Verdict:
    """A saved search is its owner's alone."""
    if user.is_authenticated and saved.user_id == user.pk:
        return ALLOWED
    return Verdict(False, _("This search is followed by somebody else."))


def may_read_search_log(user: "User | AnonymousUser") -> Verdict:
    """Curators and operators read it: words and counts of members' searches are in it."""
    standing = standing_of(user)
    if standing.is_superuser or standing.is_curator:
        return ALLOWED
    return Verdict(False, _("Only the curator and operators read what was looked for."))
