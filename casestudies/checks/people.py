"""Personal data in texts that everybody reads: private mailboxes, names with a telephone number."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casestudies.checks.answers import label_of
from casestudies.checks.findings import Check, Finding, Level, Matter

MAILBOX = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)")
# Providers of mailboxes for private people: under any ending, and those of one ending only.
PRIVATE_PROVIDER = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|rocketmail|hotmail|outlook|live|msn|icloud|aol|gmx|proton"
    r"|protonmail|tutanota|yandex|rediffmail|maktoob)\.(?:(?:com?|net)\.)?[a-z]{2,4}"
    r"|(?:mail|bk|list|inbox|rambler|ya)\.ru|(?:me|mail|zoho|qq|163|126|naver|sina)\.com"
    r"|(?:orange|wanadoo|free|laposte|sfr)\.fr|(?:uol|bol|terra|ig)\.com\.br|sapo\.pt"
    r"|(?:daum|hanmail)\.net|(?:web|t-online|freenet)\.de|(?:libero|tiscali)\.it",
    re.IGNORECASE,
)
NEARBY = 80
PHONE = re.compile(
    r"(?:(?<![\w+])(?:\+|00)\s?[1-9]"
    r"|(?:\b(?:tel|telephone|phone|mobile|cell|whatsapp|call|tél|téléphone|portable|teléfono|móvil"
    r"|celular|telefone|telemóvel|тел|телефон|моб)\b|هاتف|جوال|موبايل)[.:\s]*\(?\+?\d)"
    r"(?:[\s().\-–]{0,2}\d){6,14}",
    re.IGNORECASE,
)
_NAME_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][a-zß-öø-ÿа-яё]+(?:[-'’][A-ZÀ-ÖØ-ÞА-ЯЁ]?[a-zß-öø-ÿа-яё]+)?"
_JOINT = rf"[ \t]+(?:[A-ZА-ЯЁ]\.|de|da|dos|van|von|el|al|ben|{_NAME_WORD})"
NAME = re.compile(rf"\b{_NAME_WORD}(?:{_JOINT})*[ \t]+{_NAME_WORD}\b")
TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mme|Mlle|Dr|Sr|Sra|Dra|Capt|Col|г-н|г-жа|господин|госпожа)\b\.?"
    r"|(?:السيد|السيدة|الأستاذ|الأستاذة|الدكتور|الدكتورة|المهندس|العقيد|النقيب|الرائد|المقدم|العميد)\s"
)
# A capitalised pair with one of these names an office, not a person.
OFFICES = re.compile(
    r"customs|douan|aduan|alfând|alfand|тамож|office|unit|division|department|section|desk|centre"
    r"|center|service|bureau|direction|direct|ministr|port|window|guichet|ventanilla|janela"
    r"|oficina|unidad|unidade|servi[cç]|departament|secc|seç|отдел|управлен|служб|центр|team"
    r"|laborator|hotline|help|authority|agency|agence|agencia|agência|revenue|tax|border|operator"
    r"|street|road|avenue|rue|calle|rua|улиц",
    re.IGNORECASE,
)


def is_private(domain: str) -> bool:
    """Say whether a provider of mailboxes for private people owns this domain."""
    return bool(PRIVATE_PROVIDER.fullmatch(domain))


class PrivateMailbox(Check):
    """The address of a person's private mailbox in a text."""

    level = Level.STOP
    advice = gettext_lazy(
        "Take it out of the text. Questions go to the mailbox of the unit; a person to contact has "
        "a place of their own, which only officers of Members see."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the texts with a private address."""
        for answer in matter.answers:
            found = [m.group() for m in MAILBOX.finditer(answer.text) if is_private(m.group(1))]
            if found:
                words = _("A private e-mail address stands in this text.")
                yield self.finding(answer.question, answer.label, words, tuple(found))


class PrivateOwner(Check):
    """The mailbox of the unit is one that looks private."""

    level = Level.NOTE
    advice = gettext_lazy(
        "Everybody sees this address. If it is a person's own, give one that the unit still reads "
        "when this person has moved on."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Look at the one field that everybody sees."""
        draft = matter.draft
        if is_private(draft.owner_mailbox.rpartition("@")[2]):
            words = _("The mailbox of the unit is with a provider of private mailboxes.")
            label = label_of(draft, "owner_mailbox")
            yield self.finding("owner_mailbox", label, words, (draft.owner_mailbox,))


class NameWithPhone(Check):
    """A person's name beside a telephone number."""

    level = Level.NOTE
    advice = gettext_lazy(
        "If it is a person's number, take it out. A person to contact has a place of their own, "
        "which only officers of Members see."
    )

    def look(self, matter: Matter) -> Iterator[Finding]:
        """Give the texts where a number stands near a name."""
        for answer in matter.answers:
            found = tuple(
                number.group().strip()
                for number in PHONE.finditer(answer.text)
                if _has_name(answer.text[max(0, number.start() - NEARBY) : number.end() + NEARBY])
            )
            if found:
                words = _("A telephone number stands beside what looks like a name.")
                yield self.finding(answer.question, answer.label, words, found)


def _has_name(text: str) -> bool:
    names = NAME.findall(text)
    return bool(TITLE.search(text)) or any(not OFFICES.search(name) for name in names)
