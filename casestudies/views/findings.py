"""What the automatic checks found, as the pages show it: with a link to the answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from casestudies.checks.findings import Finding, Level
from casestudies.checks.running import findings_of, hints_of
from casestudies.models import CaseStudyPage
from casestudies.wizard.progress import question_url
from casestudies.wizard.steps import questions_for
from portal.directory.models import User


@dataclass(frozen=True)
class ShownFinding:
    """A finding and where its answer is changed; no address where the reader cannot change it."""

    finding: Finding
    url: str = ""


def findings_for_author(draft: CaseStudyPage, author: User) -> dict[str, list[ShownFinding]]:
    """Give `stops`, `notes` and `hints` about a draft, each with the way to the answer."""
    found = findings_of(draft, reader=author)
    found += hints_of(draft, questions=[item.name for item in questions_for(draft)])
    return {
        f"{level}s": _shown((one for one in found if one.level == level), draft.number or "")
        for level in Level
    }


def findings_for_judge(draft: CaseStudyPage, judge: User) -> list[ShownFinding]:
    """Give what whoever clears or reviews a draft should know."""
    return [ShownFinding(one) for one in findings_of(draft, reader=judge)]


def _shown(findings: Iterable[Finding], number: str) -> list[ShownFinding]:
    return [ShownFinding(one, question_url(number, one.question)) for one in findings]
