"""Office and OpenDocument files, built part by part, with one thing wrong in each bad one."""

import zipfile
from io import BytesIO

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.{}.main+xml"
WORD = MAIN.format("wordprocessingml.document")
EXCEL = MAIN.format("spreadsheetml.sheet")
POINT = MAIN.format("presentationml.presentation")
ODF = "application/vnd.oasis.opendocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
Parts = dict[str, "str | bytes"]


def packed(parts: Parts, *, deflate: bool = True) -> bytes:
    """Give a ZIP archive of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def types(*kinds: str) -> str:
    """Give the list of content types."""
    rows = "".join(f'<Override PartName="/{n}" ContentType="{k}"/>' for n, k in enumerate(kinds))
    return f'<?xml version="1.0"?><Types xmlns="{TYPES}">{rows}</Types>'


def relation(kind: str, target: str, *, external: bool = True) -> str:
    """Give a list of one relationship."""
    mode = ' TargetMode="External"' if external else ""
    row = f'<Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<?xml version="1.0"?><Relationships xmlns="{RELATIONS}">{row}</Relationships>'


def text(inside: str = "") -> str:
    """Give the main part of a Word document."""
    return f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{inside}</w:body></w:document>'


def field(*spelt: str) -> str:
    """Give a field whose code is spelt in these pieces."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in spelt)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{word}"/></w:r>' for word in ("begin", "end"))
    return f"<w:p>{begin}{runs}{end}</w:p>"


def word(more: Parts | None = None, *, kinds: tuple[str, ...] = (WORD,), body: str = "") -> bytes:
    """Give a Word document, with more parts or others in their place."""
    plain: Parts = {
        "[Content_Types].xml": types(*kinds),
        "_rels/.rels": relation("officeDocument", "word/document.xml", external=False),
        "word/document.xml": text(body),
    }
    return packed(plain | (more or {}))


def excel(more: Parts | None = None, *, kinds: tuple[str, ...] = (EXCEL,)) -> bytes:
    """Give an Excel document, with more parts."""
    plain: Parts = {"[Content_Types].xml": types(*kinds), "xl/workbook.xml": "<workbook/>"}
    return packed(plain | (more or {}))


def powerpoint(more: Parts | None = None) -> bytes:
    """Give a PowerPoint document, with more parts."""
    plain: Parts = {"[Content_Types].xml": types(POINT), "ppt/presentation.xml": "<presentation/>"}
    return packed(plain | (more or {}))


def open_document(body: str = "", more: Parts | None = None, *, kind: str = "text") -> bytes:
    """Give an OpenDocument file with something in its body."""
    spaces = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "script": "urn:oasis:names:tc:opendocument:xmlns:script:1.0",
        "presentation": "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
    }
    declared = " ".join(f'xmlns:{name}="{space}"' for name, space in spaces.items())
    plain: Parts = {
        "mimetype": ODF + kind,
        "content.xml": f"<office:document-content {declared}><office:scripts/>{body}"
        "</office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return packed(plain | (more or {}))


def bomb() -> bytes:
    """Give a small document that would fill the memory."""
    return word({"word/media/image1.png": b"\0" * 60_000_000})


def boundless() -> bytes:
    """Give a document of very many parts."""
    return word({f"word/media/{number}.xml": "" for number in range(4_100)})


def locked() -> bytes:
    """Give a document whose archive says that its parts are encrypted."""
    content = bytearray(word())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 4)
    return bytes(content)


def twice() -> bytes:
    """Give a document with two main parts of one name, of which each reader takes another."""
    content = word({"word/documenX.xml": text(field("DDEAUTO c:\\\\cmd"))})
    return content.replace(b"word/documenX.xml", b"word/document.xml")


def overlapping() -> bytes:
    """Give a document in which two entries of the list unpack the same bytes."""
    content = bytearray(packed({"[Content_Types].xml": types(WORD), "word/a.xml": text()}))
    second = content.rfind(b"PK\x01\x02")
    content[second + 42 : second + 46] = (10).to_bytes(4, "little")
    return bytes(content)


def linked_outside() -> bytes:
    """Give a document with a part that is a link to a file of the server."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", types(WORD))
        link = zipfile.ZipInfo("word/document.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
    return out.getvalue()


def damaged() -> bytes:
    """Give a document one byte of which was changed on the way."""
    content = bytearray(packed({"[Content_Types].xml": types(WORD)}, deflate=False))
    content[60] ^= 0xFF
    return bytes(content)
