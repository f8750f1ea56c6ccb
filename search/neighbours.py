"""Cases about the same as a draft, handed to the checks that run before it is sent."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import get_language

from casestudies.checks.findings import Way
from casestudies.models import CaseStudyPage
from portal.core.languages import supported
from search.engines.likeness import TELLING
from search.similar import Subjects, similar_by

if TYPE_CHECKING:
    from portal.directory.models import User

MOST = 3
# Half of all subjects in common may be the same experience; one topic in common is a neighbourhood.
LEAST_OVERLAP = 0.5


def neighbours_of(draft: CaseStudyPage, user: "User | AnonymousUser") -> list[Way]:
    """Give at most three cases much like a draft that the person reads and the draft leaves out."""
    language = supported(get_language())
    terms = sorted(
        (term.vocabulary, term.position, term.slug)
        for term in draft.terms.all()
        if term.vocabulary in TELLING
    )
    own = Subjects(
        topics=[topic.slug for topic in draft.ordered_topics],
        terms=[(vocabulary, slug) for vocabulary, _place, slug in terms],
    )
    named = {row.target_id for row in draft.related_cases.all()}
    found = similar_by(own, draft, user, language)
    return [
        Way(one.hit.title, one.hit.url, one.hit.text_language, "; ".join(one.reasons))
        for one in found
        if one.overlap >= LEAST_OVERLAP and one.hit.pk not in named
    ][:MOST]
