"""A draft laid out to be read and judged: texts, facts, relations, and what differs from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from casestudies.checks.answers import label_of
from casestudies.models import CaseStudyPage, Vocabulary
from casestudies.models.fields import TRANSLATED_FIELDS
from casestudies.permissions import may_read

if TYPE_CHECKING:
    from portal.directory.models import User

CHOICES = ("stage", "cost", "visibility", "licence")
PLAIN = ("year", "months", "funding", "owner_unit", "owner_mailbox", "embargo_until", "video")
# Whoever may see a draft is an officer of its Member or of its region, or keeps the portal.
FOR_OFFICERS = ("contact_name", "contact_email")


@dataclass(frozen=True)
class Passage:
    """One text of a case under its label; `changed` against the published version."""

    name: str
    label: str
    text: str
    changed: bool


@dataclass(frozen=True)
class Relation:
    """How a draft stands to another case, and where that one is read."""

    kind: str
    title: str
    language: str
    url: str


def passages_of(draft: CaseStudyPage, published: CaseStudyPage | None) -> Sequence[Passage]:
    """Give the texts that are not empty, and those that a new version would empty.

    The title heads the page: it is named again only where a new version changes it.
    """
    found = []
    for name in TRANSLATED_FIELDS:
        text = getattr(draft, name)
        before = getattr(published, name) if published else text
        is_heading = name == "title" and text == before
        if (text or before) and not is_heading:
            found.append(Passage(name, label_of(draft, name), text, text != before))
    return found


def facts_of(draft: CaseStudyPage) -> list[dict[str, Any]]:
    """Give the facts of a case for the table of facts; empty ones are left out by the table."""
    rows: list[dict[str, Any]] = [
        {"label": _("Administration"), "value": draft.administration.label},
        {"label": _("Region"), "value": draft.administration.region.short_label},
        {"label": _("Topics"), "values": [topic.label for topic in draft.ordered_topics]},
    ]
    rows += [
        {"label": str(label), "values": [term.label for term in draft.terms_of(value)]}
        for value, label in Vocabulary.choices
    ]
    rows += [
        {"label": label_of(draft, name), "value": getattr(draft, f"get_{name}_display")()}
        for name in CHOICES
    ]
    plain = (*PLAIN, *FOR_OFFICERS)
    rows += [{"label": label_of(draft, name), "value": getattr(draft, name)} for name in plain]
    address = {"label": draft.evaluation, "url": draft.evaluation}
    return [*rows, {"label": label_of(draft, "evaluation"), "values": [address]}]


def relations_of(draft: CaseStudyPage, user: "User") -> list[Relation]:
    """Give the related cases that this person may read, in the authors' order."""
    rows = list(draft.related_cases.all())
    cases = CaseStudyPage.objects.select_related("administration", "latest_revision")
    targets = cases.in_bulk([row.target_id for row in rows])
    pairs = [(row, targets[row.target_id]) for row in rows if row.target_id in targets]
    return [
        Relation(
            kind=row.get_kind_display(),
            title=target.get_admin_display_title(),
            language=target.language,
            url=target.url if target.live else reverse("casestudies:review_case", args=[target.pk]),
        )
        for row, target in pairs
        if may_read(user, target)
    ]
