"""The glossary: complete in six languages, kept by the curator, found whatever the ending."""

import pytest
from django.urls import reverse

from casestudies.glossary import Glossary, Pair, stems_of
from casestudies.models import GlossaryTerm
from casestudies.services.vocabularies import load_vocabularies
from portal.core.languages import LANGUAGE_CODES
from tests.casestudies.admin_forms import admin
from tests.factories.review import World

LEAST = 120


@pytest.fixture(scope="module")
def loaded(standing: None) -> None:
    """The vocabularies as a new portal has them."""
    load_vocabularies()


@pytest.fixture
def glossary(loaded: None, db: None) -> None:
    """The vocabularies for one test."""


def found(text: str, source: str, target: str = "en") -> list[str]:
    return [pair.target for pair in Glossary(source, target).terms_in(text)]


def test_it_has_at_least_120_terms_each_in_six_languages(glossary: None) -> None:
    terms = list(GlossaryTerm.objects.all())
    assert len(terms) >= LEAST
    assert all(set(term.labels) == set(LANGUAGE_CODES) for term in terms)


def test_no_two_terms_look_the_same_within_a_language(glossary: None) -> None:
    for code in LANGUAGE_CODES:
        stems = [tuple(stems_of(term.labels[code], code)) for term in GlossaryTerm.objects.all()]
        assert len(set(stems)) == len(stems)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Two seizures; CUSTOMS brokers paid guarantees.", ["Seizure", "Customs broker"]),
        ("fr", "Les délais de mainlevée et l'admission temporaire", ["Release time"]),
        ("es", "Las declaraciones de mercancías y los depósitos aduaneros", ["Goods declaration"]),
        ("pt", "As declarações de mercadorias e as apreensões", ["Goods declaration", "Seizure"]),
        ("ru", "Оценки рисков и таможенными пломбами", ["Risk assessment", "Customs seal"]),
        ("ar", "تحسّنت إدارة المخاطر بعد الإفراج عن البضائع", ["Risk management"]),
    ],
)
def test_terms_are_found_whatever_their_endings(
    glossary: None, language: str, text: str, expected: list[str]
) -> None:
    assert [term for term in found(text, language) if term in expected] == expected


def test_every_term_is_found_in_itself_in_every_language(glossary: None) -> None:
    for code in LANGUAGE_CODES:
        whole = Glossary(code, "en" if code != "en" else "fr")
        for term in GlossaryTerm.objects.all():
            assert term.labels[code] in [pair.source for pair in whole.terms_in(term.labels[code])]


def test_a_longer_term_hides_the_shorter_ones_inside_it(glossary: None) -> None:
    pairs = Glossary("en", "fr").terms_in("The Authorized Economic Operators of Customs.")
    assert pairs == [
        Pair("Authorized Economic Operator", "Opérateur économique agréé"),
        Pair("Customs", "Douane"),
    ]


@pytest.mark.parametrize("text", ["", "Customers customise a penal code.", "Nothing of ours here."])
def test_words_that_only_look_alike_are_no_terms(glossary: None, text: str) -> None:
    assert found(text, "en", "fr") == []


def test_the_curator_changes_adds_and_deletes_terms_and_loading_keeps_it(
    world: World,
) -> None:
    load_vocabularies()
    GlossaryTerm.objects.filter(slug="scanner").update(name_fr="Scanneur")
    load_vocabularies()
    term = GlossaryTerm.objects.get(slug="scanner")
    assert term.name_fr == "Scanneur"
    client = admin(world["curator"])
    assert client.get(reverse("glossaryterm:edit", args=[term.pk])).status_code == 200
    names = {f"name_{code}": "X" for code in LANGUAGE_CODES if code != "en"}
    sent = {"name": "New term", "slug": "new-term", **names}
    assert client.post(reverse("glossaryterm:add"), sent).status_code == 302
    assert GlossaryTerm.objects.filter(slug="new-term").exists()
    assert client.post(reverse("glossaryterm:delete", args=[term.pk])).status_code == 302
    for role in ("coordinator", "expert"):
        page = admin(world[role]).get(reverse("glossaryterm:index"))
        assert page.status_code in {302, 403}
