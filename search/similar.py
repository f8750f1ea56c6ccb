"""Experiences like one, with the reason: what both of them are about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, IntegerField, Q, When
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from casestudies.models import CaseStudyPage, CaseTopic
from search.criteria import Criteria
from search.engines.base import RawHit
from search.engines.likeness import TELLING, About
from search.facets import Kind
from search.outbox import document_id
from search.presenting import Names, visible_hits
from search.results import Hit
from search.service import ask_engine, request_of

if TYPE_CHECKING:
    from portal.directory.models import User

MOST = 4
MOST_SUBJECTS = 2
SAME = {
    "topic": ngettext_lazy("Same topic: %(names)s", "Same topics: %(names)s", "count"),
    "technology": ngettext_lazy(
        "Same technology: %(names)s", "Same technologies: %(names)s", "count"
    ),
    "instrument": ngettext_lazy(
        "Same instrument: %(names)s", "Same instruments: %(names)s", "count"
    ),
}


@dataclass
class Subjects:
    """What one case is about: its topics in the authors' order, its telling terms."""

    topics: list[str] = field(default_factory=list)
    terms: list[tuple[str, str]] = field(default_factory=list)

    def all(self) -> list[tuple[str, str]]:
        """Give everything as pairs of a facet and a value, topics first."""
        return [("topic", slug) for slug in self.topics] + self.terms

    def shared_with(self, other: "Subjects") -> list[tuple[str, str]]:
        """Give what another case is about, too."""
        return [subject for subject in self.all() if subject in other.all()]

    def overlap_with(self, other: "Subjects") -> float:
        """Give how much of what either case is about is common to both, from 0 to 1."""
        own, others = set(self.all()), set(other.all())
        return len(own & others) / (len(own | others) or 1)


@dataclass(frozen=True)
class Similar:
    """A case like another one, in a few words why, and how much of the subjects both share."""

    hit: Hit
    reasons: tuple[str, ...]
    overlap: float


def similar_cases(
    case: CaseStudyPage, user: "User | AnonymousUser", language: str
) -> list[Similar]:
    """Give at most four cases that share a topic or a telling term with one that the person reads.

    With the engine down, the newest of those that share most topics.
    """
    return similar_by(_subjects_of([case.pk])[case.pk], case, user, language)[:MOST]


def similar_by(
    own: Subjects, case: CaseStudyPage, user: "User | AnonymousUser", language: str
) -> list[Similar]:
    """Give some cases that share a subject with one that is about `own`, the likest first."""
    about = _about(case, own)
    if not about.says_something:
        return []
    # A few more than are shown: the database may hide some of them.
    criteria = Criteria(size=2 * MOST, ui=language)
    raw = ask_engine(lambda engine: engine.similar(request_of(criteria, user), about))
    listed = _listed(about, case, user) if raw is None else raw
    hits = visible_hits(listed, user, language)
    subjects = _subjects_of([hit.pk for hit in hits])
    return [
        Similar(hit, _reasons(hit, shared, about, language), own.overlap_with(subjects[hit.pk]))
        for hit in hits
        if (shared := own.shared_with(subjects[hit.pk]))
    ]


def _about(case: CaseStudyPage, own: Subjects) -> About:
    return About(
        id=document_id(Kind.CASE, case.pk),
        topics=tuple(own.topics),
        terms=tuple(own.terms),
        stage=case.stage,
        region=case.administration.region.slug,
    )


def _subjects_of(pks: Iterable[int]) -> dict[int, Subjects]:
    found = {pk: Subjects() for pk in pks}
    items = CaseTopic.objects.filter(content_object__in=found).order_by("sort_order")
    for pk, slug in items.values_list("content_object_id", "tag__slug"):
        found[pk].topics.append(slug)
    links = CaseStudyPage.terms.through.objects.filter(
        casestudypage__in=found, term__vocabulary__in=TELLING
    ).order_by("term__vocabulary", "term__position")
    for pk, *term in links.values_list("casestudypage_id", "term__vocabulary", "term__slug"):
        found[pk].terms.append((term[0], term[1]))
    return found


def _listed(about: About, case: CaseStudyPage, user: "User | AnonymousUser") -> tuple[RawHit, ...]:
    shared = Count("topic_items", filter=Q(topic_items__tag__slug__in=about.topics))
    home = When(administration__region=case.administration.region, then=0)
    cases = (
        CaseStudyPage.objects.visible_to(user)
        .exclude(pk=case.pk)
        .annotate(shared=shared, elsewhere=Case(home, default=1, output_field=IntegerField()))
        .filter(shared__gt=0)
        .order_by("-shared", "-elsewhere", "-first_published_at", "-pk")
    )
    rows = cases.values_list("pk", "title", "language")[:MOST]
    return tuple(
        RawHit(
            id=document_id(Kind.CASE, pk),
            kind=Kind.CASE,
            pk=pk,
            score=None,
            topics=(),
            text_language=language,
            title=title,
            title_marked="",
            summary="",
        )
        for pk, title, language in rows
    )


def _reasons(
    hit: Hit, shared: Sequence[tuple[str, str]], about: About, language: str
) -> tuple[str, ...]:
    names = Names(language)
    by_facet: dict[str, list[str]] = {}
    for facet, value in shared[:MOST_SUBJECTS]:
        by_facet.setdefault(facet, []).append(names.label(facet, value).label)
    reasons = [_same(facet, labels) for facet, labels in by_facet.items()]
    if hit.stage and hit.stage.value == about.stage:
        reasons.append(_("Same stage: %(name)s") % {"name": hit.stage.label})
    if hit.region and hit.region.value != about.region:
        reasons.append(_("From another region"))
    return tuple(reasons)


def _same(facet: str, labels: list[str]) -> str:
    names = get_text_list(labels, _("and"))
    return str(SAME[facet] % {"names": names, "count": len(labels)})
