"""Writes every published case as a line of the exchange format, in the order of their numbers."""

import json
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from django.db.models import Model
from modelcluster.models import get_all_child_relations

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.content import record_of
from casestudies.models import CaseStudyPage, Term

CHUNK = 100


def published_lines() -> Iterator[str]:
    """Give a line for each published case, whoever may read it."""
    catalogue, names = Catalogue(), CaseNames.load()
    cases = CaseStudyPage.objects.live().order_by("number", "pk").prefetch_related("translations")
    live = frozenset(cases.values_list("pk", flat=True))
    names_of_live = CaseNames(names={pk: name for pk, name in names.names.items() if pk in live})
    terms = Term.objects.in_bulk()
    pages = cases.iterator(chunk_size=CHUNK)
    while chunk := list(islice(pages, CHUNK)):
        _load_parts(chunk, terms)
        for case in chunk:
            record = record_of(case, case.serializable_data(), catalogue, names_of_live)
            yield json.dumps(record.as_json(), ensure_ascii=False)


def _load_parts(cases: Sequence[CaseStudyPage], terms: Mapping[int, Term]) -> None:
    """Read the repeated groups of many cases at once, which each would read by itself."""
    for relation in get_all_child_relations(CaseStudyPage):
        rows: dict[int, list[Model]] = defaultdict(list)
        for row in relation.related_model.objects.filter(**{f"{relation.field.name}__in": cases}):
            rows[getattr(row, relation.field.attname)].append(row)
        for case in cases:
            setattr(case, relation.get_accessor_name(), rows[case.pk])
    pairs = CaseStudyPage.terms.through.objects.filter(casestudypage__in=cases)
    held: dict[int, list[Term]] = defaultdict(list)
    for case_id, term_id in pairs.values_list("casestudypage_id", "term_id"):
        held[case_id].append(terms[term_id])
    for case in cases:
        case.terms = held[case.pk]


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
