"""The portal's own published cases, as the documents of an evaluation."""

from collections.abc import Iterator

from casestudies.models import CaseStudyPage
from search.criteria import Audience
from search.engines.base import Document
from search.facets import Kind
from search.sources import SOURCES

BATCH = 200


def read_cases() -> Iterator[tuple[str, Document]]:
    """Read every published case as somebody finds it who may see all, with its external id."""
    source = SOURCES[Kind.CASE.value]
    ids = list(source.all_ids())
    names = dict(CaseStudyPage.objects.values_list("pk", "external_id"))
    for start in range(0, len(ids), BATCH):
        for pk, views in source.load(ids[start : start + BATCH]).items():
            document = views[Audience.MEMBERS]
            if document is not None:
                yield names[pk] or document["number"], document
