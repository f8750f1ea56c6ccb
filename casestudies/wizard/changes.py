"""The screen asked only of a case that is already published: what is new in this version."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage
from casestudies.models.choices import ChangeKind
from casestudies.wizard.kinds import Choice, Text
from casestudies.wizard.questions import Question, Step, always


class NextChange(models.TextChoices):
    """The kinds of change that a new version may have."""

    MINOR = ChangeKind.MINOR.value, ChangeKind.MINOR.label
    SUBSTANTIVE = ChangeKind.SUBSTANTIVE.value, ChangeKind.SUBSTANTIVE.label


@dataclass(frozen=True)
class ChangeChoice(Choice):
    """The kind of change; a first version's kind is no answer for the next one."""

    def read(self, case: CaseStudyPage, name: str) -> str:
        """Give the kind chosen for this version, empty as long as none was."""
        kind = super().read(case, name)
        return "" if kind == ChangeKind.FIRST else kind


def is_published(case: CaseStudyPage) -> bool:
    """Whether readers already have a version of this case."""
    return case.live


CHANGES = Step(
    "changes",
    _("What changed"),
    _("Readers of the published version see this note beside the new one."),
    (
        Question(
            "change_kind",
            _("Kind of change"),
            ChangeChoice(NextChange),
            why=_(
                "A minor change corrects or updates; a substantive one changes what readers learn."
            ),
            missing=_("Say what kind of change this is."),
            needed=always,
        ),
        Question(
            "change_note",
            _("What changed"),
            Text(300, rows=3),
            why=_("One sentence for those who know the previous version."),
            example=_("Results of the second year added; the contact unit has a new name."),
            missing=_("Say in a sentence what changed."),
            needed=always,
        ),
    ),
    minutes=1,
    asked=is_published,
)
