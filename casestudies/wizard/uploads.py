"""The kind of question that is answered by uploaded files, or by what the library already has."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.downloads import Material
from casestudies.libraries import newest_materials
from casestudies.models import CaseImage, CaseStudyPage
from casestudies.wizard.kinds import Asker, OneField, Words
from casestudies.wizard.rows import Row, Rows
from portal.core.models import PortalDocument, PortalImage

OFFERED = 24


@dataclass(frozen=True)
class Stored(OneField):
    """The id of a file already uploaded, carried along in the form."""

    def field(self) -> forms.Field:
        """Give a hidden input."""
        return forms.IntegerField(required=False, widget=forms.HiddenInput)


class FilesInput(forms.FileInput):
    """The browser's own input for files, several at once."""

    allow_multiple_selected = True


@dataclass(frozen=True)
class Uploads(Rows):
    """Uploaded files in rows; each must be of the administration's library or already on the case.

    `prefilled` says which text of the library stands first in which column.
    """

    relation: str = ""
    upload_label: Words = ""
    accept: str = ""
    prefilled: tuple[tuple[str, str], ...] = ()

    @property
    def store(self) -> str:
        """The column that holds the file's id."""
        return self.columns[0].name

    @property
    def holds_images(self) -> bool:
        """Whether its files are pictures."""
        return self.model is CaseImage

    @property
    def stored_model(self) -> type[PortalImage] | type[PortalDocument]:
        """The model that keeps the file."""
        return PortalImage if self.holds_images else PortalDocument

    def fields(self, name: str, rows: int = 0) -> dict[str, forms.Field]:
        """Give the inputs of the files there are, and one for new files."""
        made = super().fields(name, rows)
        made[new_files(name)] = forms.FileField(
            required=False,
            label=gettext_lazy("Files, several at once if you like"),
            widget=FilesInput(attrs={"accept": self.accept}),
        )
        return made

    def first_texts(self, item: Material) -> dict[str, str]:
        """Give what the library says of an item, by the columns of its row."""
        return {column: str(getattr(item, text)) for column, text in self.prefilled}

    def offered(self, case: CaseStudyPage, taken: Collection[int]) -> Sequence[Material]:
        """Give the newest of the library that are not on the case yet."""
        found = newest_materials(self.stored_model, case.administration, without=taken)
        return list(found[:OFFERED])

    def show(self, answer: list[Row]) -> str:
        """Give a line for each file, with its name in the library in place of its id."""
        known = self.stored_model._default_manager.in_bulk([row[self.store] for row in answer])
        lines = []
        for row in answer:
            item = known.get(row[self.store])
            texts = [column.kind.show(row[column.name]) for column in self.columns[1:]]
            lines.append(
                " · ".join(text for text in [str(item.title) if item else "", *texts] if text)
            )
        return "\n".join(lines)

    def is_blank(self, row: Row) -> bool:
        """Say whether there is no file in the row."""
        return not row[self.store]

    def problems(self, row: Row, asker: Asker) -> dict[str, Words]:
        """Refuse a file of another administration: its id was not given by this form."""
        found = super().problems(row, asker)
        if not self._may_use(row[self.store], asker):
            found[self.columns[-1].name] = _("This file is not yours to use. Send it again.")
        return found

    def _may_use(self, pk: int, asker: Asker) -> bool:
        own = newest_materials(self.stored_model, asker.case.administration)
        return own.filter(pk=pk).exists() or any(
            row[self.store] == pk for row in self.read(asker.case, self.relation)
        )


def new_files(name: str) -> str:
    """Give the name of the input for the new files of a question."""
    return f"{name}-new-file"


def picks(name: str) -> str:
    """Give the name under which items of the library are chosen for a question."""
    return f"{name}-pick"
