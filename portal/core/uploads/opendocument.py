"""OpenDocument files: of the kind they say, without macros, objects or remote parts."""

import zipfile
from xml.etree.ElementTree import Element

from portal.core.uploads import archives, contents, markup
from portal.core.uploads.refusals import Fault, refuse

KINDS = {
    ".odt": b"application/vnd.oasis.opendocument.text",
    ".ods": b"application/vnd.oasis.opendocument.spreadsheet",
    ".odp": b"application/vnd.oasis.opendocument.presentation",
}
KIND, MANIFEST, CONTENT = "mimetype", "META-INF/manifest.xml", "content.xml"
PROGRAM_FOLDERS = ("basic/", "scripts/", "dialogs/")
PROGRAM_SPACES = ("urn:oasis:names:tc:opendocument:xmlns:script:1.0",)
PROGRAM_SCHEMES = ("vnd.sun.star.", "macro:", "javascript:", "vbscript:", "service:", "slot:")
HREF = "{http://www.w3.org/1999/xlink}href"
ACTION = "{urn:oasis:names:tc:opendocument:xmlns:presentation:1.0}action"
CARRIED = ("object-ole", "applet", "plugin", "floating-frame")
REMOTE = ("dde-source", "dde-connection-decl", "dde-link", "connection-resource")
LINKS = ("a", "hyperlink")
# Where the author's own template lay: told, never fetched.
ONLY_TOLD = ("template",)


def check_open_document(content: bytes, extension: str) -> None:
    """Refuse an OpenDocument file that is not what its name says or not plain paper."""
    with archives.opened(content) as archive:
        _check_kind(archive, extension)
        for member in archive.infolist():
            _check_member(member.filename, archives.unpacked(archive, member))


def _check_kind(archive: zipfile.ZipFile, extension: str) -> None:
    names = archive.namelist()
    if names[0] != KIND or archives.unpacked(archive, KIND) != KINDS[extension]:
        refuse(Fault.NAME, extension=extension)
    if MANIFEST not in names:
        refuse(Fault.DAMAGED)
    for element in markup.elements(archives.unpacked(archive, MANIFEST)):
        if markup.local_name(element) == "encryption-data":
            refuse(Fault.LOCKED)
    if CONTENT not in names:
        refuse(Fault.DAMAGED)


def _check_member(name: str, content: bytes) -> None:
    if name.lower().startswith(PROGRAM_FOLDERS):
        refuse(Fault.MACROS)
    if contents.is_foreign(content):
        refuse(Fault.EMBEDDED, part=name)
    if name.lower().endswith((".xml", ".rdf")):
        for element in markup.elements(content):
            _check_element(element)


def _check_element(element: Element) -> None:
    name, target = markup.local_name(element), element.get(HREF, "")
    if markup.namespace(element) in PROGRAM_SPACES or element.get(ACTION) == "execute":
        refuse(Fault.MACROS)
    if target.strip().lower().startswith(PROGRAM_SCHEMES):
        refuse(Fault.MACROS)
    if name in CARRIED:
        refuse(Fault.EMBEDDED, part=name)
    if name in REMOTE or (target and name not in ONLY_TOLD and _is_remote(name, target)):
        refuse(Fault.LINKED, target=target[:80] or name)


def _is_remote(name: str, target: str) -> bool:
    # A link waits for a click; anything else with an address is fetched when the file is opened.
    return contents.leads_away(target) or (name not in LINKS and "://" in target)
