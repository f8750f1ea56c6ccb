"""Decides what one line of an exchange file means for the portal, and does it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils import timezone
from wagtail.models import Revision

from casestudies.exchange.catalogue import CaseNames, Catalogue
from casestudies.exchange.content import record_of
from casestudies.exchange.filling import fill_case, related_rows
from casestudies.exchange.reader import Line
from casestudies.exchange.records import CaseRecord
from casestudies.keeping_permissions import CIRCLES
from casestudies.models import AdministrationPage, CaseStudyPage, Level
from casestudies.services.imported_cases import (
    add_case,
    keep_translations,
    relate_case,
    revise_case,
)
from casestudies.services.numbers import next_case_numbers
from casestudies.services.places import ensure_administration_pages
from casestudies.states import CaseState, State

if TYPE_CHECKING:
    from portal.directory.models import User


class Outcome(StrEnum):
    """What became of a line."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass
class _New:
    """A case of this import whose relations name cases that were not in the portal yet."""

    line: Line
    record: CaseRecord
    case: CaseStudyPage
    revision: Revision


@dataclass
class LineImporter:
    """Imports line after line, and knows what has come in."""

    publish: bool
    dry_run: bool
    author: "User | None"
    published: int = 0
    catalogue: Catalogue = field(default_factory=Catalogue)
    names: CaseNames = field(default_factory=CaseNames.load)
    _pages: dict[str, AdministrationPage] = field(default_factory=dict)
    _numbers: list[str] = field(default_factory=list)
    _untied: list[_New] = field(default_factory=list)

    def case_of(self, line: Line) -> int:
        """Give the id of the case a line is about, or 0 where it is new."""
        return (line.record and self.names.find(line.record.external_id)) or 0

    def is_known(self, line: Line) -> bool:
        """Say whether the portal has the case already."""
        return bool(self.case_of(line))

    def make_room(self, lines: Sequence[Line]) -> None:
        """Make the pages of the administrations that new cases come from, and take numbers."""
        records = [line.record for line in lines if line.record]
        if self.dry_run or not records:
            return
        codes = sorted({record.administration for record in records})
        wanted = [self.catalogue.administrations[code] for code in codes]
        ensure_administration_pages(administrations=wanted)
        pages = AdministrationPage.objects.filter(administration__in=wanted)
        self._pages = {
            page.administration.iso2: page for page in pages.select_related("administration")
        }
        count = sum(record.number is None for record in records)
        self._numbers = next_case_numbers(count=count)

    def import_line(
        self, line: Line, case: CaseStudyPage | None, state: CaseState | None
    ) -> Outcome:
        """Make or change the case of one line; a refusal is among the line's findings.

        Raises ValidationError, DatabaseError or ObjectDoesNotExist where it cannot be saved.
        """
        record = line.record
        if record is None:
            return Outcome.REFUSED
        publish = self.publish and not self._waits(line, record)
        if case and state:
            return self._update(line, record, case, state, publish)
        self.published += publish
        if self.dry_run:
            # Later lines may name it, as they will when it is really there.
            self.names.add(-line.number, record.external_id, record.number)
        else:
            self._create(line, record, publish)
        return Outcome.NEW

    @staticmethod
    def _waits(line: Line, record: CaseRecord) -> bool:
        day = record.embargo_until
        waits = day is not None and day > timezone.localdate()
        if waits:
            line.found.warn(f"embargo_until: not published, as it may not be before {day}")
        return waits

    def _create(self, line: Line, record: CaseRecord, publish: bool) -> None:
        number = record.number or self._numbers.pop(0)
        # A case without an id of its own is written out under its number: it comes back without.
        external_id = record.external_id if record.external_id != number else None
        level = record.level or Level.SHARED
        case = CaseStudyPage(number=number, external_id=external_id, level=level)
        fill_case(case, record, self.catalogue, self.names)
        revision = add_case(
            case=case,
            page=self._pages[record.administration],
            publish=publish,
            published_at=record.published_at,
            author=self.author,
        )
        keep_translations(case=case, revision=revision, texts=record.translations)
        self.names.add(case.pk, external_id, number)
        if self._unknown_targets(record):
            self._untied.append(_New(line, record, case, revision))

    def _update(
        self, line: Line, record: CaseRecord, case: CaseStudyPage, state: CaseState, publish: bool
    ) -> Outcome:
        if record.number not in (None, case.number):
            line.found.warn(f"number: the case keeps its number {case.number}")
        self._warn_of_unknown_targets(line, record)
        draft = case.latest_revision
        content = draft.content if draft else case.serializable_data()
        current = record_of(case, content, self.catalogue, self.names)
        wanted = self._as_the_portal_holds_it(record, current)
        if wanted.visibility != record.visibility:
            line.found.warn(f"visibility: it stays {wanted.visibility}; only its Member opens it")
        changed = wanted != replace(current, translations=wanted.translations)
        goes_out = publish and (changed or not _is_out(case))
        if wanted == current and not goes_out:
            return Outcome.UNCHANGED
        refusal = self._refusal(record, case, state)
        if refusal:
            line.found.error(refusal)
            return Outcome.REFUSED
        self.published += goes_out
        if not self.dry_run:
            revision = case.latest_revision
            if changed or goes_out or revision is None:
                revision = self._revise(case, wanted, goes_out)
            keep_translations(case=case, revision=revision, texts=record.translations)
        return Outcome.UPDATED

    def _revise(self, case: CaseStudyPage, wanted: CaseRecord, publish: bool) -> Revision:
        draft = case.get_latest_revision_as_object()
        fill_case(draft, wanted, self.catalogue, self.names)
        return revise_case(case=draft, publish=publish, author=self.author)

    def _as_the_portal_holds_it(self, record: CaseRecord, current: CaseRecord) -> CaseRecord:
        """Give the record with what the portal gives itself, and a line need not repeat."""
        unknown = self._unknown_targets(record)
        return replace(
            record,
            external_id=current.external_id,
            number=current.number,
            level=current.level,
            published_at=current.published_at,
            review_by=record.review_by or current.review_by,
            visibility=_not_wider(record.visibility, current),
            related=tuple(row for row in record.related if row.external_id not in unknown),
            translations=dict(sorted((current.translations | record.translations).items())),
        )

    def _refusal(self, record: CaseRecord, case: CaseStudyPage, state: CaseState) -> str:
        owner = self.catalogue.codes[case.administration_id]
        if record.administration != owner:
            return f"administration: the case belongs to {owner} and stays there"
        if state.kind not in (State.DRAFT, State.PUBLISHED):
            return f"the case cannot be changed by an import now: {state.kind.label}"
        draft = case.latest_revision
        if draft and draft.user_id and not _is_out(case):
            return "an officer has changed the case and not published it yet"
        return ""

    def _unknown_targets(self, record: CaseRecord) -> set[str]:
        return {
            row.external_id for row in record.related if self.names.find(row.external_id) is None
        }

    def _warn_of_unknown_targets(self, line: Line, record: CaseRecord) -> None:
        for name in sorted(self._unknown_targets(record)):
            line.found.warn(f"related: the case {name} did not go in; left out")

    def tie_forward_relations(self) -> None:
        """Tie the new cases that name others further down in the same file."""
        for new in self._untied:
            self._warn_of_unknown_targets(new.line, new.record)
            rows = related_rows(new.record, self.names)
            relate_case(case=new.case, revision=new.revision, rows=rows)
        self._untied.clear()


def _not_wider(wanted: str, current: CaseRecord) -> str:
    """Keep a published case from being opened again by a file that does not know better."""
    if current.published_at is None:
        return wanted
    return min(wanted, current.visibility, key=CIRCLES.index)


def _is_out(case: CaseStudyPage) -> bool:
    return case.live and not case.has_unpublished_changes
