"""The frame and the components: drawn whole, mirrored, within budget, in every language."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.test import Client

from portal.core.assets import stylesheet, stylesheet_sources
from portal.core.drawing import links_between, squares, values_of

COMPONENTS = Path(settings.BASE_DIR) / "portal" / "templates" / "components"
STATIC = Path(settings.BASE_DIR) / "static"
# Pages of their own: they show what only a real request or a real loss can show.
ELSEWHERE = {"confirm", "error_page", "form_fields", "htmx", "messages", "name"}
# Scripts that only the screens on which a case is written ask for.
WRITING = {"add-row", "autosave", "choice-limit", "counter", "presence", "unsaved", "uploads"}
INCLUDED = re.compile(r'include "components/(\w+)\.html"')

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("ar", "rtl")])
def test_design_page_is_drawn_in_both_directions(client: Client, code: str, direction: str):
    response = client.get(f"/{code}/design/")
    assert response.status_code == 200
    html = response.content.decode()
    assert f'<html lang="{code}" dir="{direction}">' in html
    assert '<meta name="robots" content="noindex">' in html


def test_every_component_is_shown_on_the_design_page():
    shown: set[str] = set()
    waiting = [*(Path(settings.BASE_DIR) / "portal/home/templates/home").rglob("design*.html")]
    waiting += [*(Path(settings.BASE_DIR) / "portal/home/templates/home/design").glob("*.html")]
    waiting += [Path(settings.BASE_DIR) / "portal/templates/base.html"]
    while waiting:
        for name in INCLUDED.findall(waiting.pop().read_text(encoding="utf-8")):
            if name not in shown:
                shown.add(name)
                waiting.append(COMPONENTS / f"{name}.html")
    assert {path.stem for path in COMPONENTS.glob("*.html")} - shown - ELSEWHERE == set()


def test_every_component_says_what_it_takes():
    silent = [
        path.name
        for path in COMPONENTS.glob("*.html")
        if not path.read_text(encoding="utf-8").startswith(("{% comment %}", "{#"))
    ]
    assert silent == []


def test_every_class_of_a_component_has_a_style():
    css = stylesheet()
    used: set[str] = set()
    for path in [*COMPONENTS.glob("*.html"), COMPONENTS.parent / "base.html"]:
        text = re.sub(r"{%.*?%}|{{.*?}}", " ", path.read_text(encoding="utf-8"))
        for names in re.findall(r'class="([^"]*)"', text):
            used |= {name for name in names.split() if re.fullmatch(r"[clu]-[\w-]*\w", name)}
    # A block without a rule of its own is styled through its parts and kinds.
    assert {name for name in used if not re.search(rf"\.{name}(?![a-z0-9])", css)} == set()


def test_stylesheet_is_found_and_small():
    found = finders.find("css/site.css")
    assert found
    text = Path(found).read_bytes()
    assert text.startswith(b":root {")
    assert len(gzip.compress(text)) <= 15_000


def test_styles_name_colours_only_in_the_tokens():
    raw = re.compile(r"#[0-9a-f]{3,8}\b|rgb\(|hsl\(", re.IGNORECASE)
    guilty = [
        path.name
        for path in stylesheet_sources()
        if path.stem not in ("tokens", "print") and raw.search(path.read_text(encoding="utf-8"))
    ]
    assert guilty == []


def compressed(name: str) -> int:
    return len(gzip.compress((STATIC / name).read_bytes()))


def test_scripts_and_fonts_keep_their_budget():
    own = {path.stem: compressed(f"js/{path.name}") for path in (STATIC / "js").glob("*.js")}
    htmx = sum(compressed(f"vendor/{path.name}") for path in (STATIC / "vendor").glob("*.js"))
    # Each script is fetched only by a page that asks for it: those that write have no htmx.
    assert sum(own.values()) <= 12_500
    assert htmx + sum(size for name, size in own.items() if name not in WRITING) <= 25_000
    assert (STATIC / "fonts" / "noto-sans-latin.woff2").stat().st_size <= 40_000


def test_pages_that_write_load_no_htmx():
    base = Path(settings.BASE_DIR)
    templates = (base / "casestudies" / "templates").rglob("*.html")
    texts = {path.name: path.read_text(encoding="utf-8") for path in templates}
    assert [name for name, text in texts.items() if "components/htmx.html" in text] == []
    wanted = re.compile("data-(?:add-row|autosave|choice-limit|counter|presence|unsaved|uploads)")
    search = (base / "search" / "templates").rglob("*.html")
    assert [path.name for path in search if wanted.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize(
    ("accepted", "code"),
    [("pt-BR,pt;q=0.9,en;q=0.5", "pt"), ("de", "en"), ("ar-EG", "ar"), ("", "en")],
)
def test_front_door_leads_to_the_readers_language(client: Client, accepted: str, code: str):
    response = client.get("/", headers={"accept-language": accepted})
    assert (response.status_code, response["Location"]) == (302, f"/{code}/")
    assert "Accept-Language" in response["Vary"]


def test_choice_of_language_is_remembered_by_the_front_door(client: Client):
    client.get("/language/ru/", {"next": "/en/search/"})
    response = client.get("/", headers={"accept-language": "fr"})
    assert response["Location"] == "/ru/"


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ("/en/search/?q=a&page=2", "/fr/search/?q=a&page=2"),
        ("/admin/", "/fr/"),
        ("", "/fr/"),
        ("https://elsewhere.example/en/", "/fr/"),
        ("//elsewhere.example/en/", "/fr/"),
        ("/en//elsewhere.example/", "/fr//elsewhere.example/"),
    ],
)
def test_choice_of_language_stays_on_the_portal(client: Client, wanted: str, given: str):
    assert client.get("/language/fr/", {"next": wanted})["Location"] == given


def test_language_that_is_not_served_is_not_found(client: Client):
    assert client.get("/language/xx/", follow=True).status_code == 404


def test_unknown_page_is_told_in_the_frame(client: Client):
    response = client.get("/en/no-such-page/")
    assert response.status_code == 404
    assert b'<header class="c-header">' in response.content


def test_page_for_our_own_faults_needs_no_context():
    html = render_to_string("500.html")
    assert 'lang="ar" dir="rtl"' in html
    assert "{%" not in (COMPONENTS.parent / "500.html").read_text(encoding="utf-8")


def test_row_of_pages_shows_ends_neighbours_and_gaps():
    links = links_between(6, 12)
    assert [("…" if link.gap else link.number) for link in links] == [1, "…", 5, 6, 7, "…", 12]
    assert [link.number for link in links if link.current] == [6]
    assert [link.number for link in links_between(3, 5)] == [1, 2, 3, 4, 5]


def test_empty_facts_are_left_out_and_nought_is_not():
    assert values_of({"label": "Cost", "value": ""}) == []
    assert values_of({"label": "Topics", "values": []}) == []
    assert [value.label for value in values_of({"label": "Cases", "value": 0})] == [0]
    linked = values_of(
        {"label": "Topics", "values": [{"label": "Transit", "url": "/t/"}, "Origin"]}
    )
    assert [(value.label, value.url) for value in linked] == [("Transit", "/t/"), ("Origin", "")]


def test_map_of_regions_has_one_square_for_each_member():
    drawn = squares(35, 4)
    assert (drawn.on.count("M"), drawn.off.count("M")) == (4, 31)
