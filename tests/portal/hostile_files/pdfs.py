"""PDF files, written object by object, with one thing wrong in each bad one."""

import struct
import zlib
from io import BytesIO

import pikepdf

PAGES, PAGE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>", b"<</Type/Page/Parent 2 0 R%s>>"


def pdf(catalog: bytes = b"", page: bytes = b"", *more: bytes) -> bytes:
    """Give a PDF of one page; what is given stands in its catalog, its page, and from number 4."""
    objects = [b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog, PAGES, PAGE % page, *more]
    out = bytearray(b"%PDF-1.7\n")
    places = [_append(out, number, content) for number, content in enumerate(objects, 1)]
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def packed_inside(hidden: bytes) -> bytes:
    """Give a PDF whose object 4 is packed in a stream of objects, where no search sees it."""
    inside = zlib.compress(b"4 0 " + hidden, 9)
    stream = b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
    whole = {
        1: b"<</Type/Catalog/Pages 2 0 R/Names 4 0 R>>",
        2: PAGES,
        3: PAGE % b"",
        5: stream % (len(inside), inside),
    }
    out = bytearray(b"%PDF-1.7\n")
    places = {number: _append(out, number, content) for number, content in whole.items()}
    start = len(out)
    rows = struct.pack(">BIH", 0, 0, 65535)
    rows += b"".join(struct.pack(">BIH", 1, places[number], 0) for number in (1, 2, 3))
    rows += struct.pack(">BIH", 2, 5, 0) + struct.pack(">BIH", 1, places[5], 0)
    table = b"<</Type/XRef/Size 6/W[1 4 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream"
    _append(out, 6, table % (len(rows), rows))
    return bytes(out) + b"startxref\n%d\n%%%%EOF\n" % start


def locked(password: str) -> bytes:
    """Give a PDF protected by this password, or without one against changes only."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="owner", user=password))
    return out.getvalue()


def _append(out: bytearray, number: int, content: bytes) -> int:
    place = len(out)
    out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    return place
