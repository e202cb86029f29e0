"""Whatever a brand's colours are, no text of a document is too faint to be read, and bars keep the brand's colour."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pptx.oxml.ns import qn

from charts.drawn.drawing import draw
from data.look.brand import Brand, Colours, load_brand
from data.look.colour import TEXT, contrast
from data.look.readable import readable
from reports.deck.writer import write_deck
from reports.runs.build import build
from reports.runs.check import check
from reports.runs.read import Options
from tests.charting import chart_of
from tests.decks import BRAND, audit, everything, opened

BRANDS: dict[str, dict[str, str]] = {
    "gold": {"accent": "#FFC72C"},
    "light blue": {"accent": "#7FC4EA"},
    "middling blue": {"accent": "#0095D9"},
    "yellow": {"accent": "#FFF200"},
    "grey": {"accent": "#A0A0A0", "ink": "#808080", "muted": "#B0B0B0"},
    "nearly white": {"accent": "#FDFDFD"},
    "nearly black": {"accent": "#050505"},
    "dark": {"paper": "#121212", "tint": "#1E1E1E", "ink": "#F0F0F0", "muted": "#9A9A9A", "accent": "#3B82F6"},
    "dark tint": {"tint": "#16202E"},
    "grey paper": {"paper": "#777777"},
}
channel = st.integers(0, 255)
colour = st.builds(lambda r, g, b: f"#{r:02X}{g:02X}{b:02X}", channel, channel, channel)


def shown(said: dict[str, str]) -> Colours:
    return readable(Brand(colours=Colours(**said))).colours


def passes(colours: Colours) -> None:
    for text in (colours.ink, colours.muted, colours.accent_text):
        for ground in (colours.paper, colours.tint):
            assert contrast(text, ground) >= TEXT, (text, ground)
    assert contrast(colours.on_accent, colours.accent) >= TEXT


@pytest.mark.parametrize("name", BRANDS)
def test_every_brand_has_text_that_can_be_read(name: str) -> None:
    colours = shown(BRANDS[name])
    passes(colours)
    assert colours.accent == BRANDS[name].get("accent", Colours().accent)
    assert readable(Brand(colours=colours)).colours == colours


@settings(max_examples=60, deadline=None)
@given(accent=colour, ink=colour, muted=colour, tint=colour, paper=colour)
def test_any_colours_at_all_give_text_that_can_be_read(**said: str) -> None:
    passes(shown(said))


def test_a_brand_that_can_be_read_is_left_alone() -> None:
    assert readable(BRAND) is BRAND
    assert Colours().accent_text == Colours().accent
    assert Colours().on_accent == Colours().paper


def test_bars_keep_the_colour_and_their_labels_do_not() -> None:
    brand = readable(Brand(colours=Colours(accent="#FFC72C")))
    drawing = draw(chart_of("bar", ("A", "B"), (1, 2), highlight=["A"]), brand, language="en-US", width=400)
    assert drawing.plot.style.accent == "#FFC72C"
    assert {label.colour for label in drawing.plot.labels} >= {brand.colours.accent_text}
    assert "#FFC72C" not in {label.colour for label in drawing.plot.labels}


def text_colours(path: Path) -> set[str]:
    """The colours in which a PDF shows text."""
    found: set[str] = set()
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            fill, kept = "#000000", []
            for operands, operator in pikepdf.parse_content_stream(page):
                match str(operator):
                    case "q":
                        kept.append(fill)
                    case "Q":
                        fill = kept.pop()
                    case "rg":
                        fill = "#" + "".join(f"{round(255 * float(part)):02X}" for part in operands)
                    case "g":
                        fill = "#" + 3 * f"{round(255 * float(operands[0])):02X}"
                    case "Tj" | "TJ":
                        found.add(fill)
    return found


def branded(root: Path, said: dict[str, str]) -> Path:
    lines = "\n".join(f'{name} = "{value}"' for name, value in said.items())
    (root / "brand.toml").write_text(f"[colours]\n{lines}\n", "utf-8")
    return root


@pytest.mark.parametrize("name", ["gold", "grey", "dark"])
def test_report_and_handout_show_no_faint_text(name: str, small_project: Path, tmp_path: Path) -> None:
    build(branded(small_project, BRANDS[name]), tmp_path / "out", Options(), overwrite=False)
    colours = readable(load_brand(small_project)).colours
    for document_name in ("report", "handout"):
        found = text_colours(tmp_path / f"out/{document_name}.pdf")
        assert colours.accent_text in found
        for text in found:
            grounds = (colours.paper, colours.tint)
            on_marks = (colours.accent, colours.mark) if text in (colours.paper, colours.ink) else ()
            assert any(contrast(text, ground) >= TEXT for ground in (*grounds, *on_marks)), text
            assert on_marks or all(contrast(text, ground) >= TEXT for ground in grounds), text


@pytest.mark.parametrize("name", ["gold", "nearly white", "dark", "grey"])
def test_the_audit_finds_no_faint_text_on_slides(name: str, tmp_path: Path) -> None:
    brand = replace(BRAND, colours=Colours(**BRANDS[name]))
    assert [one for one in audit(write_deck(everything(), brand), tmp_path) if "contrast" in one] == []


def test_dark_paper_is_printed_and_white_is_not(small_project: Path, tmp_path: Path) -> None:
    for said, there in ((BRANDS["dark"], True), ({}, False)):
        build(branded(small_project, said), tmp_path / "out", Options(), overwrite=True)
        with pikepdf.open(tmp_path / "out/report.pdf") as pdf:
            for page in pdf.pages:
                ground = f"0 0 {page.mediabox[2]} {page.mediabox[3]} re".encode()
                assert (ground in page.Contents.read_bytes()) == there


def test_what_was_changed_is_told_once_and_what_is_mended_wholly_stops_nothing(small_project: Path) -> None:
    (problem,) = [p for p in check(branded(small_project, BRANDS["middling blue"])) if p.message.startswith("accent")]
    assert problem.severity == "note"
    assert problem.message.endswith(f"is set in {Colours(accent='#0095D9').accent_text}; bars and rules keep it.")
    (problem,) = [p for p in check(branded(small_project, BRANDS["gold"])) if p.message.startswith("accent")]
    assert problem.severity == "warning"
    assert problem.message.endswith("bars and rules keep it, and those of charts need 3:1.")


def test_the_numbers_of_lists_on_slides_are_text() -> None:
    brand = replace(BRAND, colours=Colours(accent="#FFC72C"))
    master = opened(write_deck(everything(), brand)).slide_masters[0]._element
    found = {colour.get("val") for mark in master.iter(qn("a:buClr")) for colour in mark}
    assert found == {brand.colours.accent_text[1:]}
