"""What a new text of a case says otherwise than an older one, word by word."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casestudies.models import CaseStudyPage, CaseVersion, Decision
from casestudies.states import CaseState, State
from casestudies.wizard.steps import questions_for

WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Before:
    """The text to compare with: with the decision on it, or as the published version it is."""

    text: CaseStudyPage
    decision: Decision | None = None
    version: CaseVersion | None = None


def judged_before(case: CaseStudyPage, state: CaseState) -> Before | None:
    """Give what was cleared before, or what the region decided on before.

    Where nobody did, the published version; None for a first version.
    """
    decisions = Decision.objects.filter(case=case)
    decisions = decisions.exclude(workflow_state=case.current_workflow_state)
    if state.kind == State.CLEARANCE:
        decisions = decisions.filter(kind=Decision.Kind.CLEARED)
    elif state.kind == State.DECISION:
        decisions = decisions.filter(step=Decision.Step.DECISION)
    else:
        return None
    last = decisions.select_related("revision").last()
    if last:
        return Before(last.revision.as_object(), decision=last)
    version = CaseVersion.objects.filter(page=case, revision__isnull=False).last()
    if version is None or version.revision is None:
        return None
    return Before(version.revision.as_object(), version=version)


def differences(
    before: CaseStudyPage, after: CaseStudyPage, *, without: Container[str] = ()
) -> list[dict[str, str | SafeString]]:
    """Give every answer that differs as a pair for the comparison of two texts.

    `without` names questions that are left out.
    """
    return [
        {
            "label": str(question.label),
            "yours_html": marked(old, new, "ins"),
            "theirs_html": marked(old, new, "del"),
            "lang": after.language,
            "theirs_lang": before.language,
        }
        for question in questions_for(after)
        if question.name not in without
        and (old := question.kind.show(question.read(before)))
        != (new := question.kind.show(question.read(after)))
    ]


def marked(old: str, new: str, sign: str) -> SafeString:
    """Give the new text with what was added as `ins`, or the old with what went as `del`."""
    parts = format_html_join("", "{}", ((part,) for part in _parts(old, new, sign)))
    return linebreaksbr(parts) if parts else SafeString("–")


def _parts(old: str, new: str, sign: str) -> Iterator[str | SafeString]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for change, start, end, new_start, new_end in matcher.get_opcodes():
        text = "".join(after[new_start:new_end] if sign == "ins" else before[start:end])
        if change == "equal" or not text:
            yield text
        elif sign == "ins":
            yield format_html("<ins>{}</ins>", text)
        else:
            yield format_html("<del>{}</del>", text)
