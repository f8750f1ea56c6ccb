"""The few pieces of WordprocessingML that a template is made of, as strings; all text is escaped.

Every answer stands in a content control: Word and LibreOffice keep its tag, and the words around it
cannot be taken for the answer.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from portal.core.languages import direction

TAGS = {
    "en": "en-GB",
    "fr": "fr-FR",
    "es": "es-ES",
    "ar": "ar-SA",
    "ru": "ru-RU",
    "pt": "pt-PT",
}
TICKED, OPEN = "\u2612", "\u2610"
WIDTH = 9638
# What XML cannot carry, whatever the text holds.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TEXT = '<w:text w:multiLine="1"/>'
DATE = (
    '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
)


def plain(text: object) -> str:
    """Give a text as XML can carry it."""
    return escape(NOT_IN_XML.sub("", str(text)))


def run(text: object, language: str, *, style: str = "", marks: str = "") -> str:
    """Give words in a language; a line end is a line break."""
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    if direction(language) == "rtl":
        tongue = f'<w:rtl/><w:lang w:bidi="{TAGS[language]}"/>'
    else:
        tongue = f'<w:lang w:val="{TAGS[language]}"/>'
    lines = (f'<w:t xml:space="preserve">{line}</w:t>' for line in plain(text).split("\n"))
    return f"<w:r><w:rPr>{named}{marks}{tongue}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def paragraph(runs: str, style: str, language: str) -> str:
    """Give a paragraph of one of our styles, in the direction of its language."""
    bidi = "<w:bidi/>" if direction(language) == "rtl" else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{bidi}</w:pPr>{runs}</w:p>'


def words(text: object, style: str, language: str) -> str:
    """Give a paragraph of words only."""
    return paragraph(run(text, language), style, language)


class Controls:
    """Makes content controls, each with a number of its own, in a document in one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._numbers = count(1001)

    def text(self, tag: str, label: object, words: str, prompt: object, *, spoken: str) -> str:
        """Give a place to write in, with what was written in the language `spoken`, or a prompt."""
        return self._control(tag, label, TEXT, self._content(words, prompt, spoken), not words)

    def date(self, tag: str, label: object, words: str, prompt: object) -> str:
        """Give a place for a date."""
        return self._control(tag, label, DATE, self._content(words, prompt, "en"), not words)

    def choice(
        self,
        tag: str,
        label: object,
        chosen: str,
        options: Iterable[tuple[str, str]],
        prompt: object,
    ) -> str:
        """Give a list of (value, label) to choose one from; `chosen` is a label."""
        items = "".join(
            f"<w:listItem w:displayText={_quoted(shown)} w:value={_quoted(value)}/>"
            for value, shown in options
        )
        kind = f"<w:dropDownList>{items}</w:dropDownList>"
        content = self._content(chosen, prompt, self.language)
        return self._control(tag, label, kind, content, not chosen)

    def tick(self, tag: str, label: object, is_ticked: bool) -> str:
        """Give a box to tick, with its words behind it."""
        signs = "".join(
            f'<w14:{name} w14:val="{sign}" w14:font="MS Gothic"/>'
            for name, sign in (("checkedState", "2612"), ("uncheckedState", "2610"))
        )
        kind = f'<w14:checkbox><w14:checked w14:val="{int(is_ticked)}"/>{signs}</w14:checkbox>'
        font = '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic"/>'
        sign = run(TICKED if is_ticked else OPEN, self.language, marks=font)
        return self._control(tag, label, kind, sign) + run(f" {label}", self.language)

    def _content(self, words: str, prompt: object, spoken: str) -> str:
        return run(words, spoken) if words else run(prompt, self.language, style="ForumPrompt")

    def _control(
        self, tag: str, label: object, kind: str, content: str, is_prompt: bool = False
    ) -> str:
        prompt = "<w:showingPlcHdr/>" if is_prompt else ""
        return (
            f"<w:sdt><w:sdtPr><w:alias w:val={_quoted(str(label)[:60])}/>"
            f'<w:tag w:val={_quoted(tag)}/><w:id w:val="{next(self._numbers)}"/>'
            f'<w:lock w:val="sdtLocked"/>{prompt}{kind}</w:sdtPr>'
            f"<w:sdtContent>{content}</w:sdtContent></w:sdt>"
        )


def _quoted(text: str) -> str:
    return quoteattr(NOT_IN_XML.sub("", text))


def table(rows: Sequence[str], columns: int, language: str) -> str:
    """Give a table of as many even columns; in Arabic the first one stands on the right."""
    bidi = "<w:bidiVisual/>" if direction(language) == "rtl" else ""
    grid = f'<w:gridCol w:w="{WIDTH // columns}"/>' * columns
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="ForumAnswer"/>{bidi}<w:tblW w:w="{WIDTH}" '
        f'w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def row(cells: Sequence[str], *, of: int, is_head: bool = False) -> str:
    """Give a row of cells in a table of `of` columns; one cell alone takes all of them."""
    span = of // len(cells)
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="F1F3F0"/>' if is_head else ""
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else ""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    cell = f'<w:tcPr><w:tcW w:w="{WIDTH // of * span}" w:type="dxa"/>{spans}{shade}</w:tcPr>'
    return f"<w:tr>{head}{''.join(f'<w:tc>{cell}{content}</w:tc>' for content in cells)}</w:tr>"
