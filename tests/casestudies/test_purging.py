"""Drafts with nothing in them are dropped after a stated time; everything else stays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from casestudies.models import CaseStudyPage, FilledTemplate
from casestudies.services.drafts import create_case, save_answers
from casestudies.services.purging import EMPTY_FOR, purge_empty_drafts
from casestudies.states import State
from portal.directory.roles import sync_roles
from portal.home.clock import Clock
from tests.factories.review import bring_to, edit

pytestmark = pytest.mark.django_db


def grow_old(case, days=EMPTY_FOR.days + 1):
    at = timezone.now() - timedelta(days=days)
    CaseStudyPage.objects.filter(pk=case.pk).update(latest_revision_created_at=at)


def is_there(case):
    return CaseStudyPage.objects.filter(pk=case.pk).exists()


def test_clock_drops_what_was_left_empty_and_its_number_is_not_given_again(case, author, malta):
    sync_roles()
    grow_old(case)
    Clock().turn()
    assert not is_there(case)
    following = create_case(author=author, administration=malta, language="en", title="Next")
    assert following.number > case.number


def test_empty_draft_of_yesterday_stays(case):
    grow_old(case, days=EMPTY_FOR.days - 1)
    assert purge_empty_drafts() == 0
    assert is_there(case)


def test_a_file_that_waits_keeps_a_draft(case, author):
    FilledTemplate.objects.create(case=case, sent_by=author, file_name="answers.docx")
    grow_old(case)
    assert purge_empty_drafts() == 0
    assert is_there(case)


@pytest.mark.parametrize(
    "answers",
    [
        {"summary": "One word."},
        {"stage": "idea"},
        {"cleared": True},
        {"links": [{"url": "https://example.org/", "title": "A page"}]},
        {"visibility": "members"},
    ],
)
def test_one_answer_keeps_a_draft(case, author, answers):
    save_answers(
        case=case, author=author, answers=answers, base_revision_id=case.latest_revision_id
    )
    grow_old(case)
    assert purge_empty_drafts() == 0
    assert is_there(case)


@pytest.mark.parametrize("state", [value for value in State.values if value != State.DRAFT])
def test_what_was_ever_sent_stays(world, state):
    case = bring_to(world, state, summary="", year=None, stage="")
    grow_old(case)
    purge_empty_drafts()
    assert is_there(case)


def test_imported_draft_stays(case):
    CaseStudyPage.objects.filter(pk=case.pk).update(external_id="from-elsewhere")
    grow_old(case)
    purge_empty_drafts()
    assert is_there(case)


def test_text_of_the_review_world_is_no_empty_draft(world):
    case = bring_to(world, State.DRAFT)
    edit(case, world["author"], problem="A problem.")
    grow_old(case)
    purge_empty_drafts()
    assert is_there(case)


def test_everybody_is_told_before_they_begin():
    page = Client().get("/en/share/").content.decode()
    assert f"nothing was answered is deleted after {EMPTY_FOR.days} days" in page
