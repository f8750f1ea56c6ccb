"""A filled template becomes a draft with a report: nothing is overwritten, no word is lost."""

import pytest
from django.db import transaction
from django.http import QueryDict
from django.urls import reverse

from casestudies.models import CaseStudyPage, FilledTemplate
from casestudies.offline.document import read_document
from casestudies.offline.identity import Size
from casestudies.offline.understanding import Understood, understand
from casestudies.offline.writing import blank_case, write_template
from casestudies.services.drafts import save_answers
from casestudies.services.offline import begin_from_template, fill_in, mend, working_title
from casestudies.services.refusals import Refused
from casestudies.wizard.progress import missing_in
from tests.casestudies import word_files as word
from tests.factories.cases import make_term, make_topic
from tests.factories.directory import make_administration, make_user
from tests.factories.review import bring_to, fresh, make_draft
from tests.factories.review import send as send_case
from tests.support.visitor import Visitor, signed_in

SENT = {
    "title": "Parcels cleared before they land",
    "summary": "Why, what, what is new.",
    "topics-0": "Transit",
    "building_blocks": ["Integrity"],
    "innovation_types": ["Process"],
    "stage": "In operation",
    "year": "2021",
    "problem": "A problem.",
    "solution": "What was done.",
    "results-0-indicator": "Time",
    "results-0-after": "2",
    "outcomes": "Results.",
    "lessons": "A lesson.",
    "owner_unit": "Postal Division",
    "owner_mailbox": "postal@customs.example",
    "cleared": ["My administration agrees to share this"],
    "no_sensitive_detail": ["It contains no sensitive enforcement detail"],
}


@pytest.fixture(autouse=True)
def _words(db):
    make_topic("transit")
    make_term("building_block", "integrity")
    make_term("innovation_type", "process")


def template(answers, case=None, **kwargs) -> bytes:
    blank = case or blank_case(language="en")
    content = write_template(blank, language="en", size=Size.SNAPSHOT, **kwargs)
    return word.filled(content, answers)


def said_in(content: bytes) -> Understood:
    return understand(read_document(word.upload(content)))


def of_draft(case, answers) -> bytes:
    return template(answers, case=draft_of(case), number=case.number)


def draft_of(case) -> CaseStudyPage:
    return fresh(case).get_latest_revision_as_object()


def change(case, by, **answers):
    base = fresh(case).latest_revision_id
    return save_answers(case=case, author=by, answers=answers, base_revision_id=base)


def begun(author, malta, answers, **kwargs) -> FilledTemplate:
    said = said_in(template(answers))
    return begin_from_template(
        author=author, administration=malta, said=said, file_name="a.docx", **kwargs
    )


def filled_in(case, author, content: bytes) -> FilledTemplate:
    return fill_in(case=fresh(case), author=author, said=said_in(content), file_name="a.docx")


def send(client, address, content: bytes, **more):
    return client.post(address, {"file": word.upload(content), **more})


def test_a_filled_template_becomes_a_draft_that_can_be_sent(author, malta):
    filled = begun(author, malta, SENT)
    draft = draft_of(filled.case)
    assert missing_in(draft) == []
    assert draft.title == SENT["title"]
    assert draft.owner == author
    assert set(filled.outcomes.values()) == {"taken", "empty"}
    assert filled.still_open == []


def test_who_does_not_write_for_the_administration_begins_nothing(malta):
    other = make_user("contributor", administration=make_administration("france"))
    for person in (other, make_user("member_reader", administration=malta), make_user()):
        with pytest.raises(Refused):
            begun(person, malta, SENT)
    assert not CaseStudyPage.objects.exists()


def test_what_is_too_long_is_kept_whole_and_not_cut_into_the_draft(author, malta):
    long = "x" * 1501
    filled = begun(author, malta, SENT | {"problem": long, "title": "Long " * 40})
    assert filled.still_open == ["title", "problem"]
    assert set(map(filled.outcomes.get, filled.still_open)) == {"over"}
    draft = draft_of(filled.case)
    assert draft.problem == ""
    assert draft.title == ("Long " * 24).strip()
    page = Visitor(author).open(reverse("casestudies:share_report", args=[draft.number, filled.pk]))
    assert long in page.page.select_one("[name=problem]").get_text()
    assert "Shorten this text by 1 character: it may have 1500." in page.text


def test_what_was_not_understood_is_told_in_the_words_of_the_file(author, malta):
    wrong = {"stage": "It runs well", "year": "about 2020", "owner_mailbox": "no address"}
    filled = begun(author, malta, SENT | wrong)
    assert {name: filled.outcomes[name] for name in wrong} == dict.fromkeys(wrong, "wrong")
    page = Visitor(author).open(report_of(filled))
    assert "It runs well" in page.text
    assert page.page.select_one("[name=year]")["value"] == "about 2020"


def report_of(filled) -> str:
    return reverse("casestudies:share_report", args=[filled.case.number, filled.pk])


def test_what_is_mended_on_the_report_goes_into_the_draft(author, malta):
    filled = begun(author, malta, SENT | {"problem": "x" * 1501, "year": "about 2020"})
    visit = Visitor(author).open(report_of(filled))
    visit.fill_in(problem="Shorter.", year="soon").press("Save what I mended")
    assert "1 answer still needs you" in str(visit.page)
    assert draft_of(filled.case).problem == "Shorter."
    assert visit.page.select_one("[name=year]")["value"] == "soon"
    visit.fill_in(year="2020").press("Save what I mended")
    assert draft_of(filled.case).year == 2020
    assert visit.page.select_one("[name=year]") is None


def test_what_a_database_cannot_keep_is_left_out_of_what_is_mended(author, malta):
    filled = begun(author, malta, SENT | {"year": "about 2020"})
    signed_in(author).post(report_of(filled), {"action": "mend", "year": "so\0on"})
    filled.refresh_from_db()
    assert filled.typed["year"] == ["soon"]


def test_a_report_that_is_sent_without_its_fields_loses_no_words(author, malta):
    filled = begun(author, malta, SENT | {"problem": "x" * 1501})
    signed_in(author).post(report_of(filled), {"action": "mend"})
    filled.refresh_from_db()
    assert filled.typed["problem"] == ["x" * 1501]


def test_the_draft_comes_back_with_its_answers(author, malta):
    case = begun(author, malta, SENT).case
    filled = filled_in(case, author, of_draft(case, {"lessons": "Two\nlessons."}))
    assert set(filled.outcomes.values()) == {"taken", "empty"}
    draft = draft_of(case)
    assert draft.lessons == "Two\nlessons."
    assert draft.problem == "A problem."


def test_the_same_file_again_makes_no_revision(author, malta):
    case = begun(author, malta, SENT).case
    before = fresh(case).latest_revision_id
    filled_in(case, author, of_draft(case, {}))
    assert fresh(case).latest_revision_id == before


def test_an_answer_that_a_file_leaves_empty_stays(author, malta):
    case = begun(author, malta, SENT).case
    content = template({}, number=case.number)
    filled = filled_in(case, author, content)
    assert draft_of(case).problem == "A problem."
    assert filled.outcomes["problem"] == "empty"


@pytest.mark.parametrize("who", ["author", "colleague"])
def test_what_was_changed_meanwhile_is_not_overwritten(who, author, colleague, malta, request):
    case = begun(author, malta, SENT).case
    content = of_draft(case, {"problem": "Of the file.", "lessons": "Of the file."})
    change(case, request.getfixturevalue(who), problem="Of the portal.")
    filled = filled_in(case, author, content)
    assert filled.still_open == ["problem"]
    assert draft_of(case).problem == "Of the portal."
    assert draft_of(case).lessons == "Of the file."


@pytest.mark.parametrize(("choice", "left"), [("mine", "File."), ("theirs", "Portal.")])
def test_the_author_chooses_between_both_versions(choice, left, author, colleague, malta):
    case = begun(author, malta, SENT).case
    content = of_draft(case, {"problem": "File."})
    change(case, colleague, problem="Portal.")
    visit = Visitor(author).open(report_of(filled_in(case, author, content)))
    assert "File." in visit.text
    assert "Portal." in visit.text
    visit.press("Save what I mended")
    assert visit.status == 422
    assert "Choose one of the two." in visit.text
    visit.fill_in(**{"keep-problem": choice}).press("Save what I mended")
    assert draft_of(case).problem == left
    assert FilledTemplate.objects.latest("pk").still_open == []


def test_a_choice_made_on_an_old_page_overwrites_nothing_newer(author, colleague, malta):
    case = begun(author, malta, SENT).case
    content = of_draft(case, {"problem": "File."})
    change(case, colleague, problem="Portal.")
    filled = filled_in(case, author, content)
    visit = Visitor(author).open(report_of(filled)).fill_in(**{"keep-problem": "mine"})
    change(case, colleague, problem="Newer.")
    visit.press("Save what I mended")
    assert draft_of(case).problem == "Newer."
    filled.refresh_from_db()
    assert filled.still_open == ["problem"]


def test_a_file_that_lost_its_marks_overwrites_nothing(author, colleague, malta):
    case = begun(author, malta, SENT).case
    content = of_draft(case, {"problem": "File."})
    filled = filled_in(case, author, word.without_controls(content))
    assert filled.still_open == ["problem"]
    assert draft_of(case).problem == "A problem."


def test_a_sent_case_takes_no_file_and_says_so(world):
    case = bring_to(world, "clearance")
    content = of_draft(case, {"problem": "File."})
    with pytest.raises(Refused):
        filled_in(case, world["author"], content)
    answer = send(
        signed_in(world["author"]), reverse("casestudies:share_file", args=[case.number]), content
    )
    assert answer.status_code == 409
    assert draft_of(case).problem != "File."


def test_a_report_mends_nothing_in_a_sent_case_and_gives_the_words_back(world):
    case = make_draft(world)
    filled = filled_in(case, world["author"], of_draft(case, {"problem": "x" * 1501}))
    assert filled.still_open == ["problem"]
    send_case(world, case)
    typed = {"action": "mend", "problem": "These words were typed too late."}
    answer = signed_in(world["author"]).post(report_of(filled), typed)
    assert answer.status_code == 409
    assert typed["problem"] in answer.content.decode()
    # A coordinator may edit a case in review, but not out of an author's file.
    for who in ("author", "coordinator"):
        with pytest.raises(Refused), transaction.atomic():
            mend(
                filled=filled,
                author=world[who],
                typed=QueryDict("problem=Late."),
                shown={},
                given_up=frozenset(),
            )
    assert draft_of(case).problem == ""


def test_sending_leads_to_the_report(browser, malta):
    page = browser.get("/en/share/offline/")
    key = page.context["form"].initial["key"]
    answer = send(browser, "/en/share/offline/", template(SENT), key=key)
    case = CaseStudyPage.objects.get()
    assert answer.url == report_of(case.filled_templates.get())
    assert browser.get(answer.url).status_code == 200
    again = send(browser, "/en/share/offline/", template(SENT), key=key)
    assert again.status_code == 302
    assert CaseStudyPage.objects.count() == 1


def test_the_file_of_a_draft_finds_its_draft_from_the_start_page(browser, author, malta):
    case = begun(author, malta, SENT).case
    content = of_draft(case, {"lessons": "Another."})
    key = browser.get("/en/share/offline/").context["form"].initial["key"]
    assert send(browser, "/en/share/offline/", content, key=key).status_code == 302
    assert draft_of(case).lessons == "Another."


def test_the_file_of_a_draft_of_others_is_refused_like_that_of_none(case, malta):
    other = make_user("contributor", administration=make_administration("france"))
    client = signed_in(other)
    key = client.get("/en/share/offline/").context["form"].initial["key"]
    told = []
    for number in (case.number, "CS-2026-999999"):
        answer = send(client, "/en/share/offline/", template(SENT, number=number), key=key)
        assert answer.status_code == 422
        told.append(answer.content.decode().replace(number, ""))
        assert "in which you do not write" in told[-1]
    assert CaseStudyPage.objects.count() == 1


def test_a_file_of_another_case_is_refused_at_a_draft(browser, author, malta, case):
    other = begun(author, malta, SENT).case
    address = reverse("casestudies:share_file", args=[case.number])
    answer = send(browser, address, of_draft(other, {}), key="0" * 32)
    assert answer.status_code == 422
    assert "belongs to another case" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "something else"), (b"PK\x03\x04", "is damaged or cut short"), (b"%PDF-1.7", "else")],
)
def test_what_is_no_template_is_refused_in_words(content, words, browser, malta):
    key = browser.get("/en/share/offline/").context["form"].initial["key"]
    answer = send(browser, "/en/share/offline/", content, key=key)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CaseStudyPage.objects.exists()


def test_templates_are_public_and_in_six_languages(client, malta):
    page = client.get("/fr/share/offline/")
    assert page.status_code == 200
    for code in ("en", "fr", "es", "ar", "ru", "pt"):
        for size in Size:
            address = f"/{code}/share/offline/{size}/"
            assert address in page.content.decode()
    answer = client.get("/ar/share/offline/full/")
    assert answer["Content-Disposition"] == 'attachment; filename="customs-forum-full-ar.docx"'
    assert said_in(answer.content).identity.language == "ar"
    assert client.get("/en/share/offline/huge/").status_code == 404


def test_a_draft_is_downloaded_by_its_writers_only(case, author, malta):
    address = reverse("casestudies:share_template", args=[case.number, "snapshot"])
    assert said_in(signed_in(author).get(address).content).typed["title"] == ["Parcels"]
    other = make_user("contributor", administration=make_administration("france"))
    assert signed_in(other).get(address).status_code == 404


def test_report_and_its_words_are_for_the_administration_only(world):
    case = bring_to(world, "clearance")
    filled = FilledTemplate.objects.create(case=case, file_name="a.docx", sent_by=world["author"])
    seen = {
        name: signed_in(world[name]).get(report_of(filled)).status_code
        for name in ("author", "contact", "coordinator", "curator", "other_contributor", "reader")
    }
    assert seen == {
        "author": 200,
        "contact": 200,
        "coordinator": 404,
        "curator": 404,
        "other_contributor": 404,
        "reader": 404,
    }


def test_words_of_a_file_are_escaped(author, malta):
    filled = begun(author, malta, SENT | {"stage": "<script>alert(1)</script>"})
    page = signed_in(author).get(report_of(filled)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_working_title_ends_at_a_word():
    assert working_title("word " * 60) == ("word " * 24).strip()
    assert working_title("x" * 300) == "x" * 60
    assert working_title("word " * 40_000) == ("word " * 24).strip()
    assert working_title("\x00 ") == "?"
