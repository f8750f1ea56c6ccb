"""One portal, one Chromium and one look at every page for the whole tier.

Everything lives as long as this folder's tests and no longer: Playwright leaves an event loop
running, and Django would refuse the database to every test that comes after it.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.browsing import Windows
from tests.browser.looking import Looks
from tests.browser.portal import Portal, running_portal
from tests.browser.world import World
from tests.support.databases import empty_database


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    """The product, started by its own command, on the kind of database that the run is on."""
    folder = tmp_path_factory.mktemp("portal")
    with empty_database() as database, running_portal(folder, database) as started:
        yield started


@pytest.fixture(scope="package")
def windows(chromium_path: str, portal: Portal) -> Iterator[Windows]:
    """A Chromium that looks at it."""
    with sync_playwright() as playwright:
        opened = Windows(playwright, chromium_path, portal)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def looks(windows: Windows) -> Looks:
    """Every page, looked at once however many tests ask about it."""
    return Looks(windows, World(windows))
