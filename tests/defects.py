"""Makers of broken files: each puts one defect into a document that has none."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree
from msgspec import Struct, field
from pikepdf import Array, Dictionary, Name, Stream, String

# -- PDF -----------------------------------------------------------------------


class PdfDefect(Struct, frozen=True):
    """A defect of a PDF, and who must find it."""

    make: Callable[[pikepdf.Pdf], None]
    rule: str
    """The rule of ours that finds it."""
    verapdf: str = ""
    """The rule of veraPDF's PDF/UA-1 profile that finds it; empty where it has none."""
    page_validation: str = ""
    """The rule of page-validation that finds it, without its "PDFUA1-" and number; empty where it has none."""
    says: str = ""
    """What the finding must hold, where the rule looks for several things."""
    save: Mapping[str, Any] = field(default_factory=dict)


def broken_pdf(good: bytes, defect: PdfDefect) -> bytes:
    """The document with the defect in it."""
    with pikepdf.open(BytesIO(good)) as pdf:
        defect.make(pdf)
        out = BytesIO()
        pdf.save(out, deterministic_id=not defect.save, **defect.save)
    return out.getvalue()


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, Array) else [found]


def elements(pdf: pikepdf.Pdf, *kinds: str) -> list[Any]:
    """The structure elements of these types, in reading order."""

    def walk(element: Any) -> Iterator[Any]:
        for kid in kids(element):
            if isinstance(kid, Dictionary) and "/S" in kid:
                if str(kid.S)[1:] in kinds:
                    yield kid
                yield from walk(kid)

    return list(walk(pdf.Root.StructTreeRoot))


def first(pdf: pikepdf.Pdf, *kinds: str) -> Any:
    return elements(pdf, *kinds)[0]


def without_kid(parent: Any, kid: Any) -> None:
    parent.K = Array([k for k in kids(parent) if not (isinstance(k, Dictionary) and k.objgen == kid.objgen)])


def renamed(kind: str, new: str) -> Callable[[pikepdf.Pdf], None]:
    """All elements of a type become another type."""

    def make(pdf: pikepdf.Pdf) -> None:
        for element in elements(pdf, kind):
            element.S = Name("/" + new)

    return make


def each(kinds: tuple[str, ...], *names: str) -> Callable[[pikepdf.Pdf], None]:
    """The first element of these types loses entries."""

    def make(pdf: pikepdf.Pdf) -> None:
        element = first(pdf, *kinds)
        for name in names:
            del element["/" + name]

    return make


def root_without(*names: str) -> Callable[[pikepdf.Pdf], None]:
    def make(pdf: pikepdf.Pdf) -> None:
        for name in names:
            del pdf.Root["/" + name]

    return make


def root_with(**entries: Any) -> Callable[[pikepdf.Pdf], None]:
    def make(pdf: pikepdf.Pdf) -> None:
        for name, value in entries.items():
            pdf.Root["/" + name] = value

    return make


def metadata(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    def make(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        assert old in packet
        pdf.Root.Metadata.write(packet.replace(old, new))

    return make


def drawn(code: bytes, prepend: bool = False) -> Callable[[pikepdf.Pdf], None]:
    """More content on the second page; FONT stands for one of its fonts."""

    def make(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1]
        font = next(iter(page.obj.Resources.Font.keys())).encode()
        page.contents_add(b"q " + code.replace(b"FONT", font) + b" Q", prepend=prepend)

    return make


def content(old: bytes, new: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Other code in the content of the first page that holds it."""

    def make(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            code = page.Contents.read_bytes()
            if old in code:
                page.Contents = Stream(pdf, code.replace(old, new, 1))
                return
        raise AssertionError(f"no page holds {old!r}")

    return make


def links(pdf: pikepdf.Pdf) -> list[Any]:
    return [a for page in pdf.pages for a in page.obj.get("/Annots", []) if a.Subtype == Name.Link]


def link_without(name: str) -> Callable[[pikepdf.Pdf], None]:
    def make(pdf: pikepdf.Pdf) -> None:
        del links(pdf)[0]["/" + name]

    return make


def link_says(words: str) -> Callable[[pikepdf.Pdf], None]:
    def make(pdf: pikepdf.Pdf) -> None:
        links(pdf)[0].Contents = String(words)

    return make


def link_outside_the_structure(pdf: pikepdf.Pdf) -> None:
    link_without("StructParent")(pdf)
    link_without_area(pdf)


def link_without_area(pdf: pikepdf.Pdf) -> None:
    element = first(pdf, "Link")
    element.K = Array([k for k in kids(element) if not isinstance(k, Dictionary) or k.get("/Type") != Name.OBJR])


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "H3"):
        element.S = Name.H4


def heading_without_level(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H2")[-1].S = Name.H


def shorter_row(pdf: pikepdf.Pdf) -> None:
    row = elements(pdf, "TR")[2]
    row.K = Array(kids(row)[:-1])


def headers_without_scope(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "TH"):
        del element["/A"]


def rows_without_headers(pdf: pikepdf.Pdf) -> None:
    """Only the first header of the head row stays, and heads its column alone."""
    table = first(pdf, "Table")
    within = [e for e in elements(pdf, "TH") if e.P.P.P.objgen == table.objgen]
    for element in within[1:]:
        element.S = Name.TD
        del element["/A"]


def cell_outside_a_row(pdf: pikepdf.Pdf) -> None:
    cell = first(pdf, "TD")
    body = cell.P.P
    without_kid(cell.P, cell)
    body.K = Array([*kids(body), cell])
    cell.P = body


def second_caption(pdf: pikepdf.Pdf) -> None:
    table = first(pdf, "Table")
    extra = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Caption, P=table, Alt=String("Another")))
    table.K = Array([kids(table)[0], extra, *kids(table)[1:]])


def paragraph_in_a_list(pdf: pikepdf.Pdf) -> None:
    found = first(pdf, "L")
    extra = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, P=found, ActualText=String("No item")))
    found.K = Array([extra, *kids(found)])


def note_without_id(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[-1].S = Name.Note


def circular_type(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[-1].S = Name.Aside1
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Aside1=Name.Aside2, Aside2=Name.Aside1)


def standard_type_mapped(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(P=Name.Span)


def empty_heading(pdf: pikepdf.Pdf) -> None:
    parent = first(pdf, "H2").P
    extra = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.H2, P=parent))
    parent.K = Array([*kids(parent), extra])


def inserted(parent: str, kind: str, place: int = 0, which: int = 0, **entries: Any) -> Callable[[pikepdf.Pdf], None]:
    """An element of a type stands new among the kids of one of another type."""

    def make(pdf: pikepdf.Pdf) -> None:
        within = elements(pdf, parent)[which]
        extra = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=within, **entries))
        found = kids(within)
        found.insert(place if place >= 0 else len(found) + 1 + place, extra)
        within.K = Array(found)

    return make


def both(*makers: Callable[[pikepdf.Pdf], None]) -> Callable[[pikepdf.Pdf], None]:
    """One defect after the other."""

    def make(pdf: pikepdf.Pdf) -> None:
        for one in makers:
            one(pdf)

    return make


def content_in_a_row(pdf: pikepdf.Pdf) -> None:
    row = first(pdf, "TR")
    row.K = Array([*kids(row), 4711])


def headings_without_levels(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "H1", "H2", "H3", "H4"):
        element.S = Name.H


def no_headings(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "H1", "H2", "H3", "H4"):
        element.S = Name.P


def two_notes_of_one_id(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "P")[-2:]:
        element.S = Name.Note
        element.ID = String("note")


def contents_without_links(pdf: pikepdf.Pdf) -> None:
    for element in elements(pdf, "Link", "Reference"):
        element.S = Name.Span


def form_drawn_by_the_reader(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Stream(pdf, b"<xdp/>"))
    pdf.Root.NeedsRendering = True


def content_of_two_elements(pdf: pikepdf.Pdf) -> None:
    one, other = [e for e in elements(pdf, "P") if isinstance(e.get("/K"), int)][:2]
    other.K = Array([other.K, one.K])


def link_that_does_not_lead_back(pdf: pikepdf.Pdf) -> None:
    """A link's own number leads to nothing; its element holds it."""
    links(pdf)[0].StructParent = 4711


def untagged_inline_picture(pdf: pikepdf.Pdf) -> None:
    code = b"q 10 0 0 10 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x40 EI Q"
    pdf.pages[1].contents_add(code)


def element_taken_out(pdf: pikepdf.Pdf) -> None:
    """An element leaves the tree and its content stays, marked and not to be found."""
    element = elements(pdf, "P")[-1]
    without_kid(element.P, element)
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for place in range(1, len(numbers), 2):
        row = numbers[place]
        if isinstance(row, Array):
            numbers[place] = Array([None if e is not None and e.objgen == element.objgen else e for e in row])


def element_without_parent(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "P")[-1]["/P"]


def element_at_two_places(pdf: pikepdf.Pdf) -> None:
    paragraphs = [e for e in elements(pdf, "P") if Name.Document == e.P.S]
    document = paragraphs[0].P
    document.K = Array([*kids(document), paragraphs[0]])


def orphaned_parent_tree(pdf: pikepdf.Pdf) -> None:
    """The pages lead to no element; the elements still hold what is on the pages."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for place in range(1, len(numbers), 2):
        if isinstance(numbers[place], Array):
            numbers[place] = Array()


def parent_tree_in_disorder(pdf: pikepdf.Pdf) -> None:
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    rows = [place for place in range(1, len(numbers), 2) if isinstance(numbers[place], Array)]
    numbers[rows[1]] = Array(reversed(list(numbers[rows[1]])))


def content_that_is_not_there(pdf: pikepdf.Pdf) -> None:
    element = next(e for e in elements(pdf, "P") if isinstance(e.get("/K"), int))
    element.K = Array([element.K, 4711])


def fonts(pdf: pikepdf.Pdf) -> list[Any]:
    found = pdf.pages[0].obj.Resources.Font
    return [found[name] for name in found.keys()]  # noqa: SIM118  # no Python dict


def font_not_embedded(pdf: pikepdf.Pdf) -> None:
    for font in fonts(pdf):
        descriptor = font.get("/FontDescriptor")
        if descriptor is not None:
            for file in ("/FontFile", "/FontFile2", "/FontFile3"):
                if file in descriptor:
                    del descriptor[file]


def unicode_map(change: Callable[[bytes], bytes] | None) -> Callable[[pikepdf.Pdf], None]:
    """Other Unicode maps in all fonts; none for None."""

    def make(pdf: pikepdf.Pdf) -> None:
        for font in fonts(pdf):
            if "/ToUnicode" in font:
                if change is None:
                    del font["/ToUnicode"]
                    font.Encoding = Name.Unknown
                else:
                    font.ToUnicode = Stream(pdf, change(font.ToUnicode.read_bytes()))

    return make


def mapped_to(point: bytes) -> Callable[[pikepdf.Pdf], None]:
    """Every character of the fonts stands for one code point."""
    return unicode_map(
        lambda text: re.sub(rb"^(<[0-9A-F]+>) <[0-9A-Fa-f]+>$", rb"\1 <" + point + b">", text, flags=re.M)
    )


def picture(pdf: pikepdf.Pdf) -> Any:
    return Stream(
        pdf,
        b"\x40",
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=1,
        Height=1,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )


def scanned_page(pdf: pikepdf.Pdf) -> None:
    page = pdf.add_blank_page(page_size=(612, 792))
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=picture(pdf)))
    page.obj.Contents = Stream(pdf, b"/Artifact BMC q 612 0 0 792 0 0 cm /Scan Do Q EMC")


def untagged_picture(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[1]
    page.obj.Resources.XObject = Dictionary(Scan=picture(pdf))
    page.contents_add(b"q 10 0 0 10 0 0 cm /Scan Do Q")


def untagged_form(pdf: pikepdf.Pdf) -> None:
    """Text inside a form XObject that is drawn outside all marks."""
    page = pdf.pages[1]
    name = next(iter(page.obj.Resources.Font.keys()))
    form = Stream(pdf, b"BT %b 12 Tf (\x01\x02) Tj ET" % name.encode(), Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 100, 100])
    form.Resources = Dictionary(Font=page.obj.Resources.Font)
    page.obj.Resources.XObject = Dictionary(Inner=form)
    page.contents_add(b"q /Inner Do Q")


def comment(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    note = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=Array([72, 72, 92, 92]), F=4))
    page.obj.Annots = Array([*page.obj.get("/Annots", []), note])


def form_field(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    widget = Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=Array([72, 72, 172, 92]), F=4
    )
    widget = pdf.make_indirect(widget)
    page.obj.Annots = Array([*page.obj.get("/Annots", []), widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]))


def dynamic_form(pdf: pikepdf.Pdf) -> None:
    template = b'<xdp xmlns="http://ns.adobe.com/xdp/"><config xmlns="http://www.xfa.org/schema/xci/2.8/"><acrobat>'
    template += b"<acrobat7><dynamicRender>required</dynamicRender></acrobat7></acrobat></config></xdp>"
    pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=Array([String("config"), Stream(pdf, template)]))


def many_pages_without_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Outlines"]
    for _ in range(20):
        pdf.add_blank_page(page_size=(612, 792))


def tabs_by_row(pdf: pikepdf.Pdf) -> None:
    next(page for page in pdf.pages if "/Annots" in page.obj).obj.Tabs = Name.R


_LOCKED = pikepdf.Encryption(
    owner="owner",
    user="",
    allow=pikepdf.Permissions(accessibility=False, extract=False),
    R=3,
    aes=False,
    metadata=False,
)
_NO_TITLE = b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Two jobs</rdf:li></rdf:Alt></dc:title>'

PDF_DEFECTS: dict[str, PdfDefect] = {
    "no tags at all": PdfDefect(root_without("StructTreeRoot", "MarkInfo"), "tagged", "7.1-11", "STRUCT-TREE-ROOT"),
    "tags that are not announced": PdfDefect(root_without("MarkInfo"), "tagged", "6.2-1", "TAGGED-DOCUMENT"),
    "doubtful tags": PdfDefect(
        root_with(MarkInfo=Dictionary(Marked=True, Suspects=True)), "tagged", "7.1-4", "SUSPECTS"
    ),
    "no language": PdfDefect(root_without("Lang"), "language", "7.2-34", "TEXT-LANGUAGE"),
    "a language that is none": PdfDefect(root_with(Lang=String("en_US")), "language", "7.2-29", "LANGUAGE-TAG"),
    "a language by its name": PdfDefect(root_with(Lang=String("English")), "language"),
    "a passage whose language is none": PdfDefect(
        lambda pdf: first(pdf, "BlockQuote").__setattr__("Lang", String("Deutsch")), "language", says="'Deutsch'"
    ),
    "no title": PdfDefect(metadata(_NO_TITLE, b""), "title", "7.1-9", "METADATA-TITLE"),
    "a file name as title": PdfDefect(metadata(b">Two jobs<", b">report_final2.docx<"), "title"),
    "a title that is not shown": PdfDefect(
        root_without("ViewerPreferences"), "title-shown", "7.1-10", "VIEWER-PREFERENCES"
    ),
    "no claim to be PDF/UA": PdfDefect(
        metadata(b"<pdfuaid:part>1</pdfuaid:part>", b""), "conformance", "5-1", "ID-SCHEMA"
    ),
    "a claim to a part that is not there": PdfDefect(
        metadata(b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfuaid:part>7</pdfuaid:part>"),
        "conformance",
        says="It claims part '7' of PDF/UA",
    ),
    "a lock against screen readers": PdfDefect(
        lambda pdf: None, "protection", "7.16-1", "ENCRYPTION-P", save={"encryption": _LOCKED}
    ),
    "a dynamic form": PdfDefect(dynamic_form, "static-form", "", "DYNAMIC-XFA"),
    "a form drawn by the reader's program": PdfDefect(form_drawn_by_the_reader, "static-form"),
    "no bookmarks in a long document": PdfDefect(many_pages_without_bookmarks, "bookmarks"),
    "a heading level left out": PdfDefect(skipped_heading, "heading-levels", "7.4.2-1", "HEADING-NESTING"),
    "no heading of level 1": PdfDefect(renamed("H1", "P"), "heading-levels", "7.4.2-1", "HEADING-NESTING"),
    "a heading without a level": PdfDefect(heading_without_level, "heading-kinds", "7.4.4-2", "HEADING-STRUCTURE"),
    "headings without levels side by side": PdfDefect(
        headings_without_levels, "heading-kinds", says="more than one heading without a level"
    ),
    "no headings in a long document": PdfDefect(no_headings, "heading-kinds", says="no heading to find one's way by"),
    "a formula without alternative text": PdfDefect(inserted("Document", "Formula"), "figure-alt"),
    "a figure without alternative text": PdfDefect(
        each(("Figure",), "Alt"), "figure-alt", "7.3-1", "FIGURE-ALTERNATIVE-TEXT"
    ),
    "a figure described by its file name": PdfDefect(
        lambda pdf: first(pdf, "Figure").__setattr__("Alt", String("chart 3.png")), "figure-words"
    ),
    "a figure without a place": PdfDefect(each(("Figure",), "A"), "figure-area"),
    "a table without header cells": PdfDefect(renamed("TH", "TD"), "table-headers"),
    "cells without a header": PdfDefect(rows_without_headers, "table-headers"),
    "header cells without a scope": PdfDefect(headers_without_scope, "table-scope", "7.5-1", "TABLE-HEADERS-SCOPE"),
    "a row that is too short": PdfDefect(shorter_row, "table-regular", "7.2-43", "TABLE-ROW-COLUMNSPAN"),
    "a cell outside a row": PdfDefect(cell_outside_a_row, "table-parts", "7.2-37", "TBODY-KIDS"),
    "content in a row": PdfDefect(content_in_a_row, "table-parts", says="It holds content outside its cells."),
    "a row outside a table": PdfDefect(
        inserted("Document", "TR"), "table-parts", says="It is a TR and stands in Document"
    ),
    "two heads of a table": PdfDefect(inserted("Table", "THead", 1), "table-parts", says="more than one head or foot"),
    "two feet of a table": PdfDefect(
        both(inserted("Table", "TFoot", -1), inserted("Table", "TFoot", -1)),
        "table-parts",
        says="more than one head or foot",
    ),
    "a head without a body": PdfDefect(renamed("TBody", "TFoot"), "table-parts", says="no body (TBody)"),
    "a table without rows": PdfDefect(inserted("Document", "Table"), "table-parts", says="It is a table without rows."),
    "a caption in the middle": PdfDefect(
        both(renamed("Caption", "TR"), inserted("Table", "Caption", 1, Alt=String("Pay"))),
        "table-parts",
        says="Its caption must stand first or last",
    ),
    "two captions": PdfDefect(second_caption, "table-parts", "7.2-39", "TABLE-CAPTION-COUNT"),
    "a list item without label and body": PdfDefect(renamed("LBody", "P"), "list-parts", "7.2-20", "LI-KIDS"),
    "a paragraph among list items": PdfDefect(paragraph_in_a_list, "list-parts", "7.2-19", "L-KIDS"),
    "a list item outside a list": PdfDefect(
        inserted("Document", "LI"), "list-parts", says="It is a LI and stands in Document; it must stand in L."
    ),
    "a list without items": PdfDefect(inserted("Document", "L"), "list-parts", says="It is a list without items."),
    "contents that cannot be followed": PdfDefect(
        contents_without_links, "contents-parts", says="It cannot be followed: there is no link in it."
    ),
    "contents without entries": PdfDefect(renamed("TOCI", "P"), "contents-parts", "7.2-27", "TOC-KIDS"),
    "a note without an ID": PdfDefect(note_without_id, "note-id", "7.9-1", "NOTE-ID"),
    "two notes of one ID": PdfDefect(two_notes_of_one_id, "note-id", says="the same ID"),
    "an unknown type of element": PdfDefect(
        renamed("BlockQuote", "PullQuote"), "types", "7.1-5", "STRUCT-TREE-ROLE-MAP"
    ),
    "a type that stands for itself": PdfDefect(circular_type, "types", "7.1-6", "STRUCT-TREE-ROLE-MAP-CYCLE"),
    "a standard type with another meaning": PdfDefect(
        standard_type_mapped, "types", "7.1-7", "STRUCT-TREE-ROLE-MAP-STANDARD"
    ),
    "an empty heading": PdfDefect(empty_heading, "empty-element"),
    "an empty caption": PdfDefect(inserted("Table", "Caption", which=1), "empty-element", says="as a caption"),
    "an element that does not know its parent": PdfDefect(
        element_without_parent, "tree", "7.1-12", "STRUCT-ELEMENT-PARENT"
    ),
    "an element at two places": PdfDefect(element_at_two_places, "tree"),
    "a link without words": PdfDefect(link_without("Contents"), "link-words", "7.18.5-2", "LINK-CONTENTS"),
    "a link that says nothing": PdfDefect(link_says("Click here"), "link-purpose"),
    "a link outside the structure": PdfDefect(link_outside_the_structure, "link-tags", "7.18.5-1", "LINK-LINK-TAG"),
    "a link element without its area": PdfDefect(link_without_area, "link-area"),
    "a link tagged as a paragraph": PdfDefect(renamed("Link", "Span"), "link-tags", "7.18.5-1", "LINK-LINK-TAG"),
    "a form field without a name": PdfDefect(form_field, "form-fields", "7.18.1-3", "FORM-FIELD-TU-ALT"),
    "a form field outside the structure": PdfDefect(form_field, "form-fields", says="It belongs to no form element"),
    "a comment outside the structure": PdfDefect(comment, "comments", says="It belongs to no element of its own"),
    "a comment without words": PdfDefect(comment, "comments", "7.18.1-2", "ANNOTATION-CONTENTS-ALT"),
    "a tab key that goes by rows": PdfDefect(tabs_by_row, "tab-order", "7.18.3-1", "PAGE-TABS"),
    "text without tags": PdfDefect(
        drawn(b"BT FONT 12 Tf 72 40 Td (\x01\x02\x03) Tj ET"), "content-tagged", "7.1-3", "CONTENT-TAGGING"
    ),
    "a drawing without tags": PdfDefect(drawn(b"72 40 100 100 re f"), "content-tagged", "7.1-3", "CONTENT-TAGGING"),
    "a picture without tags": PdfDefect(untagged_picture, "content-tagged", "7.1-3", "CONTENT-TAGGING"),
    "a picture in the content without tags": PdfDefect(untagged_inline_picture, "content-tagged", says="1 picture"),
    "text without tags in a form": PdfDefect(untagged_form, "content-tagged", "7.1-3", "CONTENT-TAGGING"),
    "content of an element that is gone": PdfDefect(element_taken_out, "content-tagged", "7.1-3"),
    "an artifact inside a paragraph": PdfDefect(
        content(b"BDC\nBT", b"BDC /Artifact BMC 0 0 1 1 re f EMC\nBT"), "artifacts", "7.1-1", "ARTIFACT-NESTED"
    ),
    "a paragraph inside an artifact": PdfDefect(
        drawn(b"/Artifact BMC /P <</MCID 0>> BDC 0 0 1 1 re f EMC EMC"),
        "artifacts",
        "7.1-2",
        "TAGGED-CONTENT-INSIDE-ARTIFACT",
    ),
    "an orphaned parent tree": PdfDefect(orphaned_parent_tree, "parent-tree", "7.1-3"),
    "a link that does not lead to its element": PdfDefect(
        link_that_does_not_lead_back, "parent-tree", says="(StructParent, ParentTree)"
    ),
    "content that two elements hold": PdfDefect(content_of_two_elements, "parent-tree", says="read out twice"),
    "a parent tree in disorder": PdfDefect(parent_tree_in_disorder, "parent-tree"),
    "content that is not there": PdfDefect(content_that_is_not_there, "content-present"),
    "a page that is a picture": PdfDefect(scanned_page, "has-text"),
    "fonts that are not in the file": PdfDefect(font_not_embedded, "font-embedded", "7.21.4.1-1", "FONT-EMBEDDING"),
    "fonts without a map to Unicode": PdfDefect(unicode_map(None), "font-unicode", "7.21.7-1", "FONT-UNICODE-MAPPING"),
    "characters that stand for U+0000": PdfDefect(mapped_to(b"0000"), "font-unicode", "7.21.7-2", "FONT-UNICODE-VALUE"),
    "characters that stand for U+FFFD": PdfDefect(mapped_to(b"FFFD"), "font-unicode"),
}


# -- decks ---------------------------------------------------------------------

_NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "p14": "http://schemas.microsoft.com/office/powerpoint/2010/main",
    "dc": "http://purl.org/dc/elements/1.1/",
}
DECLARED = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in _NAMESPACES.items())
CORE, PRESENTATION, THEME = "docProps/core.xml", "ppt/presentation.xml", "ppt/theme/theme1.xml"


class Parts:
    """The parts of a deck, to be changed; a slide is found by what its shapes hold."""

    def __init__(self, deck: bytes) -> None:
        with zipfile.ZipFile(BytesIO(deck)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        self._roots: dict[str, Any] = {}

    def root(self, name: str) -> Any:
        if name not in self._roots:
            self._roots[name] = etree.fromstring(self.members[name])
        return self._roots[name]

    def find(self, name: str, path: str) -> list[Any]:
        return self.root(name).xpath(path, namespaces=_NAMESPACES)

    @property
    def slides(self) -> list[str]:
        names = [name for name in self.members if re.fullmatch(r"ppt/slides/slide\d+\.xml", name)]
        return sorted(names, key=lambda name: int(re.sub(r"\D", "", name)))

    def first(self, path: str) -> Any:
        """The first element of any slide, in the order of slides."""
        return next(found for name in self.slides for found in self.find(name, path))

    def saved(self) -> bytes:
        out = BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.members.items():
                root = self._roots.get(name)
                archive.writestr(name, content if root is None else etree.tostring(root, xml_declaration=True))
        return out.getvalue()


class DeckDefect(Struct, frozen=True):
    make: Callable[[Parts], None]
    rule: str


def broken_deck(good: bytes, defect: DeckDefect) -> bytes:
    """The deck with the defect in it."""
    parts = Parts(good)
    defect.make(parts)
    return parts.saved()


def xml(text: str) -> Any:
    """An element; the usual prefixes are known."""
    head, rest = re.match(r"<[\w:]+", text), ""
    assert head is not None
    rest = text[head.end() :]
    return etree.fromstring(f"{head[0]} {DECLARED}{rest}")


TITLE = "//p:sp[p:nvSpPr/p:nvPr/p:ph[@type='title']]"
BODY = "//p:sp[p:nvSpPr/p:nvPr/p:ph[not(@type) or @type='body']][.//a:t]"
MEASURE = f"{BODY}[following-sibling::p:pic]"
SOURCE = "//p:sp[p:nvSpPr/p:cNvPr/@name='Source'][preceding-sibling::p:pic]"
PICTURE = "//p:pic"
TABLE = "//p:graphicFrame[.//a:tbl]"


def shape(
    number: int, text: str = "", box: tuple[int, int, int, int] = (914400, 4900000, 914400, 914400), fill: str = ""
) -> Any:
    """A rectangle, with text or without."""
    left, top, width, height = box
    run = f'<a:r><a:rPr lang="en-US" sz="2000"/><a:t>{text}</a:t></a:r>' if text else ""
    painted = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    return xml(
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="Added {number}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr>'
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>{painted}</p:spPr>'
        f"<p:txBody><a:bodyPr/><a:lstStyle/><a:p>{run}</a:p></p:txBody></p:sp>"
    )


def removed(path: str) -> Callable[[Parts], None]:
    """The first such element of the slides is gone."""

    def make(parts: Parts) -> None:
        found = parts.first(path)
        found.getparent().remove(found)

    return make


def without_text(path: str) -> Callable[[Parts], None]:
    def make(parts: Parts) -> None:
        found = parts.first(path)
        for run in found.xpath(".//a:r | .//a:fld | .//a:br", namespaces=_NAMESPACES):
            run.getparent().remove(run)

    return make


def attribute(path: str, name: str, value: str | None) -> Callable[[Parts], None]:
    """The first such element of the slides has another value, or none, for an attribute."""

    def make(parts: Parts) -> None:
        found = parts.first(path)
        if value is None:
            del found.attrib[name]
        else:
            found.set(name, value)

    return make


def everywhere(change: Callable[[str], str], parts_named: str) -> Callable[[Parts], None]:
    """Another text in all parts whose names match."""

    def make(parts: Parts) -> None:
        for name, content in parts.members.items():
            if re.fullmatch(parts_named, name):
                parts.members[name] = change(content.decode()).encode()

    return make


def replaced(old: str, new: str, part: str) -> Callable[[Parts], None]:
    def change(text: str) -> str:
        assert re.search(old, text), old
        return re.sub(old, new, text, count=1)

    return everywhere(change, re.escape(part))


def added(*shapes: Any) -> Callable[[Parts], None]:
    """More shapes at the end of the last slide."""

    def make(parts: Parts) -> None:
        parts.find(parts.slides[-1], "//p:spTree")[0].extend(shapes)

    return make


def added_before_the_foot(*shapes: Any) -> Callable[[Parts], None]:
    """More shapes on the last slide, read before what stands at its foot."""

    def make(parts: Parts) -> None:
        tree = parts.find(parts.slides[-1], "//p:spTree")[0]
        foot = tree.xpath("p:sp[p:nvSpPr/p:cNvPr[@name='Source']]", namespaces=_NAMESPACES)
        for one in shapes:
            foot[0].addprevious(one) if foot else tree.append(one)

    return make


def moved(path: str, step: int) -> Callable[[Parts], None]:
    """The first such shape stands so many places later among the shapes."""

    def make(parts: Parts) -> None:
        found = parts.first(path)
        tree = found.getparent()
        place = tree.index(found)
        tree.remove(found)
        tree.insert(place + step, found)

    return make


def same_titles(parts: Parts) -> None:
    one, other = (parts.find(name, f"{TITLE}//a:t")[0] for name in parts.slides[1:3])
    other.text = one.text


def without_sections(parts: Parts) -> None:
    for found in parts.find(PRESENTATION, "//p:ext[p14:sectionLst]"):
        found.getparent().remove(found)


def sections_called(*names: str) -> Callable[[Parts], None]:
    def make(parts: Parts) -> None:
        for found, name in zip(parts.find(PRESENTATION, "//p14:section"), names):
            found.set("name", name)

    return make


def slide_in_no_section(parts: Parts) -> None:
    found = parts.find(PRESENTATION, "//p14:section//p14:sldId")[-1]
    found.getparent().remove(found)


def runs_with(path: str, **attributes: str) -> Callable[[Parts], None]:
    """The runs of the first such shape look otherwise."""

    def make(parts: Parts) -> None:
        for look in parts.first(path).xpath(".//a:rPr", namespaces=_NAMESPACES):
            for name, value in attributes.items():
                look.set(name, value)

    return make


def coloured(path: str, colour: str) -> Callable[[Parts], None]:
    """The runs of the first such shape are filled with a colour."""

    def make(parts: Parts) -> None:
        for look in parts.first(path).xpath(".//a:rPr", namespaces=_NAMESPACES):
            for old in look.xpath("a:solidFill", namespaces=_NAMESPACES):
                look.remove(old)
            look.insert(0, xml(f"<a:solidFill>{colour}</a:solidFill>"))

    return make


def linked(words: str) -> Callable[[Parts], None]:
    """A link in the first text."""

    def make(parts: Parts) -> None:
        name = next(name for name in parts.slides if parts.find(name, MEASURE))
        relations = name.replace("slides/", "slides/_rels/") + ".rels"
        kind = f"{_NAMESPACES['r']}/hyperlink"
        entry = f'<Relationship Id="rIdLink" Type="{kind}" Target="https://example.org/" TargetMode="External"/>'
        parts.members[relations] = parts.members[relations].replace(
            b"</Relationships>", entry.encode() + b"</Relationships>"
        )
        paragraph = parts.find(name, f"{MEASURE}//a:p")[0]
        link = f'<a:r><a:rPr lang="en-US"><a:hlinkClick r:id="rIdLink"/></a:rPr><a:t>{words}</a:t></a:r>'
        paragraph.append(xml(link))

    return make


def typed_list(parts: Parts) -> None:
    for place, paragraph in enumerate(parts.first("//p:txBody[count(a:p) > 2]").xpath("a:p", namespaces=_NAMESPACES)):
        for text in paragraph.xpath(".//a:t", namespaces=_NAMESPACES)[:1]:
            text.text = f"{place + 1}) {text.text}"


def typed_list_in_one_paragraph(parts: Parts) -> None:
    paragraph = parts.first(f"{BODY}//a:p[a:r]")
    for text in paragraph.xpath("a:r", namespaces=_NAMESPACES):
        paragraph.remove(text)
    for number in (1, 2, 3):
        paragraph.append(xml(f'<a:r><a:rPr lang="en-US"/><a:t>{number}. Item</a:t></a:r>'))
        paragraph.append(xml('<a:br><a:rPr lang="en-US"/></a:br>'))


def merged_cells(parts: Parts) -> None:
    cells = parts.first(TABLE).xpath(".//a:tr[2]/a:tc", namespaces=_NAMESPACES)
    cells[0].set("gridSpan", "2")
    cells[1].set("hMerge", "1")


def merged_downwards(parts: Parts) -> None:
    first, below = (parts.first(TABLE).xpath(f".//a:tr[{i}]/a:tc", namespaces=_NAMESPACES)[0] for i in (2, 3))
    first.set("rowSpan", "2")
    below.set("vMerge", "1")


def decoration_with_text(parts: Parts) -> None:
    made = shape(902, "Words", fill="FFFFFF")
    made[0][0].append(
        xml(
            '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )
    added(made)(parts)


def empty_header_row(parts: Parts) -> None:
    for text in parts.first(TABLE).xpath(".//a:tr[1]//a:t", namespaces=_NAMESPACES):
        text.text = ""


def dark_shape_behind(parts: Parts) -> None:
    """A dark rectangle behind a whole slide's text."""
    name = parts.slides[-2]
    tree = parts.find(name, "//p:spTree")[0]
    extension = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
    behind = shape(900, box=(0, 0, 12192000, 6858000), fill="101820")
    mark = etree.SubElement(
        etree.SubElement(behind[0][0], f"{{{_NAMESPACES['a']}}}extLst"), f"{{{_NAMESPACES['a']}}}ext"
    )
    mark.set("uri", "{C183D7F6-B498-43B3-948B-1728B52AA6E4}")
    etree.SubElement(mark, extension).set("val", "1")
    tree.insert(2, behind)


def text_on_text(parts: Parts) -> None:
    """A second text box where a text stands already, a little lower."""
    added_before_the_foot(shape(906, "The first of two", box=(9000000, 5000000, 2500000, 500000)))(parts)
    added_before_the_foot(shape(907, "The second of two", box=(9000000, 5080000, 2500000, 500000)))(parts)


def _decoration(number: int, box: tuple[int, int, int, int], fill: str) -> Any:
    """A coloured rectangle that is marked as having nothing to say."""
    made = shape(number, box=box, fill=fill)
    made[0][0].append(
        xml(
            '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )
    return made


def text_half_on_a_shape(parts: Parts) -> None:
    """A pale rectangle that ends in the middle of a text; dark letters can be read on it and beside it."""
    added_before_the_foot(_decoration(908, (9000000, 5000000, 900000, 500000), "F4B942"))(parts)
    added_before_the_foot(shape(909, "Half of it is on it", box=(9000000, 5050000, 2500000, 400000)))(parts)


def text_half_on_a_picture(parts: Parts) -> None:
    """A text box over the left edge of a picture."""
    place = parts.first(f"{PICTURE}/p:spPr/a:xfrm/a:off")
    left, top = int(place.get("x")), int(place.get("y"))
    picture = place.getparent().getparent().getparent()
    picture.addnext(shape(910, "Half on it", box=(max(0, left - 500000), top + 600000, 2500000, 400000)))


def text_under_a_shape(parts: Parts) -> None:
    added_before_the_foot(shape(911, "Nobody reads this", box=(9000000, 5000000, 2500000, 400000)))(parts)
    added_before_the_foot(_decoration(912, (9000000, 5000000, 1200000, 400000), "F4B942"))(parts)


def video(parts: Parts) -> None:
    parts.first(f"{PICTURE}/p:nvPicPr/p:nvPr").append(xml('<a:videoFile r:link="rId1"/>'))


def marked_as_decorative(parts: Parts) -> None:
    found = parts.first(f"{PICTURE}/p:nvPicPr/p:cNvPr")
    for old in list(found):
        found.remove(old)
    found.append(
        xml(
            '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
            'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
        )
    )


def moves_on(parts: Parts) -> None:
    after = parts.first("//p:clrMapOvr")
    after.addnext(xml('<p:transition advClick="0" advTm="5000"/>'))


def notes_without_language(parts: Parts) -> None:
    pages = (name for name in sorted(parts.members) if re.fullmatch(r"ppt/notesSlides/[^/]+\.xml", name))
    name = next(name for name in pages if b"<a:t>" in parts.members[name])
    parts.members[name] = re.sub(rb' lang="[^"]*"', b"", parts.members[name])


GREY = '<a:srgbClr val="B8BEC6"/>'
PALE = '<a:schemeClr val="tx1"><a:lumMod val="25000"/><a:lumOff val="75000"/></a:schemeClr>'

DECK_DEFECTS: dict[str, DeckDefect] = {
    "no document title": DeckDefect(replaced(r"<dc:title>[^<]*</dc:title>", "", CORE), "document-title"),
    "a title that a program put in": DeckDefect(
        replaced(r"<dc:title>[^<]*", "<dc:title>PowerPoint Presentation", CORE), "document-title"
    ),
    "a password for changes": DeckDefect(
        replaced(
            r"</p:presentation>", r'<p:modifyVerifier hashData="eA==" saltData="eA=="/></p:presentation>', PRESENTATION
        ),
        "protection",
    ),
    "no sections in a long deck": DeckDefect(without_sections, "sections"),
    "a section without a name": DeckDefect(sections_called("Default Section"), "sections"),
    "two sections of one name": DeckDefect(sections_called("Pay", "Pay"), "sections"),
    "a slide in no section": DeckDefect(slide_in_no_section, "sections"),
    "a slide that moves on by itself": DeckDefect(moves_on, "timing"),
    "a slide without a title": DeckDefect(removed(TITLE), "slide-title"),
    "an empty title": DeckDefect(without_text(TITLE), "slide-title"),
    "two slides of one title": DeckDefect(same_titles, "unique-title"),
    "a title that is read last": DeckDefect(moved(TITLE, 4), "title-first"),
    "a line read after what stands below it": DeckDefect(moved(MEASURE, 1), "reading-order"),
    "an empty placeholder": DeckDefect(without_text(BODY), "empty-placeholder"),
    "a picture without alternative text": DeckDefect(attribute(f"{PICTURE}//p:cNvPr", "descr", None), "alt-text"),
    "a drawn shape without alternative text": DeckDefect(added(shape(901, fill="0B5C8A")), "alt-text"),
    "a picture described by its file name": DeckDefect(
        attribute(f"{PICTURE}//p:cNvPr", "descr", "chart.png"), "alt-words"
    ),
    "a picture described as a picture": DeckDefect(attribute(f"{PICTURE}//p:cNvPr", "descr", "Picture 4"), "alt-words"),
    "a decoration with words": DeckDefect(marked_as_decorative, "decorative"),
    "a decoration with text": DeckDefect(decoration_with_text, "decorative"),
    "a video without captions": DeckDefect(video, "captions"),
    "a table without a header row": DeckDefect(attribute(f"{TABLE}//a:tblPr", "firstRow", "0"), "table-header"),
    "an empty header row": DeckDefect(empty_header_row, "table-header"),
    "merged cells": DeckDefect(merged_cells, "merged-cells"),
    "cells merged downwards": DeckDefect(merged_downwards, "merged-cells"),
    "text without a language": DeckDefect(attribute(f"{BODY}//a:rPr", "lang", None), "language"),
    "a cell without a language": DeckDefect(attribute(f"{TABLE}//a:rPr", "lang", None), "language"),
    "notes without a language": DeckDefect(notes_without_language, "language"),
    "a language that is none": DeckDefect(attribute(f"{BODY}//a:rPr", "lang", "English (US)"), "language"),
    "text that is too small": DeckDefect(runs_with(BODY, sz="900"), "text-size"),
    "a cell that is too small": DeckDefect(runs_with(TABLE, sz="1100"), "text-size"),
    "pale text": DeckDefect(coloured(SOURCE, GREY), "contrast"),
    "text that is a little too pale": DeckDefect(coloured(SOURCE, '<a:srgbClr val="777777"/>'), "contrast"),
    "pale text by the theme": DeckDefect(coloured(TITLE, PALE), "contrast"),
    "a pale cell": DeckDefect(coloured(TABLE, GREY), "contrast"),
    "a theme whose text is pale": DeckDefect(
        replaced(r'<a:dk1><a:srgbClr val="\w+"/>', '<a:dk1><a:srgbClr val="9AA4AE"/>', THEME), "contrast"
    ),
    "dark text on a dark shape": DeckDefect(dark_shape_behind, "contrast"),
    "a link that says nothing": DeckDefect(linked("click here"), "link-words"),
    "a link that is a bare address": DeckDefect(linked("https://example.org/a/b?c=1"), "link-words"),
    "text over the right edge of the slide": DeckDefect(
        added_before_the_foot(shape(903, "A line that goes on to the right", box=(11000000, 6000000, 4000000, 400000))),
        "off-slide",
    ),
    "text beside the slide": DeckDefect(
        added_before_the_foot(shape(904, "Parked", box=(12500000, 914400, 1000000, 400000))), "off-slide"
    ),
    "more text than its box has room for": DeckDefect(
        added_before_the_foot(shape(905, "One two three four", box=(9000000, 4700000, 1400000, 250000), fill="F4B942")),
        "text-fits",
    ),
    "text on text": DeckDefect(text_on_text, "overlap"),
    "text half on a picture": DeckDefect(text_half_on_a_picture, "text-on-art"),
    "text half on a coloured shape": DeckDefect(text_half_on_a_shape, "text-on-art"),
    "text under a shape": DeckDefect(text_under_a_shape, "text-on-art"),
    "a list with typed numbers": DeckDefect(typed_list, "typed-list"),
    "a list with typed numbers in one paragraph": DeckDefect(typed_list_in_one_paragraph, "typed-list"),
}
