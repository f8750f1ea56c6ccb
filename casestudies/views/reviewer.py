"""The reviewer's pages: a request to answer, the form beside the case, what I know and read."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from casestudies.models import Review, ReviewAssignment, ReviewerProfile, Topic
from casestudies.models.reviewing import REASON_LIMIT
from casestudies.review_permissions import may_answer, may_review
from casestudies.review_reading import shown
from casestudies.services.actions import token_of
from casestudies.services.refusals import OutOfDate, Refused
from casestudies.services.review_form import ReviewForm, typed_in
from casestudies.services.reviewing import (
    accept_invitation,
    decline_invitation,
    describe_reviewer,
    save_review,
    submit_review,
)
from casestudies.views.drafting import typed_texts
from casestudies.views.kept import forget_typed, keeps_what_was_typed, typed_earlier
from casestudies.views.remarking import text_of
from casestudies.wizard.vocabularies import grouped_options
from portal.core.languages import Language
from portal.directory.models import Role
from portal.directory.permissions import standing_of
from portal.directory.requests import SignedInRequest


class AcceptForm(forms.Form):
    """The declaration without which nobody reviews."""

    no_conflict = forms.BooleanField(
        label=gettext_lazy("I have no conflict of interest in this case."),
        help_text=gettext_lazy(
            "I did not work on it, and neither I nor anybody close to me gains by its publication."
        ),
        error_messages={
            "required": gettext_lazy("Declare that you have no conflict of interest, or decline.")
        },
    )


class DeclineForm(forms.Form):
    """Why somebody does not review this case."""

    reason = forms.CharField(
        label=gettext_lazy("Why you decline"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say in a few words why you decline.")},
    )


class ProfileForm(forms.Form):
    """What a reviewer knows and reads."""

    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics you know well"),
        choices=lambda: grouped_options(list(Topic.objects.all())),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you read"),
        choices=Language.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
def request_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show a request for a review as it stands: to answer, to write, sent, or over."""
    assignment = _own_or_404(request, pk)
    if request.method == "POST":
        return _write(request, assignment)
    if may_review(request.user, assignment):
        return _writing(request, assignment, _form(request, assignment))
    if may_answer(request.user, assignment):
        return _asking(request, assignment)
    return _over(request, assignment)


@login_required
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the review on."""
    assignment, form = _own_or_404(request, pk), AcceptForm(request.POST)
    if not form.is_valid():
        return _asking(request, assignment, accepting=form, status=422)
    try:
        accept_invitation(assignment=assignment, by=request.user, no_conflict=True)
    except Refused as refusal:
        return _over(request, assignment, refusal)
    messages.success(request, _("Thank you. Read the case and write your review here."))
    return redirect("casestudies:review_asked", pk)


@login_required
@require_POST
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say no, with the reason."""
    assignment, form = _own_or_404(request, pk), DeclineForm(request.POST)
    if not form.is_valid():
        return _asking(request, assignment, declining=form, status=422)
    try:
        decline_invitation(assignment=assignment, by=request.user, **form.cleaned_data)
    except Refused as refusal:
        return _over(request, assignment, refusal)
    messages.success(request, _("You declined. The coordinators have been told why."))
    return redirect("casestudies:review")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Say what one knows and reads, so that the right cases come."""
    if not any(role == Role.REVIEWER for role, _place in standing_of(request.user).by_region):
        raise Http404
    known = ReviewerProfile.objects.filter(person=request.user).first()
    initial = {
        "topics": [str(topic.pk) for topic in known.topics.all()] if known else [],
        "languages": known.languages if known else [request.user.language],
    }
    form = ProfileForm(request.POST or None, initial=initial)
    if form.is_valid():
        topics = [int(pk) for pk in form.cleaned_data["topics"]]
        languages = form.cleaned_data["languages"]
        describe_reviewer(person=request.user, topics=topics, languages=languages)
        messages.success(request, _("Saved. You will be proposed for cases that fit."))
        return redirect("casestudies:review")
    status = 422 if form.errors else 200
    return render(request, "casestudies/review/profile.html", {"form": form}, status=status)


def _own_or_404(request: SignedInRequest, pk: int) -> ReviewAssignment:
    rows = ReviewAssignment.objects.select_related(
        "case__administration__region", "case__latest_revision", "workflow_state"
    )
    assignment = rows.filter(pk=pk, reviewer=request.user).first()
    if assignment is None:
        raise Http404
    return assignment


def _form(request: SignedInRequest, assignment: ReviewAssignment) -> ReviewForm:
    typed = typed_earlier(request)
    review = Review.objects.filter(assignment=assignment).first()
    initial = typed.dict() if typed else typed_in(review)
    return ReviewForm(initial=initial | {"seen": token_of(assignment.case.latest_revision)})


def _write(request: SignedInRequest, assignment: ReviewAssignment) -> HttpResponse:
    sending = request.POST.get("action") == "send"
    form = ReviewForm(request.POST, sending=sending)
    if not form.is_valid() and "seen" not in form.errors:
        return _writing(request, assignment, form, status=422)
    service = submit_review if sending else save_review
    try:
        service(assignment=assignment, by=request.user, answers=request.POST.dict())
    except OutOfDate as refusal:
        form = ReviewForm(_with_present_token(request.POST, assignment), sending=sending)
        return _writing(request, assignment, form, refusal=str(refusal.reason), status=409)
    except Refused as refusal:
        return _over(request, assignment, refusal)
    forget_typed(request)
    if sending:
        messages.success(request, _("Your review has been sent. Thank you."))
        return redirect("casestudies:review")
    messages.success(request, _("Saved. Nobody else reads it before you send it."))
    return redirect("casestudies:review_asked", assignment.pk)


def _with_present_token(data: QueryDict, assignment: ReviewAssignment) -> QueryDict:
    data = data.copy()
    data["seen"] = token_of(assignment.case.latest_revision)
    return data


def _writing(
    request: SignedInRequest,
    assignment: ReviewAssignment,
    form: ReviewForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    context = text_of(assignment.case, request.user, form) | {
        "assignment": assignment,
        "form": form,
        "refusal": refusal,
    }
    return render(request, "casestudies/review/write.html", context, status=status)


def _asking(
    request: SignedInRequest,
    assignment: ReviewAssignment,
    *,
    accepting: AcceptForm | None = None,
    declining: DeclineForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if not may_answer(request.user, assignment):
        return _over(request, assignment)
    context = {
        "assignment": assignment,
        "case": assignment.case,
        "draft": assignment.case.get_latest_revision_as_object(),
        "accepting": accepting or AcceptForm(),
        "declining": declining or DeclineForm(),
    }
    return render(request, "casestudies/review/asked.html", context, status=status)


def _over(
    request: SignedInRequest, assignment: ReviewAssignment, refusal: Refused | None = None
) -> HttpResponse:
    assignment.refresh_from_db()
    review = Review.objects.filter(assignment=assignment, submitted_at__isnull=False).first()
    context = {
        "assignment": assignment,
        "case": assignment.case,
        "review": shown(review, str(request.user)) if review else None,
        "refusal": refusal.reason if refusal else "",
        "typed": typed_texts(request.POST, assignment.case),
    }
    return render(request, "casestudies/review/over.html", context, status=409 if refusal else 200)
