"""Pages about people: inviting them, accepting an invitation; and the closed side doors."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from portal.directory.forms import FirstPasswordForm, InvitationForm
from portal.directory.invitations import accept_invitation, invite_person, person_invited
from portal.directory.models import Administration, Membership, Region
from portal.directory.permissions import may_manage
from portal.directory.requests import SignedInRequest
from portal.directory.selectors import people_of, places_managed_by, roles_for
from portal.directory.services import end_role


def one_way_in(request: HttpRequest) -> HttpResponse:
    """Answer every other sign-in address with the portal's own, whatever was sent to it.

    Wagtail also sends people here who are signed in but not admitted: they are told so.
    """
    if request.user.is_authenticated and request.method == "GET":
        raise PermissionDenied
    target = reverse("account_login")
    return redirect(f"{target}?{urlencode({'next': request.GET.get('next', '/admin/')})}")


@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """List the administrations and regions whose people one may invite."""
    places = places_managed_by(request.user)
    if len(places) == 1:
        return redirect(_address(places[0]))
    return render(request, "directory/places.html", {"places": places})


@login_required
def people_at(request: SignedInRequest, kind: str, slug: str) -> HttpResponse:
    """Show who acts at a place, and invite somebody."""
    place = _place_or_404(request, kind, slug)
    form = InvitationForm(
        request.POST or None, roles=roles_for(place), initial={"language": get_language()}
    )
    if request.method == "POST" and form.is_valid():
        try:
            invite_person(
                invited_by=request.user,
                administration=place if isinstance(place, Administration) else None,
                region=place if isinstance(place, Region) else None,
                **form.cleaned_data,
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Invited: %(email)s") % form.cleaned_data)
            return redirect(request.path)
    context = {"place": place, "form": form, "people": people_of(place)}
    return render(request, "directory/people.html", context)


@login_required
@require_POST
def end_membership(request: SignedInRequest, membership_id: int) -> HttpResponse:
    """End a role as of yesterday, so that it no longer counts today."""
    membership = get_object_or_404(Membership, pk=membership_id)
    place = membership.administration or membership.region
    if place is None or not may_manage(request.user, place):
        raise Http404
    end_role(by=request.user, membership=membership, until=timezone.localdate() - timedelta(days=1))
    messages.success(request, _("The role has ended."))
    return redirect(_address(place))


@never_cache
@sensitive_post_parameters()
def invitation(request: HttpRequest, identity: str, token: str) -> HttpResponse:
    """Let an invited person set a password, once."""
    person = person_invited(identity, token)
    if person is None:
        return render(request, "directory/invitation_over.html", status=410)
    form = FirstPasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        accept_invitation(person=person, password=form.cleaned_data["new_password1"])
        messages.success(request, _("Your password is set. You can sign in now."))
        return redirect("account_login")
    return render(request, "directory/invitation.html", {"form": form, "person": person})


def _place_or_404(request: SignedInRequest, kind: str, slug: str) -> Administration | Region:
    place: Administration | Region
    if kind == "region":
        place = get_object_or_404(Region, slug=slug)
    else:
        place = get_object_or_404(Administration, slug=slug)
    if not may_manage(request.user, place):
        raise Http404
    return place


def _address(place: Administration | Region) -> str:
    return reverse("people_at", args=[place.kind, place.slug])
