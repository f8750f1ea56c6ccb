"""One way in: by invitation, through the portal's own sign-in page, and slowly for guessers."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from portal.directory.invitations import invitation_path, invite_person
from portal.directory.models import Membership, Role, User
from portal.directory.permissions import standing_of
from portal.directory.services import end_role
from tests.factories.directory import make_administration, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a long pass phrase of ours"
SIDE_DOORS = ("/admin/login/", "/django-admin/login/", "/admin/password_reset/")


@pytest.fixture(autouse=True)
def _forget_throttling() -> None:
    cache.clear()


@pytest.fixture
def officer() -> User:
    person = make_user(Role.CONTRIBUTOR, administration=make_administration("malta"))
    person.set_password(PASSWORD)
    person.save()
    EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    return person


def sign_in(client: Client, email: str, password: str = PASSWORD, **headers: str):
    answers = {"login": email, "password": password}
    return client.post("/en/accounts/login/", answers, headers=headers)


def test_officer_signs_in_by_email_and_lands_in_the_workspace(client, officer):
    answer = sign_in(client, officer.email)
    assert answer.status_code == 302
    assert answer["Location"] == "/en/workspace/"
    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize("address", SIDE_DOORS)
def test_side_doors_never_sign_anybody_in(client, officer, address):
    officer.is_superuser = officer.is_staff = True
    officer.save()
    answer = client.post(
        address, {"username": officer.email, "login": officer.email, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert "/accounts/login/" in answer["Location"]
    assert "_auth_user_id" not in client.session


def test_side_door_does_not_pass_a_second_factor(client, officer):
    TOTP.activate(officer, "JBSWY3DPEHPK3PXP")
    assert Authenticator.objects.filter(user=officer).exists()
    sign_in(client, officer.email)
    assert "_auth_user_id" not in client.session
    for address in SIDE_DOORS:
        client.post(address, {"username": officer.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_admin_asks_for_the_portals_own_sign_in(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].endswith("/en/accounts/login/?next=%2Fadmin%2F")


def test_signed_in_without_admission_to_the_admin_is_refused_and_not_sent_in_circles(
    client, officer
):
    client.force_login(officer)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) == 1


def test_nobody_registers_themselves(client):
    answer = client.post(
        "/en/accounts/signup/",
        {"email": "new@member.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert answer.status_code == 200
    assert not User.objects.filter(email="new@member.example").exists()


def test_guessing_a_password_is_throttled(client, officer):
    for _ in range(6):
        sign_in(client, officer.email, "wrong")
    answer = sign_in(client, officer.email)
    assert "_auth_user_id" not in client.session
    assert answer.status_code in (200, 429)


class TestProxies:
    """Guessers are counted by the address that our own proxies saw, never by one they claim."""

    @pytest.fixture(autouse=True)
    def _three_an_hour(self, settings: Settings) -> None:
        settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/h/ip"}

    def guess(self, claimed: Callable[[int], str]) -> None:
        """Guess three passwords, each of another account, claiming an address each time."""
        for number in range(3):
            claim = {"X-Forwarded-For": claimed(number)}
            sign_in(Client(), f"guess.{number}@member.example", "wrong", **claim)

    def may_enter(self, officer: User, claimed: str) -> bool:
        return sign_in(Client(), officer.email, **{"X-Forwarded-For": claimed}).status_code == 302

    def test_a_forged_address_does_not_escape_the_limit_without_a_proxy(self, officer):
        self.guess(lambda number: f"203.0.113.{number}")
        assert not self.may_enter(officer, "203.0.113.99")

    def test_a_proxy_makes_each_client_answer_for_itself(self, officer, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        self.guess(lambda _number: "203.0.113.1")
        assert not self.may_enter(officer, "203.0.113.1")
        assert self.may_enter(officer, "203.0.113.2")

    def test_what_a_client_tells_the_proxy_is_not_believed(self, officer, settings):
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        self.guess(lambda number: f"198.51.100.{number}, 203.0.113.1")
        assert not self.may_enter(officer, "198.51.100.99, 203.0.113.1")


def test_right_password_still_works_after_a_few_slips(client, officer):
    for _ in range(2):
        sign_in(client, officer.email, "wrong")
    assert sign_in(client, officer.email).status_code == 302


def test_personal_pages_are_never_stored(client, officer):
    client.force_login(officer)
    answer = client.get("/en/people/")
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


def test_deactivated_person_cannot_sign_in(client, officer):
    officer.is_active = False
    officer.save()
    sign_in(client, officer.email)
    assert "_auth_user_id" not in client.session


class TestInvitations:
    """A contact point invites a colleague, who sets a password once."""

    @pytest.fixture
    def contact(self) -> User:
        return make_user(Role.CONTACT_POINT, administration=make_administration("malta"))

    def invite(self, contact: User, **fields: str) -> User:
        place = make_administration("malta")
        data = {"email": "new@member.example", "full_name": "New Officer", "language": "fr"}
        invite_person(
            invited_by=contact, role=Role.CONTRIBUTOR, administration=place, **(data | fields)
        )
        return User.objects.get(email=data["email"])

    def test_mail_in_the_language_of_the_invited(self, contact, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            self.invite(contact)
        [message] = mail.outbox
        assert message.to == ["new@member.example"]
        assert "/fr/accounts/invitation/" in message.body

    def test_link_sets_the_password_once(self, client, contact):
        person = self.invite(contact)
        link = invitation_path(person)
        answer = client.post(link, {"new_password1": PASSWORD, "new_password2": PASSWORD})
        assert answer.status_code == 302
        assert sign_in(client, person.email).status_code == 302
        assert client.get(link).status_code == 410

    @pytest.mark.parametrize("link", ["/en/accounts/invitation/xx/yy/", None])
    def test_false_link_is_refused(self, client, contact, link):
        person = self.invite(contact)
        address = link or re.sub(r".{4}/$", "0000/", invitation_path(person))
        assert client.get(address).status_code == 410

    def test_inviting_twice_makes_one_account(self, contact):
        self.invite(contact)
        person = self.invite(contact)
        assert person.memberships.count() == 1

    def test_contact_point_invites_from_the_page(self, client, contact):
        client.force_login(contact)
        slug = contact.memberships.get().administration.slug
        answer = client.post(
            f"/en/people/administration/{slug}/",
            {
                "full_name": "Maria Borg",
                "email": "maria@member.example",
                "role": "contributor",
                "language": "en",
            },
        )
        assert answer.status_code == 302
        assert User.objects.filter(email="maria@member.example").exists()

    def test_a_substitute_acts_from_a_day_until_a_day_and_is_shown_before(self, client, contact):
        client.force_login(contact)
        place = contact.memberships.get().administration
        page, today = f"/en/people/administration/{place.slug}/", timezone.localdate()
        data = {"full_name": "Rose Vella", "email": "rose@member.example", "language": "en"}
        data |= {"role": "contact_point", "since": f"{today + timedelta(days=2)}"}
        early = client.post(page, data | {"until": f"{today}"})
        assert "The last day comes before the first one." in early.content.decode()
        client.post(page, data | {"until": f"{today + timedelta(days=9)}"})
        substitute = Membership.objects.get(person__email="rose@member.example")
        assert "Rose Vella" in client.get(page).content.decode()
        acts = [
            substitute in Membership.objects.active(today + timedelta(days=days))
            for days in (0, 2, 9, 10)
        ]
        assert acts == [False, True, True, False]

    @pytest.mark.parametrize(
        ("role", "other"), [(Role.CONTRIBUTOR, "malta"), (Role.CONTACT_POINT, "france")]
    )
    def test_others_cannot_invite_for_this_administration(self, client, contact, role, other):
        client.force_login(make_user(role, administration=make_administration(other)))
        slug = contact.memberships.get().administration.slug
        assert client.get(f"/en/people/administration/{slug}/").status_code == 404

    @pytest.mark.parametrize(
        ("role", "slug"),
        [(Role.CONTRIBUTOR, "malta"), (Role.CONTACT_POINT, "france"), (Role.COORDINATOR, "malta")],
    )
    def test_service_itself_refuses_whoever_manages_nobody_here(self, role, slug):
        place = make_administration(slug)
        outsider = make_user(role, administration=place, region=place.region)
        with pytest.raises(PermissionDenied):
            self.invite(outsider)
        colleague = make_user(Role.CONTRIBUTOR, administration=make_administration("malta"))
        with pytest.raises(PermissionDenied):
            end_role(by=outsider, membership=colleague.memberships.get(), until=date(2020, 1, 1))
        assert standing_of(colleague).acts_for(make_administration("malta").pk)
