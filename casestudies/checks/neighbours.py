"""Cases that are about the same. Whoever can find them, on a higher floor, hands in a finder."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.checks.findings import Check, Finding, Level, Matter, Way

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

Finder: TypeAlias = "Callable[[CaseStudyPage, User | AnonymousUser], list[Way]]"
_finders: list[Finder] = []


def install_finder(finder: Finder) -> None:
    """Have similar cases found by this function, which gives those that the person may read."""
    _finders[:] = [finder]


class SimilarCase(Check):
    """Published cases about the same."""

    level = Level.NOTE
    advice = gettext_lazy(
        "Read them. If yours builds on one of them, name it among the related cases; if yours is "
        "the same experience, write a new version of that case instead."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give one finding with the ways to the cases that are not named as related yet."""
        found = tuple(way for finder in _finders for way in finder(matter.draft, matter.reader))
        if found:
            words = _("There are cases about the same already.")
            yield self.finding("related_cases", _("Related cases"), words, ways=found)
