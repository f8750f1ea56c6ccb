"""The facets: one record each, with the values that are known and their names."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from casestudies.freshness import NOTICE, SILENCE
from casestudies.models import CostBand, Level, Stage, Vocabulary
from casestudies.models.choices import Freshness
from portal.core.languages import OWN_NAMES, supported
from search import vocabularies
from search.criteria import Criteria
from search.vocabularies import Known


class Kind(TextChoices):
    """What can be found."""

    CASE = "case", _("Case study")
    COLLECTION = "collection", _("Collection")


Values = Callable[[str], Mapping[str, Known]]


class Span(NamedTuple):
    """A value of a facet that is counted by ranges: from `start` up to, but without, `end`."""

    value: str
    start: int | None
    end: int | None


NO_REVIEW = date(9999, 1, 1).toordinal()


def freshness_spans(today: date) -> tuple[Span, ...]:
    """Give each freshness as a range of review-by days, as seen on a day."""
    outdated = archived_before(today)
    current = (today + NOTICE).toordinal() + 1
    return (
        Span(Freshness.CURRENT.value, current, None),
        Span(Freshness.DUE.value, outdated, current),
        Span(Freshness.OUTDATED.value, None, outdated),
    )


@dataclass(frozen=True)
class Facet:
    """A facet: its parameter, its heading, where its values come from and how many are shown."""

    name: str
    label: str | Promise
    known: Values
    size: int = 300
    in_order: bool = False
    grouped: bool = False

    def labels(self, language: str | None = None) -> Mapping[str, Known]:
        """Give every known value, with its name in a language (the active one by default)."""
        return self.known(supported(language or get_language()))

    def label_of(self, value: str, language: str | None = None) -> str:
        """Give the name of a value, or the value itself where it is not known any more."""
        known = self.labels(language).get(value)
        return known.label if known else value


@lru_cache(maxsize=64)
def _choices(choices: type[TextChoices], language: str) -> Mapping[str, Known]:
    with override(language):
        return {value: Known(str(label)) for value, label in choices.choices}


def _languages(_language: str) -> Mapping[str, Known]:
    return {code: Known(name) for code, name in OWN_NAMES.items()}


def _terms(vocabulary: Vocabulary) -> Values:
    return partial(vocabularies.terms, vocabulary.value)


FACETS: dict[str, Facet] = {
    facet.name: facet
    for facet in (
        Facet("kind", _("Kind"), partial(_choices, Kind), in_order=True),
        Facet("region", _("Region"), vocabularies.regions),
        Facet("administration", _("Administration"), vocabularies.administrations),
        Facet("topic", _("Topic"), vocabularies.topics, grouped=True),
        Facet("building_block", _("Building block"), _terms(Vocabulary.BUILDING_BLOCK)),
        Facet("innovation_type", _("Type of innovation"), _terms(Vocabulary.INNOVATION_TYPE)),
        Facet("stage", _("Stage"), partial(_choices, Stage), in_order=True),
        Facet("language", _("Language of the original"), _languages, in_order=True),
        Facet("technology", _("Technology"), _terms(Vocabulary.TECHNOLOGY)),
        Facet("instrument", _("Instrument"), _terms(Vocabulary.INSTRUMENT), grouped=True),
        Facet("beneficiary", _("Beneficiary"), _terms(Vocabulary.BENEFICIARY)),
        Facet("cost", _("Cost"), partial(_choices, CostBand), in_order=True),
        Facet("level", _("Level of trust"), partial(_choices, Level), in_order=True),
        Facet("freshness", _("Freshness"), partial(_choices, Freshness), in_order=True),
    )
}

# Counted like a facet, but chosen as a range.
YEAR = "year"
COUNTED = (*FACETS, YEAR)
MOST_YEARS = 300


def narrowed_by(criteria: Criteria) -> tuple[str, ...]:
    """Name what is chosen of all that is counted; each is counted as if nothing of it were."""
    by_year = criteria.year_from is not None or criteria.year_to is not None
    chosen = tuple(name for name in FACETS if criteria.chosen(name) or _by_itself(criteria, name))
    return (*chosen, YEAR) if by_year else chosen


def _by_itself(criteria: Criteria, name: str) -> bool:
    return name == "freshness" and criteria.leaves_archive_out


def archived_before(today: date) -> int:
    """Give the review-by day before which a case is outdated, and so in the archive."""
    return (today - SILENCE).toordinal()
