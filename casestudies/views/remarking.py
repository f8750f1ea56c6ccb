"""The text of a draft with, under each passage, room for words about it."""

from collections.abc import Sequence
from typing import Any

from casestudies.models import CaseStudyPage
from casestudies.reading import Passage, facts_of, passages_of, relations_of
from casestudies.services.remarks import RemarksForm
from casestudies.views.findings import findings_for_judge
from casestudies.wizard.steps import questions_for
from portal.directory.models import User


def text_of(case: CaseStudyPage, user: User, form: RemarksForm | None) -> dict[str, Any]:
    """Give what the pages show of the latest text; with a form, words can be said about it."""
    draft = case.get_latest_revision_as_object()
    passages = passages_of(draft, case if case.live else None)
    return {
        "case": case,
        "draft": draft,
        "passages": [(item, form.about(item.name) if form else None) for item in passages],
        "other_remarks": _others(draft, passages, form),
        "facts": facts_of(draft),
        "relations": relations_of(draft, user),
        "findings": findings_for_judge(draft, user) if case.workflow_in_progress else [],
    }


def _others(
    draft: CaseStudyPage, passages: Sequence[Passage], form: RemarksForm | None
) -> list[Any]:
    if form is None:
        return []
    shown = {passage.name for passage in passages}
    return [form.about(item.name) for item in questions_for(draft) if item.name not in shown]
