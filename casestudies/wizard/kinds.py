"""Kinds of question with one input: how each is asked, read from a case, written and shown."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.core.text import clean_text, count_characters

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from casestudies.models import CaseStudyPage
    from portal.directory.models import User

Words: TypeAlias = "str | _StrPromise"
Cleaned = Mapping[str, Any]


@dataclass(frozen=True)
class Asker:
    """Who answers, about which draft: some answers depend on what this person may see."""

    author: "User"
    case: "CaseStudyPage"


class CountedField(forms.CharField):
    """A text whose limit is counted in characters as a person sees them, here as in the browser."""

    def __init__(self, *, limit: int, stored: int | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.limit = limit
        self.stored = stored

    def to_python(self, value: Any) -> str:
        """Give the text without invisible tricks."""
        return clean_text(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        """Refuse a text over its limit, saying by how much."""
        super().validate(value)
        over = count_characters(value) - self.limit
        if self.stored and over <= 0:
            over = len(value) - self.stored
        if over > 0:
            raise ValidationError(
                ngettext(
                    "Shorten this text by %(over)s character: it may have %(limit)s.",
                    "Shorten this text by %(over)s characters: it may have %(limit)s.",
                    over,
                )
                % {"over": over, "limit": self.limit},
                code="limit",
            )


class Kind(ABC):
    """One kind of question; an answer is a plain value that can be compared."""

    repeats = False

    @abstractmethod
    def fields(self, name: str, rows: int = 0) -> dict[str, forms.Field]:
        """Give the form fields of the question by their full names."""

    def initial(self, name: str, answer: Any) -> dict[str, Any]:
        """Give the values of the form fields for an answer."""
        return {name: answer}

    def answer(self, name: str, cleaned: Cleaned, asker: Asker) -> Any:
        """Give the answer from cleaned form fields; raise ValidationError by field name."""
        return cleaned.get(name)

    def read(self, case: "CaseStudyPage", name: str) -> Any:
        """Give the present answer of a case."""
        return getattr(case, name)

    def write(self, case: "CaseStudyPage", name: str, answer: Any) -> None:
        """Put an answer on a case in memory."""
        setattr(case, name, answer)

    def show(self, answer: Any) -> str:
        """Give an answer as words, to set two versions side by side."""
        return "" if answer is None else str(answer)


class OneField(Kind):
    """A kind of question that is answered in one form field."""

    @abstractmethod
    def field(self) -> forms.Field:
        """Give the form field."""

    def fields(self, name: str, rows: int = 0) -> dict[str, forms.Field]:
        """Give the form field by the name of the question."""
        return {name: self.field()}


def is_empty(answer: Any) -> bool:
    """Say whether nothing was answered; zero is an answer."""
    return answer is None or answer is False or answer == "" or answer == []


@dataclass(frozen=True)
class Text(OneField):
    """A line or, with more than one row, a longer text; `stored` is what the database can keep."""

    limit: int
    rows: int = 1
    stored: int | None = None
    required: Words = ""

    def field(self) -> forms.Field:
        """Give a counted field."""
        widget = forms.Textarea(attrs={"rows": self.rows}) if self.rows > 1 else forms.TextInput()
        return CountedField(
            limit=self.limit,
            stored=self.stored,
            required=bool(self.required),
            widget=widget,
            error_messages={"required": self.required},
        )


@dataclass(frozen=True)
class Whole(OneField):
    """A whole number between two ends."""

    least: int
    most: int

    def field(self) -> forms.Field:
        """Give a number typed as text: wheels and arrows change numbers by accident."""
        wrong = _("Write a whole number from %(least)s to %(most)s, in figures.") % {
            "least": self.least,
            "most": self.most,
        }
        return forms.IntegerField(
            required=False,
            min_value=self.least,
            max_value=self.most,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr"}),
            error_messages={"invalid": wrong, "min_value": wrong, "max_value": wrong},
        )


@dataclass(frozen=True)
class Day(OneField):
    """A date."""

    def field(self) -> forms.Field:
        """Give the browser's own date input, which without one is typed as 2026-03-31."""
        return forms.DateField(
            required=False,
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d"],
            error_messages={"invalid": gettext_lazy("Write the date as 2026-03-31.")},
        )

    def show(self, answer: Any) -> str:
        """Give the date with its month in words."""
        return date_format(answer, "DATE_FORMAT") if answer else ""


@dataclass(frozen=True)
class Web(OneField):
    """A web address."""

    def field(self) -> forms.Field:
        """Give an address field; https is assumed."""
        return forms.URLField(
            required=False,
            max_length=400,
            assume_scheme="https",
            widget=forms.URLInput(attrs={"dir": "ltr"}),
            error_messages={
                "invalid": gettext_lazy("Write a full web address, such as https://example.org/.")
            },
        )


@dataclass(frozen=True)
class Mail(OneField):
    """An e-mail address."""

    def field(self) -> forms.Field:
        """Give an e-mail field."""
        return forms.EmailField(
            required=False,
            widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
            error_messages={
                "invalid": gettext_lazy("Write an e-mail address, such as unit@customs.example.")
            },
        )


@dataclass(frozen=True)
class Tick(OneField):
    """A statement to agree to."""

    def field(self) -> forms.Field:
        """Give a tick box."""
        return forms.BooleanField(required=False)

    def show(self, answer: Any) -> str:
        """Give yes or no."""
        return _("Yes") if answer else _("No")


@dataclass(frozen=True)
class Choice(OneField):
    """One of a short closed list."""

    choices: type[models.TextChoices]
    as_list: bool = False

    def field(self) -> forms.Field:
        """Give radio buttons, where all choices are seen at once, or a list box."""
        if self.as_list:
            return forms.ChoiceField(required=False, choices=[("", "—"), *self.choices.choices])
        return forms.ChoiceField(
            required=False, choices=self.choices.choices, widget=forms.RadioSelect
        )

    def show(self, answer: Any) -> str:
        """Give the label."""
        return str(self.choices(answer).label) if answer else ""
