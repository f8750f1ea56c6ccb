"""The front page of a region: who runs it, when it meets, what its Members have shared."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from casestudies.models.containers import ContainerPage
from casestudies.page_rights import ForumRights
from portal.core.languages import Language
from portal.directory.models import Region, User


class RegionalForumPage(ContainerPage):
    """The forum of one region."""

    region = models.OneToOneField(Region, on_delete=models.PROTECT, related_name="forum_page")
    introduction = models.TextField(_("introduction"), max_length=1500, blank=True)
    language = models.CharField(
        _("language of the introduction"),
        max_length=2,
        choices=Language.choices,
        default=Language.EN,
    )
    next_meeting = models.CharField(_("next meeting"), max_length=160, blank=True)
    next_meeting_date = models.DateField(_("date of the next meeting"), null=True, blank=True)
    next_meeting_place = models.CharField(_("place"), max_length=120, blank=True)

    template = "forums/regional_forum_page.html"
    section = "regions"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["casestudies.AdministrationPage", "casestudies.CollectionPage"]
    is_creatable = False
    content_panels = [
        FieldPanel("introduction"),
        FieldPanel("language"),
        MultiFieldPanel(
            [
                FieldPanel("next_meeting"),
                FieldPanel("next_meeting_date"),
                FieldPanel("next_meeting_place"),
            ],
            heading=_("Next meeting"),
        ),
    ]

    def permissions_for_user(self, user: User) -> ForumRights:
        """Leave the page to the region's coordinators; it is never moved, copied or deleted."""
        return ForumRights(user, self, self.region_id)
