"""The checks of single values of the exchange format; each names what is wrong in words."""

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.dateparse import parse_date, parse_datetime

from casestudies.exchange.findings import Findings
from portal.core.text import count_characters

# A check takes the key, its value and the findings, and gives the value to keep.
Check = Callable[[str, Any, Findings], Any]

KINDS = {str: "a text", bool: "true or false", list: "a list", dict: "an object"}
CASE_NUMBER = re.compile(r"CS-[0-9]{4}-[0-9]{6,}")
_validate_url = URLValidator(schemes=["http", "https"])


def kind_of(value: Any) -> str:
    """Say in words what a JSON value is."""
    return KINDS.get(type(value), "a number")


def shown(value: str) -> str:
    """Quote a value of the file for a message, shortened."""
    return repr(value if len(value) <= 60 else value[:57] + "...")


def text(*, limit: int = 0, column: int = 0) -> Check:
    """A text: over `limit` is a warning, over the `column` that has to hold it an error."""

    def check(key: str, value: Any, found: Findings) -> str:
        if not isinstance(value, str):
            found.error(f"{key}: must be a text, not {kind_of(value)}")
            return ""
        if column and len(value) > column:
            found.error(f"{key}: {len(value)} characters, the portal holds at most {column}")
        elif limit and len(value) > limit and count_characters(value) > limit:
            found.warn(f"{key}: {count_characters(value)} characters, the limit is {limit}")
        return value

    return check


def value_text(*, column: int) -> Check:
    """A text or a number, kept as the text that the file shows."""

    def check(key: str, value: Any, found: Findings) -> str:
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        if not is_number and not isinstance(value, str):
            found.error(f"{key}: must be a number or a text, not {kind_of(value)}")
            return ""
        return text(column=column)(key, str(value), found)

    return check


def integer(low: int, high: int) -> Check:
    """A whole number within bounds."""

    def check(key: str, value: Any, found: Findings) -> int | None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.error(f"{key}: must be a whole number, not {kind_of(value)}")
        elif not low <= value <= high:
            found.error(f"{key}: {value} is not between {low} and {high}")
        else:
            return value
        return None

    return check


def boolean(key: str, value: Any, found: Findings) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        found.error(f"{key}: must be true or false, not {kind_of(value)}")
    return value is True


def one_of(choices: Collection[str]) -> Check:
    """A word of a short closed list; an empty text where nothing is chosen."""

    def check(key: str, value: Any, found: Findings) -> str:
        word = text()(key, value, found)
        if word and word not in choices:
            known = ", ".join(choices)
            found.error(f"{key}: {shown(word)} is unknown; it must be one of {known}")
        return word

    return check


def address(*, column: int) -> Check:
    """An http or https address."""

    def check(key: str, value: Any, found: Findings) -> str:
        url = text(column=column)(key, value, found)
        try:
            if url:
                _validate_url(url)
        except ValidationError:
            found.error(f"{key}: {shown(url)} is not an http or https address")
        return url

    return check


def mailbox(key: str, value: Any, found: Findings) -> str:
    """An e-mail address."""
    box = text(column=254)(key, value, found)
    try:
        if box:
            validate_email(box)
    except ValidationError:
        found.error(f"{key}: {shown(box)} is not an e-mail address")
    return box


def day(key: str, value: Any, found: Findings) -> date | None:
    """A date such as 2026-05-31."""
    return _moment(parse_date, "a date such as 2026-05-31", key, value, found)


def instant(key: str, value: Any, found: Findings) -> datetime | None:
    """A date and time with its zone."""
    words = "a time with its zone such as 2026-05-31T10:00:00+00:00"
    moment = _moment(parse_datetime, words, key, value, found)
    if moment and moment.tzinfo is None:
        found.error(f"{key}: must be {words}")
        return None
    return moment


def _moment(
    parse: Callable[[str], Any], words: str, key: str, value: Any, found: Findings
) -> Any | None:
    try:
        moment = parse(value) if isinstance(value, str) else None
    except ValueError:
        moment = None
    if moment is None:
        found.error(f"{key}: must be {words}")
    return moment


def case_number(key: str, value: Any, found: Findings) -> str | None:
    """A case number; one that is not well formed is left out."""
    number = text()(key, value, found)
    if CASE_NUMBER.fullmatch(number) and len(number) <= 16:
        return number
    found.warn(f"{key}: {shown(number)} is not a case number; the portal gives its own")
    return None


def slugs(*, limit: int = 0) -> Check:
    """A list of words of a vocabulary, each once."""

    def check(key: str, value: Any, found: Findings) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            found.error(f"{key}: must be a list of texts")
            return ()
        kept = tuple(dict.fromkeys(value))
        if len(kept) < len(value):
            found.warn(f"{key}: a word is there twice and is kept once")
        if limit and len(kept) > limit:
            found.warn(f"{key}: {len(kept)} of them, the limit is {limit}")
        return kept

    return check
