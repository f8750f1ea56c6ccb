"""Two who answered the same rows or materials at once see both in words, and choose."""

import pytest
from django.urls import reverse

from casestudies.models import CaseStudyPage
from casestudies.services.uploads import store_image
from tests.casestudies.test_materials import picture
from tests.support.visitor import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def address(case, slug):
    return reverse("casestudies:share_step", args=[case.number, slug])


def draft_of(case):
    return CaseStudyPage.objects.get(pk=case.pk).get_latest_revision_as_object()


def base_of(client, case, slug):
    return client.get(address(case, slug)).context["base"]


@pytest.fixture
def other(colleague):
    return signed_in(colleague)


def chosen(client, case, slug, mine, conflict, **keep):
    """Answer the page of both versions."""
    again = mine | {"base": conflict.context["base"], "settle": list(keep)}
    keeps = {f"keep-{name}": whose for name, whose in keep.items()}
    return client.post(address(case, slug), again | keeps)


@pytest.mark.parametrize(("whose", "kept"), [("mine", ["Cost"]), ("theirs", ["Time", "Calls"])])
def test_rows_are_chosen_as_a_whole(browser, other, case, whose, kept):
    base = base_of(browser, case, "results")
    theirs = {f"results-{n}-indicator": text for n, text in enumerate(("Time", "Calls"))}
    after = {f"results-{n}-after": "2" for n in range(2)}
    browser.post(address(case, "results"), theirs | after | {"base": base})
    mine = {"results-0-indicator": "Cost", "results-0-after": "3", "outcomes": "Good."}
    conflict = other.post(address(case, "results"), mine | {"base": base})
    assert conflict.status_code == 409
    (choice,) = conflict.context["choices"]
    assert choice.pairs[0]["yours"] == "Cost · 3"
    assert choice.pairs[0]["theirs"] == "Time · 2\nCalls · 2"
    assert chosen(other, case, "results", mine, conflict, results=whose).status_code == 302
    assert [row.indicator for row in draft_of(case).results.all()] == kept
    assert draft_of(case).outcomes == "Good."


def test_pictures_are_compared_by_their_names_and_words(browser, other, case, author, malta):
    first, second = (
        store_image(author=author, administration=malta, upload=picture(name))
        for name in ("gate.jpg", "quay.jpg")
    )
    base = base_of(browser, case, "materials")

    def row(image, words):
        return {"images-0-image": image.pk, "images-0-alternative_text": words}

    browser.post(address(case, "materials"), row(first, "A gate.") | {"base": base})
    mine = row(second, "A quay.")
    conflict = other.post(address(case, "materials"), mine | {"base": base})
    (choice,) = conflict.context["choices"]
    assert choice.pairs[0]["theirs"] == f"{first.title} · A gate."
    assert choice.pairs[0]["yours"] == f"{second.title} · A quay."
    chosen(other, case, "materials", mine, conflict, images="mine")
    assert [item.image for item in draft_of(case).images.all()] == [second]
