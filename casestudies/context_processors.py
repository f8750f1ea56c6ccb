"""What the bell in the header shows; asked only where a page draws it, of signed-in people only."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from casestudies.models import Notification

MOST_COUNTED = 99


def notifications(request: HttpRequest) -> dict[str, object]:
    """Give `unread`, the count of unread notifications in words, in one statement at most."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread": SimpleLazyObject(lambda: _in_words(user.pk))}


def _in_words(person_id: int) -> str:
    # Nobody counts further; and the database need not either.
    rows = Notification.objects.unread().filter(person=person_id).order_by()
    count = rows[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")
