"""A search taken away: all of it that its reader may see, and nothing that computes."""

import csv
import io
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from openpyxl import load_workbook
from pytest_django import Settings

from casestudies.models import CaseStudyPage
from portal.core.csv_files import as_csv
from portal.core.text import harmless
from search import service
from search.criteria import Criteria
from search.engines import get_engine
from search.engines.base import EngineDown, RawResults, Request
from search.exports.files import as_xlsx
from search.service import find_all
from tests.factories.cases import make_case, make_collection
from tests.factories.directory import make_administration, make_user
from tests.search.looking import index_everything
from tests.search.test_page import links, page

pytestmark = pytest.mark.django_db
OPEN_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def csv_rows(client: Client, query: str = "", language: str = "en") -> list[dict[str, str]]:
    """Gives the rows of a search as CSV, by the names of the columns."""
    answer = client.get(f"/{language}/search/export.csv{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def xlsx_rows(client: Client, query: str = "", language: str = "en") -> list[tuple[object, ...]]:
    """Gives the rows of a search as a workbook, the heads first."""
    answer = client.get(f"/{language}/search/export.xlsx{query}")
    assert answer.status_code == 200
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.sheet_view.rightToLeft is (language == "ar")
    return list(sheet.iter_rows(values_only=True))


class TestRows:
    def test_a_row_says_what_a_result_is(self, client: Client) -> None:
        case = make_case(
            "Seals, locks and “more”",
            summary="First line,\nsecond line",
            topics=["transit"],
            year=2022,
            cost="gt-5m",
        )
        make_collection("Collected")
        index_everything()
        row = next(row for row in csv_rows(client) if row["Number"] == case.number)
        assert {name: value for name, value in row.items() if name != "Last updated"} == {
            "Number": case.number,
            "Kind": "Case study",
            "Title": "Seals, locks and “more”",
            "Short explanation": "First line,\nsecond line",
            "Language of the original": "English",
            "Region": "Europe",
            "Administration": "Malta",
            "Year put into practice": "2022",
            "Stage": "In operation",
            "Topics": "Transit",
            "Cost": "More than 5 million USD",
            "Level of trust": "Shared",
            "Address": f"http://testserver/en/europe/malta/{case.slug}/",
        }
        assert {row["Kind"] for row in csv_rows(client)} == {"Case study", "Collection"}

    def test_a_workbook_holds_the_same(self, client: Client) -> None:
        make_case("Sellos", language="es", year=2020)
        index_everything()
        heads, row = xlsx_rows(client, "?q=sellos")
        said = dict(zip(heads, row, strict=True))
        assert said["Title"] == "Sellos"
        assert said["Year put into practice"] == 2020
        assert heads == tuple(csv_rows(client)[0])
        xlsx_rows(client, language="ar")

    def test_words_are_in_the_language_of_the_page(self, client: Client) -> None:
        make_case("Transit")
        index_everything()
        (row,) = csv_rows(client, language="fr")
        assert row["Région"] == "Europe"

    def test_filters_words_and_order_are_those_of_the_page(self, client: Client) -> None:
        for title, stage in (("Transit one", "pilot"), ("Transit two", "pilot"), ("Other", "idea")):
            make_case(title, stage=stage)
        index_everything()
        rows = csv_rows(client, "?q=transit&stage=pilot&sort=newest&view=map&page=1")
        assert [row["Title"] for row in rows] == ["Transit two", "Transit one"]
        assert csv_rows(client, "?q=zzxqy") == []

    @pytest.mark.parametrize(
        "start", ["=1+1", "+1", "-1", "@A1", "\t=1", "\r=1", "\n=1", "＝1", "\x00=1", "\x0b@A"]
    )
    def test_no_text_is_taken_for_a_formula(self, client: Client, start: str) -> None:
        assert harmless(f"{start}HYPERLINK").startswith("'")
        assert harmless(f"x{start}") == "x" + harmless(start).lstrip("'")

    def test_a_title_that_looks_like_a_formula_is_none_in_both_files(self, client: Client) -> None:
        make_case('=HYPERLINK("http://evil.example")', summary="@SUM(A1)")
        index_everything()
        (row,) = csv_rows(client)
        assert row["Title"] == '\'=HYPERLINK("http://evil.example")'
        assert row["Short explanation"] == "'@SUM(A1)"
        answer = client.get("/en/search/export.xlsx")
        sheet = load_workbook(io.BytesIO(answer.content)).active
        assert sheet is not None
        assert sheet["C2"].data_type == "s"
        assert sheet["C2"].value == '\'=HYPERLINK("http://evil.example")'

    def test_any_letters_can_be_written(self) -> None:
        rows = [["نافذة \ud800 🚢", 1, None]]
        assert "نافذة" in as_csv(["a", "b", "c"], rows).decode()
        assert as_xlsx(["a", "b", "c"], [["نافذة", 1, None]], title="x", mirrored=True)


class TestWhole:
    def test_every_page_of_results_is_in_it_once(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 7)
        for number in range(30):
            make_case(f"Transit {number}")
        index_everything()
        titles = [row["Title"] for row in csv_rows(client, "?q=transit")]
        assert len(titles) == 30
        assert len(set(titles)) == 30

    def test_what_the_database_hides_meanwhile_cuts_nothing_else_off(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 5)
        cases = [make_case(f"Transit {number}") for number in range(11)]
        index_everything()
        CaseStudyPage.objects.filter(pk=cases[-1].pk).update(live=False)
        titles = {row["Title"] for row in csv_rows(client)}
        assert titles == {f"Transit {number}" for number in range(10)}

    def test_an_engine_that_goes_away_in_between_gives_no_half_of_a_file(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(service, "BATCH", 5)
        for number in range(11):
            make_case(f"Transit {number}")
        index_everything()
        search = get_engine().search

        def failing(request: Request) -> RawResults:
            if request.criteria.page > 1:
                raise EngineDown("gone")
            return search(request)

        monkeypatch.setattr(get_engine(), "search", failing)
        answer = client.get("/en/search/export.csv")
        assert answer.status_code == 503
        assert int(answer["Retry-After"]) > 0
        assert "Transit" not in answer.content.decode()

    def test_without_an_engine_there_is_no_file(self, client: Client, settings: Settings) -> None:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URLS = ["http://127.0.0.1:9"]
        assert client.get("/en/search/export.xlsx").status_code == 503


@pytest.mark.usefixtures("engine")
def test_both_engines_read_on_through_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 4)
    for number in range(10):
        make_case(f"Transit {number}")
    index_everything()
    for criteria in (Criteria(), Criteria(text="transit", filters={"region": ("europe",)})):
        hits = list(find_all(criteria, make_user()))
        assert {hit.title for hit in hits} == {f"Transit {number}" for number in range(10)}
        assert not any(hit.highlights for hit in hits)


class TestRights:
    def test_it_holds_what_its_reader_may_see_and_no_more(self, client: Client) -> None:
        make_case("Open to all")
        make_case("For officers", visibility="members")
        make_case("For the region", visibility="region")
        make_case("A draft", live=False)
        index_everything()
        assert [row["Title"] for row in csv_rows(client)] == ["Open to all"]
        kenya = make_administration("kenya", region="east-southern-africa")
        client.force_login(make_user("contributor", administration=kenya))
        assert {row["Title"] for row in csv_rows(client)} == {"Open to all", "For officers"}
        client.force_login(make_user("coordinator"))
        assert {row[2] for row in xlsx_rows(client)[1:]} == {
            "Open to all",
            "For officers",
            "For the region",
        }

    def test_a_file_for_a_person_is_not_kept_on_the_way(self, client: Client) -> None:
        client.force_login(make_user())
        assert "private" in client.get("/en/search/export.csv")["Cache-Control"]

    def test_too_many_files_are_refused_for_a_while(
        self, client: Client, settings: Settings
    ) -> None:
        settings.EXPORT_RATE = "2/min"
        index_everything()
        codes = [client.get("/en/search/export.csv").status_code for _number in range(3)]
        assert codes == [200, 200, 429]
        answer = client.get("/en/search/export.xlsx")
        assert 0 < int(answer["Retry-After"]) <= 60
        assert client.get("/api/v1/search").status_code == 200

    def test_only_reading_is_allowed(self, client: Client) -> None:
        assert client.post("/en/search/export.csv").status_code == 405


class TestWaysAway:
    def test_the_page_offers_the_same_search_in_every_format(self, client: Client) -> None:
        make_case("Transit", stage="pilot")
        index_everything()
        found = links(page(client, "/fr/search/?q=transit&stage=pilot&view=table"))
        assert "/fr/search/feed/?q=transit&stage=pilot" in found
        assert "/fr/search/export.csv?q=transit&stage=pilot" in found
        assert "/fr/search/export.xlsx?q=transit&stage=pilot" in found
        (address,) = [link for link in found if link.startswith("/api/v1/search")]
        answer = client.get(address).json()
        assert answer["total"] == 1
        assert answer["facets"]["stage"][0]["label"] == "Pilote"

    def test_nothing_found_is_no_file(self, client: Client) -> None:
        found = links(page(client, "/en/search/?q=zzxqy"))
        assert not any("export" in link for link in found)
        assert "/en/search/feed/?q=zzxqy" in found

    @pytest.mark.parametrize("language", ["en", "ar"])
    def test_browsers_find_how_to_search(self, client: Client, language: str) -> None:
        html = page(client, f"/{language}/search/")
        assert (
            f'rel="search" type="application/opensearchdescription+xml" href="/{language}/' in html
        )
        answer = client.get(f"/{language}/opensearch.xml")
        assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
        told = ElementTree.fromstring(answer.content)  # noqa: S314
        assert told.findtext(f"{OPEN_SEARCH}ShortName")
        assert told.findtext(f"{OPEN_SEARCH}Language") == language
        ways = {url.get("type"): url.get("template") for url in told.iter(f"{OPEN_SEARCH}Url")}
        assert ways["text/html"] == f"http://testserver/{language}/search/?q={{searchTerms}}"
        for way in (ways["text/html"], ways["application/json"], ways["application/atom+xml"]):
            asked = str(way).replace("http://testserver", "").replace("{searchTerms}", "transit")
            assert client.get(asked).status_code == 200
