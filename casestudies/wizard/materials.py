"""The screen of materials: pictures, files, links and one video."""

from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseFile, CaseImage, CaseLink
from casestudies.wizard.kinds import Text, Tick, Web
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.references import Stored, Uploads
from casestudies.wizard.rows import Column, Rows
from portal.core.uploads import DOCUMENT_EXTENSIONS, IMAGE_EXTENSIONS

MATERIALS = Step(
    "materials",
    _("Pictures, files, links"),
    _("All of this is optional. The text must be understood without it."),
    (
        Question(
            "images",
            _("Pictures"),
            Uploads(
                CaseImage,
                (
                    Column("image", "", Stored()),
                    Column(
                        "alternative_text",
                        _("Description for those who cannot see it"),
                        Text(250),
                        _("Describe the picture in a sentence, or remove it."),
                    ),
                    Column("caption", _("Caption"), Text(250)),
                ),
                limit=6,
                row_label=_("Picture"),
                add_label=_("Add this picture"),
                relation="images",
                upload_label=_("Choose a picture (JPEG, PNG or WebP)"),
                accept=",".join(IMAGE_EXTENSIONS),
            ),
            why=_(
                "A photograph of the real place or a drawing of the process. Place and camera "
                "data are removed."
            ),
            example=_("Two officers compare a parcel label with a list on a tablet."),
        ),
        Question(
            "files",
            _("Files"),
            Uploads(
                CaseFile,
                (
                    Column("document", "", Stored()),
                    Column(
                        "title",
                        _("Title of the file"),
                        Text(160),
                        _("Give the file a title, or remove it."),
                    ),
                    Column("members_only", _("For officers of Members only"), Tick()),
                ),
                limit=3,
                row_label=_("File"),
                add_label=_("Add this file"),
                relation="files",
                upload_label=_("Choose a file (PDF, Word, Excel, PowerPoint or ODF)"),
                accept=",".join(DOCUMENT_EXTENSIONS),
            ),
            why=_("A manual, a form or a text of law that others could adapt."),
        ),
        Question(
            "links",
            _("Links"),
            Rows(
                CaseLink,
                (
                    Column("url", _("Address"), Web(), _("Give the address, or empty the row.")),
                    Column(
                        "title",
                        _("What is found there"),
                        Text(160),
                        _("Say what is found there, or empty the row."),
                    ),
                ),
                limit=10,
                row_label=_("Link"),
                add_label=_("Add another link"),
            ),
            why=_("Pages that will still be there in two years."),
        ),
        Question(
            "video",
            _("Video"),
            Web(),
            why=_("The address of one video. It is linked, not played here."),
        ),
    ),
)
