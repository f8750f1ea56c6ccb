"""The only writers of saved searches, and what reads them for their owner."""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.directory.models import User
from search.addresses import asked_for
from search.chips import chosen_of
from search.criteria import Criteria
from search.models import SavedSearch
from search.permissions import may_follow_searches, may_forget_search

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

MOST = 50
LONGEST_NAME = 200


def query_of(criteria: Criteria) -> str:
    """Give what is looked for as the query of an address, the same for the same search."""
    return urlencode(list(asked_for(criteria)))


def name_of(criteria: Criteria) -> str:
    """Give a search its name: its words, then what was chosen."""
    words = [_("“%(words)s”") % {"words": criteria.text}] if criteria.text else []
    parts = words + [chip.label for chip in chosen_of(criteria)]
    return Truncator(" · ".join(parts) or _("All experiences")).chars(LONGEST_NAME)


def saved_search_of(user: "User | AnonymousUser", criteria: Criteria) -> SavedSearch | None:
    """Give the search where the person follows it."""
    if not user.is_authenticated:
        return None
    return SavedSearch.objects.filter(user=user, query=query_of(criteria)).first()


@transaction.atomic
def save_search(*, user: User, criteria: Criteria) -> SavedSearch:
    """Let a person follow a search; one that is followed already stays as it is.

    Raises:
        PermissionDenied: nobody has signed in.
        ValidationError: the person follows too many, or the search is too long to be kept.
    """
    if not (verdict := may_follow_searches(user)):
        raise PermissionDenied(verdict.reason)
    # One at a time: two at once must not come to more than the limit.
    owner = User.objects.select_for_update().get(pk=user.pk)
    if known := saved_search_of(owner, criteria):
        return known
    if owner.saved_searches.count() >= MOST:
        words = _("You follow %(most)s searches already. Give one up to follow another.")
        raise ValidationError(words % {"most": MOST})
    saved = SavedSearch(
        user=owner, name=name_of(criteria), query=query_of(criteria), language=criteria.ui
    )
    saved.full_clean()
    saved.save()
    return saved


@transaction.atomic
def forget_search(*, user: User, saved: SavedSearch) -> None:
    """Let a person no longer follow a search.

    Raises:
        PermissionDenied: it is somebody else's.
    """
    if not (verdict := may_forget_search(user, saved)):
        raise PermissionDenied(verdict.reason)
    saved.delete()
