"""A draft laid out to be read and judged: its texts, its facts, and what differs from before."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage, Vocabulary
from casestudies.models.fields import TRANSLATED_FIELDS

CHOICES = ("stage", "cost", "visibility", "licence")
PLAIN = ("year", "months", "funding", "owner_unit", "owner_mailbox", "embargo_until", "video")


@dataclass(frozen=True)
class Passage:
    """One text of a case under its label; `changed` against the published version."""

    label: str
    text: str
    changed: bool


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
            found.append(Passage(_label(draft, name), text, text != before))
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
        {"label": _label(draft, name), "value": getattr(draft, f"get_{name}_display")()}
        for name in CHOICES
    ]
    rows += [{"label": _label(draft, name), "value": getattr(draft, name)} for name in PLAIN]
    return rows


def _label(draft: CaseStudyPage, name: str) -> str:
    return capfirst(str(draft._meta.get_field(name).verbose_name))
