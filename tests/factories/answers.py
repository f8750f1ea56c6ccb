"""Answers that make a Snapshot complete."""

from typing import Any

from tests.factories.cases import make_term, make_topic


def complete_answers() -> dict[str, Any]:
    """Give an answer to every question without which a case cannot be sent."""
    row = {
        "indicator": "Time",
        "unit": "h",
        "before": "9",
        "after": "2",
        "period": "",
        "method": "",
    }
    return {
        "summary": "Why, what, what is new.",
        "topics": [make_topic("transit").pk],
        "building_blocks": [make_term("building_block", "integrity").pk],
        "innovation_types": [make_term("innovation_type", "process").pk],
        "stage": "operation",
        "year": 2021,
        "problem": "A problem.",
        "solution": "What was done.",
        "results": [row],
        "outcomes": "Results.",
        "lessons": "A lesson.",
        "owner_unit": "Postal Division",
        "owner_mailbox": "postal@customs.example",
        "cleared": True,
        "no_sensitive_detail": True,
    }
