"""From a case or a collection, as it is in the database, to the document of the index."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from casestudies.block_texts import BLOCK_TEXT_LIMITS
from casestudies.models import CaseStudyPage, CollectionPage, Term, Topic, Translation
from casestudies.models.fields import TEXT_LIMITS
from portal.core.languages import LANGUAGE_CODES
from portal.directory.models import Administration, Region
from search.engines.highlighting import without_sentinels
from search.facets import NO_REVIEW, Kind
from search.outbox import document_id
from search.schema import PARTS, text_field
from search.vocabularies import short_label

Document = dict[str, Any]

BODY = tuple(name for name in TEXT_LIMITS if name != "summary")
FACETED = ("building_block", "innovation_type", "technology", "instrument", "beneficiary")
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


def case_document(case: CaseStudyPage, under: Iterable[int]) -> Document:
    """Give the document of a case under these pages; what it needs has been fetched before."""
    topics = case.ordered_topics
    terms = list(case.terms.all())
    texts = {case.language: _texts_of(case)}
    for translation in case.translations.all():
        if translation.state == Translation.State.CHECKED:
            texts.setdefault(translation.language, _texts_of_translation(case, translation))
    administration = case.administration
    whole = {
        **_common(Kind.CASE, case, administration.region, under),
        **_classification(topics, terms),
        **_parts(texts),
        **_labels(case, administration, topics, terms),
        "number": case.number or "",
        "visibility": case.visibility,
        "administration": administration.slug,
        "stage": case.stage,
        "cost": case.cost,
        "level": case.level,
        "year": case.year,
        "review_day": case.review_by.toordinal() if case.review_by else NO_REVIEW,
        "measured": any(row.is_measured for row in case.results.all()),
        "failures": bool(case.challenges.strip()),
    }
    return _filled(whole)


def collection_document(page: CollectionPage, region: Region, under: Iterable[int]) -> Document:
    """Give the document of a collection; the cases in it have documents of their own."""
    texts = _shown(page.title, page.summary, [page.introduction])
    whole = {
        **_common(Kind.COLLECTION, page, region, under),
        **_parts({page.language: texts}),
        **_labels_by_language([], [region]),
        "visibility": "public",
    }
    return _filled(whole)


def _filled(document: Document) -> Document:
    kept = {name: value for name, value in document.items() if value not in (None, "", [])}
    return kept | {"digest": _digest_of(kept)}


def _digest_of(document: Document) -> str:
    # Lists are of equals: two readings of the same rows may give them in another order.
    whole = {n: sorted(v) if isinstance(v, list) else v for n, v in document.items()}
    written = json.dumps(whole, sort_keys=True).encode()
    return hashlib.blake2b(written, digest_size=8).hexdigest()


def _common(
    kind: Kind, page: CaseStudyPage | CollectionPage, region: Region, under: Iterable[int]
) -> Document:
    return {
        "id": document_id(kind.value, page.pk),
        "kind": kind.value,
        "pk": page.pk,
        "alive": True,
        "under": [str(pk) for pk in under],
        "language": page.language,
        "region": region.slug,
        "published": _moment(page.first_published_at),
        "updated": _moment(page.last_published_at),
    }


def _moment(moment: datetime | None) -> int:
    return int(moment.timestamp() * 1000) if moment else 0


def _classification(topics: list[Topic], terms: list[Term]) -> Document:
    groups = [topic.parent.slug for topic in topics if topic.parent]
    own = [topic.slug for topic in topics]
    by_vocabulary: dict[str, list[str]] = {name: [] for name in FACETED}
    for term in terms:
        if term.vocabulary in by_vocabulary:
            group = [term.parent.slug] if term.parent else []
            by_vocabulary[term.vocabulary] += [term.slug, *group]
    return {
        "own_topics": own,
        "topic": list(dict.fromkeys(own + groups)),
        **{name: list(dict.fromkeys(slugs)) for name, slugs in by_vocabulary.items()},
    }


def _texts_of(case: CaseStudyPage) -> dict[str, str]:
    more = [
        text
        for block in case.reusable_blocks.all()
        for text in (block.name, block.what, block.factors, block.lesson)
    ]
    more += [row.indicator for row in case.results.all()]
    body = [getattr(case, name) for name in BODY] + more
    return _shown(case.title, case.summary, body)


def _texts_of_translation(case: CaseStudyPage, translation: Translation) -> dict[str, str]:
    texts = translation.texts
    # As for readers: what was made from an earlier version says nothing about today's blocks.
    is_in_step = translation.source_revision_id == case.live_revision_id
    names = (*BODY, *BLOCK_TEXT_LIMITS) if is_in_step else BODY
    body = [texts.get(name, "") for name in names]
    return _shown(texts.get("title", ""), texts.get("summary", ""), body)


def _shown(title: str, summary: str, body: Iterable[str]) -> dict[str, str]:
    whole = "\n\n".join(text.strip() for text in body if text and text.strip())
    parts = {"title": title, "summary": summary, "body": whole}
    return {name: without_sentinels(text) for name, text in parts.items()}


def _parts(texts: Mapping[str, Mapping[str, str]]) -> Document:
    found: Document = {}
    for part in PARTS[:-1]:
        found[part] = [own[part] for own in texts.values() if own[part]]
        found |= {text_field(part, code): own[part] for code, own in texts.items() if own[part]}
    return found


def _labels(
    case: CaseStudyPage, administration: Administration, topics: list[Topic], terms: list[Term]
) -> Document:
    groups = [topic.parent for topic in topics if topic.parent]
    labels = _labels_by_language([*topics, *groups, *terms], [administration.region])
    for code in LANGUAGE_CODES:
        labels[text_field("labels", code)].append(administration.label_in(code))
    for synonym in {word for topic in topics for word in topic.synonym_list}:
        for code in _languages_of(synonym):
            labels[text_field("labels", code)].append(synonym)
    partners = [str(partner) for partner in case.partners.all()]
    own = [case.number or "", case.owner_unit, *partners]
    for name, found in labels.items():
        labels[name] = list(dict.fromkeys(found))
    everything = [label for found in labels.values() for label in found]
    return labels | {"labels": list(dict.fromkeys(everything + own))}


def _labels_by_language(named: Iterable[Topic | Term], regions: Iterable[Region]) -> Document:
    items, places = list(named), list(regions)
    return {
        text_field("labels", code): [
            *(item.label_in(code) for item in items),
            *(short_label(region, code) for region in places),
        ]
        for code in LANGUAGE_CODES
    }


def _languages_of(text: str) -> tuple[str, ...]:
    if _ARABIC.search(text):
        return ("ar",)
    if _CYRILLIC.search(text):
        return ("ru",)
    return ("en", "fr", "es", "pt")
