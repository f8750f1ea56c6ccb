"""Takes the new files of a screen into the library at once, and carries them on in the form."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from casestudies.downloads import Material
from casestudies.libraries import newest_materials
from casestudies.models import CaseStudyPage
from casestudies.services.uploads import store_document, store_image
from casestudies.wizard.questions import Step
from casestudies.wizard.rows import row_count
from casestudies.wizard.uploads import Uploads, new_files, picks
from portal.core.uploads.refusals import named

if TYPE_CHECKING:
    from portal.directory.models import User

Files = MultiValueDict[str, UploadedFile]


def take_uploads(
    step: Step, data: QueryDict, files: Files, *, case: CaseStudyPage, author: "User"
) -> tuple[QueryDict, dict[str, list[str]]]:
    """Give the form's data with a row for each file sent or chosen, and errors by input."""
    carried = data.copy()
    errors: dict[str, list[str]] = {}
    for question in step.questions:
        if not isinstance(question.kind, Uploads):
            continue
        taking = Taking(question.name, question.kind, carried, case, author)
        taking.take_chosen()
        for upload in files.getlist(new_files(question.name)):
            taking.take_new(upload)
        if taking.errors:
            errors[new_files(question.name)] = taking.errors
    return carried, errors


class Taking:
    """The files of one question on their way into its rows."""

    def __init__(
        self, name: str, kind: Uploads, data: QueryDict, case: CaseStudyPage, author: "User"
    ) -> None:
        self.name, self.kind, self.data, self.case, self.author = name, kind, data, case, author
        self.errors: list[str] = []

    def take_chosen(self) -> None:
        """Put what was chosen from the library into rows; what it does not hold is left out."""
        numbers = [pk for pk in self.data.pop(picks(self.name), []) if str(pk).isdecimal()]
        known = newest_materials(self.kind.stored_model, self.case.administration)
        for item in known.filter(pk__in=numbers):
            try:
                self._carry(item)
            except ValidationError as error:
                self.errors.append(named(item.title, error))

    def take_new(self, upload: UploadedFile) -> None:
        """Store a new file, and put it into a row."""
        store = store_image if self.kind.holds_images else store_document
        place = self.case.administration
        try:
            self._refuse_one_too_many()
            self._carry(store(author=self.author, administration=place, upload=upload))
        except ValidationError as error:
            self.errors.append(named(str(upload.name), error))

    def _carry(self, item: Material) -> None:
        self._refuse_one_too_many()
        place = row_count(self.name, self.data)
        self.data[f"{self.name}-{place}-{self.kind.store}"] = str(item.pk)
        for column, text in self.kind.first_texts(item).items():
            self.data[f"{self.name}-{place}-{column}"] = text

    def _refuse_one_too_many(self) -> None:
        if row_count(self.name, self.data) >= self.kind.limit:
            raise ValidationError(
                _("Remove one first: there is room for %(n)s.") % {"n": self.kind.limit}
            )
