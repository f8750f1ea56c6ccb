"""The texts of a translation as XLIFF 1.2, the file that translators' tools open, out and in.

A file that comes back is whatever somebody sends: read without document types and entities, within
bounds, and refused in words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from casestudies.models import CaseStudyPage
from casestudies.translating import LIMITS, Side, label_of_text

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
MOST_BYTES = 1_000_000
# What XML cannot carry, whatever the text holds.
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BadXliff(Exception):
    """The file cannot be used; the message says why, ready to be shown."""


@dataclass(frozen=True)
class XliffTexts:
    """What a translated file says: of which case and revision, in which language, which texts."""

    number: str
    revision_id: int
    language: str
    texts: Mapping[str, str]


def write_xliff(case: CaseStudyPage, side: Side) -> bytes:
    """Give a file with the original's texts, and what is translated already."""
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    original = side.original
    file = SubElement(
        root,
        "file",
        {
            "original": f"{case.number}/{original.revision.pk}",
            "source-language": original.language,
            "target-language": side.language,
            "datatype": "plaintext",
        },
    )
    body = SubElement(file, "body")
    translated = side.present.texts if side.present else {}
    moved = {one.name for one in side.moved}
    for name, text in original.texts.items():
        limit = {"maxwidth": str(LIMITS[name]), "size-unit": "char"}
        unit = SubElement(body, "trans-unit", {"id": name, **limit, XML_SPACE: "preserve"})
        SubElement(unit, "source").text = NOT_IN_XML.sub("", text)
        if done := translated.get(name):
            state = "needs-adaptation" if name in moved else "translated"
            SubElement(unit, "target", {"state": state}).text = NOT_IN_XML.sub("", done)
        SubElement(unit, "note").text = label_of_text(case, name)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def read_xliff(data: bytes) -> XliffTexts:
    """Read a translated file; raises `BadXliff` with the reason."""
    file = _file_in(_root_of(data))
    number, _stroke, revision = (file.get("original") or "").rpartition("/")
    if not number or not re.fullmatch("[0-9]{1,18}", revision):
        raise BadXliff(_("This file does not say which case it belongs to."))
    texts: dict[str, str] = {}
    for unit in file.iter("trans-unit"):
        name = unit.get("id", "")
        if name not in LIMITS or name in texts:
            raise BadXliff(
                _("This file names a text that the case does not have, or has it twice.")
            )
        target = unit.find("target")
        texts[name] = "".join(target.itertext()).strip() if target is not None else ""
    language = (file.get("target-language") or "").partition("-")[0].casefold()
    done = {name: text for name, text in texts.items() if text}
    if not done:
        raise BadXliff(_("This file holds no translated text."))
    return XliffTexts(number, int(revision), language, done)


def _root_of(data: bytes) -> Element:
    if len(data) > MOST_BYTES:
        raise BadXliff(_("This file is too large: the texts of a case need far less."))
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise BadXliff(_("This file holds instructions that a translation never needs.")) from error
    except (ParseError, ValueError, LookupError) as error:
        raise BadXliff(_("This is not an XLIFF file, or it is damaged.")) from error
    return root


def _file_in(root: Element) -> Element:
    for element in root.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.removeprefix(f"{{{NAMESPACE}}}")
    files = root.findall("file")
    if root.tag != "xliff" or len(files) != 1:
        raise BadXliff(_("This is not an XLIFF 1.2 file with the texts of one case."))
    return files[0]
