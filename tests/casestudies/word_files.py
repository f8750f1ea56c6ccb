"""A person with Word: fills templates in as the program does, or in ways that it would not."""

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile

from casestudies.offline.package import CONTENT_TYPE, W

W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
DOCUMENT = "word/document.xml"
register_namespace("w", W)
register_namespace("w14", W14)


def w(name: str) -> str:
    """Give a name of WordprocessingML in full."""
    return f"{{{W}}}{name}"


def upload(content: bytes, name: str = "answers.docx") -> SimpleUploadedFile:
    """Give a file as a browser sends it."""
    return SimpleUploadedFile(name, content, CONTENT_TYPE)


def parts_of(content: bytes) -> dict[str, bytes]:
    """Give the parts of a Word file."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Give a Word file of these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def document_of(content: bytes) -> Element:
    """Give the document of a Word file."""
    return fromstring(parts_of(content)[DOCUMENT])


def changed(content: bytes, change: Callable[[Element], None]) -> bytes:
    """Give a Word file with its document changed."""
    parts = parts_of(content)
    root = fromstring(parts[DOCUMENT])
    change(root)
    return packed(parts | {DOCUMENT: tostring(root)})


def filled(content: bytes, answers: Mapping[str, str | list[str]]) -> bytes:
    """Write answers into the controls with these tags; a list ticks the boxes with its words."""

    def fill(root: Element) -> None:
        for tag, answer in answers.items():
            if isinstance(answer, list):
                for label in answer:
                    tick(root, tag, label)
            else:
                write(control(root, tag), answer)

    return changed(content, fill)


def controls(root: Element, tag: str) -> list[Element]:
    """Give the controls with a tag."""
    found = root.iter(w("sdt"))
    return [
        each
        for each in found
        if each.find(f"{w('sdtPr')}/{w('tag')}[@{w('val')}='{tag}']") is not None
    ]


def control(root: Element, tag: str) -> Element:
    """Give the only control with a tag; ValueError when there is none, or more than one."""
    [found] = controls(root, tag)
    return found


def write(box: Element, text: str) -> None:
    """Write into a control as Word does: the prompt goes, line ends are breaks."""
    properties, content = box.find(w("sdtPr")), box.find(w("sdtContent"))
    assert properties is not None
    assert content is not None
    if (prompt := properties.find(w("showingPlcHdr"))) is not None:
        properties.remove(prompt)
    content.clear()
    run = SubElement(content, w("r"))
    for place, line in enumerate(text.split("\n")):
        if place:
            SubElement(run, w("br"))
        SubElement(run, w("t")).text = line


def tick(root: Element, tag: str, label: str) -> None:
    """Tick the box before these words."""
    for paragraph in root.iter(w("p")):
        words = "".join(each.text or "" for each in paragraph.iter(w("t")))
        for box in controls(paragraph, tag):
            if words[1:].strip() == label:
                write(box, "\u2612")
                return
    raise ValueError(f"no box {tag} with {label}")


def without_controls(content: bytes) -> bytes:
    """Give a file as a program leaves it that knows no controls, and nothing kept unseen."""

    def flatten(element: Element) -> None:
        for place, child in reversed(list(enumerate(element))):
            flatten(child)
            if child.tag == w("sdt"):
                inner = child.find(w("sdtContent"))
                assert inner is not None
                element[place : place + 1] = list(inner)

    parts = parts_of(changed(content, flatten))
    del parts["docProps/custom.xml"]
    return packed(parts)
