"""A Word file as tables of cells with their lines: what stands in it, whoever saved it with what.

It is read like anything that is sent: judged by its content first, then within bounds.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from casestudies.offline.identity import NAME, SHOWN, SIGN, Identity
from casestudies.offline.package import W
from portal.core.uploads import archives, check_document, markup

MOST_BYTES = 6_000_000
MOST_ELEMENTS = 250_000
DEEPEST = 120
MOST_CHARACTERS = 200_000
DOCUMENT, CUSTOM = "word/document.xml", "docProps/custom.xml"
SUFFIX = ".docx"
# Properties, what was deleted or moved away, and what is there a second time for older readers.
NO_WORDS = frozenset(
    {"sdtPr", "rPr", "pPr", "del", "moveFrom", "Fallback", "drawing", "pict", "object"}
)
SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "\u2011"}
OUR_STYLES = ("Forum", "Heading")


@dataclass(frozen=True)
class Cell:
    """A cell: its lines, and the tag of the first content control in it."""

    lines: list[str]
    tag: str = ""

    @property
    def text(self) -> str:
        """The words of the cell."""
        return "\n".join(self.lines).strip()


@dataclass(frozen=True)
class Document:
    """A template that was filled in: which one, its tables in order, and words outside of them."""

    identity: Identity
    tables: list[list[list[Cell]]]
    loose: list[str]


def read_document(upload: UploadedFile) -> Document:
    """Read a template that was sent.

    Raises ValidationError, in words that say what to do, for a file that is not ours or not safe.
    """
    if not (upload.name or "").lower().endswith(SUFFIX):
        raise ValidationError(_("Send the Word file (.docx) that you made from our template."))
    content = check_document(upload).read()
    with archives.opened(content) as archive:
        names = archive.namelist()
        if DOCUMENT not in names:
            raise not_ours()
        root = markup.whole(
            archives.unpacked(archive, DOCUMENT),
            most_bytes=MOST_BYTES,
            most_elements=MOST_ELEMENTS,
            deepest=DEEPEST,
        )
        said = _properties(archives.unpacked(archive, CUSTOM)) if CUSTOM in names else {}
    return _document(root, said)


def not_ours() -> ValidationError:
    """Say that a file was not made from the template."""
    return ValidationError(
        _(
            "This file was not made from our template. Download the template, copy your answers "
            "into its boxes, and send that file."
        ),
        code="not_ours",
    )


def _properties(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    value = ""
    for element in markup.finished_elements(content):
        name = markup.local_name(element)
        if name == "lpwstr":
            value = element.text or ""
        elif name == "property":
            found[element.get("name", "")] = value
            value = ""
    return found


def _document(root: Element, said: dict[str, str]) -> Document:
    body = root.find(f"{{{W}}}body")
    blocks = list(_inside(body, ("p", "tbl"))) if body is not None else []
    paragraphs = [(_style(each), _text(each)) for each in blocks if _is(each, "p")]
    identity = Identity.said_by(said.get(NAME, ""), said.get(SHOWN, ""))
    # A program that drops what is kept unseen leaves the line that says the same.
    lines = [text.strip() for _style, text in paragraphs if text.strip().startswith(SIGN)]
    for line in lines:
        identity = identity or Identity.said_by(line.removeprefix(SIGN))
    if identity is None:
        raise not_ours()
    tables = [_table(each) for each in blocks if _is(each, "tbl")]
    loose = [text.strip() for style, text in paragraphs if not style.startswith(OUR_STYLES)]
    document = Document(identity, tables, [text for text in loose if text and text not in lines])
    _refuse_long(document)
    return document


def _refuse_long(document: Document) -> None:
    cells = (cell.text for table in document.tables for row in table for cell in row)
    if sum(map(len, cells)) + sum(map(len, document.loose)) > MOST_CHARACTERS:
        raise ValidationError(
            _(
                "This file holds more than %(most)s characters, far more than a case can have. "
                "Nothing was taken from it. Leave out what is not an answer, and send it again."
            )
            % {"most": MOST_CHARACTERS},
            code="long",
        )


def _is(element: Element, name: str) -> bool:
    return element.tag == f"{{{W}}}{name}"


def _inside(element: Element, names: tuple[str, ...]) -> Iterator[Element]:
    """Give the children of these names, also those that a control or a change stands around."""
    for child in element:
        name = markup.local_name(child)
        if name in names:
            yield child
        elif name not in NO_WORDS:
            yield from _inside(child, names)


def _table(table: Element) -> list[list[Cell]]:
    return [[_cell(cell) for cell in _inside(row, ("tc",))] for row in _inside(table, ("tr",))]


def _cell(cell: Element) -> Cell:
    tag = next((each.get(f"{{{W}}}val", "") for each in cell.iter(f"{{{W}}}tag")), "")
    return Cell([line.rstrip() for line in _text(cell).split("\n")], tag)


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{{{W}}}pPr/{{{W}}}pStyle")
    return "" if style is None else style.get(f"{{{W}}}val", "")


def _text(element: Element) -> str:
    return "".join(_pieces(element))


def _pieces(element: Element) -> Iterator[str]:
    for child in element:
        name = markup.local_name(child)
        if name in NO_WORDS or (name == "sdt" and _is_prompt(child)):
            continue
        if name == "t":
            yield child.text or ""
        elif name in SIGNS:
            yield SIGNS[name]
        else:
            yield from _pieces(child)
            if name == "p":
                yield "\n"


def _is_prompt(control: Element) -> bool:
    prompt = control.find(f"{{{W}}}sdtPr/{{{W}}}showingPlcHdr")
    return prompt is not None and prompt.get(f"{{{W}}}val", "1") not in ("0", "false")
