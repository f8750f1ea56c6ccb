"""What else may stand for the words of a query: the groups of the files and of the curator."""

import logging
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError

from portal.core.languages import LANGUAGE_CODES
from search.lexicon import Lexicon
from search.models import SynonymGroup
from search.phrases import Group, Phrase, parse_group, terms_of_phrase
from search.vocabularies import keep

logger = logging.getLogger(__name__)

FOLDER = Path(__file__).resolve().parent / "synonyms"
# In the file of no language, a phrase belongs to none unless it names one.
CROSS = "cross"


class Written(NamedTuple):
    """A group as the curator wrote it."""

    phrases: str
    active: bool


def read_groups(path: Path) -> list[Group]:
    """Give the groups of one file; raises `ValidationError` for a line that is none."""
    language = "" if path.stem == CROSS else path.stem
    lines = path.read_text(encoding="utf-8").splitlines()
    return [
        parse_group(line, language=language)
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


@lru_cache(maxsize=1)
def file_groups() -> tuple[Group, ...]:
    """Give every group of the files, as they are written."""
    return tuple(
        group for name in (CROSS, *LANGUAGE_CODES) for group in read_groups(FOLDER / f"{name}.txt")
    )


def alternatives(text: str) -> tuple[Phrase, ...]:
    """Give what else may stand for phrases in the query, without what it says already."""
    return _lexicon(keep("synonyms", "", _written)).alternatives(text)


def _written() -> tuple[Written, ...]:
    rows = SynonymGroup.objects.values_list("phrases", "active")
    return tuple(Written(phrases, active) for phrases, active in rows)


@lru_cache(maxsize=2)
def _lexicon(written: tuple[Written, ...]) -> Lexicon:
    # The curator's come first: where many phrases mean the same, only the first are searched for.
    added = [group for row in written if row.active for group in _read(row)]
    hidden = {_name(group) for row in written if not row.active for group in _read(row)}
    own = [group for group in file_groups() if _name(group) not in hidden]
    return Lexicon([*added, *own])


def _name(group: Group) -> tuple[str, ...]:
    return terms_of_phrase(Phrase(group[0].text))


def _read(row: Written) -> list[Group]:
    try:
        return [parse_group(row.phrases, least=1)]
    except ValidationError as fault:
        logger.warning("a group of equal phrases is not used: %s", "; ".join(fault.messages))
        return []
