"""How the reader's templates ask for what they show: the tag hands over a selector's answer."""

from urllib.parse import urlsplit

from django import template
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page as Part
from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from casestudies.models import AdministrationPage, CaseStudyPage, CollectionPage
from casestudies.readers.case import CaseReading, read_case
from casestudies.readers.citation import citation_of
from casestudies.readers.lists import (
    cards_of,
    cases_of,
    partner_cases_of,
    readable_items,
    region_of,
)
from casestudies.readers.texts import Passage
from portal.core.addresses import case_address
from portal.core.languages import direction
from portal.core.paging import page_of
from portal.directory.models import User

register = template.Library()
PARTNER_CASES = 5


def reader_of(context: template.Context) -> User | AnonymousUser:
    """Give the person for whom a template is drawn; nobody, where there is no request."""
    request: HttpRequest | None = context.get("request")
    return getattr(request, "user", None) or AnonymousUser()


@register.simple_tag(takes_context=True)
def case_reading(context: template.Context, case: CaseStudyPage) -> CaseReading:
    """Give a case as this reader reads it; `?original=1` asks for the authors' own words."""
    request = context.get("request")
    original = bool(request and request.GET.get("original") == "1")
    user, interface = reader_of(context), context["ui_language"]
    # Four blocks of one page ask.
    kept = case.__dict__.setdefault("_readings", {})
    key = (user.pk, interface, original)
    if key not in kept:
        kept[key] = read_case(case, user=user, interface=interface, original=original)
    reading: CaseReading = kept[key]
    return reading


@register.simple_tag
def in_its_language(passage: Passage, reading: CaseReading) -> SafeString:
    """Give the attributes of what is not in the language of the article around it."""
    if passage.language == reading.language:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', passage.language, passage.direction)


@register.simple_tag(takes_context=True)
def citation(context: template.Context, reading: CaseReading) -> SafeString:
    """Give the words by which a case is cited, with its permanent address in full."""
    request = context.get("request")
    return citation_of(reading, request.build_absolute_uri if request else str)


@register.simple_tag(takes_context=True)
def permanent_address(context: template.Context, case: CaseStudyPage) -> str:
    """Give the permanent address of a case in full."""
    request = context.get("request")
    address = case_address(case.number or "")
    return request.build_absolute_uri(address) if request else address


@register.simple_tag(takes_context=True)
def own_words(context: template.Context, words: str) -> SafeString:
    """Give words of the interface that stand inside a text, marked where the languages differ."""
    reading = context["reading"]
    if not reading.is_foreign:
        return conditional_escape(words)
    code = context["ui_language"]
    return format_html('<bdi lang="{}" dir="{}">{}</bdi>', code, direction(code), words)


@register.filter
def other_than(code: str, interface: str) -> str:
    """Give a text's language where it is not the interface's, else nothing."""
    return "" if code == interface else code


@register.filter
def otherwise(known: object, value: str) -> str:
    """Give `value` unless the reader knows it already."""
    return "" if known else value


@register.filter
def address_host(address: str) -> str:
    """Give the host of a link, so that a reader knows where it leads."""
    return urlsplit(address).hostname or ""


@register.simple_tag(takes_context=True)
def cases_page(context: template.Context, page: AdministrationPage) -> Part:
    """Give one page of an administration's cases, each as a card; 404 for a page not there."""
    rows = cases_of(page.administration, reader_of(context))
    found = page_of(rows, context["request"])
    found.object_list = cards_of(found.object_list)
    return found


@register.simple_tag(takes_context=True)
def collection_reading(context: template.Context, collection: CollectionPage) -> dict[str, object]:
    """Give the items whose case this reader may read, each with a card, and the way to here."""
    items = readable_items(collection, reader_of(context))
    cards = cards_of(item.case for item in items)
    region = region_of(collection)
    above = _above(collection.get_url(context.get("request")) or "")
    return {
        "items": list(zip(items, cards, strict=True)),
        "region": region,
        "crumbs": [{"label": region.short_label, "url": above}] if region else [],
    }


@register.simple_tag(takes_context=True)
def partner_cases(context: template.Context, page: AdministrationPage) -> dict[str, object]:
    """Give how many cases of others name this administration as a partner, and the newest."""
    rows = partner_cases_of(page.administration, reader_of(context))
    cards = cards_of(rows[: PARTNER_CASES + 1])
    more = len(cards) > PARTNER_CASES
    return {"cards": cards[:PARTNER_CASES], "count": rows.count() if more else len(cards)}


@register.simple_tag(takes_context=True)
def way_to(context: template.Context, page: Page) -> list[dict[str, str]]:
    """Give the addresses above a case or an administration, by its own, for the breadcrumb."""
    address = page.get_url(context.get("request")) or ""
    place = page.administration
    crumbs = []
    if isinstance(page, CaseStudyPage):
        address = _above(address)
        crumbs.append({"label": place.label, "url": address})
    return [{"label": place.region.short_label, "url": _above(address)}, *crumbs]


def _above(address: str) -> str:
    return address.rstrip("/").rpartition("/")[0] + "/"
