"""The signed link in every mail by which its reader stops such mails, without signing in."""

from typing import TYPE_CHECKING

from django.core import signing

from casestudies.models.notifications import Kind
from portal.directory.models import User

if TYPE_CHECKING:
    from collections.abc import Sequence

SALT = "casestudies.leaving"
# Stands for all kinds that somebody hears of once a day.
DIGEST = "digest"


def token_to_leave(person: User, kind: str) -> str:
    """Give the part of the link that names person and kind; it never runs out."""
    return signing.dumps([person.pk, kind], salt=SALT)


def read_token(token: str) -> "tuple[User, str] | None":
    """Give the person and the kind that a link names, None when it was not made here."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = User.objects.filter(pk=pk).first()
    return (person, kind) if person and kind in _known() else None


def _known() -> "Sequence[str]":
    return (*Kind.values, DIGEST)
