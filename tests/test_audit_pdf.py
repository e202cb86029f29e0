"""The audit of PDFs: each defect that is put in on purpose is found, and nothing is found in what is sound."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pytest

from charts.lettering import register_font
from reports.audit.audit import audit_bytes
from reports.audit.pdf import content as page_content
from reports.audit.pdf import objects
from reports.audit.pdf.rules import RULES
from tests.audited import by_verapdf, found, good_pdf, rules
from tests.defects import PDF_DEFECTS, PdfDefect, broken_pdf, drawn, elements, kids
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
    assert PDF_DEFECTS[name].rule in rules(broken(name))


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
        import zlib

        packer = zlib.compressobj(9)
        bomb = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(200)) + packer.flush()
        stream = pikepdf.Stream(pdf, b"")
        stream.write(zlib.compress(bomb), filter=pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]))
        pdf.pages[0].obj.Contents = stream
        out = BytesIO()
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert "read-wholly" in rules(out.getvalue())
    assert len(bomb) * 100 < objects.LARGEST_STREAM


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
