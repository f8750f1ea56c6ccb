"""The texts of a case as one reader gets them: the original, or a checked translation of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from casestudies.block_texts import block_text_name
from casestudies.models.fields import BLOCK_LIMITS
from portal.core.languages import direction

if TYPE_CHECKING:
    from casestudies.models import CaseStudyPage

STORY = ("problem", "solution", "novelty", "legal_basis", "partnership")
TRANSFER = ("conditions", "transfer")

# Where the name of the field says too little above a finished text.
HEADINGS = {"transfer": _("What must be in place, what to adapt, what not to copy")}


@dataclass(frozen=True)
class Passage:
    """One text of the case under its heading, in the language it is shown in."""

    name: str
    heading: str
    text: str
    language: str

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return direction(self.language)

    def __bool__(self) -> bool:
        return bool(self.text.strip())


@dataclass(frozen=True)
class Texts:
    """All texts of a case; a passage nobody translated stays in the language of the original."""

    case: "CaseStudyPage"
    language: str
    translated: dict[str, str]
    # Whether the translation was made from the version that is read.
    is_in_step: bool = True

    def passage(self, name: str) -> Passage:
        """Give one text of the case by the name of its field."""
        verbose_name = self.case._meta.get_field(name).verbose_name
        heading = str(HEADINGS.get(name) or capfirst(str(verbose_name)))
        return self._shown(name, heading, self.translated.get(name, ""), getattr(self.case, name))

    def passages(self, names: Iterable[str]) -> list[Passage]:
        """Give those of the named texts that the authors wrote."""
        return [passage for name in names if (passage := self.passage(name))]

    def blocks(self) -> list[dict[str, Passage]]:
        """Give the building blocks that others can take over, part by part.

        A block is known by its place, which another version may have given to another one: the
        translation of an earlier version says nothing about them.
        """
        translated = self.translated if self.is_in_step else {}
        return [
            {
                part: self._shown(
                    part, "", translated.get(block_text_name(place, part), ""), getattr(block, part)
                )
                for part in BLOCK_LIMITS
            }
            for place, block in enumerate(self.case.reusable_blocks.all(), start=1)
        ]

    def _shown(self, name: str, heading: str, translated: str, original: str) -> Passage:
        own = translated.strip()
        if own:
            return Passage(name, heading, own, self.language)
        return Passage(name, heading, original, self.case.language)


def texts_of(case: "CaseStudyPage", language: str, *, original: bool) -> Texts:
    """Give the translation into `language` where the case carries a checked one, else the original.

    `original` asks for the authors' own words in any case.
    """
    translated = getattr(case, "translated_texts", None)
    if not translated or original or language == case.language:
        return Texts(case, case.language, {})
    source = getattr(case, "translated_version", None)
    is_in_step = source == getattr(case, "version_number", None)
    return Texts(case, language, translated, is_in_step)
