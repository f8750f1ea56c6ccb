"""The page of a Member administration on the forum: its cases stand below it."""

from typing import Any

from django.db import models
from wagtail.models import PagePermissionTester

from casestudies.models.containers import ContainerPage
from casestudies.models.desk import desk
from portal.directory.models import Administration


class AdministrationPage(ContainerPage):
    """One administration on board; made by the portal, never moved or copied by hand."""

    administration = models.OneToOneField(
        Administration, on_delete=models.PROTECT, related_name="page"
    )
    introduction = models.TextField(max_length=1000, blank=True)

    template = "casestudies/administration_page.html"
    section = "regions"
    parent_page_types = ["forums.RegionalForumPage"]
    subpage_types = ["casestudies.CaseStudyPage"]
    is_creatable = False

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        """Keep the page where it is, and published, whoever asks."""
        return desk().rights(user, self)
