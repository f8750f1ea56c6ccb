"""The letter of a decision: a text to begin with, and reviewers' comments picked into it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from casestudies.models import CaseStudyPage, LetterText
from casestudies.review_reading import Round, rounds_for
from casestudies.services.letters import Comment, comments_of, compose
from casestudies.services.remarks import PREFIX
from portal.core.languages import Language
from portal.directory.models import User


class LetterForm(forms.Form):
    """Which text to begin with, in which language, and what to pick from the reviews."""

    letter = forms.ModelChoiceField(
        LetterText.objects.all(),
        label=_("Begin the letter with"),
        required=False,
        empty_label=_("No text"),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, comments: list[Comment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picked"] = forms.MultipleChoiceField(
            label=_("Take over from the reviews"),
            help_text=_("Words about one question go to that question. Nobody's name is told."),
            choices=[(comment.key, _called(comment)) for comment in comments],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )


def letter_form(
    case: CaseStudyPage, rounds: Sequence[Round], data: QueryDict | None = None
) -> LetterForm:
    """Give the form for a case at its region's decision, in the sender's language.

    `rounds` are the reviews of the case as the person who decides may read them.
    """
    comments = present_comments(rounds)
    state = case.current_workflow_state
    sender = state.requested_by if state else None
    language = sender.language if sender else case.language
    return LetterForm(data, comments=comments, initial={"language": language})


def present_comments(rounds: Sequence[Round]) -> list[Comment]:
    """Give the comments of the reviews of the text that waits now."""
    return [item for one in rounds if one.is_present for item in comments_of(one.reviews)]


def composed(case: CaseStudyPage, user: User, data: QueryDict) -> dict[str, str]:
    """Give the fields of the decision as they stand once the letter has been put together."""
    rounds = rounds_for(user, case)
    form = letter_form(case, rounds, data)
    form.is_valid()
    chosen = form.cleaned_data.get("picked", [])
    words, remarks = compose(
        letter=form.cleaned_data.get("letter"),
        language=form.cleaned_data.get("language", case.language),
        case=case,
        words=data.get("reasons", ""),
        picked=[item for item in present_comments(rounds) if item.key in chosen],
    )
    typed = {name: str(data[name]) for name in data if name.startswith(PREFIX)}
    for name, text in remarks.items():
        before = typed.get(f"{PREFIX}{name}", "")
        typed[f"{PREFIX}{name}"] = f"{before}\n\n{text}".strip()
    return typed | {"reasons": words}


def _called(comment: Comment) -> str:
    about = f"{comment.who}, {comment.about}" if comment.about else comment.who
    return f"{about}: {comment.text}"
