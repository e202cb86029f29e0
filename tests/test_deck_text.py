"""How wide and high text is on a slide, and where it is divided."""

from __future__ import annotations

import pytest

from data.errors import Place, ProjectError
from reports.deck.words.frames import TextFrame, TextStyle
from reports.deck.words.metrics import advances, line_height, text_width, wrap
from reports.deck.words.tables import set_table
from reports.deck.words.text import Passage, Reader, TextRun, character_widths, divide, lines_of, text_height
from reports.powerpoint.box import Box
from tests.decks import LONG_WORD, paragraph, points

FRAME = TextFrame(Box(0, 0, 300, 100), (TextStyle(20), TextStyle(18, indent=20)))


def lines(text: str, available: float, face: str = "Calibri", size: float = 20) -> list[str]:
    return [text[start:end] for start, end in wrap(text, advances(text, face, False, size), available)]


def test_calibri_and_arial_are_measured_letter_by_letter():
    # Advance widths of "H" and "i": 1276 and 470 of 2048 in Calibri, 1479 and 455 in Arial.
    assert text_width("Hi", "Calibri", False, 2048) == pytest.approx((1276 + 470) * 1.015)
    assert text_width("Hi", "Arial", False, 2048) == pytest.approx((1479 + 455) * 1.015)


def test_a_face_that_is_not_known_is_taken_to_be_wider_than_both():
    text = "Machine learning engineers earn $120,000"
    unknown = text_width(text, "Montserrat", True, 20)
    assert unknown > 1.079 * text_width(text, "Calibri", True, 20)
    assert unknown > 1.079 * text_width(text, "Arial", True, 20)
    assert line_height("Montserrat") > line_height("Calibri")


def test_characters_of_any_script_have_a_width():
    for text in ("漢字", "Ж", "\U0001f600", "e\u0301", "\u2028"):
        assert text_width(text, "Calibri", False, 20) > 0
    assert text_width("e\u0301", "Calibri", False, 20) == text_width("e", "Calibri", False, 20)


def test_lines_break_at_spaces_and_never_at_no_break_spaces():
    assert lines("one two three", 80) == ["one two ", "three"]
    assert lines("one two\u00a0three", 100) == ["one ", "two\u00a0three"]


def test_lines_break_after_hyphens_between_letters_but_not_inside_numbers():
    assert lines("well-known", 60) == ["well-", "known"]
    assert lines("in 2015-2017", 100) == ["in ", "2015-2017"]


def test_a_word_that_is_wider_than_the_line_is_broken_anywhere_and_is_whole_again_together():
    broken = lines(LONG_WORD, 200)
    assert "".join(broken) == LONG_WORD
    assert all(text_width(line, "Calibri", False, 20) <= 200 for line in broken)


def test_a_line_break_of_the_author_is_kept():
    assert len(lines_of(Passage((TextRun("one\ntwo"),)), TextStyle(20), 300)) == 2


def test_the_first_paragraph_in_a_box_has_no_room_above_it():
    style = TextStyle(20, before=0.5)
    frame = TextFrame(Box(0, 0, 300, 100), (style,))
    one = text_height([Passage((TextRun("x"),))], frame)
    two = text_height([Passage((TextRun("x"),)), Passage((TextRun("y"),))], frame)
    assert two == pytest.approx(2 * one + 10)


@pytest.mark.parametrize("count", [1, 3, 4, 9, 30])
def test_divided_text_is_whole_again_together_and_fits_everywhere(count):
    passages = [Passage((TextRun(f"Paragraph {i} says something that takes two lines."),)) for i in range(count)]
    parts = divide(passages, FRAME)
    assert [passage for part in parts for passage in part] == passages
    assert all(text_height(part, FRAME) <= FRAME.height for part in parts)


def test_a_paragraph_higher_than_a_box_is_divided_after_a_sentence():
    text = " ".join(["A sentence that is of middling length."] * 12)
    parts = divide([Passage((TextRun(text),))], FRAME)
    assert all(part[-1].text.rstrip().endswith(".") for part in parts)
    assert " ".join(part[0].text.strip() for part in parts) == text


def test_items_inside_items_stand_deeper_and_only_the_first_line_has_a_mark():
    item = points("Outer").items[0]
    nested = points("x")
    nested = type(nested)(
        id="n", place=nested.place, items=((*item, paragraph("More about it"), points("Inner", ordered=True)),)
    )
    found = Reader("en-US").passages([nested])
    assert [(p.text, p.level, p.bullet, p.number) for p in found] == [
        ("Outer", 0, True, None),
        ("More about it", 1, False, None),
        ("Inner", 1, False, 1),
    ]


def test_room_between_paragraphs_that_a_template_gives_in_points_stays_when_text_is_smaller():
    passages = [Passage((TextRun("One"),)), Passage((TextRun("Two"),))]
    fixed, growing = (TextFrame(Box(0, 0, 300, 100), (TextStyle(20, before=1.0, fixed=f),)) for f in (True, False))
    alone = text_height(passages[:1], fixed, 10)
    assert text_height(passages, fixed, 10) - 2 * alone == pytest.approx(20)
    assert text_height(passages, growing, 10) - 2 * alone == pytest.approx(10)


def test_a_heading_is_not_left_behind_by_what_it_opens():
    one, heading, other = (
        Passage((TextRun(text),), heading=text == "Head") for text in ("One two", "Head", "Other words")
    )
    height = text_height((one, heading), FRAME) + 1
    parts = divide((one, heading, other), TextFrame(Box(0, 0, 300, height), FRAME.styles))
    assert [[passage.text for passage in part] for part in parts] == [["One two"], ["Head", "Other words"]]


def test_what_continues_an_item_has_no_mark_of_its_own():
    item = Passage((TextRun("A sentence of an item. " * 30),), bullet=True)
    parts = [passage for part in divide((item,), FRAME) for passage in part]
    assert len(parts) > 1
    assert [passage.bullet for passage in parts] == [True, *[False] * (len(parts) - 1)]


def test_capitals_are_measured_as_capitals():
    passage = Passage((TextRun("small letters set in capitals"),))
    plain, capitals = (sum(character_widths(passage.spans, TextStyle(20, capitals=c))) for c in (False, True))
    assert capitals > 1.1 * plain


def test_columns_of_long_words_share_the_width_and_are_refused_where_a_word_would_be_cut():
    words = [(TextRun("W" * (1 + place % 3)),) for place in range(12)]
    (setting,) = set_table([words, words], Box(0, 0, 600, 500), "Calibri", 1.0, Place("story/deck.md", 1))
    assert sum(setting.widths) == pytest.approx(600)
    words = [(TextRun("W" * (10 + place)),) for place in range(12)]
    with pytest.raises(ProjectError, match="12 columns need"):
        set_table([words, words], Box(0, 0, 600, 500), "Calibri", 1.0, Place("story/deck.md", 1))


def test_rows_of_a_short_table_stand_apart():
    def row(count: int) -> float:
        grid = [[(TextRun("Job"),)], *[[(TextRun(f"Job {number}"),)] for number in range(count)]]
        (setting,) = set_table(grid, Box(0, 0, 600, 364), "Calibri", 1.0, Place("story/deck.md", 1))
        assert sum(setting.heights) <= 364
        return setting.heights[1] / setting.size

    assert row(2) > 1.5 * row(10)
