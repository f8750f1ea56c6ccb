"""All checks, and the ways to run them: before sending, at one screen, and where a case is read."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.languages import OtherLanguage
from casestudies.checks.links import AnsweredByLink, DeadLink
from casestudies.checks.materials import FigureWithoutUnit, MissingAlternativeText
from casestudies.checks.neighbours import SimilarCase
from casestudies.checks.people import NameWithPhone, PrivateMailbox, PrivateOwner
from casestudies.checks.plain import LongSentence, UnexplainedAcronym

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

CHECKS: tuple[Check, ...] = (
    PrivateMailbox(),
    AnsweredByLink(),
    MissingAlternativeText(),
    PrivateOwner(),
    NameWithPhone(),
    OtherLanguage(),
    FigureWithoutUnit(),
    DeadLink(),
    SimilarCase(),
    LongSentence(),
    UnexplainedAcronym(),
)


def findings_of(draft: "CaseStudyPage", *, reader: "User") -> list[Finding]:
    """Give the stops and notes about a draft, stops first, as this person may know them."""
    return _run((Level.STOP, Level.NOTE), Matter(draft, reader))


def stops_of(draft: "CaseStudyPage") -> list[Finding]:
    """Give what forbids to send a draft; no stop depends on who asks."""
    return _run((Level.STOP,), Matter(draft, AnonymousUser()))


def hints_of(draft: "CaseStudyPage", *, questions: Iterable[str]) -> list[Finding]:
    """Give the plain-language hints about the answers to some questions."""
    return _run((Level.HINT,), Matter(draft, AnonymousUser(), frozenset(questions)))


def _run(levels: tuple[Level, ...], matter: Matter) -> list[Finding]:
    wanted = [check for level in levels for check in CHECKS if check.level == level]
    return [finding for check in wanted for finding in check.look(matter)]
