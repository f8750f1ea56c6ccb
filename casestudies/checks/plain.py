"""Plain language: long sentences and letters that nobody explained, as hints while one writes."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.words import word_set, words_in

LONGEST_SENTENCE = 35
SENTENCE_END = re.compile(r"(?<=[.!?؟。…])[\s»”\"]+|\n+")
BEGINNING = 8
ACRONYM = re.compile(r"(?<![\w/-])(?:[A-Z]{2,6}|[А-ЯЁ]{2,6})(?![\w/-])")
ROMAN = re.compile(r"^[IVXLC]+$")
# Letters that every officer reads without help, in the languages of the Latin script and Russian.
KNOWN = word_set(
    "EU UE UN ONU WCO OMD OMA WTO OMC VAT TVA IVA USD EUR PDF XML GPS SMS QR ID IT TI AI IA SI API "
    "ISO HS SH SA UK USA US AEO OEA DG ВТО ВТАМО ВТамО ЕС ООН ЕАЭС НДС США ИИ ИТ УЭО РФ"
)


class LongSentence(Check):
    """Sentences that a reader has to read twice."""

    level = Level.HINT
    advice = gettext_lazy("Make two sentences of it: one thing each.")

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give each text that has long sentences, with the beginning of the first."""
        for answer in matter.answers:
            found = [one for one in SENTENCE_END.split(answer.text) if _is_long(one)]
            if answer.is_story and found:
                words = ngettext(
                    "%(count)s sentence has more than %(most)s words.",
                    "%(count)s sentences have more than %(most)s words.",
                    len(found),
                ) % {"count": len(found), "most": LONGEST_SENTENCE}
                beginning = " ".join(found[0].split()[:BEGINNING]) + " …"
                yield self.finding(answer.question, answer.label, words, (beginning,))


def _is_long(sentence: str) -> bool:
    return len(words_in(sentence)) > LONGEST_SENTENCE


class UnexplainedAcronym(Check):
    """Letters that stand for words nobody wrote out."""

    level = Level.HINT
    advice = gettext_lazy("Write the words out once, with the letters in brackets after them.")

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give each text's letters that are explained nowhere in the case."""
        whole = "\n".join(answer.text for answer in matter.all_answers)
        said: set[str] = set()
        for answer in matter.answers:
            letters = dict.fromkeys(ACRONYM.findall(answer.text)) if answer.is_story else {}
            new = [one for one in letters if one not in said and not _is_clear(one, whole)]
            said.update(new)
            if new:
                words = _("Not every reader knows these letters.")
                yield self.finding(answer.question, answer.label, words, tuple(new))


def _is_clear(letters: str, whole: str) -> bool:
    if letters in KNOWN or ROMAN.match(letters):
        return True
    return f"({letters}" in whole or f"{letters} (" in whole or f"{letters})" in whole
