"""One stylesheet from many small files, made when it is asked for: no bundler, one round trip."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

STYLESHEET = "css/site.css"
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def stylesheet_sources() -> list[Path]:
    """Give the style files in the order of the cascade: tokens first, paper last."""
    folder = Path(settings.BASE_DIR) / "static" / "css"
    components = sorted((folder / "components").glob("*.css"))
    first = [folder / f"{name}.css" for name in ("tokens", "base", "layout")]
    return [*first, *components, folder / "print.css"]


def stylesheet() -> str:
    """Give the whole stylesheet, without comments and needless blanks."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in stylesheet_sources())
    lines = (line.strip() for line in COMMENT.sub("", text).splitlines())
    return "\n".join(line for line in lines if line) + "\n"


class StylesheetFinder(BaseFinder):
    """Lets Django's staticfiles find `css/site.css`, written under `DATA_DIR` when out of date."""

    def __init__(self, app_names: object = None, *args: object, **kwargs: object) -> None:
        self.storage = FileSystemStorage(location=Path(settings.DATA_DIR) / "assets")
        super().__init__(*args, **kwargs)

    def check(self, **kwargs: object) -> list[object]:  # type: ignore[override]
        """Nothing to configure, so nothing to complain of."""
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: object) -> str | list[str]:  # type: ignore[override]
        """Give where the stylesheet stands, or nothing for any other file."""
        if path != STYLESHEET:
            return []
        written = str(self._written())
        return [written] if find_all else written

    def list(self, ignore_patterns: object) -> Iterator[tuple[str, Storage]]:
        """Name the stylesheet to collectstatic and to the server of static files."""
        self._written()
        yield STYLESHEET, self.storage

    def _written(self) -> Path:
        target = Path(self.storage.path(STYLESHEET))
        text = stylesheet()
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(target)
        return target
