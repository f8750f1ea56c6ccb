"""One case as its page shows it: everything the template needs, in a fixed number of statements."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from casestudies.freshness import freshness_of
from casestudies.models.choices import CostBand, Freshness
from casestudies.permissions import may_read
from casestudies.readers.facts import Fact, facts_of
from casestudies.readers.results import Comparison, comparisons
from casestudies.readers.texts import STORY, TRANSFER, Passage, Texts, texts_of
from portal.core.addresses import search_address, similar_address
from portal.core.languages import OWN_NAMES, direction
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from casestudies.models import (
        CaseFile,
        CaseImage,
        CaseLink,
        CaseStudyPage,
        Partner,
        RelatedCase,
        Topic,
    )
    from portal.directory.models import User

# Seconds; what changes a drawing changes its fingerprint, save for the label of a term.
KEPT_FOR = 300


@dataclass(frozen=True)
class CaseReading:
    """A case in one reader's language, with what this reader may see of it."""

    case: "CaseStudyPage"
    user: "User | AnonymousUser"
    interface: str
    texts: Texts

    @cached_property
    def language(self) -> str:
        """The language of the article."""
        return self.texts.language

    @property
    def direction(self) -> str:
        """The direction of the article."""
        return direction(self.language)

    @property
    def is_foreign(self) -> bool:
        """Whether the article is in another language than the interface."""
        return self.language != self.interface

    @property
    def is_translated(self) -> bool:
        """Whether the reader sees a translation and not the authors' own words."""
        return self.language != self.case.language

    @property
    def has_translation(self) -> bool:
        """Whether there is a checked translation in the reader's language."""
        return self.interface != self.case.language and bool(
            getattr(self.case, "translated_texts", None)
        )

    @property
    def versions(self) -> list[dict[str, object]]:
        """The original and the translation, for the switch between them."""
        own, other = self.case.language, self.interface
        return [
            {
                "code": own,
                "name": OWN_NAMES[own],
                "url": "?original=1",
                "current": not self.is_translated,
                "original": True,
            },
            {"code": other, "name": OWN_NAMES[other], "url": "?", "current": self.is_translated},
        ]

    @cached_property
    def title(self) -> Passage:
        """The title."""
        return self.texts.passage("title")

    @cached_property
    def summary(self) -> Passage:
        """The case in three sentences."""
        return self.texts.passage("summary")

    @cached_property
    def story(self) -> list[Passage]:
        """What happened, in the order of telling."""
        return self.texts.passages(STORY)

    @cached_property
    def outcomes(self) -> Passage:
        """The results in words."""
        return self.texts.passage("outcomes")

    @cached_property
    def challenges(self) -> Passage:
        """What resisted."""
        return self.texts.passage("challenges")

    @cached_property
    def lessons(self) -> Passage:
        """What was learnt."""
        return self.texts.passage("lessons")

    @cached_property
    def differently(self) -> Passage:
        """What the authors would do differently."""
        return self.texts.passage("differently")

    @cached_property
    def transfer(self) -> list[Passage]:
        """What another administration must know before it does the same."""
        return self.texts.passages(TRANSFER)

    @cached_property
    def results(self) -> list[Comparison]:
        """The measured results."""
        return comparisons(self.case.results.all())

    @cached_property
    def blocks(self) -> list[dict[str, Passage]]:
        """The building blocks that others can take over."""
        return self.texts.blocks()

    @cached_property
    def partners(self) -> list["Partner"]:
        """Who took part."""
        return list(self.case.partners.select_related("administration"))

    @cached_property
    def images(self) -> list["CaseImage"]:
        """The images with their sizes."""
        rows = self.case.images.select_related("image").prefetch_related("image__renditions")
        return list(rows)

    @cached_property
    def files(self) -> list["CaseFile"]:
        """The files that this reader may fetch."""
        rows = self.case.files.select_related("document")
        return [row for row in rows if self.is_officer or not row.members_only]

    @cached_property
    def links(self) -> list["CaseLink"]:
        """Links to more material."""
        return list(self.case.links.all())

    @cached_property
    def related(self) -> list["RelatedCase"]:
        """The related cases that this reader may read."""
        if not getattr(self.case, "has_related", True):
            return []
        rows = self.case.related_cases.select_related("target__administration__region")
        return [row for row in rows if row.target.live and may_read(self.user, row.target)]

    @cached_property
    def facts(self) -> list[Fact]:
        """The side table."""
        return facts_of(self.case, self.topics, self.case.terms.all())

    @cached_property
    def topics(self) -> list["Topic"]:
        """The topics, the primary one first."""
        return [item.tag for item in self.case.topic_items.select_related("tag")]

    @property
    def similar_part(self) -> str:
        """Where a script fetches the part of the page with cases like this one; not for a draft."""
        return similar_address(self.case.number) if self.case.live and self.case.number else ""

    @property
    def alike(self) -> str:
        """Where cases about the same are listed; nowhere for a case without a topic."""
        return search_address(topic=self.topics[0].slug) if self.topics else ""

    @property
    def cost(self) -> str:
        """The cost band in words, empty when it was not disclosed."""
        known = self.case.cost and self.case.cost != CostBand.UNDISCLOSED
        return str(self.case.get_cost_display()) if known else ""

    @property
    def could_we(self) -> bool:
        """Whether the authors said anything about doing the same elsewhere."""
        return bool(self.transfer or self.cost or self.case.months or self.case.funding)

    @cached_property
    def freshness(self) -> Freshness:
        """Whether the case is still current."""
        return freshness_of(self.case.review_by, timezone.localdate())

    @property
    def version(self) -> int | None:
        """The number of the published version; none for a draft."""
        return getattr(self.case, "version_number", None)

    @property
    def translated_version(self) -> int | None:
        """The number of the version that the translation was made from, where it is known."""
        return getattr(self.case, "translated_version", None)

    @property
    def kept_for(self) -> int:
        """How many seconds what is drawn may be used again; drafts are drawn anew every time."""
        return KEPT_FOR if self.version is not None else 0

    @cached_property
    def fingerprint(self) -> str:
        """What the drawing depends on: it changes with every word, version, day and kind of reader.

        Rows beside the case change only with a new version, labels of vocabularies hardly ever.
        """
        case = self.case
        words = [getattr(case, field.attname) for field in case._meta.concrete_fields]
        around = (self.version, self.translated_version, self.texts.translated)
        reader = (self.interface, self.is_officer, self.has_translation)
        parts = repr((words, around, reader, timezone.localdate()))
        return sha256(parts.encode()).hexdigest()

    @cached_property
    def is_officer(self) -> bool:
        """Whether the reader is a Member's officer, who may see names and Members' files."""
        standing = standing_of(self.user)
        return standing.is_member_officer or standing.is_superuser


def read_case(
    case: "CaseStudyPage",
    *,
    user: "User | AnonymousUser",
    interface: str,
    original: bool = False,
) -> CaseReading:
    """Give a case, published or a draft, as `user` reads it with the interface in a language."""
    return CaseReading(case, user, interface, texts_of(case, interface, original=original))
