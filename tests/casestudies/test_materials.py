"""Pictures and files of a draft: kept at once, described, nobody else's."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casestudies.models import CaseStudyPage
from casestudies.models.fields import IMAGES_LIMIT
from casestudies.services.materials import describe_material
from casestudies.services.uploads import store_document, store_image
from portal.core.models import PortalDocument, PortalImage
from tests.factories.directory import make_administration, make_user
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.pictures import drawn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail remembers sizes by the picture's number, which the next test uses again.
    cache.clear()


@pytest.fixture
def screen(case):
    return reverse("casestudies:share_step", args=[case.number, "materials"])


def picture(name="gate.png"):
    return SimpleUploadedFile(name, drawn("PNG", size=(30, 20)))


def stored_picture(author, administration):
    return store_image(author=author, administration=administration, upload=picture())


def manual():
    return SimpleUploadedFile("manual.pdf", pdf())


def base_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).latest_revision_id


def draft_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def test_pictures_are_sent_several_at_once_and_wait_for_their_descriptions(browser, case, screen):
    sent = {"images-new-file": [picture("gate.png"), picture("scanner.png")]}
    shown = browser.post(screen, sent | {"base": base_of(case), "action": "add:images"})
    assert shown.status_code == 200
    gate, scanner = PortalImage.objects.order_by("pk")
    assert (gate.title, scanner.title) == ("gate", "scanner")
    assert "gate" not in gate.file.name
    form = shown.context["form"]
    assert form.rows["images"] == 2
    assert form["images-1-image"].value() == str(scanner.pk)
    assert gate.get_rendition("max-240x180").url in shown.content.decode()
    assert not draft_of(case).images.exists()


def test_picture_is_kept_with_its_description_credit_and_licence(browser, case, screen, malta):
    texts = {"alternative_text": "A gate.", "credit": "Port of Malta", "licence": "CC-BY-SA-4.0"}
    image = stored_picture(case.owner, malta)
    row = {f"images-0-{name}": text for name, text in texts.items()}
    sent = {"images-0-image": image.pk, "base": base_of(case)}
    assert browser.post(screen, sent | row).status_code == 302
    kept = draft_of(case).images.get()
    assert {name: getattr(kept, name) for name in texts} == texts


def test_first_words_of_a_case_go_with_the_picture_and_later_ones_do_not(
    browser, case, screen, malta
):
    image = stored_picture(case.owner, malta)
    for words in ("A gate.", "The same gate, a year later."):
        sent = {"images-0-image": image.pk, "images-0-alternative_text": words}
        assert browser.post(screen, sent | {"base": base_of(case)}).status_code == 302
        assert draft_of(case).images.get().alternative_text == words
        image.refresh_from_db()
        assert image.description == "A gate."


def test_picture_without_description_waits_in_the_form(browser, case, screen):
    sent = {"images-new-file": picture(), "video": "https://example.org/v", "base": base_of(case)}
    response = browser.post(screen, sent)
    stored = PortalImage.objects.get()
    assert response.status_code == 422
    assert "images-0-alternative_text" in response.context["form"].errors
    described = {
        "images-0-image": stored.pk,
        "images-0-alternative_text": "A gate.",
        "video": "https://example.org/v",
        "base": base_of(case),
    }
    assert browser.post(screen, described).status_code == 302
    assert draft_of(case).images.get().image_id == stored.pk


def test_good_files_are_kept_and_each_bad_one_is_named_with_its_reason(browser, case, screen):
    bad = [
        SimpleUploadedFile("drawing.svg", b"<svg/>"),
        SimpleUploadedFile("cut.jpg", drawn(size=(400, 400))[:-900]),
    ]
    sent = {"images-new-file": [bad[0], picture(), bad[1]], "base": base_of(case)}
    response = browser.post(screen, sent | {"action": "add:images"})
    assert response.status_code == 422
    first, second = response.context["form"].errors["images-new-file"]
    assert first.startswith("drawing.svg: This is not a picture we can read.")
    assert second.startswith("cut.jpg: This file is damaged or cut short.")
    assert "images-0-alternative_text" not in response.context["form"].errors
    assert response.context["form"].rows["images"] == 1


def test_more_pictures_than_there_is_room_for_are_not_stored(browser, case, screen):
    sent = {"images-new-file": [picture() for _number in range(IMAGES_LIMIT + 1)]}
    response = browser.post(screen, sent | {"base": base_of(case), "action": "add:images"})
    assert response.status_code == 422
    assert response.context["form"].rows["images"] == IMAGES_LIMIT
    assert PortalImage.objects.count() == IMAGES_LIMIT


def test_file_that_is_not_what_it_says_is_named_at_its_field(browser, case, screen):
    wrong = SimpleUploadedFile("manual.pdf", b"<html>")
    response = browser.post(screen, {"files-new-file": wrong, "base": base_of(case)})
    assert response.status_code == 422
    assert "files-new-file" in response.context["form"].errors
    assert not PortalDocument.objects.exists()


def test_picture_is_removed_with_its_button(browser, case, screen, malta):
    image = stored_picture(case.owner, malta)
    row = {"images-0-image": image.pk, "images-0-alternative_text": "A gate."}
    browser.post(screen, row | {"base": base_of(case)})
    assert draft_of(case).images.exists()
    shown = browser.post(screen, row | {"base": base_of(case), "action": "remove:images-0"})
    assert not shown.context["form"].rows["images"]
    browser.post(screen, {"base": base_of(case)})
    assert not draft_of(case).images.exists()


def test_picture_of_a_colleague_is_taken_from_the_library_with_its_texts(
    browser, case, screen, malta, colleague
):
    image = stored_picture(colleague, malta)
    texts = {"title": "Gate", "description": "A gate.", "credit": "Ann", "licence": "CC-BY-4.0"}
    describe_material(item=image, by=colleague, texts=texts)
    assert f'value="{image.pk}"' in browser.get(screen).content.decode()
    sent = {"images-pick": image.pk, "base": base_of(case), "action": "add:images"}
    form = browser.post(screen, sent).context["form"]
    row = {name: form[name].value() for name in form.fields if name.startswith("images-0-")}
    assert row == {
        "images-0-image": str(image.pk),
        "images-0-alternative_text": "A gate.",
        "images-0-caption": None,
        "images-0-credit": "Ann",
        "images-0-licence": "CC-BY-4.0",
    }
    saved = {name: value or "" for name, value in row.items()} | {"base": base_of(case)}
    assert browser.post(screen, saved).status_code == 302
    assert draft_of(case).images.get().image == image


def test_nothing_is_taken_from_the_library_of_another_member(browser, case, screen):
    france = make_administration("france")
    theirs = stored_picture(make_user("contributor", administration=france), france)
    sent = {"images-pick": theirs.pk, "base": base_of(case), "action": "add:images"}
    assert browser.post(screen, sent).context["form"].rows["images"] == 0
    assert theirs.get_rendition("max-240x180").url not in browser.get(screen).content.decode()


def test_file_of_somebody_else_cannot_be_taken_by_its_number(browser, case, screen):
    france = make_administration("france")
    stranger = make_user("contributor", administration=france)
    theirs = store_document(author=stranger, administration=france, upload=manual())
    sent = {"files-0-document": theirs.pk, "files-0-title": "Mine", "base": base_of(case)}
    assert browser.post(screen, sent).status_code == 422
    assert not draft_of(case).files.exists()
