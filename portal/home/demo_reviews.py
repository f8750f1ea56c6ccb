"""The demonstration's reviews: who was asked, what they answered, what they wrote."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from casestudies.models import CaseStudyPage, Topic
from casestudies.services.actions import token_of
from casestudies.services.reviewing import (
    accept_invitation,
    describe_reviewer,
    invite_reviewer,
    save_review,
    submit_review,
)
from casestudies.services.submission import lock_case
from portal.directory.models import User

REVIEWS = Path(__file__).parent / "demo" / "reviews.json"


@cache
def _read() -> dict[str, list[dict[str, Any]]]:
    return json.loads(REVIEWS.read_text(encoding="utf-8"))


def seed_profiles() -> int:
    """Say what the demonstration's reviewers know and read, where they have not said so."""
    profiles = _read()["profiles"]
    new = User.objects.filter(reviewer_profile=None).in_bulk(
        [row["email"] for row in profiles], field_name="email"
    )
    for row in profiles:
        if person := new.get(row["email"]):
            topics = Topic.objects.filter(slug__in=row["topics"]).values_list("pk", flat=True)
            describe_reviewer(person=person, topics=list(topics), languages=row["languages"])
    return len(new)


def seed_reviews_of(case: CaseStudyPage, *, coordinator: User) -> None:
    """Ask the reviewers of a case and answer for them as our file says."""
    for row in _read()["requests"]:
        if row["external_id"] == case.external_id:
            _seed_review(case, row, coordinator)


def _seed_review(case: CaseStudyPage, row: dict[str, Any], coordinator: User) -> None:
    reviewer = User.objects.get(email=row["reviewer"])
    assignment = invite_reviewer(case=case, reviewer=reviewer, by=coordinator)
    if row["answer"] == "asked":
        return
    accept_invitation(assignment=assignment, by=reviewer, no_conflict=True)
    answers = row["review"] | {"seen": token_of(lock_case(case.pk).latest_revision)}
    service = submit_review if row["answer"] == "send" else save_review
    service(assignment=assignment, by=reviewer, answers=answers)
