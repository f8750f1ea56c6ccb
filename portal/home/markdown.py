"""Markdown of the standing pages, drawn without any HTML of its own and cleaned once more."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "code", "blockquote", "br", "hr"}
_reader = MarkdownIt("commonmark", {"html": False})


def safe_html(text: str) -> SafeString:
    """Give safe HTML; markup of the text itself is shown as it was typed."""
    drawn = _reader.render(text)
    cleaned = nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned)  # noqa: S308
