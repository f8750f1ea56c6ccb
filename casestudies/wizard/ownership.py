"""The screens of a Snapshot about its people: whom to ask, who may read, under which licence."""

from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage, Visibility
from casestudies.models.choices import Licence
from casestudies.wizard.kinds import Choice, Day, Mail, Text, Tick
from casestudies.wizard.questions import Question, Step, always


def was_never_published(case: CaseStudyPage) -> bool:
    """Whether this is a first version: later the readers are changed at once, with a reason."""
    return case.first_published_at is None


OWNER = Step(
    "owner",
    _("Who to ask"),
    _("People change posts. A unit and its mailbox stay."),
    (
        Question(
            "owner_unit",
            _("Unit that owns the case"),
            Text(160),
            why=_("Everybody sees it."),
            example=_("Postal and Express Division"),
            missing=_("Name the unit that owns the case."),
            needed=always,
        ),
        Question(
            "owner_mailbox",
            _("Mailbox of the unit"),
            Mail(),
            why=_("A mailbox that is still read when you have moved on. Everybody sees it."),
            example="postal@customs.example",
            missing=_("Give a mailbox where questions arrive."),
            needed=always,
        ),
        Question(
            "contact_name",
            _("Person to contact"),
            Text(120),
            why=_("Shown to officers of Members only, never to the public."),
        ),
        Question(
            "contact_email",
            _("E-mail of this person"),
            Mail(),
            why=_("Shown to officers of Members only, never to the public."),
        ),
    ),
    minutes=1,
)

RIGHTS = Step(
    "rights",
    _("Rights and readers"),
    _("Who may read the case, and what they may do with it."),
    (
        Question(
            "licence",
            _("Licence"),
            Choice(Licence),
            why=_("The first lets others translate and teach from it as long as they name you."),
            missing=_("Choose a licence."),
            needed=always,
        ),
        Question(
            "cleared",
            _("My administration agrees to share this"),
            Tick(),
            why=_("Whoever has to agree in your house has agreed, or will before it is published."),
            missing=_("Confirm that your administration agrees to share this."),
            needed=always,
        ),
        Question(
            "no_sensitive_detail",
            _("It contains no sensitive enforcement detail"),
            Tick(),
            why=_(
                "No risk rules, thresholds, names, routes or methods that would help an offender."
            ),
            missing=_("Confirm that it contains no sensitive enforcement detail."),
            needed=always,
        ),
        Question(
            "visibility",
            _("Who may read it"),
            Choice(Visibility),
            why=_("A public case helps most. A narrower circle is better than no case."),
            missing=_("Say who may read it."),
            needed=always,
            asked=was_never_published,
        ),
        Question(
            "embargo_until",
            _("Not before"),
            Day(),
            why=_("If it must wait for an announcement, it appears on this day by itself."),
        ),
    ),
    minutes=1,
)
