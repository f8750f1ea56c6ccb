"""Regions, administrations and people with a role, made quickly."""

import csv
from itertools import count
from pathlib import Path

from django.conf import settings

from portal.directory.models import Administration, Membership, Region, Role, User
from portal.directory.models.memberships import ADMINISTRATION_ROLES, REGION_ROLES

_numbers = count(1)
_LABEL_COLUMNS = ("fr", "es", "ar", "ru", "pt")


def regions_of_record() -> list[dict[str, str]]:
    """Give the rows of the portal's own file of the six regions."""
    path = Path(settings.BASE_DIR) / "portal" / "directory" / "data" / "regions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def make_region(slug: str = "europe", **fields: object) -> Region:
    """Give the region of that slug, made from the portal's file, or from its slug if unknown."""
    row = next((row for row in regions_of_record() if row["slug"] == slug), {})
    defaults: dict[str, object] = {
        "code": row.get("code") or f"X{next(_numbers)}",
        "name": row.get("name") or slug.replace("-", " ").capitalize(),
        "short_name": row.get("short_name") or slug.replace("-", " ").capitalize(),
        "meeting": row.get("meeting") or "",
        "time_zone": row.get("time_zone") or "UTC",
    }
    for code in _LABEL_COLUMNS:
        defaults[f"name_{code}"] = row.get(code) or ""
        defaults[f"short_{code}"] = row.get(f"short_{code}") or ""
    region, _made = Region.objects.get_or_create(slug=slug, defaults=defaults | fields)
    return region


def make_administration(
    slug: str = "malta", *, iso2: str = "", region: str | Region = "europe", **fields: object
) -> Administration:
    """Give the administration of that slug; its region is named by slug or handed over."""
    known = Administration.objects.filter(slug=slug).first()
    if known:
        return known
    place = region if isinstance(region, Region) else make_region(region)
    fields.setdefault("name", slug.replace("-", " ").title())
    return Administration.objects.create(
        slug=slug, iso2=iso2 or _free_iso2(slug), region=place, **fields
    )


def _free_iso2(slug: str) -> str:
    known = {"malta": "MT", "france": "FR", "brazil": "BR", "morocco": "MA", "kenya": "KE"}
    known |= {"senegal": "SN", "japan": "JP"}
    if slug in known:
        return known[slug]
    taken = set(Administration.objects.values_list("iso2", flat=True)) | set(known.values())
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    # Codes that begin with Q and X to Z are nobody's, so they never meet a real Member's.
    return next(f"{a}{b}" for a in "QXZY" + letters for b in letters if f"{a}{b}" not in taken)


def make_user(
    role: str = "",
    *,
    administration: Administration | None = None,
    region: Region | None = None,
    email: str = "",
    password: str = "",
    **fields: object,
) -> User:
    """Make a person, with one role of `Role` where named; `superuser` is understood too."""
    number = next(_numbers)
    if role == "superuser":
        fields |= {"is_superuser": True, "is_staff": True}
    user = User(email=email or f"{role or 'reader'}.{number}@example.test", **fields)
    user.set_password(password or None)
    user.save()
    if role and role != "superuser":
        make_membership(user, role, administration=administration, region=region)
    return user


def make_membership(
    user: User,
    role: str,
    *,
    administration: Administration | None = None,
    region: Region | None = None,
    **fields: object,
) -> Membership:
    """Give a person a role; the place is Malta or Europe unless another is named."""
    user.__dict__.pop("_standing", None)
    return Membership.objects.create(
        person=user,
        role=Role(role),
        administration=(administration or make_administration())
        if role in ADMINISTRATION_ROLES
        else None,
        region=(region or make_region()) if role in REGION_ROLES else None,
        **fields,
    )
