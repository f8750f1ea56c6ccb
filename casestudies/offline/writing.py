"""The template: every question with why we ask, its limit, an example and a place to answer."""

from collections.abc import Iterator
from typing import Any, cast

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from casestudies.models import CaseStudyPage
from casestudies.offline.identity import SIGN, Identity, Size, marks_of
from casestudies.offline.options import flat, options_of
from casestudies.offline.package import packed
from casestudies.offline.prompts import A_DATE, CHOOSE, WRITE
from casestudies.offline.word import Controls, paragraph, row, run, table, words
from casestudies.wizard.kinds import Choice, Day, OneField, Text, Tick
from casestudies.wizard.questions import Question, Step, never
from casestudies.wizard.references import Member
from casestudies.wizard.rows import Rows
from casestudies.wizard.steps import FULL, steps_for
from casestudies.wizard.uploads import Uploads
from casestudies.wizard.vocabularies import Terms, Topics

EMPTY_ROWS = 4


def write_template(case: CaseStudyPage, *, language: str, size: Size, number: str = "") -> bytes:
    """Give a Word file that asks what this case is asked, in a language, with its answers.

    `number` names the draft into which the file will be taken; without one it begins a new case.
    """
    with override(language):
        steps = asked_in(case, size)
        asked = [question for _step, questions in steps for question in questions]
        identity = Identity(language, size, number, marks_of(case, asked))
        body = "".join(Writer(case, identity).blocks(steps))
        return packed(body, language=language, title=title_of(size), properties=identity.properties)


def blank_case(*, language: str, title: str = "") -> CaseStudyPage:
    """Give a case in memory in which nothing was answered."""
    return CaseStudyPage(language=language, title=title, live=False)


def asked_in(case: CaseStudyPage, size: Size) -> list[tuple[Step, list[Question]]]:
    """Give the screens with the questions that a file can answer: all but pictures and files."""
    steps = [*steps_for(case), *(FULL if size == Size.FULL else ())]
    rows = [
        (step, [item for item in step.questions if not isinstance(item.kind, Uploads)])
        for step in steps
    ]
    return [(step, questions) for step, questions in rows if questions]


def title_of(size: Size) -> str:
    """Name a template in the active language."""
    return _("Template for a Full case") if size == Size.FULL else _("Template for a Snapshot")


class Writer:
    """Writes one case into one document, in the active language."""

    def __init__(self, case: CaseStudyPage, identity: Identity) -> None:
        self.case, self.identity, self.language = case, identity, identity.language
        self.controls = Controls(self.language)
        self._options: dict[OneField, list[tuple[str, str]]] = {}

    def blocks(self, steps: list[tuple[Step, list[Question]]]) -> Iterator[str]:
        """Give the paragraphs and tables of the document in order."""
        yield self._words(title_of(self.identity.size), "ForumTitle")
        for line in self._instructions():
            yield self._words(line, "ForumLead")
        yield words(f"{SIGN} {self.identity}", "ForumCode", "en")
        for step, questions in steps:
            yield self._words(step.title, "Heading1")
            yield self._words(step.lead, "ForumLead")
            for question in questions:
                yield from self._question(question)

    def _instructions(self) -> Iterator[str]:
        page = reverse("casestudies:offline")
        if self.identity.number:
            page = reverse("casestudies:share_file", args=[self.identity.number])
        address = f"{settings.WAGTAILADMIN_BASE_URL}{page}"
        yield _("Write in the boxes only, and leave empty what you do not know yet.")
        yield _("Save it as a Word file (.docx) and send it here: %(address)s") % {
            "address": address
        }
        yield _(
            "What was understood becomes a draft, with a report. Nobody outside your "
            "administration sees it. Pictures and files are added there afterwards."
        )

    def _words(self, text: object, style: str) -> str:
        return words(text, style, self.language)

    def _question(self, question: Question) -> Iterator[str]:
        kind = question.kind
        needed = question.needed is not never or (isinstance(kind, Text) and bool(kind.required))
        optional = "" if needed else " " + _("(optional)")
        yield self._words(f"{question.label}{optional}", "Heading2")
        if question.why:
            yield self._words(question.why, "ForumWhy")
        if question.example:
            example = _("Example: %(example)s") % {"example": question.example}
            yield self._words(example, "ForumExample")
        yield self._rows(question, kind) if isinstance(kind, Rows) else self._box(question)
        yield self._words("", "ForumGap")

    def _head(self, question: Question, columns: int) -> str:
        limit = limit_words(question.kind)
        told = " · ".join(part for part in (_("Your answer"), limit) if part)
        code = run(f"  #{question.name}", "en")
        return row(
            [paragraph(run(told, self.language) + code, "ForumCode", self.language)],
            of=columns,
            is_head=True,
        )

    def _box(self, question: Question) -> str:
        answer, kind, name = question.read(self.case), question.kind, question.name
        if isinstance(kind, Topics):
            return self._topics(question)
        if isinstance(kind, Terms):
            cell = "".join(self._ticks(question, answer))
        else:
            cell = self._field(name, question.label, cast(OneField, kind), answer)
        return table([self._head(question, 1), row([cell], of=1)], 1, self.language)

    def _topics(self, question: Question) -> str:
        kind, name = question.kind, question.name
        values = kind.initial(name, question.read(self.case))
        rows = [self._head(question, 2)]
        for field, box in kind.fields(name).items():
            options = flat(box)
            chosen = dict(options).get(str(values.get(field, "")), "")
            control = self.controls.choice(field, box.label, chosen, options, _(CHOOSE))
            cells = [self._words(box.label, "ForumLabel"), self._line(control)]
            rows.append(row(cells, of=2))
        return table(rows, 2, self.language)

    def _ticks(self, question: Question, answer: list[int]) -> Iterator[str]:
        chosen = {str(pk) for pk in answer}
        for group, value, label in options_of(question.kind):
            if value is None:
                yield self._words(group, "ForumLabel")
            else:
                tick = self.controls.tick(question.name, label, value in chosen)
                yield self._line(tick)

    def _line(self, control: str, language: str = "") -> str:
        return paragraph(control, "ForumText", language or self.language)

    def _field(self, tag: str, label: object, kind: OneField, answer: Any) -> str:
        """Give the place for one answer, as a paragraph."""
        value = kind.initial(tag, answer)[tag]
        if isinstance(kind, Tick):
            return self._line(self.controls.tick(tag, label, bool(value)))
        if isinstance(kind, Choice | Member):
            options = self._options_of(kind)
            chosen = dict(options).get(str(value), "") if value else ""
            return self._line(self.controls.choice(tag, label, chosen, options, _(CHOOSE)))
        text = "" if value is None else str(value)
        if isinstance(kind, Day):
            return self._line(self.controls.date(tag, label, text, _(A_DATE)), "en")
        spoken = self.case.language if isinstance(kind, Text) else "en"
        control = self.controls.text(tag, label, text, _(WRITE), spoken=spoken)
        return self._line(control, spoken)

    def _options_of(self, kind: OneField) -> list[tuple[str, str]]:
        # Every row of a table offers the same, and all Members are many.
        if kind not in self._options:
            self._options[kind] = flat(kind.field())
        return self._options[kind]

    def _rows(self, question: Question, kind: Rows) -> str:
        answer = question.read(self.case)
        width = len(kind.columns)
        heads = [
            self._words(column.label, "ForumLabel")
            + self._words(limit_words(column.kind), "ForumCode")
            for column in kind.columns
        ]
        rows = [self._head(question, width), row(heads, of=width, is_head=True)]
        for place in range(min(kind.limit, max(EMPTY_ROWS, len(answer) + 2))):
            values = answer[place] if place < len(answer) else {}
            cells = [
                self._field(
                    f"{question.name}-{place}-{column.name}",
                    column.label,
                    column.kind,
                    values.get(column.name),
                )
                for column in kind.columns
            ]
            rows.append(row(cells, of=width))
        return table(rows, width, self.language)


def limit_words(kind: object) -> str:
    """Say how long a text may be; nothing for what is no text."""
    if not isinstance(kind, Text):
        return ""
    words_for = ngettext("Up to %(limit)s character", "Up to %(limit)s characters", kind.limit)
    return words_for % {"limit": kind.limit}
