"""Writes every published case as a line of the exchange format, in the order of their numbers."""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.content import record_of
from casestudies.models import CaseStudyPage

CHUNK = 100


def published_lines() -> Iterator[str]:
    """Give a line for each published case, whoever may read it."""
    catalogue, names = Catalogue(), CaseNames.load()
    cases = CaseStudyPage.objects.live().order_by("number", "pk").prefetch_related("translations")
    live = frozenset(cases.values_list("pk", flat=True))
    names_of_live = CaseNames(names={pk: name for pk, name in names.names.items() if pk in live})
    for case in cases.iterator(chunk_size=CHUNK):
        record = record_of(case, case.serializable_data(), catalogue, names_of_live)
        yield json.dumps(record.as_json(), ensure_ascii=False)


def write_lines(lines: Iterable[str], path: Path) -> int:
    """Write lines to a file that appears whole or not at all; give their number."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            count = 0
            for line in lines:
                file.write(line + "\n")
                count += 1
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink()
        raise
    return count
