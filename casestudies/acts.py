"""The record of acts for those who may read it: to each what they may know of."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import registry

from casestudies.models import CaseStudyPage, ReviewAssignment
from casestudies.querysets import WRITERS
from portal.core.models import AuditEntry
from portal.directory.models import Role
from portal.directory.permissions import Verdict, standing_of

if TYPE_CHECKING:
    from portal.directory.models import User


def may_read_record(user: "User") -> Verdict:
    """Whoever writes for a Member, coordinates a region, or curates reads their part of it."""
    standing = standing_of(user)
    roles = {role for role, _place in standing.by_administration | standing.by_region}
    allowed = standing.is_curator or standing.is_superuser or roles & {*WRITERS, Role.COORDINATOR}
    return Verdict(bool(allowed), _("Only those who write, coordinate or curate read the record."))


def acts_for(user: "User") -> "QuerySet[AuditEntry]":
    """Give the entries that a person may read, the latest first.

    A coordinator reads what was done with the cases of the region that have been sent; those who
    write for a Member everything about its cases but who was asked for a review.
    """
    standing = standing_of(user)
    acts = AuditEntry.objects.all()
    if standing.is_superuser:
        return acts
    unseen = CaseStudyPage.objects.unseen_by(user).values("pk")
    if standing.is_curator:
        return acts.exclude(page_id__in=unseen)
    regions = [place for role, place in standing.by_region if role == Role.COORDINATOR]
    cases = CaseStudyPage.objects.filter(administration__region__in=regions)
    known = cases.exclude(pk__in=unseen)
    members = [place for role, place in standing.by_administration if role in WRITERS]
    own = CaseStudyPage.objects.filter(administration__in=members)
    named = Q(kind=ReviewAssignment._meta.model_name) & ~Q(page_id__in=known.values("pk"))
    mine = Q(page_id__in=known.values("pk")) | Q(page_id__in=own.values("pk"))
    return acts.filter(mine).exclude(named)


def told_once(acts: "QuerySet[AuditEntry]") -> "QuerySet[AuditEntry]":
    """Leave out what Wagtail's workflow engine logs beside each of our own acts."""
    return acts.exclude(action__startswith="wagtail.workflow.")


def numbers_of(acts: Iterable[AuditEntry]) -> dict[int | None, str | None]:
    """Give the numbers of the cases that these acts were about, by the id of the page."""
    pages = {act.page_id for act in acts}
    return dict(CaseStudyPage.objects.filter(pk__in=pages).values_list("pk", "number"))


def words_of(act: AuditEntry) -> str:
    """Give what was done, in words; its own name where nobody knows it any more."""
    formatter = registry.get_formatter(act)
    return str(formatter.format_message(act)) if formatter else act.action


class RecordForm(forms.Form):
    """What of the record is shown: the address holds it, so that a view can be passed on."""

    about = forms.CharField(label=_("Case number or name"), required=False, max_length=100)
    who = forms.CharField(label=_("Person"), required=False, max_length=100)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def narrowed(self, acts: "QuerySet[AuditEntry]") -> "QuerySet[AuditEntry]":
        """Keep the entries that fit every field that was filled in and understood."""
        self.is_valid()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        if about := given.get("about"):
            numbered = CaseStudyPage.objects.filter(number__iexact=about).values("pk")
            acts = acts.filter(Q(page_id__in=numbered) | Q(label__icontains=about))
        if who := given.get("who"):
            acts = acts.filter(person__icontains=who)
        if since := given.get("since"):
            acts = acts.filter(at__date__gte=since)
        if until := given.get("until"):
            acts = acts.filter(at__date__lte=until)
        return acts
