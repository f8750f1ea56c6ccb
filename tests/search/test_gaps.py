"""What a region lacks, for its coordinators: on several days, without numbers, of their own."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.directory.models import Region, Role
from search.gaps import gaps_in
from search.models import SearchLogEntry
from tests.factories.cases import make_tree
from tests.factories.directory import make_administration, make_region, make_user

pytestmark = pytest.mark.django_db
PAGE, FILE = "/en/workspace/figures/searches/", "/en/workspace/figures/searches.csv"


@pytest.fixture
def europe() -> Region:
    """A region, with the pages of all."""
    make_tree()
    return make_region("europe")


def noted(words: str, *, days: int = 3, **fields: Any) -> None:
    """Note a search on so many days."""
    defaults = {"language": "en", "count": 0, "region": "europe"}
    for day in range(days):
        on = timezone.localdate() - timedelta(days=day)
        SearchLogEntry.objects.create(words=words, day=on, **defaults | fields)


def signed_in(role: str, **place: Any) -> Client:
    client = Client()
    client.force_login(make_user(role, **place))
    return client


def test_what_was_looked_for_on_three_days_in_vain_is_a_gap(europe: Region) -> None:
    noted("drones")
    noted("drones", days=1, language="fr")
    noted("seals", count=4)
    noted("transit", count=4, clicked_rank=2)
    noted("amber", region="")
    noted("old", degraded=True)
    found = [(gap.words, gap.days, gap.found_something) for gap in gaps_in([europe])]
    assert found == [("drones", 3, False), ("seals", 3, True)]


def test_often_on_one_day_may_be_one_person_and_is_not_shown(europe: Region) -> None:
    for _time in range(5):
        noted("my neighbour", days=2)
    assert gaps_in([europe]) == []


def test_coordinators_see_those_of_their_own_region(europe: Region) -> None:
    asia = make_region("asia-pacific")
    noted("drones")
    noted("pearls", region="asia-pacific")
    words = signed_in(Role.COORDINATOR, region=europe).get(PAGE).content.decode()
    assert ("drones" in words, "pearls" in words) == (True, False)
    words = signed_in(Role.COORDINATOR, region=asia).get(FILE).content.decode()
    assert ("drones" in words, "pearls" in words) == (False, True)
    words = signed_in(Role.CURATOR).get(PAGE).content.decode()
    assert ("drones" in words, "pearls" in words) == (True, True)


def test_the_file_is_dated_and_computes_nothing(europe: Region) -> None:
    noted("=drones")
    answer = signed_in(Role.CURATOR).get(FILE)
    _heads, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert (row[0], row[-1]) == ("'=drones", timezone.localdate().isoformat())


def test_nobody_else_reads_them(europe: Region) -> None:
    malta = make_administration("malta")
    others = [("", {}), (Role.CONTACT_POINT, {"administration": malta})]
    others.append((Role.REVIEWER, {"region": europe}))
    for role, place in others:
        for address in (PAGE, FILE):
            assert signed_in(role, **place).get(address).status_code == 403
    assert Client().get(PAGE).status_code == 302
