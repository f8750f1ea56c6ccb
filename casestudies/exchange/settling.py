"""Settles what only the portal and the whole file can tell: known words, numbers, relations."""

from collections.abc import Sequence
from dataclasses import replace

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.checks import shown
from casestudies.exchange.findings import Findings
from casestudies.exchange.reader import Line
from casestudies.exchange.records import CaseRecord, Relation


def settle_lines(
    lines: Sequence[Line], catalogue: Catalogue, names: CaseNames, *, strict: bool
) -> None:
    """Complete the findings of all lines; a line with an error loses its record."""
    in_file = {line.record.external_id for line in lines if line.record}
    taken = set(names.by_number)
    for line in lines:
        if line.record:
            record = catalogue.settle(line.record, line.found)
            record = _with_known_relations(record, names, in_file, line.found)
            line.record = _with_free_number(record, names, taken, line.found)
        if strict:
            line.found.be_strict()
        if line.found.errors:
            line.record = None


def _with_known_relations(
    record: CaseRecord, names: CaseNames, in_file: set[str], found: Findings
) -> CaseRecord:
    kept = []
    for row in record.related:
        target = names.find(row.external_id) or names.by_number.get(row.external_id)
        if row.external_id == record.external_id:
            found.warn("related: a case is not related to itself; left out")
        elif target is not None:
            kept.append(Relation(row.kind, names.names[target]))
        elif row.external_id in in_file:
            kept.append(row)
        else:
            name = shown(row.external_id)
            found.warn(f"related: no case {name} in the portal or in the file; left out")
    return replace(record, related=tuple(kept))


def _with_free_number(
    record: CaseRecord, names: CaseNames, taken: set[str], found: Findings
) -> CaseRecord:
    if names.find(record.external_id) is not None or record.number is None:
        return record
    if record.number in taken:
        found.warn(f"number: {record.number} is taken; the case gets a number of its own")
        return replace(record, number=None)
    taken.add(record.number)
    return record
