"""What the account menu needs to know about the person; read only where a page asks for it."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.directory.permissions import standing_of
from portal.directory.selectors import holds_queue, manages_people, uses_desk


def standing(request: HttpRequest) -> dict[str, object]:
    """Give `may_review`, `may_invite` and `may_edit`, worked out when a template first looks."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {
        "may_review": SimpleLazyObject(lambda: holds_queue(standing_of(user))),
        "may_edit": SimpleLazyObject(lambda: uses_desk(standing_of(user))),
        "may_invite": SimpleLazyObject(lambda: manages_people(standing_of(user))),
    }
