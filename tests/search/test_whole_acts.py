"""An act in the admin and its note for the index are one: whoever dies in between leaves none."""

import pytest
from django.test import Client
from wagtail.signals import page_unpublished

from casestudies.models import CaseStudyPage, CollectionPage
from search.criteria import Audience
from search.models import IndexChange
from search.outbox import denied_ids
from tests.factories.cases import make_case, make_collection
from tests.factories.directory import make_user
from tests.search.looking import index_everything, look

pytestmark = pytest.mark.django_db


def _die(*args: object, **kwargs: object) -> None:
    raise RuntimeError("the process ends here")


@pytest.fixture
def collection() -> CollectionPage:
    """Gives a collection that can be found, and nothing else that can."""
    page = make_collection("In the desk's hands")
    index_everything()
    return page


@pytest.fixture
def desk(client: Client) -> Client:
    """Gives a client that may do everything in the admin, and tells of a fault by its status."""
    client.force_login(make_user("superuser"))
    client.raise_request_exception = False
    return client


def test_what_is_unpublished_in_the_admin_is_hidden_at_once(
    desk: Client, collection: CollectionPage
) -> None:
    # A page without hits: nothing is taken off the total after the engine has counted.
    assert look(size=1, page=2).total == 1
    desk.post(f"/admin/pages/{collection.pk}/unpublish/")
    assert denied_ids(Audience.PUBLIC) == (f"collection-{collection.pk}",)
    assert look(size=1, page=2).total == 0


def test_what_ends_before_wagtail_tells_of_it_has_not_happened(
    desk: Client, collection: CollectionPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_unpublished, "send", _die)
    assert desk.post(f"/admin/pages/{collection.pk}/unpublish/").status_code == 500
    assert CollectionPage.objects.get(pk=collection.pk).live
    assert not IndexChange.objects.exists()


def test_a_case_cannot_be_moved_or_unpublished_there_at_all(desk: Client) -> None:
    case = make_case("Of a fixed place")
    elsewhere = make_case("Elsewhere").get_parent()
    for address in ("unpublish", "privacy", f"move/{elsewhere.pk}/confirm"):
        desk.post(f"/admin/pages/{case.pk}/{address}/", {"restriction_type": "login"})
    found = CaseStudyPage.objects.get(pk=case.pk)
    assert (found.live, found.path, found.view_restrictions.count()) == (True, case.path, 0)
