"""What the first view of a page costs, compressed as a server of production sends it."""

import gzip
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Response

from tests.browser.browsing import ANYBODY, Windows
from tests.browser.looking import Looks
from tests.browser.pages import PLACES

KB = 1000
LIMITS = {"all": 100 * KB, "stylesheet": 15 * KB, "script": 25 * KB, "latin letters": 40 * KB}
VIEWS = ("home", "region", "case", "collection", "search", "sign in")


def sizes_of(responses: list[Response]) -> dict[str, int]:
    """Give what each kind of file weighs when compressed; a font is compressed already."""
    sizes: dict[str, int] = defaultdict(int)
    for response in responses:
        kind, body = response.request.resource_type, response.body()
        size = len(body) if kind == "font" else len(gzip.compress(body, 6))
        sizes[kind] += size
        sizes["all"] += size
        if urlsplit(response.url).path.endswith("noto-sans-latin.woff2"):
            sizes["latin letters"] += size
    return sizes


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("view", VIEWS)
def test_first_view_keeps_to_its_budget(view: str, language: str, looks: Looks, windows: Windows):
    place = next(item for item in PLACES if item.name == view and item.person == ANYBODY)
    page = windows.fresh().new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    place.go(page, language, looks.world)
    page.wait_for_load_state("networkidle")
    sizes = sizes_of(responses)
    page.context.close()
    assert sizes["stylesheet"], "the page has no style"
    over = [kind for kind, limit in LIMITS.items() if sizes[kind] > limit]
    assert not over, dict(sizes)
