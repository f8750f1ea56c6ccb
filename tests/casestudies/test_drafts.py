"""A draft is made once with its number, and saved without overwriting anybody's words."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Page

from casestudies.models import AdministrationPage, CaseNumberSequence, CaseStudyPage
from casestudies.services.drafts import Conflict, Saved, create_case, save_answers
from casestudies.services.lifecycle import delete_draft
from casestudies.services.numbers import next_case_number
from casestudies.services.refusals import Refused
from tests.factories.directory import make_administration, make_user

pytestmark = pytest.mark.django_db


def save(case, author, base=None, **answers):
    case.refresh_from_db()
    base_id = base or case.latest_revision_id
    return save_answers(case=case, author=author, answers=answers, base_revision_id=base_id)


def text_now(case, name):
    case.refresh_from_db()
    return getattr(case.get_latest_revision_as_object(), name)


def test_numbers_of_a_year_follow_each_other():
    assert [next_case_number(year=2031) for _ in range(3)] == [
        "CS-2031-000001",
        "CS-2031-000002",
        "CS-2031-000003",
    ]


def test_new_case_stands_hidden_below_its_administration(case, author, malta):
    case.refresh_from_db()
    parent = case.get_parent().specific
    assert isinstance(parent, AdministrationPage)
    assert parent.administration == malta
    assert parent.get_parent().slug == "europe"
    assert not case.live
    assert case.owner == author
    assert case.get_latest_revision().user == author


def test_administration_gets_one_page_only(case, author, malta):
    create_case(author=author, administration=malta, language="fr", title="Second")
    assert AdministrationPage.objects.filter(administration=malta).count() == 1


def test_address_of_a_draft_tells_nothing_of_its_title(case):
    assert case.slug == case.number.lower()


def test_reader_cannot_start_a_case(malta):
    reader = make_user("member_reader", administration=malta)
    with pytest.raises(Refused):
        create_case(author=reader, administration=malta, language="en", title="Parcels")
    assert not CaseStudyPage.objects.exists()
    assert not CaseNumberSequence.objects.exists()


def test_button_pressed_twice_makes_one_case(author, malta):
    made = {
        create_case(author=author, administration=malta, language="en", title="Parcels", key=key).pk
        for key in [uuid4()] * 2
    }
    assert len(made) == 1
    assert CaseStudyPage.objects.count() == 1


def test_key_of_somebody_elses_case_gives_nothing_away(author, malta):
    key = uuid4()
    other_place = make_administration("france")
    other = make_user("contributor", administration=other_place)
    first = create_case(author=author, administration=malta, language="en", title="Secret", key=key)
    second = create_case(
        author=other, administration=other_place, language="en", title="Mine", key=uuid4()
    )
    assert first.pk != second.pk


def test_number_of_a_deleted_draft_is_never_given_again(case, author, malta):
    number = case.number
    delete_draft(case=case, by=author)
    following = create_case(author=author, administration=malta, language="en", title="Next")
    assert not Page.objects.filter(pk=case.pk).exists()
    assert following.number > number


def test_saving_writes_a_revision_and_only_the_answers_given(case, author):
    before = case.get_latest_revision()
    saved = save(case, author, summary="Shorter queues.")
    assert isinstance(saved, Saved)
    assert saved.revision.pk != before.pk
    assert text_now(case, "summary") == "Shorter queues."
    assert text_now(case, "title") == "Parcels"


def test_saving_the_same_again_makes_no_revision(case, author):
    first = save(case, author, summary="Shorter queues.")
    again = save(case, author, summary="Shorter queues.")
    assert not again.changed
    assert again.revision == first.revision


def test_two_people_on_different_questions_both_keep_their_words(case, author, colleague):
    base = case.latest_revision_id
    save(case, author, base=base, summary="By the author.", problem="")
    saved = save(case, colleague, base=base, summary="", problem="By the colleague.")
    assert isinstance(saved, Saved)
    assert text_now(case, "summary") == "By the author."
    assert text_now(case, "problem") == "By the colleague."


def test_second_of_two_on_the_same_question_sees_both_and_overwrites_nothing(
    case, author, colleague
):
    base = case.latest_revision_id
    save(case, author, base=base, summary="By the author.")
    outcome = save(case, colleague, base=base, summary="By the colleague.")
    assert isinstance(outcome, Conflict)
    (clash,) = outcome.clashes
    assert (clash.name, clash.mine, clash.theirs) == (
        "summary",
        "By the colleague.",
        "By the author.",
    )
    assert text_now(case, "summary") == "By the author."


def test_same_person_going_back_in_the_browser_is_no_conflict(case, author):
    base = case.latest_revision_id
    save(case, author, base=base, summary="First try.")
    assert isinstance(save(case, author, base=base, summary="Second try."), Saved)
    assert text_now(case, "summary") == "Second try."


def test_both_writing_the_same_words_is_no_conflict(case, author, colleague):
    base = case.latest_revision_id
    save(case, author, base=base, summary="Agreed.")
    assert isinstance(save(case, colleague, base=base, summary="Agreed."), Saved)


def test_revision_of_another_case_is_no_base(case, author, malta):
    other = create_case(author=author, administration=malta, language="en", title="Other")
    with pytest.raises(ValidationError):
        save(case, author, base=other.latest_revision_id, summary="x")


def test_rows_topics_and_terms_come_back_in_order(case, author):
    from tests.factories.cases import make_term, make_topic

    topics = [make_topic("transit").pk, make_topic("origin").pk]
    term = make_term("building_block", "integrity").pk
    rows = [
        {"indicator": name, "unit": "", "before": "", "after": "1", "period": "", "method": ""}
        for name in ("Second thoughts", "A first measure")
    ]
    save(case, author, topics=topics, building_blocks=[term], results=rows)
    case.refresh_from_db()
    draft = case.get_latest_revision_as_object()
    assert [topic.slug for topic in draft.ordered_topics] == ["transit", "origin"]
    assert [term.slug for term in draft.terms_of("building_block")] == ["integrity"]
    assert [row.indicator for row in draft.results.all()] == ["Second thoughts", "A first measure"]


def test_officer_of_another_member_cannot_save_or_delete(case):
    stranger = make_user("contributor", administration=make_administration("france"))
    with pytest.raises(Refused):
        save(case, stranger, summary="x")
    with pytest.raises(Refused):
        delete_draft(case=case, by=stranger)


def test_saving_a_step_costs_few_statements(case, author, django_assert_max_num_queries):
    with django_assert_max_num_queries(70):
        save(case, author, summary="Counted.", title="Parcels that fly")
