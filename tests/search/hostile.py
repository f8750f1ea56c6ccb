"""Query strings of people who mean harm, and of programs that know no better."""

from urllib.parse import quote_from_bytes

from hypothesis import strategies as st

from search.facets import FACETS

NAMES = [
    *FACETS,
    "year_from",
    "year_to",
    "measured",
    "failures",
    "sort",
    "view",
    "page",
    "size",
    "ui",
]
# Values that are right for some name, so that many questions get as far as the engine.
KNOWN = [
    ("kind", "case"),
    ("kind", "collection"),
    ("region", "europe"),
    ("region", "asia-pacific"),
    ("administration", "malta"),
    ("topic", "transit"),
    ("technology", "drones"),
    ("stage", "pilot"),
    ("stage", "operation"),
    ("language", "fr"),
    ("cost", "lt-50k"),
    ("level", "shared"),
    ("freshness", "due"),
    ("freshness", "current"),
    ("year_from", "1999"),
    ("year_to", "2022"),
    ("measured", "1"),
    ("failures", "0"),
    ("sort", "updated"),
    ("sort", "newest"),
    ("view", "table"),
    ("page", "1"),
    ("size", "100"),
    ("ui", "ar"),
]
NASTY = [
    "nul\x00byte",
    "\"quoted' \\ `back`",
    "'; DROP TABLE wagtailcore_page; --",
    "title:* +- && || ! ( ) { } [ ] ^9 ~2 ? : / *",
    '{"query":{"match_all":{}}}',
    '{"script":{"source":"1"}}',
    "<script>alert(1)</script>",
    "%(subject)s {0} {{ x }} {% debug %}",
    "../../../etc/passwd",
    "🚢📦🇲🇹👩‍👩‍👧‍👦",
    "\u202eelbat\u202c \u200fنافذة\u200e\u061c",
    "النَّافِذَة ٱلْوَاحِدَة ١٢٣",
    "ё" * 300,
    "word " * 400,
    "x" * 3_000,
    "\u0301" * 200,
    "a\u2028b\u2029c\ufeff\u200b",
    "CS-2026-900001",
    "АЕО OEA 单一窗口",
    " \t\r\n ",
    "-1",
    "1e9",
    "1000000000",
    "٣",
    "NaN",
    "0x10",
]
# Bytes that are no text in any encoding we know.
BROKEN = [b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"%", b"\xf5\x80", b"caf\xe9"]

_texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
_bytes = st.one_of(
    _texts.map(str.encode),
    _texts.map(str.encode),
    st.sampled_from(BROKEN),
    st.binary(max_size=12),
)
_words = _bytes.map(lambda value: ("q", value))
_odd_names = st.one_of(
    st.sampled_from(NAMES).map(lambda name: f"{name}[]"),
    st.sampled_from(["q[0]", "_source", "script", "query.bool", "", "Q", "region.keyword"]),
    st.text(max_size=6),
)
_right = st.sampled_from(KNOWN).map(lambda pair: (pair[0], pair[1].encode()))
_wrong = st.tuples(st.sampled_from(NAMES), _bytes)
_strange = st.tuples(_odd_names, _bytes)


def _written(pairs: list[tuple[str, bytes]]) -> str:
    return "&".join(
        f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}" for name, value in pairs
    )


# Half of the questions are of the kind that is answered; of the others some cannot be.
answered = st.tuples(st.lists(_words, max_size=2), st.lists(_right, max_size=6)).map(
    lambda parts: _written(parts[0] + parts[1])
)
refused = st.lists(st.one_of(_words, _right, _wrong, _strange), max_size=7).map(_written)
AT_ONCE = 20
questions = st.lists(st.one_of(answered, refused), min_size=AT_ONCE, max_size=AT_ONCE, unique=True)
