"""Asking an engine every judged query, with the weights in use or with others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace

from django.utils import timezone

from search.criteria import Audience, Criteria, normalise_text
from search.engines.base import Readable, Request
from search.engines.weights import WEIGHTS, Weights
from search.evaluation.judgements import Question
from search.evaluation.metrics import FAR_DEPTH, ndcg, recall, reciprocal_rank
from search.evaluation.scratch import ENGINES
from search.facets import Kind
from search.forgiving import search_forgiving


@dataclass(frozen=True)
class Side:
    """One of two that are compared: an engine, and the weights it is asked with."""

    name: str
    engine: str
    weights: Weights


@dataclass(frozen=True)
class Answer:
    """What was found for a query, best first."""

    question: Question
    ranked: tuple[str, ...]

    @property
    def ndcg(self) -> float:
        """nDCG@10 of this query."""
        return ndcg(self.question.grades, self.ranked)

    @property
    def recall(self) -> float:
        """Recall@100 of this query."""
        return recall(self.question.grades, self.ranked)

    @property
    def reciprocal_rank(self) -> float:
        """One over the rank of the first relevant answer."""
        return reciprocal_rank(self.question.grades, self.ranked)


def read_side(written: str) -> Side:
    """Read `elasticsearch` or `embedded:title=3,tie=0.1`; raises `ValueError`, in plain words."""
    engine, _colon, changes = written.partition(":")
    if engine not in ENGINES:
        raise ValueError(f"{engine}: not one of {', '.join(ENGINES)}")
    known = {field.name for field in fields(Weights)}
    weights = WEIGHTS
    for change in filter(None, changes.split(",")):
        name, _equals, value = change.partition("=")
        if name not in known:
            raise ValueError(f"{name}: not one of {', '.join(sorted(known))}")
        weights = replace(weights, **{name: float(value)})
    return Side(written, engine, weights)


def ask_all(
    engine: Readable, questions: Iterable[Question], names: Mapping[str, str], weights: Weights
) -> Sequence[Answer]:
    """Ask as a reader who may see everything and looks for cases; raises `EngineDown`.

    `names` gives, for the id of each document, the name under which it is judged.
    """
    found = []
    for question in questions:
        hits = search_forgiving(engine, _request(question, weights)).hits
        found.append(Answer(question, tuple(names[hit.id] for hit in hits)))
    return found


def _request(question: Question, weights: Weights) -> Request:
    criteria = Criteria(
        text=normalise_text(question.text),
        filters={"kind": (Kind.CASE.value,)},
        size=FAR_DEPTH,
        ui=question.language,
    )
    return Request(criteria, Audience.MEMBERS, timezone.localdate(), None, weights=weights)
