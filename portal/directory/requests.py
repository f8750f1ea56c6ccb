"""The type of a request behind `login_required`: its user is a person."""

from django.http import HttpRequest

from portal.directory.models import User


class SignedInRequest(HttpRequest):
    """A request whose user has signed in."""

    user: User
