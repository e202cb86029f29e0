"""No word is cut without a hyphen, none is divided without need, and those who copy or hear a text get whole words."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from io import BytesIO

import pikepdf
import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from reports.document.blocks import Document, Heading, Paragraph, TableBlock
from reports.document.inlines import Code, Foreign, Inlines, Text
from reports.hyphens import LEAST, hyphenation, is_word
from reports.pdf.styles import LEAST_CELL, smaller, styles
from reports.pdf.text.passage import Lines, passage
from reports.pdf.text.spans import Typesetting
from tests.conftest import ROOT
from tests.pdf_pages import BRAND, Ids, Tool, document, failures, text_of, tree, words
from tests.writing import write_handout, write_report

GERMAN = Typesetting("de-DE")
CELL, BODY = styles(BRAND).cell, styles(BRAND).body
AUDITORS, INSURERS = "Wirtschaftsprüfungsgesellschaft", "Rechtsschutzversicherungsgesellschaft"
SOFT = "\u00ad"


def lines_of(fitted: Lines) -> list[str]:
    return ["".join(part.text for part in line.parts).strip() for line in fitted.lines]


def set_in(text: str | Inlines, width: float, setting: Typesetting = GERMAN, style: object = CELL) -> list[str]:
    inlines = words(text) if isinstance(text, str) else text
    return lines_of(passage(inlines, style, setting).fit(width))


def divided(word: str, language: str) -> str:
    parts, start = [], 0
    for at in (*hyphenation(word, language), len(word)):
        parts.append(word[start:at])
        start = at
    return "-".join(parts)


# -- where a word may be divided ---------------------------------------------------


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        (AUDITORS, "de-DE", "Wirt-schafts-prü-fungs-ge-sell-schaft"),
        ("(Unternehmensberatung),", "de-AT", "(Unter-neh-mens-be-ra-tung),"),
        ("unemployment", "en-US", "unem-ploy-ment"),
        ("anticonstitutionnellement", "fr-FR", "anti-cons-ti-tu-tion-nel-le-ment"),
        ("establecimiento", "es-ES", "esta-ble-ci-miento"),
    ],
)
def test_words_are_divided_as_their_language_does(word: str, language: str, parts: str) -> None:
    assert divided(word, language) == parts


@pytest.mark.parametrize("word", [AUDITORS, "communication", "unemployment", "Unternehmen", "area", "study"])
def test_three_letters_at_least_stand_on_either_side(word: str) -> None:
    for language in ("de-DE", "en-US", "en-GB", "fr-FR", "es-ES"):
        assert all(LEAST <= at <= len(word) - LEAST for at in hyphenation(word, language))


@pytest.mark.parametrize(
    "text",
    [
        "https://test.example/career",
        "report_2025.csv",
        "B2B-Marketing",
        "12345678",
        "GitHub",
        "UNESCO",
        "a@b.example",
        "",
    ],
)
def test_codes_addresses_numbers_and_names_of_their_own_spelling_are_not_divided(text: str) -> None:
    assert hyphenation(text, "en-US") == ()


def test_a_language_without_patterns_divides_nothing() -> None:
    assert hyphenation("establishment", "xx") == hyphenation("establishment", "") == ()


def test_dictionaries_are_not_read_where_no_word_needs_them() -> None:
    code = (
        "from pathlib import Path; from reports.hyphens import _dictionary; from reports.runs.check import check;"
        "check(Path('data/machine-learning-engineer')); print(_dictionary.cache_info().currsize)"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "0"


# -- in lines ----------------------------------------------------------------------


def test_a_word_wider_than_its_line_is_divided_with_hyphens() -> None:
    found = set_in(f"Die {AUDITORS} prüft.", 50.0)
    assert "".join(found).replace(SOFT, "") == f"Die{AUDITORS}prüft."
    assert all(line.endswith(SOFT) for line in found if line.rstrip(SOFT) in AUDITORS and not AUDITORS.endswith(line))
    assert sum(line.endswith(SOFT) for line in found) >= 2


def test_a_word_that_fits_its_line_stays_whole_in_tables_and_titles() -> None:
    for style in (CELL, styles(BRAND).section):
        found = passage(words(f"Eine {AUDITORS}"), style, GERMAN)
        assert not any(SOFT in line for line in lines_of(found.fit(found.widest + 1)))


def test_reading_text_divides_a_long_word_only_where_its_line_would_end_far_too_early() -> None:
    text = f"Mehr als {INSURERS}en und {AUDITORS}en"
    ragged = passage(words(text), BODY, GERMAN)
    early = set_in(text, 200.0, style=BODY)
    assert any(line.endswith(SOFT) for line in early)
    assert set_in("Mehr als nur ein kleiner Betrieb der Stadt", 120.0, style=BODY) == lines_of(
        passage(words("Mehr als nur ein kleiner Betrieb der Stadt"), replace(BODY, divides=False), GERMAN).fit(120.0)
    )
    assert all(line.width <= 200.001 for line in ragged.fit(200.0).lines)


def test_a_word_in_another_language_is_divided_by_that_one() -> None:
    inlines = (Foreign("de", (Text(AUDITORS),)),)
    assert set_in(inlines, 70.0, Typesetting("en-US")) == set_in(AUDITORS, 70.0)


def test_an_address_breaks_behind_its_marks_and_code_gets_no_hyphen() -> None:
    for text in (words("https://test.example/one/two/three/four/five"), (Code("averyveryverylongname"),)):
        found = set_in(text, 60.0, Typesetting("en-US"))
        assert len(found) > 1
        assert SOFT not in "".join(found)
    assert set_in("https://test.example/one/two/three/four", 100.0)[0].endswith("/")


def test_a_word_without_a_place_for_it_still_gets_a_hyphen() -> None:
    found = set_in("strengths" * 3, 50.0, Typesetting("xx"))
    assert all(line.endswith(SOFT) for line in found[:-1])
    assert "".join(found).replace(SOFT, "") == "strengths" * 3


# -- in files ----------------------------------------------------------------------


def pages(*blocks: object, language: str = "de-DE") -> Document:
    return document(blocks, language=language)


def grid(columns: Sequence[str], rows: Iterable[Sequence[str]], numbers: int = 0) -> TableBlock:
    aligns = (*("left" for _ in columns[numbers:]), *("right" for _ in columns[:numbers]))
    cells = tuple(tuple(words(cell) for cell in row) for row in rows)
    return TableBlock(
        **Ids()(), title=words("Tabelle"), columns=tuple(map(words, columns)), rows=cells, aligns=aligns, number=1
    )


def chapter(title: str = "Zahlen") -> Heading:
    return Heading(id="h", place=Ids()()["place"], level=1, content=words(title))


def test_whoever_copies_or_hears_a_divided_word_gets_it_whole(tool: Tool) -> None:
    text = " ".join([INSURERS, "und", AUDITORS] * 6)
    pdf = write_report(
        pages(chapter(), Paragraph(**Ids()(), content=words(text)), grid([AUDITORS] * 5, [["Ja"] * 5])), BRAND
    )
    assert failures(pdf) == []
    said = text_of(pdf, tool, "-raw")
    assert f"{SOFT}\n" in said
    # a soft hyphen is no part of a word (PDF 32000-1, 14.8.2.2.3): without it all is as it was written
    assert re.sub(r"\s+", " ", said.replace(f"{SOFT}\n", "")).count(text) == 1
    assert not re.search(r"\w-\n\w", said)


WORDS = [AUDITORS, INSURERS, "Unternehmensberatung", "Krankenversicherungswesen", "Mönchengladbach"]


def shown_words(pdf: bytes, tool: Tool) -> set[str]:
    """Every word, put together where hyphens divide it."""
    return set(re.findall(r"\w+", text_of(pdf, tool, "-raw").replace(f"{SOFT}\n", "").replace(SOFT, "")))


def sizes(pdf: bytes) -> set[float]:
    with pikepdf.open(BytesIO(pdf)) as file:
        found = (pikepdf.parse_content_stream(page) for page in file.pages)
        return {float(each.operands[1]) for page in found for each in page if str(each.operator) == "Tf"}


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("columns", [2, 3, 4, 5, 6, 8])
def test_no_word_of_a_table_is_cut(columns: int, count: int, tool: Tool) -> None:
    heads = [WORDS[(i + 1) % 5] for i in range(columns)]
    rows = [[WORDS[(i + row) % 5] for i in range(columns)] for row in range(count)]
    pdf = write_report(pages(chapter(), grid(heads, rows)), BRAND)
    assert failures(pdf) == []
    written = {*WORDS, *heads} if columns + count > 5 else {word for row in (heads, *rows) for word in row}
    assert shown_words(pdf, tool) >= written
    assert min(sizes(pdf)) >= LEAST_CELL
    assert not [
        word for word in shown_words(pdf, tool) if len(word) > 3 and any(word != w and word in w for w in WORDS)
    ]


def landscape(pdf: bytes) -> list[bool]:
    with pikepdf.open(BytesIO(pdf)) as file:
        return [page.mediabox[2] > page.mediabox[3] for page in file.pages]


def test_a_table_too_wide_for_an_upright_page_turns_it_and_its_heading_comes_along(tool: Tool) -> None:
    wide = grid(["Unternehmensberatung"] * 11, [["Krankenversicherungswesen"] * 11] * 40)
    below = Heading(id="below", place=wide.place, level=2, content=words("Breites"))
    text = Paragraph(id="p", place=wide.place, content=words("Davor."))
    after = Paragraph(id="q", place=wide.place, content=words("Danach."))
    pdf = write_report(pages(chapter(), text, below, wide, after), BRAND)
    assert failures(pdf) == []
    turned = landscape(pdf)
    first, last = turned.index(True), len(turned) - 1 - turned[::-1].index(True)
    assert all(turned[first : last + 1])
    assert not turned[0]
    assert not turned[last + 1]
    read = text_of(pdf, tool).split("\f")
    assert "Davor." in read[first - 1]
    assert "Breites" in read[first]
    assert "Tabelle 1" in read[first]
    assert "Danach." in read[last + 1]
    assert tree(pdf).count("Table\n") == 1


def test_a_table_too_wide_for_any_page_is_refused_with_column_and_word() -> None:
    wide = grid([f"Spalte {i}" for i in range(14)], [["Krankenversicherungswesen"] * 13 + [INSURERS]])
    with pytest.raises(ProjectError) as caught:
        write_report(pages(chapter(), wide), BRAND)
    (problem,) = caught.value.problems
    assert problem.place == wide.place
    assert "the table's 14 columns need" in problem.message
    assert f"the widest is '{INSURERS}' in the column 'Spalte 13'" in problem.message
    assert "Name fewer columns" in problem.remedy


def test_a_handout_sets_a_table_smaller_before_it_refuses_it(tool: Tool) -> None:
    fair = grid(["Unternehmensberatung"] * 9, [["Krankenversicherungswesen"] * 9] * 3)
    pdf = write_handout(pages(chapter(), fair), BRAND)
    assert failures(pdf) == []
    assert shown_words(pdf, tool) >= {"Unternehmensberatung", "Krankenversicherungswesen"}
    with pytest.raises(ProjectError, match=f"the widest is '{INSURERS}' in the column"):
        write_handout(pages(chapter(), grid(["Kopf"] * 14, [[INSURERS] * 14])), BRAND)


def test_a_title_is_set_smaller_before_a_word_of_it_is_divided(tool: Tool) -> None:
    for title in ("Grundstücksverkehrsgenehmigung", f"{AUDITORS}en im Überblick"):
        for pdf in (
            write_report(replace(pages(chapter()), title=title), BRAND),
            write_handout(pages(chapter(title)), BRAND),
        ):
            assert SOFT not in text_of(pdf, tool).split("\f")[0].replace("Zahlen", "")
            assert set(title.split()) <= shown_words(pdf, tool)


def test_type_gets_smaller_by_half_points_down_to_the_least() -> None:
    assert [style.size for style in smaller(CELL)] == [9.0, 8.5, 8.0, 7.5]
    assert smaller(CELL)[0] is CELL
    assert all(style.leading / style.size == pytest.approx(CELL.leading / CELL.size) for style in smaller(CELL))


def test_a_word_is_letters_alone() -> None:
    assert is_word("(Wort),")
    assert not any(map(is_word, ("a1", "a.b", "a/b", "12", "a_b")))


@pytest.mark.parametrize(
    ("word", "divided"),
    [
        ("Wirtschaftsingenieurwesen", "Wirt-schaftsin-ge-ni-eurwe-sen"),
        ("Arbeitsagentur", "Arbeitsagen-tur"),
        ("Grundstücksverkehr", "Grundstücks-ver-kehr"),
    ],
)
def test_a_word_is_not_divided_where_a_letter_may_belong_to_either_part(word: str, divided: str) -> None:
    places = hyphenation(word, "de-DE")
    assert "-".join(word[a:b] for a, b in zip((0, *places), (*places, len(word)), strict=True)) == divided
