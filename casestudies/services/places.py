"""Where a case stands in the tree: below its administration, which stands below its region."""

from collections.abc import Iterable
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from wagtail.models import Page, Site

from casestudies.models import AdministrationPage, CaseStudyPage
from casestudies.roles import sync_page_permissions

if TYPE_CHECKING:
    from portal.directory.models import Administration, Region


class RegionWithoutPage(ObjectDoesNotExist):
    """The region has no page below the home page, so nothing can stand under it."""


@transaction.atomic
def administration_page_for(*, administration: "Administration") -> AdministrationPage:
    """Give the page of an administration, made with its permissions when it is the first time.

    Raises RegionWithoutPage when the region has no page yet.
    """
    found = AdministrationPage.objects.filter(administration=administration).first()
    if found:
        return found
    ensure_administration_pages(administrations=[administration])
    return AdministrationPage.objects.get(administration=administration)


@transaction.atomic
def ensure_administration_pages(*, administrations: Iterable["Administration"]) -> None:
    """Make the pages that are missing, and bring the permissions in step once for all of them.

    Raises RegionWithoutPage when a region has no page yet.
    """
    wanted = {administration.pk: administration for administration in administrations}
    held = AdministrationPage.objects.filter(administration__in=wanted)
    missing = wanted.keys() - set(held.values_list("administration_id", flat=True))
    made = [_add_administration_page(wanted[pk]) for pk in sorted(missing)]
    if any(made):
        sync_page_permissions()


def _add_administration_page(administration: "Administration") -> bool:
    # Two first cases of a Member at the same moment: the second waits here and finds the page.
    parent = _region_page(administration.region)
    if AdministrationPage.objects.filter(administration=administration).exists():
        return False
    page = AdministrationPage(
        title=administration.name, slug=administration.slug, administration=administration
    )
    parent.add_child(instance=page)
    return True


def _region_page(region: "Region") -> Page:
    home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
    below_home = home.get_children().select_for_update().filter(slug=region.slug)
    page = below_home.first()
    if page is None:
        raise RegionWithoutPage(f"No page for the region {region.slug}: set the portal up first.")
    return page


@transaction.atomic
def place_case(
    *,
    case: CaseStudyPage,
    administration: "Administration",
    key: UUID | None = None,
    below: AdministrationPage | None = None,
) -> CaseStudyPage:
    """Put a new numbered case below its administration's page, not live, and give it back.

    Its address is made of its number: a working title must never show in a redirect. `below` is
    the administration's page, where the caller knows it already.
    """
    parent = below or administration_page_for(administration=administration)
    case.administration = administration
    case.locale_id = parent.locale_id
    case.slug = (case.number or "").lower()
    case.live = False
    if key:
        case.translation_key = key
    parent.add_child(instance=case)
    return case


@transaction.atomic
def settle_administrations() -> None:
    """Move the page of every administration whose region has changed below its region's page."""
    for page in AdministrationPage.objects.select_related("administration__region"):
        if page.get_parent().slug != page.administration.region.slug:
            page.move(_region_page(page.administration.region), pos="last-child")
