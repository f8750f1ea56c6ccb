"""Keeps what a person typed when their session had ended, and gives it back after sign-in."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.utils.translation import gettext as _

KEY = "typed_while_signed_out"
LIMIT = 64_000
NOT_KEPT = frozenset({"csrfmiddlewaretoken", "action"})

View = Callable[..., HttpResponseBase]


def keeps_what_was_typed(view: View) -> View:
    """Send signed-out people to sign in; what they sent waits for them on the same page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            _keep(request)
        return redirect_to_login(request.get_full_path())

    return guarded


def _keep(request: HttpRequest) -> None:
    typed = {key: values for key, values in request.POST.lists() if key not in NOT_KEPT}
    # Anybody can post here: only one page is kept, and none that is longer than a form can be.
    if sum(len(value) for values in typed.values() for value in values) <= LIMIT:
        request.session[KEY] = {"path": request.path, "values": typed}


def typed_earlier(request: HttpRequest) -> QueryDict | None:
    """Give what was typed on this page before the session ended, saying so; else None."""
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path or request.method != "GET":
        return None
    data = QueryDict(mutable=True)
    for key, values in kept["values"].items():
        data.setlist(key, values)
    messages.warning(
        request, _("Your session had ended. What you typed is here again: check it and save it.")
    )
    return data


def forget_typed(request: HttpRequest) -> None:
    """Drop what was kept for this page: it has been saved."""
    if request.session.get(KEY, {}).get("path") == request.path:
        del request.session[KEY]
