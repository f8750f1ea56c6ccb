"""Takes filled templates in: as a new draft, into a draft there is, or to wait for its author."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from wagtail.log_actions import log

from casestudies.models import CaseStudyPage, FilledTemplate, Workshop
from casestudies.models.fields import TITLE_LIMIT
from casestudies.notifications import announce_handed_in
from casestudies.offline.settling import Outcome, belongs, settle
from casestudies.offline.understanding import Understood
from casestudies.offline_permissions import may_fill_in, may_hand_in
from casestudies.services.drafts import create_case, save_answers
from casestudies.services.refusals import require
from casestudies.services.submission import lock_case
from portal.core.languages import LANGUAGE_CODES
from portal.core.text import clean_text, count_characters

if TYPE_CHECKING:
    from portal.directory.models import Administration, User

FILE_NAME = 160
# What the database keeps of a title, whatever a person counts.
STORED = 255


@transaction.atomic
def begin_from_template(
    *,
    author: "User",
    administration: "Administration",
    said: Understood,
    file_name: str,
    key: UUID | None = None,
) -> FilledTemplate:
    """Begin a draft with what a file says; the same `key` twice gives one draft.

    Raises `Refused` when the author does not write for the administration.
    """
    [language] = said.typed.get("language", [said.identity.language])
    case = create_case(
        author=author,
        administration=administration,
        language=language if language in LANGUAGE_CODES else said.identity.language,
        title=working_title(said.title or file_name.removesuffix(".docx")),
        key=key,
    )
    return fill_in(case=case, author=author, said=said, file_name=file_name)


def working_title(text: str) -> str:
    """Give a title that a draft can have; a longer one ends at a word."""
    title = " ".join(clean_text(text[: 2 * STORED]).split())[:STORED]
    while count_characters(title) > TITLE_LIMIT:
        title = title[:-1].rpartition(" ")[0] or title[: TITLE_LIMIT // 2]
    return title or "?"


@transaction.atomic
def fill_in(
    *, case: CaseStudyPage, author: "User", said: Understood, file_name: str
) -> FilledTemplate:
    """Put what a file says into a draft; what changed there meanwhile stays, and is told.

    Raises `Refused` when the author may not write in the case now.
    """
    require(may_fill_in(author, case))
    filled = _keep(case, author, said, file_name)
    return take_in(filled=filled, author=author)


@transaction.atomic
def take_in(*, filled: FilledTemplate, author: "User") -> FilledTemplate:
    """Put what was handed in into its draft. Raises `Refused` as `fill_in` does."""
    _settle(filled, author, filled.names, filled.shown)
    filled.taken_in_at = timezone.now()
    filled.save()
    return filled


@transaction.atomic
def mend(
    *,
    filled: FilledTemplate,
    author: "User",
    typed: QueryDict,
    shown: Mapping[str, str],
    given_up: frozenset[str],
) -> FilledTemplate:
    """Write the answers that could not be taken in at first, as the author has mended them.

    `given_up` names the questions where the saved text stays; `shown` marks what the author saw.
    Raises `Refused` as `fill_in` does.
    """
    for name in filled.still_open:
        if filled.outcomes[name] != Outcome.CHANGED:
            _retype(filled, name, typed)
    filled.outcomes |= {name: Outcome.KEPT for name in filled.still_open if name in given_up}
    _settle(filled, author, filled.still_open, shown)
    filled.save()
    return filled


def _retype(filled: FilledTemplate, name: str, typed: QueryDict) -> None:
    mended = {
        key: [value.replace("\0", "") for value in typed.getlist(key)]
        for key in typed
        if belongs(key, name)
    }
    if mended:
        kept = {key: values for key, values in filled.typed.items() if not belongs(key, name)}
        filled.typed = kept | {key: values for key, values in mended.items() if any(values)}


def _settle(
    filled: FilledTemplate, author: "User", names: list[str], shown: Mapping[str, str]
) -> None:
    record = lock_case(filled.case_id)
    require(may_fill_in(author, record))
    draft = record.get_latest_revision_as_object()
    settled = settle(filled, names, draft, author, shown)
    # Nobody can write in between, so what was compared is what is written on.
    save_answers(
        case=record,
        author=author,
        answers=settled.answers,
        base_revision_id=record.latest_revision_id or 0,
    )
    filled.outcomes = {**filled.outcomes, **settled.outcomes}


@transaction.atomic
def hand_in(
    *, workshop: Workshop, case: CaseStudyPage, by: "User", said: Understood, file_name: str
) -> FilledTemplate:
    """Keep a file for the author of a draft, who takes it in.

    Whoever hands in does not write: they could not decide on the case any more.
    Raises `Refused` for a person or a draft that has no part in the write-shop.
    """
    require(may_hand_in(by, workshop, case))
    filled = _keep(case, by, said, file_name)
    log(case, "casestudies.template_handed_in", user=by, data={"workshop": workshop.pk})
    announce_handed_in(case, by)
    return filled


def _keep(case: CaseStudyPage, by: "User", said: Understood, file_name: str) -> FilledTemplate:
    return FilledTemplate.objects.create(
        case=case,
        file_name=clean_text(file_name)[:FILE_NAME] or "?",
        sent_by=by,
        typed=said.typed,
        names=said.names,
        shown=dict(said.identity.shown),
        strays=said.strays,
    )
