"""The directory's only writers: its tables from data files, and people's memberships."""

import csv
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from portal.core.models.labels import TRANSLATED_CODES
from portal.directory.models import Administration, Membership, Region, User
from portal.directory.permissions import Verdict, forget_standing, may_manage
from portal.directory.roles import sync_groups_of

DATA = Path(__file__).parent / "data"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file of ours as one dictionary a row."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@transaction.atomic
def load_directory() -> None:
    """Add the regions and administrations that are missing; what an editor changed stays."""
    regions = _load_regions()
    names = {row["iso2"]: row for row in read_rows(DATA / "names.csv")}
    known = set(Administration.objects.values_list("iso2", flat=True))
    Administration.objects.bulk_create(
        Administration(
            iso2=row["iso2"],
            iso3=row["iso3"],
            region=regions[row["wco_region"]],
            note=row["note"],
            is_member=row["iso2"] != "EU",
            slug=names[row["iso2"]]["slug"],
            name=names[row["iso2"]]["name"],
            **{f"name_{code}": names[row["iso2"]][code] for code in TRANSLATED_CODES},
        )
        for row in read_rows(DATA / "members.csv")
        if row["iso2"] not in known
    )


def _load_regions() -> dict[str, Region]:
    for position, row in enumerate(read_rows(DATA / "regions.csv")):
        texts = {f"name_{code}": row[code] for code in TRANSLATED_CODES}
        texts |= {f"short_{code}": row[f"short_{code}"] for code in TRANSLATED_CODES}
        texts |= {key: row[key] for key in ("slug", "name", "short_name", "meeting", "time_zone")}
        Region.objects.get_or_create(code=row["code"], defaults={**texts, "position": position})
    return {region.code: region for region in Region.objects.all()}


@transaction.atomic
def grant_role(
    *,
    person: User,
    role: str,
    administration: Administration | None = None,
    region: Region | None = None,
    since: date | None = None,
    until: date | None = None,
    by: User | None = None,
) -> Membership:
    """Give a person a role; the same role at the same place is only extended.

    Raises:
        ValidationError: the place does not fit the role.
    """
    found = Membership.objects.filter(
        person=person, role=role, administration=administration, region=region
    ).first()
    membership = found or Membership(
        person=person, role=role, administration=administration, region=region
    )
    membership.since, membership.until = since, until
    membership.full_clean()
    membership.save()
    log(membership, "directory.role_given", user=by, data=_told(membership))
    _refresh(person)
    return membership


@transaction.atomic
def end_role(*, by: User, membership: Membership, until: date) -> None:
    """End a membership after a day; the row stays as the record of who held what.

    Raises:
        PermissionDenied: the person does not manage the people of that place.
    """
    require_manager(by, membership.administration or membership.region)
    membership.until = until
    membership.full_clean()
    membership.save(update_fields=["until"])
    log(membership, "directory.role_ended", user=by, data=_told(membership))
    _refresh(membership.person)


def _told(membership: Membership) -> dict[str, object]:
    days = {"since": membership.since, "until": membership.until}
    return {"person": membership.person_id, "role": membership.role} | {
        name: str(day) for name, day in days.items() if day
    }


def require_manager(user: User, place: Administration | Region | None) -> None:
    """Refuse whoever does not manage the people of a place; nobody's place is the operator's.

    Raises:
        PermissionDenied: with the reason in words.
    """
    verdict = may_manage(user, place) if place else Verdict(user.is_superuser)
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def _refresh(person: User) -> None:
    forget_standing(person)
    sync_groups_of(person)
