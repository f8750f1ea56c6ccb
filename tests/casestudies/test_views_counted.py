"""Views of a case are counted: a number a day, of people, and of nobody in particular."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casestudies.models import CaseStudyPage, ViewCount
from tests.factories.cases import make_case
from tests.factories.review import World
from tests.support.visitor import signed_in

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def parcels(world: World) -> CaseStudyPage:
    """A published case of Malta."""
    cache.clear()
    return make_case("Parcels", administration=world.malta)


def tell(client: Client, case: CaseStudyPage, agent: str = FIREFOX, **headers: str) -> None:
    """Tell that a case was opened; the answer is always the same."""
    headers = {"User-Agent": agent} | headers
    answer = client.post(f"/en/cases/{case.number}/seen/", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")


def views(case: CaseStudyPage) -> int:
    return sum(ViewCount.objects.filter(case=case).values_list("views", flat=True))


def test_views_of_a_day_are_one_row(parcels: CaseStudyPage) -> None:
    for _time in range(3):
        tell(Client(), parcels)
    row = ViewCount.objects.get(case=parcels)
    assert (row.day, row.views) == (timezone.localdate(), 3)


def test_counting_is_one_statement_after_the_case_was_found(
    parcels: CaseStudyPage, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(2):
        tell(Client(), parcels)


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "my-crawler", "HeadlessChrome/120", ""])
def test_programs_are_not_counted(parcels: CaseStudyPage, agent: str) -> None:
    tell(Client(), parcels, agent)
    assert views(parcels) == 0


def test_other_sites_cannot_count(parcels: CaseStudyPage) -> None:
    tell(Client(), parcels, **{"Sec-Fetch-Site": "cross-site"})
    assert views(parcels) == 0


@pytest.mark.parametrize(
    ("who", "counted"),
    [("author", 0), ("contact", 0), ("member_reader", 0), ("other_contact", 1), ("coordinator", 1)],
)
def test_the_own_administration_is_not_counted(
    world: World, parcels: CaseStudyPage, who: str, counted: int
) -> None:
    tell(signed_in(world[who]), parcels)
    assert views(parcels) == counted


def test_nobody_is_counted_for_what_they_may_not_read(world: World, parcels: CaseStudyPage) -> None:
    CaseStudyPage.objects.filter(pk=parcels.pk).update(visibility="members")
    tell(Client(), parcels)
    assert views(parcels) == 0
    tell(signed_in(world["other_contact"]), parcels)
    assert views(parcels) == 1


def test_more_than_sixty_a_minute_of_one_address_are_not_taken(parcels: CaseStudyPage) -> None:
    client = Client()
    for _time in range(62):
        tell(client, parcels)
    assert views(parcels) == 60


def test_only_a_page_that_is_shown_tells(world: World, parcels: CaseStudyPage) -> None:
    address = f'data-seen="/en/cases/{parcels.number}/seen/"'
    assert address in Client().get(parcels.url).content.decode()
    assert Client().get(f"/en/cases/{parcels.number}/seen/").status_code == 405
    parcels.save_revision(user=world["author"])
    preview = signed_in(world["author"]).get(f"/en/share/{parcels.number}/preview/")
    assert "data-seen" not in preview.content.decode()
