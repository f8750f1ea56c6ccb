"""Marks the few inline scripts of Wagtail's admin, so that the browser runs these and no other.

Wagtail has no place for a nonce: widgets are drawn without a request, so the request is kept here.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

_request: ContextVar[HttpRequest | None] = ContextVar("admin_request", default=None)


@contextmanager
def scripts_marked_for(request: HttpRequest) -> Iterator[None]:
    """Mark the scripts that are drawn in this block with the nonce of this request."""
    token = _request.set(request)
    try:
        yield
    finally:
        _request.reset(token)


def with_nonce(html: str) -> SafeString:
    """Give markup of Wagtail's own with the nonce on its scripts; outside the admin as it was.

    Only for markup in which everything that people typed is escaped: what looks like a script is
    then one of Wagtail's.
    """
    request = _request.get()
    if request is not None:
        html = html.replace("<script>", f'<script nonce="{request.csp_nonce}">')  # type: ignore[attr-defined]
    return mark_safe(html)  # noqa: S308 - it was safe before


def mark_widgets() -> None:
    """Mark the scripts of the widgets that start themselves: dates, times and choosers."""
    from wagtail.admin.widgets import (
        AdminDateInput,
        AdminDateTimeInput,
        AdminTimeInput,
        BaseChooser,
    )

    # A pair of dates draws the templates of its parts: no method of theirs is called.
    AdminDateInput.template_name = "core/widgets/date.html"
    AdminTimeInput.template_name = "core/widgets/time.html"
    AdminDateTimeInput.template_name = "core/widgets/datetime.html"
    BaseChooser.render = _marked(BaseChooser.render)


def _marked(render: Callable[..., str]) -> Callable[..., SafeString]:
    def marked(*args: object, **options: object) -> SafeString:
        return with_nonce(render(*args, **options))

    return marked
