"""The tagging canvas: text is never left untagged, and what is drawn stands in the tree as it was drawn."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pikepdf
import pytest

from charts.lettering import register_font
from data.look.fonts import font_file
from reports.pdf.tagged.metadata import Metadata
from reports.pdf.tagged.tagging import UntaggedTextError
from tests.pdf_pages import BRAND, Tool, canvas, failures, finished, text_of, tree

FONT = register_font(BRAND.fonts.heading.regular)


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf))


def test_text_outside_any_element_is_refused() -> None:
    drawn = canvas()
    drawn.setFont(FONT, 10)
    with pytest.raises(UntaggedTextError, match="outside any structure element"):
        drawn.drawString(100, 700, "lost")


def test_elements_stand_in_the_order_in_which_they_were_drawn() -> None:
    drawn = canvas()
    drawn.setFont(FONT, 10)
    with drawn.tag("H1"):
        drawn.drawString(100, 700, "Title")
    with drawn.tag("L"), drawn.tag("LI"):
        with drawn.tag("Lbl"):
            drawn.drawString(100, 680, "1.")
        with drawn.tag("LBody"):
            drawn.drawString(120, 680, "One")
    assert tree(finished(drawn)) == "Document\n  H1\n  L\n    LI\n      Lbl\n      LBody"


def test_an_element_with_a_key_goes_on_over_pages() -> None:
    drawn = canvas()
    key = object()
    for word in ("begins", "goes on"):
        with drawn.tag("P", key):
            drawn.setFont(FONT, 10)
            drawn.drawString(100, 700, word)
        drawn.showPage()
    pdf = finished(drawn)
    assert tree(pdf) == "Document\n  P"
    with opened(pdf) as file:
        paragraph: Any = file.Root.StructTreeRoot.K.K
        assert paragraph.K[0] == 0
        assert paragraph.K[1].Pg.objgen == file.pages[1].obj.objgen


def test_nothing_inside_an_artifact_gets_into_the_tree() -> None:
    drawn = canvas()
    drawn.setFont(FONT, 10)
    with drawn.artifact("Header"), drawn.tag("P"), drawn.link("a link", address="https://example.org") as link:
        drawn.drawString(100, 750, "Running head")
        link.area(100, 745, 160, 760)
    with drawn.tag("P"):
        drawn.drawString(100, 700, "Text")
    pdf = finished(drawn)
    assert tree(pdf) == "Document\n  P"
    with opened(pdf) as file:
        assert b"/Subtype /Header" in file.pages[0].obj.Contents.read_bytes()
        assert "/Annots" not in file.pages[0].obj


def test_rules_that_nobody_marked_are_artifacts() -> None:
    drawn = canvas()
    drawn.line(10, 10, 100, 10)
    with drawn.tag("P"):
        drawn.setFont(FONT, 10)
        drawn.drawString(100, 700, "Text")
    with opened(finished(drawn)) as file:
        content = file.pages[0].obj.Contents.read_bytes()
    before, _, after = content.partition(b"/P <</MCID 0>> BDC")
    assert before.index(b"/Artifact BMC") < before.index(b" l ") < before.index(b"EMC")
    assert after.count(b"BDC") == after.count(b"BMC") == 0


def test_a_figure_has_its_words_and_its_place_on_the_page() -> None:
    drawn = canvas()
    drawn.translate(50, 50)
    with drawn.figure("Three bars", 10, 20, 100, 60):
        drawn.rect(10, 20, 100, 60, fill=1)
    with opened(finished(drawn)) as file:
        figure: Any = file.Root.StructTreeRoot.K.K
        assert str(figure.Alt) == "Three bars"
        assert [float(n) for n in figure.A.BBox] == [60, 70, 160, 130]


def test_links_know_their_words_their_element_and_where_they_lead() -> None:
    drawn = canvas()
    drawn.setFont(FONT, 10)
    with drawn.tag("P"):
        with drawn.link("Site of the center", address="https://example.org/a?b=(c)") as link:
            drawn.drawString(100, 700, "site")
            link.area(100, 695, 120, 710)
        with drawn.link("Pay, page 2", target="pay") as link:
            drawn.drawString(140, 700, "pay")
            link.area(140, 695, 160, 710)
    drawn.showPage()
    drawn.anchor("pay", 0, 500)
    drawn.line(0, 500, 100, 500)
    pdf = finished(drawn)
    with opened(pdf) as file:
        outside, inside = file.pages[0].obj.Annots
        assert str(outside.A.URI) == "https://example.org/a?b=(c)"
        assert str(outside.Contents) == "Site of the center"
        assert [int(link.F) for link in (outside, inside)] == [4, 4]  # printed
        assert inside.Dest[0].objgen == file.pages[1].obj.objgen
        numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip(map(int, numbers[::2]), numbers[1::2]))
        assert str(parents[int(inside.StructParent)].S) == "/Link"
    assert not failures(pdf)


def test_a_link_to_nowhere_is_a_mistake() -> None:
    drawn = canvas()
    with drawn.tag("P"), drawn.link("nowhere", target="nowhere") as link:
        link.area(0, 0, 10, 10)
    with pytest.raises(KeyError, match="nowhere"):
        finished(drawn)


def test_the_document_says_its_title_language_and_date() -> None:
    drawn = canvas()
    with drawn.tag("P"):
        drawn.setFont(FONT, 10)
        drawn.drawString(100, 700, "Text")
    with opened(drawn.finish(Metadata("R&D <2026>", "de-DE", "Uni", created=1_700_000_000))) as file:
        assert str(file.docinfo["/Title"]) == "R&D <2026>"
        assert str(file.docinfo["/CreationDate"]) == "D:20231114221320Z"
        assert str(file.Root.Lang) == "de-DE"
        packet = file.Root.Metadata.read_bytes().decode()
        assert "R&amp;D &lt;2026&gt;" in packet
        assert "<pdfuaid:part>1</pdfuaid:part>" in packet


def test_characters_beyond_the_basic_plane_can_be_copied(tool: Tool) -> None:
    from pathlib import Path

    import matplotlib

    file = font_file(Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf"))
    drawn = canvas()
    with drawn.tag("P"):
        drawn.setFont(register_font(file), 10)
        drawn.drawString(100, 700, "mathematical 𝔸 and 😀")
    pdf = finished(drawn)
    assert "mathematical 𝔸 and 😀" in text_of(pdf, tool)
    assert not failures(pdf)


def test_no_font_maps_a_code_to_nothing() -> None:
    drawn = canvas()
    with drawn.tag("P"):
        drawn.setFont(FONT, 10)
        drawn.drawString(100, 700, "Größe – “ß”")
    with opened(finished(drawn)) as file:
        for font in file.pages[0].obj.Resources.Font.values():
            assert "/FontFile2" in font.FontDescriptor
            assert b"<0000>" not in font.ToUnicode.read_bytes()
