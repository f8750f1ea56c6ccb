"""Case studies: written, cleared, decided on, published."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = _("Case studies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand our part of the roles to the directory's sync."""
        from casestudies.roles import sync_page_permissions
        from portal.directory.roles import ROLE_SYNCS

        ROLE_SYNCS.append(sync_page_permissions)
