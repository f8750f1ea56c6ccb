"""The template as a Word file, and what is read from it when it comes back."""

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from casestudies.offline.document import read_document
from casestudies.offline.identity import Size
from casestudies.offline.understanding import Understood, understand
from casestudies.offline.writing import blank_case, write_template
from casestudies.wizard.steps import FULL, all_questions, question_named
from casestudies.wizard.uploads import Uploads
from portal.core.languages import LANGUAGE_CODES
from portal.core.uploads import check_document
from tests.casestudies import word_files as word
from tests.factories.cases import make_term, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _words() -> None:
    make_topic("transit", parent="facilitation", name_fr="Transit douanier")
    make_topic("origin", parent="facilitation", name_fr="Origine")
    make_term("building_block", "integrity", name_fr="Intégrité")
    make_term("building_block", "capacity-building")
    make_term("innovation_type", "process")


def template(language: str = "en", size: Size = Size.FULL) -> bytes:
    return write_template(blank_case(language=language), language=language, size=size)


def said_in(content: bytes) -> Understood:
    return understand(read_document(word.upload(content)))


@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("size", Size)
def test_template_is_a_safe_file_that_asks_every_question_once(language, size):
    content = template(language, size)
    assert check_document(word.upload(content)).size == len(content)
    said = said_in(content)
    extra = {item.name for step in FULL for item in step.questions}
    asked = [
        item.name
        for item in all_questions()
        if not isinstance(item.kind, Uploads)
        and not item.name.startswith("change_")
        and (size == Size.FULL or item.name not in extra)
    ]
    assert said.names == asked
    assert (said.identity.language, said.identity.size) == (language, size)
    assert said.strays == []


def test_empty_template_says_only_what_a_new_case_says_by_itself():
    assert said_in(template("fr")).typed == {
        "language": ["fr"],
        "licence": ["CC-BY-4.0"],
        "visibility": ["public"],
    }


def test_arabic_template_runs_from_right_to_left():
    root = word.document_of(template("ar"))
    tables = list(root.iter(word.w("tbl")))
    assert tables
    for table in tables:
        assert table.find(f"{word.w('tblPr')}/{word.w('bidiVisual')}") is not None
    marked = [
        p.find(f"{word.w('pPr')}/{word.w('bidi')}") is not None for p in root.iter(word.w("p"))
    ]
    assert sum(marked) > 0.8 * len(marked)
    assert root.find(f"{word.w('body')}/{word.w('sectPr')}/{word.w('bidi')}") is not None
    english = word.document_of(template("en"))
    assert not list(english.iter(word.w("bidi")))


def test_controls_and_options_have_names_of_their_own():
    root = word.document_of(template())
    boxes = list(root.iter(word.w("sdt")))
    numbers = [box.find(f"{word.w('sdtPr')}/{word.w('id')}").get(word.w("val")) for box in boxes]
    assert len(numbers) == len(set(numbers)) > 100
    for name in ("alias", "tag"):
        found = [each.get(word.w("val")) for each in root.iter(word.w(name))]
        assert len(found) == len(boxes)
        assert max(map(len, found)) <= 64
    for box in root.iter(word.w("dropDownList")):
        labels = [item.get(word.w("displayText")) for item in box]
        values = [item.get(word.w("value")) for item in box]
        assert len(set(labels)) == len(labels) == len(set(values))


def test_every_row_of_a_table_fills_its_columns():
    for table in word.document_of(template()).iter(word.w("tbl")):
        columns = len(table.findall(f"{word.w('tblGrid')}/{word.w('gridCol')}"))
        for row in table.findall(word.w("tr")):
            spans = row.findall(f"{word.w('tc')}/{word.w('tcPr')}/{word.w('gridSpan')}")
            cells = row.findall(word.w("tc"))
            assert (
                len(cells) - len(spans) + sum(int(s.get(word.w("val"))) for s in spans) == columns
            )


def test_template_shows_why_the_limit_and_an_example():
    text = "".join(word.document_of(template("en")).itertext())
    assert "Up to 500 characters" in text
    assert "Example: Parcels cleared before they land" in text
    assert "It is what people see in a list of results." in text


def test_answers_are_read_from_their_controls():
    with override("fr"):
        agreed = str(question_named("cleared").label)
    content = word.filled(
        template("fr"),
        {
            "title": "Colis",
            "summary": "Un.\n\nDeux.",
            "topics-0": "Origine",
            "topics-1": "transit",
            "building_blocks": ["Intégrité"],
            "stage": "In operation",
            "year": "2021",
            "results-0-indicator": "Temps",
            "results-0-after": "9",
            "results-2-indicator": "Coût",
            "cleared": [agreed],
            "embargo_until": "2027-01-31",
        },
    )
    with override("fr"):
        said = said_in(content)
    origin, transit = make_topic("origin").pk, make_topic("transit").pk
    assert said.typed == {
        "title": ["Colis"],
        "summary": ["Un.\n\nDeux."],
        "language": ["fr"],
        "topics-0": [str(origin)],
        "topics-1": [str(transit)],
        "building_blocks": [str(make_term("building_block", "integrity").pk)],
        "stage": ["operation"],
        "year": ["2021"],
        "results-0-indicator": ["Temps"],
        "results-0-after": ["9"],
        "results-1-indicator": ["Coût"],
        "cleared": ["on"],
        "licence": ["CC-BY-4.0"],
        "visibility": ["public"],
        "embargo_until": ["2027-01-31"],
    }
    assert said.strays == []


def test_a_program_that_drops_controls_loses_no_answer():
    answers = {
        "title": "Parcels",
        "summary": "One.\nTwo.",
        "topics-0": "Origin",
        "building_blocks": ["Integrity"],
        "stage": "Pilot",
        "results-1-indicator": "Time",
    }
    content = word.filled(template(), answers)
    flat = word.without_controls(content)
    assert not list(word.document_of(flat).iter(word.w("sdt")))
    before, after = said_in(content), said_in(flat)
    assert after.typed == before.typed
    assert after.names == before.names
    assert (before.identity.shown == {}, after.identity.shown == {}) == (False, True)


def test_words_outside_of_the_boxes_are_told():
    def write_below(root):
        body = root.find(word.w("body"))
        paragraph = word.SubElement(body, word.w("p"))
        word.SubElement(word.SubElement(paragraph, word.w("r")), word.w("t")).text = "See also."

    assert said_in(word.changed(template(), write_below)).strays == [
        ("Outside of the boxes", "See also.")
    ]


def test_prompts_are_no_answers_in_any_language():
    for language in LANGUAGE_CODES:
        flat = word.without_controls(template(language))
        assert set(said_in(flat).typed) == {"language", "licence", "visibility"}


def test_words_that_were_deleted_or_moved_away_are_no_answer():
    def change(root):
        box = word.control(root, "problem")
        word.write(box, "Kept.")
        content = box.find(word.w("sdtContent"))
        for name in ("del", "moveFrom"):
            run = word.SubElement(word.SubElement(content, word.w(name)), word.w("r"))
            word.SubElement(run, word.w("t")).text = "Gone."
        run = word.SubElement(word.SubElement(content, word.w("ins")), word.w("r"))
        word.SubElement(run, word.w("t")).text = " Added."

    assert said_in(word.changed(template(), change)).typed["problem"] == ["Kept. Added."]


def test_a_row_more_than_there_can_be_is_told():
    def add_rows(root):
        table = next(t for t in root.iter(word.w("tbl")) if word.controls(t, "links-0-url"))
        row = table.findall(word.w("tr"))[-1]
        for number in range(12):
            copy = word.fromstring(word.tostring(row))
            for box in copy.iter(word.w("sdt")):
                word.write(box, f"https://example.org/{number}")
            table.append(copy)

    said = said_in(word.changed(template(), add_rows))
    assert [key for key in said.typed if key.startswith("links-9-")]
    assert len([why for why, _text in said.strays if why.startswith("More rows")]) == 2


def renamed(tag: str, to: str):
    def change(root):
        for box in word.controls(root, tag):
            box.find(f"{word.w('sdtPr')}/{word.w('tag')}").set(word.w("val"), to)
            word.write(box, "Words.")

    return change


def test_a_wrong_tag_is_mended_by_the_code_of_the_box():
    said = said_in(word.changed(template(), renamed("problem", "nonsense")))
    assert said.typed["problem"] == ["Words."]


def test_a_box_of_no_question_is_told_with_its_words():
    def change(root):
        renamed("problem", "owner_id")(root)
        for text in root.iter(word.w("t")):
            text.text = (text.text or "").replace("#problem", "#owner_id")

    said = said_in(word.changed(template(), change))
    assert "problem" not in said.typed
    [(why, text)] = said.strays
    assert why == "Not one of our boxes"
    assert "Words." in text


def test_pictures_and_files_cannot_be_named_by_a_box():
    def change(root):
        renamed("problem", "images-0-image")(root)
        for text in root.iter(word.w("t")):
            text.text = (text.text or "").replace("#problem", "#images")

    said = said_in(word.changed(template(), change))
    assert not [key for key in said.typed if key.startswith("images")]
    assert said.strays


def test_the_second_of_two_boxes_for_one_question_is_told():
    def change(root):
        body = root.find(word.w("body"))
        table = next(t for t in root.iter(word.w("tbl")) if word.controls(t, "problem"))
        word.write(word.control(table, "problem"), "First.")
        copy = word.fromstring(word.tostring(table))
        word.write(word.control(copy, "problem"), "Second.")
        body.append(copy)

    said = said_in(word.changed(template(), change))
    assert said.typed["problem"] == ["First."]
    assert said.strays == [("A second time: Problem or opportunity", "Second.")]


def document(content: bytes):
    return lambda parts: parts | {word.DOCUMENT: content}


def part(name: str, content: bytes):
    return lambda parts: parts | {name: content}


def beginning(parts, text: bytes) -> bytes:
    head, rest = parts[word.DOCUMENT].split(b"?>", 1)
    return head + b"?>" + text + rest


ENTITY = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
BILLION = b'<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
NESTED = (
    b'<w:document xmlns:w="%s"><w:body>' % word.W.encode()
    + b"<w:p>" * 100_000
    + b"</w:p>" * 100_000
    + b"</w:body></w:document>"
)
HOSTILE = {
    "a bomb": (part("word/media/a.bin", b"\0" * 60_000_000), "bomb"),
    "a file of the server": (lambda p: document(beginning(p, ENTITY))(p), "packing"),
    "a billion laughs": (lambda p: document(beginning(p, BILLION))(p), "packing"),
    "a macro": (part("word/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "macros"),
    "too deep": (document(NESTED), "bomb"),
    "too many elements": (document(b"<a>" + b"<b/>" * 260_000 + b"</a>"), "bomb"),
    "cut short": (document(b"<w:document"), "damaged"),
    "nothing": (document(b""), "damaged"),
    "NUL in the text": (
        lambda p: document(p[word.DOCUMENT].replace(b"Example", b"\0xample"))(p),
        "damaged",
    ),
    "NUL spelt out": (
        lambda p: document(p[word.DOCUMENT].replace(b"Example", b"&#0;"))(p),
        "damaged",
    ),
    "not ours": (
        lambda p: {**p, "docProps/custom.xml": b"<Properties/>", word.DOCUMENT: b"<d/>"},
        "not_ours",
    ),
    "another schema": (
        lambda p: {name: content.replace(b"case/1", b"case/9") for name, content in p.items()},
        "not_ours",
    ),
}


@pytest.mark.parametrize("about", HOSTILE)
def test_hostile_file_is_refused_in_words(about):
    change, code = HOSTILE[about]
    with pytest.raises(ValidationError) as refused:
        said_in(word.packed(change(word.parts_of(template(size=Size.SNAPSHOT)))))
    assert refused.value.code == code
    assert " ".join(refused.value.messages)


def test_an_answer_of_a_megabyte_is_refused_and_told_so():
    content = word.filled(template(size=Size.SNAPSHOT), {"problem": "x" * 1_000_000})
    with pytest.raises(ValidationError, match="more than 200000 characters") as refused:
        said_in(content)
    assert refused.value.code == "long"


@pytest.mark.parametrize("name", ["answers.doc", "answers.docm", "answers.pdf", "answers"])
def test_only_word_files_are_read(name):
    with pytest.raises(ValidationError, match="Send the Word file"):
        read_document(word.upload(template(), name))
