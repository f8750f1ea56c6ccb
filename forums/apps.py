"""Regional forums: the page of each region."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ForumsConfig(AppConfig):
    name = "forums"
    verbose_name = _("Regional forums")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand our part of the roles to the directory's sync."""
        from forums.roles import sync_region_permissions
        from portal.directory.roles import ROLE_SYNCS

        ROLE_SYNCS.append(sync_region_permissions)
