"""Template tags that every template has without loading them."""

from django import template
from django.urls import translate_url
from django.utils.translation import override

from portal.core.languages import direction

register = template.Library()


@register.filter
def text_direction(code: str) -> str:
    """Give the writing direction of a language code."""
    return direction(code)


@register.simple_tag(takes_context=True)
def address_in(context: template.Context, code: str) -> str:
    """Give the address of the present page under another language prefix."""
    request = context.get("request")
    path = request.get_full_path() if request else "/"
    parts = path.split("/", 2)
    if len(parts) > 2 and parts[1] in {item for item, _ in context["ui_languages"]}:
        return f"/{code}/{parts[2]}"
    with override(code):
        return translate_url("/", code) if path == "/" else f"/{code}/"
