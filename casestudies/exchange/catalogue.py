"""What the words of a line stand for in this portal: Members, topics, terms and other cases."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from casestudies.exchange.checks import shown
from casestudies.exchange.findings import Findings
from casestudies.exchange.records import TERM_KEYS, CaseRecord, PartnerRow
from casestudies.models import CaseStudyPage, FormerTopic, Term, Topic
from portal.directory.models import Administration


@dataclass
class CaseNames:
    """The cases that the portal holds, by the names a file may give them."""

    by_external_id: dict[str, int] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)

    @classmethod
    def load(cls) -> "CaseNames":
        """Read the names of all cases in one query."""
        known = cls()
        columns = ("pk", "external_id", "number", "translation_key")
        for pk, external_id, number, key in CaseStudyPage.objects.values_list(*columns):
            known.add(pk, external_id, number, str(key))
        return known

    def add(self, pk: int, external_id: str | None, number: str | None, key: str = "") -> None:
        """Note a case: outside it is known by its external id, or else by its number."""
        if external_id:
            self.by_external_id[external_id] = pk
        if number:
            self.by_number[number] = pk
        self.names[pk] = external_id or number or key

    def find(self, external_id: str) -> int | None:
        """Give the id of the case a file calls so."""
        by_number = self.by_number.get(external_id)
        if by_number is not None and self.names[by_number] != external_id:
            by_number = None
        return self.by_external_id.get(external_id, by_number)


class Catalogue:
    """The directory and the vocabularies, read once for a whole file."""

    def __init__(self) -> None:
        rows = Administration.objects.select_related("region")
        self.administrations = {row.iso2: row for row in rows}
        self.codes = {row.pk: code for code, row in self.administrations.items()}
        topics = list(Topic.objects.all())
        groups = {topic.parent_id for topic in topics}
        self.topic_slugs = {topic.pk: topic.slug for topic in topics}
        self.topics = {topic.slug: topic for topic in topics if topic.pk not in groups}
        former = list(FormerTopic.objects.select_related("topic"))
        self._slugs_now = {item.slug: item.topic.slug for item in former}
        self.topic_slugs |= {item.merged_id: item.topic.slug for item in former if item.merged_id}
        terms = list(Term.objects.all())
        groups = {term.parent_id for term in terms}
        self.term_keys = {term.pk: (term.vocabulary, term.slug) for term in terms}
        self.terms = {self.term_keys[term.pk]: term for term in terms if term.pk not in groups}
        self._positions = {self.term_keys[term.pk]: term.position for term in terms}

    def settle(self, record: CaseRecord, found: Findings) -> CaseRecord:
        """Give the record with known words only, each vocabulary in its own order."""
        if record.administration not in self.administrations:
            found.error(f"administration: {shown(record.administration)} is unknown")
        self._check_partners(record.partners, found)
        named = self.present_topics(record.topics)
        topics = self._known("topics", named, set(self.topics), found)
        terms: dict[str, Any] = {
            key: self._terms(key, vocabulary, getattr(record, key), found)
            for key, vocabulary in TERM_KEYS.items()
        }
        return replace(record, topics=topics, **terms)

    def present_topics(self, slugs: Sequence[str]) -> tuple[str, ...]:
        """Give what these topics are called today, each once."""
        return tuple(dict.fromkeys(self._slugs_now.get(slug, slug) for slug in slugs))

    def _check_partners(self, partners: tuple[PartnerRow, ...], found: Findings) -> None:
        for place, partner in enumerate(partners, 1):
            code = partner.administration
            if code and code not in self.administrations:
                found.error(f"partners {place}: administration {shown(code)} is unknown")

    def _terms(
        self, key: str, vocabulary: str, words: tuple[str, ...], found: Findings
    ) -> tuple[str, ...]:
        known = {slug for name, slug in self.terms if name == vocabulary}
        return self.in_order(vocabulary, self._known(key, words, known, found))

    def in_order(self, vocabulary: str, words: tuple[str, ...]) -> tuple[str, ...]:
        """Give words of a vocabulary in its own order."""
        return tuple(sorted(words, key=lambda slug: self._positions[vocabulary, slug]))

    @staticmethod
    def _known(
        key: str, words: tuple[str, ...], known: set[str], found: Findings
    ) -> tuple[str, ...]:
        for word in words:
            if word not in known:
                found.warn(f"{key}: {shown(word)} is not a word to choose here and is left out")
        return tuple(word for word in words if word in known)
