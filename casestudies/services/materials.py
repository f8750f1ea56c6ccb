"""The texts that go with a picture or a file of the library, wherever it is used next."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from casestudies.downloads import Material, may_keep, may_remove
from casestudies.services.refusals import require
from casestudies.wizard.questions import Question
from casestudies.wizard.uploads import Uploads

if TYPE_CHECKING:
    from portal.directory.models import User


@transaction.atomic
def describe_material(*, item: Material, by: "User", texts: Mapping[str, str]) -> None:
    """Write the texts of an item; cases that have it already keep what was cleared with them.

    `texts` may name title, description (of a picture), credit and licence.
    Raises `Refused` for a person who does not write for the administration of its library.
    """
    require(may_keep(by, item))
    for name, text in texts.items():
        setattr(item, name, text)
    item.save(update_fields=[*texts])


@transaction.atomic
def complete_texts(
    *, questions: Iterable[Question], answers: Mapping[str, Any], by: "User"
) -> None:
    """Give items that have no text of their own yet the one that a case has just given them.

    So nobody describes a picture twice. `answers` are those of a screen that was saved.
    """
    for question in questions:
        if not isinstance(question.kind, Uploads):
            continue
        rows = {row[question.kind.store]: row for row in answers.get(question.name, [])}
        for item in question.kind.stored_model._default_manager.filter(pk__in=rows):
            row = rows[item.pk]
            texts = {
                text: row[column]
                for column, text in question.kind.prefilled
                if row[column] and not getattr(item, text)
            }
            if texts and may_keep(by, item):
                describe_material(item=item, by=by, texts=texts)


@transaction.atomic
def remove_material(*, item: Material, by: "User") -> None:
    """Delete an item with its file and all its sizes.

    Raises `Refused` while a case has it, and for a person who does not write for its Member.
    """
    require(may_remove(by, item))
    item.delete()
