"""Pictures are drawn anew: only what can be seen is kept, upright, in a size that serves."""

import secrets
import struct
import zlib
from io import BytesIO
from math import ceil

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps, UnidentifiedImageError

from portal.core.uploads.refusals import Fault, refusal, refuse, refuse_size

IMAGE_FORMATS = ("JPEG", "PNG", "WEBP")
IMAGE_EXTENSIONS = (".jpg", ".jpeg", ".png", ".webp")
IMAGE_BYTES = 12 * 1024 * 1024
IMAGE_PIXELS = 40_000_000
# Twice the widest place for a picture, as the sharpest screens ask for.
LONGEST_SIDE = 1920
QUALITY = 88
# Telephones put a second, smaller picture behind the first and then call the file by this name.
PHOTOGRAPH_WITH_MORE = "MPO"
# What the readers of these formats raise on a file that was cut, damaged or forged.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


def clean_image(upload: UploadedFile) -> ContentFile:
    """Draw an uploaded picture anew, upright and without its metadata.

    Gives a file with a name nobody can guess, so that the picture of a draft stays unknown.
    Raises ValidationError, in words that say how to mend it, for anything that is not a picture.
    """
    refuse_size(upload.size, IMAGE_BYTES)
    try:
        picture = Image.open(upload, formats=IMAGE_FORMATS)
        _refuse_what_does_not_serve(picture)
        return _draw_anew(picture)
    except Image.DecompressionBombError as error:
        raise refusal(Fault.BOMB) from error
    except UnidentifiedImageError as error:
        raise refusal(Fault.PICTURE) from error
    except BROKEN as error:
        raise refusal(Fault.DAMAGED) from error


def _refuse_what_does_not_serve(picture: Image.Image) -> None:
    width, height = picture.size
    if width * height > IMAGE_PIXELS:
        refuse(Fault.PIXELS, width=width, height=height)
    if picture.format != PHOTOGRAPH_WITH_MORE and getattr(picture, "is_animated", False):
        refuse(Fault.MOVING)


def _draw_anew(picture: Image.Image) -> ContentFile:
    kind = "JPEG" if picture.format == PHOTOGRAPH_WITH_MORE else str(picture.format)
    width, height = picture.size
    shrunk = LONGEST_SIDE / max(width, height)
    # A photograph can be read at half its size or less, which is quicker than to shrink it later.
    picture.draft(None, (ceil(width * shrunk), ceil(height * shrunk)))
    fresh = _in_plain_colours(picture, may_be_clear=kind != "JPEG")
    fresh.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=None)
    ImageOps.exif_transpose(fresh, in_place=True)
    fresh.info.clear()
    out = BytesIO()
    fresh.save(out, format=kind, quality=QUALITY)
    extension = "jpg" if kind == "JPEG" else kind.lower()
    return ContentFile(out.getvalue(), name=f"{secrets.token_hex(12)}.{extension}")


def _in_plain_colours(picture: Image.Image, *, may_be_clear: bool) -> Image.Image:
    if picture.mode.startswith("I"):
        # Sixteen bits of grey: converted as it stands, all but the darkest would be white.
        return picture.point(lambda value: value / 256).convert("L").convert("RGB")
    mode = "RGBA" if may_be_clear and picture.has_transparency_data else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)
