"""Invitations: the only way to an account."""

from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from portal.directory.models import Administration, Membership, Region, User
from portal.directory.services import grant_role, require_manager

tokens = PasswordResetTokenGenerator()


@transaction.atomic
def invite_person(
    *,
    invited_by: User,
    email: str,
    full_name: str,
    role: str,
    language: str,
    administration: Administration | None = None,
    region: Region | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Membership:
    """Give a person a role, with an account and an invitation by mail where they have none yet.

    Raises:
        ValidationError: the place does not fit the role.
        PermissionDenied: the inviting person does not manage the people of that place.
    """
    require_manager(invited_by, administration or region)
    person = User.objects.filter(email__iexact=email).first()
    if person is None:
        first, _space, last = full_name.strip().partition(" ")
        person = User.objects.create_user(
            email, None, first_name=first, last_name=last, language=language
        )
        EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    membership = grant_role(
        person=person,
        role=role,
        administration=administration,
        region=region,
        since=since,
        until=until,
        by=invited_by,
    )
    if not person.has_usable_password():
        identity, inviter = person.pk, str(invited_by)
        transaction.on_commit(lambda: send_invitation.enqueue(identity, inviter))
    return membership


@transaction.atomic
def accept_invitation(*, person: User, password: str) -> None:
    """Set the first password; having followed the link proves the address."""
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.filter(user=person, email=person.email).update(verified=True)


def person_invited(identity: str, token: str) -> User | None:
    """Give the person an invitation link belongs to, or None when it is used, old or false."""
    try:
        key = int(urlsafe_base64_decode(identity).decode())
    except (ValueError, UnicodeDecodeError):
        return None
    person = User.objects.filter(pk=key, is_active=True).first()
    return person if person and tokens.check_token(person, token) else None


def invitation_path(person: User) -> str:
    """Give the address that lets a person set a first password; valid once, for some days."""
    identity = urlsafe_base64_encode(str(person.pk).encode())
    with override(person.language):
        return reverse("accept_invitation", args=[identity, tokens.make_token(person)])


@task()
def send_invitation(person_id: int, inviter: str) -> None:
    """Send the invitation in the invited person's language."""
    person = User.objects.get(pk=person_id)
    with override(person.language):
        context = {
            "person": person,
            "inviter": inviter,
            "link": f"{settings.WAGTAILADMIN_BASE_URL}{invitation_path(person)}",
        }
        send_mail(
            _("Your invitation to Customs Forum"),
            render_to_string("directory/invitation_mail.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [person.email],
        )
