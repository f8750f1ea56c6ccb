"""Case studies: written, cleared, decided on, published."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "casestudies"
    verbose_name = _("Case studies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand our part of the roles to the directory's sync, and tell Wagtail our rules."""
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from casestudies.admin.panels import case_edit_handler, collection_panels
        from casestudies.admin.policy import DiscreetPagePolicy
        from casestudies.models import CaseStudyPage, CollectionPage
        from casestudies.models.desk import install
        from casestudies.receivers import connect_receivers
        from casestudies.roles import sync_page_permissions
        from casestudies.services.desk import ReviewDesk
        from casestudies.services.places import settle_administrations
        from casestudies.services.workflow_setup import (
            sync_nobody_publishes,
            sync_review_workflow,
        )
        from portal.directory.roles import ROLE_SYNCS

        ROLE_SYNCS.extend(
            [
                settle_administrations,
                sync_page_permissions,
                sync_nobody_publishes,
                sync_review_workflow,
            ]
        )
        install(ReviewDesk())
        connect_receivers()
        CaseStudyPage.edit_handler = case_edit_handler()
        CollectionPage.content_panels = collection_panels()
        register_permission_policy(AbstractPage, DiscreetPagePolicy())
