"""Writing together: co-authors named, told and taken off; who has the case open now."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casestudies.models import CoAuthor, Presence
from casestudies.services.refusals import Refused
from casestudies.services.together import forget_presences, name_co_author, take_off_co_author
from casestudies.together import PRESENT_FOR
from portal.core.models import AuditEntry
from portal.directory.models import Membership
from tests.factories.directory import make_administration, make_user
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db


def authors_page(case):
    return reverse("casestudies:authors", args=[case.number])


def here(client, case, slug="in-short"):
    return client.post(reverse("casestudies:share_here", args=[case.number, slug]))


def screen(case, slug="in-short"):
    return reverse("casestudies:share_step", args=[case.number, slug])


def test_named_colleague_is_told_and_finds_it_among_their_own(
    browser, case, colleague, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        browser.post(authors_page(case), {"person": colleague.pk}, follow=True)
    assert [item.person for item in case.co_authors.all()] == [colleague]
    (letter,) = mail.outbox
    assert letter.to == [colleague.email]
    assert "named as a co-author" in letter.subject
    assert f"/share/{case.number}/" in letter.body
    mine = signed_in(colleague).get("/en/workspace/").context["mine"]
    assert [row["about"] for row in mine] == [case.number]
    acts = AuditEntry.objects.filter(page_id=case.pk, action="casestudies.co_author_named")
    assert acts.get().details["person"] == str(colleague)


def test_co_authors_are_named_on_the_draft(browser, case, colleague, author):
    name_co_author(case=case, person=colleague, by=author)
    for page in (screen(case), reverse("casestudies:workspace_case", args=[case.number])):
        assert str(colleague) in browser.get(page).content.decode()


def test_naming_twice_tells_once(case, colleague, author, django_capture_on_commit_callbacks):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            name_co_author(case=case, person=colleague, by=author)
    assert CoAuthor.objects.count() == 1
    assert len(mail.outbox) == 1


def test_only_colleagues_who_write_can_be_named(browser, case, author, malta):
    reader = make_user("member_reader", administration=malta)
    stranger = make_user("contributor", administration=make_administration("france"))
    for person in (reader, stranger, author):
        assert browser.post(authors_page(case), {"person": person.pk}).status_code == 422
        with pytest.raises(Refused):
            name_co_author(case=case, person=person, by=author)
    assert not CoAuthor.objects.exists()


def test_taken_off_is_no_co_author_any_more(browser, case, colleague, author):
    named = name_co_author(case=case, person=colleague, by=author)
    other = signed_in(make_user("contributor", administration=make_administration("france")))
    address = reverse("casestudies:author_take_off", args=[case.number, named.pk])
    assert other.post(address).status_code == 404
    assert CoAuthor.objects.exists()
    browser.post(address)
    assert not CoAuthor.objects.exists()
    assert str(colleague) in browser.get(authors_page(case)).content.decode()


def test_stranger_takes_nobody_off(case, colleague, author):
    named = name_co_author(case=case, person=colleague, by=author)
    stranger = make_user("contributor", administration=make_administration("france"))
    with pytest.raises(Refused):
        take_off_co_author(co_author=named, by=stranger)


def test_who_has_the_case_open_is_said_in_words(browser, case, colleague, author):
    other = signed_in(colleague)
    assert here(other, case).json() == {"said": ""}
    assert here(browser, case).json()["said"] == f"{colleague} is on this screen now, too."
    here(other, case, "story")
    said = browser.get(screen(case)).content.decode()
    assert f"{colleague} is on the screen “The story” now." in said
    assert Presence.objects.count() == 2


def test_presence_ends_after_a_minute_and_is_forgotten_after_a_day(browser, case, colleague):
    here(signed_in(colleague), case)
    Presence.objects.update(seen_at=timezone.now() - PRESENT_FOR - timedelta(seconds=1))
    assert here(browser, case).json() == {"said": ""}
    Presence.objects.filter(person=colleague).update(seen_at=timezone.now() - timedelta(days=2))
    forget_presences()
    assert Presence.objects.count() == 1


def test_strangers_neither_show_themselves_nor_see_anybody(case, colleague):
    here(signed_in(colleague), case)
    stranger = signed_in(make_user("contributor", administration=make_administration("france")))
    assert here(stranger, case).status_code == 404
    assert here(Client(), case).status_code == 401
    assert Presence.objects.count() == 1


def test_who_no_longer_writes_for_the_member_loses_the_case(case, colleague, author):
    name_co_author(case=case, person=colleague, by=author)
    Membership.objects.filter(person=colleague).delete()
    assert signed_in(colleague).get(screen(case)).status_code == 404
