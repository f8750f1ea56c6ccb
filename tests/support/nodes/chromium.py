"""Chromium for the browser tier: the one the environment names, an installed one, or Debian's."""

from __future__ import annotations

import os
import shutil

from tests.support.nodes import machine

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def executable() -> str:
    """Gives the path of a Chromium; raises Unavailable when there is none and none can be got."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = _installed()
    if found is None:
        machine.install_packages("chromium", "fonts-noto-core")
        found = _installed()
    if found is None:
        raise machine.Unavailable("no Chromium on the path: set CHROMIUM to its program")
    return found


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
