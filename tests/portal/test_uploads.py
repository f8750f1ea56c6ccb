"""What may be uploaded: pictures drawn anew, documents that are what their name says."""

import struct
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.core import uploads
from portal.core.uploads import check_document, clean_image


def picture(kind="JPEG", size=(40, 20), **options):
    out = BytesIO()
    Image.new("RGB", size, "teal").save(out, format=kind, **options)
    return out.getvalue()


def upload(name, content):
    return SimpleUploadedFile(name, content)


def package(*names, deflate=False, **texts):
    out = BytesIO()
    kind = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", kind) as made:
        for name in names:
            made.writestr(name, "x")
        for name, text in texts.items():
            made.writestr(name, text)
    return out.getvalue()


def damaged(content):
    """Give a package whose compressed text cannot be unpacked, in an archive that can be read."""
    with zipfile.ZipFile(BytesIO(content)) as whole:
        first = whole.infolist()[0]
    start = first.header_offset + 30 + len(first.filename)
    return content[:start] + b"\xff" * first.compress_size + content[start + first.compress_size :]


def boasting():
    """Give a picture with a text that grows to many megabytes when it is read."""
    text = b"zTXtboast\0\0" + zlib.compress(b"x" * 80_000_000)
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    whole = picture("PNG")
    return whole[:33] + chunk + whole[33:]


def opened(file):
    file.seek(0)
    return Image.open(file)


def test_place_and_camera_are_removed_and_the_picture_is_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    cleaned = opened(clean_image(upload("holiday.jpg", picture(exif=exif))))
    assert not cleaned.getexif()
    assert cleaned.size == (20, 40)


def test_anything_behind_the_picture_is_gone():
    cleaned = clean_image(upload("a.jpg", picture() + b"<script>alert(1)</script>"))
    cleaned.seek(0)
    assert b"<script>" not in cleaned.read()


def test_name_of_a_picture_cannot_be_guessed():
    first = clean_image(upload("a.png", picture("PNG")))
    second = clean_image(upload("a.png", picture("PNG")))
    assert first.name != second.name
    assert first.name.endswith(".png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        picture()[:60],
        picture("BMP"),
        boasting(),
    ],
)
def test_what_is_no_picture_is_refused_in_words(content):
    with pytest.raises(ValidationError, match="not a picture"):
        clean_image(upload("a.jpg", content))


def test_picture_with_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "IMAGE_PIXELS", 100)
    with pytest.raises(ValidationError, match="too many pixels"):
        clean_image(upload("a.jpg", picture()))


def test_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "DOCUMENT_BYTES", 10)
    with pytest.raises(ValidationError, match="larger than"):
        check_document(upload("a.pdf", b"%PDF-1.7 and more %%EOF"))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", b"%PDF-1.7\n...\n%%EOF\n"),
        ("law.docx", package("[Content_Types].xml", "word/document.xml")),
        ("table.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
        ("text.odt", package(mimetype="application/vnd.oasis.opendocument.text")),
    ],
)
def test_document_that_is_what_it_says_is_kept(name, content):
    assert check_document(upload(name, content)).name.endswith(f"/{name}")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("law.pdf", b"<html>%PDF-1.7 %%EOF"),
        ("law.pdf", package("[Content_Types].xml", "word/document.xml")),
        ("law.docx", b"PK\x03\x04 broken"),
        ("table.xlsx", package("[Content_Types].xml", "word/document.xml")),
        ("macro.docx", package("[Content_Types].xml", "word/d.xml", "word/vbaProject.bin")),
        ("page.html", b"<html>"),
        ("run.exe", b"MZ"),
        ("text.odt", package("content.xml")),
        ("text.odt", package(mimetype=b"\xff\xfe")),
        ("text.odt", damaged(package(mimetype="x" * 100, deflate=True))),
        ("none", b"%PDF-1.7 %%EOF"),
    ],
)
def test_document_that_is_something_else_is_refused(name, content):
    with pytest.raises(ValidationError, match="not a document"):
        check_document(upload(name, content))
