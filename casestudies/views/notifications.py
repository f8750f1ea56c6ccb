"""What one was told: the list, opening and reading, choosing the mails, leaving them by a link."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casestudies.events import EVENTS, path_of
from casestudies.hearing import Hearing
from casestudies.leaving import DIGEST, read_token
from casestudies.mail import hidden_title
from casestudies.models import Notification
from casestudies.models.notifications import How, Kind
from casestudies.services.notifying import (
    choose_mails,
    leave_mails,
    mail_choices_of,
    mark_read,
)
from portal.core.languages import direction
from portal.core.paging import page_of
from portal.directory.requests import SignedInRequest


class ChoicesForm(forms.Form):
    """How one wants to hear of each kind of event."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                choices=How.choices,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Choose one of these.")},
            )


@login_required
@require_safe
def notifications(request: SignedInRequest) -> HttpResponse:
    """List what one was told, the latest first."""
    rows = Notification.objects.filter(person=request.user)
    page = page_of(rows.select_related("case__administration"), request, size=25)
    hearing = Hearing(request.user, page.object_list)
    context = {
        "rows": [(item, _line(item, hearing)) for item in page],
        "page": page,
        "any_unread": any(item.read_at is None for item in page),
    }
    return render(request, "casestudies/notifications/list.html", context)


def _line(item: Notification, hearing: Hearing) -> SafeString:
    heard = hearing.heard(item)
    if heard is None:
        title = format_html("<em>{}</em>", hidden_title())
    else:
        code = item.case.language
        words = '<bdi lang="{}" dir="{}">{}</bdi>'
        title = format_html(words, code, direction(code), heard.title)
    # Both parts are escaped: the sentence here, the title above.
    return mark_safe(escape(EVENTS[item.event].subject) % {"title": title})  # noqa: S308


@login_required
@require_safe
def open_notification(request: SignedInRequest, pk: int) -> HttpResponse:
    """Go where a notification leads, and count it as read; a hidden case stays in the list."""
    item = _own_or_404(request, pk)
    mark_read(person=request.user, pk=item.pk)
    if Hearing(request.user, [item]).heard(item) is None:
        messages.info(request, _("This case is no longer open to you."))
        return redirect("casestudies:notifications")
    return redirect(path_of(item.event, item.case))


@login_required
@require_POST
def read_one(request: SignedInRequest, pk: int) -> HttpResponse:
    """Count one notification as read."""
    mark_read(person=request.user, pk=_own_or_404(request, pk).pk)
    return redirect("casestudies:notifications")


@login_required
@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Count all notifications as read."""
    mark_read(person=request.user)
    messages.success(request, _("All notifications are marked as read."))
    return redirect("casestudies:notifications")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: SignedInRequest) -> HttpResponse:
    """Choose how one wants to hear of each kind of event by mail."""
    initial = {kind.value: how.value for kind, how in mail_choices_of(request.user).items()}
    form = ChoicesForm(request.POST or None, initial=initial)
    if form.is_valid():
        chosen = {Kind(kind): How(how) for kind, how in form.cleaned_data.items()}
        choose_mails(person=request.user, choices=chosen)
        messages.success(request, _("Saved. The portal itself goes on telling you everything."))
        return redirect("casestudies:mail_choices")
    status = 422 if form.errors else 200
    context = {"form": form, "address": request.user.email}
    return render(request, "casestudies/notifications/choices.html", context, status=status)


# Mail programs post here by themselves (RFC 8058): no session, no token but the signed one.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails that a signed link names; looking at it changes nothing, as scanners do."""
    found = read_token(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        leave_mails(person=person, kind=kind)
    context = {
        "done": request.method == "POST",
        "kind": "" if kind == DIGEST else Kind(kind).label,
    }
    return render(request, "casestudies/notifications/leave.html", context)


def _own_or_404(request: SignedInRequest, pk: int) -> Notification:
    rows = Notification.objects.select_related("case__administration")
    return get_object_or_404(rows, pk=pk, person=request.user)
