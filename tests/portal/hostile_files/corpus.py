"""The table: every file, the name it comes under, and the verdict it must get."""

from portal.core.uploads.refusals import Fault
from tests.portal.hostile_files import packages as p
from tests.portal.hostile_files import pictures as i
from tests.portal.hostile_files.office_corpus import ARCHIVES, OFFICE, OPEN_DOCUMENTS
from tests.portal.hostile_files.pdfs import locked, packed_inside, pdf
from tests.portal.hostile_files.specimen import PROGRAM, Specimen

JS = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
ATTACHED = b"<</Type/Filespec/F(a.exe)/EF<</F 5 0 R>>>>"
FILE = b"<</Type/EmbeddedFile/Length 2>>stream\nMZ\nendstream"
PICTURES = [
    Specimen("a photograph", "a.jpg", i.drawn),
    Specimen("a drawing with a clear ground", "a.png", lambda: i.drawn("PNG", mode="RGBA")),
    Specimen("a photograph in WebP", "a.webp", lambda: i.drawn("WEBP")),
    Specimen("in the colours of print", "a.jpg", lambda: i.drawn(mode="CMYK")),
    Specimen("sixteen bits of grey", "a.png", lambda: i.drawn("PNG", mode="I;16")),
    Specimen("a photograph of a telephone", "a.jpg", i.from_a_telephone),
    Specimen("two pictures in one file", "a.jpg", i.two_in_one),
    Specimen("a PNG that is called JPEG", "a.jpg", lambda: i.drawn("PNG")),
    Specimen("nothing", "a.jpg", lambda: b"", Fault.PICTURE),
    Specimen("a drawing that can run scripts", "a.svg", lambda: i.SVG, Fault.PICTURE),
    Specimen("the same under another name", "a.png", lambda: i.SVG, Fault.PICTURE),
    Specimen("a web page", "a.jpg", lambda: b"<html><script>1</script>", Fault.PICTURE),
    Specimen("a program", "a.jpg", lambda: PROGRAM, Fault.PICTURE),
    Specimen("a PDF", "a.png", pdf, Fault.PICTURE),
    Specimen("a moving GIF", "a.gif", lambda: i.moving("GIF"), Fault.PICTURE),
    Specimen("a bitmap", "a.jpg", lambda: i.drawn("BMP"), Fault.PICTURE),
    Specimen("a TIFF", "a.jpg", lambda: i.drawn("TIFF"), Fault.PICTURE),
    Specimen("a page of PostScript", "a.jpg", lambda: b"%!PS-Adobe-3.0 EPSF", Fault.PICTURE),
    Specimen("a moving PNG", "a.png", lambda: i.moving("PNG"), Fault.MOVING),
    Specimen("a moving WebP", "a.webp", lambda: i.moving("WEBP"), Fault.MOVING),
    Specimen("cut short", "a.jpg", lambda: i.drawn(size=(400, 400))[:-900], Fault.DAMAGED),
    Specimen("cut short at once", "a.jpg", lambda: i.drawn()[:60], Fault.DAMAGED),
    Specimen("too many pixels", "a.png", lambda: i.claiming(9000, 9000), Fault.PIXELS),
    Specimen("pixels without end", "a.png", lambda: i.claiming(60_000, 60_000), Fault.BOMB),
    Specimen("a text that bursts", "a.png", i.boasting, Fault.DAMAGED),
]
PDFS = [
    Specimen("a page", "a.pdf", pdf),
    Specimen("opened at its first page", "a.pdf", lambda: pdf(b"/OpenAction[3 0 R/Fit]")),
    Specimen(
        "a link to a page",
        "a.pdf",
        lambda: pdf(b"", b"/Annots[<</Subtype/Link/A<</S/URI/URI(https://example.org)>>>>]"),
    ),
    Specimen("packed, and well", "a.pdf", lambda: packed_inside(b"<</Dests<</Names[]>>>>")),
    Specimen("a web page", "a.pdf", lambda: b"<html>%PDF-1.7 %%EOF", Fault.NAME),
    Specimen("a text called PDF", "a.pdf", p.word, Fault.NAME),
    Specimen("PDF by its name only", "a.pdf", lambda: b"%PDF-1.7 %%EOF", Fault.DAMAGED),
    Specimen("cut short", "a.pdf", lambda: pdf()[:-80], Fault.DAMAGED),
    Specimen(
        "a list of objects that lies",
        "a.pdf",
        lambda: pdf().replace(b"startxref\n", b"startxref\n9"),
        Fault.DAMAGED,
    ),
    Specimen("an archive behind it", "a.pdf", lambda: pdf() + p.word(), Fault.PACKING),
    Specimen("a script behind it", "a.pdf", lambda: pdf() + b"<script>1", Fault.PACKING),
    Specimen("a script that starts", "a.pdf", lambda: pdf(b"/OpenAction" + JS), Fault.ACTIVE),
    Specimen(
        "a script by its name",
        "a.pdf",
        lambda: pdf(b"/Names<</JavaScript 4 0 R>>", b"", JS),
        Fault.ACTIVE,
    ),
    Specimen(
        "a script with escaped names",
        "a.pdf",
        lambda: pdf(b"/Names<</#4aava#53cript 4 0 R>>", b"", b"<</#53/J#61vaScript/#4a#53(1)>>"),
        Fault.ACTIVE,
    ),
    Specimen("a script packed inside", "a.pdf", lambda: packed_inside(JS), Fault.ACTIVE),
    Specimen(
        "a script in two parts",
        "a.pdf",
        lambda: pdf(b"/OpenAction 4 0 R", b"", b"<</S 5 0 R>>", b"/JavaScript"),
        Fault.ACTIVE,
    ),
    Specimen("a script nothing points at", "a.pdf", lambda: pdf(b"", b"", JS), Fault.ACTIVE),
    Specimen(
        "a program started",
        "a.pdf",
        lambda: pdf(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
        Fault.ACTIVE,
    ),
    Specimen(
        "a page fetched by itself",
        "a.pdf",
        lambda: pdf(b"/OpenAction<</S/URI/URI(https://example.org)>>"),
        Fault.ACTIVE,
    ),
    Specimen("acts when turned to", "a.pdf", lambda: pdf(b"", b"/AA<</O 4 0 R>>"), Fault.ACTIVE),
    Specimen(
        "a form that sends itself",
        "a.pdf",
        lambda: pdf(b"", b"/Annots[<</Subtype/Widget/A<</S/SubmitForm/F(https://a.example)>>>>]"),
        Fault.ACTIVE,
    ),
    Specimen("a form in XFA", "a.pdf", lambda: pdf(b"/AcroForm<</XFA[]>>"), Fault.ACTIVE),
    Specimen(
        "an attached program",
        "a.pdf",
        lambda: pdf(b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>", b"", ATTACHED, FILE),
        Fault.EMBEDDED,
    ),
    Specimen(
        "an attachment on the page",
        "a.pdf",
        lambda: pdf(b"", b"/Annots[<</Subtype/FileAttachment>>]"),
        Fault.EMBEDDED,
    ),
    Specimen(
        "rich media", "a.pdf", lambda: pdf(b"", b"/Annots[<</Subtype/RichMedia>>]"), Fault.EMBEDDED
    ),
    Specimen(
        "a link to a file of another machine",
        "a.pdf",
        lambda: pdf(b"", b"/Annots[<</A<</S/GoToR/F(\\\\\\\\198.51.100.7\\\\a)>>>>]"),
        Fault.LINKED,
    ),
    Specimen(
        "a link that runs",
        "a.pdf",
        lambda: pdf(b"", b"/Annots[<</A<</S/URI/URI(javascript:alert\\(1\\))>>>>]"),
        Fault.LINKED,
    ),
    Specimen(
        "a stream kept elsewhere",
        "a.pdf",
        lambda: pdf(b"", b"/Contents 4 0 R", b"<</Length 0/F(a.bin)>>stream\n\nendstream"),
        Fault.LINKED,
    ),
    Specimen("locked by a password", "a.pdf", lambda: locked("secret"), Fault.LOCKED),
    Specimen("locked against changes", "a.pdf", lambda: locked(""), Fault.LOCKED),
    Specimen(
        "objects that burst", "a.pdf", lambda: packed_inside(b" " * 90_000_000 + JS), Fault.DAMAGED
    ),
]
OTHERS = [
    Specimen("a program", "run.exe", lambda: PROGRAM, Fault.DOCUMENT),
    Specimen("a web page", "page.html", lambda: b"<html>", Fault.DOCUMENT),
    Specimen("a PDF without a name", "none", pdf, Fault.DOCUMENT),
    Specimen("two endings", "law.pdf.exe", pdf, Fault.DOCUMENT),
]

CORPUS = [*PICTURES, *OFFICE, *ARCHIVES, *OPEN_DOCUMENTS, *PDFS, *OTHERS]
HOSTILE = [each for each in CORPUS if each.fault]
GOOD = [each for each in CORPUS if not each.fault]
