"""How a case is cited: by its authors, year, title, number and version, and permanent address."""

from collections.abc import Callable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casestudies.readers.case import CaseReading
from portal.core.addresses import case_address


def citation_of(reading: CaseReading, full: Callable[[str], str]) -> SafeString:
    """Give the citation, each name isolated from the direction of the words around it.

    `full` makes a full address of a path.
    """
    case = reading.case
    number = case.number or ""
    published = case.last_published_at
    return format_html(
        _(
            "{administration}, Customs administration ({year}). {title}. "
            "Case {number}, version {version}. Customs Forum. {address}"
        ),
        administration=_isolated(case.administration.label),
        year=published.year if published else _("draft"),
        title=_isolated(case.title.rstrip(".")),
        number=_isolated(number),
        version=reading.version or 1,
        address=_isolated(full(case_address(number))),
    )


def _isolated(words: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", words)
