"""The search log: what was looked for and whether it was found, and nothing about who looked."""

import logging
import re
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core import signing
from django.db import DatabaseError

from portal.core.patience import without_waiting
from search.addresses import asked_for
from search.criteria import CHARACTER_LIMIT, PAGE_SIZE, Criteria
from search.models import SearchLogEntry
from search.results import Results

logger = logging.getLogger(__name__)

KEPT = timedelta(days=90)
SALT = "search.log"
# Who comes back to a page of results after a day looks for something else.
CLICK_SECONDS = 24 * 60 * 60
_ADDRESS = re.compile(r"\S*@\S*")
# Six digits and more, however they are grouped: telephone numbers, passports, cards.
_LONG_NUMBER = re.compile(r"\S*\d(?:[\s().\-/]*\d){5,}\S*")


class UnknownEntry(Exception):
    """A key that was not given out for an entry, or too long ago."""


def impersonal(text: str) -> str:
    """Give the words in small letters, without e-mail addresses and long numbers."""
    kept = _LONG_NUMBER.sub(" ", _ADDRESS.sub(" ", text.lower()))
    return " ".join(kept.split())


def record_search(criteria: Criteria, results: Results) -> str:
    """Note a search and give the key by which a click on its results is told.

    Gives nothing where no word may be kept, or where the database does not take the entry.
    """
    words = impersonal(criteria.text)[:CHARACTER_LIMIT]
    if not words:
        return ""
    regions = criteria.chosen("region")
    entry = SearchLogEntry(
        words=words,
        filters=_filters_of(criteria),
        language=criteria.ui,
        region=regions[0] if len(regions) == 1 else "",
        count=results.exact_total,
        degraded=results.degraded,
    )
    try:
        with without_waiting():
            entry.save(force_insert=True)
    except DatabaseError as fault:
        logger.info("a search was not noted: %s", fault)
        return ""
    return signing.dumps(entry.pk, salt=SALT)


def record_click(key: str, rank: int) -> None:
    """Note the place of the result that was chosen first; raises `UnknownEntry`."""
    if not 1 <= rank <= PAGE_SIZE:
        raise UnknownEntry
    try:
        pk = signing.loads(key, salt=SALT, max_age=CLICK_SECONDS)
    except signing.BadSignature as fault:
        raise UnknownEntry from fault
    try:
        with without_waiting():
            SearchLogEntry.objects.filter(pk=pk, clicked_rank=None).update(clicked_rank=rank)
    except DatabaseError as fault:
        logger.info("a click was not noted: %s", fault)


def purge(today: date) -> int:
    """Remove what is older than ninety days and give how many entries that were."""
    removed, _by_model = SearchLogEntry.objects.filter(day__lt=today - KEPT).delete()
    return removed


def _filters_of(criteria: Criteria) -> str:
    limit = SearchLogEntry._meta.get_field("filters").max_length or 0
    kept: list[tuple[str, str]] = []
    for pair in asked_for(replace(criteria, text="")):
        if len(urlencode([*kept, pair])) <= limit:
            kept.append(pair)
    return urlencode(kept)
