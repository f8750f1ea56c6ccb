"""Who acts for whom, in which role, from when until when."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.directory.models.administrations import Administration
from portal.directory.models.regions import Region


class Role(models.TextChoices):
    """The roles of the field; a public reader and a trade partner hold none."""

    CONTRIBUTOR = "contributor", _("Contributor")
    CONTACT_POINT = "contact_point", _("National Contact Point")
    EXPERT_EDITOR = "expert_editor", _("Expert editor")
    MEMBER_READER = "member_reader", _("Member reader")
    REVIEWER = "reviewer", _("Regional reviewer")
    COORDINATOR = "coordinator", _("Regional coordinator")
    CURATOR = "curator", _("Global curator")


ADMINISTRATION_ROLES = (
    Role.CONTRIBUTOR,
    Role.CONTACT_POINT,
    Role.EXPERT_EDITOR,
    Role.MEMBER_READER,
)
REGION_ROLES = (Role.REVIEWER, Role.COORDINATOR)


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships narrowed by date, role and place."""

    def active(self, on: date | None = None) -> "MembershipQuerySet":
        """Only those in force on a day (today unless given) of people whose account is active."""
        day = on or timezone.localdate()
        return self.not_over(day).filter(Q(since__isnull=True) | Q(since__lte=day))

    def not_over(self, on: date | None = None) -> "MembershipQuerySet":
        """Only those in force on a day (today unless given), or later, of active people."""
        day = on or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), person__is_active=True)


class Membership(models.Model):
    """One person's role for an administration, for a region, or for the whole portal."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)
    administration = models.ForeignKey(
        Administration, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    region = models.ForeignKey(
        Region, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(
                name="membership_place_fits_role",
                condition=(
                    Q(
                        role__in=ADMINISTRATION_ROLES,
                        administration__isnull=False,
                        region__isnull=True,
                    )
                    | Q(role__in=REGION_ROLES, administration__isnull=True, region__isnull=False)
                    | Q(role=Role.CURATOR, administration__isnull=True, region__isnull=True)
                ),
                violation_error_message=_(
                    "Name an administration for a Member's role, a region for a regional role, "
                    "and neither for the global curator."
                ),
            )
        ]

    def __str__(self) -> str:
        place = self.administration or self.region or _("all regions")
        return f"{self.person}, {self.get_role_display()}, {place}"
