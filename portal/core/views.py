"""Answers of the kernel: forms whose token has expired."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the form has expired and, if it came from our own page, offer to send it again.

    A form from elsewhere is never offered: one press would do what a stranger has prepared.
    """
    typed = _typed(request) if _is_own_page(request) else []
    context = {"typed": typed, "action": request.get_full_path()}
    return render(request, "403_csrf.html", context, status=403)


def _is_own_page(request: HttpRequest) -> bool:
    own = f"{request.scheme}://{request.get_host()}"
    origin = request.headers.get("Origin")
    if origin is not None:
        return origin == own
    return request.headers.get("Referer", "").startswith(f"{own}/")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if any("password" in name for name in request.POST):
        return []
    return [
        (name, value) for name, values in request.POST.lists() if name != TOKEN for value in values
    ]
