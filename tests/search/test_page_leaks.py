"""What the public may not read never shows: not as a hit, a count, a facet, a mark or a line."""

import pytest
from django.test import Client

from casestudies.models import CaseStudyPage
from search.worker import drain, record_everything
from tests.factories.cases import make_case, make_collection, make_term
from tests.factories.directory import make_administration, make_user

pytestmark = pytest.mark.django_db
SECRET = "Zanzibarite"
PLACES = (
    "/en/search/?q=zanzibarite",
    "/en/search/?q=zanzibarote",
    "/en/search/?q=zanzib",
    "/api/v1/search?q=zanzibarote",
    "/en/search/",
    "/en/search/?view=table",
    "/en/search/?view=map",
    "/en/search/feed/?q=zanzibarite",
    "/en/search/feed/",
    "/en/search/suggest/?q=zanzibarite",
    "/en/search/suggest/?q=za",
    "/en/search/suggest/?q=zanzibarote",
    "/en/search/suggest/?q=transit",
    "/en/search/export.csv",
    "/en/search/?q=zanzibarite&stage=idea&region=europe",
    "/api/v1/search?q=zanzibarite",
    "/api/v1/search",
    "/api/v1/case-studies",
    "/api/v1/collections",
)


def make_hidden(visibility: str = "members", *, live: bool = True) -> CaseStudyPage:
    """Makes a case that the public must not learn of, with values that only it has."""
    kenya = make_administration("kenya", region="east-southern-africa")
    return make_case(
        f"{SECRET} in transit",
        live=live,
        visibility=visibility,
        administration=kenya,
        summary=f"A word on {SECRET}.",
        topics=["canine-units"],
        terms=[make_term("technology", "drones")],
        stage="pilot",
        year=1999,
        language="pt",
    )


@pytest.fixture(params=["members", "region", "draft"])
def hidden(request: pytest.FixtureRequest) -> CaseStudyPage:
    """A case that the public may not read, in each way, beside one and a collection it may."""
    visible = make_case("Transit under seal")
    if request.param == "draft":
        case = make_hidden("public", live=False)
    else:
        case = make_hidden(request.param)
    make_collection("Collected", cases=[visible, case])
    drain()
    return case


@pytest.mark.parametrize("address", PLACES)
def test_no_word_of_it_reaches_the_public(
    client: Client, hidden: CaseStudyPage, address: str
) -> None:
    html = client.get(address).content.decode()
    for word in (SECRET, hidden.number, "canine", "drones", "pilot"):
        assert str(word) not in html
    assert 'value="kenya"' not in html


def test_no_count_tells_of_it(client: Client, hidden: CaseStudyPage) -> None:
    answer = client.get("/api/v1/search?stage=pilot&stage=operation&kind=case").json()
    assert answer["total"] == 1
    assert {"value": "pilot", "label": "Pilot", "count": 0, "selected": True} in answer["facets"][
        "stage"
    ]
    assert client.get("/api/v1/search?q=zanzibarite").json()["total"] == 0
    regions = client.get("/api/v1/regions").json()["results"]
    assert {row["slug"]: row["cases"] for row in regions}["east-southern-africa"] == 0
    places = client.get("/api/v1/administrations").json()["results"]
    assert {row["slug"]: row["cases"] for row in places}["kenya"] == 0
    topics = client.get("/api/v1/topics").json()["results"]
    assert {row["slug"]: row["count"] for row in topics}["canine-units"] == 0


def test_it_has_no_address_of_its_own(client: Client, hidden: CaseStudyPage) -> None:
    assert client.get(f"/api/v1/case-studies/{hidden.number}").status_code == 404


def test_collections_leave_it_out(client: Client, hidden: CaseStudyPage) -> None:
    (line,) = client.get("/api/v1/collections").json()["results"]
    assert line["cases"] == 1
    whole = client.get(f"/api/v1/collections/{line['id']}").json()
    assert [item["case"]["title"] for item in whole["items"]] == ["Transit under seal"]
    assert SECRET not in str(whole)


def test_an_officer_finds_what_is_for_members(client: Client) -> None:
    case = make_hidden()
    drain()
    client.force_login(make_user("contributor", administration=make_administration("malta")))
    answer = client.get("/api/v1/search?q=zanzibarite")
    assert [hit["id"] for hit in answer.json()["results"]] == [case.number]
    assert "private" in answer["Cache-Control"]
    assert client.get(f"/api/v1/case-studies/{case.number}").status_code == 200
    assert SECRET in client.get("/en/search/?q=zanzibarite").content.decode()


def test_only_officers_of_the_region_find_what_is_for_it(client: Client) -> None:
    make_hidden("region")
    drain()
    client.force_login(make_user("contributor", administration=make_administration("malta")))
    assert client.get("/api/v1/search?q=zanzibarite").json()["total"] == 0
    client.force_login(make_user("contributor", administration=make_administration("kenya")))
    assert client.get("/api/v1/search?q=zanzibarite").json()["total"] == 1


def test_a_case_that_goes_back_to_its_members_leaves_at_once(client: Client) -> None:
    case = make_hidden("public")
    drain()
    assert client.get("/api/v1/search?q=zanzibarite").json()["total"] == 1
    CaseStudyPage.objects.filter(pk=case.pk).update(visibility="members")
    html = client.get("/en/search/?q=zanzibarite").content.decode()
    assert f"{SECRET} in transit" not in html
    record_everything()
    drain()
    assert client.get("/api/v1/search?q=zanzibarite").json()["total"] == 0
