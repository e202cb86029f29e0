"""The audit of PDFs: each defect that is put in on purpose is found, and nothing is found in what is sound."""

from __future__ import annotations

import base64
import hashlib
import re
import tracemalloc
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from charts.lettering import register_font
from reports.audit.audit import audit_bytes
from reports.audit.pdf import content as page_content
from reports.audit.pdf import document as read_document
from reports.audit.pdf import file_rules, objects
from reports.audit.pdf.fonts import read_font
from reports.audit.pdf.rules import RULES
from reports.audit.wording import is_stand_in, numbers
from tests.audited import by_verapdf, found, good_pdf, rules
from tests.defects import (
    PDF_DEFECTS,
    PdfDefect,
    broken_pdf,
    comment,
    drawn,
    elements,
    empty_heading,
    font_not_embedded,
    form_field,
    inserted,
    kids,
    metadata,
    no_headings,
    rows_without_headers,
    scanned_page,
    unicode_map,
)
from tests.pdf_pages import BRAND, canvas, failures, finished

KNOWN_TO_VERAPDF = {name: defect for name, defect in PDF_DEFECTS.items() if defect.verapdf}
KNOWN_TO_PAGE_VALIDATION = {name: defect for name, defect in PDF_DEFECTS.items() if defect.page_validation}


def broken(name: str) -> bytes:
    return broken_pdf(good_pdf(), PDF_DEFECTS[name])


def test_nothing_is_found_in_a_sound_report() -> None:
    assert not found(good_pdf())
    assert not failures(good_pdf())


@pytest.mark.parametrize("name", PDF_DEFECTS)
def test_a_defect_put_in_on_purpose_is_found(name: str) -> None:
    defect = PDF_DEFECTS[name]
    assert any(f.rule == defect.rule and defect.says in f.message for f in found(broken(name)))


@pytest.mark.parametrize("name", KNOWN_TO_PAGE_VALIDATION)
def test_page_validation_finds_the_defects_that_it_knows(name: str) -> None:
    assert any(f"PDFUA1-{PDF_DEFECTS[name].page_validation}-0" in failure for failure in failures(broken(name)))


def test_verapdf_finds_the_defects_that_it_knows_and_nothing_in_the_sound_report(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    files = {"sound": good_pdf(), **{name: broken(name) for name in KNOWN_TO_VERAPDF}}
    answers = by_verapdf(files, tmp_path_factory.mktemp("defects"))
    assert not answers["sound"]
    missed = {n: answers[n] for n, d in KNOWN_TO_VERAPDF.items() if d.verapdf not in answers[n]}
    assert not missed


def test_every_rule_is_held_by_a_defect_and_most_by_a_validator_of_others() -> None:
    assert {defect.rule for defect in PDF_DEFECTS.values()} | {"read-wholly"} == set(RULES)
    assert len(KNOWN_TO_VERAPDF) >= 15
    assert len(KNOWN_TO_PAGE_VALIDATION) >= 15


def test_every_rule_says_in_plain_words_what_it_asks_for_and_where_that_is_written() -> None:
    assert all(rule.name and rule.source for rule in RULES.values())
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


# -- what findings say -----------------------------------------------------------


def said(name: str) -> list[str]:
    return [f"{f.place}, {f.element}: {f.message}" for f in found(broken(name)) if f.rule == PDF_DEFECTS[name].rule]


def test_a_finding_names_the_page_the_element_and_what_to_do() -> None:
    (told,) = said("a figure without alternative text")
    assert told.startswith("page 3, figure 'Engineer Analyst Scientist $120,000")
    assert told.endswith("It has no alternative text: say in a sentence what it shows, or make it an artifact.")


def test_a_skipped_heading_is_told_with_its_words_and_the_level_that_is_left_out() -> None:
    told = said("a heading level left out")
    assert told[0].startswith("page 3, heading 'A topic': It is a heading of level 4 and follows one of level 2")
    assert told[0].endswith("level 3 is left out.")


def test_a_row_that_is_too_short_is_told_with_both_counts() -> None:
    assert "Its first row has 2 columns, row 3 has 1: cells lose their headers." in said("a row that is too short")[0]


def test_text_without_tags_is_told_as_it_reads() -> None:
    (told,) = said("text without tags")
    assert told.startswith("page 2, text '")
    assert "1 piece of text neither tagged nor marked as an artifact" in told


def test_drawings_without_tags_on_many_pages_are_told_once() -> None:
    with pikepdf.open(BytesIO(good_pdf())) as pdf:
        for page in pdf.pages:
            page.contents_add(b"q 1 1 1 1 re f Q")
        out = BytesIO()
        pdf.save(out)
        pages = len(pdf.pages)
    (finding,) = found(out.getvalue())
    assert finding.place == f"pages 1–{pages}"


def test_a_font_that_is_not_in_the_file_is_told_once_for_all_its_pages() -> None:
    told = said("fonts that are not in the file")
    assert len(told) == len({line.split(":")[0] for line in told})
    assert any(line.startswith("pages 1–") for line in told)


def test_an_untagged_file_gets_one_finding_for_its_structure_not_hundreds() -> None:
    assert [f.rule for f in found(broken("no tags at all"))] == ["tagged"]


@pytest.mark.parametrize(
    ("pages", "told"), [([1], "1"), ([1, 2], "1, 2"), ([1, 2, 3], "1–3"), ([7, 1, 2, 9, 8, 1], "1, 2, 7–9"), ([], "")]
)
def test_pages_in_a_row_are_told_as_one_range(pages: list[int], told: str) -> None:
    assert numbers(pages) == told


@pytest.mark.parametrize(
    ("alt", "empty"),
    [
        ("Picture 3", True),
        ("an image", True),
        ("Abbildung_12.", True),
        ("IMG_2041.JPG", True),
        ("A chart. Description automatically generated", True),
        ("A dog on grass AI-generated content may be incorrect.", True),
        ("Pay by job: engineers earn $120,000", False),
        ("Chart of pay by job", False),
    ],
)
def test_a_description_that_a_program_put_in_describes_nothing(alt: str, empty: bool) -> None:
    assert is_stand_in(alt) == empty


def test_what_happens_many_times_on_a_page_is_told_once_with_how_often() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        comment(pdf)
        comment(pdf)

    told = [str(f) for f in found(broken_pdf(good_pdf(), PdfDefect(make, ""))) if "no words" in f.message]
    assert told == [
        "page 1, Text annotation: It has no words (Contents). (2 times) [comments; PDF/UA-1 7.18.1; WCAG 1.1.1]"
    ]


# -- what is sound ---------------------------------------------------------------


def test_an_element_on_two_pages_is_one_element() -> None:
    drawing = canvas()
    drawing.setFont(register_font(BRAND.fonts.text.regular), 10)
    for _ in range(2):
        with drawing.tag("H1", "one"):
            drawing.drawString(100, 700, "On two pages")
        drawing.showPage()
    assert not found(finished(drawing))


def test_a_table_whose_cells_name_their_headers_needs_no_scope() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        table = elements(pdf, "Table")[0]
        within = [e for e in elements(pdf, "TH", "TD") if e.P.P.P.objgen == table.objgen]
        for number, cell in enumerate(within):
            if cell.S == pikepdf.Name.TH:
                cell.ID = pikepdf.String(f"h{number}")
                if "/A" in cell:
                    del cell["/A"]
            else:
                names = pikepdf.Array([pikepdf.String("h0")])
                cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=names)

    assert "table-scope" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))
    assert "table-headers" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_spans_are_counted_as_the_columns_they_cover() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        row = elements(pdf, "TR")[1]
        cell = kids(row)[-1]
        for other in elements(pdf, "TR")[:5]:
            if other.objgen == row.objgen:
                cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, ColSpan=2)
            else:
                extra = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TD, P=other)
                other.K = pikepdf.Array([*kids(other), pdf.make_indirect(extra)])

    assert "table-regular" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


@pytest.mark.parametrize("spoken", ["Alt", "ActualText"])
def test_a_figure_may_be_spoken_in_one_of_two_ways(spoken: str) -> None:
    entries = {spoken: pikepdf.String("A sum of money")}
    assert "figure-alt" not in rules(broken_pdf(good_pdf(), PdfDefect(inserted("Document", "Formula", **entries), "")))


def test_a_figure_on_two_pages_and_one_without_content_need_no_area() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        figure = elements(pdf, "Figure")[0]
        del figure["/A"]
        mark = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[0].obj, MCID=0)
        figure.K = pikepdf.Array([figure.K, mark])

    assert "figure-area" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))
    empty = inserted("Document", "Figure", Alt=pikepdf.String("Pay"))
    assert "figure-area" not in rules(broken_pdf(good_pdf(), PdfDefect(empty, "")))


def test_what_holds_a_figure_is_not_empty() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        empty_heading(pdf)
        heading = kids(elements(pdf, "H2")[0].P)[-1]
        heading.K = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Figure, P=heading)

    assert not {"empty-element"} & rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_pages_without_anything_to_reach_need_no_tab_order() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        page = next(page for page in pdf.pages if "/Annots" not in page.obj)
        del page.obj["/Tabs"]

    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_a_short_document_needs_neither_bookmarks_nor_headings() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        del pdf.Root["/Outlines"]
        no_headings(pdf)
        del pdf.pages[3:]

    assert not {"bookmarks", "heading-kinds"} & rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def annotated(**entries: Any) -> set[str]:
    """The rules that a comment with these entries on the first page breaks."""

    def make(pdf: pikepdf.Pdf) -> None:
        comment(pdf)
        for name, value in entries.items():
            pdf.pages[0].obj.Annots[-1]["/" + name] = value

    return rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_readers_meet_no_annotation_that_is_hidden_or_outside_its_page() -> None:
    assert "comments" in annotated()
    assert not annotated(F=2)
    for outside in ([-50, 72, -30, 92], [700, 72, 720, 92], [72, -50, 92, -30], [72, 900, 92, 920]):
        assert not annotated(Rect=pikepdf.Array(outside))


def test_marks_of_printers_and_windows_of_comments_need_no_words() -> None:
    for kind in ("Popup", "PrinterMark", "TrapNet"):
        assert "comments" not in annotated(Subtype=pikepdf.Name("/" + kind))


def named_field(change: Callable[[pikepdf.Pdf, Any], None]) -> list[str]:
    """What is told of a form field after a change."""

    def make(pdf: pikepdf.Pdf) -> None:
        form_field(pdf)
        change(pdf, pdf.pages[0].obj.Annots[-1])

    return [f.message for f in found(broken_pdf(good_pdf(), PdfDefect(make, ""))) if f.rule == "form-fields"]


def test_a_field_is_named_by_itself_its_parent_or_the_element_that_holds_it() -> None:
    def by_parent(pdf: pikepdf.Pdf, widget: Any) -> None:
        widget.Parent = pdf.make_indirect(pikepdf.Dictionary(TU=pikepdf.String("Your name")))

    def by_element(pdf: pikepdf.Pdf, widget: Any) -> None:
        inserted("Document", "Form", -1, Alt=pikepdf.String("Your name"))(pdf)
        elements(pdf, "Form")[0].K = pikepdf.Dictionary(Type=pikepdf.Name.OBJR, Obj=widget)

    nameless = "It has no name that is read out (TU, the tooltip)."
    assert nameless in named_field(lambda pdf, widget: None)
    assert nameless not in named_field(by_parent)
    assert not named_field(by_element)


def test_a_document_with_more_pages_than_are_read_is_not_called_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_document, "MOST_PAGES", 2)
    monkeypatch.setattr(file_rules, "MOST_PAGES", 2)
    assert "Only the first 2 of its 5 pages were checked." in [f.message for f in found(good_pdf())]


def test_a_claim_may_stand_in_an_attribute() -> None:
    element, attribute = b"<pdfuaid:part>1</pdfuaid:part>", b'<rdf:Description rdf:about="" pdfuaid:part="1"/>'
    moved = broken_pdf(good_pdf(), PdfDefect(metadata(element, b""), ""))
    assert "conformance" in rules(moved)

    def make(pdf: pikepdf.Pdf) -> None:
        packet = pdf.Root.Metadata.read_bytes()
        pdf.Root.Metadata.write(packet.replace(b"</rdf:RDF>", attribute + b"</rdf:RDF>"))

    assert "conformance" not in rules(broken_pdf(moved, PdfDefect(make, "")))


def test_a_parent_tree_of_many_nodes_is_one_tree() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        tree = pdf.Root.StructTreeRoot.ParentTree
        numbers = list(tree.Nums)
        halves = [numbers[:2], numbers[2:]]
        del tree["/Nums"]
        tree.Kids = pikepdf.Array([pdf.make_indirect(pikepdf.Dictionary(Nums=pikepdf.Array(half))) for half in halves])

    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_a_type_may_stand_for_one_that_stands_for_a_standard_one() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        elements(pdf, "H3")[0].S = pikepdf.Name.Topic
        pdf.Root.StructTreeRoot.RoleMap = pikepdf.Dictionary(Topic=pikepdf.Name.Part2, Part2=pikepdf.Name.H3)

    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_grouping_that_means_nothing_may_stand_anywhere() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        row = elements(pdf, "TR")[0]
        cells = kids(row)
        group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Div, P=row))
        group.K, row.K = pikepdf.Array(cells), group
        for cell in cells:
            cell.P = group

    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


# -- grids of tables -----------------------------------------------------------------


def made_table(*rows: str, scope: str = "") -> bytes:
    """A report whose first table has other cells: "TD", "TH", or with spans "TD 2x1" (rows by columns).

    Its header cells have a scope by their class.
    """

    def make(pdf: pikepdf.Pdf) -> None:
        table = elements(pdf, "Table")[0]
        body = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TBody, P=table))
        body.K = pikepdf.Array()
        table.K = pikepdf.Array([body])
        for cells in rows:
            row = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TR, P=body))
            row.K = pikepdf.Array([pdf.make_indirect(cell(row, said)) for said in cells.split(", ")])
            body.K.append(row)
        if scope:
            scoped = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name("/" + scope))
            pdf.Root.StructTreeRoot.ClassMap = pikepdf.Dictionary(Head=scoped)

    def cell(row: Any, said: str) -> pikepdf.Dictionary:
        kind, _, spans = said.partition(" ")
        made = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + kind), P=row)
        if kind == "TH":
            made.C = pikepdf.Name.Head
        if spans:
            down, across = map(int, spans.split("x"))
            made.A = pikepdf.Dictionary(O=pikepdf.Name.Table, RowSpan=down, ColSpan=across)
        return made

    return broken_pdf(good_pdf(), PdfDefect(make, ""))


@pytest.mark.parametrize(
    ("rows", "regular"),
    [
        (["TD, TD, TD", "TD, TD, TD"], True),
        (["TD 2x1, TD, TD", "TD, TD"], True),
        (["TD, TD 2x1, TD", "TD, TD"], True),
        (["TD 3x1, TD 1x2", "TD 2x1, TD", "TD"], True),
        (["TD 2x1, TD", "TD", "TD, TD"], True),
        (["TD 2x2, TD", "TD", "TD, TD, TD"], True),
        # a row too narrow, after spans have ended; down below the last row; into a cell that reaches down
        (["TD 2x1, TD, TD", "TD, TD", "TD, TD"], False),
        (["TD, TD", "TD 2x1, TD"], False),
        (["TD, TD 2x1, TD", "TD 1x2, TD"], False),
    ],
)
def test_spans_are_laid_out_as_readers_lay_them_out(rows: list[str], regular: bool) -> None:
    assert ("table-regular" not in rules(made_table(*rows))) == regular


def test_cells_that_claim_millions_of_places_take_no_memory() -> None:
    content = made_table(*["TD 2000x2000, TD 2000x2000"] * 40)
    tracemalloc.start()
    assert "table-regular" in rules(content)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_the_scope_of_a_header_may_stand_in_a_class() -> None:
    assert "table-scope" not in rules(made_table("TH, TD", "TH, TD", scope="Row"))
    assert "table-scope" in rules(made_table("TH, TD", "TH, TD"))


@pytest.mark.parametrize(
    ("rows", "scope", "sound"),
    [
        (["TH, TD", "TH, TD"], "Row", True),
        (["TH, TD", "TH, TD"], "Column", False),
        (["TH, TH", "TD, TD"], "Column", True),
        (["TH, TH", "TD, TD"], "Row", False),
        (["TH, TD", "TD, TD"], "Row", False),
        (["TH, TD, TD", "TD, TH, TD"], "Both", True),
        (["TH, TD, TD", "TD 1x2, TD"], "Both", False),
        (["TH 1x2, TD", "TD, TD, TH"], "Both", True),
    ],
)
def test_a_header_counts_for_the_row_or_column_that_it_heads(rows: list[str], scope: str, sound: bool) -> None:
    assert ("table-headers" not in rules(made_table(*rows, scope=scope))) == sound


def test_a_header_that_a_cell_names_must_be_there() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        rows_without_headers(pdf)
        for cell in elements(pdf, "TD"):
            headers = pikepdf.Array([pikepdf.String("nobody")])
            cell.A = pikepdf.Dictionary(O=pikepdf.Name.Table, Headers=headers)

    assert "table-headers" in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


# -- words -----------------------------------------------------------------------------


def test_words_of_cells_do_not_run_into_each_other() -> None:
    told = next(f for f in found(broken("a table without header cells")) if f.rule == "table-headers")
    assert told.element.startswith("table 'Table 1. Pay Job Salary Engineer")


def test_what_is_spoken_in_place_of_content_is_something_to_read() -> None:
    spoken = inserted("Document", "H2", -1, ActualText=pikepdf.String("Pay"))
    assert not rules(broken_pdf(good_pdf(), PdfDefect(spoken, "")))


def test_lines_of_one_element_do_not_run_into_each_other() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        name = next(iter(pdf.pages[1].obj.Resources.Font.keys())).encode()
        line = b"BT %b 12 Tf (\x01\x02) Tj ET " % name
        pdf.pages[1].contents_add(b"/P <</MCID 900>> BDC " + line + line + b"EMC")

    told = next(f for f in found(broken_pdf(good_pdf(), PdfDefect(make, ""))) if f.rule == "content-tagged")
    (one, other) = told.element.removeprefix("text '").removesuffix("'").split(" ")
    assert one == other


def test_a_title_in_two_languages_is_the_first() -> None:
    two = b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Untitled</rdf:li><rdf:li xml:lang="de">Zwei</rdf:li></rdf:Alt>'
    one = b'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Two jobs</rdf:li></rdf:Alt>'
    (told,) = found(broken_pdf(good_pdf(), PdfDefect(metadata(one, two), "")))
    assert told.element == "title 'Untitled'"


# -- fonts -------------------------------------------------------------------------------


def read_by(font: pikepdf.Dictionary, shown: bytes) -> list[str | None]:
    return [said for _, said in read_font(font).characters(shown)]


@pytest.mark.parametrize(
    ("entries", "shown", "expected"),
    [
        ({"Subtype": "/Type1", "Encoding": "/WinAnsiEncoding"}, b"A\x80", ["A", "€"]),
        ({"Subtype": "/Type1", "Encoding": "/MacRomanEncoding"}, b"A\x80", ["A", "Ä"]),
        ({"Subtype": "/Type1", "Encoding": "/StandardEncoding"}, b"A'\xae\xd0\x80", ["A", "’", "ﬁ", "—", None]),
        ({"Subtype": "/Type1", "Encoding": "/MacExpertEncoding"}, b"W", ["?"]),
        ({"Subtype": "/Type1"}, b"W", ["?"]),
        ({"Subtype": "/TrueType"}, b"\xae", ["ﬁ"]),
        ({"Subtype": "/Type3"}, b"A", [None]),
    ],
)
def test_a_simple_font_is_read_by_its_encoding(entries: dict[str, str], shown: bytes, expected: list[str]) -> None:
    font = pikepdf.Dictionary({f"/{name}": pikepdf.Name(value) for name, value in entries.items()})
    assert read_by(font, shown) == expected


def test_names_of_glyphs_go_before_the_encoding() -> None:
    differences = pikepdf.Array([65, pikepdf.Name.alpha, pikepdf.Name.g17, 70, pikepdf.Name.Euro])
    encoding = pikepdf.Dictionary(BaseEncoding=pikepdf.Name.WinAnsiEncoding, Differences=differences)
    assert read_by(pikepdf.Dictionary(Subtype=pikepdf.Name.Type1, Encoding=encoding), b"ABCF") == ["α", None, "C", "€"]


@pytest.mark.parametrize(("ordering", "known"), [(b"Japan1", True), (b"Identity", False), (b"\xfe\xff\xd8", False)])
def test_a_font_of_two_bytes_is_known_by_its_collection(ordering: bytes, known: bool) -> None:
    inner = pikepdf.Dictionary(CIDSystemInfo=pikepdf.Dictionary(Ordering=pikepdf.String(ordering)))
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/Identity-H"))
    font.DescendantFonts = pikepdf.Array([inner])
    assert read_by(font, b"\0\x41") == ["?" if known else None]


def read_map(stream: bytes, shown: bytes) -> list[str | None]:
    """What a font of two bytes reads by a map to Unicode."""
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0, Encoding=pikepdf.Name("/Identity-H"))
    with pikepdf.new() as pdf:
        font.ToUnicode = pikepdf.Stream(pdf, stream)
        return read_by(font, shown)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"2 beginbfchar <0041> <0058> <0042> <00660069> endbfchar", ["X", "fi", None]),
        (b"1 beginbfrange <0041> <0043> <0058> endbfrange", ["X", "Y", "Z"]),
        (b"1 beginbfrange <0041> <0043> <00780058> endbfrange", ["xX", "xY", "xZ"]),
        (b"1 beginbfrange <0041> <0043> [<0058> <0030> <0031>] endbfrange", ["X", "0", "1"]),
        (b"1 beginbfrange <0042> <FFFF> <D83DDE00> endbfrange", [None, "\U0001f600", "\U0001f601"]),
        (b"1 beginbfchar <0041> <0058> endbfrange", [None, None, None]),
    ],
)
def test_a_map_to_unicode_is_read_in_all_its_forms(stream: bytes, expected: list[str | None]) -> None:
    assert read_map(stream, b"\0\x41\0\x42\0\x43") == expected


def test_a_map_that_claims_millions_of_codes_is_read_in_part() -> None:
    ranges = b"".join(b"<%08X> <%08X> <0041>" % (n << 24, (n << 24) + 0xFFFFFF) for n in range(100))
    with pikepdf.new() as pdf:
        font = read_font(pikepdf.Dictionary(ToUnicode=pikepdf.Stream(pdf, b"beginbfrange" + ranges + b"endbfrange")))
    assert font.map is not None
    assert len(font.map) <= 100_001


def test_codes_of_one_and_two_bytes_are_told_apart_by_their_ranges() -> None:
    encoding = b"2 begincodespacerange <00> <7F> <8000> <FFFF> endcodespacerange"
    to_unicode = b"2 beginbfchar <41> <0058> <8041> <0059> endbfchar"
    font = pikepdf.Dictionary(Subtype=pikepdf.Name.Type0)
    with pikepdf.new() as pdf:
        font.Encoding, font.ToUnicode = pikepdf.Stream(pdf, encoding), pikepdf.Stream(pdf, to_unicode)
        assert read_by(font, b"\x41\x80\x41\x41") == ["X", "Y", "X"]


def test_a_font_that_only_writes_unseen_text_need_not_be_in_the_file() -> None:
    def fonts_gone(pdf: pikepdf.Pdf) -> None:
        font_not_embedded(pdf)
        for page in pdf.pages:
            code = page.Contents.read_bytes()
            page.Contents = pikepdf.Stream(pdf, b"3 Tr " + re.sub(rb"\b\d Tr\b", b"", code))

    assert "font-embedded" in rules(broken("fonts that are not in the file"))
    assert "font-embedded" not in rules(broken_pdf(good_pdf(), PdfDefect(fonts_gone, "")))


def test_what_is_set_unseen_for_a_while_is_seen_afterwards() -> None:
    unseen = drawn(b"BT /Artifact BMC q 3 Tr Q /Other 12 Tf (x) Tj EMC ET")

    def make(pdf: pikepdf.Pdf) -> None:
        other = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        pdf.pages[1].obj.Resources.Font.Other = other
        unseen(pdf)

    assert rules(broken_pdf(good_pdf(), PdfDefect(make, ""))) == {"font-embedded"}


def test_signs_without_a_meaning_may_be_spoken_by_other_words() -> None:
    def shown(code: bytes) -> set[str]:
        def make(pdf: pikepdf.Pdf) -> None:
            drawn(code)(pdf)
            signs = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3)
            pdf.pages[1].obj.Resources.Font.Signs = signs

        return rules(broken_pdf(good_pdf(), PdfDefect(make, "")))

    sign = b"BT /Signs 9 Tf (A) Tj ET"
    assert "font-unicode" in shown(b"/Artifact BMC " + sign + b" EMC")
    assert not shown(b"/Artifact BMC /Span <</ActualText (smile)>> BDC " + sign + b" EMC EMC")


def test_a_map_must_not_hold_what_is_forbidden_even_where_unused() -> None:
    def add(text: bytes) -> bytes:
        return text.replace(b"endcmap", b"1 beginbfchar <FFF0> <FEFF> endbfchar endcmap", 1)

    told = found(broken_pdf(good_pdf(), PdfDefect(unicode_map(add), "")))
    assert {f.rule for f in told} == {"font-unicode"}
    assert all("forbidden even where unused" in f.message for f in told)


# -- content -----------------------------------------------------------------------------


@pytest.mark.parametrize("operator", ["sh", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s"])
def test_every_way_of_drawing_is_seen(operator: str) -> None:
    code = b"/Sh sh" if operator == "sh" else b"0 0 9 9 re " + operator.encode()
    assert "content-tagged" in rules(broken_pdf(good_pdf(), PdfDefect(drawn(code), "")))


@pytest.mark.parametrize("operator", [b"(\x01) Tj", b"[(\x01) 1 (\x02)] TJ", b"(\x01) '", b'1 1 (\x01) "'])
def test_every_way_of_showing_text_is_seen(operator: bytes) -> None:
    (told,) = found(broken_pdf(good_pdf(), PdfDefect(drawn(b"BT FONT 12 Tf " + operator + b" ET"), "")))
    assert told.message.startswith("1 piece of text neither tagged")


def form(pdf: pikepdf.Pdf, code: bytes, **entries: Any) -> Any:
    return pdf.make_indirect(pikepdf.Stream(pdf, code, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, **entries))


def test_a_form_that_draws_itself_ends_the_reading() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        inner = form(pdf, b"/Inner Do")
        inner.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Inner=inner))
        pdf.pages[1].obj.Resources.XObject = pikepdf.Dictionary(Inner=inner)
        pdf.pages[1].contents_add(b"/Artifact BMC /Inner Do EMC")

    assert rules(broken_pdf(good_pdf(), PdfDefect(make, ""))) == {"read-wholly"}


def test_a_form_without_fonts_of_its_own_has_its_pages() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[1].obj.Resources
        name = next(iter(resources.Font.keys())).encode()
        resources.XObject = pikepdf.Dictionary(Inner=form(pdf, b"BT %b 12 Tf (\x01\x02) Tj ET" % name))
        pdf.pages[1].contents_add(b"/Inner Do")

    (told,) = found(broken_pdf(good_pdf(), PdfDefect(make, "")))
    assert told.element.startswith("text '")


def test_an_element_may_hold_what_a_form_draws() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        name = next(iter(pdf.pages[1].obj.Resources.Font.keys())).encode()
        inner = form(pdf, b"/P <</MCID 0>> BDC BT %b 12 Tf (\x01\x02) Tj ET EMC" % name, StructParents=900)
        pdf.pages[1].obj.Resources.XObject = pikepdf.Dictionary(Inner=inner)
        pdf.pages[1].contents_add(b"/Inner Do")
        inserted("Document", "P", -1)(pdf)
        element = kids(elements(pdf, "Document")[0])[-1]
        element.K = pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[1].obj, Stm=inner, MCID=0)
        pdf.Root.StructTreeRoot.ParentTree.Nums.extend([900, pikepdf.Array([element])])

    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_a_page_that_is_a_picture_may_be_told_by_a_figure() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        scanned_page(pdf)
        inserted("Document", "Figure", -1, Alt=pikepdf.String("A map"), Pg=pdf.pages[-1].obj)(pdf)

    assert "has-text" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


def test_what_an_element_holds_is_tagged_though_the_parent_tree_does_not_say_so() -> None:
    assert "content-tagged" not in rules(broken("an orphaned parent tree"))


def test_a_large_page_of_honest_drawing_is_read() -> None:
    noise = b"%" + b"".join(hashlib.sha256(b"%d" % i).hexdigest().encode() for i in range(2000)) + b"\n"
    assert not rules(broken_pdf(good_pdf(), PdfDefect(drawn(noise), "")))


def test_content_packed_twice_is_read_as_any_other() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            packed = base64.a85encode(zlib.compress(page.Contents.read_bytes())) + b"~>"
            stream = pikepdf.Stream(pdf, b"")
            filters = pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode])
            stream.write(packed, filter=filters)
            page.Contents = stream

    kept = {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    assert not rules(broken_pdf(good_pdf(), PdfDefect(make, "", save=kept)))


def test_text_that_is_not_seen_is_read_all_the_same() -> None:
    hidden = PdfDefect(drawn(b"BT 3 Tr FONT 12 Tf 72 40 Td (\x01) Tj ET"), "content-tagged")
    assert "content-tagged" in rules(broken_pdf(good_pdf(), hidden))


# -- files of others ---------------------------------------------------------------


def test_a_plain_reportlab_file_fails_what_it_lacks() -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    plain = Canvas(out, initialFontName="Helvetica")
    plain.drawString(72, 72, "Untagged, in Helvetica")
    plain.save()
    assert {"tagged", "language", "title-shown", "conformance", "font-embedded"} <= rules(out.getvalue())


def test_a_matplotlib_figure_fails_what_it_lacks() -> None:
    from matplotlib.figure import Figure

    figure, out = Figure(), BytesIO()
    figure.text(0.5, 0.5, "Untagged")
    figure.savefig(out, format="pdf")
    assert {"tagged", "language", "title"} <= rules(out.getvalue())


def test_structure_types_of_pdf_2_are_known() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        elements(pdf, "BlockQuote")[0].S = pikepdf.Name.Aside

    assert "types" not in rules(broken_pdf(good_pdf(), PdfDefect(make, "")))


# -- bounds -------------------------------------------------------------------------


def test_what_is_too_large_to_be_checked_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_content, "_MOST_STEPS", 3)
    finding = next(f for f in found(good_pdf()) if f.rule == "read-wholly")
    assert finding.message == "There is too much drawing to be checked."


def test_a_small_stream_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    with pikepdf.open(BytesIO(good_pdf())) as pdf:
        packer = zlib.compressobj(9)
        bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
        stream = pikepdf.Stream(pdf, b"")
        stream.write(zlib.compress(bomb), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
        pdf.pages[0].obj.Contents = stream
        out = BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert "read-wholly" in rules(out.getvalue())
    assert len(bomb) * 100 < objects.LARGEST_STREAM


def told_as_too_large(make: Callable[[pikepdf.Pdf], None]) -> str:
    """The pages with too much drawing."""
    findings = found(broken_pdf(good_pdf(), PdfDefect(make, "")))
    return next((f.place for f in findings if f.message == "There is too much drawing to be checked."), "")


def drawing_a_form(times: int) -> Callable[[pikepdf.Pdf], None]:
    """The second page draws a form of 1000 bytes so many times."""

    def make(pdf: pikepdf.Pdf) -> None:
        form = pikepdf.Stream(pdf, b" " * 1000, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        pdf.pages[1].obj.Resources.XObject = pikepdf.Dictionary(Inner=pdf.make_indirect(form))
        pdf.pages[1].contents_add(b"/Artifact BMC " + b"/Inner Do " * times + b"EMC")

    return make


def test_a_form_that_is_drawn_again_and_again_ends_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_content, "_MOST_CODE_OF_ALL", 600_000)
    assert told_as_too_large(drawing_a_form(10)) == ""
    assert told_as_too_large(drawing_a_form(1000)).startswith("pages 2")


def test_streams_of_one_page_are_too_large_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_content, "_MOST_CODE", 500_000)

    def blanks(times: int) -> Callable[[pikepdf.Pdf], None]:
        def make(pdf: pikepdf.Pdf) -> None:
            stream = pdf.make_indirect(pikepdf.Stream(pdf, b" " * 9000))
            pdf.pages[1].obj.Contents = pikepdf.Array([pdf.pages[1].obj.Contents, *[stream] * times])

        return make

    assert told_as_too_large(blanks(10)) == ""
    assert told_as_too_large(blanks(60)) == "page 2"


def test_a_page_of_too_many_operators_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    many = PdfDefect(drawn(b"/Artifact BMC " + b"f " * 100_000 + b"EMC"), "")
    monkeypatch.setattr(page_content, "_MOST_STEPS", 50_000)
    parsed: list[int] = []
    parse = pikepdf.parse_content_stream

    def watched(stream: Any, operators: str) -> Any:
        made = parse(stream, operators)
        parsed.append(len(made))
        return made

    monkeypatch.setattr(pikepdf, "parse_content_stream", watched)
    assert "read-wholly" in rules(broken_pdf(good_pdf(), many))
    assert parsed
    assert max(parsed) < 50_000


def test_what_many_small_pages_draw_is_too_much_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_content, "_MOST_STEPS_OF_ALL", 1000)

    def make(pdf: pikepdf.Pdf) -> None:
        for _ in range(30):
            page = pdf.add_blank_page()
            page.contents_add(b"/Artifact BMC " + b"f " * 100 + b"EMC")

    with pikepdf.open(BytesIO(good_pdf())) as pdf:
        pages = len(pdf.pages) + 30
    assert told_as_too_large(make).endswith(f"–{pages}")


def test_a_structure_tree_inside_itself_is_read_once() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        root = pdf.Root.StructTreeRoot
        root.K.K = pikepdf.Array([root.K, *root.K.K])

    assert "tree" in rules(broken_pdf(good_pdf(), PdfDefect(make, "tree")))


def test_a_structure_deeper_than_any_document_ends_the_reading() -> None:
    def make(pdf: pikepdf.Pdf) -> None:
        inner = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Div))
        for _ in range(3000):
            outer = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Div, K=inner)
            inner = pdf.make_indirect(outer)
        pdf.Root.StructTreeRoot.K.K = pikepdf.Array([*pdf.Root.StructTreeRoot.K.K, inner])

    assert "read-wholly" in rules(broken_pdf(good_pdf(), PdfDefect(make, "read-wholly")))


def test_findings_come_in_the_same_order_each_time() -> None:
    assert audit_bytes(broken("a parent tree in disorder"), "x") == audit_bytes(
        broken("a parent tree in disorder"), "x"
    )
