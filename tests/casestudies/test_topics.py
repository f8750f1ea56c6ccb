"""Topics renamed and merged: cases follow in their order, old addresses and older texts too."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casestudies.exchange.catalogue import Catalogue
from casestudies.models import CaseStudyPage, FormerTopic, ReviewerProfile, Topic
from casestudies.services.refusals import Refused
from casestudies.services.topics import merge_topics, rename_topic
from casestudies.services.vocabularies import load_vocabularies
from portal.core.models import AuditEntry
from search.models import IndexChange
from search.reading import read_criteria
from tests.factories.cases import make_case, make_topic
from tests.factories.review import World, make_draft
from tests.support.visitor import signed_in

LIST = "/en/workspace/topics/"


@pytest.fixture
def transit(world: World) -> Topic:
    """A topic in a group."""
    return make_topic("transit", parent="facilitation")


@pytest.fixture
def seals(world: World) -> Topic:
    """Another topic of the same group."""
    return make_topic("seals", parent="facilitation")


def slugs(case: CaseStudyPage) -> list[str]:
    return [item.slug for item in CaseStudyPage.objects.get(pk=case.pk).ordered_topics]


def merge(world: World, topic: Topic, into: Topic) -> Topic:
    return merge_topics(topic=topic, into=into, reason="The same.", by=world["curator"])


def rename(world: World, topic: Topic, slug: str, **names: str) -> Topic:
    return rename_topic(topic=topic, names=names, slug=slug, reason="Clearer.", by=world["curator"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (["transit"], ["seals"]),
        (["transit", "risk"], ["seals", "risk"]),
        (["risk", "transit"], ["risk", "seals"]),
        (["transit", "risk", "seals"], ["seals", "risk"]),
        (["seals", "risk", "transit"], ["seals", "risk"]),
        (["risk", "seals", "transit"], ["risk", "seals"]),
    ],
)
def test_cases_keep_the_order_of_their_topics_and_none_twice(
    world: World, transit: Topic, seals: Topic, before: list[str], after: list[str]
) -> None:
    make_topic("risk", parent="facilitation")
    case = make_case(administration=world.malta, topics=before)
    merge(world, transit, seals)
    assert slugs(case) == after
    assert not Topic.objects.filter(slug="transit").exists()


def test_a_draft_from_before_has_the_topic_of_today_also_when_published(
    world: World, transit: Topic, seals: Topic
) -> None:
    case = make_draft(world, topics=["transit", "seals"])
    merge(world, transit, seals)
    draft = CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()
    assert [topic.slug for topic in draft.ordered_topics] == ["seals"]
    case.latest_revision.publish(user=world["superuser"], skip_permission_checks=True)
    assert slugs(case) == ["seals"]


def test_addresses_lead_on_through_every_change(world: World, transit: Topic, seals: Topic) -> None:
    rename(world, transit, "customs-transit")
    merge(world, Topic.objects.get(slug="customs-transit"), seals)
    rename(world, Topic.objects.get(slug="seals"), "electronic-seals")
    asked = {"topic": ["transit", "customs-transit", "seals", "nothing"]}
    reading = read_criteria(asked, ui="en")
    assert reading.criteria.chosen("topic") == ("electronic-seals",)
    assert reading.moved
    assert reading.ignored == (("topic", "nothing"),)
    assert not read_criteria({"topic": ["electronic-seals", "no"]}, ui="en").moved


def test_a_name_taken_back_is_the_address_again(world: World, transit: Topic) -> None:
    renamed = rename(world, transit, "customs-transit")
    rename(world, renamed, "transit")
    assert list(FormerTopic.objects.values_list("slug", flat=True)) == ["customs-transit"]
    assert read_criteria({"topic": ["customs-transit"]}, ui="en").criteria.chosen("topic") == (
        "transit",
    )


def test_an_address_of_another_topic_is_not_taken(
    world: World, transit: Topic, seals: Topic
) -> None:
    rename(world, transit, "customs-transit")
    for taken in ("transit", "customs-transit"):
        with pytest.raises(Refused):
            rename(world, seals, taken)


def test_a_topic_is_not_merged_with_a_group_nor_with_itself(world: World, transit: Topic) -> None:
    for other in (transit.parent, transit):
        with pytest.raises(Refused):
            merge(world, transit, other)


def test_a_group_takes_the_topics_of_another(world: World, transit: Topic) -> None:
    borders = make_topic("borders")
    merge(world, transit.parent, borders)
    transit.refresh_from_db()
    assert transit.parent == borders


def test_reviewers_know_the_topic_of_today_once(world: World, transit: Topic, seals: Topic) -> None:
    profile = ReviewerProfile.objects.create(person=world["reviewer"])
    profile.topics.set([transit, seals])
    merge(world, transit, seals)
    assert list(profile.topics.all()) == [seals]


def test_words_of_the_merged_topic_still_find_the_other(
    world: World, transit: Topic, seals: Topic
) -> None:
    Topic.objects.filter(pk=transit.pk).update(synonyms="T1|T2", name_fr="Transit douanier")
    assert merge(world, transit, seals).synonym_list == ["Transit", "Transit douanier", "T1", "T2"]


def test_search_hears_of_every_case_that_is_touched(
    world: World, transit: Topic, seals: Topic
) -> None:
    cases = [make_case(administration=world.malta, topics=[slug]) for slug in ("transit", "seals")]
    IndexChange.objects.all().delete()
    merge(world, transit, seals)
    noted = set(IndexChange.objects.values_list("object_id", flat=True))
    assert noted == {case.pk for case in cases}
    IndexChange.objects.all().delete()
    rename(world, Topic.objects.get(slug="seals"), "electronic-seals")
    assert set(IndexChange.objects.values_list("object_id", flat=True)) == noted


def test_the_acts_are_on_record_with_their_reason(
    world: World, transit: Topic, seals: Topic
) -> None:
    make_case(administration=world.malta, topics=["transit"])
    merge(world, rename(world, transit, "customs-transit"), seals)
    acts = AuditEntry.objects.filter(action__startswith="casestudies.topic_").order_by("number")
    said = [(act.action, act.person, act.reason, act.details["cases"]) for act in acts]
    curator = str(world["curator"])
    assert said == [
        ("casestudies.topic_renamed", curator, "Clearer.", 1),
        ("casestudies.topic_merged", curator, "The same.", 1),
    ]


def test_nothing_is_changed_without_a_reason(world: World, transit: Topic, seals: Topic) -> None:
    with pytest.raises(Refused):
        merge_topics(topic=transit, into=seals, reason=" ", by=world["curator"])


def test_loading_the_vocabularies_brings_no_old_topic_back(world: World) -> None:
    load_vocabularies()
    number = Topic.objects.count()
    single, borders = (
        Topic.objects.get(slug=slug) for slug in ("single-window", "coordinated-border-management")
    )
    merge(world, single, borders)
    rename(world, borders, "borders-together")
    load_vocabularies()
    assert Topic.objects.count() == number - 1


def test_a_file_of_cases_may_use_the_old_name(world: World, transit: Topic, seals: Topic) -> None:
    merge(world, transit, seals)
    catalogue = Catalogue()
    assert catalogue.present_topics(("seals", "transit")) == ("seals",)
    assert catalogue.topic_slugs[transit.pk] == "seals"


def test_only_the_curator_and_operators_change_topics(
    world: World, transit: Topic, seals: Topic
) -> None:
    form = {"action": "merge", "into": seals.pk, "reason": "Because.", "confirm": "1"}
    for who in world.people:
        allowed = who in {"curator", "superuser"}
        client = signed_in(world[who])
        assert client.get(LIST).status_code == (200 if allowed else 403)
        assert client.get(f"{LIST}transit/").status_code == (200 if allowed else 403)
        if not allowed:
            assert client.post(f"{LIST}transit/", form).status_code == 403
            with pytest.raises(PermissionDenied):
                rename_topic(topic=transit, names={}, slug="x", reason="y", by=world[who])
            with pytest.raises(PermissionDenied):
                merge_topics(topic=transit, into=seals, reason="y", by=world[who])
    assert Topic.objects.filter(slug="transit").exists()


def test_the_page_says_what_is_touched_before_it_is_done(
    world: World, transit: Topic, seals: Topic
) -> None:
    make_case(administration=world.malta, topics=["transit"])
    client = signed_in(world["curator"])
    form = {"action": "merge", "into": seals.pk, "reason": "The same."}
    asked = client.post(f"{LIST}transit/", form)
    html = asked.content.decode()
    assert "1 case carries this topic, 1 of them published." in html
    assert "The same." in html
    assert Topic.objects.filter(slug="transit").exists()
    done = client.post(f"{LIST}transit/", form | {"confirm": "1"})
    assert done["Location"] == f"{LIST}seals/"
    moved = client.get(f"{LIST}transit/")
    assert (moved.status_code, moved["Location"]) == (301, f"{LIST}seals/")
    assert client.get(f"{LIST}nothing/").status_code == 404


def test_a_form_without_a_reason_comes_back(world: World, transit: Topic, seals: Topic) -> None:
    client = signed_in(world["curator"])
    form = {"action": "merge", "into": seals.pk, "confirm": "1"}
    assert client.post(f"{LIST}transit/", form).status_code == 422
    taken = {"action": "rename", "name": "Transit", "slug": "seals", "reason": "x", "confirm": "1"}
    assert client.post(f"{LIST}transit/", taken).status_code == 409


def test_the_list_costs_the_same_whatever_the_number_of_topics(
    world: World, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    load_vocabularies()
    client = signed_in(world["curator"])
    client.get(LIST)
    with django_assert_max_num_queries(7):
        assert client.get(LIST).status_code == 200


def test_the_search_page_leads_to_the_address_of_today(
    world: World, transit: Topic, seals: Topic
) -> None:
    merge(world, transit, seals)
    answer = signed_in(world["reader"]).get("/en/search/?q=parcels&topic=transit")
    assert answer.status_code == 301
    assert answer["Location"] == "/en/search/?q=parcels&topic=seals"


def test_the_editors_desk_keeps_addresses(world: World, transit: Topic, seals: Topic) -> None:
    rename(world, transit, "customs-transit")
    client = signed_in(world["curator"])
    about = {"name": "Seals", "slug": "electronic-seals", "parent": seals.parent_id, "position": 0}
    page = reverse("topic:edit", args=[seals.pk])
    assert client.post(page, about).status_code == 200
    assert client.post(page, about | {"slug": "seals"}).status_code == 302
    assert client.post(reverse("topic:add"), about | {"slug": "transit"}).status_code == 200
    assert Topic.objects.filter(slug__in=["transit", "electronic-seals"]).count() == 0
