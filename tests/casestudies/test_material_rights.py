"""Pictures and files are as restricted as the case they hang on, every size of them, at once."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from casestudies.models import CaseFile, CaseImage, CaseStudyPage
from casestudies.services.lifecycle import withdraw_case
from casestudies.services.refusals import Refused
from casestudies.services.reviewing import accept_invitation, invite_reviewer
from casestudies.services.uploads import store_document, store_image
from portal.core.models import PortalDocument, PortalImage
from tests.factories.cases import make_case
from tests.factories.directory import make_administration, make_region, make_user
from tests.factories.review import act, edit, fresh, make_draft, send
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.pictures import drawn
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db
# Who may fetch what, by the state of the case: the rows of the table below.
PEOPLE = ("nobody", "other Member", "neighbour", "colleague", "coordinator", "other coordinator")
TABLE = {
    "draft": {"colleague"},
    "public": {*PEOPLE},
    "members": {*PEOPLE} - {"nobody"},
    "region": {"neighbour", "colleague", "coordinator"},
    "withdrawn": {"colleague", "coordinator"},
}


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    # Wagtail remembers sizes by the picture's number, which the next test uses again.
    cache.clear()


@pytest.fixture
def people(malta):
    elsewhere = make_administration("kenya", region="east-southern-africa")
    accounts = {
        "other Member": make_user("contributor", administration=elsewhere),
        "neighbour": make_user("contact_point", administration=make_administration("france")),
        "colleague": make_user("expert_editor", administration=malta),
        "coordinator": make_user("coordinator", region=malta.region),
        "other coordinator": make_user("coordinator", region=make_region("asia-pacific")),
    }
    return {"nobody": Client()} | {name: signed_in(user) for name, user in accounts.items()}


@pytest.fixture
def image(author, malta) -> PortalImage:
    upload = SimpleUploadedFile("gate.png", drawn("PNG"))
    return store_image(author=author, administration=malta, upload=upload)


@pytest.fixture
def document(author, malta) -> PortalDocument:
    upload = SimpleUploadedFile("manual.pdf", pdf())
    return store_document(author=author, administration=malta, upload=upload)


def hang(case, image, document) -> None:
    """Hang a picture and a file on a case, in its latest text and in what is live."""
    case.images = [CaseImage(image=image, alternative_text="A gate.")]
    case.files = [CaseFile(document=document, title="Manual")]
    case.save_revision()
    if case.live:
        case.save()


def case_in(state: str, malta) -> CaseStudyPage:
    if state in ("draft", "withdrawn"):
        shown = {"first_published_at": "2026-01-01T00:00Z"} if state == "withdrawn" else {}
        return make_case(administration=malta, live=False, **shown)
    return make_case(administration=malta, visibility=state)


def draft_with_picture(world) -> tuple[CaseStudyPage, str]:
    """Give a draft of Malta with a picture on it, and the picture's address."""
    upload = SimpleUploadedFile("gate.png", drawn("PNG"))
    image = store_image(author=world["author"], administration=world.malta, upload=upload)
    case = make_draft(world)
    edit(case, world["author"], images=[CaseImage(image=image, alternative_text="A gate.")])
    return fresh(case), image.get_rendition("width-960").url


@pytest.mark.parametrize("state", TABLE)
def test_files_and_every_size_of_pictures_follow_their_case(
    people, malta, image, document, state
) -> None:
    hang(case_in(state, malta), image, document)
    addresses = [image.get_rendition("width-960").url, document.url]
    for name, browser in people.items():
        for address in addresses:
            response = browser.get(address)
            assert response.status_code == (200 if name in TABLE[state] else 404), (name, address)
            if name != "nobody":
                assert {"private", "no-store"} <= {*response["Cache-Control"].split(", ")}


def test_restricting_a_case_closes_its_old_addresses_at_once(people, malta, image, document):
    case = make_case(administration=malta)
    hang(case, image, document)
    addresses = [image.get_rendition("width-960").url, document.url]
    seen = {address: people["nobody"].get(address) for address in addresses}
    assert all(response.status_code == 200 for response in seen.values())
    for visibility in ("members", "region"):
        CaseStudyPage.objects.filter(pk=case.pk).update(visibility=visibility)
        for address, response in seen.items():
            known = {"HTTP_IF_NONE_MATCH": response["ETag"]}
            assert people["nobody"].get(address).status_code == 404
            assert people["nobody"].get(address, **known).status_code == 404


def test_public_file_is_kept_by_caches_and_asked_for_cheaply(people, malta, image, document):
    hang(make_case(administration=malta), image, document)
    for address in (image.get_rendition("width-960").url, document.url):
        first = people["nobody"].get(address)
        assert first["Cache-Control"] == "public, no-cache"
        with CaptureQueriesContext(connection) as asked:
            again = people["nobody"].get(address, HTTP_IF_NONE_MATCH=first["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert len(asked) <= 2


def test_coordinator_sees_the_files_of_a_draft_once_it_was_sent(world):
    case, address = draft_with_picture(world)
    coordinator = signed_in(world["coordinator"])
    assert coordinator.get(address).status_code == 404
    send(world, case)
    assert coordinator.get(address).status_code == 200
    assert signed_in(world["foreign_coordinator"]).get(address).status_code == 404


def test_reviewer_sees_the_files_from_accepting_on(world):
    case, address = draft_with_picture(world)
    send(world, case)
    act(case, world["contact"], "clear")
    reviewer = signed_in(world["reviewer"])
    assignment = invite_reviewer(
        case=fresh(case), reviewer=world["reviewer"], by=world["coordinator"]
    )
    assert reviewer.get(address).status_code == 404
    accept_invitation(assignment=assignment, by=world["reviewer"], no_conflict=True)
    assert reviewer.get(address).status_code == 200


def test_member_s_own_file_of_a_public_case_is_for_officers(people, malta, document):
    case = make_case(administration=malta)
    case.files = [CaseFile(document=document, title="Manual", members_only=True)]
    case.save()
    assert people["nobody"].get(document.url).status_code == 404
    assert people["other Member"].get(document.url).status_code == 200


def test_file_in_two_cases_is_as_open_as_the_more_open_one(people, malta, image, document):
    hang(make_case(administration=malta, visibility="region"), image, document)
    address = image.get_rendition("width-960").url
    assert people["nobody"].get(address).status_code == 404
    hang(make_case(administration=malta), image, document)
    assert people["nobody"].get(address).status_code == 200


def test_unpublished_file_of_another_member_is_seen_by_none_of_them(people, image, document):
    for name in ("nobody", "other Member", "neighbour", "coordinator", "other coordinator"):
        for address in (image.get_rendition("max-240x180").url, document.url):
            assert people[name].get(address).status_code == 404


def test_file_is_reached_by_no_other_address(author, settings, image, document, malta):
    hang(make_case(administration=malta), image, document)
    rendition = image.get_rendition("width-960")
    assert rendition.url == f"{settings.MEDIA_URL}{rendition.file.name}"
    for browser in (Client(), signed_in(author)):
        for file in (
            document.file.name,
            image.file.name,
            f"images/../{document.file.name}",
            "images/none.png",
        ):
            assert browser.get(f"{settings.MEDIA_URL}{file}").status_code in (400, 404)
        assert browser.get(f"/documents/{document.pk}/other.pdf").status_code == 404


def test_nobody_puts_a_file_into_the_library_of_another_member(author, image):
    france = make_administration("france")
    upload = SimpleUploadedFile("a.png", drawn("PNG"))
    with pytest.raises(Refused):
        store_image(author=author, administration=france, upload=upload)


def test_library_is_one_collection_for_each_administration(author, malta, image, document):
    assert image.collection == document.collection
    assert image.collection.name == malta.name
    assert Collection.objects.count() == 2


def test_withdrawing_closes_the_files_at_once(world):
    case, address = draft_with_picture(world)
    send(world, case)
    act(case, world["contact"], "clear")
    act(case, world["coordinator"], "publish")
    assert Client().get(address).status_code == 200
    withdraw_case(case=fresh(case), by=world["contact"], reason="It was wrong.")
    assert Client().get(address).status_code == 404
    assert signed_in(world["author"]).get(address).status_code == 200
