"""A Word file is a ZIP of parts: the document, and around it what is the same in every template."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from casestudies.offline.word import TAGS, plain
from portal.core.languages import direction

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
CONTENT_TYPE = f"{WORD}.document"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Whatever is fixed has a fixed date, so that the same draft gives the same file.
WHEN = (2026, 1, 1, 0, 0, 0)
CUSTOM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
TYPES = {
    "/word/document.xml": f"{WORD}.document.main+xml",
    "/word/styles.xml": f"{WORD}.styles+xml",
    "/word/settings.xml": f"{WORD}.settings+xml",
    "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "/docProps/custom.xml": "application/vnd.openxmlformats-officedocument.custom-properties+xml",
}
RELATIONS = {
    "_rels/.rels": {
        f"{OFFICE}/relationships/officeDocument": "word/document.xml",
        f"{PACKAGE}/relationships/metadata/core-properties": "docProps/core.xml",
        f"{OFFICE}/relationships/custom-properties": "docProps/custom.xml",
    },
    "word/_rels/document.xml.rels": {
        f"{OFFICE}/relationships/styles": "styles.xml",
        f"{OFFICE}/relationships/settings": "settings.xml",
    },
}
# Our paragraphs: id, size in half points, colour, more of the paragraph, more of the letters.
STYLES = (
    ("ForumTitle", 40, "16202C", '<w:spacing w:before="0" w:after="120"/>', "<w:b/><w:bCs/>"),
    ("ForumLead", 22, "16202C", '<w:spacing w:after="120"/>', ""),
    ("ForumWhy", 21, "4A5563", '<w:keepNext/><w:spacing w:after="60"/>', ""),
    ("ForumExample", 20, "4A5563", '<w:keepNext/><w:spacing w:after="60"/>', "<w:i/><w:iCs/>"),
    ("ForumCode", 16, "6B7280", '<w:keepNext/><w:spacing w:after="0"/>', ""),
    ("ForumLabel", 19, "16202C", '<w:keepNext/><w:spacing w:after="0"/>', "<w:b/><w:bCs/>"),
    ("ForumText", 22, "16202C", '<w:spacing w:after="0"/>', ""),
    ("ForumGap", 12, "16202C", '<w:spacing w:after="120"/>', ""),
)
HEADINGS = (
    ("Heading1", "heading 1", 30, 360, 0),
    ("Heading2", "heading 2", 25, 280, 1),
)


def packed(body: str, *, language: str, title: object, properties: Mapping[str, str]) -> bytes:
    """Give a Word file with this body; `properties` are kept in it unseen."""
    parts = {
        "[Content_Types].xml": _types(),
        **{name: _relations(found) for name, found in RELATIONS.items()},
        "word/document.xml": _document(body, language),
        "word/styles.xml": _styles(language),
        "word/settings.xml": _settings(),
        "docProps/core.xml": _core(title, language),
        "docProps/custom.xml": _custom(properties),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _types() -> str:
    rows = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in TYPES.items())
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{rows}</Types>'
    )


def _relations(found: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(found.items(), 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def _document(body: str, language: str) -> str:
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    bidi = "<w:bidi/>" if direction(language) == "rtl" else ""
    page = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" '
        'w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
        f"{bidi}</w:sectPr>"
    )
    return (
        f'<w:document xmlns:w="{W}" xmlns:w14="{w14}" xmlns:mc="{mc}" mc:Ignorable="w14">'
        f"<w:body>{body}{page}</w:body></w:document>"
    )


def _styles(language: str) -> str:
    rtl = direction(language) == "rtl"
    bidi = f' w:bidi="{TAGS[language]}"' if rtl else ""
    val = TAGS["en"] if rtl else TAGS[language]
    fonts = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Arial"/>'
    defaults = (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{fonts}{_size(22)}"
        f'<w:lang w:val="{val}"{bidi}/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style>"
    )
    ours = "".join(_style(*each) for each in STYLES)
    heads = "".join(_heading(*each) for each in HEADINGS)
    return (
        f'<w:styles xmlns:w="{W}">{defaults}{normal}{heads}{ours}{_prompt()}{_answer()}</w:styles>'
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _style(name: str, size: int, colour: str, block: str, letters: str) -> str:
    shown = name.replace("Forum", "Forum ")
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{name}"><w:name '
        f'w:val="{shown}"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr>{block}'
        f'</w:pPr><w:rPr>{letters}<w:color w:val="{colour}"/>{_size(size)}</w:rPr></w:style>'
    )


def _heading(name: str, shown: str, size: int, before: int, level: int) -> str:
    return (
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/><w:basedOn '
        f'w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing '
        f'w:before="{before}" w:after="80"/><w:outlineLvl w:val="{level}"/></w:pPr><w:rPr><w:b/>'
        f'<w:bCs/><w:color w:val="0B5D66"/>{_size(size)}</w:rPr></w:style>'
    )


def _prompt() -> str:
    return (
        '<w:style w:type="character" w:customStyle="1" w:styleId="ForumPrompt"><w:name '
        'w:val="Forum Prompt"/><w:rPr><w:color w:val="6B7280"/></w:rPr></w:style>'
    )


def _answer() -> str:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="8A93A0"/>' for side in sides
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 60), ("left", 100), ("bottom", 60), ("right", 100))
    )
    return (
        '<w:style w:type="table" w:customStyle="1" w:styleId="ForumAnswer"><w:name '
        f'w:val="Forum Answer"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>'
        f"{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _settings() -> str:
    mode = "http://schemas.microsoft.com/office/word"
    return (
        f'<w:settings xmlns:w="{W}"><w:compat><w:compatSetting w:name="compatibilityMode" '
        f'w:uri="{mode}" w:val="15"/></w:compat></w:settings>'
    )


def _core(title: object, language: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{plain(title)}</dc:title><dc:creator>Customs Forum</dc:creator>"
        f"<dc:language>{TAGS[language]}</dc:language></cp:coreProperties>"
    )


def _custom(properties: Mapping[str, str]) -> str:
    rows = "".join(
        f'<property fmtid="{CUSTOM}" pid="{place}" name="{name}"><vt:lpwstr>{plain(value)}'
        "</vt:lpwstr></property>"
        for place, (name, value) in enumerate(properties.items(), 2)
    )
    return (
        f'<Properties xmlns="{OFFICE}/custom-properties" xmlns:vt="{OFFICE}/docPropsVTypes">'
        f"{rows}</Properties>"
    )
