"""Word, Excel and PowerPoint documents: of the kind they say, without macros or remote parts."""

import re
import zipfile
from xml.etree.ElementTree import Element

from portal.core.uploads import archives, contents, markup
from portal.core.uploads.refusals import Fault, refuse

_MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
MAIN_PARTS = {
    ".docx": _MAIN.format("wordprocessingml.document"),
    ".xlsx": _MAIN.format("spreadsheetml.sheet"),
    ".pptx": _MAIN.format("presentationml.presentation"),
}
TYPES = "[Content_Types].xml"
# Parts of a content type, and last words of a relationship's type, in lower case.
PROGRAM_TYPES = ("macroenabled", "vbaproject", "vbadata", "macrosheet", "dialogsheet", "activex")
PROGRAM_RELATIONS = (
    "vbaproject",
    "wordvbadata",
    "xlmacrosheet",
    "xlintlmacrosheet",
    "dialogsheet",
    "control",
    "activexcontrolbinary",
    "keymapcustomizations",
)
REMOTE_RELATIONS = (
    "attachedtemplate",
    "externallink",
    "externallinkpath",
    "connections",
    "querytable",
    "subdocument",
    "webextension",
    "webextensiontaskpanes",
)
CARRIED_RELATIONS = ("oleobject", "afchunk")
# Fields of Word that start a program, fetch another file, or spell such a field in numbers.
REMOTE_FIELDS = re.compile(
    r"^\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|QUOTE(?=\s+\d))\b",
    re.IGNORECASE | re.MULTILINE,
)


def check_office(content: bytes, extension: str, *, depth: int = 0) -> None:
    """Refuse an office document that is not what its name says or not plain paper.

    A workbook behind a chart is a document of its own and judged as one; nothing is in that.
    """
    with archives.opened(content) as archive:
        _check_types(archive, extension)
        for member in archive.infolist():
            _check_member(member.filename, archives.unpacked(archive, member), depth)


def _check_types(archive: zipfile.ZipFile, extension: str) -> None:
    if TYPES not in archive.namelist():
        refuse(Fault.NAME, extension=extension)
    types = [
        element.get("ContentType", "").lower()
        for element in markup.elements(archives.unpacked(archive, TYPES))
    ]
    if any(word in each for each in types for word in PROGRAM_TYPES):
        refuse(Fault.MACROS)
    if MAIN_PARTS[extension] not in types:
        refuse(Fault.NAME, extension=extension)


def _check_member(name: str, content: bytes, depth: int) -> None:
    lower = name.lower()
    if lower.endswith("vbaproject.bin"):
        refuse(Fault.MACROS)
    if "/embeddings/" in lower and lower.endswith(tuple(MAIN_PARTS)) and depth == 0:
        check_office(content, lower[-5:], depth=1)
        return
    if contents.is_foreign(content):
        refuse(Fault.EMBEDDED, part=name)
    if lower.endswith(".rels"):
        for element in markup.elements(content):
            _check_relation(element)
    elif lower.endswith((".xml", ".vml")):
        markup.check_beginning(content)
        if lower.startswith("word/") and _has_fields(content):
            _check_fields(content)


def _check_relation(element: Element) -> None:
    relation = element.get("Type", "").rpartition("/")[2].lower()
    target = element.get("Target", "")
    if relation in PROGRAM_RELATIONS:
        refuse(Fault.MACROS)
    if relation in CARRIED_RELATIONS:
        refuse(Fault.EMBEDDED, part=target[:80])
    is_remote = element.get("TargetMode", "").lower() == "external" or "://" in target
    is_link = relation == "hyperlink" and not contents.leads_away(target)
    if relation in REMOTE_RELATIONS or (is_remote and not is_link):
        refuse(Fault.LINKED, target=target[:80])


def _has_fields(content: bytes) -> bool:
    # Names of elements cannot be escaped; only an encoding of two bytes hides them.
    return b"instr" in content or b"\0" in content[:64]


def _check_fields(content: bytes) -> None:
    spelt: list[str] = []
    for element in markup.finished_elements(content):
        name = markup.local_name(element)
        if name == "instrText":
            spelt.append(element.text or "")
        elif name in ("fldChar", "fldSimple"):
            spelt += ["\n", *element.attrib.values(), "\n"]
    found = REMOTE_FIELDS.search("".join(spelt))
    if found:
        refuse(Fault.LINKED, target=found.group(1))
