"""What every page's frame needs to know."""

from django.http import HttpRequest
from django.utils.translation import get_language

from portal.core.languages import LANGUAGE_CODES, OWN_NAMES, direction, supported


def portal(request: HttpRequest) -> dict[str, object]:
    """Give the interface language, its direction and the list of languages in own scripts."""
    code = supported(get_language())
    return {
        "ui_language": code,
        "ui_direction": direction(code),
        "ui_languages": [(item, OWN_NAMES[item]) for item in LANGUAGE_CODES],
    }
