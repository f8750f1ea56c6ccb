"""Office documents are ZIP archives: opened only within limits, and only when nothing is hidden."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from portal.core.uploads.refusals import Fault, refusal, refuse

MEMBERS = 4_000
UNPACKED_BYTES = 200 * 1024 * 1024
# Tables of repeated words are packed a hundred times; what is packed more often is made to burst.
TIMES_PACKED = 150
SMALL_ENOUGH = 8 * 1024 * 1024
FIRST, LAST = b"PK\x03\x04", b"PK\x05\x06"
LENGTH_OF_HEADER, LENGTH_OF_END = 30, 22
ENCRYPTED = 0x1 | 0x40 | 0x2000
# What the reader of archives raises on one that was cut, damaged or forged.
BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    EOFError,
    struct.error,
    zlib.error,
)


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose list of members has been judged.

    Raises ValidationError when it is damaged, hides something or would burst.
    """
    # Something before, after or between would be another file for a reader that looks there.
    if not content.startswith(FIRST) or content[-LENGTH_OF_END:][:4] != LAST:
        refuse(Fault.PACKING if LAST in content else Fault.DAMAGED)
    try:
        archive = zipfile.ZipFile(BytesIO(content))
    except BROKEN as error:
        raise refusal(Fault.DAMAGED) from error
    with archive:
        _judge(archive.infolist(), len(content))
        yield archive


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str) -> bytes:
    """Give the content of a member, whole and checked against its sum."""
    try:
        return archive.read(member)
    except BROKEN as error:
        raise refusal(Fault.DAMAGED) from error


def _judge(members: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MEMBERS or total > UNPACKED_BYTES:
        refuse(Fault.BOMB)
    if total > SMALL_ENOUGH and total > TIMES_PACKED * packed:
        refuse(Fault.BOMB)
    if any(member.flag_bits & ENCRYPTED for member in members):
        refuse(Fault.LOCKED)
    names = {member.orig_filename.casefold() for member in members}
    if len(names) < len(members) or not all(_is_plain(member) for member in members):
        refuse(Fault.PACKING)
    if _overlap(members):
        refuse(Fault.PACKING)


def _is_plain(member: zipfile.ZipInfo) -> bool:
    name = member.orig_filename
    leads_out = name.startswith("/") or ".." in name.split("/") or {"\\", ":", "\0"} & set(name)
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    is_known = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    return not leads_out and not is_link and is_known


def _overlap(members: list[zipfile.ZipInfo]) -> bool:
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            return True
        end = member.header_offset + LENGTH_OF_HEADER + member.compress_size
    return False
