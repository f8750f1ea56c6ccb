"""Kinds of question answered from the closed vocabularies: ordered topics, and terms."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casestudies.models import CaseTopic, Term, Topic
from casestudies.models.fields import TOPICS_LIMIT
from casestudies.wizard.kinds import Asker, Cleaned, Kind, OneField

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

Option = tuple[str, str | list[tuple[str, str]]]


def grouped_options(rows: "Sequence[Topic] | Sequence[Term]") -> list[Option]:
    """Give the options of a vocabulary; what has children is the head of a group, no option."""
    children: dict[int, list[tuple[str, str]]] = {}
    for item in rows:
        if item.parent_id:
            children.setdefault(item.parent_id, []).append((str(item.pk), item.label))
    options: list[Option] = []
    for item in rows:
        if item.pk in children:
            options.append((item.label, children[item.pk]))
        elif item.parent_id is None:
            options.append((str(item.pk), item.label))
    return options


@dataclass(frozen=True)
class Topics(Kind):
    """Up to five topics in order, one list box each, so that it works everywhere."""

    def fields(self, name: str, rows: int = 0) -> dict[str, forms.Field]:
        """Give five list boxes; the first is the primary topic."""
        options: list[Option] = [("", "—"), *grouped_options(list(Topic.objects.all()))]
        labels = [_("Primary topic")] + [
            _("Topic %(number)s (optional)") % {"number": place}
            for place in range(2, TOPICS_LIMIT + 1)
        ]
        return {
            f"{name}-{place}": forms.ChoiceField(required=False, choices=options, label=label)
            for place, label in enumerate(labels)
        }

    def initial(self, name: str, answer: list[int]) -> dict[str, Any]:
        """Give each topic to its own box."""
        return {f"{name}-{place}": str(pk) for place, pk in enumerate(answer)}

    def answer(self, name: str, cleaned: Cleaned, asker: Asker) -> list[int]:
        """Give the ids in order; a topic chosen twice is a mistake to be named."""
        chosen: list[int] = []
        for place in range(TOPICS_LIMIT):
            value = cleaned.get(f"{name}-{place}")
            if not value:
                continue
            if int(value) in chosen:
                raise ValidationError(
                    {f"{name}-{place}": _("This topic is already chosen. Choose another or none.")}
                )
            chosen.append(int(value))
        return chosen

    def read(self, case: "CaseStudyPage", name: str) -> list[int]:
        """Give the ids in the author's order."""
        items = sorted(case.topic_items.all(), key=lambda item: item.sort_order or 0)
        return [item.tag_id for item in items]

    def write(self, case: "CaseStudyPage", name: str, answer: list[int]) -> None:
        """Set the topics in order."""
        case.topic_items = [
            CaseTopic(tag_id=pk, sort_order=place) for place, pk in enumerate(answer)
        ]

    def show(self, answer: list[int]) -> str:
        """Give the labels in order."""
        found = Topic.objects.in_bulk(answer)
        return "\n".join(found[pk].label for pk in answer if pk in found)


@dataclass(frozen=True)
class Terms(OneField):
    """Any number of terms of one vocabulary."""

    vocabulary: str

    def field(self) -> forms.Field:
        """Give tick boxes, under the heads of their groups."""
        return forms.MultipleChoiceField(
            required=False,
            choices=grouped_options(list(Term.objects.filter(vocabulary=self.vocabulary))),
            widget=forms.CheckboxSelectMultiple,
        )

    def initial(self, name: str, answer: list[int]) -> dict[str, Any]:
        """Give the ids as the boxes know them."""
        return {name: [str(pk) for pk in answer]}

    def answer(self, name: str, cleaned: Cleaned, asker: Asker) -> list[int]:
        """Give the chosen ids."""
        return sorted(int(value) for value in cleaned.get(name) or [])

    def read(self, case: "CaseStudyPage", name: str) -> list[int]:
        """Give the ids of this vocabulary."""
        return sorted(term.pk for term in case.terms.all() if term.vocabulary == self.vocabulary)

    def write(self, case: "CaseStudyPage", name: str, answer: list[int]) -> None:
        """Set the terms of this vocabulary and leave the others."""
        others = [term for term in case.terms.all() if term.vocabulary != self.vocabulary]
        chosen = Term.objects.filter(pk__in=answer, vocabulary=self.vocabulary)
        case.terms.set([*others, *chosen])

    def show(self, answer: list[int]) -> str:
        """Give the labels."""
        return "\n".join(term.label for term in Term.objects.filter(pk__in=answer))
