"""The title of a draft is written only to people who may see the draft, through a whole review."""

from collections.abc import Callable

import pytest
from django.core import mail

from casestudies.models import CaseStudyPage
from casestudies.services.lifecycle import restore_case, withdraw_case
from tests.factories.review import World, act, edit, fresh, invite, make_draft, reviewed, send
from tests.factories.translations import offer, translate

WORD = "zqletterqz"
Commit = Callable[..., object]
OUTSIDERS = {
    "reader",
    "member_reader",
    "other_contributor",
    "other_contact",
    "other_expert",
    "foreign_contact",
    "foreign_coordinator",
    "reviewer",
}
# Who may know of it at each step: its writers, then the region, and whoever was asked to review.
WRITERS = {"author", "colleague", "contact", "expert"}
REGION = WRITERS | {"coordinator", "coordinator2", "curator", "superuser"}
STEPS: list[tuple[str, Callable[[World, CaseStudyPage], object], set[str]]] = [
    ("translate", lambda w, case: translate(case, w["colleague"]), WRITERS),
    ("offer", lambda w, case: offer(case, w["colleague"]), WRITERS),
    ("send", lambda w, case: send(w, case), REGION),
    ("hand back", lambda w, case: act(case, w["contact"], "return", "A figure."), WRITERS),
    ("mend", lambda w, case: edit(case, w["author"], summary="Mended."), WRITERS),
    ("send again", lambda w, case: send(w, case), REGION),
    ("clear", lambda w, case: act(case, w["contact"], "clear"), REGION),
    ("ask", lambda w, case: invite(w, case, "invited"), REGION | {"invited"}),
    ("review", lambda w, case: reviewed(w, case), REGION | {"invited", "assigned"}),
    ("return", lambda w, case: act(case, w["coordinator"], "return", "More."), REGION),
    ("mend more", lambda w, case: edit(case, w["author"], summary="Better."), REGION),
    ("send more", lambda w, case: send(w, case), REGION),
    ("clear more", lambda w, case: act(case, w["contact"], "clear"), REGION),
    ("publish", lambda w, case: act(case, w["coordinator"], "publish"), REGION),
    ("withdraw", lambda w, case: withdraw_case(case=case, by=w["contact"], reason="X"), REGION),
    ("restore", lambda w, case: restore_case(case=case, by=w["coordinator"]), REGION),
]


def written_to() -> set[str]:
    """Take out of the box who was written the word, in the head, the body or another form of it."""
    found = {
        address.split("@")[0]
        for message in mail.outbox
        for address in message.recipients()
        if WORD in message.message().as_string() + message.subject + str(message.body)
    }
    mail.outbox.clear()
    return found


@pytest.mark.parametrize("visibility", ["public", "region"])
def test_the_title_goes_only_to_those_who_may_see_the_draft(
    world: World, visibility: str, django_capture_on_commit_callbacks: Commit
) -> None:
    case = make_draft(world, title=f"Quayside {WORD}", visibility=visibility)
    told = {}
    for name, step, may_know in STEPS:
        with django_capture_on_commit_callbacks(execute=True):
            step(world, fresh(case))
        told[name] = written_to()
        assert told[name] <= may_know, name
    assert not set.union(*told.values()) & OUTSIDERS
    assert {name for name, people in told.items() if people} >= {"send", "clear", "ask", "publish"}
