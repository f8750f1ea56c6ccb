"""What the components need beyond Django's own tags: controls of forms, numbers, addresses."""

from django import template
from django.forms import BaseForm, BaseFormSet, BoundField, CharField, Field
from django.utils.encoding import iri_to_uri
from django.utils.safestring import SafeString

from portal.core.drawing import FactValue, PageLink, Squares, links_between, squares, values_of
from portal.core.languages import LANGUAGE_CODES, direction

register = template.Library()


@register.simple_tag(takes_context=True)
def alternate(context: template.Context, code: str) -> str:
    """Give the full address of the present page, without its query, in the language `code`."""
    request = context["request"]
    first, _, rest = request.path.lstrip("/").partition("/")
    path = f"/{code}/{rest}" if first in LANGUAGE_CODES else f"/{code}/"
    return f"{request.scheme}://{request.get_host()}{iri_to_uri(path)}"


@register.simple_tag
def description_ids(field: BoundField, why: str = "", limit: int | str | None = None) -> str:
    """Name the texts that describe a field's control: why we ask, its errors, its counter."""
    parts = {"why": why or field.help_text, "error": field.errors, "limit": limit}
    return " ".join(f"{field.auto_id}_{name}" for name, shown in parts.items() if shown)


@register.simple_tag
def control(
    field: BoundField, why: str = "", limit: int | str | None = None, language: str = ""
) -> SafeString:
    """Draw a form field's control with the portal's class, descriptions, counter and direction."""
    is_check = field.widget_type == "checkbox"
    attrs: dict[str, str | bool] = {"class": "c-choice__input" if is_check else "c-input"}
    if described := description_ids(field, why, limit):
        attrs["aria-describedby"] = described
    if limit:
        # The browser would cut a pasted text at `maxlength`; the counter warns instead.
        attrs["maxlength"] = False
        attrs["data-counter"] = str(limit)
    if isinstance(field.field, CharField):
        attrs["dir"] = direction(language) if language else "auto"
    if language:
        attrs["lang"] = language
    return field.as_widget(attrs=attrs)


@register.simple_tag
def problems(
    form: BaseForm | None = None,
    formset: BaseFormSet | None = None,
    errors: list[dict[str, str]] | None = None,
) -> list[dict[str, str]]:
    """Give everything to mend, in the order of the page, as {id of the field, text}."""
    forms = [form] if form else []
    found = list(errors or [])
    if formset:
        forms += list(formset.forms)
        found += [{"id": "", "text": str(text)} for text in formset.non_form_errors()]
    return found + [problem for item in forms for problem in _problems_of(item)]


def _problems_of(form: BaseForm) -> list[dict[str, str]]:
    whole = [{"id": "", "text": str(text)} for text in form.non_field_errors()]
    return whole + [
        {"id": field.auto_id, "text": text} for field in form for text in _errors_of(field)
    ]


def _errors_of(field: BoundField) -> list[str]:
    usual = {str(text) for text in Field.default_error_messages.values()}
    return [f"{field.label}: {text}" if text in usual else str(text) for text in field.errors]


@register.filter
def option_groups(field: BoundField) -> list[tuple[str, list[dict[str, object]]]]:
    """Give the options of a choice field as (name of the group, options) in their order."""
    widget = field.field.widget
    value = widget.format_value(field.value())
    groups: list[tuple[str, list[dict[str, object]]]] = []
    attrs = {"id": field.auto_id}
    for name, options, _ in widget.optgroups(field.html_name, value or [], attrs):
        title = str(name or "")
        if groups and groups[-1][0] == title:
            groups[-1][1].extend(options)
        else:
            groups.append((title, list(options)))
    return groups


@register.filter
def page_links(number: int, total: int) -> list[PageLink]:
    """Give first, last and the neighbours of page `number` out of `total`, with the gaps."""
    return links_between(number, total)


@register.filter
def share_of(value: float | str | None, largest: float | str | None) -> float:
    """Give `value` as a percentage of `largest`, from 0 to 100, for the length of a bar."""
    try:
        part, whole = float(value or 0), float(largest or 0)
    except (TypeError, ValueError):
        return 0
    return round(max(0.0, min(part / whole, 1.0)) * 100, 1) if whole > 0 else 0


@register.filter
def largest_count(rows: list[dict[str, object]]) -> float:
    """Give the largest `count` of the rows, the full length of the bars."""
    return max((float(str(row.get("count") or 0)) for row in rows), default=0)


@register.filter
def fact_values(item: object) -> list[FactValue]:
    """Give the values of a fact, however it was handed over, without the empty ones."""
    return values_of(item)


@register.simple_tag
def member_squares(members: int, sharing: int | str | None = 0) -> Squares:
    """Draw a region's Members as squares, those that have shared an experience first."""
    return squares(members, int(sharing or 0))
