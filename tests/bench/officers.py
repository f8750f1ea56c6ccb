"""The officers of one Member who take a case from nothing to its publication."""

from dataclasses import dataclass

from wagtail.models import TaskState

from casestudies.models import CaseStudyPage, Term, Topic
from casestudies.services.actions import token_of
from casestudies.services.decisions import decide
from casestudies.services.drafts import Saved, create_case, save_answers
from casestudies.services.submission import submit_case
from portal.directory.models import Administration, Role, User
from tests.factories.directory import make_user

TEXT = "Officers and carriers sat down together and wrote the rules anew. " * 8


@dataclass(frozen=True)
class Officers:
    """An author, a contact point and a coordinator."""

    administration: Administration
    author: User
    contact: User
    coordinator: User

    def write(self, title: str) -> CaseStudyPage:
        """Begin a case, answer what a Snapshot asks, and send it."""
        case = create_case(
            author=self.author, administration=self.administration, language="en", title=title
        )
        saved = save_answers(
            case=case,
            author=self.author,
            answers=answers(),
            base_revision_id=case.latest_revision_id,
        )
        assert isinstance(saved, Saved)
        return submit_case(case=case, author=self.author)

    def clear(self, case: CaseStudyPage) -> None:
        """Clear a case for the region."""
        _decide(case, self.contact, "clear")

    def publish(self, case: CaseStudyPage) -> None:
        """Publish a case on the forum."""
        _decide(case, self.coordinator, "publish")


def make_officers() -> Officers:
    """Give officers of Malta and the coordinator of its region."""
    malta = Administration.objects.select_related("region").get(iso2="MT")
    return Officers(
        malta,
        make_user(Role.CONTRIBUTOR, administration=malta),
        make_user(Role.CONTACT_POINT, administration=malta),
        make_user(Role.COORDINATOR, region=malta.region),
    )


def answers() -> dict[str, object]:
    """Give the answers of a whole Snapshot."""
    return {
        "summary": TEXT[:480],
        "topics": [Topic.objects.get(slug="transit").pk],
        "building_blocks": _terms("building_block", "integrity"),
        "innovation_types": _terms("innovation_type", "process"),
        "stage": "pilot",
        "year": 2024,
        "problem": TEXT,
        "solution": TEXT * 2,
        "outcomes": TEXT,
        "lessons": TEXT,
        "owner_unit": "Modernisation Unit",
        "owner_mailbox": "modernisation@customs.example",
        "cleared": True,
        "no_sensitive_detail": True,
    }


def _terms(vocabulary: str, slug: str) -> list[int]:
    return [Term.objects.get(vocabulary=vocabulary, slug=slug).pk]


def _decide(case: CaseStudyPage, by: User, action: str) -> None:
    fresh = CaseStudyPage.objects.select_related("latest_revision").get(pk=case.pk)
    state: TaskState = fresh.current_workflow_task_state
    decide(
        task_state=state,
        by=by,
        action=action,
        answers={"seen": token_of(fresh.latest_revision), "reasons": ""},
    )
