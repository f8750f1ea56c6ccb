"""What a service raises when a rule says no; the pages show the reason in words."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.directory.permissions import Verdict


class Refused(PermissionDenied):
    """A rule forbids this; `reason` says why, ready to be shown."""

    def __init__(self, reason: str | Promise) -> None:
        super().__init__(str(reason))
        self.reason = reason


class OutOfDate(Refused):
    """The case moved on since the person looked at it."""

    def __init__(self) -> None:
        super().__init__(
            _("This case has changed since you opened it. Read the present text, then decide.")
        )


def require(verdict: Verdict) -> None:
    """Pass when the verdict allows; raise `Refused` with its reason when not."""
    if not verdict:
        raise Refused(verdict.reason)
