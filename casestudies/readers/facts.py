"""The side table of a case: what is known at a glance; what was not given is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casestudies.models.vocabularies import Term, Topic, Vocabulary
from portal.core.addresses import search_address

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

# The vocabularies that the search page can narrow by.
SEARCHED = {
    Vocabulary.BUILDING_BLOCK,
    Vocabulary.INNOVATION_TYPE,
    Vocabulary.INSTRUMENT,
    Vocabulary.TECHNOLOGY,
    Vocabulary.BENEFICIARY,
}


@dataclass(frozen=True)
class Value:
    """One value of a fact and where it leads."""

    label: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """A line of the side table."""

    label: str
    values: list[Value] = field(default_factory=list)


def facts_of(case: "CaseStudyPage", topics: Iterable[Topic], terms: Iterable[Term]) -> list[Fact]:
    """Give the facts of a case in the order of the table, without the empty ones."""
    lines = [
        Fact(_("Topics"), [_found(topic.label, topic=topic.slug) for topic in topics]),
        *_terms(list(terms)),
        *_simple(case),
    ]
    return [line for line in lines if line.values]


def _found(label: str, **criteria: str) -> Value:
    return Value(label, search_address(**criteria))


def _terms(terms: list[Term]) -> Iterator[Fact]:
    for vocabulary in Vocabulary:
        own = sorted(
            (term for term in terms if term.vocabulary == vocabulary),
            key=lambda item: item.position,
        )
        yield Fact(
            str(vocabulary.label),
            [
                _found(term.label, **{vocabulary.value: term.slug})
                if vocabulary in SEARCHED
                else Value(term.label)
                for term in own
            ],
        )


def _simple(case: "CaseStudyPage") -> Iterator[Fact]:
    language = [_found(case.get_language_display(), language=case.language)]
    yield Fact(_("Language of the original"), language)
    evaluation = [Value(_("Read the evaluation"), case.evaluation)] if case.evaluation else []
    yield Fact(_("Independent evaluation"), evaluation)
    yield Fact(_("Published"), _day(case.first_published_at))
    yield Fact(_("Next review"), _day(case.review_by))


def _day(moment: date | None) -> list[Value]:
    return [Value(date_format(moment, "DATE_FORMAT"))] if moment else []
