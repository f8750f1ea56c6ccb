"""Pictures: whole and well, and made to burst, to hide, to move or to be something else."""

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

GPS, ORIENTATION, UPRIGHT_IS_LEFT = 0x8825, 0x0112, 6
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


def drawn(
    kind: str = "JPEG", size: tuple[int, int] = (40, 20), mode: str = "RGB", **how: Any
) -> bytes:
    """Give a plain picture as the bytes of a file."""
    out = BytesIO()
    Image.new(mode, size).save(out, format=kind, **how)
    return out.getvalue()


def from_a_telephone() -> bytes:
    """Give a photograph that lies on its side and tells where it was taken."""
    exif = Image.Exif()
    exif[ORIENTATION] = UPRIGHT_IS_LEFT
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (35.0, 53.0, 47.0)
    return drawn(exif=exif)


def two_in_one() -> bytes:
    """Give a photograph with a second picture behind it, as many telephones write them."""
    return drawn("MPO", append_images=[Image.new("RGB", (20, 10))], save_all=True)


def moving(kind: str) -> bytes:
    """Give a picture of two frames."""
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    out = BytesIO()
    frames[0].save(out, format=kind, save_all=True, append_images=frames[1:])
    return out.getvalue()


def claiming(width: int, height: int) -> bytes:
    """Give a small PNG that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0" * 99))


def boasting() -> bytes:
    """Give a picture with a text that grows to many megabytes when it is read."""
    text = b"boast\0\0" + zlib.compress(b"x" * 80_000_000)
    whole = drawn("PNG")
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def _chunk(name: bytes, content: bytes) -> bytes:
    sum_of_it = struct.pack(">I", zlib.crc32(name + content))
    return struct.pack(">I", len(content)) + name + content + sum_of_it
