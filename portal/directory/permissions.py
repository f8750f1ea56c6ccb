"""What a person is, read once, and the answer every rule gives: allowed or not, and why."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.directory.models import Membership, Role

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region, User


@dataclass(frozen=True)
class Verdict:
    """The answer of a `may_…` rule; truthy when allowed, with the reason in words when not."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


@dataclass(frozen=True)
class Standing:
    """The roles a person holds today, by administration and region id."""

    by_administration: frozenset[tuple[str, int]] = frozenset()
    by_region: frozenset[tuple[str, int]] = frozenset()
    is_curator: bool = False
    is_superuser: bool = False
    home_regions: frozenset[int] = field(default_factory=frozenset)

    def acts_for(self, administration_id: int | None, *roles: str) -> bool:
        """Say whether the person holds one of the roles (any, if none is named) for a Member."""
        return any(
            place == administration_id and (not roles or role in roles)
            for role, place in self.by_administration
        )

    def serves(self, region_id: int | None, *roles: str) -> bool:
        """Say whether the person holds one of the roles (any, if none is named) for a region."""
        return any(
            place == region_id and (not roles or role in roles) for role, place in self.by_region
        )

    def coordinates(self, region_id: int | None) -> bool:
        """Say whether the person coordinates the region, or curates all of them."""
        return self.is_curator or self.serves(region_id, Role.COORDINATOR)

    @property
    def is_member_officer(self) -> bool:
        """Whether the person is an officer of any Member, or serves a region or the portal."""
        return bool(self.by_administration or self.by_region or self.is_curator)

    @property
    def regions(self) -> frozenset[int]:
        """Ids of the regions the person belongs to, by administration or by office."""
        return self.home_regions | {place for _role, place in self.by_region}


def standing_of(user: "User | AnonymousUser") -> Standing:
    """Read a person's roles of today, once for each loaded user object."""
    if not user.is_authenticated:
        return Standing()
    known = user.__dict__.get("_standing")
    if known is None:
        known = user.__dict__["_standing"] = _read_standing(user)
    return known


def forget_standing(user: "User") -> None:
    """Drop what was read, after a membership has changed."""
    user.__dict__.pop("_standing", None)


def _read_standing(user: "User") -> Standing:
    rows = list(
        Membership.objects.active()
        .filter(person=user)
        .values_list("role", "administration_id", "administration__region_id", "region_id")
    )
    return Standing(
        by_administration=frozenset((role, admin) for role, admin, _home, _region in rows if admin),
        by_region=frozenset((role, region) for role, _admin, _home, region in rows if region),
        is_curator=any(role == Role.CURATOR for role, *_place in rows),
        is_superuser=user.is_superuser,
        home_regions=frozenset(home for _role, _admin, home, _region in rows if home),
    )


def may_manage_members(user: "User", administration: "Administration") -> Verdict:
    """Contact points invite and end colleagues of their own administration; curators anywhere.

    Coordinators do not: whoever decides for the region must not choose who clears for a Member.
    """
    standing = standing_of(user)
    if (
        standing.is_superuser
        or standing.is_curator
        or standing.acts_for(administration.pk, Role.CONTACT_POINT)
    ):
        return ALLOWED
    return Verdict(False, _("Only a contact point of this administration may do this."))


def may_manage(user: "User", place: "Administration | Region") -> Verdict:
    """Whoever manages the people of this administration, or of this region."""
    if place.kind == "region":
        return may_manage_region(user, place)  # type: ignore[arg-type]
    return may_manage_members(user, place)  # type: ignore[arg-type]


def may_manage_region(user: "User", region: "Region") -> Verdict:
    """Curators appoint a region's reviewers and coordinators."""
    standing = standing_of(user)
    if standing.is_superuser or standing.is_curator:
        return ALLOWED
    return Verdict(False, _("Only a global curator may do this."))
