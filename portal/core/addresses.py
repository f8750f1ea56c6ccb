"""Addresses of pages that stand on a higher floor, as the portal's interface promises them."""

from urllib.parse import urlencode

from django.utils.translation import get_language

from portal.core.languages import supported


def search_address(**criteria: str | int) -> str:
    """Give the address of the search page, narrowed by these parameters, in the active language."""
    query = urlencode({name: value for name, value in criteria.items() if value != ""})
    return f"/{supported(get_language())}/search/" + (f"?{query}" if query else "")


def case_address(number: str) -> str:
    """Give the permanent address of a case, in the active language."""
    return f"/{supported(get_language())}/cases/{number}/"


def similar_address(number: str) -> str:
    """Give the address of the part of a page with experiences like a case, as for a case."""
    return f"/{supported(get_language())}/search/similar/{number}/"
