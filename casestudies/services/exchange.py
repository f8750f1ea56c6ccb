"""Imports the lines of an exchange file: in batches, each line by itself, twice without effect."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DatabaseError, transaction

from casestudies.exchange.reader import Line
from casestudies.exchange.settling import settle_lines
from casestudies.models import CaseStudyPage
from casestudies.services.imported_lines import LineImporter, Outcome
from casestudies.services.numbers import reserve_numbers
from casestudies.states import states_of

if TYPE_CHECKING:
    from portal.directory.models import User

Progress = Callable[[int, int], None]


@dataclass
class Report:
    """What became of every line, and what was found in it."""

    lines: Sequence[Line]
    outcomes: dict[int, Outcome] = field(default_factory=dict)
    published: int = 0

    def count(self, outcome: Outcome) -> int:
        """Count the lines of one outcome."""
        return Counter(self.outcomes.values())[outcome]


def import_lines(
    *,
    lines: Sequence[Line],
    publish: bool = False,
    strict: bool = False,
    dry_run: bool = False,
    batch: int = 100,
    author: "User | None" = None,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Bring the cases of a file into the portal, one transaction a batch.

    A line that cannot go in keeps its reasons in its findings and never holds others back.
    `author` is who wrote the texts, where that is an officer with an account here.
    """
    importer = LineImporter(publish=publish, dry_run=dry_run, author=author)
    settle_lines(lines, importer.catalogue, importer.names, strict=strict)
    # New cases first: whatever case a line names, it is then in the portal or will never be.
    ready = sorted((line for line in lines if line.record), key=importer.is_known)
    if not dry_run:
        reserve_numbers(
            numbers=[line.record.number for line in ready if line.record and line.record.number]
        )
    report = Report(lines)
    for start in range(0, len(ready), batch):
        with transaction.atomic():
            _import_batch(importer, ready[start : start + batch], report)
        progress(min(start + batch, len(ready)), len(ready))
    with transaction.atomic():
        importer.tie_forward_relations()
    report.outcomes |= {line.number: Outcome.REFUSED for line in lines if line.found.errors}
    report.published = importer.published
    return report


def _import_batch(importer: LineImporter, lines: Sequence[Line], report: Report) -> None:
    """Import some lines within one transaction; one that fails is undone by itself."""
    cases = _held_cases([importer.case_of(line) for line in lines])
    states = states_of(cases.values())
    importer.make_room([line for line in lines if not importer.is_known(line)])
    for line in lines:
        pk = importer.case_of(line)
        try:
            with transaction.atomic():
                outcome = importer.import_line(line, cases.get(pk), states.get(pk))
        except ValidationError as problem:
            line.found.error("; ".join(problem.messages))
        except (DatabaseError, ObjectDoesNotExist) as problem:
            line.found.error(str(problem))
        else:
            report.outcomes[line.number] = outcome


def _held_cases(pks: Sequence[int]) -> dict[int, CaseStudyPage]:
    # Nobody sends or publishes one of them until this batch is done.
    rows = CaseStudyPage.objects.select_for_update(of=("page_ptr",)).filter(pk__in=pks)
    found = rows.select_related("latest_revision").prefetch_related("translations")
    return {case.pk: case for case in found}
