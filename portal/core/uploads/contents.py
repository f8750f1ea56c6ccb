"""What is inside a document, told by its first bytes and not by its name."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
# Programs, scripts, archives and documents: none of these is a part of an office document.
FOREIGN = (
    OLE,
    PDF,
    ZIP,
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"#!",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"{\\rtf",
    b"ITSF",
    b"L\x00\x00\x00\x01\x14\x02\x00",
)
WEB_PAGE = (b"<!doctype html", b"<html", b"<script", b"<hta:")


def is_foreign(content: bytes) -> bool:
    """Say whether a part of a document is a program, an archive or a document of its own."""
    beginning = content[:64].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    return content.startswith(FOREIGN) or beginning.startswith(WEB_PAGE)


def leads_away(target: str) -> bool:
    """Say whether an address leads out of the document to something else than a page or a mailbox.

    A reader follows a link to a page by a click; a path of files or of another machine tells that
    machine who opens it.
    """
    plain = target.strip().lower()
    if plain.startswith(("http://", "https://", "mailto:", "tel:", "#")):
        return False
    head = plain.partition("#")[0].partition("?")[0]
    return ":" in head or plain.startswith(("/", "\\", "..")) or "\\" in head
