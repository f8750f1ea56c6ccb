"""A form whose token has expired: offered again to whoever typed it, to nobody else."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/en/share/"
WORDS = "Parcels that fly"


@pytest.fixture
def browser():
    return Client(enforce_csrf_checks=True)


def test_what_was_typed_can_be_sent_once_more(browser):
    response = browser.post(ADDRESS, {"title": WORDS}, headers={"Origin": "http://testserver"})
    page = response.content.decode()
    assert response.status_code == 403
    assert f'name="title" value="{WORDS}"' in page
    token = browser.cookies["csrftoken"].value
    again = browser.post(
        ADDRESS,
        {"title": WORDS, "csrfmiddlewaretoken": token},
        headers={"Origin": "http://testserver"},
    )
    assert again.status_code == 302


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://elsewhere.example"}, {"Referer": "https://elsewhere.example/"}, {}],
)
def test_form_from_elsewhere_is_never_offered_again(browser, headers):
    response = browser.post(ADDRESS, {"title": WORDS}, headers=headers)
    assert response.status_code == 403
    assert WORDS not in response.content.decode()


def test_password_is_never_written_into_a_page(browser):
    sent = {"login": "a@b.example", "password": "correct horse"}
    headers = {"Origin": "http://testserver"}
    response = browser.post("/en/accounts/login/", sent, headers=headers)
    assert response.status_code == 403
    assert "correct horse" not in response.content.decode()


def test_typed_markup_stays_text(browser):
    headers = {"Origin": "http://testserver"}
    response = browser.post(ADDRESS, {"title": '"><script>'}, headers=headers)
    assert '"><script>' not in response.content.decode()
