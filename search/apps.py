"""Finding: listens to content, never the other way round."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to listen, and let the checks of cases ask what is much alike."""
        from casestudies.checks.neighbours import install_finder
        from search import receivers  # noqa: F401
        from search.neighbours import neighbours_of

        install_finder(neighbours_of)
