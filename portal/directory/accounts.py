"""How allauth behaves here: no open registration, and everybody lands where their work is."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import get_language


class PortalAccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation only."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an administration invites its own officers."""
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Send a person without another destination to the workspace, in the language chosen."""
        return f"/{get_language()}/workspace/"

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """Send a person who signs out to the home page."""
        return f"/{get_language()}/"
