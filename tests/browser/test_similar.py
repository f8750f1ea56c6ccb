"""Experiences like one come into its page by themselves; without that a link stands for them."""

from playwright.sync_api import expect

from tests.browser.looking import AXE, RULES, RUN_AXE


def test_similar_experiences_come_into_the_page_with_their_reasons(windows, looks):
    page = windows.fresh().new_page()
    page.goto(f"/en/{looks.world.case}")
    part = page.locator("[data-fragment]")
    expect(part.get_by_role("heading", name="Similar experiences")).to_be_visible()
    expect(part.locator("li").first).to_contain_text("Same topic")
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, {"runOnly": RULES}) == []
    part.locator("h3 a").first.click()
    page.wait_for_url(lambda address: not address.endswith(looks.world.case))
    assert page.locator(".c-case").is_visible()


def test_when_the_part_does_not_come_the_link_stays(windows, looks):
    page = windows.fresh().new_page()
    page.route("**/search/similar/**", lambda route: route.fulfill(status=503, body=""))
    with page.expect_response("**/search/similar/**"):
        page.goto(f"/en/{looks.world.case}")
    link = page.locator("[data-fragment] a")
    expect(link).to_have_text("Similar experiences")
    link.click()
    page.wait_for_url("**/en/search/?topic=*")
