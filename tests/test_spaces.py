"""Spaces and hyphens that word processors bring are set as what they are, in faces without glyphs for them too."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from charts.drawn.outlines import outline
from charts.lettering import glyphs, register_font, text_width
from charts.shaping import text_width as pdf_width
from data.look.fonts import FontFile, coverage, font_file, missing_characters, shipped_family
from data.look.stand_ins import HYPHENS, JOINERS, SPACES, STAND_INS
from reports.deck.words.metrics import text_width as deck_width
from reports.document.blocks import Paragraph
from reports.document.inlines import Code, Emphasis, Strong, Text
from reports.runs.build import build
from reports.runs.read import Options
from tests.pdf_pages import Ids, Tool, failures, text_of, tiny_page

SERIF, SANS = shipped_family("Source Serif Pro"), shipped_family("Source Sans Pro")
EVERY = "".join(f"a{chr(code)}b " for code in sorted(STAND_INS - {0xAD}))


def said_by(pdf: bytes) -> set[str]:
    """Every character that some font of a file gives to those who copy its text."""
    found: set[str] = set()
    with pikepdf.open(BytesIO(pdf)) as file:
        for font in file.pages[0].Resources.Font.values():
            found |= {chr(int(code, 16)) for code in re.findall(rb"> <([0-9a-fA-F]{4})>", font.ToUnicode.read_bytes())}
    return found


@pytest.mark.parametrize("file", [*SERIF.files, *SANS.files], ids=lambda file: file.path.stem)
def test_every_space_and_hyphen_can_be_set_in_every_face(file: FontFile) -> None:
    assert missing_characters(EVERY, (file,)) == []
    em = 100.0
    for code in (0x2002, 0x2003, 0x2009, 0x200A):
        assert text_width(chr(code), (file,), em) == pytest.approx(SPACES[code] * em, abs=0.1)
    hair, thin, normal = (text_width(c, (file,), em) for c in "\u200a\u2009 ")
    assert 0 < hair < thin < text_width("\u2003", (file,), em)
    assert thin <= normal
    assert text_width("\u2007", (file,), em) == pytest.approx(text_width("0", (file,), em), abs=2)
    assert text_width("\u2011", (file,), em) == text_width("-", (file,), em)
    assert all(text_width(chr(code), (file,), em) == 0 for code in JOINERS)


def test_they_are_characters_of_their_own_when_text_is_copied_and_no_checker_objects(tool: Tool) -> None:
    text = (Text(EVERY), Strong((Text(EVERY),)), Emphasis((Text(EVERY),)), Code(EVERY))
    pdf = tiny_page(Paragraph(**Ids()(), content=text))
    assert failures(pdf) == []
    # reportlab writes no-break spaces as spaces; a place to break has no glyph of its own
    assert said_by(pdf) >= {chr(code) for code in STAND_INS - {0xAD, 0x200B, 0xFEFF}}
    read = text_of(pdf, tool)
    assert "a\u2011b" in read
    assert re.search(r"a[ \u2009]b", read)


def test_a_face_without_a_hyphen_of_its_own_draws_the_one_it_has_on_charts() -> None:
    for code in HYPHENS[1:]:
        ((file, number, _),) = glyphs(chr(code), (SANS.italic,))
        assert len(outline(file, number)) > 3
    assert all(outline(file, number) == () for file, number, _ in glyphs("\u2009\u200b\u00a0", (SANS.italic,)))


def test_slides_are_measured_with_the_width_of_each_space() -> None:
    widths = [deck_width(f"a{c}b", "Calibri", False, 20) for c in ("", "\u200a", "\u2009", "\u2003")]
    assert widths == sorted(set(widths))
    assert deck_width("a\u2011b", "Calibri", False, 20) == deck_width("a-b", "Calibri", False, 20)


def test_a_thin_space_and_a_non_breaking_hyphen_do_not_break(tool: Tool) -> None:
    text = " ".join(["12\u2009000 first\u2011year"] * 40)
    read = text_of(tiny_page(Paragraph(**Ids()(), content=(Text(text),)), width=150), tool)
    assert not re.search(r"(12|first\u2011)$", read, re.MULTILINE)


def test_a_font_that_lacks_even_the_space_is_no_help(tmp_path: Path) -> None:
    from fontTools.subset import main

    few = tmp_path / "few.ttf"
    main([str(SANS.regular.path), "--unicodes=41-5A", f"--output-file={few}"])
    assert not coverage(font_file(few)) & STAND_INS


@pytest.mark.parametrize("character", ["\u2009", "\u200a", "\u2011", "\u202f", "\u2007"])
def test_a_project_with_them_is_built(character: str, small_project: Path, tmp_path: Path) -> None:
    for name in ("report", "handout", "deck"):
        story = small_project / f"story/{name}.md"
        story.write_text(
            story.read_text("utf-8").replace("arn", f"arn 12{character}000 ").replace("What", f"12{character}000"),
            "utf-8",
        )
        assert character in story.read_text("utf-8")
    build(small_project, tmp_path / "out", Options(), overwrite=False)
    assert character in said_by((tmp_path / "out/report.pdf").read_bytes())


def test_the_width_of_a_stand_in_is_the_one_that_is_drawn() -> None:
    name = register_font(SERIF.regular)
    assert pdf_width("\u2003", name) == pytest.approx(1.0)
