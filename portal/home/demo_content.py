"""The demonstration content, loaded through the doors that everybody's content comes through."""

import json
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

from django.db import transaction

from casestudies.exchange.reader import Line, read_lines
from casestudies.models import CaseStudyPage, CollectionItem, CollectionPage
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.exchange import import_lines
from casestudies.services.imported_lines import Outcome
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.remarks import PREFIX
from casestudies.services.submission import lock_case, submit_case
from forums.models import RegionalForumPage
from portal.directory.models import Administration, Role, User
from portal.home.demo_reviews import seed_reviews_of

DEMO = Path(__file__).parent / "demo"
# How far a draft is taken: who does what, in order.
CLEAR = (Role.CONTACT_POINT, "clear")
PUBLISHED = ((Role.CONTRIBUTOR, "submit"), CLEAR, (Role.COORDINATOR, "publish"))
STEPS: dict[str, Sequence[tuple[Role, str]]] = {
    "draft": (),
    "clearance": ((Role.CONTRIBUTOR, "submit"),),
    "decision": ((Role.CONTRIBUTOR, "submit"), CLEAR),
    "published": PUBLISHED,
    "embargoed": PUBLISHED,
    "withdrawn": (*PUBLISHED, (Role.CONTACT_POINT, "withdraw")),
    "returned": ((Role.CONTRIBUTOR, "submit"), CLEAR, (Role.COORDINATOR, "return")),
    "declined": ((Role.CONTRIBUTOR, "submit"), CLEAR, (Role.COORDINATOR, "decline")),
}


class BadDemoLine(ValueError):
    """A line of our own files does not go in."""


def seed_cases() -> int:
    """Publish the demonstration cases, some by import and some by the region's review.

    The regions take turns, so that what is new on the home page comes from all of them.
    """
    files = [_raw_lines(path) for path in sorted(DEMO.glob("cases-*.jsonl"))]
    raw = [line for turn in zip_longest(*files) for line in turn if line]
    reviewed = [content for line in raw if "demo_state" in (content := json.loads(line))]
    imported = [line for line in raw if "demo_state" not in json.loads(line)]
    new = _import(read_lines(imported), publish=True)
    return new + sum(_seed_draft(content) for content in reviewed)


def seed_drafts() -> int:
    """Bring in the drafts and take each through the review as far as it says."""
    raw = [line for path in sorted(DEMO.glob("drafts-*.jsonl")) for line in _raw_lines(path)]
    return sum(_seed_draft(json.loads(line)) for line in raw)


def seed_collections() -> int:
    """Make and publish the collections that are missing."""
    found = [row for path in sorted(DEMO.glob("collections-*.json")) for row in _read_json(path)]
    return sum(_seed_collection(row) for row in found)


def _raw_lines(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines(keepends=True)


def _read_json(path: Path) -> list[dict[str, Any]]:
    return json.loads(path.read_text(encoding="utf-8"))


def _import(read: Iterable[Line], *, publish: bool = False, author: User | None = None) -> int:
    known = set(CaseStudyPage.objects.values_list("external_id", flat=True))
    # What a visitor has changed since the first start stays as the visitor left it.
    lines = [line for line in read if not (line.record and line.record.external_id in known)]
    report = import_lines(lines=lines, publish=publish, author=author)
    for line in lines:
        for words in line.found.errors:
            raise BadDemoLine(f"line {line.number}: {words}")
    return report.count(Outcome.NEW)


@transaction.atomic
def _seed_draft(content: dict[str, Any]) -> int:
    state, reasons = content.pop("demo_state"), content.pop("demo_reason", "") or ""
    remarks = content.pop("demo_remarks", {})
    administration = Administration.objects.get(iso2=content["administration"])
    author = _person(Role.CONTRIBUTOR, administration)
    line = json.dumps(content).encode()
    new = _import(read_lines([line]), author=author)
    if new:
        case = CaseStudyPage.objects.get(external_id=content["external_id"])
        for role, step in STEPS[state]:
            _take_step(case, _person(role, administration), step, reasons, remarks)
            if (role, step) == CLEAR:
                coordinator = _person(Role.COORDINATOR, administration)
                seed_reviews_of(case, coordinator=coordinator)
    return new


def _person(role: Role, administration: Administration) -> User:
    people = User.objects.filter(email__endswith="@demo.example", memberships__role=role)
    if role == Role.COORDINATOR:
        return people.get(memberships__region=administration.region)
    return people.get(memberships__administration=administration)


def _take_step(
    case: CaseStudyPage, person: User, step: str, reasons: str, remarks: dict[str, str]
) -> None:
    if step == "submit":
        submit_case(case=case, author=person)
        return
    if step == "withdraw":
        withdraw_case(case=case, by=person, reason=reasons)
        return
    record = lock_case(case.pk)
    needs_reasons = step in ("return", "decline")
    answers = {
        "seen": token_of(record.latest_revision),
        "reasons": reasons if needs_reasons else "",
    }
    if needs_reasons:
        answers |= {f"{PREFIX}{name}": text for name, text in remarks.items()}
    task_state = record.current_workflow_task_state
    decide(task_state=task_state, by=person, action=step, answers=answers)


@transaction.atomic
def _seed_collection(row: dict[str, Any]) -> int:
    parent = RegionalForumPage.objects.get(region__slug=row["region"])
    if parent.get_children().filter(slug=row["slug"]).exists():
        return 0
    names = ("slug", "title", "summary", "introduction", "featured")
    page = CollectionPage(live=False, **{name: row[name] for name in names})
    page.language = row.get("language", "en")
    page.is_illustration = True
    page.items = list(_items(row["items"]))
    parent.add_child(instance=page)
    page.save_revision().publish(skip_permission_checks=True)
    return 1


def _items(rows: Iterable[dict[str, str]]) -> Iterable[CollectionItem]:
    for place, row in enumerate(rows):
        case = CaseStudyPage.objects.get(external_id=row["external_id"])
        yield CollectionItem(case=case, comment=row["comment"], sort_order=place)
