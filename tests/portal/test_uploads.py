"""What becomes of an upload: pictures drawn anew, documents kept under their names."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from portal.core.uploads import check_document, clean_image, documents, pictures
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.pictures import drawn, from_a_telephone, two_in_one


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def opened(file: ContentFile) -> Image.Image:
    file.seek(0)
    return Image.open(file)


def test_place_and_camera_are_removed_and_the_picture_is_upright() -> None:
    sent = from_a_telephone()
    assert Image.open(BytesIO(sent)).getexif().get_ifd(0x8825)
    cleaned = opened(clean_image(upload("holiday.jpg", sent)))
    assert not cleaned.getexif()
    assert cleaned.size == (20, 40)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_picture_is_kept(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret"
    sent = drawn(kind, exif=exif, comment="secret", icc_profile=b"secret", xmp=b"secret")
    assert b"secret" in sent
    cleaned = clean_image(upload("a.jpg", sent + b"<script>secret</script>"))
    cleaned.seek(0)
    assert b"secret" not in cleaned.read()


def test_second_picture_of_a_telephone_is_left_out() -> None:
    cleaned = clean_image(upload("a.jpg", two_in_one()))
    assert cleaned.name.endswith(".jpg")
    assert opened(cleaned).format == "JPEG"
    assert not getattr(opened(cleaned), "is_animated", False)


def test_sixteen_bits_of_grey_keep_their_shades() -> None:
    out = BytesIO()
    Image.new("I;16", (9, 9), 0x8000).save(out, format="PNG")
    assert opened(clean_image(upload("a.png", out.getvalue()))).getpixel((4, 4)) == (128, 128, 128)


def test_clear_ground_stays_clear() -> None:
    assert opened(clean_image(upload("a.png", drawn("PNG", mode="RGBA")))).mode == "RGBA"


def test_large_picture_is_made_to_serve() -> None:
    cleaned = opened(clean_image(upload("a.jpg", drawn(size=(4000, 3000)))))
    assert cleaned.size == (1920, 1440)


def test_name_of_a_picture_cannot_be_guessed() -> None:
    first = clean_image(upload("a.png", drawn("PNG")))
    second = clean_image(upload("a.png", drawn("PNG")))
    assert first.name != second.name
    assert first.name.endswith(".png")


def test_picture_with_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "IMAGE_PIXELS", 100)
    with pytest.raises(ValidationError, match="too many pixels"):
        clean_image(upload("a.jpg", drawn()))


def test_file_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "DOCUMENT_BYTES", 10)
    monkeypatch.setattr(pictures, "IMAGE_BYTES", 10)
    with pytest.raises(ValidationError, match="larger than"):
        check_document(upload("a.pdf", pdf()))
    with pytest.raises(ValidationError, match="larger than"):
        clean_image(upload("a.jpg", drawn()))


def test_document_keeps_its_name_in_a_folder_nobody_can_guess() -> None:
    kept = check_document(upload("law of 2024.pdf", pdf()))
    folder, _slash, name = str(kept.name).partition("/")
    assert (name, len(folder)) == ("law_of_2024.pdf", 24)
    assert kept.read() == pdf()
