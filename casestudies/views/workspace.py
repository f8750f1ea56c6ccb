"""The workspace: my cases and my administration's, where they stand, what is asked of me."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.acts import may_read_record
from casestudies.freshness import freshness_of
from casestudies.history import history_of
from casestudies.keeping_permissions import circles_for, may_confirm
from casestudies.models import CaseStudyPage
from casestudies.offline.report import files_about, files_waiting_for
from casestudies.offline_permissions import may_fill_in, may_read_report
from casestudies.permissions import (
    may_clear,
    may_delete,
    may_name_co_authors,
    may_restore,
    may_withdraw,
    may_write,
)
from casestudies.review_reading import rounds_for
from casestudies.services.remarks import labelled
from casestudies.states import CaseState, State, state_of, states_of
from casestudies.together import co_authors_of
from casestudies.views.asked_of_me import dashboard_of
from casestudies.views.drafting import case_or_404, saved_words
from casestudies.views.kept import keeps_what_was_typed
from casestudies.views.queue_rows import age_in_words, days_since
from casestudies.views.review_rows import reviews_asked
from casestudies.wizard.progress import question_url
from casestudies.wizard.start import places_of
from casestudies.workshops import regions_run_by
from portal.directory.models import Role, User
from portal.directory.permissions import standing_of
from portal.directory.requests import SignedInRequest

KINDS = {
    State.DRAFT: "neutral",
    State.CLEARANCE: "active",
    State.DECISION: "active",
    State.RETURNED: "caution",
    State.DECLINED: "wrong",
    State.EMBARGOED: "good",
    State.PUBLISHED: "good",
    State.WITHDRAWN: "neutral",
}
NEXT = {
    State.DRAFT: gettext_lazy("Finish it and send it"),
    State.CLEARANCE: gettext_lazy("Your contact point clears it"),
    State.DECISION: gettext_lazy("The regional coordinator decides"),
    State.RETURNED: gettext_lazy("Mend it and send it again"),
    State.DECLINED: gettext_lazy("Nothing: it was declined"),
    State.EMBARGOED: gettext_lazy("Nothing: it appears on its date"),
    State.PUBLISHED: gettext_lazy("Keep it up to date"),
    State.WITHDRAWN: gettext_lazy("Nothing: it was withdrawn"),
}
WRITABLE = (State.DRAFT, State.RETURNED, State.PUBLISHED)


@keeps_what_was_typed
def workspace(request: SignedInRequest) -> HttpResponse:
    """List the cases of the person's administrations: their own first, then their colleagues'."""
    user = request.user
    places = places_of(user)
    cases = list(
        CaseStudyPage.objects.filter(administration__in=places)
        .select_related("administration", "owner")
        .order_by("-latest_revision_created_at")
    )
    states = states_of(cases)
    rows = [(case, _row(case, states[case.pk], user)) for case in cases]
    own = {case.pk for case in cases if case.owner_id == user.pk}
    own |= set(user.co_authored.values_list("case", flat=True))
    context = {
        "places": places,
        "mine": [row for case, row in rows if case.pk in own],
        "others": [row for case, row in rows if case.pk not in own],
        "reads_record": may_read_record(user),
        "runs_workshops": bool(regions_run_by(user)),
        "files_waiting": files_waiting_for(user),
        **(asked := reviews_asked(user)),
        **dashboard_of(user, cases, states, len(asked["asked_rows"])),
    }
    return render(request, "casestudies/workspace/list.html", context)


def _row(case: CaseStudyPage, state: CaseState, user: User) -> dict[str, Any]:
    clears = standing_of(user).acts_for(case.administration_id, Role.CONTACT_POINT)
    page = reverse("casestudies:workspace_case", args=[case.number])
    return {
        "title": case.draft_title or case.title,
        "url": page,
        "lang": case.language,
        "about": case.number,
        "status_label": state.words,
        "status_kind": KINDS[state.kind],
        "age": age_in_words(days_since(case.latest_revision_created_at)),
        "holder": case.owner or "",
        "next": _("Clear it or return it")
        if clears and state.kind == State.CLEARANCE
        else NEXT[state.kind],
        "actions": _actions(case, state, clears),
    }


def _actions(case: CaseStudyPage, state: CaseState, clears: bool) -> list[dict[str, str]]:
    number = case.number
    actions = []
    if state.kind == State.CLEARANCE and clears:
        address = reverse("casestudies:review_case", args=[case.pk])
        actions.append({"label": _("Read and decide"), "url": address})
    if state.kind in WRITABLE:
        label = _("Write a new version") if case.live else _("Go on writing")
        actions.append({"label": label, "url": reverse("casestudies:share_resume", args=[number])})
    actions.append(
        {"label": _("Preview"), "url": reverse("casestudies:share_preview", args=[number])}
    )
    return actions


def remarks_to_mend(case: CaseStudyPage, state: CaseState) -> list[dict[str, str]]:
    """Give what to mend in a returned case, each with the address of its question."""
    return [
        {"label": label, "text": text, "url": question_url(str(case.number), name)}
        for name, label, text in labelled(state.remarks)
    ]


@keeps_what_was_typed
def workspace_case(request: SignedInRequest, number: str) -> HttpResponse:
    """Show where one case stands, what happened to it, and what may be done."""
    user = request.user
    case = case_or_404(user, number)
    state = state_of(case)
    history = [
        {"when": event.when, "what": event.what, "who": event.who, "text": event.text}
        for event in history_of(case)
    ]
    context = {
        "case": case,
        "draft": case.get_latest_revision_as_object(),
        "state": state,
        "state_kind": KINDS[state.kind],
        "next": NEXT[state.kind],
        "saved": saved_words(case.latest_revision),
        "saved_by": case.latest_revision.user,
        "history": history,
        "co_authors": co_authors_of(case),
        "may_name": may_name_co_authors(user, case),
        "rounds": rounds_for(user, case),
        "remarks": remarks_to_mend(case, state),
        "may_fill_in": may_fill_in(user, case),
        "files": files_about(case) if may_read_report(user, case) else [],
        "may_write": may_write(user, case),
        "may_delete": may_delete(user, case),
        "may_clear": state.kind == State.CLEARANCE and may_clear(user, case),
        "may_withdraw": may_withdraw(user, case),
        "may_restore": may_restore(user, case),
        "may_change_readers": bool(circles_for(user, case)),
        "may_confirm": may_confirm(user, case),
        "freshness": freshness_of(case.review_by, timezone.localdate()),
    }
    return render(request, "casestudies/workspace/case.html", context)
