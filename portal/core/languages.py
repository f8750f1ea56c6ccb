"""The six languages, their own names and directions: the one place that knows them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

LANGUAGE_CODES: tuple[str, ...] = ("en", "fr", "es", "ar", "ru", "pt")
OWN_NAMES: dict[str, str] = {
    "en": "English",
    "fr": "Français",
    "es": "Español",
    "ar": "العربية",
    "ru": "Русский",
    "pt": "Português",
}


class Language(models.TextChoices):
    """The languages in which a case may be written."""

    EN = "en", _("English")
    FR = "fr", _("French")
    ES = "es", _("Spanish")
    AR = "ar", _("Arabic")
    RU = "ru", _("Russian")
    PT = "pt", _("Portuguese")


def direction(code: str) -> str:
    """Give `rtl` for Arabic, `ltr` for any other language code."""
    return "rtl" if code.split("-")[0] == "ar" else "ltr"


def supported(code: str | None) -> str:
    """Give the served language nearest to `code`, or the site's default."""
    short = (code or "").split("-")[0]
    return short if short in LANGUAGE_CODES else settings.LANGUAGE_CODE
