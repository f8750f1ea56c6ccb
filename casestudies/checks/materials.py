"""Pictures without a description, and figures that do not say what they count."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.words import word_set
from casestudies.models.parts import number_in

FILE_NAME = re.compile(
    r"^\S+\.(?:jpe?g|png|webp|gif|heic|tiff?)$|^(?:img|dsc|image|photo)[\W_]*\d+$", re.I
)
SAYS_NOTHING = word_set(
    "image picture photo photograph figure foto imagen imagem fotografía fotografia figura "
    "картинка фото фотография рисунок صورة الصورة شكل"
)
# An indicator that counts needs no unit: what is counted is named.
COUNTS = re.compile(
    r"^\W*(?:number|count|total|nombre|quantité|número|cantidad|total|quantidade|nº|no\.|عدد|إجمالي"
    r"|число|количество|численность)",
    re.IGNORECASE,
)


class MissingAlternativeText(Check):
    """A picture that those who cannot see it learn nothing of."""

    level = Level.STOP
    advice = gettext_lazy(
        "Describe the picture in a sentence: what would you say on the telephone?"
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the pictures without a description, or with a file's name in its place."""
        for number, row in enumerate(matter.draft.images.all(), 1):
            text = row.alternative_text.strip()
            if text and not FILE_NAME.match(text) and text.casefold() not in SAYS_NOTHING:
                continue
            words = _("Picture %(number)s has no description.") % {"number": number}
            yield self.finding("images", _("Pictures"), words, (text,) if text else ())


class FigureWithoutUnit(Check):
    """A measured result whose figures do not say what they count."""

    level = Level.NOTE
    advice = gettext_lazy("Say whether it is hours, days, per cent or a currency.")

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the results whose values are bare numbers and that have no unit."""
        for row in matter.draft.results.all():
            bare = number_in(row.after) is not None
            if bare and not row.unit.strip() and not COUNTS.match(row.indicator):
                words = _("A measured result has figures without a unit.")
                yield self.finding("results", _("Measured results"), words, (row.indicator,))
