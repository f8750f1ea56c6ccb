"""Cases narrowed by who may read them and where they belong."""

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import Page, PageManager, WorkflowState
from wagtail.query import PageQuerySet

from casestudies.models.choices import Visibility
from portal.directory.models import Role
from portal.directory.permissions import standing_of

WRITERS = (Role.CONTRIBUTOR, Role.CONTACT_POINT, Role.EXPERT_EDITOR)

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region, User

DEEPEST = 6
Pages = TypeVar("Pages", bound=QuerySet[Any])


class Lineage(Func):
    """The paths of a page and of everything above it, between the brackets of an `IN`.

    One expression: six of them cost more to write out than the whole statement to run, and every
    page of the portal asks this.
    """

    template = ", ".join(
        f"SUBSTR(%(expressions)s, 1, {Page.steplen * depth})" for depth in range(1, DEEPEST + 1)
    )
    arity = 1
    output_field = CharField()


class Sight(NamedTuple):
    """How far somebody sees: what is for Members, for which regions (by id), or everything."""

    members: bool = False
    regions: frozenset[int] = frozenset()
    everything: bool = False


def sight_of(user: "User | AnonymousUser") -> Sight:
    """Say how far a person sees among published cases."""
    standing = standing_of(user)
    return Sight(
        members=standing.is_member_officer,
        regions=standing.regions,
        everything=standing.is_curator or standing.is_superuser,
    )


def on_open_ground(pages: Pages) -> Pages:
    """Leave out pages that are restricted or stand below an unpublished or restricted page.

    The ancestors of a page are the prefixes of its path, so one statement tells.
    """
    return pages.filter(~is_closed())


@cache
def is_closed() -> Exists:
    """Say of a page whether it, or a page above it, is unpublished or restricted."""
    # Worked out once: every page of the portal asks, and writing it costs more than running it.
    around = Page.objects.filter(path__in=[Lineage(OuterRef("path"))])
    return Exists(around.filter(Q(live=False) | Q(view_restrictions__isnull=False)))


def _last_step() -> Subquery:
    """Say at which step the last decision was made: an earlier one was about another text."""
    decisions = apps.get_model("casestudies", "Decision").objects.filter(case=OuterRef("pk"))
    return Subquery(decisions.order_by("-decided_at", "-pk").values("step")[:1])


class CaseQuerySet(PageQuerySet):
    """Chains of adjectives over case studies."""

    def published(self) -> "CaseQuerySet":
        """Cases that are live, in a part of the tree that is open."""
        return self.filter(~is_closed(), live=True)

    def visible_to(self, user: "User | AnonymousUser") -> "CaseQuerySet":
        """Published cases that this person may read."""
        return self.in_sight(sight_of(user))

    def in_sight(self, sight: "Sight") -> "CaseQuerySet":
        """Published cases that may be read by whoever sees so far: the one rule of visibility."""
        allowed = Q(visibility=Visibility.PUBLIC)
        if sight.members:
            allowed |= Q(visibility=Visibility.MEMBERS)
            allowed |= Q(visibility=Visibility.REGION, administration__region__in=sight.regions)
        if sight.everything:
            allowed = Q()
        return self.filter(~is_closed(), allowed, live=True)

    def unseen_by(self, user: "User") -> "CaseQuerySet":
        """Drafts that not even their region's coordinators know of: neither sent nor decided on."""
        standing = standing_of(user)
        if standing.is_superuser:
            return self.none()
        sent = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
        writers_of = [pk for role, pk in standing.by_administration if role in WRITERS]
        return (
            self.filter(live=False, first_published_at__isnull=True)
            .annotate(id_as_text=Cast("pk", CharField()), last_step=_last_step())
            .exclude(id_as_text__in=sent.values("object_id"))
            .filter(Q(last_step__isnull=True) | ~Q(last_step="decision"))
            .exclude(administration__in=writers_of)
        )

    def of_administration(self, administration: "Administration") -> "CaseQuerySet":
        """Cases of one administration."""
        return self.filter(administration=administration)

    def in_region(self, region: "Region") -> "CaseQuerySet":
        """Cases of the administrations of one region."""
        return self.filter(administration__region=region)


CaseManager = PageManager.from_queryset(CaseQuerySet)
