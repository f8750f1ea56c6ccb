"""The kernel every other application stands on."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "portal.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        """Keep the site of requests in memory only as long as nobody changes it."""
        from portal.core import sites

        sites.watch()
