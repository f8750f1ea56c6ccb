"""The library of an administration: listed, added to, described; closed to everybody else."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from casestudies.models import CaseImage
from casestudies.services.materials import describe_material, remove_material
from casestudies.services.refusals import Refused
from casestudies.services.uploads import store_document, store_image
from portal.core.models import PortalDocument, PortalImage
from tests.factories.directory import make_administration, make_user
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.pictures import drawn, from_a_telephone
from tests.support.visitor import Visitor, signed_in

pytestmark = pytest.mark.django_db
LIBRARY = "/en/workspace/library/"
SEND = "/en/workspace/library/send/"


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail remembers sizes by the picture's number, which the next test uses again.
    cache.clear()


@pytest.fixture
def image(author, malta) -> PortalImage:
    upload = SimpleUploadedFile("gate.png", drawn("PNG"))
    return store_image(author=author, administration=malta, upload=upload)


@pytest.fixture
def document(author, malta) -> PortalDocument:
    upload = SimpleUploadedFile("manual.pdf", pdf())
    return store_document(author=author, administration=malta, upload=upload)


@pytest.fixture
def strangers(malta):
    """People who do not write for Malta: each with what their client is."""
    france = make_administration("france")
    people = {
        "contributor of another Member": make_user("contributor", administration=france),
        "reader of the Member": make_user("member_reader", administration=malta),
        "coordinator of the region": make_user("coordinator", region=malta.region),
        "curator": make_user("curator"),
    }
    return {name: signed_in(person) for name, person in people.items()}


def sent(name="gate.png", content=None, **fields):
    file = SimpleUploadedFile(name, drawn("PNG") if content is None else content)
    return {"of": "MT", "kind": "pictures", "file": file} | fields


def test_colleagues_find_everything_in_one_place(colleague, case, image, document):
    case.images = [CaseImage(image=image, alternative_text="A gate.")]
    case.save_revision(user=colleague)
    pictures = Visitor(colleague).open(LIBRARY)
    assert "gate" in pictures.links()
    assert pictures.links()[case.number] == reverse(
        "casestudies:workspace_case", args=[case.number]
    )
    files = Visitor(colleague).open(f"{LIBRARY}?of=MT&kind=files")
    assert "manual" in files.links()
    assert "gate" not in files.links()


def test_several_files_are_added_without_scripts_and_bad_ones_are_named(browser):
    files = [
        SimpleUploadedFile("gate.png", drawn("PNG")),
        SimpleUploadedFile("page.png", b"<html>"),
        SimpleUploadedFile("port.jpg", drawn()),
    ]
    response = browser.post(LIBRARY, {"new-file": files})
    assert response.status_code == 422
    (error,) = response.context["errors"]
    assert error["text"].startswith("page.png: This is not a picture we can read.")
    assert {item.title for item in PortalImage.objects.all()} == {"gate", "port"}


def test_a_file_sent_by_a_script_is_answered_with_its_number(browser, malta):
    response = browser.post(SEND, sent(content=from_a_telephone(), name="gate.jpg"))
    kept = PortalImage.objects.get()
    assert (response.status_code, response.json()) == (201, {"id": kept.pk})
    assert kept.collection.library.administration == malta
    assert (kept.width, kept.height) == (20, 40)


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("a.svg", b"<svg/>", "pictures", "This is not a picture we can read."),
        ("a.pdf", b"<html>", "files", "The name of this file ends in .pdf"),
        ("a.pdf", pdf(b"/OpenAction<</S/JavaScript/JS(1)>>"), "files", "This PDF contains scripts"),
    ],
)
def test_a_file_refused_is_answered_with_the_reason_in_words(browser, name, content, kind, words):
    response = browser.post(SEND, sent(name, content, kind=kind))
    assert response.status_code == 422
    assert response.json()["reason"].startswith(words)
    assert not PortalImage.objects.exists()
    assert not PortalDocument.objects.exists()


def test_nobody_else_adds_to_a_library(strangers, malta):
    for browser in [*strangers.values(), Client()]:
        assert browser.post(SEND, sent()).status_code == 403
        browser.post(f"{LIBRARY}?of=MT", {"new-file": sent()["file"]})
    assert not PortalImage.objects.exists()


def test_nobody_else_sees_or_edits_what_is_in_it(strangers, image, document):
    for name, browser in strangers.items():
        assert browser.get(f"{LIBRARY}?of=MT").status_code in (200, 404), name
        assert image.title not in browser.get(LIBRARY).content.decode(), name
        for kind, item in (("pictures", image), ("files", document)):
            address = reverse("casestudies:material", args=[kind, item.pk])
            assert browser.get(address).status_code == 404, name
            assert browser.post(address, {"title": "Mine"}).status_code == 404, name
    assert (
        Client().get(reverse("casestudies:material", args=["files", document.pk])).status_code
        == 302
    )


def test_texts_are_edited_and_the_cases_keep_theirs(colleague, case, image):
    case.images = [CaseImage(image=image, alternative_text="As it was cleared.")]
    case.save_revision(user=colleague)
    page = Visitor(colleague).open(reverse("casestudies:material", args=["pictures", image.pk]))
    page.fill_in(title="The gate", description="A gate.", credit="Ann", licence="CC-BY-4.0")
    page.press("Save")
    image.refresh_from_db()
    texts = (image.title, image.description, image.credit, image.licence)
    assert texts == ("The gate", "A gate.", "Ann", "CC-BY-4.0")
    draft = case.get_latest_revision_as_object()
    assert draft.images.get().alternative_text == "As it was cleared."


def test_a_picture_in_the_library_is_not_left_without_description(browser, image):
    address = reverse("casestudies:material", args=["pictures", image.pk])
    response = browser.post(address, {"title": "Gate", "description": " "})
    assert response.status_code == 422
    assert "description" in response.context["form"].errors


def test_service_refuses_whoever_does_not_write_for_the_administration(image):
    stranger = make_user("contact_point", administration=make_administration("france"))
    with pytest.raises(Refused):
        describe_material(item=image, by=stranger, texts={"title": "Mine"})


def test_upload_in_the_admin_is_judged_as_everywhere(author):
    desk = signed_in(make_user("superuser"))
    secret = SimpleUploadedFile("holiday.jpg", from_a_telephone())
    desk.post("/admin/images/add/", {"title": "Holiday", "file": secret, "collection": 1})
    kept = PortalImage.objects.get()
    assert (kept.width, kept.height) == (20, 40)
    for name, content in (("a.svg", b"<svg/>"), ("a.jpg", b"<html>")):
        desk.post("/admin/images/add/", {"title": "x", "file": SimpleUploadedFile(name, content)})
    assert PortalImage.objects.count() == 1
    wrong = SimpleUploadedFile("law.pdf", b"<html>")
    shown = desk.post("/admin/documents/add/", {"title": "x", "file": wrong, "collection": 1})
    assert "its content is something else" in shown.content.decode()
    assert not PortalDocument.objects.exists()


def test_what_no_case_has_is_deleted_with_its_file_and_every_size(
    colleague, image, django_capture_on_commit_callbacks
):
    files = [image.file, image.get_rendition("max-240x180").file]
    page = Visitor(colleague).open(reverse("casestudies:material", args=["pictures", image.pk]))
    with django_capture_on_commit_callbacks(execute=True):
        page.open(page.links()["Delete it"]).press("Delete")
    assert not PortalImage.objects.exists()
    assert not any(file.storage.exists(file.name) for file in files)


def test_what_a_case_has_is_not_deleted(colleague, case, image):
    case.images = [CaseImage(image=image, alternative_text="A gate.")]
    case.save_revision(user=colleague)
    address = reverse("casestudies:material_remove", args=["pictures", image.pk])
    signed_in(colleague).post(address)
    with pytest.raises(Refused):
        remove_material(item=image, by=colleague)
    assert PortalImage.objects.exists()


def test_nobody_else_deletes_from_a_library(strangers, image):
    address = reverse("casestudies:material_remove", args=["pictures", image.pk])
    for browser in strangers.values():
        assert browser.post(address).status_code == 404
    assert PortalImage.objects.exists()
