"""The relevance kit: its measures, the files it reads, and how its command ends."""

import json
from io import StringIO
from math import log2
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from elasticsearch import Elasticsearch
from pytest_django import Settings

from search.evaluation.judgements import BadFileError, read_judgements
from search.evaluation.metrics import bootstrap_interval, ndcg, recall, reciprocal_rank
from search.evaluation.runs import read_side
from tests.factories.cases import make_case
from tests.support.indices import use_elasticsearch

GRADES = {"best": 3, "good": 2, "near": 1, "tempting": 0}
ENGINES = ["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)]


def test_ndcg_is_one_for_the_best_order_and_less_for_every_other() -> None:
    best = 3 + 2 / log2(3) + 1 / 2
    assert ndcg(GRADES, ["best", "good", "near", "tempting"]) == 1.0
    assert ndcg(GRADES, ["tempting", "best"]) == pytest.approx(3 / log2(3) / best)
    assert ndcg(GRADES, ["unjudged"] * 10 + ["best"]) == 0.0


def test_recall_and_first_rank_count_what_is_relevant_at_all() -> None:
    assert recall(GRADES, ["near", "tempting", "best"]) == pytest.approx(2 / 3)
    assert recall(GRADES, ["unjudged"] * 100 + ["best"]) == 0.0
    assert reciprocal_rank(GRADES, ["tempting", "near", "best"]) == 0.5
    assert reciprocal_rank(GRADES, ["tempting"]) == 0.0


def test_interval_holds_the_mean_and_tells_a_sure_gain_from_none() -> None:
    low, high = bootstrap_interval([0.1, 0.2, 0.0, 0.3] * 10)
    assert 0 < low < 0.15 < high < 0.3
    low, high = bootstrap_interval([0.3, -0.3] * 20)
    assert low < 0 < high


def test_a_side_is_an_engine_with_weights_of_its_own() -> None:
    side = read_side("elasticsearch:title=4,tie=0")
    assert (side.engine, side.weights.title, side.weights.tie) == ("elasticsearch", 4.0, 0.0)
    for wrong in ("lucene", "embedded:colour=1", "embedded:title=high", "embedded:title"):
        with pytest.raises(ValueError, match=r"\w"):
            read_side(wrong)


def write_rows(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.fixture
def judgements(tmp_path: Path) -> Path:
    row = {"id": "topic-01", "kind": "topic", "language": "en", "query": "transit"}
    write_rows(tmp_path / "topic.jsonl", row | {"judgements": {"one": 3, "other": 1}})
    return tmp_path


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    write_rows(
        tmp_path / "corpus.jsonl",
        {"_id": "d1", "title": "Guichet unique", "text": "Un seul formulaire."},
        {"_id": "d2", "title": "", "text": "Les déclarations anticipées."},
    )
    write_rows(
        tmp_path / "queries.jsonl",
        {"_id": "q1", "text": "déclaration anticipée"},
        {"_id": "q2", "text": "guichets uniques"},
        {"_id": "unjudged", "text": "formulaire"},
    )
    (tmp_path / "qrels").mkdir()
    lines = ["query-id\tcorpus-id\tscore", "q1\td2\t1", "q2\td1\t2"]
    (tmp_path / "qrels" / "test.tsv").write_text("\n".join(lines))
    return tmp_path


def evaluate(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("search_evaluate", *words, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def reached(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Give the name of an engine that the settings let the command reach."""
    if request.param == "elasticsearch":
        url = request.getfixturevalue("elasticsearch_url")
        use_elasticsearch(settings, url, request.getfixturevalue("shared_prefix"))
    return request.param


@pytest.mark.django_db
@pytest.mark.parametrize("reached", ENGINES, indirect=True)
def test_public_collection_is_asked_in_its_language(reached: str, collection: Path) -> None:
    words = ["--collection", str(collection), "--language", "fr", "--engine", reached]
    assert "2    1.000       1.000  1.000" in evaluate(*words)


@pytest.mark.django_db
def test_cases_are_asked_as_somebody_who_sees_them_all(judgements: Path) -> None:
    make_case("Transit for one region", visibility="region", external_id="one")
    make_case("Transit for members", visibility="members", external_id="other")
    make_case("Transit that is no case yet", live=False, external_id="third")
    told = evaluate("--judgements", str(judgements), verbosity=2)
    assert "one (3)" in told
    assert "other (1)" in told
    assert "third" not in told


@pytest.mark.django_db
def test_two_sides_are_compared_query_by_query(judgements: Path) -> None:
    make_case("One", external_id="one", summary="Transit")
    make_case("Transit", external_id="other", summary="Another")
    words = ["--judgements", str(judgements), "--engine", "embedded"]
    told = evaluate(*words, "--against", "embedded:title=0.01,tie=0")
    assert "1 queries better, 0 worse, 0 equal" in told


@pytest.mark.django_db
def test_judged_texts_that_are_not_there_are_a_finding(judgements: Path) -> None:
    make_case("Transit", external_id="one")
    with pytest.raises(CommandError, match="other") as ended:
        evaluate("--judgements", str(judgements))
    assert ended.value.returncode == 1


@pytest.mark.django_db
@pytest.mark.parametrize("content", [None, "", "no json\n", '{"id": "topic-01"}\n', "[]\n"])
def test_files_of_another_form_are_wrong_use(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "topic.jsonl").write_text(content)
    with pytest.raises(BadFileError):
        read_judgements(tmp_path)
    for option in ("--judgements", "--collection"):
        with pytest.raises(CommandError) as ended:
            evaluate(option, str(tmp_path))
        assert ended.value.returncode == 2


@pytest.mark.django_db
def test_index_in_use_stays_as_it_is_and_the_other_is_removed(
    elasticsearch_url: str, shared_prefix: str, settings: Settings, judgements: Path
) -> None:
    use_elasticsearch(settings, elasticsearch_url, shared_prefix)
    make_case("Transit", external_id="one")
    make_case("Transit", external_id="other")
    with Elasticsearch(elasticsearch_url) as client:
        before = set(client.indices.get(index=f"{shared_prefix}-*"))
        evaluate("--judgements", str(judgements), "--engine", "elasticsearch")
        assert set(client.indices.get(index=f"{shared_prefix}-*")) == before
