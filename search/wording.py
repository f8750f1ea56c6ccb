"""The words above the results: whole sentences, true counts, plural forms in each language."""

from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from search.criteria import Criteria, Sort, View
from search.facets import FACETS, Kind
from search.reading import Reading
from search.results import Results

# Whether the sentence names a subject, and whether it names a place.
Shape = tuple[bool, bool]
# Stand in for the reader's words while the sentence is escaped; no query can hold them.
SUBJECT, PLACE = "\ue001", "\ue002"


class Heading(NamedTuple):
    """The sentence over the results, as text and as HTML with the reader's words isolated."""

    plain: str
    html: SafeString


EXPERIENCES: dict[Shape, Promise] = {
    (False, False): ngettext_lazy("%(number)s experience", "%(number)s experiences", "count"),
    (True, False): ngettext_lazy(
        "%(number)s experience about %(subject)s",
        "%(number)s experiences about %(subject)s",
        "count",
    ),
    (False, True): ngettext_lazy(
        "%(number)s experience in %(place)s", "%(number)s experiences in %(place)s", "count"
    ),
    (True, True): ngettext_lazy(
        "%(number)s experience about %(subject)s in %(place)s",
        "%(number)s experiences about %(subject)s in %(place)s",
        "count",
    ),
}
COLLECTIONS: dict[Shape, Promise] = {
    (False, False): ngettext_lazy("%(number)s collection", "%(number)s collections", "count"),
    (True, False): ngettext_lazy(
        "%(number)s collection about %(subject)s",
        "%(number)s collections about %(subject)s",
        "count",
    ),
    (False, True): ngettext_lazy(
        "%(number)s collection in %(place)s", "%(number)s collections in %(place)s", "count"
    ),
    (True, True): ngettext_lazy(
        "%(number)s collection about %(subject)s in %(place)s",
        "%(number)s collections about %(subject)s in %(place)s",
        "count",
    ),
}
BOTH: dict[Shape, Promise] = {
    (False, False): ngettext_lazy(
        "%(number)s experience or collection", "%(number)s experiences and collections", "count"
    ),
    (True, False): ngettext_lazy(
        "%(number)s experience or collection about %(subject)s",
        "%(number)s experiences and collections about %(subject)s",
        "count",
    ),
    (False, True): ngettext_lazy(
        "%(number)s experience or collection in %(place)s",
        "%(number)s experiences and collections in %(place)s",
        "count",
    ),
    (True, True): ngettext_lazy(
        "%(number)s experience or collection about %(subject)s in %(place)s",
        "%(number)s experiences and collections about %(subject)s in %(place)s",
        "count",
    ),
}
NOTHING: dict[Shape, Promise] = {
    (False, False): _("No experience found"),
    (True, False): _("No experience found about %(subject)s"),
    (False, True): _("No experience found in %(place)s"),
    (True, True): _("No experience found about %(subject)s in %(place)s"),
}

UNKNOWN = _("“%(value)s” is not known here as a value of “%(filter)s”, so it was left out.")
LEFT_OUT: dict[str, str | Promise] = {
    "year_from": _("The first year was left out: give a whole year such as 2019."),
    "year_to": _("The last year was left out: give a whole year such as 2024."),
    "measured": _("“With measured results” was left out: give 1 or nothing."),
    "failures": _("“With failures described” was left out: give 1 or nothing."),
    "sort": _("The order asked for does not exist, so the usual one is shown."),
    "view": _("The view asked for does not exist, so the list is shown."),
}
SEEN_AS: dict[View, Promise] = {View.TABLE: _("as a table"), View.MAP: _("as a map")}
IN_ORDER: dict[Sort, Promise] = {
    Sort.NEWEST: _("newest first"),
    Sort.UPDATED: _("last updated first"),
}
MOST_NOTES = 5
NAME_LENGTH = 60


def heading_of(criteria: Criteria, results: Results) -> Heading:
    """Say what was found, about what and where; what else was chosen stands in the chips."""
    subject, place = subject_of(criteria), _place(criteria)
    shape = (bool(subject), bool(place))
    sentence = _sentences(criteria, results)[shape] if results.exact_total else NOTHING[shape]
    number = number_format(results.total, use_l10n=True, force_grouping=True)
    values = {"count": results.total, "number": number}
    plain = str(sentence % (values | {"subject": subject, "place": place}))
    template = escape(str(sentence % (values | {"subject": SUBJECT, "place": PLACE})))
    html = template.replace(SUBJECT, _isolated(subject)).replace(PLACE, _isolated(place))
    return Heading(plain, mark_safe(html))  # noqa: S308


def title_of(heading: Heading, criteria: Criteria) -> str:
    """Say what is on the page, and in what view and order where it is not the usual one.

    It is the title of the page and what a screen reader hears when the page is swapped.
    """
    seen = SEEN_AS.get(criteria.view)
    order = None if criteria.view is View.MAP else IN_ORDER.get(criteria.sort)
    page = _("page %(number)s") % {"number": criteria.page} if criteria.page > 1 else None
    return " · ".join(str(part) for part in (heading.plain, seen, order, page) if part)


def _isolated(name: str) -> SafeString:
    return format_html("<bdi>{}</bdi>", name)


def subject_of(criteria: Criteria) -> str:
    """Give the words looked for, or else the one topic that was chosen."""
    return criteria.text or _only_label(criteria, "topic")


def _place(criteria: Criteria) -> str:
    return _only_label(criteria, "administration") or _only_label(criteria, "region")


def _only_label(criteria: Criteria, facet: str) -> str:
    chosen = criteria.chosen(facet)
    return FACETS[facet].label_of(chosen[0], criteria.ui) if len(chosen) == 1 else ""


def _sentences(criteria: Criteria, results: Results) -> dict[Shape, Promise]:
    chosen = set(criteria.chosen("kind"))
    counted = {value.value for value in results.facets.get("kind", ()) if value.count}
    kinds = (chosen & counted if chosen else counted) or chosen
    if kinds == {Kind.COLLECTION.value}:
        return COLLECTIONS
    return BOTH if Kind.COLLECTION.value in kinds else EXPERIENCES


def notes_of(reading: Reading) -> list[str]:
    """Say what of the address was left out, and what would be understood."""
    notes = [
        str(UNKNOWN % {"value": Truncator(value).chars(NAME_LENGTH), "filter": FACETS[name].label})
        for name, value in reading.ignored[:MOST_NOTES]
    ]
    wrong = {name for name, _reason in reading.errors}
    return [*notes, *(str(note) for name, note in LEFT_OUT.items() if name in wrong)]
