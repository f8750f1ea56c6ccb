"""Takes the new files of a screen into store at once, and carries them on in the form."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from casestudies.models import CaseImage
from casestudies.services.uploads import store_document, store_image
from casestudies.wizard.questions import Step
from casestudies.wizard.references import Uploads
from casestudies.wizard.rows import row_count

if TYPE_CHECKING:
    from portal.directory.models import User

Files = MultiValueDict[str, UploadedFile]


def take_uploads(
    step: Step, data: QueryDict, files: Files, *, author: "User"
) -> tuple[QueryDict, dict[str, list[str]]]:
    """Give the form's data with a row for each stored file, and errors by input."""
    carried = data.copy()
    errors: dict[str, list[str]] = {}
    for question in step.questions:
        upload = files.get(f"{question.name}-new-file")
        if not isinstance(question.kind, Uploads) or upload is None:
            continue
        try:
            _carry(carried, question.name, question.kind, upload, author)
        except ValidationError as error:
            errors[f"{question.name}-new-file"] = error.messages
    return carried, errors


def _carry(data: QueryDict, name: str, kind: Uploads, upload: UploadedFile, author: "User") -> None:
    place = row_count(name, data)
    if place >= kind.limit:
        raise ValidationError(_("Remove one first: there is room for %(n)s.") % {"n": kind.limit})
    stored: Any = (store_image if kind.model is CaseImage else store_document)(
        author=author, upload=upload
    )
    data[f"{name}-{place}-{kind.store}"] = str(stored.pk)
    for column in kind.columns[1:]:
        typed = data.pop(f"{name}-new-{column.name}", [])
        if typed:
            data.setlist(f"{name}-{place}-{column.name}", typed)
