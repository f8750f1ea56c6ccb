"""Whose figures a person sees: those of regions, of a Member, or of their own reviews."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from casestudies.querysets import WRITERS
from portal.directory.models import Administration, Region, Role
from portal.directory.permissions import Verdict, standing_of

if TYPE_CHECKING:
    from portal.directory.models import User

REGION, MEMBER, REVIEWER = "region", "member", "reviewer"
# How a case names its place, from the case itself.
KEYS = {REGION: "administration__region_id", MEMBER: "administration_id"}


@dataclass(frozen=True)
class Scope:
    """Places of one kind, with their names by id; a reviewer's scope holds the person alone."""

    kind: str
    labels: Mapping[int, str]
    person_id: int = 0

    @property
    def key(self) -> str:
        """How a case names its place."""
        return KEYS[self.kind]

    def of(self, prefix: str = "") -> dict[str, Any]:
        """Give the condition that keeps the cases of these places; `prefix` leads to the case."""
        return {f"{prefix}{self.key}__in": list(self.labels)}


def may_read_figures(user: "User") -> Verdict:
    """Whoever writes for a Member, reviews or coordinates for a region, or curates."""
    standing = standing_of(user)
    writes = any(role in WRITERS for role, _place in standing.by_administration)
    allowed = writes or standing.by_region or standing.is_curator or standing.is_superuser
    return Verdict(
        bool(allowed), _("Only those who write, review, coordinate or curate see figures.")
    )


def regions_seen_by(user: "User") -> list[Region]:
    """Give the regions whose figures somebody sees: a coordinator's own, a curator's all."""
    standing = standing_of(user)
    if standing.is_curator or standing.is_superuser:
        return list(Region.objects.all())
    own = [place for role, place in standing.by_region if role == Role.COORDINATOR]
    return list(Region.objects.filter(pk__in=own)) if own else []


def scopes_of(user: "User", regions: list[Region]) -> list[Scope]:
    """Give what somebody sees figures of; `regions` are those chosen of `regions_seen_by`."""
    standing = standing_of(user)
    written = [place for role, place in standing.by_administration if role in WRITERS]
    found = []
    if regions:
        found.append(Scope(REGION, {region.pk: region.short_label for region in regions}))
    if written:
        members = Administration.objects.filter(pk__in=written)
        found.append(Scope(MEMBER, {member.pk: member.label for member in members}))
    if any(role == Role.REVIEWER for role, _place in standing.by_region):
        found.append(Scope(REVIEWER, {}, user.pk))
    return found
