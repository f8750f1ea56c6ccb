"""XML of uploaded documents: read without declarations, which can burst or fetch other files."""

from collections.abc import Iterator
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree

from portal.core.uploads.refusals import Fault, refusal, refuse

# Seconds of reading: a text of a thousand pages has less.
READ_WHOLE = 24 * 1024 * 1024
BROKEN = (ParseError, LookupError, ValueError)


def check_beginning(content: bytes) -> None:
    """Refuse XML that declares anything: declarations stand before the first element."""
    next(_events(content, ("start",)), None)


def elements(content: bytes) -> Iterator[Element]:
    """Give the elements one after the other as they begin, with their attributes only.

    Raises ValidationError for XML that is broken, too long, or that declares anything.
    """
    _refuse_length(content)
    for event, element in _events(content, ("start", "end")):
        if event == "start":
            yield element
        else:
            element.clear()


def finished_elements(content: bytes) -> Iterator[Element]:
    """Give the elements as they end, with their text; each is emptied after its turn."""
    _refuse_length(content)
    for _event, element in _events(content, ("end",)):
        yield element
        element.clear()


def whole(content: bytes, *, most_bytes: int, most_elements: int, deepest: int) -> Element:
    """Give a whole document as a tree that fits into memory and can be walked down.

    Raises ValidationError for XML that is broken, too long or deep, or that declares anything.
    """
    if len(content) > most_bytes:
        refuse(Fault.BOMB)
    root: Element | None = None
    depth = elements = 0
    for event, element in _events(content, ("start", "end")):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        elements += event == "start"
        if depth > deepest or elements > most_elements:
            refuse(Fault.BOMB)
    if root is None:
        refuse(Fault.DAMAGED)
    return root


def _refuse_length(content: bytes) -> None:
    if len(content) > READ_WHOLE:
        refuse(Fault.BOMB)


def _events(content: bytes, which: tuple[str, ...]) -> Iterator[tuple[str, Element]]:
    if not content:
        # LibreOffice keeps places for settings that nobody made.
        return
    try:
        yield from ElementTree.iterparse(BytesIO(content), which, forbid_dtd=True)
    except DefusedXmlException as error:
        raise refusal(Fault.PACKING) from error
    except BROKEN as error:
        raise refusal(Fault.DAMAGED) from error


def local_name(element: Element) -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def namespace(element: Element) -> str:
    """Give the namespace of an element."""
    return str(element.tag).rpartition("}")[0].removeprefix("{")
