"""The pages around the cases: home, regions, administrations, collections, standing pages, maps."""

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client

from casestudies.models import Partner
from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import RegionalBody, Role
from portal.home.markdown import safe_html
from portal.home.models import StandardPage, StandardPageText
from tests.factories.cases import (
    administration_page,
    forum_page,
    make_case,
    make_collection,
    make_tree,
)
from tests.factories.directory import make_administration, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tree() -> None:
    make_tree()


def body_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def region_row(body: str, region: str) -> str:
    """The row of a region in the table beside the map."""
    rows = body[body.index("<tbody>") : body.index("</tbody>")].split("</tr>")
    return next(row for row in rows if f"/{region}/" in row)


def fill(rows: int) -> None:
    """So many cases of so many administrations, and a collection of all."""
    cases = [
        make_case(
            f"Case {n}",
            administration=make_administration(f"place-{n}"),
            topics=[f"topic-{n % 7}", "transit"],
        )
        for n in range(rows)
    ]
    make_collection("All of them", cases=cases, featured=True)
    for number in range(5):
        RegionalBody.objects.create(
            region=make_region(),
            kind="rtc",
            name=f"Centre {number}",
            administration=make_administration(f"place-{number}"),
        )


def test_home_counts_what_the_reader_may_read(client: Client) -> None:
    make_case("Open to all")
    make_case("For officers", visibility="members")
    anonymous = body_of(client, "/en/")
    assert "For officers" not in anonymous
    assert region_row(anonymous, "europe").endswith('number">1</td>')
    client.force_login(make_user(Role.CONTRIBUTOR, administration=make_administration("fiji")))
    signed_in = body_of(client, "/en/")
    assert "For officers" in signed_in
    assert region_row(signed_in, "europe").endswith('number">2</td>')


def test_home_shows_the_featured_collection_with_its_reason(client: Client) -> None:
    make_collection("Chosen", featured=True, introduction="Because waiting costs most.")
    make_collection("Not chosen")
    body = body_of(client, "/en/")
    assert "Because waiting costs most." in body
    assert "Not chosen" not in body


def test_an_empty_home_tells_the_next_step(client: Client) -> None:
    body = body_of(client, "/en/")
    assert "Nothing published yet" in body
    assert 'href="/en/share/"' in body


def test_a_region_lists_every_member_with_true_counts(client: Client) -> None:
    malta = make_administration("malta")
    make_administration("france")
    make_case("One", administration=malta)
    make_case("Two", administration=malta, visibility="region")
    body = body_of(client, "/en/europe/")
    assert '<a href="/en/europe/malta/"><bdi>Malta</bdi></a>' in body
    assert "<li><bdi>France</bdi>" in body
    assert "2 Members" in body
    assert "Two" not in body
    client.force_login(make_user(Role.CONTRIBUTOR, administration=make_administration("france")))
    assert "Two" in body_of(client, "/en/europe/")


def test_a_region_says_who_runs_it_and_when_it_meets(client: Client) -> None:
    region = make_region()
    RegionalBody.objects.create(
        region=region, kind="vice_chair", administration=make_administration()
    )
    RegionalBody.objects.create(region=region, kind="rocb", name="Gone", until="2020-01-01")
    page = forum_page(region)
    page.next_meeting, page.next_meeting_date = "Heads of Customs Conference", "2027-05-12"
    page.save()
    body = body_of(client, "/en/europe/")
    assert "Vice-Chair" in body
    assert "Gone" not in body
    assert "12 May 2027" in body


def test_a_region_leads_to_the_search_of_its_topics(client: Client) -> None:
    make_case("Transit", topics=["transit"])
    body = body_of(client, "/en/europe/")
    assert "/en/search/?region=europe&amp;topic=transit" in body


def test_only_its_coordinators_are_sent_to_the_queue(client: Client) -> None:
    client.force_login(make_user(Role.COORDINATOR, region=make_region("europe")))
    assert "You coordinate this region." in body_of(client, "/en/europe/")
    assert "You coordinate this region." not in body_of(client, "/en/asia-pacific/")


def test_an_administration_lists_its_cases_in_parts(client: Client) -> None:
    malta = make_administration()
    for number in range(25):
        make_case(f"Case {number:02}", administration=malta)
    first = body_of(client, "/en/europe/malta/")
    second = body_of(client, "/en/europe/malta/?page=2")
    assert "25 experiences" in first
    assert first.count('<article class="c-item">') == 20
    assert second.count('<article class="c-item">') == 5


@pytest.mark.parametrize("page", ["0", "-1", "999999999", "abc", "1.5"])
def test_a_part_that_is_not_there_is_not_found(client: Client, page: str) -> None:
    administration_page(make_administration())
    assert client.get("/en/europe/malta/", {"page": page}).status_code == 404


def test_an_administration_shows_where_it_was_a_partner(client: Client) -> None:
    malta = make_administration()
    administration_page(malta)
    case = make_case("Together", administration=make_administration("france"))
    hidden = make_case("Hidden", administration=make_administration("france"), visibility="members")
    for page in (case, hidden):
        Partner.objects.create(page=page, kind="member", administration=malta, sort_order=0)
    body = body_of(client, "/en/europe/malta/")
    assert "Partner in 1 experience of others" in body
    assert "Together" in body
    assert "Hidden" not in body


def test_a_collection_leaves_out_what_the_reader_may_not_read(client: Client) -> None:
    cases = [make_case("First"), make_case("Second", visibility="members"), make_case("Third")]
    collection = make_collection("Chosen", cases=cases)
    address = f"/en/europe/{collection.slug}/"
    anonymous = body_of(client, address)
    assert "Second" not in anonymous
    assert "2 experiences" in anonymous
    assert anonymous.count("c-item__number") == 2
    assert anonymous.index("First") < anonymous.index("Third")
    client.force_login(make_user(Role.CURATOR))
    assert "Chosen: Second" in body_of(client, address)


def test_all_collections_are_listed_with_true_counts(client: Client) -> None:
    make_collection("Chosen", cases=[make_case("One"), make_case("Two", visibility="members")])
    make_collection("A draft", live=False)
    body = body_of(client, "/en/collections/")
    assert "Chosen" in body
    assert "1 experience<" in body
    assert "A draft" not in body


def test_names_with_markup_stay_text(client: Client) -> None:
    attack = "<script>alert(1)</script>"
    collection = make_collection(attack, summary=attack, introduction=attack, featured=True)
    for address in ("/en/", "/en/europe/", f"/en/europe/{collection.slug}/", "/en/collections/"):
        body = body_of(client, address)
        assert attack not in body
        assert "&lt;script&gt;" in body


def test_standing_pages_are_there_in_six_languages(client: Client) -> None:
    call_command("setup_portal")
    texts = set()
    for slug in ("about", "accessibility", "data", "licence"):
        for code in LANGUAGE_CODES:
            body = body_of(client, f"/{code}/{slug}/")
            assert f'<article lang="{code}"' in body
            texts.add(body.split("<article")[1].split("</article>")[0])
    assert len(texts) == 24


def test_a_standing_page_falls_back_to_english(client: Client) -> None:
    page = StandardPage(title="Terms", slug="terms")
    page.texts = [StandardPageText(language="en", title="Terms", body="Be **kind**.")]
    make_tree().add_child(instance=page)
    body = body_of(client, "/ar/terms/")
    assert '<article lang="en" dir="ltr">' in body
    assert "Be <strong>kind</strong>." in body


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "[x](data:text/html;base64,PHN2Zz4=)",
    ],
)
def test_markdown_cannot_act(text: str) -> None:
    drawn = safe_html(text)
    assert "<script" not in drawn
    assert "<img" not in drawn
    assert "href" not in drawn


def test_the_map_of_the_site_names_six_languages_and_nothing_closed(client: Client) -> None:
    case = make_case("Open")
    closed = make_case("Closed", visibility="members")
    body = body_of(client, "/sitemap.xml")
    for code in LANGUAGE_CODES:
        address = f"http://testserver/{code}/europe/malta/{case.slug}/"
        assert f"<loc>{address}</loc>" in body
        assert f'hreflang="{code}" href="{address}"' in body
    assert closed.slug not in body


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    body = body_of(client, "/robots.txt")
    assert "Sitemap: http://testserver/sitemap.xml" in body
    assert "Disallow: /*/share/" in body


@pytest.mark.parametrize("rows", [5, 50])
@pytest.mark.parametrize(
    ("address", "limit"),
    [
        ("/en/", 9),
        ("/en/europe/", 12),
        ("/en/europe/place-0/", 9),
        ("/en/europe/{collection}/", 6),
        ("/en/collections/", 5),
    ],
)
def test_pages_cost_the_same_whatever_the_number_of_rows(
    client: Client, address: str, limit: int, rows: int, django_assert_max_num_queries: Callable
) -> None:
    fill(rows)
    collection = make_collection("One more", cases=[make_case("Another")])
    full = address.format(collection=collection.slug)
    body_of(client, full)
    with django_assert_max_num_queries(limit):
        body_of(client, full)
    client.force_login(make_user(Role.MEMBER_READER, administration=make_administration("fiji")))
    body_of(client, full)
    with django_assert_max_num_queries(limit + 3):
        body_of(client, full)
