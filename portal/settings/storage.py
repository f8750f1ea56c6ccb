"""Where uploaded files are kept: a folder, named by a URL so that other kinds can follow."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def media_folder(url: str, default: Path) -> Path:
    """Give the folder a `file://` URL names, or the default where none is named.

    Raises:
        ImproperlyConfigured: the URL is not one of a folder on this machine.
    """
    if not url:
        return default
    parts = urlsplit(url)
    if parts.scheme != "file" or parts.netloc not in ("", "localhost") or not parts.path:
        raise ImproperlyConfigured("STORAGE_URL names a folder: file:///srv/portal/media")
    return Path(unquote(parts.path))
