"""The translations that wait for a contact point, as rows of a queue."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.translating import waiting_for_check
from casestudies.views.queue_rows import age_in_words, days_since
from portal.core.languages import OWN_NAMES
from portal.directory.models import User


def translations_to_check(user: User) -> list[dict[str, Any]]:
    """Give one row for each translation that waits for this person, the oldest first."""
    return [
        {
            "title": row.texts.get("title", ""),
            "url": (page := reverse("casestudies:translate", args=[row.case.number, row.language])),
            "lang": row.language,
            "about": f"{row.case.number} · {OWN_NAMES[row.language]}",
            "age": age_in_words(days_since(row.offered_at)),
            "holder": row.translator or "",
            "next": _("Check it or return it"),
            "actions": [{"label": _("Read and check"), "url": page}],
        }
        for row in waiting_for_check(user)
    ]
