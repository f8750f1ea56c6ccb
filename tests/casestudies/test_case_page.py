"""The page of one case: what it says, to whom, in which language, and in how many statements."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from casestudies.models import (
    CaseFile,
    CaseImage,
    CaseLink,
    CaseStudyPage,
    CaseVersion,
    Partner,
    RelatedCase,
    ResultRow,
    ReusableBlock,
)
from portal.core.models import PortalDocument, PortalImage
from portal.directory.models import Role
from tests.factories.cases import make_case, make_term, make_translation, make_tree
from tests.factories.directory import make_administration, make_region, make_user

pytestmark = pytest.mark.django_db


def page_of(case: CaseStudyPage, language: str = "en") -> str:
    return f"/{language}{case.url_path.removeprefix('/home')}"


def body_of(client: Client, case: CaseStudyPage, language: str = "en", query: str = "") -> str:
    response = client.get(page_of(case, language) + query)
    assert response.status_code == 200
    return response.content.decode()


def make_image(title: str) -> PortalImage:
    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    content = ImageFile(BytesIO(file.getvalue()), name=f"{title}.png")
    return PortalImage.objects.create(title=title, file=content)


def make_full_case(rows: int = 2, **fields: object) -> CaseStudyPage:
    """A case with so many of everything that repeats."""
    others = [make_case(f"Other {n}", administration=make_administration("fiji")) for n in range(2)]
    case = make_case(
        "A full case",
        topics=[f"topic-{n}" for n in range(min(rows, 5))],
        terms=[make_term("technology", f"technology-{n}") for n in range(rows)],
        results=[{"indicator": f"Indicator {n}", "before": "4", "after": "2"} for n in range(rows)],
        months=26,
        cost="1m-5m",
        transfer="A law must be in place.",
        **fields,
    )
    image = make_image("gate")
    document = PortalDocument(title="Leaflet")
    document.file.save("leaflet.txt", ContentFile(b"Leaflet"))
    for number in range(rows):
        place = make_administration(f"place-{number}")
        order = {"page": case, "sort_order": number}
        Partner.objects.create(kind="member", administration=place, name=f"P{number}", **order)
        ReusableBlock.objects.create(name=f"Block {number}", what="What it is", **order)
        CaseImage.objects.create(image=image, alternative_text=f"A gate {number}", **order)
        CaseFile.objects.create(document=document, title=f"File {number}", **order)
        CaseLink.objects.create(
            url=f"https://example.org/{number}", title=f"Link {number}", **order
        )
        RelatedCase.objects.create(kind="builds_on", target=others[number % 2], **order)
    return case


@pytest.fixture(autouse=True)
def _tree() -> None:
    make_tree()


def test_a_case_tells_its_facts_and_leaves_out_what_was_not_given(client: Client) -> None:
    case = make_case("Gates without queues", problem="Lorries waited.", topics=["transit"])
    body = body_of(client, case)
    assert '<h1 id="case-title">Gates without queues</h1>' in body
    assert "Lorries waited." in body
    assert f"{case.number}" in body
    assert 'href="/en/search/?topic=transit"' in body
    for absent in ("Technologies used", "What others can reuse", "Could we do this?", "Partners"):
        assert absent not in body


def test_a_full_case_shows_everything_that_was_given(client: Client) -> None:
    body = body_of(client, make_full_case())
    for shown in (
        "Indicator 1",
        "c-results__bar--after",
        "Block 1",
        "Could we do this?",
        "26 months",
        "1 to 5 million USD",
        "A law must be in place.",
        'alt="A gate 1"',
        "File 1",
        "Link 1",
        "Builds on",
    ):
        assert shown in body


def test_text_of_authors_is_never_markup(client: Client) -> None:
    attack = "<script>alert(1)</script>"
    case = make_case(
        f"Title {attack}",
        summary=attack,
        problem=attack,
        lessons=attack,
        results=[{"indicator": attack, "before": attack}],
        owner_unit=attack,
    )
    body = body_of(client, case)
    assert attack not in body
    assert body.count("&lt;script&gt;") >= 6


def test_a_french_case_under_arabic_keeps_its_language_and_the_interface_its_own(
    client: Client,
) -> None:
    case = make_case("Une porte sans file", language="fr", problem="Les camions attendaient.")
    body = body_of(client, case, "ar")
    assert '<html lang="ar" dir="rtl">' in body
    assert 'aria-labelledby="case-title" lang="fr" dir="ltr"' in body
    assert '<bdi lang="ar" dir="rtl">' in body
    assert "c-notice" in body


def test_a_case_in_the_language_of_the_interface_needs_no_notice(client: Client) -> None:
    body = body_of(client, make_case("Plain", problem="Lorries waited."))
    assert "There is no checked translation" not in body
    assert '<bdi lang="en" dir="ltr">' not in body


def test_a_checked_translation_is_shown_and_the_original_one_click_away(client: Client) -> None:
    case = make_case("Une porte", language="fr", problem="Les camions attendaient.", lessons="Peu.")
    make_translation(case, "en", title="A gate", problem="Lorries waited.")
    body = body_of(client, case)
    assert "Lorries waited." in body
    assert "Les camions attendaient." not in body
    assert "Translated from French and checked by the Customs administration" in body
    assert 'href="?original=1"' in body
    assert '<div class="c-lesson__text" lang="fr" dir="ltr"><p>Peu.</p></div>' in body
    original = body_of(client, case, query="?original=1")
    assert "Les camions attendaient." in original
    assert "Translated from French" not in original


def test_an_unchecked_translation_is_not_shown(client: Client) -> None:
    case = make_case("Une porte", language="fr")
    make_translation(case, "en", checked=False, title="A gate")
    assert "A gate" not in body_of(client, case)


def test_an_outdated_or_discontinued_case_says_so(client: Client) -> None:
    past = timezone.localdate().replace(year=timezone.localdate().year - 1)
    body = body_of(client, make_case("Old", review_by=past, stage="discontinued"))
    assert "This case may be out of date" in body
    assert "This was discontinued" in body


def test_an_illustration_says_so(client: Client) -> None:
    assert "Illustration:" in body_of(client, make_case("Shown", is_illustration=True))
    assert "Illustration:" not in body_of(client, make_case("Real"))


def test_the_person_to_ask_is_named_to_officers_only(client: Client) -> None:
    case = make_case("Ask", contact_name="Rose Camilleri", owner_mailbox="unit@customs.example")
    anonymous = body_of(client, case)
    assert "unit@customs.example" in anonymous
    assert "Rose Camilleri" not in anonymous
    client.force_login(make_user())
    assert "Rose Camilleri" not in body_of(client, case)
    client.force_login(make_user(Role.MEMBER_READER, administration=make_administration("fiji")))
    assert "Rose Camilleri" in body_of(client, case)


def test_a_file_for_members_is_listed_to_officers_only(client: Client) -> None:
    case = make_full_case(1)
    CaseFile.objects.filter(page=case).update(members_only=True)
    assert "File 0" not in body_of(client, case)
    client.force_login(make_user(Role.MEMBER_READER, administration=make_administration("fiji")))
    assert "File 0" in body_of(client, case)


def test_a_related_case_that_the_reader_may_not_read_is_left_out(client: Client) -> None:
    case = make_case("Open")
    closed = make_case("Closed to visitors", visibility="members")
    RelatedCase.objects.create(page=case, kind="builds_on", target=closed, sort_order=0)
    assert "Closed to visitors" not in body_of(client, case)
    client.force_login(make_user(Role.CONTRIBUTOR, administration=make_administration("fiji")))
    assert "Closed to visitors" in body_of(client, case)


@pytest.mark.parametrize(
    ("visibility", "anonymous", "elsewhere", "same_region", "curator"),
    [
        ("public", 200, 200, 200, 200),
        ("members", 404, 200, 200, 200),
        ("region", 404, 404, 200, 200),
    ],
)
def test_a_case_is_served_to_its_readers_only(
    client: Client,
    visibility: str,
    anonymous: int,
    elsewhere: int,
    same_region: int,
    curator: int,
) -> None:
    case = make_case("Measured", administration=make_administration(), visibility=visibility)
    pacific = make_administration("fiji", region=make_region("asia-pacific"))
    readers = {
        None: anonymous,
        make_user(Role.CONTRIBUTOR, administration=pacific): elsewhere,
        make_user(Role.CONTRIBUTOR, administration=make_administration("france")): same_region,
        make_user(Role.CURATOR): curator,
    }
    for reader, expected in readers.items():
        client.logout()
        if reader:
            client.force_login(reader)
        assert client.get(page_of(case)).status_code == expected
        permanent = client.get(f"/en/cases/{case.number}/")
        assert permanent.status_code == (302 if expected == 200 else 404)


def test_the_permanent_address_follows_a_case_that_has_moved(client: Client) -> None:
    case = make_case("Moved")
    case.slug = "new"
    case.save()
    response = client.get(f"/fr/cases/{case.number}/?original=1")
    assert response.status_code == 302
    assert response["Location"] == "/fr/europe/malta/new/?original=1"


def test_drafts_and_unknown_numbers_are_not_found(client: Client) -> None:
    draft = make_case("A secret title", live=False)
    for address in (page_of(draft), f"/en/cases/{draft.number}/", "/en/cases/CS-2026-000000/"):
        response = client.get(address)
        assert response.status_code == 404
        assert b"A secret title" not in response.content


def withdraw(case: CaseStudyPage) -> None:
    CaseStudyPage.objects.filter(pk=case.pk).update(
        live=False, withdrawn_at=timezone.now(), withdrawn_reason="A reason for insiders"
    )


def test_a_case_withdrawn_in_public_is_gone_with_its_number_and_title(client: Client) -> None:
    case = make_case("Taken back", problem="Lorries waited.")
    withdraw(case)
    for address in (page_of(case), f"/en/cases/{case.number}/"):
        response = client.get(address)
        body = response.content.decode()
        assert response.status_code == 410
        assert "Taken back" in body
        assert str(case.number) in body
        assert "Lorries waited." not in body
        assert "insiders" not in body


def test_a_case_withdrawn_from_officers_is_not_found(client: Client) -> None:
    case = make_case("Taken back", visibility="members")
    withdraw(case)
    for address in (page_of(case), f"/en/cases/{case.number}/"):
        assert client.get(address).status_code == 404


def test_a_case_is_cited_with_number_version_and_address(client: Client) -> None:
    case = make_case("Gates.")
    CaseVersion.objects.create(page=case, number=3, published_at=timezone.now())
    body = body_of(client, case)
    year = timezone.now().year
    assert f"<bdi>Malta</bdi>, Customs administration ({year}). <bdi>Gates</bdi>." in body
    assert f"version 3. Customs Forum. <bdi>http://testserver/en/cases/{case.number}/</bdi>" in body


def test_a_draft_shows_its_latest_words_in_the_preview(client: Client) -> None:
    case = make_case("First words", live=False)
    author = make_user(Role.CONTRIBUTOR, administration=case.administration)
    case.title = "Latest words"
    case.results = [ResultRow(indicator="Hours", before="3", after="1")]
    case.save_revision(user=author)
    client.force_login(author)
    body = client.get(f"/en/share/{case.number}/preview/").content.decode()
    assert "Latest words" in body
    assert "Hours" in body
    assert "This is how readers will see it." in body


@pytest.mark.parametrize("rows", [5, 50])
def test_a_case_page_costs_twelve_statements_at_most(
    client: Client,
    rows: int,
    django_assert_max_num_queries: Callable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("casestudies.readers.case.KEPT_FOR", 0)
    case = make_full_case(rows, language="fr")
    CaseVersion.objects.create(page=case, number=1, published_at=timezone.now())
    make_translation(case, "en", title="A translation")
    body_of(client, case)
    with django_assert_max_num_queries(12):
        body_of(client, case)
    client.force_login(make_user(Role.MEMBER_READER, administration=make_administration("fiji")))
    # A session, a person, and what the bell has to tell them.
    with django_assert_max_num_queries(15):
        body_of(client, case)


def test_a_drawing_is_used_again_until_a_word_or_the_reader_changes(
    client: Client, django_assert_max_num_queries: Callable
) -> None:
    case = make_full_case(2, contact_name="Rose Camilleri")
    CaseVersion.objects.create(page=case, number=1, published_at=timezone.now())
    CaseFile.objects.filter(page=case).update(members_only=True)
    first = body_of(client, case)
    with django_assert_max_num_queries(2):
        assert body_of(client, case) == first
    CaseStudyPage.objects.filter(pk=case.pk).update(problem="Another problem.")
    assert "Another problem." in body_of(client, case)
    assert '<html lang="fr"' in body_of(client, case, "fr")
    client.force_login(make_user(Role.MEMBER_READER, administration=make_administration("fiji")))
    assert "File 0" in body_of(client, case)
    client.logout()
    anonymous = body_of(client, case)
    assert "File 0" not in anonymous
    assert "Rose Camilleri" not in anonymous


def test_a_related_case_that_was_withdrawn_disappears_at_once(client: Client) -> None:
    case, other = make_case("Stays"), make_case("Goes away")
    CaseVersion.objects.create(page=case, number=1, published_at=timezone.now())
    RelatedCase.objects.create(page=case, kind="builds_on", target=other, sort_order=0)
    assert "Goes away" in body_of(client, case)
    withdraw(other)
    assert "Goes away" not in body_of(client, case)
