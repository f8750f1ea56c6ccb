"""Texts for outside translators: out and in again, and hostile files refused in words."""

from xml.etree import ElementTree as ET

import pytest
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from casestudies.exchange.xliff import MOST_BYTES, NAMESPACE, BadXliff, read_xliff, write_xliff
from casestudies.models import CaseStudyPage, Translation
from casestudies.states import State
from casestudies.translating import side_of
from tests.factories.review import World, bring_to
from tests.factories.translations import token, translate
from tests.support.visitor import signed_in

NS = f"{{{NAMESPACE}}}"
TRICKY = 'Lorries & "trains" <b>waited</b>.\n\nTwo days – مرحبا 👩🏽‍✈️'


@pytest.fixture
def case(world: World) -> CaseStudyPage:
    """A published case of Malta with a text that XML has to escape."""
    return bring_to(world, State.PUBLISHED, problem=TRICKY)


def address(case: CaseStudyPage, name: str = "translation_upload", language: str = "fr") -> str:
    return reverse(f"casestudies:{name}", args=[case.number, language])


def exported(case: CaseStudyPage, client: Client, language: str = "fr") -> bytes:
    response = client.get(address(case, "translation_download", language))
    assert response.status_code == 200
    assert f"{case.number}-en-{language}.xlf" in response["Content-Disposition"]
    return response.content


def filled(data: bytes, **targets: str) -> bytes:
    """Translate a file as an outside tool does: a target beside each source."""
    root = fromstring(data)
    for unit in root.iter(f"{NS}trans-unit"):
        name = unit.get("id", "")
        target = unit.find(f"{NS}target")
        if target is None:
            target = ET.SubElement(unit, f"{NS}target")
        target.text = targets.get(name, f"[{name}]")
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def send(client: Client, case: CaseStudyPage, data: bytes, language: str = "fr") -> HttpResponse:
    file = SimpleUploadedFile("back.xlf", data)
    sent = {"file": file, "seen": token(case, language)}
    return client.post(address(case, language=language), sent)  # type: ignore[return-value]


def test_the_file_holds_the_original_its_limits_and_what_is_done(
    world: World, case: CaseStudyPage
) -> None:
    translate(case, world["author"], title="Un titre")
    root = fromstring(exported(case, signed_in(world["author"])))
    units = {unit.get("id"): unit for unit in root.iter(f"{NS}trans-unit")}
    assert units["problem"].findtext(f"{NS}source") == TRICKY
    assert units["problem"].get("maxwidth") == "1500"
    assert units["title"].findtext(f"{NS}target") == "Un titre"
    assert "legal_basis" not in units
    file = root.find(f"{NS}file")
    assert file is not None
    assert (file.get("source-language"), file.get("target-language")) == ("en", "fr")


@pytest.mark.parametrize("language", ["fr", "ar", "ru"])
def test_what_goes_out_comes_in_again_unchanged(
    world: World, case: CaseStudyPage, language: str
) -> None:
    client = signed_in(world["author"])
    data = filled(exported(case, client, language), problem=TRICKY, title="عنوان <i>&amp;</i>")
    assert send(client, case, data, language).status_code == 302
    draft = Translation.objects.get(case=case, language=language)
    assert draft.texts["problem"] == TRICKY
    assert draft.texts["title"] == "عنوان <i>&amp;</i>"
    assert draft.source_revision_id == case.live_revision_id
    assert list(draft.writers.all()) == [world["author"]]
    again = read_xliff(exported(case, client, language))
    assert dict(again.texts) == draft.texts


def test_markup_of_a_tool_and_a_regional_code_are_understood(
    world: World, case: CaseStudyPage
) -> None:
    data = exported(case, signed_in(world["author"])).decode()
    data = data.replace('target-language="fr"', 'target-language="fr-FR"')
    unit = '<target>Un <g id="1">bon</g> <mrk mtype="term">titre</mrk></target>'
    alternative = "<alt-trans><target>Never this</target></alt-trans>"
    data = data.replace("<note>Title</note>", f"{alternative}{unit}<note>Title</note>")
    found = read_xliff(data.encode())
    assert (found.language, found.texts) == ("fr", {"title": "Un bon titre"})


def test_a_text_over_its_limit_is_named_and_nothing_is_taken(
    world: World, case: CaseStudyPage
) -> None:
    client = signed_in(world["author"])
    response = send(client, case, filled(exported(case, client), title="x" * 130))
    assert response.status_code == 422
    assert b"Title: Shorten this text by 10 characters" in response.content
    assert not Translation.objects.exists()


BOMB = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
<xliff version="1.2"><file original="N/1" target-language="fr"><body><trans-unit id="title">
<target>&b;</target></trans-unit></body></file></xliff>"""
OUTSIDE = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<xliff version="1.2"><file original="N/1" target-language="fr"><body><trans-unit id="title">
<target>&a;</target></trans-unit></body></file></xliff>"""
UNIT = '<trans-unit id="title"><target>T</target></trans-unit>'


def xliff(body: str, original: str = "N/1", more: str = "") -> str:
    file = f'<file original="{original}" target-language="fr"><body>{body}</body></file>'
    return f'<xliff version="1.2">{file}{more}</xliff>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB, "never needs"),
        (OUTSIDE, "never needs"),
        ('<!DOCTYPE x SYSTEM "http://evil.example/x.dtd"><xliff/>', "never needs"),
        ("", "damaged"),
        ("no xml at all", "damaged"),
        ("<xliff><file></xliff>", "damaged"),
        ('<?xml version="1.0" encoding="nonsense"?><xliff/>', "damaged"),
        (b"\x00\x01\x02\xff\xfe", "damaged"),
        (b"PK\x03\x04 a zip", "damaged"),
        (b"<xliff>\xff\xff</xliff>", "damaged"),
        ("<html><body/></html>", "not an XLIFF 1.2"),
        ('<xliff version="1.2"/>', "not an XLIFF 1.2"),
        (xliff(UNIT, more='<file original="N/2"/>'), "not an XLIFF 1.2"),
        (xliff(UNIT, original="nothing"), "which case"),
        (xliff(UNIT, original="N/1; drop"), "which case"),
        (xliff(UNIT, original="N/" + "9" * 40), "which case"),
        (xliff(UNIT + UNIT), "has it twice"),
        (xliff('<trans-unit id="owner_mailbox"><target>x</target></trans-unit>'), "does not have"),
        (xliff('<trans-unit id="title"><target> </target></trans-unit>'), "no translated text"),
        (xliff(""), "no translated text"),
        ("<xliff>" + " " * MOST_BYTES + "</xliff>", "too large"),
    ],
)
def test_a_hostile_or_wrong_file_is_refused_in_words(data: str | bytes, reason: str) -> None:
    with pytest.raises(BadXliff, match=reason):
        read_xliff(data if isinstance(data, bytes) else data.encode())


def test_a_very_deep_file_is_refused_or_read_but_breaks_nothing() -> None:
    deep = "<g>" * 50_000 + "x" + "</g>" * 50_000
    body = f'<trans-unit id="title"><target>{deep}</target></trans-unit>'
    assert read_xliff(xliff(body).encode()).texts == {"title": "x"}


def test_files_of_another_case_and_another_language_are_refused_on_the_page(
    world: World, case: CaseStudyPage
) -> None:
    client = signed_in(world["author"])
    other = bring_to(world, State.PUBLISHED)
    for data in (
        filled(exported(other, client)),
        filled(exported(case, client, "ru")),
    ):
        response = send(client, case, data)
        assert response.status_code == 422
        assert b"belongs to another case or another language" in response.content
    response = client.post(address(case), {"seen": ""})
    assert b"Choose a file first." in response.content
    assert not Translation.objects.exists()


def test_a_colleagues_work_is_not_overwritten_by_a_file(world: World, case: CaseStudyPage) -> None:
    client = signed_in(world["author"])
    data = filled(exported(case, client))
    translate(case, world["colleague"], problem="Autrement.")
    file = SimpleUploadedFile("back.xlf", data)
    response = client.post(address(case), {"file": file, "seen": ""})
    assert response.status_code == 422
    assert Translation.objects.get().texts["problem"] == "Autrement."


def test_only_translators_get_and_give_files(world: World, case: CaseStudyPage) -> None:
    data = filled(write_xliff(case, side_of(case, "fr")))  # type: ignore[arg-type]
    expected = {"coordinator": 403, "other_contributor": 404, "reader": 404}
    for role, status in expected.items():
        client = signed_in(world[role])
        assert client.get(address(case, "translation_download")).status_code == status
        assert send(client, case, data).status_code == status
    assert not Translation.objects.exists()
