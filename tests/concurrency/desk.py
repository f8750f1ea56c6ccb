"""One of several processes at one database: reads what it needs, waits for the word, then acts.

Run as a program with the product's own settings: `python -m tests.concurrency.desk WORK ...`
prints what came of the work as JSON.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

import django

READY = "ready"


def set_up(contributors: str, contacts: str) -> dict[str, list[str]]:
    """Make the portal with so many people of Malta; give their addresses by role."""
    from casestudies.services.workflow_setup import sync_review_workflow
    from portal.directory.models import Role
    from tests.factories.answers import complete_answers
    from tests.factories.cases import make_tree
    from tests.factories.directory import make_administration, make_user

    make_tree()
    malta = make_administration("malta")
    sync_review_workflow()
    complete_answers()
    wanted = {Role.CONTRIBUTOR: int(contributors), Role.CONTACT_POINT: int(contacts)}
    return {
        role.value: [make_user(role, administration=malta).email for _person in range(number)]
        for role, number in wanted.items()
    }


def send_cases(email: str, wanted: str) -> list[str]:
    """Begin, write and send so many cases as this person; give their numbers."""
    from casestudies.services.drafts import create_case, save_answers
    from casestudies.services.submission import submit_case
    from portal.directory.models import Administration, User
    from tests.factories.answers import complete_answers

    author, malta = User.objects.get(email=email), Administration.objects.get(slug="malta")
    answers = complete_answers()
    wait_for_the_word()
    numbers = []
    for place in range(int(wanted)):
        title = f"Case {place} of {email}"
        case = create_case(author=author, administration=malta, language="en", title=title)
        base = case.latest_revision_id
        save_answers(case=case, author=author, answers=answers, base_revision_id=base)
        submit_case(case=case, author=author)
        numbers.append(case.number)
    return numbers


def decide_case(email: str, number: str, action: str) -> str:
    """Decide on a case that several people have open; give what the portal answered."""
    from casestudies.models import CaseStudyPage
    from casestudies.services.actions import token_of
    from casestudies.services.decisions import decide
    from casestudies.services.refusals import Refused
    from portal.directory.models import User

    case, person = CaseStudyPage.objects.get(number=number), User.objects.get(email=email)
    answers = {"seen": token_of(case.latest_revision), "reasons": "Give a figure."}
    task_state = case.current_workflow_task_state
    wait_for_the_word()
    try:
        return decide(task_state=task_state, by=person, action=action, answers=answers).kind
    except Refused as refusal:
        return str(refusal.reason)


def report() -> dict[str, Any]:
    """Give the state of every case, and the decisions on record."""
    from casestudies.models import CaseStudyPage, Decision
    from casestudies.states import state_of

    return {
        "states": {case.number: state_of(case).kind for case in CaseStudyPage.objects.all()},
        "decisions": list(Decision.objects.values_list("kind", flat=True)),
    }


def wait_for_the_word() -> None:
    """Say that everything is read, and wait until all the others are ready too."""
    say(READY)
    sys.stdin.readline()


def say(words: str) -> None:
    """Write a line to whoever started the process."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


WORK: dict[str, Callable[..., Any]] = {
    "set-up": set_up,
    "send": send_cases,
    "decide": decide_case,
    "report": report,
}


if __name__ == "__main__":
    django.setup()
    work, *arguments = sys.argv[1:]
    say(json.dumps(WORK[work](*arguments)))
