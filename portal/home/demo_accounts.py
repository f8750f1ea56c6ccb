"""The demonstration accounts: one for each role and place a visitor may want to try."""

import secrets
from pathlib import Path

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from portal.directory.models import Administration, Region, Role, User
from portal.directory.models.memberships import ADMINISTRATION_ROLES, REGION_ROLES
from portal.directory.services import grant_role, read_rows

ACCOUNTS = Path(__file__).parent / "demo" / "accounts.csv"
SUPERUSER = "superuser"


def demo_password() -> str:
    """Give the password of all demonstration accounts: the one named, else one made once."""
    if settings.DEMO_PASSWORD:
        return settings.DEMO_PASSWORD
    kept = Path(settings.DATA_DIR) / "demo-password"
    if not kept.is_file():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(9))
    return kept.read_text()


def demo_emails() -> list[str]:
    """Give the addresses of the demonstration accounts that exist, in their usual order."""
    wanted = [row["email"] for row in read_rows(ACCOUNTS)]
    known = set(User.objects.filter(email__in=wanted).values_list("email", flat=True))
    return [email for email in wanted if email in known]


@transaction.atomic
def make_demo_accounts(*, password: str) -> int:
    """Make the accounts that are missing, let all of them in with the password, count the new."""
    rows = read_rows(ACCOUNTS)
    known = User.objects.in_bulk([row["email"] for row in rows], field_name="email")
    missing = [row for row in rows if row["email"] not in known]
    if missing or _password_changed(known, password):
        # One hash for all: making thirty would hold up the first start by many seconds.
        shared = make_password(password)
        User.objects.filter(pk__in=[person.pk for person in known.values()]).update(password=shared)
        for row in missing:
            _make_account(row, shared)
    return len(missing)


def _password_changed(known: dict[str, User], password: str) -> bool:
    return not all(check_password(password, stored) for stored in _stored(known))


def _stored(known: dict[str, User]) -> set[str]:
    return {person.password for person in known.values()}


def _make_account(row: dict[str, str], hashed: str) -> None:
    is_operator = row["role"] == SUPERUSER
    person = User.objects.create(
        email=row["email"],
        password=hashed,
        first_name=row["first_name"],
        last_name=row["last_name"],
        language=row["language"],
        is_staff=is_operator,
        is_superuser=is_operator,
    )
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    if not is_operator:
        _grant(person, Role(row["role"]), row["place"])


def _grant(person: User, role: Role, place: str) -> None:
    administration = region = None
    if role in ADMINISTRATION_ROLES:
        administration = Administration.objects.get(iso2=place)
    elif role in REGION_ROLES:
        region = Region.objects.get(slug=place)
    grant_role(person=person, role=role, administration=administration, region=region)
