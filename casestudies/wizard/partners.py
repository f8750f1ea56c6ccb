"""The question about partners: a Member chosen from the list, anybody else by name."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from casestudies.models import Partner
from casestudies.wizard.kinds import Asker, Choice, Text, Words
from casestudies.wizard.questions import Question
from casestudies.wizard.references import Member
from casestudies.wizard.rows import Column, Row, Rows


@dataclass(frozen=True)
class Partners(Rows):
    """Partners of a case; each has a kind and a name, a Member by choice."""

    def problems(self, row: Row, asker: Asker) -> dict[str, Words]:
        """Ask for a Member or a name, whichever the kind needs."""
        found = super().problems(row, asker)
        if row["kind"] == Partner.Kind.MEMBER and not row["administration"]:
            found["administration"] = _("Choose the Member.")
        elif row["kind"] and row["kind"] != Partner.Kind.MEMBER and not row["name"]:
            found["name"] = _("Give the partner's name.")
        return found


PARTNERS = Question(
    "partners",
    _("Partners"),
    Partners(
        Partner,
        (
            Column(
                "kind",
                _("Kind of partner"),
                Choice(Partner.Kind, as_list=True),
                _("Choose the kind of partner, or empty the row."),
            ),
            Column("administration", _("Member, if it is one"), Member()),
            Column("name", _("Name, if it is not a Member"), Text(160)),
        ),
        limit=20,
        row_label=_("Partner"),
        add_label=_("Add another partner"),
    ),
    why=_("Name those who would be proud to be named, with their consent."),
    example=_("Government agency · National post"),
)
