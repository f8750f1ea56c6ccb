"""Phrases that mean the same: how they are written, and what a query finds by them."""

from collections import Counter
from functools import lru_cache

import pytest
from django.core.exceptions import ValidationError

from portal.core.languages import LANGUAGE_CODES
from search import lexicon
from search.engines.base import Engine, Outcome
from search.lexicon import MOST, Lexicon
from search.phrases import Phrase, key_of, parse_group
from search.synonyms import FOLDER, file_groups, read_groups
from tests.search.looking import ask, document, version, write

# Higher than what the database gives to the cases of other tests in the same indices.
FIRST = 9_000_001
# What a text says, in its language, and what somebody asks for: the two share no word.
PAIRS = [
    ("en", "Authorized economic operators in five steps", "OEA"),
    ("ru", "Уполномоченные экономические операторы", "trusted traders"),
    ("ar", "برنامج المشغل الاقتصادي المعتمد", "AEO"),
    ("fr", "Le guichet unique du port", "janela única"),
    ("es", "La ventanilla única de comercio exterior", "единое окно"),
    ("pt", "Auditoria pós-desalfandegamento nas empresas", "post-clearance audits"),
    ("fr", "Contrôle a posteriori des importateurs", "PCA"),
    ("en", "Non-intrusive inspection at the terminal", "ИДК"),
    ("ar", "أجهزة المسح في الميناء", "scanners"),
    ("es", "Estudio de tiempos de despacho en la frontera", "TRS"),
    ("pt", "Gestão coordenada das fronteiras terrestres", "CBM"),
    ("fr", "Un poste de contrôle juxtaposé", "OSBP"),
    ("es", "Reconocimiento mutuo con los vecinos", "MRAs"),
    ("ru", "Присоединение к Киотской конвенции", "RKC"),
    ("fr", "Le cadre de normes en pratique", "SAFE"),
    ("ar", "تنفيذ اتفاقية تيسير التجارة", "TFA"),
    ("en", "Harmonized System codes explained", "SH"),
    ("ru", "Карнет АТА онлайн", "caderneta ATA"),
    ("pt", "Comércio eletrónico e pequenas remessas", "ecommerce"),
    ("ru", "Борьба с контрафактом", "counterfeits"),
    ("en", "Bonded warehouses without paper", "entreposto aduaneiro"),
    (
        "es",
        "Los despachantes de aduana y su formación",
        "customs brokers",
    ),
    ("ar", "شهادة المنشأ الرقمية", "certificats d'origine"),
    ("fr", "Décisions anticipées en ligne", "advance rulings"),
    ("pt", "Manifesto de carga antecipado", "грузовой манифест"),
    ("en", "Passenger name record analysis", "PNR"),
    ("es", "Perros en el aeropuerto", "K9"),
    ("ru", "Беспилотники над границей", "UAVs"),
    ("fr", "Apprentissage automatique et ciblage", "AI"),
    ("ar", "سلسلة الكتل في الموانئ", "DLT"),
    ("pt", "Pagamento eletrónico de direitos", "e-payment"),
    ("en", "Smuggling across the lake", "контрабанда"),
    ("fr", "La dématérialisation des formalités", "paperless"),
    ("es", "Pequeños Estados insulares y sus puertos", "SIDS"),
    ("ru", "Дикая фауна под защитой", "CITES"),
    ("en", "Electronic seals on the corridor", "precintos electrónicos"),
    ("pt", "Zonas francas e portos", "FTZ"),
    ("ar", "المساعدات الإنسانية العاجلة", "relief consignments"),
    ("en", "Lorries waiting for hours", "camions"),
    ("en", "A licence in three days", "license"),
    ("pt", "O manual do utilizador", "usuários"),
]


@lru_cache(maxsize=1)
def of_files() -> Lexicon:
    """Gives the groups of the files, ready."""
    return Lexicon(file_groups())


def said_otherwise(query: str) -> tuple[Phrase, ...]:
    """Gives what else is searched for, by the files alone."""
    return of_files().alternatives(query)


def hold(engine: Engine, pk: int, language: str, title: str) -> None:
    """Writes a document whose only text is a title in one language."""
    held = document(pk, title, language=language)
    del held["title_en"]
    wrote = write(engine, pk, version(), held | {f"title_{language}": title})
    assert wrote.outcome is Outcome.DONE


@pytest.mark.django_db
def test_each_phrase_finds_what_says_it_in_other_words(engine: Engine) -> None:
    for pk, (language, title, _query) in enumerate(PAIRS, FIRST):
        hold(engine, pk, language, title)
    missing = [
        (query, title)
        for pk, (_language, title, query) in enumerate(PAIRS, FIRST)
        if pk not in {hit.pk for hit in ask(engine, query).hits}
    ]
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "title", "written", "ordinary"),
    [
        ("fr", "Le cadre de normes en pratique", "SAFE", "a safe harbour"),
        ("fr", "Apprentissage automatique et ciblage", "AI", "j'ai une question"),
        ("en", "Artificial intelligence at work", "IA", "ele ia ao porto"),
        ("ar", "دفتر الإدخال المؤقت", "ATA", "a ata da reunião"),
        ("en", "Information technology for small offices", "IT", "how does it work"),
        ("ar", "النافذة الواحدة", "SW", "sw"),
        ("en", "Mutual recognition abroad", "ARM", "the arm of a crane"),
        ("ru", "Гармонизированная система", "HS", "hs"),
        ("en", "Endangered species", "CITES", "il cite les textes"),
    ],
)
def test_ordinary_word_is_no_abbreviation(
    engine: Engine, language: str, title: str, written: str, ordinary: str
) -> None:
    hold(engine, FIRST, language, title)
    assert ask(engine, ordinary).total == 0
    assert ask(engine, written).total == 1


@pytest.mark.django_db
def test_ambiguous_abbreviation_of_no_language_is_never_searched_for(engine: Engine) -> None:
    hold(engine, FIRST, "en", "A safe harbour")
    hold(engine, FIRST + 1, "en", "Framework of standards")
    assert [hit.pk for hit in ask(engine, "cadre de normes").hits] == [FIRST + 1]


@pytest.mark.parametrize("name", ["cross", *LANGUAGE_CODES])
def test_each_file_is_read(name: str) -> None:
    assert read_groups(FOLDER / f"{name}.txt")


def test_there_are_many_groups_and_most_speak_all_languages() -> None:
    cross = read_groups(FOLDER / "cross.txt")
    whole = [group for group in cross if {phrase.language for phrase in group} >= {*LANGUAGE_CODES}]
    assert len(cross) >= 110
    assert len(whole) >= 110


def test_groups_of_one_file_are_apart() -> None:
    for name in ("cross", *LANGUAGE_CODES):
        groups = read_groups(FOLDER / f"{name}.txt")
        homes = Counter(key for group in groups for key in {key_of(phrase) for phrase in group})
        assert [key for key, count in homes.items() if count > 1] == [], name


def test_files_of_languages_join_no_two_groups_of_the_cross_file() -> None:
    cross = read_groups(FOLDER / "cross.txt")
    joined = [
        names
        for group in lexicon.merged(file_groups())
        if len(names := [own[0].text for own in cross if set(own) & set(group)]) > 1
    ]
    assert joined == []


@pytest.mark.parametrize(
    "group", read_groups(FOLDER / "cross.txt"), ids=lambda group: group[0].text
)
def test_each_phrase_leads_to_its_group(group: tuple[Phrase, ...]) -> None:
    for phrase in group:
        others = said_otherwise(phrase.text)
        assert others, phrase
        assert len(others) <= MOST
        assert phrase not in others


@pytest.mark.parametrize(
    "query",
    [
        "regional integration",
        "digital transition to the cloud",
        "original document",
        "revenue targets",
        "travel time",
        "what is the best way",
    ],
)
def test_other_word_of_the_same_stem_is_no_phrase(query: str) -> None:
    words = {"integrity", "transit", "preferential origin", "risk targeting", "passenger"}
    assert words.isdisjoint(phrase.text for phrase in said_otherwise(query))


def test_longest_phrase_wins_over_what_it_holds() -> None:
    others = {phrase.text for phrase in said_otherwise("trade facilitation agreement")}
    assert "TFA" in others
    assert "facilitation des échanges" not in others


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("certificates of origin", "certificat d'origine"),
        ("OPERATEURS ECONOMIQUES AGREES", "AEO"),
        ("l'opérateur économique agréé", "AEO"),
        ("уполномоченными экономическими операторами", "AEO"),
        ("المشغلين الاقتصاديين المعتمدين", "AEO"),
        ("الْمُشَغِّل الاقتصادي المعتمد", "AEO"),
        ("apreensões", "seizure"),
        ("laboratories", "laboratoire"),
        ("authorised economic operator", "AEO"),
        ("scanner", "escáner"),
    ],
)
def test_inflected_phrase_is_recognised(query: str, other: str) -> None:
    assert other in {phrase.text for phrase in said_otherwise(query)}


def test_many_groups_share_the_places_by_turns() -> None:
    others = said_otherwise("PCA AEO NII TRS MRA CBM OSBP RKC TFA IPR KPI SME UAV DLT IoT")
    texts = {phrase.text for phrase in others}
    assert len(others) == MOST
    assert {"post-clearance audit", "Kyoto Convention", "internet of things"} <= texts


def test_groups_that_share_a_phrase_are_one() -> None:
    own = Lexicon([parse_group("en:alpha beta, XYZ"), parse_group("XYZ, fr:gamma delta")])
    assert {phrase.text for phrase in own.alternatives("alpha betas")} == {"XYZ", "gamma delta"}


def test_line_is_read_with_languages_and_signs() -> None:
    assert parse_group(" AEO , fr:opérateur agréé، =en:AI,=SAFE,\n AEO") == (
        Phrase("AEO"),
        Phrase("opérateur agréé", "fr"),
        Phrase("AI", "en", exact=True),
        Phrase("SAFE", exact=True),
    )
    assert parse_group("lorry, fr:camion", language="en")[0] == Phrase("lorry", "en")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", "at least two phrases"),
        ("AEO,,", "at least two phrases"),
        ("AEO, AEO", "at least two phrases"),
        ("AEO, de:Zollbeteiligter", "“de:Zollbeteiligter”"),
        ("AEO, fr:", "no word"),
        ("AEO, en:of the", "“en:of the” holds no word"),
        ("AEO, !!!", "no word"),
        ("AEO, =safe", "capitals"),
        ("AEO, " + "x" * 81, "longer than 80"),
        (", ".join(f"A{number}" for number in range(41)), "at most 40"),
    ],
)
def test_fault_is_named_in_plain_words(line: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        parse_group(line)
