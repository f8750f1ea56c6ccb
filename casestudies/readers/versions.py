"""The published versions of a case as far as one reader may read them, and what differs."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from casestudies.differences import differences
from casestudies.models import CaseStudyPage, CaseVersion, Confirmation
from casestudies.permissions import may_read_version
from portal.directory.permissions import standing_of

if TYPE_CHECKING:
    from portal.directory.models import User

# Said beside the text, or about cases that not every reader may read.
NEVER_SHOWN = frozenset(
    {
        "change_kind",
        "change_note",
        "cleared",
        "embargo_until",
        "no_sensitive_detail",
        "related_cases",
        "visibility",
    }
)
# What the page of a case keeps for officers of Members; some of the files are for them alone.
FOR_OFFICERS = frozenset({"contact_name", "contact_email", "files"})


@dataclass(frozen=True)
class Happening:
    """A version or a confirmation, for the timeline."""

    when: datetime
    what: str
    text: str
    lang: str
    now: bool = False


@dataclass(frozen=True)
class Comparison:
    """Two versions of a case, and whether the reader is a Member's officer."""

    older: CaseVersion
    newer: CaseVersion
    is_officer: bool

    @cached_property
    def pairs(self) -> list[dict[str, str | SafeString]]:
        """The answers that differ, word by word."""
        hidden = NEVER_SHOWN if self.is_officer else NEVER_SHOWN | FOR_OFFICERS
        texts = (item.revision.as_object() for item in (self.older, self.newer) if item.revision)
        return differences(*texts, without=hidden)


class CompareForm(forms.Form):
    """Which two versions are set side by side; the address holds them."""

    NAMES = ("older", "newer")

    def __init__(self, versions: list[CaseVersion], data: dict[str, str] | None = None) -> None:
        super().__init__(data)
        choices = [(version.number, str(version.number)) for version in versions]
        labels = (_("From version"), _("To version"))
        for name, label, version in zip(self.NAMES, labels, versions[-2:], strict=False):
            self.fields[name] = forms.TypedChoiceField(
                label=label, coerce=int, choices=choices, initial=version.number
            )


def versions_for(user: "User | AnonymousUser", case: CaseStudyPage) -> list[CaseVersion]:
    """Give the versions of a case whose texts this person may read, the first one first."""
    rows = CaseVersion.objects.filter(page_id=case.pk, revision__isnull=False)
    found = rows.select_related("revision")
    return [version for version in found if may_read_version(user, case, version)]


def comparison_of(
    versions: list[CaseVersion], form: CompareForm, user: "User | AnonymousUser"
) -> Comparison | None:
    """Give the two versions that were asked for, the older one first; None where there are none."""
    if len(versions) < 2 or not form.is_valid():
        return None
    by_number = {version.number: version for version in versions}
    first, second = sorted((form.cleaned_data["older"], form.cleaned_data["newer"]))
    standing = standing_of(user)
    is_officer = standing.is_member_officer or standing.is_superuser
    return Comparison(by_number[first], by_number[second], is_officer)


def happenings_of(case: CaseStudyPage, versions: list[CaseVersion]) -> list[Happening]:
    """Give versions and confirmations, the latest first.

    A confirmation is about the version before it: where that is hidden, so is its note.
    """
    found = []
    every = list(CaseVersion.objects.filter(page_id=case.pk))
    for version in versions:
        what = _("Version %(number)s: %(kind)s") % {
            "number": version.number,
            "kind": version.get_kind_display(),
        }
        is_last = version.pk == every[-1].pk
        found.append(
            Happening(version.published_at, what, version.note, case.language, now=is_last)
        )
    shown = {version.pk for version in versions}
    for item in Confirmation.objects.filter(page_id=case.pk):
        before = [version for version in every if version.published_at <= item.confirmed_at]
        if before and before[-1].pk in shown:
            what = _("Looked at again by its owners: still true")
            found.append(Happening(item.confirmed_at, what, item.note, case.language))
    return sorted(found, key=lambda item: item.when, reverse=True)
