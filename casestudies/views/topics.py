"""The curator's pages about topics: how they are used, renaming and merging, each shown first."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casestudies.curating import may_curate_topics, touched_by
from casestudies.models import FormerTopic, Topic
from casestudies.services.refusals import Refused
from casestudies.services.topics import NAMES, merge_topics, rename_topic
from portal.core.languages import OWN_NAMES
from portal.directory.requests import SignedInRequest

RENAME, MERGE = "rename", "merge"
REASON_LIMIT = 600


class ReasonedForm(forms.Form):
    """A change with its reason, which goes into the record of acts."""

    reason = forms.CharField(
        label=gettext_lazy("Reason, for the record of acts"),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class RenameForm(ReasonedForm):
    """The names of a topic in six languages, and its address."""

    slug = forms.SlugField(
        label=gettext_lazy("Address"),
        max_length=100,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    field_order = [*NAMES, "slug", "reason"]

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_rename_%s"
        for name in NAMES:
            language = name.partition("_")[2] or "en"
            self.fields[name] = forms.CharField(
                label=OWN_NAMES[language],
                max_length=200,
                required=name == "name",
                widget=forms.TextInput(attrs={"dir": "auto"}),
            )
        self.order_fields(self.field_order)
        self.initial = {name: getattr(topic, name) for name in (*NAMES, "slug")}

    def act(self, topic: Topic, request: SignedInRequest) -> Topic:
        """Rename the topic. Raises `Refused`."""
        given = self.cleaned_data
        names = {name: given[name] for name in NAMES}
        slug, reason = given["slug"], given["reason"]
        return rename_topic(topic=topic, names=names, slug=slug, reason=reason, by=request.user)


class MergeForm(ReasonedForm):
    """The topic that takes over what another one has."""

    into: "forms.ModelChoiceField[Topic]" = forms.ModelChoiceField(
        Topic.objects.none(),
        label=gettext_lazy("Merge into"),
        empty_label=gettext_lazy("Choose a topic"),
    )
    field_order = ["into", "reason"]

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "id_merge_%s"
        alike = Topic.objects.filter(parent__isnull=topic.parent_id is None)
        self.fields["into"].queryset = alike.exclude(pk=topic.pk)  # type: ignore[attr-defined]

    def act(self, topic: Topic, request: SignedInRequest) -> Topic:
        """Merge the topic into the other one. Raises `Refused`."""
        given = self.cleaned_data
        into, reason = given["into"], given["reason"]
        return merge_topics(topic=topic, into=into, reason=reason, by=request.user)


FORMS: dict[str, type[RenameForm | MergeForm]] = {RENAME: RenameForm, MERGE: MergeForm}


@login_required
@require_safe
def topics(request: SignedInRequest) -> HttpResponse:
    """List the topics by group, with their cases and the addresses they had before."""
    _require_curator(request)
    published = Count("case_items", filter=Q(case_items__content_object__live=True))
    rows = Topic.objects.annotate(cases=Count("case_items"), published=published)
    found = list(rows.prefetch_related("former"))
    groups = [(one, [each for each in found if each.parent_id == one.pk]) for one in found]
    listed = [(one, own) for one, own in groups if one.parent_id is None]
    return render(request, "casestudies/workspace/topics.html", {"groups": listed})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show one topic with both forms; what is asked for is shown before it is done."""
    _require_curator(request)
    one = Topic.objects.select_related("parent").filter(slug=slug).first()
    if one is None:
        return _moved(slug)
    given = {name: form(topic=one) for name, form in FORMS.items()}
    action = request.POST.get("action", "")
    if action not in FORMS:
        return _shown(request, one, given)
    form = given[action] = FORMS[action](request.POST, topic=one)
    if not form.is_valid():
        return _shown(request, one, given, status=422)
    if "confirm" not in request.POST:
        return _asked(request, one, action, form)
    try:
        kept = form.act(one, request)
    except Refused as refusal:
        form.add_error(None, str(refusal.reason))
        return _shown(request, one, given, status=409)
    done = {RENAME: _("The topic has its new name."), MERGE: _("The topics are merged.")}
    messages.success(request, done[action])
    return redirect("casestudies:topic", kept.slug)


def _require_curator(request: SignedInRequest) -> None:
    verdict = may_curate_topics(request.user)
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def _moved(slug: str) -> HttpResponse:
    former = FormerTopic.objects.select_related("topic").filter(slug=slug).first()
    if former is None:
        raise Http404
    return redirect("casestudies:topic", former.topic.slug, permanent=True)


def _shown(
    request: SignedInRequest, one: Topic, given: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    context = {
        "topic": one,
        "touched": touched_by(one),
        "former": one.former.all(),
        "rename": given[RENAME],
        "merge": given[MERGE],
    }
    return render(request, "casestudies/workspace/topic.html", context, status=status)


def _asked(request: SignedInRequest, one: Topic, action: str, form: Any) -> HttpResponse:
    names = {"topic": one.label, "slug": one.slug}
    if action == MERGE:
        names |= {"other": form.cleaned_data["into"].label}
        question = _("Merge “%(topic)s” into “%(other)s”?") % names
    else:
        names |= {"other": form.cleaned_data["name"]}
        question = _("Rename “%(topic)s” to “%(other)s”?") % names
    context = {
        "topic": one,
        "question": question,
        "consequences": _consequences(one, action, form, names),
        "form": form,
        "action": action,
        "label": _("Merge them") if action == MERGE else _("Rename it"),
    }
    return render(request, "casestudies/workspace/topic_confirm.html", context)


def _consequences(one: Topic, action: str, form: Any, names: dict[str, str]) -> list[str]:
    touched = touched_by(one)
    words = ngettext(
        "%(cases)d case carries this topic, %(published)d of them published. Search follows.",
        "%(cases)d cases carry this topic, %(published)d of them published. Search follows.",
        touched.cases,
    )
    said = [words % touched._asdict()]
    if action == MERGE:
        said.append(_("A case that carries both topics keeps the place of the earlier one."))
        if touched.topics:
            words = ngettext(
                "%(topics)d topic of this group goes into the other group.",
                "%(topics)d topics of this group go into the other group.",
                touched.topics,
            )
            said.append(words % touched._asdict())
        said.append(_("“%(topic)s” goes for good. This cannot be taken back.") % names)
    if action == MERGE or form.cleaned_data["slug"] != one.slug:
        said.append(_("The address “%(slug)s” is kept and leads to the topic.") % names)
    return said
