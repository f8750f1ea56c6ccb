"""The part of the table about office documents and the archives they are."""

from collections.abc import Callable

from portal.core.uploads.refusals import Fault
from tests.portal.hostile_files import packages as p
from tests.portal.hostile_files.pdfs import pdf
from tests.portal.hostile_files.specimen import PROGRAM, Specimen

ENTITIES = '<!DOCTYPE w [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
REMOTE_ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PICTURE = '<draw:image xlink:href="{}"/>'
MACRO_WORD = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = p.MAIN.format("wordprocessingml.template")


def _rels(kind: str, target: str, *, external: bool = True) -> Callable[[], bytes]:
    part = {"word/_rels/document.xml.rels": p.relation(kind, target, external=external)}
    return lambda: p.word(part)


def _odf(body: str = "", **more: object) -> Callable[[], bytes]:
    return lambda: p.open_document(body, **more)  # type: ignore[arg-type]


OFFICE = [
    Specimen("a text", "a.docx", p.word),
    Specimen("a table", "a.xlsx", p.excel),
    Specimen("slides", "a.pptx", p.powerpoint),
    Specimen("a link to a page", "a.docx", _rels("hyperlink", "https://example.org/a")),
    Specimen(
        "a page number and a link in fields",
        "a.docx",
        lambda: p.word(body=p.field("PAGE") + p.field('HYPERLINK "https://example.org/dde/link"')),
    ),
    Specimen(
        "a workbook behind a chart",
        "a.pptx",
        lambda: p.powerpoint({"ppt/embeddings/Sheet1.xlsx": p.excel()}),
    ),
    Specimen("a table called a text", "a.docx", p.excel, Fault.NAME),
    Specimen("a PDF called a text", "a.docx", pdf, Fault.NAME),
    Specimen("any archive called a text", "a.docx", lambda: p.packed({"a": "b"}), Fault.NAME),
    Specimen("an old document", "a.docx", lambda: p.OLE, Fault.OLD),
    Specimen("an old document under its name", "a.doc", lambda: p.OLE, Fault.DOCUMENT),
    Specimen("a template", "a.docx", lambda: p.word(kinds=(TEMPLATE,)), Fault.NAME),
    Specimen("macros, renamed", "a.docx", lambda: p.word(kinds=(MACRO_WORD,)), Fault.MACROS),
    Specimen(
        "macros, left in", "a.docx", lambda: p.word({"word/vbaProject.bin": p.OLE}), Fault.MACROS
    ),
    Specimen(
        "macros under another name",
        "a.docx",
        lambda: p.word(kinds=(p.WORD, "application/vnd.ms-office.vbaProject")),
        Fault.MACROS,
    ),
    Specimen(
        "macros by relationship",
        "a.docx",
        _rels("vbaProject", "media/image1.png", external=False),
        Fault.MACROS,
    ),
    Specimen(
        "macros of Excel 4",
        "a.xlsx",
        lambda: p.excel(kinds=(p.EXCEL, "application/vnd.ms-excel.macrosheet+xml")),
        Fault.MACROS,
    ),
    Specimen(
        "a control",
        "a.docx",
        lambda: p.word(kinds=(p.WORD, "application/vnd.ms-office.activeX+xml")),
        Fault.MACROS,
    ),
    Specimen(
        "a template fetched from elsewhere",
        "a.docx",
        _rels("attachedTemplate", "https://example.org/t.dotm"),
        Fault.LINKED,
    ),
    Specimen(
        "a picture fetched from elsewhere",
        "a.docx",
        _rels("image", "https://example.org/pixel.png"),
        Fault.LINKED,
    ),
    Specimen(
        "a link to a file of another machine",
        "a.docx",
        _rels("hyperlink", "file://198.51.100.7/share/a"),
        Fault.LINKED,
    ),
    Specimen("a link that runs", "a.docx", _rels("hyperlink", "ms-msdt:/id"), Fault.LINKED),
    Specimen(
        "remote, and not called external",
        "a.docx",
        _rels("image", "https://example.org/a.png", external=False),
        Fault.LINKED,
    ),
    Specimen("an object", "a.docx", _rels("oleObject", "a.bin", external=False), Fault.EMBEDDED),
    Specimen(
        "a web page inside", "a.docx", _rels("aFChunk", "a.htm", external=False), Fault.EMBEDDED
    ),
    Specimen(
        "an object without relationship",
        "a.xlsx",
        lambda: p.excel({"xl/embeddings/oleObject1.bin": p.OLE}),
        Fault.EMBEDDED,
    ),
    Specimen(
        "a program called a picture",
        "a.docx",
        lambda: p.word({"word/media/image1.png": PROGRAM}),
        Fault.EMBEDDED,
    ),
    Specimen(
        "macros in the workbook behind a chart",
        "a.pptx",
        lambda: p.powerpoint({"ppt/embeddings/a.xlsx": p.excel({"xl/vbaProject.bin": p.OLE})}),
        Fault.MACROS,
    ),
    Specimen(
        "a document in a document in a document",
        "a.pptx",
        lambda: p.powerpoint(
            {"ppt/embeddings/a.docx": p.word({"word/embeddings/b.xlsx": p.excel()})}
        ),
        Fault.EMBEDDED,
    ),
    Specimen(
        "a field that starts a program",
        "a.docx",
        lambda: p.word(body=p.field("DDEAUTO c:\\\\windows\\\\cmd.exe")),
        Fault.LINKED,
    ),
    Specimen(
        "the same, spelt in pieces",
        "a.docx",
        lambda: p.word(body=p.field(" DD", "EAU", "TO c:\\\\cmd.exe")),
        Fault.LINKED,
    ),
    Specimen(
        "the same, spelt in numbers",
        "a.docx",
        lambda: p.word(body=p.field("QUOTE 68 68 69 65")),
        Fault.LINKED,
    ),
    Specimen(
        "a connection to a database",
        "a.xlsx",
        lambda: p.excel(
            {"xl/_rels/w.xml.rels": p.relation("connections", "c.xml", external=False)}
        ),
        Fault.LINKED,
    ),
    Specimen(
        "entities that burst",
        "a.docx",
        lambda: p.word({"word/document.xml": ENTITIES + "<w>&b;</w>"}),
        Fault.PACKING,
    ),
    Specimen(
        "an entity that reads a file",
        "a.docx",
        lambda: p.word({"docProps/core.xml": REMOTE_ENTITY + "<w>&x;</w>"}),
        Fault.PACKING,
    ),
    Specimen(
        "a declaration fetched from elsewhere",
        "a.docx",
        lambda: p.word(
            {"docProps/core.xml": '<!DOCTYPE w SYSTEM "https://example.org/a.dtd"><w/>'}
        ),
        Fault.PACKING,
    ),
    Specimen(
        "an entity in another encoding",
        "a.docx",
        lambda: p.word({"docProps/core.xml": (REMOTE_ENTITY + "<w/>").encode("utf-16")}),
        Fault.PACKING,
    ),
    Specimen(
        "no XML at all", "a.docx", lambda: p.word({"word/document.xml": "<w:"}), Fault.DAMAGED
    ),
]
ARCHIVES = [
    Specimen("a bomb", "a.docx", p.bomb, Fault.BOMB),
    Specimen("parts without end", "a.docx", p.boundless, Fault.BOMB),
    Specimen("encrypted parts", "a.docx", p.locked, Fault.LOCKED),
    Specimen("a part above the document", "a.docx", lambda: p.word({"../a": ""}), Fault.PACKING),
    Specimen("a part at the root", "a.docx", lambda: p.word({"/etc/a": ""}), Fault.PACKING),
    Specimen("a part on a drive", "a.docx", lambda: p.word({"C:\\a.bat": ""}), Fault.PACKING),
    Specimen("two parts of one name", "a.docx", p.twice, Fault.PACKING),
    Specimen("parts that overlap", "a.docx", p.overlapping, Fault.PACKING),
    Specimen("a part that is a link", "a.docx", p.linked_outside, Fault.PACKING),
    Specimen("something before it", "a.docx", lambda: b"MZ" + p.word(), Fault.NAME),
    Specimen("something behind it", "a.docx", lambda: p.word() + b"<script>", Fault.PACKING),
    Specimen("cut short", "a.docx", lambda: p.word()[:-40], Fault.DAMAGED),
    Specimen("one byte changed", "a.docx", p.damaged, Fault.DAMAGED),
]
OPEN_DOCUMENTS = [
    Specimen("a text", "a.odt", _odf()),
    Specimen("a table", "a.ods", _odf(kind="spreadsheet")),
    Specimen("slides", "a.odp", _odf(kind="presentation")),
    Specimen("an empty part", "a.odt", _odf(more={"Configurations2/current.xml": ""})),
    Specimen(
        "a link to a page and a picture of its own",
        "a.odt",
        _odf('<text:a xlink:href="https://example.org"/>' + PICTURE.format("Pictures/1.png")),
    ),
    Specimen("a table called a text", "a.odt", _odf(kind="spreadsheet"), Fault.NAME),
    Specimen("Word called OpenDocument", "a.odt", p.word, Fault.NAME),
    Specimen("macros", "a.odt", _odf(more={"Basic/Standard/Module1.xml": "<m/>"}), Fault.MACROS),
    Specimen("scripts", "a.odt", _odf(more={"Scripts/python/a.py": ""}), Fault.MACROS),
    Specimen(
        "a macro that starts by itself",
        "a.odt",
        _odf('<script:event-listener script:event-name="dom:load"/>'),
        Fault.MACROS,
    ),
    Specimen(
        "a link that runs a macro",
        "a.odt",
        _odf('<text:a xlink:href="vnd.sun.star.script:a.b?language=Basic"/>'),
        Fault.MACROS,
    ),
    Specimen(
        "a click that starts a program",
        "a.odp",
        _odf('<presentation:event-listener presentation:action="execute"/>', kind="presentation"),
        Fault.MACROS,
    ),
    Specimen(
        "a picture fetched from elsewhere",
        "a.odt",
        _odf(PICTURE.format("https://example.org/pixel.png")),
        Fault.LINKED,
    ),
    Specimen(
        "a picture on another machine",
        "a.odt",
        _odf(PICTURE.format("//198.51.100.7/share/a.png")),
        Fault.LINKED,
    ),
    Specimen(
        "a section read from a file",
        "a.odt",
        _odf('<text:section-source xlink:href="../../etc/passwd"/>'),
        Fault.LINKED,
    ),
    Specimen("data of another program", "a.odt", _odf("<office:dde-source/>"), Fault.LINKED),
    Specimen("an object", "a.odt", _odf("<draw:object-ole/>"), Fault.EMBEDDED),
    Specimen("an object in its folder", "a.odt", _odf(more={"Object 1": p.OLE}), Fault.EMBEDDED),
    Specimen(
        "encrypted parts",
        "a.odt",
        _odf(more={"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        Fault.LOCKED,
    ),
    Specimen(
        "an entity that reads a file",
        "a.odt",
        _odf(more={"meta.xml": REMOTE_ENTITY + "<m>&x;</m>"}),
        Fault.PACKING,
    ),
]
