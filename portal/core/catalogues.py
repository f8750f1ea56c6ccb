"""Turns the committed catalogues (.po) into what Django reads (.mo), without GNU gettext."""

from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


class BrokenCatalogue(ValueError):
    """A catalogue that cannot be read; the text names the file and the reason."""


def compile_catalogues(locale_directory: Path) -> list[Path]:
    """Compile every catalogue that is newer than its compiled form.

    Gives the files written; raises BrokenCatalogue at the first that cannot be read.
    """
    sources = sorted(locale_directory.glob("*/LC_MESSAGES/*.po"))
    return [_compile(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    language = source.parent.parent.name
    try:
        with source.open("rb") as content:
            catalogue = read_po(content, locale=language, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as reason:
        raise BrokenCatalogue(f"{source}: {reason}") from reason
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    return _replace(source.with_suffix(".mo"), compiled.getvalue())


def _replace(target: Path, content: bytes) -> Path:
    # Another process may be reading: it sees the old file or the new one, never half of one.
    partial = target.with_suffix(".partial")
    partial.write_bytes(content)
    return partial.replace(target)
