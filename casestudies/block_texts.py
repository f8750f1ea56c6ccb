"""The texts of reusable building blocks under names of their own, to be translated like any other.

`block_2_lesson` is the lesson of the second block. A block has no name that stays the same from
revision to revision, so its place stands for it.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from casestudies.checks.answers import label_of
from casestudies.models import ReusableBlock
from casestudies.models.fields import BLOCK_LIMITS, REUSABLE_BLOCKS_LIMIT


def block_text_name(place: int, part: str) -> str:
    """Name a part of the block at a place, counted from 1."""
    return f"block_{place}_{part}"


_PARTS = {
    block_text_name(place, part): (place, part)
    for place in range(1, REUSABLE_BLOCKS_LIMIT + 1)
    for part in BLOCK_LIMITS
}
BLOCK_TEXT_LIMITS: dict[str, int] = {
    name: BLOCK_LIMITS[part] for name, (_place, part) in _PARTS.items()
}


def block_texts(rows: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """Give the texts of the blocks of a case, which come in their order, empty ones included."""
    return {
        block_text_name(place, part): row[part] or ""
        for place, row in enumerate(rows, start=1)
        for part in BLOCK_LIMITS
    }


def label_of_block_text(name: str) -> str:
    """Give the name of such a text as a person reads it; empty for any other name."""
    if name not in _PARTS:
        return ""
    place, part = _PARTS[name]
    return f"{_('Building block')} {place}: {label_of(ReusableBlock(), part)}"
