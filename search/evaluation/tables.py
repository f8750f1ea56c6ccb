"""The figures of an evaluation as plain tables."""

from collections.abc import Iterable, Iterator, Sequence
from statistics import fmean

from search.evaluation.metrics import bootstrap_interval
from search.evaluation.runs import Answer

HEAD = f"{'':<24}{'queries':>8}{'nDCG@10':>9}{'recall@100':>12}{'MRR':>7}"


def table(answers: Sequence[Answer]) -> Iterator[str]:
    """Give a line for each kind and each language where there are several, and one for all."""
    yield HEAD
    for names in (
        [answer.question.kind for answer in answers],
        [answer.question.language for answer in answers],
    ):
        groups = sorted(set(names))
        for group in groups if len(groups) > 1 else ():
            chosen = (own for own, name in zip(answers, names, strict=True) if name == group)
            yield _line(group, chosen)
    yield _line("all", answers)


def _line(name: str, answers: Iterable[Answer]) -> str:
    found = list(answers)
    near, far, first = (
        fmean(getattr(answer, measure) for answer in found)
        for measure in ("ndcg", "recall", "reciprocal_rank")
    )
    return f"{name:<24}{len(found):>8}{near:>9.3f}{far:>12.3f}{first:>7.3f}"


def each(answers: Iterable[Answer]) -> Iterator[str]:
    """Give a line for each query, with what was found first and its grade."""
    for answer in answers:
        grades = answer.question.grades
        shown = ", ".join(f"{name} ({grades.get(name, 0)})" for name in answer.ranked[:5])
        yield f"{answer.ndcg:.3f}  {answer.question.id}  {answer.question.text}: {shown}"


def comparison(one: Sequence[Answer], other: Sequence[Answer]) -> str:
    """Give the difference of nDCG@10 between two runs of the same queries, and how sure it is."""
    gains = [after.ndcg - before.ndcg for before, after in zip(one, other, strict=True)]
    low, high = bootstrap_interval(gains)
    better, worse = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    return (
        f"nDCG@10 {fmean(gains):+.3f}, with 95 % certainty {low:+.3f} to {high:+.3f};"
        f" {better} queries better, {worse} worse, {len(gains) - better - worse} equal"
    )
