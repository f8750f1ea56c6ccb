"""Pictures and files of a draft: kept at once, described, nobody else's."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from casestudies.models import CaseFile, CaseStudyPage
from casestudies.services.uploads import store_document, store_image
from portal.core.models import PortalDocument, PortalImage
from tests.factories.cases import make_case
from tests.factories.directory import make_administration, make_region, make_user
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def screen(case):
    return reverse("casestudies:share_step", args=[case.number, "materials"])


def picture():
    out = BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, format="PNG")
    return SimpleUploadedFile("gate.png", out.getvalue())


def manual():
    return SimpleUploadedFile("manual.pdf", b"%PDF-1.7\n...\n%%EOF\n")


def base_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).latest_revision_id


def draft_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def test_picture_is_kept_with_its_description(browser, case, screen):
    sent = {"images-new-file": picture(), "images-new-alternative_text": "A gate."}
    browser.post(screen, sent | {"base": base_of(case), "action": "add:images"})
    (image,) = draft_of(case).images.all()
    assert image.alternative_text == "A gate."
    assert "gate" not in image.image.file.name
    page = browser.get(screen).content.decode()
    assert image.image.get_rendition("max-240x180").url in page


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


def test_file_that_is_not_what_it_says_is_named_at_its_field(browser, case, screen):
    wrong = SimpleUploadedFile("manual.pdf", b"<html>")
    response = browser.post(screen, {"files-new-file": wrong, "base": base_of(case)})
    assert response.status_code == 422
    assert "files-new-file" in response.context["form"].errors
    assert not PortalDocument.objects.exists()


def test_picture_is_removed_with_its_button(browser, case, screen):
    sent = {"images-new-file": picture(), "images-new-alternative_text": "A gate."}
    browser.post(screen, sent | {"base": base_of(case)})
    row = {"images-0-image": PortalImage.objects.get().pk, "images-0-alternative_text": "A gate."}
    shown = browser.post(screen, row | {"base": base_of(case), "action": "remove:images-0"})
    assert not shown.context["form"].rows["images"]
    browser.post(screen, {"base": base_of(case)})
    assert not draft_of(case).images.exists()


def test_file_of_somebody_else_cannot_be_taken_by_its_number(browser, case, screen):
    stranger = make_user("contributor", administration=make_administration("france"))
    theirs = store_document(author=stranger, upload=manual())
    sent = {"files-0-document": theirs.pk, "files-0-title": "Mine", "base": base_of(case)}
    assert browser.post(screen, sent).status_code == 422
    assert not draft_of(case).files.exists()


def test_file_of_a_draft_is_for_its_own_side_only(author, malta, case):
    document = store_document(author=author, upload=manual())
    colleague = make_user("contact_point", administration=malta)
    coordinator = make_user("coordinator", region=malta.region)
    for friend in (author, colleague, coordinator):
        assert signed_in(friend).get(document.url).status_code == 200
    strangers = [
        make_user("contributor", administration=make_administration("france")),
        make_user("coordinator", region=make_region("asia-pacific")),
        make_user("member_reader", administration=malta),
    ]
    for stranger in strangers:
        assert signed_in(stranger).get(document.url).status_code == 404
    assert Client().get(document.url).status_code == 404


@pytest.mark.parametrize(("members_only", "status"), [(False, 200), (True, 404)])
def test_file_of_a_published_case_follows_its_own_circle(author, malta, members_only, status):
    document = store_document(author=author, upload=manual())
    published = make_case(administration=malta)
    CaseFile.objects.create(
        page=published, document=document, title="Manual", members_only=members_only
    )
    assert Client().get(document.url).status_code == status
    officer = make_user("member_reader", administration=make_administration("france"))
    assert signed_in(officer).get(document.url).status_code == 200


def test_file_of_a_case_for_members_is_not_public(author, malta):
    document = store_document(author=author, upload=manual())
    published = make_case(administration=malta, visibility="members")
    CaseFile.objects.create(page=published, document=document, title="Manual")
    assert Client().get(document.url).status_code == 404


def test_picture_can_be_seen_and_a_document_not_fetched_around_its_check(author, settings):
    document = store_document(author=author, upload=manual())
    image = store_image(author=author, upload=picture())
    rendition = image.get_rendition("max-100x100")
    shown = Client().get(rendition.url)
    assert shown["Content-Type"] == "image/png"
    for file in (document.file.name, image.file.name, f"images/../{document.file.name}"):
        assert Client().get(f"{settings.MEDIA_URL}{file}").status_code in (400, 404)
