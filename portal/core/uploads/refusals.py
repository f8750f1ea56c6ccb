"""Why a file is refused: one sentence of what is wrong, one of how to mend it."""

from enum import StrEnum
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Fault(StrEnum):
    """What can be wrong with an upload; the code of the error that says so."""

    SIZE = "size"
    PICTURE = "picture"
    PIXELS = "pixels"
    MOVING = "moving"
    DOCUMENT = "document"
    NAME = "name"
    OLD = "old"
    LOCKED = "locked"
    DAMAGED = "damaged"
    PACKING = "packing"
    BOMB = "bomb"
    MACROS = "macros"
    ACTIVE = "active"
    LINKED = "linked"
    EMBEDDED = "embedded"


WORDS = {
    Fault.SIZE: gettext_lazy("This file is larger than %(size)s MB. Send a smaller one."),
    Fault.PICTURE: gettext_lazy(
        "This is not a picture we can read. Send a JPEG, PNG or WebP file."
    ),
    Fault.PIXELS: gettext_lazy(
        "This picture has too many pixels (%(width)s × %(height)s). Make it smaller."
    ),
    Fault.MOVING: gettext_lazy("This picture moves. Send a still one."),
    Fault.DOCUMENT: gettext_lazy(
        "This is not a document we can read. Send a PDF, Word, Excel, PowerPoint or ODF file."
    ),
    Fault.NAME: gettext_lazy(
        "The name of this file ends in %(extension)s, but its content is something else. Open it, "
        "save it again in that format and send the new file."
    ),
    Fault.OLD: gettext_lazy(
        "This file is protected by a password, or was made by an old version of Office. Save it "
        "without a password as .docx, .xlsx or .pptx."
    ),
    Fault.LOCKED: gettext_lazy(
        "This file is protected by a password or against changes. Save it without protection."
    ),
    Fault.DAMAGED: gettext_lazy(
        "This file is damaged or cut short. Open it, save it again and send the new file."
    ),
    Fault.PACKING: gettext_lazy(
        "This file is packed in a way that hides what is in it. Open it, save it again and send "
        "the new file."
    ),
    Fault.BOMB: gettext_lazy(
        "This file grows too large when it is opened. Make its pictures or tables smaller."
    ),
    Fault.MACROS: gettext_lazy(
        "This document contains macros or controls, which are small programs. Save it without "
        "them, or print it to a PDF and send that one."
    ),
    Fault.ACTIVE: gettext_lazy(
        "This PDF contains scripts, or actions that start by themselves. Print it to a new PDF and "
        "send that one."
    ),
    Fault.LINKED: gettext_lazy(
        "This document fetches something from another place (%(target)s). Remove that, or print "
        "it to a PDF and send that one."
    ),
    Fault.EMBEDDED: gettext_lazy(
        "This document carries another file inside (%(part)s). Remove it, or put a picture of it "
        "in its place."
    ),
}


def refuse(fault: Fault, **named: object) -> NoReturn:
    """Raise the ValidationError that says what is wrong, with the fault as its code."""
    raise refusal(fault, **named)


def refusal(fault: Fault, **named: object) -> ValidationError:
    """Give the ValidationError that says what is wrong, with the fault as its code."""
    return ValidationError(WORDS[fault] % named if named else str(WORDS[fault]), code=fault.value)


def named(name: str, error: ValidationError) -> str:
    """Give a refusal with the name of the file before it: several come at once."""
    return _("%(name)s: %(reason)s") % {"name": name, "reason": " ".join(error.messages)}


def refuse_size(size: int | None, most: int) -> None:
    """Refuse a file of more than so many bytes."""
    if (size or 0) > most:
        refuse(Fault.SIZE, size=most // (1024 * 1024))
