"""The admin's form of a case: one list of choices for each vocabulary."""

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from casestudies.models import CaseStudyPage, Term, Vocabulary
from portal.core.text import clean_text

TERM_FIELDS = {f"terms_{value}": value for value in Vocabulary.values}


def term_field(vocabulary: str) -> forms.ModelMultipleChoiceField:
    """Give the field that chooses terms of one vocabulary."""
    return forms.ModelMultipleChoiceField(
        queryset=Term.objects.filter(vocabulary=vocabulary),
        label=Vocabulary(vocabulary).label,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class TermsForm(WagtailAdminPageForm):
    """Reads and writes the terms of a case by vocabulary."""

    instance: CaseStudyPage

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case = kwargs.get("instance")
        chosen = list(case.terms.all()) if case else []
        kwargs["initial"] = {
            name: [term.pk for term in chosen if term.vocabulary == vocabulary]
            for name, vocabulary in TERM_FIELDS.items()
        } | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        if case and case.first_published_at and "visibility" in self.fields:
            # From then on it is changed with a reason, at once, and not with a new version.
            self.fields["visibility"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Keep texts with plain line ends and without tricks of direction, as the portal does."""
        super().clean()
        # In place: what this returns is lost in a mixin of Wagtail's that stands above.
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = clean_text(value)
        return self.cleaned_data

    def save(self, commit: bool = True) -> CaseStudyPage:
        """Put the terms of all vocabularies on the case, then save it."""
        lists = [self.cleaned_data[name] for name in TERM_FIELDS if name in self.cleaned_data]
        self.instance.terms.set([term for terms in lists for term in terms])
        return super().save(commit=commit)


CaseForm = type(
    "CaseForm", (TermsForm,), {name: term_field(value) for name, value in TERM_FIELDS.items()}
)
