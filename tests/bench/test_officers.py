"""What an officer waits for: a screen of the wizard, a save while typing, the queue."""

from collections.abc import Iterator
from functools import partial
from itertools import count

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casestudies.models import CaseStudyPage
from casestudies.services.drafts import create_case
from casestudies.wizard.steps import steps_for
from tests.bench.data import scaled
from tests.bench.officers import Officers, make_officers
from tests.bench.report import Figure, Limit, Report
from tests.bench.running import Portal
from tests.bench.timing import Samples, in_turn, milliseconds
from tests.factories.many import copies_in_review
from tests.support.visitor import Visitor, signed_in

pytestmark = pytest.mark.bench
ROUNDS, SAVES, WAITING = 8, 60, 2000
STANDING = "/en/about/"
FEW = Limit(12)
_texts = count(1)


@pytest.fixture
def officers(portal: Portal) -> Officers:
    return make_officers()


@pytest.fixture
def draft(officers: Officers) -> CaseStudyPage:
    return create_case(
        author=officers.author,
        administration=officers.administration,
        language="en",
        title="Guarantees without paper",
    )


def test_screens_of_the_wizard(officers: Officers, draft: CaseStudyPage, report: Report) -> None:
    visitor = Visitor(officers.author)
    for step in steps_for(draft):
        # A worker reads the templates of a screen once in its life.
        visitor.open(reverse("casestudies:share_step", args=[draft.number, step.slug]))
    shown, sent, standing = Samples(), Samples(), Samples()
    for _round in range(scaled(ROUNDS, least=2)):
        for step in steps_for(draft):
            address = reverse("casestudies:share_step", args=[draft.number, step.slug])
            shown.append(milliseconds(lambda address=address: visitor.client.get(address)))
            standing.append(milliseconds(lambda: visitor.client.get(STANDING)))
            target, form = changed(visitor.open(address)).form_of("Save and continue")
            sent.append(milliseconds(partial(send, visitor, target, form)))
    limit = Limit(150)
    report.add(
        "writing",
        Figure("A screen of the wizard shown, p95", shown.p95, "ms", standing.p95, limit),
        Figure("A screen of the wizard saved, p95", sent.p95, "ms", standing.p95, limit),
    )


def send(visitor: Visitor, target: str, form: dict[str, list[str]]) -> None:
    """Send the form of a screen."""
    assert visitor.client.post(target, form).status_code == 302, target


def changed(visitor: Visitor) -> Visitor:
    """Write something new into the first text outside of rows that the screen asks, if any."""
    text = visitor.page.select_one('main form textarea[name]:not([name*="-"])')
    if text is not None:
        text.string = f"Carriers asked for it, and {next(_texts)} of them helped."
    return visitor


def test_a_save_while_one_types(officers: Officers, draft: CaseStudyPage, report: Report) -> None:
    client = signed_in(officers.author)
    address = reverse("casestudies:share_step", args=[draft.number, "in-short"])
    base = str(client.get(address).context["base"])

    def save() -> None:
        nonlocal base
        words = f"Carriers asked for it, and {next(_texts)} of them helped."
        typed = {"question": ["summary"], "summary": words, "base": base}
        answer = client.post(f"{address}save/", typed).json()
        assert answer["saved"] == ["summary"]
        base = answer["base"]

    save()
    with CaptureQueriesContext(connection) as asked:
        save()
    counted = said(asked)
    pairs = [(save, lambda: client.get(STANDING))]
    saves, standing = in_turn(pairs, rounds=scaled(SAVES, least=2))
    report.add(
        "writing",
        Figure("A save while one types, statements", counted, "statements", None, FEW),
        Figure("A save while one types, p95", saves.p95, "ms", standing.p95),
    )


def said(asked: CaptureQueriesContext) -> int:
    """Count what was asked; where a transaction begins and ends is no question."""
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE")
    return sum(query["sql"].startswith(verbs) for query in asked.captured_queries)


@pytest.fixture
def waiting(officers: Officers) -> Iterator[None]:
    """Let cases wait for the coordinator, and take them away again."""
    with transaction.atomic():
        case = officers.write("One of many")
        officers.clear(case)
        copies_in_review(CaseStudyPage.objects.get(pk=case.pk), scaled(WAITING) - 1)
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("waiting")
def test_the_queue_of_a_coordinator(officers: Officers, report: Report) -> None:
    client = signed_in(officers.coordinator)
    queue = reverse("casestudies:review")
    assert f"{scaled(WAITING)}" in client.get(queue).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(queue)
    counted = said(asked)
    pairs = [(lambda: client.get(queue), lambda: client.get(STANDING))]
    pages, standing = in_turn(pairs, rounds=scaled(40, least=2))
    name = f"The queue of {WAITING:,} cases"
    report.add(
        "writing",
        Figure(f"{name}, statements", counted, "statements", None, FEW),
        Figure(f"{name}, p95", pages.p95, "ms", standing.p95, Limit(200)),
    )
