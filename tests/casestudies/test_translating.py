"""Translating in the browser, without JavaScript: side by side, terms, checking, rights."""

import pytest
from django.urls import reverse

from casestudies.models import CaseStudyPage, GlossaryTerm, Translation
from casestudies.services.submission import submit_case
from casestudies.states import State
from tests.factories.review import World, act, bring_to, edit, fresh
from tests.factories.translations import offer, token, translate, words_for
from tests.support.visitor import Visitor, signed_in

STATE = Translation.State


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A published case of Malta."""
    return bring_to(world, State.PUBLISHED, problem="Seizures of <b>lorries</b>.")


def page_of(case: CaseStudyPage, language: str = "fr") -> str:
    return reverse("casestudies:translate", args=[case.number, language])


def test_from_the_workspace_to_a_translation_that_readers_see(
    world: World, case: CaseStudyPage
) -> None:
    author = Visitor(world["author"]).open(f"/en/workspace/{case.number}/")
    author.open(author.links()["Translations"])
    assert "Not begun" in author.text
    author.open(page_of(case))
    for name, text in words_for(case, "fr").items():
        author.fill_in(**{name: text})
    author.press("Save and send to your contact point")
    assert "Waits to be checked" in author.text
    contact = Visitor(world["contact"]).open("/en/review/")
    contact.open(contact.links()[next(key for key in contact.links() if "Read and check" in key)])
    contact.press("Checked: show it to readers")
    assert "Checked" in contact.text
    reader = Visitor().open(f"/fr{fresh(case).url[3:]}")
    assert "[fr]" in reader.text


def test_original_and_translation_stand_side_by_side_in_their_languages(
    world: World, case: CaseStudyPage
) -> None:
    page = Visitor(world["author"]).open(page_of(case, "ar")).page
    row = page.select_one("#text-problem")
    assert row is not None
    original = row.select_one('div[lang="en"][dir="ltr"]')
    assert original is not None
    assert original.get_text(strip=True) == "Seizures of <b>lorries</b>."
    box = row.select_one("textarea")
    assert box is not None
    assert (box["lang"], box["dir"], box["data-counter"]) == ("ar", "rtl", "1500")
    assert not page.select("#text-legal_basis")


def test_only_the_terms_of_a_text_stand_beside_it(world: World, case: CaseStudyPage) -> None:
    GlossaryTerm.objects.create(slug="seizure", name="Seizure", name_fr="Saisie")
    GlossaryTerm.objects.create(slug="transit", name="Transit", name_fr="Transit")
    page = Visitor(world["author"]).open(page_of(case)).page
    terms = [item.get_text(" ", strip=True) for item in page.select("#text-problem li")]
    assert terms == ["Seizure – Saisie"]
    assert not page.select("#text-title li")


def test_a_text_over_its_limit_comes_back_with_what_was_typed(
    world: World, case: CaseStudyPage
) -> None:
    author = Visitor(world["author"]).open(page_of(case))
    author.fill_in(title="x" * 121).press("Save")
    assert author.status == 422
    assert "Shorten this text by 1 character" in author.text
    box = author.page.select_one("input[name=title]")
    assert box is not None
    assert box["value"] == "x" * 121
    assert not Translation.objects.exists()


def test_two_who_translate_at_once_see_each_others_words(world: World, case: CaseStudyPage) -> None:
    author = Visitor(world["author"]).open(page_of(case))
    translate(case, world["colleague"], problem="Les saisies.")
    author.fill_in(problem="Des saisies.").press("Save")
    assert author.status == 409
    row = author.page.select_one("#text-problem")
    assert row is not None
    assert "Saved by a colleague meanwhile" in row.get_text()
    assert "Les saisies." in row.get_text()
    assert "Des saisies." in str(row.select_one("textarea"))
    author.press("Save")
    assert Translation.objects.get().texts["problem"] == "Des saisies."


def test_what_changed_in_the_original_is_marked_with_its_old_words(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    edit(case, world["author"], problem="Seizures fell.", change_kind="substantive")
    submit_case(case=case, author=world["author"])
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    author = Visitor(world["author"]).open(f"/en/workspace/{case.number}/translations/")
    assert "Stale: 1 text of the original has changed" in author.text
    author.open(page_of(case))
    row = author.page.select_one("#text-problem details")
    assert row is not None
    assert "Seizures of <b>lorries</b>." in row.get_text()
    author.press("Save and send to your contact point")
    assert author.status == 422
    assert "Bring the translation up to date first" in author.text
    author.fill_in(problem="Les saisies ont baissé.", follows=True)
    author.press("Save and send to your contact point")
    assert "Waits to be checked" in author.text
    assert "Stale" not in author.text


def test_returned_translations_show_the_reasons_to_their_translators(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    contact = Visitor(world["contact"]).open(page_of(case))
    contact.press("Return it to the translators")
    assert contact.status == 422
    contact.fill_in(reasons="Say <i>mainlevée</i>.").press("Return it to the translators")
    author = Visitor(world["author"]).open(page_of(case))
    assert "Say <i>mainlevée</i>." in author.text


def test_a_draft_is_deleted_and_a_checked_one_taken_off_by_those_who_may(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    Translation.objects.create(case=case, language="es", state=STATE.CHECKED)
    Visitor(world["author"]).open(page_of(case)).press("Delete this draft of a translation")
    listed = reverse("casestudies:translations", args=[case.number])
    author = Visitor(world["author"]).open(listed)
    with pytest.raises(KeyError):
        author.press("Take it off the forum: Español")
    Visitor(world["coordinator"]).open(listed).press("Take it off the forum: Español")
    assert not Translation.objects.exists()


def test_who_may_not_translate_gets_neither_page_nor_act(world: World, case: CaseStudyPage) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    acts = ("save", "offer", "check", "return", "drop")
    expected = {"coordinator": 403, "curator": 403, "other_contact": 404, "reader": 404}
    for role, status in expected.items():
        client = signed_in(world[role])
        assert client.get(page_of(case)).status_code == status
        for name in acts:
            sent = {"action": name, "seen": token(case), "source": case.latest_revision_id}
            sent["reasons"] = "Because."
            assert client.post(page_of(case), sent).status_code == status
    assert [row.offered_at is not None for row in Translation.objects.all()] == [True]


def test_an_author_cannot_check_by_sending_the_form_of_the_contact_point(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"])
    offer(case, world["author"])
    client = signed_in(world["author"])
    for name in ("check", "show", "take_off"):
        sent = {"action": name, "seen": token(case), "source": case.latest_revision_id}
        assert client.post(page_of(case), sent).status_code == 422
    assert set(Translation.objects.values_list("state", flat=True)) == {"draft"}


@pytest.mark.parametrize("language", ["en", "de", "xx"])
def test_languages_that_are_none_of_ours_are_not_found(
    world: World, case: CaseStudyPage, language: str
) -> None:
    client = signed_in(world["author"])
    assert client.get(page_of(case, language)).status_code == 404
    assert client.post(page_of(case, language)).status_code == 404


def test_what_was_typed_waits_when_the_session_had_ended(world: World, case: CaseStudyPage) -> None:
    visitor = Visitor(world["author"]).open(page_of(case))
    visitor.client.logout()
    visitor.fill_in(title="Un titre").press("Save")
    visitor.client.force_login(world["author"], "django.contrib.auth.backends.ModelBackend")
    box = visitor.open(page_of(case)).page.select_one("input[name=title]")
    assert box is not None
    assert box["value"] == "Un titre"
    visitor.press("Save")
    assert Translation.objects.get().texts["title"] == "Un titre"
