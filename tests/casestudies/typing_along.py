"""How a browser saves while somebody types, and what each screen of the wizard may be told."""

from django.urls import reverse
from wagtail.models import Revision

from casestudies.models import CaseStudyPage
from tests.factories.cases import make_term


def screen(case, slug="in-short"):
    return reverse("casestudies:share_step", args=[case.number, slug])


def base_of(client, case, slug="in-short"):
    """Give what the form of a screen says it showed."""
    return str(client.get(screen(case, slug)).context["base"])


def autosave(client, case, base, slug="in-short", **typed):
    """Send answers as the script does; `question` names those that were touched."""
    names = sorted({name.partition("-")[0] for name in typed})
    return client.post(f"{screen(case, slug)}save/", typed | {"base": base, "question": names})


def draft_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def revisions(case):
    return Revision.objects.for_instance(case).order_by("pk")


def typed_on(slug):
    """Give something typed on each screen, by its question."""
    return {
        "in-short": {"summary": "Counted."},
        "subject": {"building_blocks": make_term("building_block", "integrity").pk},
        "timing": {"year": "2021"},
        "story": {"problem": "Counted."},
        "results": {"results-0-indicator": "Time", "results-0-after": "2"},
        "lessons": {"lessons": "Counted."},
        "owner": {"owner_unit": "Counted."},
        "materials": {"links-0-url": "https://example.org/", "links-0-title": "A page"},
        "rights": {"visibility": "members"},
        "background": {"novelty": "Counted."},
        "context": {"modes": make_term("mode", "sea").pk},
        "effort": {"months": "12"},
        "deeper": {"challenges": "Counted."},
        "reusable": {"reusable_blocks-0-name": "Counted."},
        "network": {"partners-0-kind": "agency", "partners-0-name": "The post"},
    }[slug]


def statements(queries):
    """Give what was asked of the database; where a transaction begins and ends is no question."""
    return [item["sql"] for item in queries if "SAVEPOINT" not in item["sql"]]
