"""What stands in a place for an answer until somebody writes there; it is never taken for one."""

from django.utils.translation import gettext, gettext_noop

WRITE = gettext_noop("Write here")
CHOOSE = gettext_noop("Choose")
A_DATE = gettext_noop("Write the date as 2026-03-31.")


def prompts() -> list[str]:
    """Give every prompt in the active language."""
    return [gettext(words) for words in (WRITE, CHOOSE, A_DATE)]
