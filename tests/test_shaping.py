"""Text is kerned and has its ligatures, is as wide as it was measured, and is read as it was written."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from msgspec.structs import replace
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from charts.drawn.canvas import CanvasRenderer
from charts.drawn.outlines import outline
from charts.drawn.png import PngRenderer
from charts.faces import Face, face_of
from charts.lettering import glyphs, register_font, text_width, wrap
from charts.plot import Label
from charts.shaping import Shaped, joined, kerning, shaped
from data.look.fonts import FontFamily, FontFile, font_file, missing_characters, shipped_family
from reports.document.blocks import Paragraph
from reports.document.inlines import Emphasis, Strong, Text
from reports.pdf.styles import ParagraphStyle, styles
from reports.pdf.tagged.box import draw_whole
from reports.pdf.text.passage import Lines, words_in
from reports.pdf.text.spans import Typesetting
from tests.conftest import ROOT
from tests.pdf_pages import BRAND, LOREM, Ids, Tool, canvas, failures, finished, text_of, tiny_page
from tests.shown_text import shown_text

SERIF, SANS = shipped_family("Source Serif Pro"), shipped_family("Source Sans Pro")
STYLES = styles(BRAND)
SETTING = Typesetting("en-US")
GERMAN = "Auflage, Tafelobst, Schifffahrt, Fünf Öfen; „Weiße“ Vögel – Täglich 12,5 % von 1.234 €: Wo? Vor Ort (Köln)."
JOINED = "The first official offers affect affluent, baffled staff: five fluffy waffles, fjord and effort."


def font(file: FontFile) -> str:
    return register_font(file)


def alone(text: str, name: str) -> float:
    """Width of a text whose characters know nothing of each other."""
    return sum(shaped(character, name).width for character in text)


def page_of(*passages: Lines) -> bytes:
    drawn = canvas()
    y = 760.0
    for lines in passages:
        y -= draw_whole(lines, drawn, 60, y) + 6
    return finished(drawn)


@pytest.mark.parametrize("file", [*SERIF.files, *SANS.files], ids=lambda file: file.path.stem)
def test_pairs_that_gape_are_moved_together(file: FontFile) -> None:
    for pair in ("To", "Te", "Ta", "W.", "P."):
        found = shaped(pair, font(file))
        assert found.codes == pair
        assert found.width < alone(pair, font(file)) - 0.02, pair
    assert shaped("HH", font(file)) == Shaped("HH", (), alone("HH", font(file)))


@pytest.mark.parametrize("text", ["1174", "$1,117.40", "−7.1%", "(7)", "11/7", "1.7–4.1", "£7,000", "Q4", "7T"])
def test_figures_stand_in_their_columns(text: str) -> None:
    for file in (*SERIF.files, *SANS.files):
        assert shaped(text, font(file)) == Shaped(text, (), pytest.approx(alone(text, font(file))))


def test_letters_join_where_the_font_has_a_form_for_that_and_nothing_else_changes() -> None:
    serif = font(SERIF.regular)
    found = shaped("first office", serif)
    assert len(found.codes) == len("first office") - 3
    face = face_of(SERIF.regular)
    names = TTFont(SERIF.regular.path).getGlyphOrder()
    assert [names[face.glyphs[ord(code)]] for code in found.codes if code not in "first office"] == ["f_i", "f_f_i"]
    assert shaped("first office", serif, ligatures=False).codes == "first office"
    assert shaped("abc ct st 1/2 -> !=", serif).codes == "abc ct st 1/2 -> !="


def test_letter_spaced_text_keeps_its_letters_apart() -> None:
    for tracking, fewer in ((0.0, 3), (0.7, 0)):
        style = replace(STYLES.body, tracking=tracking)
        lines = words_in("first office", style, SETTING).fit(400)
        (shown,) = shown_text(page_of(lines))
        assert shown.glyphs == len("first office") - fewer
        assert shown.width == pytest.approx(lines.lines[0].width, abs=0.01)


def test_no_letters_join_over_a_place_where_the_word_may_be_divided_or_that_keeps_them_apart() -> None:
    for text, fewer in (("Auflage", 1), ("Auf\u00adlage", 0), ("Auf\u200blage", 0), ("Auf\u200clage", 0)):
        lines = words_in(text, STYLES.body, SETTING).fit(400)
        (shown,) = shown_text(page_of(lines))
        letters = text.replace("\u00ad", "").replace("\u200b", "")
        assert (shown.text, shown.glyphs) == (letters, len(letters) - fewer)
        assert shown.width == pytest.approx(lines.lines[0].width, abs=0.01)


def test_no_letters_join_from_one_font_to_another() -> None:
    pdf = tiny_page(Paragraph(**Ids()(), content=(Text("of"), Strong((Text("fi"),)), Emphasis((Text("ce"),)))))
    assert [(shown.text, shown.glyphs) for shown in shown_text(pdf)][-3:] == [("of", 2), ("fi", 1), ("ce", 2)]


def test_words_that_may_be_parted_are_kerned_where_they_are_not() -> None:
    serif = font(SERIF.regular)
    assert kerning("Full-", "Time", serif) < 0
    assert kerning("12-", "7", serif) == kerning("", "T", serif) == kerning("T", " ", serif) == 0
    assert joined(("Full-", "Time"), serif) == shaped("Full-Time", serif)
    lines = words_in("Full-Time", STYLES.body, SETTING).fit(400)
    (shown,) = shown_text(page_of(lines))
    assert shown.width == pytest.approx(shaped("Full-Time", serif).width * STYLES.body.size, abs=0.01)


@pytest.mark.parametrize("width", [438.0, 140.0, 60.0, 33.0])
@pytest.mark.parametrize("language", ["en-US", "de-DE"])
@pytest.mark.parametrize("look", ["body", "section", "kicker", "cell"])
def test_each_line_is_drawn_as_wide_as_it_was_measured(look: str, language: str, width: float) -> None:
    style: ParagraphStyle = getattr(STYLES, look)
    lines = words_in(f"{GERMAN} {JOINED} {LOREM}", style, Typesetting(language)).fit(width)
    drawn = canvas()
    for first in range(0, len(lines.lines), 20):
        lines.draw(drawn, 60, 760, first, first + 20)
        drawn.showPage()
    pdf = finished(drawn)
    shown = [text for number in range((len(lines.lines) + 19) // 20) for text in shown_text(pdf, number)]
    assert len(shown) == len(lines.lines)
    for found, line in zip(shown, lines.lines, strict=True):
        end = len(found.text) - len(found.text.rstrip(" "))
        spaces = end * (shaped(" ", font(style.family.file(style.face))).width * style.size + style.tracking)
        assert found.width - spaces == pytest.approx(line.width, abs=0.02)
        assert line.width <= width + 0.01


def test_what_is_drawn_is_read_as_it_was_written(tool: Tool) -> None:
    texts = (JOINED, GERMAN, "AVATAR Toyota WAVE. VAT, P.S. – “Yes,” ‘To’ «Va» naïve Kiev Łódź Ťažký e\u0301te\u0301")
    for look in (STYLES.body, STYLES.section, STYLES.kicker, STYLES.cell_head, STYLES.cover_title):
        lines = [words_in(text, replace(look, capitals=False), SETTING).fit(490) for text in texts]
        pdf = page_of(*lines)
        assert "".join(shown.text for shown in shown_text(pdf)).replace("\u00ad", "") == "".join(texts)
        read = " ".join(text_of(pdf, tool, "-raw").replace("\u00ad\n", "").split())
        assert read.replace("é", "e\u0301") == " ".join(texts)


def test_a_page_with_ligatures_is_accessible() -> None:
    assert failures(tiny_page(Paragraph(**Ids()(), content=(Text(f"{JOINED} {GERMAN}"),)))) == []


def test_the_bytes_do_not_tell_what_was_set_before() -> None:
    program = (
        "import sys; from tests.test_shaping import *\n"
        "if len(sys.argv) > 1: page_of(words_in('fluff', STYLES.body, SETTING).fit(400))\n"
        "print(hashlib.sha256(page_of(words_in('first fluff', STYLES.body, SETTING).fit(400))).hexdigest())"
    )
    runs = [[sys.executable, "-c", program], [sys.executable, "-c", program, "more"]]
    said = {subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout for run in runs}
    assert len(said) == 1
    assert len(said.pop()) == len(hashlib.sha256().hexdigest()) + 1


# -- fonts of all kinds ------------------------------------------------------


EVERY = (
    "AVATAR To Te W. first office fluffy fjord Thick 117,714.00 (f) “T” ‘f’ — Full-Time f\u2011i a\u2009b "
    "ÀÉÎÕÜß ŁŤĽďť e\u0301 q\u0303 x\u0302\u0323 ſt ΑΥΤΟ Ταύ ὄνομα ΓΑ ТАРАС Гагарин їй\u0306 "
    "שלום سلام लिपि ไทย 工程师 한국 ﬁ ½ x² €5 №7 ™ 😀"
)


def fonts_at_hand() -> list[Path]:
    """Those of our packages and of matplotlib; FAIRSHEET_FULL=1 goes over the machine's, too."""
    folders = [SERIF.regular.path.parent, SANS.regular.path.parent, Path(matplotlib.get_data_path(), "fonts/ttf")]
    if os.environ.get("FAIRSHEET_FULL") == "1":
        folders.append(Path("/usr/share/fonts"))
    return sorted({file for folder in folders for file in folder.rglob("*.ttf")})


def read_back(text: str, file: FontFile) -> str:
    """A text that was drawn and measured in a font, as its page is read."""
    family = FontFamily(file.path.stem, file, file, file, file, file)
    style = replace(STYLES.body, family=family, size=9)
    lines = words_in(text, style, SETTING).fit(450)
    drawn = canvas()
    draw_whole(lines, drawn, 60, 700)
    shown = shown_text(finished(drawn))
    assert len(shown) == len(lines.lines)
    for found, line in zip(shown, lines.lines, strict=True):
        if not found.text.endswith((" ", "\u00ad")):
            assert found.width == pytest.approx(line.width, abs=0.02), file.path.name
    return "".join(found.text for found in shown).replace("\u00ad", "")


@pytest.mark.parametrize("path", fonts_at_hand(), ids=lambda path: path.stem)
def test_no_font_loses_or_reorders_a_character(path: Path) -> None:
    file = font_file(path)
    known = face_of(file).glyphs  # reportlab reads fewer tables of characters
    lacking = {*missing_characters(EVERY, (file,)), *(c for c in EVERY if ord(c) not in known)}
    text = " ".join("".join(c for c in EVERY if c not in lacking).split(" "))
    if not text.strip():
        pytest.skip("this font has none of the characters")
    spaces = str.maketrans("", "", " \u00a0")
    assert read_back(text, file).translate(spaces) == text.translate(spaces)


def changed(folder: Path, change: Callable[[Any], None]) -> FontFile:
    """Source Sans, with other tables."""
    made: Any = TTFont(SANS.regular.path)
    change(made)
    path = folder / "changed.ttf"
    made.save(path)
    return font_file(path)


def without(made: Any) -> None:
    del made["GPOS"], made["GSUB"]


def with_old_kerning(made: Any) -> None:
    without(made)
    made["kern"] = newTable("kern")
    table: Any = KernTable_format_0()
    table.version, table.coverage, table.tupleIndex, table.apple = 0, 1, None, False
    table.kernTable = {("A", "V"): -200, ("V", "A"): -101, ("one", "one"): -100}
    made["kern"].version, made["kern"].kernTables = 0, [table]


def test_a_font_without_kerning_is_set_as_its_glyphs_are(tmp_path: Path) -> None:
    file = changed(tmp_path, without)
    assert shaped(JOINED, font(file)) == Shaped(JOINED, (), pytest.approx(alone(JOINED, font(file))))
    assert read_back(EVERY[:90], file)


def test_two_fonts_that_call_themselves_alike_stay_two(tmp_path: Path) -> None:
    file = changed(tmp_path, without)
    lines: list[Lines] = []
    for one in (SANS.regular, file):
        family = FontFamily("Any", one, one, one, one, one)
        lines.append(words_in("Toyota office", replace(STYLES.body, family=family), SETTING).fit(400))
    first, second = shown_text(page_of(*lines))
    assert first.text == second.text == "Toyota office"
    assert (first.kerned, second.kerned) == (True, False)
    assert (first.glyphs, second.glyphs) == (12, 13)


def test_a_monospaced_face_says_in_its_program_how_wide_its_glyphs_are() -> None:
    """As PDF/UA-1, 7.21.5 asks."""
    path = Path(matplotlib.get_data_path(), "fonts/ttf/DejaVuSansMono.ttf")
    face = Face(font_file(path))
    made: Any = TTFont(path)
    order = made.getGlyphOrder()
    assert [face.advance(glyph) for glyph in range(len(order))] == [made["hmtx"][name][0] for name in order]


def test_an_old_table_of_kerning_is_heeded(tmp_path: Path) -> None:
    file = changed(tmp_path, with_old_kerning)
    found = shaped("AVA", font(file))
    assert found.width == pytest.approx(alone("AVA", font(file)) - 0.301)
    places = [x for _, _, x in glyphs("AVA", (file,))]
    assert places[1] == pytest.approx(shaped("A", font(file)).width - 0.2)
    assert places[2] == pytest.approx(shaped("AV", font(file)).width - 0.101)
    assert shaped("11", font(file)).kerns == ()
    assert read_back("AVA AVAVA", file) == "AVA AVAVA"


def test_a_face_has_codes_for_so_many_glyphs_and_then_sets_letters() -> None:
    face = Face(SERIF.regular)
    codes = [face.code(1, f"letters {number}") for number in range(2_100)]
    assert len({code for code in codes if code is not None}) == 2_048
    assert codes[2_048:] == [None] * 52
    assert all(0xD800 <= code <= 0xDFFF for code in codes[:2_048] if code is not None)


# -- charts ------------------------------------------------------------------


FONTS = (SERIF.regular, SANS.regular)
WORDS = ("Toyota AVATAR Te", "Traffic officer: 11,714", "Auflage – first", "W. Va., Tr\u00adauf", "f")


@pytest.mark.parametrize("text", WORDS)
def test_a_label_is_as_wide_on_paper_as_the_layout_reckons(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    made = Canvas(out, initialFontName=font(SANS.regular))
    label = Label(text, 0, 0, FONTS, 12, "#000000")
    CanvasRenderer(made).draw_label(label, 72, 72)
    made.save()
    (shown,) = shown_text(out.getvalue())
    assert shown.text == text
    assert shown.width == pytest.approx(text_width(text, FONTS, 12), abs=0.01)


@pytest.mark.parametrize("text", WORDS)
def test_a_label_is_as_wide_in_pictures_as_the_layout_reckons(text: str) -> None:
    """By a bar behind it, which is not kerned."""
    *_, (file, number, x) = glyphs(f"{text}\u00a0H", FONTS)
    assert outline(file, number)
    assert x == pytest.approx(text_width(f"{text}\u00a0", FONTS, 1), abs=1e-9)
    places = {number: x for _, number, x in glyphs(f"{text}\u00a0H", FONTS)}
    size, scale = 12.0, 8.0
    image = Image.new("RGB", (2400, 200), "#FFFFFF")
    PngRenderer(image, scale).draw_label(Label(f"{text}\u00a0H", 0, 0, FONTS, size, "#000000"), 2, 10)
    columns = [image.crop((at, 0, at + 1, 200)).convert("L").getextrema()[0] for at in range(image.width)]
    last = max(at for at, darkest in enumerate(columns) if darkest < 128)
    reach = max(x for segment in outline(file, number) for x, _ in segment.points)
    assert last == pytest.approx((2 + (places[number] + reach) * size) * scale, abs=2)


def test_a_ligature_is_drawn_in_pictures() -> None:
    (file, number, _), *rest = glyphs("fi", FONTS)
    assert rest == []
    assert len(outline(file, number)) > len(outline(*glyphs("f", FONTS)[0][:2]))
    image = Image.new("RGB", (400, 200), "#FFFFFF")
    PngRenderer(image, 8).draw_label(Label("fi", 0, 0, FONTS, 20, "#000000"), 2, 5)
    box = image.convert("L").point([255 * (level < 128) for level in range(256)]).getbbox()
    assert box is not None
    points = [point for segment in outline(file, number) for point in segment.points]
    left, right = (extreme(x for x, _ in points) * 160 + 16 for extreme in (min, max))
    assert (box[0], box[2]) == (pytest.approx(left, abs=2), pytest.approx(right, abs=2))


def test_no_line_of_a_label_is_wider_than_its_room() -> None:
    for room in (30.0, 45.0, 60.0, 90.0):
        for text in (JOINED, GERMAN, "W-Toyota-AVA-To-Te-f/f/f", "Donaudampfschifffahrtsgesellschaftskapitän"):
            lines = wrap(text, FONTS, 9, room)
            assert all(text_width(line, FONTS, 9) <= room + 1e-6 for line in lines)
            bare = str.maketrans("", "", " \u00ad")
            assert "".join(lines).translate(bare) == text.translate(bare)
