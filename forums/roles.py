"""Page permissions of coordinators and curators: edit in their part of the tree, never publish."""

from wagtail.models import Page

from casestudies.roles import set_page_permissions
from forums.models import RegionalForumPage
from portal.directory.roles import CURATORS, coordinators_group


def sync_region_permissions() -> None:
    """Give coordinators add and edit below their region, curators below the home page."""
    pages = RegionalForumPage.objects.select_related("region")
    by_group = {coordinators_group(page.region): page.pk for page in pages}
    set_page_permissions("Coordinators: ", by_group, ("add", "change"))
    home = Page.objects.filter(depth=2).first()
    if home:
        set_page_permissions(CURATORS, {CURATORS: home.pk}, ("add", "change"))
