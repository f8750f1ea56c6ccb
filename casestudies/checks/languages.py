"""The language of the texts against the language that the author says they are in."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.checks.answers import Answer, label_of
from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.words import language_of
from portal.core.languages import Language


class OtherLanguage(Check):
    """A text reads as another language than the one chosen."""

    level = Level.NOTE
    advice = gettext_lazy(
        "Readers, search and translators go by the language you chose. Choose the other one, or "
        "put this text into it."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Say it once at the choice where most texts differ, else at each text."""
        draft = matter.draft
        judged: dict[str, list[Answer]] = defaultdict(list)
        for answer in matter.answers:
            if answer.is_story and (code := language_of(answer.text)):
                judged[code].append(answer)
        total = sum(map(len, judged.values()))
        for code, answers in judged.items():
            if code == draft.language:
                continue
            if 2 * len(answers) > total:
                label = label_of(draft, "language")
                yield self.finding("language", label, self._words(draft.language, code))
                continue
            for answer in answers:
                words = self._words(draft.language, code)
                yield self.finding(answer.question, answer.label, words)

    def _words(self, chosen: str, found: str) -> str:
        names = {"chosen": Language(chosen).label, "found": Language(found).label}
        return _("You chose %(chosen)s; the text reads as %(found)s.") % names
