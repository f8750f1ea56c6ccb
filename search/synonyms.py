"""What else may stand for the words of a query: the groups of the files."""

from functools import lru_cache
from pathlib import Path

from portal.core.languages import LANGUAGE_CODES
from search.lexicon import Lexicon
from search.phrases import Group, Phrase, parse_group

FOLDER = Path(__file__).resolve().parent / "synonyms"
# In the file of no language, a phrase belongs to none unless it names one.
CROSS = "cross"


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


@lru_cache(maxsize=1)
def _lexicon() -> Lexicon:
    return Lexicon(file_groups())


def alternatives(text: str) -> tuple[Phrase, ...]:
    """Give what else may stand for phrases in the query, without what it says already."""
    return _lexicon().alternatives(text)
