"""Which result was chosen is told to the portal's own log, by a beacon that names nobody."""

from urllib.parse import parse_qs

import pytest


@pytest.mark.parametrize("view", ["list", "table"])
def test_place_of_the_result_that_is_chosen_is_told(windows, view):
    page = windows.fresh().new_page()
    page.goto(f"/en/search/?q=customs&view={view}")
    links = page.locator("#found :is(.c-item__title, tbody th) a")
    with page.expect_request("**/search/click/") as told:
        links.nth(1).click()
    asked = parse_qs(told.value.post_data or "")
    assert asked.keys() == {"key", "rank"}
    assert asked["rank"] == ["2"]
    form = {name: values[0] for name, values in asked.items()}
    assert page.request.post("/en/search/click/", form=form).status == 204


def test_results_that_were_swapped_in_tell_of_their_own_search(windows):
    page = windows.fresh().new_page()
    page.goto("/en/search/?q=customs")
    key = page.locator("#found").get_attribute("data-key")
    page.fill("#search-words", "transit")
    page.press("#search-words", "Enter")
    page.wait_for_url("**/en/search/?q=transit")
    assert page.locator("#found").get_attribute("data-key") not in (None, key)
    with page.expect_request("**/search/click/") as told:
        page.locator("#found .c-item__title a").first.click()
    asked = parse_qs(told.value.post_data or "")
    assert asked["rank"] == ["1"]
    assert asked["key"] != [key]
