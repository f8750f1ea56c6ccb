"""The cases that are measured: made ones of all regions and six languages, as exchange files."""

import os
from pathlib import Path

from django.utils import timezone

from portal.directory.models import Administration
from tests.factories.catalogue import make_catalogue, write_catalogue

SCALE = float(os.environ.get("BENCH_SCALE", "1"))
IMPORTED = 2000
SEARCHED = 3000
SEED = 21


def scaled(number: int, *, least: int = 1) -> int:
    """Give a number of things to measure; BENCH_SCALE below 1 makes a quick try of all."""
    return max(least, round(number * SCALE))


def write_cases(folder: Path) -> tuple[Path, Path]:
    """Write the cases whose import is measured, and those that make up the rest, to two files."""
    codes = list(Administration.objects.values_list("iso2", flat=True))
    today = timezone.localdate()
    lines = make_catalogue(scaled(SEARCHED), administrations=codes, seed=SEED, today=today)
    first = scaled(IMPORTED)
    return (
        write_catalogue(folder / "measured.jsonl", lines[:first]),
        write_catalogue(folder / "others.jsonl", lines[first:]),
    )
