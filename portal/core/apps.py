"""The kernel every other application stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Watch sites and acts, and mark the scripts of the admin's widgets."""
        from portal.core import admin_nonce, audit, sites

        sites.watch()
        audit.watch_log()
        admin_nonce.mark_widgets()
