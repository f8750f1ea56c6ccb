"""What pages about people read."""

from django.db.models import QuerySet

from portal.directory.models import Administration, Membership, Region, Role, User
from portal.directory.models.memberships import ADMINISTRATION_ROLES, REGION_ROLES
from portal.directory.permissions import Standing, standing_of


def holds_queue(standing: Standing) -> bool:
    """Say whether cases may wait for this person: contact point, reviewer, coordinator, curator."""
    return (
        standing.is_curator
        or any(role == Role.CONTACT_POINT for role, _place in standing.by_administration)
        or any(role in REGION_ROLES for role, _place in standing.by_region)
    )


def manages_people(standing: Standing) -> bool:
    """Say whether this person invites others somewhere."""
    return (
        standing.is_curator
        or standing.is_superuser
        or any(role == Role.CONTACT_POINT for role, _place in standing.by_administration)
    )


def uses_desk(standing: Standing) -> bool:
    """Say whether the editors' desk is open to this person: the roles whose groups hold access."""
    return (
        standing.is_curator
        or standing.is_superuser
        or any(role == Role.EXPERT_EDITOR for role, _place in standing.by_administration)
        or any(role == Role.COORDINATOR for role, _place in standing.by_region)
    )


def places_managed_by(user: User) -> list[Administration | Region]:
    """Give the administrations and regions whose people this person may invite."""
    standing = standing_of(user)
    administrations = Administration.objects.filter(
        pk__in=[place for role, place in standing.by_administration if role == Role.CONTACT_POINT]
    )
    places: list[Administration | Region] = list(administrations)
    if standing.is_curator or standing.is_superuser:
        places = [*Region.objects.all(), *Administration.objects.select_related("region")]
    return places


def people_of(place: Administration | Region) -> QuerySet[Membership]:
    """Give the memberships in force at a place or to come, people first by name."""
    field = "region" if isinstance(place, Region) else "administration"
    rows = Membership.objects.not_over().filter(**{field: place}).select_related("person")
    return rows.order_by("person__last_name", "person__email", "role")


def roles_for(place: Administration | Region) -> list[Role]:
    """Give the roles that exist at a place."""
    return list(REGION_ROLES if isinstance(place, Region) else ADMINISTRATION_ROLES)
