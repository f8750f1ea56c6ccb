"""The read API: every GET of it, answered with what the asking person would see on a page."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import override
from ninja import NinjaAPI, Query
from ninja.errors import ValidationError
from ninja.throttling import UserRateThrottle

from search import api_records as records
from search.api_docs import PortalDocs
from search.api_schemas import (
    AdministrationList,
    CaseList,
    CaseRecord,
    CollectionList,
    CollectionRecord,
    Labelled,
    Message,
    Paged,
    Refusal,
    RegionList,
    SearchAnswer,
    SearchParameters,
    TopicList,
)
from search.reading import read_criteria
from search.results import Hit, Results
from search.service import find

NUMBER = re.compile(r"CS-\d{4}-\d{6}", re.ASCII)
COLLECTION = re.compile(r"(?:collection-)?(\d{1,9})", re.ASCII)

throttle = UserRateThrottle(settings.API_RATE)
api = NinjaAPI(
    title="Customs Forum",
    version="1",
    description="Experiences of Customs modernisation, to be read by programs.",
    urls_namespace="api-v1",
    docs=PortalDocs(),
    throttle=[throttle],
)


class WrongParameters(Exception):
    """A question whose parameters cannot be understood: which, and why."""

    def __init__(self, problems: Sequence[tuple[str, str]]) -> None:
        super().__init__("wrong parameters")
        self.problems = problems


@api.exception_handler(WrongParameters)
def on_wrong_parameters(request: HttpRequest, fault: WrongParameters) -> HttpResponse:
    """Name each field with its reason."""
    detail = [{"field": field, "reason": reason} for field, reason in fault.problems]
    return api.create_response(request, {"detail": detail}, status=422)


@api.exception_handler(ValidationError)
def on_invalid(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Give the same shape for what the schemas refuse."""
    problems = [(_field(problem["loc"]), problem["msg"]) for problem in fault.errors]
    return on_wrong_parameters(request, WrongParameters(problems))


def _field(location: Sequence[Any]) -> str:
    return next((str(part) for part in reversed(location) if isinstance(part, str)), "")


@api.exception_handler(Http404)
def on_missing(request: HttpRequest, fault: Http404) -> HttpResponse:
    """Say the same whether something does not exist or may not be seen."""
    return api.create_response(request, {"detail": "Not found"}, status=404)


ERRORS: dict[int, Any] = {422: Refusal, 429: Message}
ERRORS_OF_ONE: dict[int, Any] = ERRORS | {404: Message}


@api.get("search", response={200: SearchAnswer} | ERRORS, summary="Search, with facets")
def search(request: HttpRequest, asked: Query[SearchParameters]) -> dict[str, Any]:
    """Find cases and collections; the parameters are those of the search page."""
    parameters = {name: request.GET.getlist(name) for name in request.GET}
    with override(asked.ui):
        reading = read_criteria(parameters, ui=asked.ui)
        unknown = [(name, f"no such value: {value}") for name, value in reading.ignored]
        if problems := [*reading.errors, *unknown]:
            raise WrongParameters(problems)
        return _answer(find(reading.criteria, request.user), request)


def _answer(results: Results, request: HttpRequest) -> dict[str, Any]:
    return {
        "total": results.total,
        "page": results.page,
        "size": results.size,
        "engine": results.engine,
        "degraded": results.degraded,
        "forgiven": results.forgiven,
        "did_you_mean": results.did_you_mean,
        "results": [_found(hit, request) for hit in results.hits],
        "facets": results.facets,
        "years": results.years,
    }


def _found(hit: Hit, request: HttpRequest) -> dict[str, Any]:
    return {
        "id": hit.id,
        "external_id": hit.external_id,
        "kind": hit.kind,
        "title": hit.title,
        "summary": hit.summary,
        "url": request.build_absolute_uri(hit.url),
        "language": hit.language,
        "region": hit.region.value if hit.region else None,
        "administration": hit.administration.value if hit.administration else None,
        "topics": [topic.value for topic in hit.topics],
        "year": hit.year,
        "stage": hit.stage.value if hit.stage else None,
        "level": hit.level.value if hit.level else None,
        "updated": hit.updated.isoformat() if hit.updated else None,
        "highlights": [str(highlight.html) for highlight in hit.highlights],
        "score": hit.score,
    }


@api.get("case-studies", response={200: CaseList} | ERRORS, summary="All case studies")
def case_studies(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """List the case studies, what changed last first."""
    with override(asked.ui):
        cases = records.visible_cases(request.user)
        return _page(
            cases.count(), asked, lambda part: records.case_summaries(cases[part], request)
        )


@api.get("case-studies/{number}", response={200: CaseRecord} | ERRORS_OF_ONE, summary="One case")
def case_study(request: HttpRequest, number: str, asked: Query[Labelled]) -> dict[str, Any]:
    """Give one case study by its permanent number, such as CS-2026-000123."""
    case = None
    if NUMBER.fullmatch(number):
        case = records.visible_cases(request.user).filter(number=number).first()
    if case is None:
        raise Http404
    with override(asked.ui):
        return records.case_record(case, request)


@api.get("collections", response={200: CollectionList} | ERRORS, summary="All collections")
def collections(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """List the curated collections, the newest first."""
    with override(asked.ui):
        pages = records.visible_collections()
        return _page(
            pages.count(),
            asked,
            lambda part: records.collection_summaries(pages[part], request.user, request),
        )


@api.get(
    "collections/{id}", response={200: CollectionRecord} | ERRORS_OF_ONE, summary="One collection"
)
def collection(request: HttpRequest, id: str, asked: Query[Labelled]) -> dict[str, Any]:  # noqa: A002
    """Give one collection with its cases, by the id that lists and searches give."""
    named = COLLECTION.fullmatch(id)
    page = records.visible_collections().filter(pk=named[1]).first() if named else None
    if page is None:
        raise Http404
    with override(asked.ui):
        return records.collection_record(page, request.user, request)


@api.get("regions", response={200: RegionList} | ERRORS, summary="The six regions")
def regions(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """List the regions with their Members and cases."""
    return _page_of(records.region_lines(request.user, asked.ui), asked)


@api.get("administrations", response={200: AdministrationList} | ERRORS, summary="Administrations")
def administrations(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """List the Customs administrations by name."""
    return _page_of(records.administration_lines(request.user, asked.ui), asked)


@api.get("topics", response={200: TopicList} | ERRORS, summary="Topics and their groups")
def topics(request: HttpRequest, asked: Query[Paged]) -> dict[str, Any]:
    """List the topics; a group of topics has no parent."""
    return _page_of(records.topic_lines(request.user, asked.ui), asked)


def _page_of(lines: list[records.Record], asked: Paged) -> dict[str, Any]:
    return _page(len(lines), asked, lambda part: lines[part])


def _page(
    total: int, asked: Paged, read: Callable[[slice], list[records.Record]]
) -> dict[str, Any]:
    start = (asked.page - 1) * asked.size
    results = read(slice(start, start + asked.size)) if start < total else []
    return {"total": total, "page": asked.page, "size": asked.size, "results": results}
