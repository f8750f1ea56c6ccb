"""What both engines must do alike: order of writes, withdrawals, who sees what, marks, pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from search.criteria import Audience, Criteria, Sort
from search.engines.base import Engine, Outcome, Write
from tests.factories.cases import make_case, make_collection, make_topic, make_translation
from tests.factories.directory import make_administration, make_region, make_user
from tests.search.looking import ask, document, index_everything, look, titles, version, write

pytestmark = pytest.mark.django_db


def test_older_write_never_replaces_a_newer_one(engine: Engine) -> None:
    older, newer = version(), version()
    assert write(engine, 1, newer, document(1, "New words")).outcome is Outcome.DONE
    assert write(engine, 1, older, document(1, "Old words")).outcome is Outcome.STALE
    assert [hit.title for hit in ask(engine, "words").hits] == ["New words"]


def test_older_write_does_not_bring_a_withdrawn_document_back(engine: Engine) -> None:
    older, newer = version(), version()
    write(engine, 1, newer, None)
    write(engine, 1, older, document(1, "Withdrawn words"))
    assert ask(engine, "withdrawn").total == 0
    assert engine.counts() == {Audience.PUBLIC: 0, Audience.MEMBERS: 0}


def test_tombstone_holds_no_text_and_is_never_found(engine: Engine) -> None:
    write(engine, 1, version(), document(1, "Withdrawn words"))
    write(engine, 1, version(), None)
    answer = ask(engine)
    assert answer.total == 0
    assert not any(answer.counts["region"].values())


def test_a_later_publication_replaces_a_tombstone(engine: Engine) -> None:
    write(engine, 1, version(), None)
    write(engine, 1, version(), document(1, "Back again"))
    assert ask(engine, "again").total == 1


def test_same_version_may_be_written_again(engine: Engine) -> None:
    number = version()
    write(engine, 1, number, document(1, "Twice"))
    assert write(engine, 1, number, document(1, "Twice")).outcome is Outcome.DONE


def test_refused_document_does_not_hold_the_others(engine: Engine) -> None:
    good, bad = document(1, "Good"), document(2, "Bad", year="no year at all")
    results = engine.write(
        [
            Write("case-2", version(), dict.fromkeys(Audience, bad)),
            Write("case-1", version(), dict.fromkeys(Audience, good)),
        ]
    )
    assert [result.outcome for result in results] == [Outcome.REFUSED, Outcome.DONE]
    assert results[0].reason
    assert ask(engine).total == 1


def test_denied_object_is_in_no_hit_and_no_count(engine: Engine) -> None:
    write(engine, 1, version(), document(1, "Seen", region="europe"))
    write(engine, 2, version(), document(2, "Hidden", region="asia-pacific"))
    answer = ask(engine, denied=("case-2",))
    assert [hit.pk for hit in answer.hits] == [1]
    assert answer.total == 1
    assert answer.counts["region"] == {"europe": 1}


def test_public_index_never_holds_what_is_for_members(engine: Engine) -> None:
    write(engine, 1, version(), document(1, visibility="members"), members_only=True)
    assert ask(engine).total == 0
    assert ask(engine, audience=Audience.MEMBERS, regions=()).total == 1


def test_region_only_case_is_found_in_its_region_alone(engine: Engine) -> None:
    held = document(1, visibility="region", region="europe")
    write(engine, 1, version(), held, members_only=True)
    members = Audience.MEMBERS
    assert ask(engine, audience=members, regions=("europe",)).total == 1
    elsewhere = ask(engine, audience=members, regions=("asia-pacific",))
    assert elsewhere.total == 0
    assert not elsewhere.counts["region"]
    assert ask(engine, audience=members, regions=None).total == 1


@pytest.mark.parametrize(
    ("sort", "order"),
    [(Sort.NEWEST, [3, 2, 1]), (Sort.UPDATED, [1, 3, 2]), (Sort.RELEVANCE, [3, 2, 1])],
)
def test_results_come_in_the_order_asked_for(engine: Engine, sort: Sort, order: list[int]) -> None:
    for pk, updated in ((1, 30), (2, 10), (3, 20)):
        write(engine, pk, version(), document(pk, published=pk, updated=updated))
    answer = ask(engine, criteria=Criteria(sort=sort))
    assert [hit.pk for hit in answer.hits] == order


def test_pages_follow_each_other_without_gap_or_repetition(engine: Engine) -> None:
    for pk in range(1, 8):
        write(engine, pk, version(), document(pk))
    pages = [ask(engine, criteria=Criteria(size=3, page=page)) for page in (1, 2, 3)]
    assert [hit.pk for page in pages for hit in page.hits] == [7, 6, 5, 4, 3, 2, 1]
    assert {page.total for page in pages} == {7}


def test_words_in_the_title_weigh_more(engine: Engine) -> None:
    body = "Something about transit among many other words of the text"
    write(engine, 1, version(), document(1, "Something else", body_en=body))
    write(engine, 2, version(), document(2, "Transit at the port", body_en="Other words"))
    assert [hit.pk for hit in ask(engine, "transit").hits] == [2, 1]


def test_a_word_that_is_missing_does_not_empty_the_results(engine: Engine) -> None:
    write(engine, 1, version(), document(1, "Transit at the port"))
    assert ask(engine, "how does transit work for beginners").total == 1


@pytest.mark.parametrize(
    "nasty", ['"', "AND OR NOT", "a:b", "(((", "*?~^", "[1 TO", "\\", "😀", "+-"]
)
def test_no_query_is_read_as_a_language(engine: Engine, nasty: str) -> None:
    write(engine, 1, version(), document(1, "Transit"))
    assert ask(engine, nasty).total == 0
    assert ask(engine, f"transit {nasty}").total == 1


def test_marks_are_the_only_markup_in_a_highlight(engine: Engine) -> None:
    script = "<script>alert('transit')</script> & \"quotes\""
    make_case(
        f"Transit {script}", summary=script, solution=f"<b onclick=x>transit</b> {script} <mark>"
    )
    index_everything()
    hit = look("transit").hits[0]
    for html in (hit.title_marked, *(passage.html for passage in hit.highlights)):
        assert "<mark>" in html
        assert re.findall(r"<(?!/?mark>)", html) == []
        assert "&lt;script&gt;" in html
    assert hit.title == f"Transit {script}"
    assert hit.highlights


def test_visible_hits_only_are_shown_and_counted(engine: Engine) -> None:
    make_case("Open to all")
    make_case("For officers", visibility="members")
    make_case("For the region", visibility="region")
    make_case("A draft", live=False)
    index_everything()
    elsewhere = make_administration("kenya", region="east-southern-africa")
    assert titles(look()) == ["Open to all"]
    assert set(titles(look(user=make_user("contributor", administration=elsewhere)))) == {
        "Open to all",
        "For officers",
    }
    everything = {"Open to all", "For officers", "For the region"}
    assert set(titles(look(user=make_user("coordinator")))) == everything
    assert set(titles(look(user=make_user("curator")))) == everything
    assert look(user=make_user("superuser")).total == 3
    assert look(user=make_user()).total == 1


def test_hit_that_the_database_hides_is_dropped_and_not_counted(engine: Engine) -> None:
    case = make_case("Once public")
    index_everything()
    type(case).objects.filter(pk=case.pk).update(live=False)
    results = look("once")
    assert (results.total, results.hits) == (0, ())


def test_checked_translation_is_found_and_shown_in_its_language(engine: Engine) -> None:
    case = make_case("Guichet unique", language="fr")
    make_translation(case, "en", title="One desk for traders", summary="All forms in one place.")
    make_translation(case, "es", checked=False, title="Borrador secreto")
    index_everything()
    hit = look("desks").hits[0]
    assert (hit.title, hit.text_language, hit.language) == ("One desk for traders", "en", "fr")
    assert hit.summary == "All forms in one place."
    assert look("guichets", ui="fr").hits[0].title == "Guichet unique"
    assert look("borrador").total == 0


def test_topic_is_found_by_its_name_in_any_language(engine: Engine) -> None:
    topic = make_topic(
        "single-window",
        name="Single Window",
        name_fr="Guichet unique",
        synonyms="guichet GUCE|VUCE",
    )
    make_case("تسريع الإفراج عن البضائع", language="ar", topics=[topic])
    make_case("Something else")
    index_everything()
    for words in ("guichets uniques", "single windows", "VUCE"):
        assert titles(look(words)) == ["تسريع الإفراج عن البضائع"], words


def test_phrases_of_the_field_stand_for_each_other(engine: Engine) -> None:
    make_case("Authorized economic operators in five steps")
    make_case("Operators of terminals")
    index_everything()
    assert titles(look("AEO")) == ["Authorized economic operators in five steps"]


def test_case_is_found_by_its_number(engine: Engine) -> None:
    make_case("The one", number="CS-2026-000123")
    make_case("Another", number="CS-2026-000124")
    index_everything()
    assert titles(look("cs-2026-000123"))[0] == "The one"


def test_collections_are_found_beside_cases(engine: Engine) -> None:
    make_collection("Transit in Europe", region=make_region("europe"))
    make_case("Transit at sea")
    index_everything()
    results = look("transit")
    assert {hit.kind for hit in results.hits} == {"case", "collection"}
    assert titles(look("transit", filters={"kind": ("collection",)})) == ["Transit in Europe"]


def test_search_takes_few_statements_whatever_is_found(engine: Engine) -> None:
    for number in range(12):
        make_case(f"Transit {number}", topics=["transit", "single-window"])
    make_collection("Transit together")
    index_everything()
    look("transit")
    with CaptureQueriesContext(connection) as queries:
        results = look("transit", filters={"region": ("europe",)})
    assert results.total == 13
    assert len(queries) <= 5
