"""Odd and hostile questions: the page, the API and the feed always answer, and never with 500."""

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.test import Client, override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.worker import drain
from tests.factories.cases import make_case
from tests.search.hostile import NAMES

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PLACES = (
    "/en/search/",
    "/ar/search/feed/",
    "/fr/search/export.csv",
    "/ru/search/suggest/",
    "/api/v1/search",
)
ALL_NAMES = [*NAMES, "q"]
WORDS = [
    "\"quoted'",
    "nul\x00byte",
    "word " * 400,
    "x" * 10_000,
    "   \t ",
    "🚢📦🇲🇹",
    "\u202eelbat\u202c \u200fنافذة\u200e",
    "a AND (b OR",
    "title:* +- && || ! ( ) { } [ ] ^ ~ ? : \\ /",
    "%(subject)s {0} {{ x }}",
    "'; DROP TABLE--",
    "\ud800",
    "*",
    "\\",
]


@pytest.fixture(autouse=True)
def _as_many_files_as_wanted() -> Iterator[None]:
    with override_settings(EXPORT_RATE="100000/min"):
        yield


@pytest.fixture
def one_case() -> None:
    """One experience in the index."""
    make_case("Transit under seal", topics=["transit"])
    drain()


@pytest.mark.usefixtures("one_case")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("words", WORDS, ids=range(len(WORDS)))
def test_any_words_get_an_answer(client: Client, place: str, words: str) -> None:
    asked = urlencode({"q": words}, errors="surrogatepass")
    assert client.get(f"{place}?{asked}").status_code == 200


@pytest.mark.usefixtures("one_case")
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "query",
    [
        "q=%ff%fe",
        "q=%",
        "q[]=a&q[0]=b",
        "region[]=europe&region[x]=1",
        "region=%00&topic=%ff",
        "&&&==&=x",
        "q=a;b;c",
        "=",
        "topic=" + "&topic=".join(map(str, range(300))),
        "%00=1",
        "year_from=99999999999999999999&year_to=-5",
    ],
)
def test_any_query_string_gets_an_answer(client: Client, place: str, query: str) -> None:
    assert client.get(f"{place}?{query}").status_code in {200, 400, 404, 422}


def test_a_flood_of_parameters_is_refused(client: Client) -> None:
    assert client.get("/en/search/?" + "a=1&" * 3000).status_code == 400


@pytest.mark.usefixtures("one_case")
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    place=st.sampled_from(PLACES),
    pairs=st.lists(
        st.tuples(
            st.one_of(st.sampled_from(ALL_NAMES), st.text(max_size=5)),
            st.one_of(
                st.text(max_size=40),
                st.sampled_from(
                    ["europe", "case", "map", "table", "2020", "1", "0", "transit", "-1", "en"]
                ),
                st.integers().map(str),
            ),
        ),
        max_size=6,
    ),
)
def test_no_question_breaks_anything(
    client: Client, place: str, pairs: list[tuple[str, str]]
) -> None:
    asked = urlencode(pairs, errors="surrogatepass")
    assert client.get(f"{place}?{asked}").status_code in {200, 400, 404, 422}
