"""What the cells of a filled template say, as the inputs that the wizard's own form judges.

Nothing is judged here: words that nobody knows go to the form as they are, which names them wrong.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from casestudies.offline.document import Cell, Document
from casestudies.offline.identity import Identity
from casestudies.offline.options import Options, plain_words
from casestudies.offline.prompts import prompts
from casestudies.wizard.kinds import Choice, Kind, Tick
from casestudies.wizard.questions import Question
from casestudies.wizard.references import Member
from casestudies.wizard.rows import Column, Rows
from casestudies.wizard.steps import question_named
from casestudies.wizard.uploads import Uploads
from casestudies.wizard.vocabularies import Terms, Topics

CODE = re.compile(r"#([a-z_]+)\s*$")
TICK = re.compile(r"^\s*[☒☑✓✔✗✘×xX■⊠](?:\s+|$)(.*)$")

Table = list[list[Cell]]


@dataclass
class Understood:
    """What a file says: inputs by their names, the questions it asks, and words without a place.

    `strays` are (why, words): nothing that was typed is dropped.
    """

    identity: Identity
    typed: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    strays: list[tuple[str, str]] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The title as it was written."""
        return " ".join(self.typed.get("title", [""])[0].split())


def understand(document: Document) -> Understood:
    """Turn a document into inputs by name."""
    found = Understood(document.identity)
    reading = Reading(found, Options(document.identity.language))
    for table in document.tables:
        reading.take(table)
    found.strays += [(_("Outside of the boxes"), text) for text in document.loose]
    return found


def as_data(typed: dict[str, list[str]]) -> QueryDict:
    """Give inputs as a form takes them."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, list(values))
    return data


def known_question(name: str) -> Question | None:
    """Give the question of a name, if a file can answer it."""
    try:
        question = question_named(name)
    except KeyError:
        return None
    return None if isinstance(question.kind, Uploads) else question


class Reading:
    """Takes the tables of one document, one after the other."""

    def __init__(self, found: Understood, options: Options) -> None:
        self.found, self.options = found, options
        with override(found.identity.language):
            self.prompts = set(map(plain_words, prompts()))

    def take(self, table: Table) -> None:
        """Take one table: the answer to a question, or words that belong to none."""
        question = known_question(name_of(table))
        if question is None:
            self._stray(_("Not one of our boxes"), table)
        elif question.name in self.found.names:
            self._stray(_("A second time: %(label)s") % {"label": question.label}, table[1:])
        else:
            self.found.names.append(question.name)
            self._answer(question, table)

    def _stray(self, why: str, table: Table) -> None:
        cells = (self._words(cell) for row in table for cell in row)
        if text := "\n".join(words for words in cells if words):
            self.found.strays.append((why, text))

    def _put(self, name: str, values: list[str]) -> None:
        if values and name in self.found.typed:
            self.found.strays.append((_("A second time"), "\n".join(values)))
        elif values:
            self.found.typed[name] = values

    def _words(self, cell: Cell) -> str:
        text = cell.text
        return "" if plain_words(text) in self.prompts else text

    def _answer(self, question: Question, table: Table) -> None:
        kind, name = question.kind, question.name
        if isinstance(kind, Rows):
            self._rows(name, kind, table)
            return
        cells = [row[-1] for row in answer_rows(table, heads=1) if row]
        if isinstance(kind, Topics):
            self._topics(name, kind, cells)
        elif isinstance(kind, Terms):
            lines = [line for cell in cells for line in cell.lines]
            self._put(name, [self._value(kind, words) for words in ticked(lines)])
        else:
            words = "\n".join(text for text in map(self._words, cells) if text)
            self._put(name, self._field(kind, words))

    def _topics(self, name: str, kind: Topics, cells: list[Cell]) -> None:
        chosen = [words for words in map(self._words, cells) if words]
        places = kind.fields(name)
        for place, words in zip(places, chosen, strict=False):
            self._put(place, [self._value(kind, words)])
        for words in chosen[len(places) :]:
            self.found.strays.append((_("More than can be chosen"), words))

    def _rows(self, name: str, kind: Rows, table: Table) -> None:
        filled = [row for row in answer_rows(table, heads=2) if any(map(self._words, row))]
        for place, row in enumerate(filled[: kind.limit]):
            for column, cell in columns_of(kind, row):
                field_name = f"{name}-{place}-{column.name}"
                self._put(field_name, self._field(column.kind, self._words(cell)))
        for row in filled[kind.limit :]:
            self._stray(
                _("More rows than there can be: %(label)s") % {"label": kind.row_label}, [row]
            )

    def _field(self, kind: Kind, words: str) -> list[str]:
        """Give what a form's input would send for these words."""
        if isinstance(kind, Tick):
            return ["on"] if any(True for _words in ticked(words.split("\n"))) else []
        if not words:
            return []
        return [self._value(kind, words) if isinstance(kind, Choice | Member) else words]

    def _value(self, kind: Kind, words: str) -> str:
        return self.options.value_of(kind, words) or words


def name_of(table: Table) -> str:
    """Give the question that a table answers: by the tag of its controls, or else by its code."""
    cells = [cell for row in table for cell in row]
    tag = next((cell.tag for cell in cells if cell.tag), "")
    name = tag.partition("-")[0]
    if known_question(name):
        return name
    code = CODE.search(table[0][0].text) if table and table[0] else None
    return code.group(1) if code else name


def answer_rows(table: Table, *, heads: int) -> Table:
    """Give the rows to fill in: all below the heads, and any that has a control of ours."""
    return [row for place, row in enumerate(table) if place >= heads or any(c.tag for c in row)]


def columns_of(kind: Rows, row: list[Cell]) -> Iterator[tuple[Column, Cell]]:
    """Give each cell of a row with its column: by its tag, or else by its place."""
    by_name = {column.name: column for column in kind.columns}
    for place, cell in enumerate(row[: len(kind.columns)]):
        yield by_name.get(cell.tag.rpartition("-")[2], kind.columns[place]), cell


def ticked(lines: list[str]) -> Iterator[str]:
    """Give the words behind every box that is ticked."""
    for line in lines:
        if found := TICK.match(line):
            yield found.group(1).strip()
