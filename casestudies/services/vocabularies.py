"""Loads the closed vocabularies from their data files; what a curator changed stays."""

from pathlib import Path

from django.db import transaction

from casestudies.models import FormerTopic, GlossaryTerm, Term, Topic
from portal.core.models.labels import TRANSLATED_CODES
from portal.directory.services import read_rows

DATA = Path(__file__).resolve().parent.parent / "data"


@transaction.atomic
def load_vocabularies() -> None:
    """Add the topics and terms that are missing, parents before children, and the glossary."""
    _load_topics(read_rows(DATA / "topics.csv"))
    _load_terms(read_rows(DATA / "terms.csv"))
    _load_glossary(read_rows(DATA / "glossary.csv"))


def _names(row: dict[str, str]) -> dict[str, str]:
    return {"name": row["name"]} | {f"name_{code}": row[code] for code in TRANSLATED_CODES}


def _load_topics(rows: list[dict[str, str]]) -> None:
    known = {topic.slug: topic for topic in Topic.objects.all()}
    # What was renamed or merged is there, under another name.
    known |= {item.slug: item.topic for item in FormerTopic.objects.select_related("topic")}
    for position, row in enumerate(rows):
        if row["slug"] not in known:
            known[row["slug"]] = Topic.objects.create(
                slug=row["slug"],
                parent=known.get(row["parent"]),
                synonyms=row["synonyms"],
                position=position,
                **_names(row),
            )


def _load_terms(rows: list[dict[str, str]]) -> None:
    known = {(term.vocabulary, term.slug): term for term in Term.objects.all()}
    for position, row in enumerate(rows):
        key = (row["vocabulary"], row["slug"])
        if key not in known:
            known[key] = Term.objects.create(
                vocabulary=row["vocabulary"],
                slug=row["slug"],
                parent=known.get((row["vocabulary"], row["parent"])),
                position=position,
                **_names(row),
            )


def _load_glossary(rows: list[dict[str, str]]) -> None:
    known = set(GlossaryTerm.objects.values_list("slug", flat=True))
    GlossaryTerm.objects.bulk_create(
        GlossaryTerm(slug=row["slug"], **_names(row)) for row in rows if row["slug"] not in known
    )
