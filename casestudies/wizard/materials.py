"""The screen of materials: pictures, files, links and one video."""

from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseFile, CaseImage, CaseLink
from casestudies.models.choices import Licence
from casestudies.models.fields import FILES_LIMIT, IMAGES_LIMIT
from casestudies.wizard.kinds import Choice, Text, Tick, Web
from casestudies.wizard.questions import Question, Step
from casestudies.wizard.rows import Column, Rows
from casestudies.wizard.uploads import Stored, Uploads
from portal.core.uploads import DOCUMENT_EXTENSIONS, IMAGE_EXTENSIONS

RIGHTS = (
    Column("credit", _("Who made it, if it was not your administration"), Text(200)),
    Column("licence", _("Licence, if it is not that of the case"), Choice(Licence, as_list=True)),
)
RIGHTS_OF_THE_LIBRARY = (("credit", "credit"), ("licence", "licence"))

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
                    *RIGHTS,
                ),
                limit=IMAGES_LIMIT,
                row_label=_("Picture"),
                add_label=_("Add these pictures"),
                relation="images",
                upload_label=_("Choose pictures (JPEG, PNG or WebP)"),
                accept=",".join(IMAGE_EXTENSIONS),
                prefilled=(("alternative_text", "description"), *RIGHTS_OF_THE_LIBRARY),
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
                    *RIGHTS,
                    Column("members_only", _("For officers of Members only"), Tick()),
                ),
                limit=FILES_LIMIT,
                row_label=_("File"),
                add_label=_("Add these files"),
                relation="files",
                upload_label=_("Choose files (PDF, Word, Excel, PowerPoint or ODF)"),
                accept=",".join(DOCUMENT_EXTENSIONS),
                prefilled=(("title", "title"), *RIGHTS_OF_THE_LIBRARY),
            ),
            why=_("A manual, a form or a text of law that others could adapt."),
            example=_("Agreement on the twelve data elements, with its annex"),
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
            example=_("The post's notice to senders, on its own site"),
        ),
        Question(
            "video",
            _("Video"),
            Web(),
            why=_("The address of one video. It is linked, not played here."),
        ),
    ),
    minutes=3,
)
