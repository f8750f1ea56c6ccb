"""Keeping a published case: confirm it with one click, change its readers, move it."""

from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.keeping_permissions import circles_for, may_move
from casestudies.models import CaseStudyPage, Visibility
from casestudies.services.keeping import (
    WORDS_LIMIT,
    change_visibility,
    confirm_case,
    move_case,
)
from casestudies.services.refusals import require
from casestudies.views.drafting import case_or_404, case_with_id_or_404
from portal.directory.models import Administration
from portal.directory.requests import SignedInRequest


class ReasonForm(forms.Form):
    """An act on a published case, and why."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept in the record of the case."),
        max_length=WORDS_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Give the reason.")},
    )


class ReadersForm(ReasonForm):
    """Who may read the case from now on."""

    def __init__(self, circles: Iterable[Visibility], data: QueryDict | None) -> None:
        super().__init__(data)
        self.fields["readers"] = forms.ChoiceField(
            label=_("Who may read it"),
            choices=[(circle.value, circle.label) for circle in circles],
            widget=forms.RadioSelect,
            error_messages={"required": _("Say who may read it.")},
        )
        self.order_fields(["readers", "reason"])


class Place(forms.ModelChoiceField):
    """An administration, named in the reader's language."""

    def label_from_instance(self, place: Administration) -> str:
        """Give the name."""
        return place.label


class MoveForm(ReasonForm):
    """To which administration the case goes."""

    def __init__(self, places: QuerySet[Administration], data: QueryDict | None) -> None:
        super().__init__(data)
        self.fields["administration"] = Place(
            label=_("Administration"),
            queryset=places,
            error_messages={"required": _("Choose an administration.")},
        )
        self.order_fields(["administration", "reason"])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def readers(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change who may read a published case, at once."""
    case = case_with_id_or_404(request.user, pk)
    circles = circles_for(request.user, case)
    if not circles:
        raise PermissionDenied
    form = ReadersForm(circles, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        lead = _("Now: %(readers)s. The change holds at once, for files and in search too.")
        lead %= {"readers": case.get_visibility_display()}
        return _page(request, case, form, _("Change who may read it"), lead)
    to, reason = form.cleaned_data["readers"], form.cleaned_data["reason"]
    change_visibility(case=case, by=request.user, to=to, reason=reason)
    messages.success(request, _("It has other readers now."))
    return redirect("casestudies:review_case", case.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give a case to another administration."""
    case = case_with_id_or_404(request.user, pk)
    require(may_move(request.user, case))
    others = Administration.objects.exclude(pk=case.administration_id).select_related("region")
    allowed = [item.pk for item in others if may_move(request.user, case, item)]
    places = others.filter(pk__in=allowed)
    form = MoveForm(places, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        lead = _("Its number, permanent address, versions and record stay. Its files go along.")
        return _page(request, case, form, _("Give it to another administration"), lead)
    move_case(case=case, by=request.user, **form.cleaned_data)
    messages.success(request, _("The case belongs to the other administration now."))
    return redirect("casestudies:review_case", case.pk)


@login_required
@require_POST
def confirm(request: SignedInRequest, number: str) -> HttpResponse:
    """Say that a published case is still true."""
    case = case_or_404(request.user, number)
    confirm_case(case=case, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("Thank you. Readers see that it is still true."))
    return redirect("casestudies:workspace_case", case.number)


def _page(
    request: SignedInRequest, case: CaseStudyPage, form: forms.Form, title: str, lead: str
) -> HttpResponse:
    context = {"case": case, "form": form, "heading": title, "lead": lead}
    status = 422 if form.errors else 200
    return render(request, "casestudies/review/keep.html", context, status=status)
