"""Text in PDF: lines never run over, words are never lost, and no markup of a user is ever read as markup."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import matplotlib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from charts.lettering import register_font
from charts.shaping import text_width
from data.look.fonts import font_file
from data.tables.value import Measure, Value
from reports.document.inlines import Code, Emphasis, Inlines, LineBreak, Link, Ref, Run, Strong, Text
from reports.pdf.styles import styles
from reports.pdf.tagged.box import draw_whole
from reports.pdf.text.passage import Lines, passage, words_in
from reports.pdf.text.spans import Typesetting
from tests.pdf_pages import BRAND, HOSTILE, LOREM, Tool, canvas, failures, finished, text_of, tree

STYLES = styles(BRAND)
SETTING = Typesetting("en-US", {"fig": "Figure\u00a03"})


def lines_of(text: str, width: float = 200.0) -> list[str]:
    fitted = words_in(text, STYLES.body, SETTING).fit(width)
    return ["".join(part.text for part in line.parts) for line in fitted.lines]


def pdf_of(*passages: Lines) -> bytes:
    drawn = canvas()
    y = 750.0
    for lines in passages:
        y -= draw_whole(lines, drawn, 95, y) + 8
    drawn.anchor("fig", 0, 400)
    return finished(drawn)


def set_in(inlines: Inlines, setting: Typesetting = SETTING) -> Lines:
    return passage(inlines, STYLES.body, setting).fit(438)


def test_markup_of_users_is_printed_as_they_wrote_it(tool: Tool) -> None:
    pdf = pdf_of(set_in((Text(HOSTILE),)), set_in((Strong((Text("<i>&lt;"),)), Code("<para>"))))
    text = " ".join(text_of(pdf, tool).split())
    assert HOSTILE in text
    assert "<i>&lt;<para>" in text


def test_a_word_of_ten_thousand_characters_is_broken_and_complete(tool: Tool) -> None:
    fitted = words_in("x" * 10_000, STYLES.body, SETTING).fit(438)
    assert all(line.width <= 438.001 for line in fitted.lines)
    assert "".join(part.text for line in fitted.lines for part in line.parts).replace("\u00ad", "") == "x" * 10_000


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("abcdefg ij-–/\u00a0\u00ad()€漢字、"), max_size=300),
    st.floats(20, 400),
    st.booleans(),
)
def test_no_line_is_wider_than_its_column_and_no_character_is_lost(text: str, width: float, balanced: bool) -> None:
    style = replace(STYLES.body, balanced=balanced)
    fitted = words_in(text, style, SETTING).fit(width)
    assert all(line.width <= width + 0.01 for line in fitted.lines)
    shown = "".join(part.text for line in fitted.lines for part in line.parts)
    keep = str.maketrans("", "", " \u00ad")
    assert shown.translate(keep) == text.translate(keep)


def test_no_break_spaces_hold_words_together() -> None:
    for width in range(130, 260, 7):
        assert any(
            "100\u00a0million\u00a0euros" in line for line in lines_of("It cost 100\u00a0million\u00a0euros.", width)
        )


def test_a_soft_hyphen_shows_only_where_the_line_breaks(tool: Tool) -> None:
    assert lines_of("incom\u00adpre\u00adhensible", 300) == ["incomprehensible"]
    first, *_ = lines_of("incom\u00adpre\u00adhensible", 60)
    assert first[-1] in "\u00ad-"
    narrow = passage((Text("incom\u00adpre\u00adhensible"),), STYLES.body, SETTING).fit(60)
    assert "incomprehensible" in text_of(pdf_of(narrow), tool).replace("\u00ad\n", "").replace("-\n", "")


def test_words_stay_apart_when_copied(tool: Tool) -> None:
    text = text_of(pdf_of(set_in((Text(LOREM * 3),))), tool, "-raw")
    assert " ".join(text.split()) == (LOREM * 3).strip()


def test_a_paragraph_does_not_end_in_a_leftover() -> None:
    text = "Ordinary software does what its authors wrote down, but a model gets better with experience so"
    for width in range(150, 400):
        last = words_in(text, STYLES.body, SETTING).fit(width).lines[-1]
        assert last.width > 0.1 * width


def test_headings_break_into_lines_of_about_one_length_at_a_comma() -> None:
    style = STYLES.section
    fitted = words_in("Six skills carry the job, and programming comes first", style, SETTING).fit(438)
    assert [part.text for line in fitted.lines for part in line.parts] == [
        "Six skills carry the job, ",
        "and programming comes first",
    ]


def test_ideographs_break_anywhere_but_not_before_a_full_stop() -> None:
    lines = lines_of("機械学習技術者。" * 12, 100)
    assert len(lines) > 3
    assert not any(line.startswith("。") for line in lines)


def test_values_are_shown_in_the_readers_language(tool: Tool) -> None:
    money = Run(Value(Decimal("1234.5"), Measure("money", "EUR", 2)))
    assert "1.234,50 €" in text_of(pdf_of(set_in((money,), replace(SETTING, language="de-DE"))), tool)


def test_strong_emphasis_and_code_have_faces_of_their_own() -> None:
    nested = (Text("a "), Strong((Text("b "), Emphasis((Text("c"),)))), Emphasis((Text(" d"),)))
    fonts = [span.font for span in passage(nested, STYLES.body, SETTING).spans]
    assert len(set(fonts)) == 4


def test_links_are_elements_with_a_clickable_place_on_every_line() -> None:
    long = Link("https://example.org/x", (Text("a link with very many words " * 6), Strong((Text("strong"),))))
    pdf = pdf_of(set_in((Text("See "), Ref("fig"), Text(" and "), long, Text("."), LineBreak(), Text("End."))))
    assert tree(pdf) == "Document\n  P\n    Link\n    Link"
    assert not failures(pdf)


def test_a_reference_is_shown_by_its_label(tool: Tool) -> None:
    assert "See Figure 3." in text_of(pdf_of(set_in((Text("See "), Ref("fig"), Text(".")))), tool).replace(
        "\u00a0", " "
    )


def test_fallback_fonts_serve_what_the_family_lacks(tool: Tool) -> None:
    fallback = font_file(Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSans.ttf"))
    setting = replace(SETTING, fallback=(fallback,))
    fitted = set_in((Text("A heart ♥ and a house ⌂ in one line"),), setting)
    assert register_font(fallback) in {span.font for span in fitted.passage.spans}
    pdf = pdf_of(fitted)
    assert "A heart ♥ and a house ⌂ in one line" in text_of(pdf, tool)
    assert not failures(pdf)


def test_capitals_are_read_out_as_the_author_wrote_them(tool: Tool) -> None:
    kicker = words_in("Pay in 2026", STYLES.kicker, SETTING)
    assert kicker.words == "Pay in 2026"
    assert "PAY IN 2026" in text_of(pdf_of(kicker.fit(400)), tool)


@pytest.mark.parametrize("align", ["left", "right", "center"])
def test_text_stands_where_its_style_wants_it(align: str) -> None:
    style = replace(STYLES.cell, align=align)
    fitted = words_in("Right", style, SETTING).fit(100)
    assert fitted.lines[0].width == pytest.approx(text_width("Right", fitted.passage.spans[0].font) * style.size)
