"""Each language finds its own inflected forms, with and without accents."""

import pytest
from elasticsearch import Elasticsearch

from search.engines.base import Engine
from search.engines.elasticsearch_mapping import index_body
from tests.search.looking import ask, document, version, write

FORMS = [
    ("en", "Modernisation of declarations at the borders", ["declaration", "border"]),
    ("en", "The modernisation programme", ["modernization", "modernised"]),
    ("fr", "Les déclarations anticipées de l’administration", ["déclaration", "administrations"]),
    ("fr", "Guichets uniques électroniques", ["guichet", "électronique"]),
    ("es", "Las ventanillas únicas de comercio exterior", ["ventanilla", "única"]),
    ("ar", "والجمارك تعتمد النوافذ الإلكترونية للمخلصين", ["الجمارك", "جمارك", "نوافذ"]),
    ("ar", "الجُمْرُك الرقمي", ["جمرك"]),
    ("ru", "Таможенные декларации участников", ["таможенная", "декларация", "участник"]),
    ("ru", "Счёт за перевозку", ["счет"]),
    ("pt", "As declarações aduaneiras antecipadas", ["declaração", "aduaneira"]),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "text", "words"), FORMS)
def test_inflected_forms_meet(engine: Engine, language: str, text: str, words: list[str]) -> None:
    held = document(1, text, language=language)
    del held["title_en"]
    write(engine, 1, version(), held | {f"title_{language}": text})
    for word in words:
        answer = ask(engine, word)
        assert answer.total == 1, word
        assert "<mark>" in answer.hits[0].title_marked, word


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["Electronique", "ÉLECTRONIQUE", "electronique"])
def test_accents_and_capitals_do_not_matter(engine: Engine, asked: str) -> None:
    write(engine, 1, version(), document(1, "Guichet électronique", language="fr"))
    assert ask(engine, asked).total == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "modernisation", "modernizations"),
        ("fr", "l'administration", "administrations"),
        ("es", "aduanera", "aduaneras"),
        ("ar", "والجمارك", "الجمارك"),
        ("ru", "таможенный", "таможенных"),
        ("pt", "declaração", "declarações"),
        ("neutral", "Électronique", "electronique"),
    ],
)
def test_node_analyses_both_forms_to_one_term(
    elasticsearch_url: str, shared_prefix: str, language: str, one: str, other: str
) -> None:
    name = f"{shared_prefix}-analysis"
    with Elasticsearch(elasticsearch_url) as client:
        if not client.indices.exists(index=name):
            client.indices.create(index=name, **index_body())
        terms = [
            [
                token["token"]
                for token in client.indices.analyze(
                    index=name, analyzer=f"text_{language}", text=text
                )["tokens"]
            ]
            for text in (one, other)
        ]
    assert len(terms[0]) == 1
    assert terms[0] == terms[1]
