"""One page of a long list: a page that is not there is 404, whatever was typed."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

SIZE = 20


def page_of(rows: QuerySet[Any], request: HttpRequest, *, size: int = SIZE) -> Page:
    """Give the page that the request's `page` names, the first without it.

    Raises Http404 for a page that does not exist, a number that is none included.
    """
    try:
        return Paginator(rows, size).page(request.GET.get("page", 1))
    except InvalidPage as error:
        raise Http404 from error
