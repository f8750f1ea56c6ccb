"""Each automatic check with good and bad texts in several languages, and on all we show."""

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

import pytest

from casestudies.checks.findings import Check, Finding, Level, Matter
from casestudies.checks.languages import OtherLanguage
from casestudies.checks.links import AnsweredByLink
from casestudies.checks.materials import FigureWithoutUnit, MissingAlternativeText
from casestudies.checks.people import NameWithPhone, PrivateMailbox, PrivateOwner
from casestudies.checks.plain import LongSentence, UnexplainedAcronym
from casestudies.checks.running import CHECKS
from casestudies.models import CaseImage, CaseStudyPage, ResultRow, ReusableBlock
from casestudies.models.fields import TRANSLATED_FIELDS
from portal.home.demo_content import DEMO
from tests.factories.prose import SENTENCES

pytestmark = pytest.mark.django_db
STORIES = {code: " ".join(lines[:3]).format(n=9, name="A") for code, lines in SENTENCES.items()}
ABOUT_TEXTS = (
    PrivateMailbox(),
    AnsweredByLink(),
    MissingAlternativeText(),
    PrivateOwner(),
    NameWithPhone(),
    OtherLanguage(),
    FigureWithoutUnit(),
)


def draft(language: str = "en", **texts: Any) -> CaseStudyPage:
    """Make a case in memory; rows of results, blocks and images as dictionaries."""
    makes = {"results": ResultRow, "reusable_blocks": ReusableBlock, "images": CaseImage}
    rows = {name: texts.pop(name, []) for name in makes}
    case = CaseStudyPage(language=language, **texts)
    for name, make in makes.items():
        setattr(case, name, [make(**row) for row in rows[name]])
    return case


def look(check: Check, case: CaseStudyPage) -> list[Finding]:
    return list(check.look(Matter(case, None)))  # type: ignore[arg-type]


def flagged(check: Check, text: str, language: str = "en") -> bool:
    return bool(look(check, draft(language, solution=text)))


@pytest.mark.parametrize("language", STORIES)
def test_a_text_in_the_language_chosen_is_left_alone(language: str) -> None:
    assert not flagged(OtherLanguage(), STORIES[language], language)


@pytest.mark.parametrize("chosen", STORIES)
@pytest.mark.parametrize("written", STORIES)
def test_a_text_in_another_language_than_the_one_chosen_is_named_once(
    chosen: str, written: str
) -> None:
    case = draft(chosen, problem=STORIES[written], solution=STORIES[written])
    found = look(OtherLanguage(), case)
    assert [one.question for one in found] == ([] if chosen == written else ["language"])


def test_one_text_in_another_language_is_named_at_the_text() -> None:
    own = {"problem": STORIES["fr"], "lessons": STORIES["fr"]}
    found = look(OtherLanguage(), draft("fr", solution=STORIES["pt"], **own))
    assert [(one.question, one.level) for one in found] == [("solution", Level.NOTE)]


def test_a_few_words_tell_no_language() -> None:
    assert not flagged(OtherLanguage(), "Guichet unique, Abidjan", "en")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Please see our web page at https://customs.example/parcels."),
        ("fr", "Voir https://douane.example/colis"),
        ("es", "Más información en el enlace: www.aduana.example/paquetes"),
        ("ar", "للمزيد من المعلومات انظر الرابط https://jamarik.example/"),
        ("ru", "Подробнее см. на сайте https://tamozhnya.example/"),
        ("pt", "Veja aqui: https://alfandega.example/encomendas"),
    ],
)
def test_a_text_that_is_only_a_link_stops(language: str, text: str) -> None:
    found = look(AnsweredByLink(), draft(language, legal_basis=text))
    assert [(one.question, one.level) for one in found] == [("legal_basis", Level.STOP)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Regulation 952/2013, article 15, lays down the duty: https://law.example/"),
        ("fr", "Le code des douanes, article 67, permet le dépôt anticipé (https://loi.example/)."),
        ("ar", "يسمح قانون الجمارك بتقديم البيان قبل الوصول https://law.example/"),
        ("ru", "Таможенный кодекс разрешает подать декларацию заранее: https://zakon.example/"),
        ("en", "We changed nothing in the law."),
    ],
)
def test_a_text_that_says_it_and_links_too_passes(language: str, text: str) -> None:
    assert not flagged(AnsweredByLink(), text, language)


@pytest.mark.parametrize(
    "address",
    ["maria.borg@gmail.com", "ivanov@mail.ru", "joao@uol.com.br", "a.diop@yahoo.co.uk", "x@qq.com"],
)
def test_a_private_mailbox_in_a_text_stops(address: str) -> None:
    found = look(PrivateMailbox(), draft(lessons=f"Write to {address}, please."))
    assert [(one.level, one.quotes) for one in found] == [(Level.STOP, (address,))]


def test_the_mailbox_of_a_unit_in_a_text_passes() -> None:
    assert not flagged(PrivateMailbox(), "Write to post@customs.example or a@mail.customs.mt.")


def test_a_unit_with_a_private_mailbox_is_for_people_to_judge() -> None:
    found = look(PrivateOwner(), draft(owner_mailbox="customs.tv@gmail.com"))
    assert [one.level for one in found] == [Level.NOTE]
    assert not look(PrivateOwner(), draft(owner_mailbox="yachts@customs.example"))
    assert not look(PrivateOwner(), draft())


@pytest.mark.parametrize(
    "text",
    [
        "Ask Maria Borg, +356 2568 5200, for the form.",
        "Appelez Mme Diop au tél. 33 839 00 00.",
        "Consulte con José Álvarez (teléfono: 55 1234 5678).",
        "اتصل بـ السيد أحمد على هاتف 0522123456",
        "Звоните: Иван Петров, тел. 8 495 123-45-67.",
        "Fale com João da Silva, telemóvel 912 345 678.",
    ],
)
def test_a_name_beside_a_telephone_number_is_noted(text: str) -> None:
    found = look(NameWithPhone(), draft(outcomes=text))
    assert [(one.level, one.question) for one in found] == [(Level.NOTE, "outcomes")]


@pytest.mark.parametrize(
    "text",
    [
        "The Customs Help Desk answers under +356 2568 5200.",
        "Maria Borg began in 2019 with 12,500 parcels and ended at 1 250 000 in 2023.",
        "Le guichet unique répond au +221 33 839 00 00.",
        "Under tariff heading 8703.23.19 and file 2021-04-00012 nothing changed.",
        "Служба поддержки: тел. 8 495 123-45-67.",
    ],
)
def test_offices_with_a_number_and_figures_beside_a_name_pass(text: str) -> None:
    assert not flagged(NameWithPhone(), text)


@pytest.mark.parametrize("text", ["", "  ", "IMG_2034.jpg", "photo", "صورة", "Image 12"])
def test_a_picture_without_a_description_stops(text: str) -> None:
    found = look(MissingAlternativeText(), draft(images=[{"alternative_text": text}]))
    assert [(one.question, one.level) for one in found] == [("images", Level.STOP)]


@pytest.mark.parametrize("text", ["Two officers read a label", "ضابطان يقرآن ملصق طرد", "Un quai"])
def test_a_picture_with_a_description_passes(text: str) -> None:
    assert not look(MissingAlternativeText(), draft(images=[{"alternative_text": text}]))


@pytest.mark.parametrize(
    ("row", "is_noted"),
    [
        ({"indicator": "Time to release", "before": "46", "after": "9"}, True),
        ({"indicator": "Délai de mainlevée", "before": "3,5", "after": "1"}, True),
        ({"indicator": "زمن الإفراج", "after": "9"}, True),
        ({"indicator": "Time to release", "unit": "hours", "after": "9"}, False),
        ({"indicator": "Time to release", "before": "46 h", "after": "9 h"}, False),
        ({"indicator": "Доля проверок", "after": "9 %"}, False),
        ({"indicator": "Número de declarações", "after": "900"}, False),
        ({"indicator": "Number of seizures", "after": "12"}, False),
        ({"indicator": "Trust", "before": "low", "after": "better"}, False),
    ],
)
def test_figures_without_a_unit_are_noted(row: dict[str, str], is_noted: bool) -> None:
    found = look(FigureWithoutUnit(), draft(results=[row]))
    assert [one.level for one in found] == ([Level.NOTE] if is_noted else [])


LONG = {
    "en": "We " + "did this and that " * 10,
    "ar": "قمنا " + "بهذا وذاك ثم غيره " * 10,
    "ru": "Мы " + "делали то и это " * 10,
}


@pytest.mark.parametrize("language", LONG)
def test_a_long_sentence_is_a_hint_with_its_beginning(language: str) -> None:
    short = "This is short. So is this one.\nAnd this"
    found = look(LongSentence(), draft(language, solution=f"{short}. {LONG[language]}."))
    assert [one.level for one in found] == [Level.HINT]
    assert found[0].quotes[0].startswith(LONG[language].split()[0])
    assert not flagged(LongSentence(), short * 20)


def test_letters_that_nobody_explained_are_a_hint() -> None:
    found = look(UnexplainedAcronym(), draft(problem="The UCR and the EDI.", solution="The UCR."))
    assert [(one.question, one.quotes) for one in found] == [("problem", ("UCR", "EDI"))]
    assert [one.quotes for one in look(UnexplainedAcronym(), draft("ru", problem="Наш АСТП."))] == [
        ("АСТП",)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "A unique reference (UCR). The UCR helps.",
        "UCR (a unique reference) helps.",
        "The WCO and the EU ask for VAT.",
        "Article XIV, in form CN22/CN23.",
        "ВТО и НДС.",
    ],
)
def test_letters_that_were_explained_or_that_all_know_are_no_hint(text: str) -> None:
    assert not flagged(UnexplainedAcronym(), text)


def demonstration() -> Iterator[dict[str, Any]]:
    """Give the lines of the demonstration content."""
    paths = chain(DEMO.glob("cases-*.jsonl"), DEMO.glob("drafts-*.jsonl"))
    for path in sorted(paths):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def test_no_check_gives_a_false_alarm_on_the_demonstration_content() -> None:
    found = []
    for line in demonstration():
        texts = {name: line.get(name, "") for name in TRANSLATED_FIELDS}
        results = [
            {name: str(row.get(name, "")) for name in ("indicator", "unit", "before", "after")}
            for row in line.get("results", [])
        ]
        blocks = line.get("reusable_blocks", [])
        mailbox = line.get("owner_mailbox", "")
        case = draft(
            line["language"],
            **texts,
            results=results,
            reusable_blocks=blocks,
            owner_mailbox=mailbox,
        )
        found += [(line["external_id"], one) for check in ABOUT_TEXTS for one in look(check, case)]
        for code, words in line.get("translations", {}).items():
            own = {name: text for name, text in words.items() if name in TRANSLATED_FIELDS}
            found += [(code, one) for one in look(OtherLanguage(), draft(code, **own))]
    assert found == []


def test_every_check_has_a_level_and_says_what_to_do() -> None:
    assert {type(check) for check in ABOUT_TEXTS} < {type(check) for check in CHECKS}
    assert all(str(check.advice) and check.level in Level for check in CHECKS)
