"""Which slides a document becomes: pure plans, no file is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from charts.chart import Chart
from data.errors import ProjectError
from reports.deck.planned.plan import ChartPart, CodePart, TablePart, TextPart
from reports.deck.words.metrics import text_width
from reports.deck.words.tables import GUTTER
from reports.deck.words.text import Passage, lines_of, style_of
from reports.document.blocks import (
    AboutData,
    Callout,
    Columns,
    KeyFigure,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    PullQuote,
    Question,
    TableBlock,
)
from reports.document.inlines import LineBreak, Ref, Strong, Text
from tests.decks import (
    LONG_WORD,
    document,
    everything,
    figure,
    heading,
    money,
    notes,
    overflowing,
    paragraph,
    place,
    plan_of,
    planned,
    points,
    question,
    salaries,
    shown,
    table_block,
    text_plan,
    titles,
    words,
)

SNAPSHOT = Path(__file__).with_name("deck_everything.txt")
SENTENCE = "Engineers build models that learn from data, and keep them running for people who rely on them. "


def problems_of(*blocks, **settings) -> list[str]:
    with pytest.raises(ProjectError) as caught:
        plan_of(document(*blocks, **settings))
    return [str(problem) for problem in caught.value.problems]


def test_a_document_with_every_block_becomes_the_slides_in_the_snapshot():
    assert text_plan(everything()) == SNAPSHOT.read_text(encoding="utf-8")


def test_nothing_in_it_is_higher_or_wider_than_its_place():
    assert list(overflowing(plan_of(everything()))) == []


# -- sections, slides, titles ----------------------------------------------------------


def test_a_first_level_heading_opens_a_section_and_a_second_level_one_a_slide():
    plan = plan_of(document(heading("Pay", 1), heading("It is good"), paragraph("Well."), heading("Work", 1)))
    assert [(s.name, len(s.slides)) for s in plan.sections] == [("Two jobs", 1), ("Pay", 2), ("Work", 1)]
    assert [slide.role for slide in plan.slides] == ["Title", "Section", "Text large", "Section"]


def test_a_section_is_called_by_its_kicker_where_it_has_one():
    plan = plan_of(document(heading("Engineers earn the most", 1, kicker="Pay")))
    assert [section.name for section in plan.sections] == ["Two jobs", "Pay"]


def test_no_two_sections_have_one_name():
    blocks = [heading(title, 1, kicker="Pay") for title in ("First", "Second")]
    assert [section.name for section in plan_of(document(*blocks, heading("PAY", 1))).sections] == [
        "Two jobs",
        "Pay",
        "Pay (2)",
        "PAY (3)",
    ]


def test_words_right_below_a_section_stand_on_its_slide():
    (section,) = planned(heading("Pay", 1), paragraph("What people earn."))
    assert "What people earn." in shown(section)


def test_more_words_than_the_section_slide_holds_go_on_behind_it():
    section, more = planned(heading("Pay", 1), paragraph(SENTENCE * 14))
    assert SENTENCE.strip() not in shown(section)
    assert shown(more).count("Engineers build") == 14
    assert more.title_text == "Pay (continued)"


def test_blocks_below_a_section_make_slides_with_their_own_titles():
    myth = Myth(id="m", place=place(), myth=words("They work alone."), facts=(points("No."),))
    quote = PullQuote(id="q", place=place(), content=words("Useful."))
    slides = planned(heading("Pay", 1), figure(), table_block(3), question("Why?", "Because."), quote, myth)
    assert titles(slides) == ["Pay", "Engineers earn the most", "All jobs", "Why?", "In one sentence", "Myth"]


def test_a_chart_below_a_heading_takes_its_title_and_keeps_its_claim_above_the_drawing():
    (slide,) = planned(heading("Pay differs"), figure("Engineers earn the most"))
    assert slide.title_text == "Pay differs"
    assert shown(slide).splitlines()[:2] == ["Engineers earn the most", "Average pay, US dollars"]


def test_two_charts_under_one_heading_stand_beside_each_other_each_under_its_claim():
    (slide,) = planned(heading("Pay differs"), figure("A", "a"), figure("B", "b"), notes("Both."))
    assert slide.role == "Two charts"
    assert shown(slide).splitlines() == [
        "A", "Average pay, US dollars", "chart salaries", "B", "Average pay, US dollars", "chart salaries"
    ]  # fmt: skip
    assert slide.spoken[0] == "Both."


def test_a_second_chart_under_one_heading_gets_a_slide_of_its_own_where_both_have_no_room():
    many = figure("B", "b", salaries([(f"Job number {i}", 90000 + i) for i in range(24)]))
    slides = planned(heading("Pay differs"), figure("A", "a"), many)
    assert titles(slides)[:2] == ["Pay differs", "B"]
    slides = planned(heading("Pay differs"), figure("A", "a"), paragraph("Words."), figure("B", "b"))
    assert len(slides) == 2


def test_what_stands_before_a_chart_comes_before_it_and_references_lead_to_the_chart():
    plan = plan_of(document(heading("Pay"), paragraph(SENTENCE * 9), notes("One."), figure(), notes("Two.")))
    before, drawn = plan.slides[1:3]
    assert "Engineers build" in shown(before)
    assert [type(part) for part in drawn.parts][-1] is ChartPart
    assert (plan.targets["pay"], plan.targets["salaries"]) == (before.id, drawn.id)
    assert (before.spoken, drawn.spoken[0]) == (("One.",), "Two.")


def test_a_remark_beside_a_chart_stands_on_a_panel():
    callout = Callout(id="c", place=place(), content=(paragraph("Read with care."),))
    (slide,) = planned(heading("Pay"), figure(), paragraph("It differs."), callout)
    parts = {part.slot: part for part in slide.parts}
    panel, remark = parts["Callout panel"].box, parts["Callout"].frame.box
    assert panel.left < remark.left
    assert panel.top < remark.top
    assert remark.bottom < panel.bottom
    assert panel.bottom <= slide.layout.slots["Body"].box.bottom


def test_a_chart_that_does_not_fit_beside_its_text_gets_a_slide_of_its_own():
    many = figure(table=salaries([(f"Job number {i}", 90000 + i) for i in range(24)]))
    slides = planned(heading("Pay"), many, paragraph("Words."))
    assert [slide.role for slide in slides] == ["Chart", "Chart", "Text large"]


def test_titles_that_would_be_the_same_are_told_apart():
    quotes = [PullQuote(id=f"q{i}", place=place(), content=words(f"Quote {i}.")) for i in range(3)]
    assert titles(planned(*quotes)) == ["In one sentence", "In one sentence (2)", "In one sentence (3)"]


def test_a_title_that_looks_like_one_that_was_told_apart_is_told_apart_from_it():
    told = titles(planned(*(heading(title, name=f"h{i}") for i, title in enumerate(("Pay", "Pay", "Pay (2)")))))
    assert told == ["Pay", "Pay (2)", "Pay (2) (2)"]


def test_a_line_break_in_a_title_is_a_blank():
    broken = replace(heading("Pay"), content=(Text("Pay is"), LineBreak(), Text("good")))
    assert titles(planned(broken)) == ["Pay is good"]


def test_a_title_is_no_smaller_than_it_must_be():
    sizes = [planned(heading("pay " * count + "x"))[0].title_size for count in range(30, 40)]
    assert list(dict.fromkeys(sizes)) == [None, 26, 25, 24]


def test_ids_come_from_the_blocks_and_are_never_the_same():
    slides = planned(heading("Long", name="long"), paragraph(SENTENCE * 18), heading("Long", name="other"))
    assert [slide.id for slide in slides] == ["long", "long~2", "other"]


def test_a_title_that_is_long_takes_two_lines_and_then_smaller_letters():
    fits = "Machine learning engineers are paid more than data scientists are in each of the three tables we have"
    (one,) = planned(heading(fits), paragraph("x"))
    assert one.title_size is None
    (two,) = planned(heading(fits + " seen here, year after year, place by place"), paragraph("x"))
    assert two.title_size is not None
    assert 24 <= two.title_size < 28


def test_a_title_that_takes_three_lines_at_24_points_is_a_problem_with_its_place_and_excess():
    title = "Machine learning engineers earn more than data scientists and artificial intelligence engineers do, " * 2
    (problem,) = problems_of(heading(title.strip(), line=12), paragraph("x"))
    assert problem.startswith("story/deck.md:12: the slide title 'Machine learning engineers earn more")
    assert "takes 3 lines at 24 pt; there is room for 2." in problem
    assert "Shorten it by about" in problem


def test_all_that_does_not_fit_is_reported_at_once():
    wide = KeyFigures(id="k", place=place(9), items=(KeyFigure(words("one hundred and twenty thousand"), ()),) * 3)
    found = problems_of(heading(LONG_WORD, line=3), paragraph("x"), heading("Figures"), wide)
    assert [problem.split(":")[1] for problem in found] == ["1", "3"]


def test_the_title_slide_says_what_who_when_and_the_caveat():
    plan = plan_of(replace(everything(), draft=True))
    said = shown(plan.slides[0])
    for text in ("Career guide", "Example University", "November 2026", "careers.test/two", "Example: not verified"):
        assert text in said
    assert [slide.edition for slide in plan.slides] == ["Draft"] * (len(plan.slides) - 1) + ["Draft · Edition 7f3a9c1"]


# -- long text -------------------------------------------------------------------------


def test_a_body_that_is_too_long_continues_and_loses_no_word():
    text = " ".join(f"Sentence number {i} says something about the work." for i in range(60))
    slides = planned(heading("The work"), paragraph(text))
    assert titles(slides)[:2] == ["The work", f"The work (continued, 2 of {len(slides)})"]
    assert " ".join(shown(slide).strip() for slide in slides) == text


def test_two_parts_are_called_continued_without_numbers():
    slides = planned(heading("The work"), points(*[SENTENCE] * 14))
    assert titles(slides) == ["The work", "The work (continued)"]


def test_a_long_list_is_divided_between_items_and_about_evenly():
    slides = planned(heading("The work"), points(*[f"Item {i}: {SENTENCE}" for i in range(9)]))
    counts = [shown(slide).count("Item") for slide in slides]
    assert sum(counts) == 9
    assert max(counts) - min(counts) <= 1


def test_a_numbered_list_goes_on_counting():
    slides = planned(heading("Steps"), points(*[SENTENCE] * 9, ordered=True, start=4))
    numbers = [p.number for s in slides for part in s.parts if isinstance(part, TextPart) for p in part.passages]
    assert numbers == list(range(4, 13))


def test_a_heading_in_the_text_never_stands_alone_at_the_end_of_a_slide():
    blocks = [b for i in range(8) for b in (heading(f"Head {i}", 3, f"h{i}"), paragraph(SENTENCE * 2))]
    for slide in planned(heading("The work"), *blocks):
        assert not shown(slide).splitlines()[-1].startswith("Head")


def test_what_is_longer_than_any_word_and_a_slide_is_broken_and_nothing_of_it_is_lost():
    for name in (LONG_WORD, LONG_WORD.replace("f", "_1")):
        slides = planned(heading("Long"), paragraph(name))
        assert len(slides) > 1
        assert "".join(shown(slide) for slide in slides) == name


def test_a_word_that_is_wider_than_its_place_is_told_and_never_cut():
    for blocks in ((heading("Long"), paragraph(70 * "m")), (heading(70 * "m"), paragraph("Text."))):
        (problem,) = problems_of(*blocks)
        assert "the word 'mmm" in problem
        assert "no word is cut. Use a shorter word or write it with a hyphen" in problem


def test_text_in_columns_gets_smaller_before_a_word_of_it_would_be_cut():
    word = "Rechtsschutzversicherungsgesellschaft"
    columns = Columns(id="c", place=place(), columns=tuple((paragraph(text),) for text in (word, "Short.", "Short.")))
    (one,) = planned(heading("Three"), columns)
    sizes = {part.size for part in one.parts if isinstance(part, TextPart)}
    assert len(sizes) == 1
    assert 14 <= sizes.pop() < 18


def test_a_table_whose_words_do_not_fit_names_the_widest_and_its_column():
    rows = 6 * ("Wirtschaftsprüfungsgesellschaft",)
    table = TableBlock(
        id="t", place=place(), title=words("Jobs"), columns=tuple(words(f"Column {i}") for i in range(6)),
        rows=(tuple(words(cell) for cell in rows),), aligns=6 * ("left",),
    )  # fmt: skip
    (problem,) = problems_of(heading("Jobs"), table)
    assert "the table's 6 columns need" in problem
    assert "the widest is 'Wirtschaftsprüfungsgesellschaft' in the column 'Column" in problem
    assert "Show fewer columns" in problem


def test_columns_of_a_table_are_as_wide_as_their_words():
    cells = ("Rechtsschutzversicherung", "a b c " * 60, "d e f " * 60, "Ja", "Ja", "Ja")
    table = TableBlock(
        id="t", place=place(), title=words("Jobs"), columns=tuple(words(f"C{i}") for i in range(6)),
        rows=(tuple(words(cell) for cell in cells),), aligns=6 * ("left",),
    )  # fmt: skip
    (part,) = [part for slide in planned(heading("Jobs"), table) for part in slide.parts if isinstance(part, TablePart)]
    assert part.widths[0] >= text_width("Rechtsschutzversicherung", "Calibri", False, part.size) + GUTTER


def test_text_is_never_smaller_than_14_points_nor_larger_than_its_title_says():
    plan = plan_of(everything())
    for slide in plan.slides:
        for part in slide.parts:
            if isinstance(part, TextPart):
                assert (part.size or part.frame.style(0).size) >= 14
            if isinstance(part, TablePart):
                assert part.size >= 14


# -- charts and tables -----------------------------------------------------------------


def test_short_text_stands_beside_its_chart_and_long_text_on_a_next_slide():
    (beside,) = planned(figure(), paragraph("The gap is small."))
    assert beside.role == "Chart and text"
    chart, text, *_ = planned(figure(), paragraph(SENTENCE * 12))
    assert (chart.role, text.role) == ("Chart", "Text")


def test_every_number_of_a_chart_is_also_in_the_notes():
    (slide,) = planned(figure(), notes("Look here."))
    assert slide.spoken[0] == "Look here."
    assert slide.spoken[2:] == ("Average pay by job:", "Engineer: $120,000", "Analyst: $110,000", "Clerk: $90,000")


def test_several_numbers_of_one_name_are_each_called_by_their_own_in_the_notes():
    table = salaries()
    bonus = replace(table.fields[1], name="bonus", title="Bonus")
    table = replace(table, fields=(*table.fields, bonus), columns={**table.columns, "bonus": table.columns["pay"]})
    drawn = replace(figure(), chart=Chart("salaries", table, "bars", "job", ("pay", "bonus"), (), "US dollars"))
    (slide,) = planned(drawn)
    assert "Engineer: Average pay $120,000, Bonus $120,000" in slide.spoken


def test_lists_in_notes_have_marks_that_are_spoken():
    said = Notes(id="n", place=place(), content=(points("One"), points("Two", "Three", ordered=True)))
    (slide,) = planned(heading("Pay"), paragraph("x"), said)
    assert slide.spoken[:3] == ("– One", "1. Two", "2. Three")


def test_notes_belong_to_the_slide_they_stand_in():
    slides = planned(heading("Pay", 1), notes("A"), figure("One", "one"), notes("B"), heading("Two"), notes("C"))
    assert [slide.spoken[:1] for slide in slides] == [("A",), ("B",), ("C",)]


def test_notes_before_all_else_belong_to_the_title_slide_and_later_ones_to_what_they_follow():
    title, first = plan_of(document(notes("Welcome."), paragraph("Some words"), notes("Say them."))).slides
    assert (title.spoken, first.spoken[:1]) == (("Welcome.",), ("Say them.",))


def test_a_long_table_continues_with_its_header_and_all_its_rows():
    slides = planned(heading("All"), table_block(40))
    tables = [part for slide in slides for part in slide.parts if isinstance(part, TablePart)]
    assert all("".join(span.text for span in table.rows[0][0]) == "Job" for table in tables)
    assert sum(len(table.rows) - 1 for table in tables) == 40
    assert max(len(t.rows) for t in tables) - min(len(t.rows) for t in tables) <= 1
    assert len({table.widths for table in tables}) == 1


def test_a_table_of_up_to_fourteen_rows_stands_on_one_slide_as_large_as_it_can() -> None:
    sizes: list[float] = []
    for rows in range(8, 15):
        slides = planned(heading("All jobs"), table_block(rows, title="All jobs"))
        (table,) = (part for slide in slides for part in slide.parts if isinstance(part, TablePart))
        assert len(table.rows) == rows + 1
        assert table.box.top + sum(table.heights) <= table.box.bottom + 0.01
        sizes.append(table.size)
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[4] >= 16  # of twelve
    assert sizes[-1] >= 14


def test_every_table_row_that_is_higher_than_a_slide_is_a_problem():
    found = problems_of(heading("All"), table_block(3, cell=SENTENCE * 40))
    assert [f"row {i} of the table is" in problem for i, problem in enumerate(found, 1)] == [True] * 3
    assert all("higher than the slide" in problem for problem in found)


def test_a_chart_inside_an_answer_is_not_lost():
    asked = Question(id="q", place=place(), question=words("How much?"), answer=(paragraph("See:"), figure()))
    answer, drawn = planned(asked)
    assert answer.title_text == "How much?"
    assert any(isinstance(part, ChartPart) for part in drawn.parts)


def test_a_reference_leads_to_the_slide_that_shows_a_chart_not_to_the_answer_it_stands_in():
    asked = Question(id="q", place=place(), question=words("How much?"), answer=(paragraph("See."), figure()))
    plan = plan_of(document(asked))
    assert plan.targets["q"] == "q"
    (drawn,) = [slide for slide in plan.slides if any(isinstance(part, ChartPart) for part in slide.parts)]
    assert plan.targets["salaries"] == drawn.id != "q"


def test_a_chart_inside_a_remark_below_a_section_is_not_lost():
    remark = Callout(id="c", place=place(), content=(paragraph("Look."), figure()))
    slides = planned(heading("Pay", 1), paragraph("First."), remark)
    assert [shown(slide).splitlines()[:2] for slide in slides] == [
        ["1", "First."], ["Look."], ["Average pay, US dollars", "chart salaries"]
    ]  # fmt: skip


def test_a_column_holds_text_and_a_chart():
    columns = Columns(id="c", place=place(), columns=((points("One"),), (figure(),)))
    (slide,) = planned(heading("Both"), columns)
    assert shown(slide).splitlines() == ["One", "Engineers earn the most", "Average pay, US dollars", "chart salaries"]


def test_a_column_with_too_many_words_above_its_chart_is_a_problem_of_the_words():
    column = (paragraph(SENTENCE * 6), figure())
    (told,) = problems_of(heading("Both"), Columns(id="c", place=place(), columns=(column, (paragraph("Few"),))))
    assert "only 0 pt are left for the chart 'salaries' on the slide. Shorten the lines above it" in told


def test_two_charts_in_a_column_are_a_problem():
    both = Columns(id="c", place=place(), columns=((figure(), figure("Other", "other")), (paragraph("x"),)))
    assert any("a column of a slide holds one chart or picture." in told for told in problems_of(heading("Both"), both))


def test_a_single_sentence_stands_above_its_table_and_more_behind_it():
    (one,) = planned(heading("Jobs"), paragraph("All of them."), table_block(2, title=""))
    assert shown(one).startswith("All of them.\nJob | Pay")
    before, after = planned(heading("Jobs"), table_block(2, title=""), points("One", "Two"))
    assert shown(before).startswith("Job | Pay")
    assert shown(after) == "One\nTwo"
    before, after = planned(heading("Jobs"), points("One", "Two"), table_block(2, title=""))
    assert shown(before) == "One\nTwo"
    assert shown(after).startswith("Job | Pay")


def test_a_table_in_a_column_is_a_problem():
    columns = Columns(id="c", place=place(), columns=((points("One"),), (table_block(3),)))
    assert "a table in a column" in problems_of(heading("Both"), columns)[0]


# -- key figures, callouts ---------------------------------------------------------------


@pytest.mark.parametrize(("count", "groups"), [(1, [1]), (4, [4]), (5, [5]), (6, [3, 3]), (7, [4, 3]), (9, [3, 3, 3])])
def test_up_to_five_key_figures_stand_on_a_slide(count, groups):
    items = tuple(KeyFigure((money(1000 * i),), words("a year")) for i in range(1, count + 1))
    slides = planned(heading("Figures"), KeyFigures(id="k", place=place(), items=items))
    assert sorted((len(slide.parts) // 2 for slide in slides), reverse=True) == groups
    assert [slide.role for slide in slides] == [f"Key figures {len(slide.parts) // 2}" for slide in slides]


def test_a_key_figure_that_is_too_wide_is_a_problem():
    items = (KeyFigure(words("one hundred and twenty thousand dollars"), words("pay")),)
    (problem,) = problems_of(heading("Figures"), KeyFigures(id="k", place=place(), items=items))
    assert "pt too wide" in problem


def test_a_callout_stands_on_a_panel_and_alone_it_fills_one():
    callout = Callout(id="c", place=place(), content=(paragraph("Read with care."),))
    (both,) = planned(heading("Pay"), paragraph("Text."), callout)
    (alone,) = planned(heading("Pay"), callout)
    assert (both.role, alone.role) == ("Text and callout", "Question and answer")


def test_a_remark_below_an_answer_is_not_lost_and_notes_inside_columns_are_spoken_not_shown():
    callout = Callout(id="c", place=place(), content=(paragraph("Read with care."),))
    (answer,) = planned(question("Why?", "Because."), callout)
    assert shown(answer).splitlines() == ["Because.", "Read with care."]
    columns = Columns(id="c", place=place(), columns=((points("One"), notes("Say this.")), (points("Two"),)))
    (both,) = planned(heading("Both"), columns)
    assert shown(both).splitlines() == ["One", "Two"]
    assert both.spoken[:1] == ("Say this.",)


def test_a_foot_that_is_too_long_is_a_problem():
    found = problems_of(heading("Pay"), paragraph("x"), publisher="University " * 60)
    assert any("too long for the foot" in problem for problem in found)


def test_bold_words_and_values_keep_their_runs():
    (slide,) = planned(heading("Pay"), paragraph((Text("It is "), Strong((money(5000),)), Text("."))))
    (part,) = [part for part in slide.parts if isinstance(part, TextPart)]
    assert [(span.text, span.bold) for span in part.passages[0].spans] == [
        ("It is ", False),
        ("$5,000", True),
        (".", False),
    ]


def test_a_reference_is_called_by_the_title_of_what_it_leads_to():
    _, slide = planned(figure(), heading("Pay"), paragraph((Text("See "), Ref("salaries"))))
    assert shown(slide) == "See Engineers earn the most"


# -- sources -----------------------------------------------------------------------------


def foot(slide) -> str:
    return slide.foot.passages[0].text


def test_the_foot_names_source_and_date_of_what_is_shown_or_quoted():
    chart, text = planned(figure(), heading("Pay"), paragraph((money(5000),)), tables=(salaries(),))
    assert foot(chart) == foot(text) == "Source: A survey, 2024."


def test_the_foot_of_some_rows_and_of_all_is_that_of_all():
    some = replace(salaries(), name="some", as_of="2024", computed_from=salaries().title)
    every = replace(salaries(), as_of="2022/2024")
    shown = replace(table_block(2), table=some)
    slide = planned(heading("They earn ", 2), shown, paragraph((money(5000),)), tables=(every, some))[-1]
    assert foot(slide) == "Source: A survey, 2022–2024."


def test_the_foot_names_the_source_of_what_a_title_or_a_sections_words_quote():
    title = replace(heading("Pay"), content=(*words("They earn "), money(5)))
    quoting = paragraph((*words("On average "), money(5)))
    blocks = (title, paragraph("Well."), heading("Jobs", 1), quoting, heading("More", 1), paragraph("No number."))
    slides = planned(*blocks, tables=(salaries(),), publisher="Us")
    assert [slide.foot.passages[0].text for slide in slides] == ["Source: A survey, 2024."] * 2 + ["Us"]


def test_words_that_a_sections_slide_cannot_hold_keep_their_source():
    quoting = paragraph((*words(SENTENCE * 20), money(5)))
    slides = planned(heading("Jobs", 1), quoting, tables=(salaries(),))
    assert len(slides) > 2
    assert {slide.foot.passages[0].text for slide in slides} == {"Source: A survey, 2024."}


def test_a_source_that_is_too_long_for_the_foot_leads_to_the_slide_that_has_it():
    table = replace(salaries(), source="A very long source of the numbers " * 12)
    (slide,) = planned(figure(table=table))
    assert foot(slide) == "Sources: About these data"


def test_a_slide_without_numbers_names_the_publisher():
    (slide,) = planned(heading("Pay"), paragraph("Words."), publisher="Test University")
    assert foot(slide) == "Test University"


def test_sources_are_the_last_slides_unless_the_story_has_them():
    about = AboutData(id="about", place=place(), tables=(salaries(),))
    last = plan_of(document(figure())).slides[-1]
    assert (last.title_text, last.role) == ("About these data", "Table")
    placed = plan_of(document(heading("Where numbers come from"), about, figure()))
    assert titles(placed.slides) == ["Two jobs", "Where numbers come from", "Engineers earn the most"]


def test_sources_with_much_to_say_are_a_list_instead_of_a_table():
    table = replace(salaries(), notes=tuple(f"Weakness number {i} of this table" for i in range(90)))
    slides = [slide for slide in plan_of(document(figure(table=table))).slides if slide.id.startswith("about-data")]
    assert {slide.role for slide in slides} == {"Text"}
    assert sum(shown(slide).count("Weakness number") for slide in slides) == 90


def test_a_section_for_questions_is_marked_as_backup():
    plan = plan_of(document(heading("Questions", 1, backup=True), question("Why?", "Because.")))
    assert [(section.name, section.backup) for section in plan.sections][-1] == ("Questions", True)


@pytest.mark.parametrize(
    ("language", "word"), [("de-DE", "Fortsetzung"), ("fr-FR", "suite"), ("es-ES", "continuación")]
)
def test_our_own_words_are_in_the_language_of_the_document(language, word):
    slides = planned(heading("X"), points(*[SENTENCE] * 14), language=language)
    assert titles(slides)[1] == f"X ({word})"


def test_a_long_question_stands_beside_its_answer_in_as_many_lines_as_it_needs():
    (slide,) = planned(question("Which of all the programming languages there are should you know well?", "Python."))
    assert slide.role == "Question and answer"
    title = Passage(slide.title)
    style = style_of(title, slide.layout.title, slide.title_size)
    assert len(lines_of(title, style, slide.layout.title.width)) > 2


def test_a_quote_does_not_end_with_a_single_word():
    said = "Part programmer, part mathematician, part puzzle solver: the job asks for all of it in one person."
    (slide,) = planned(PullQuote(id="q", place=place(), content=words(said)))
    (part,) = slide.parts
    style = style_of(part.passages[0], part.frame, part.size)
    lines = lines_of(part.passages[0], style, part.frame.width)
    assert lines[-1][1] - lines[-1][0] > 0.6 * (lines[0][1] - lines[0][0])


def test_the_closing_slide_leads_to_the_website_by_a_code_and_to_the_mail_by_a_link():
    steps = NextSteps(id="n", place=place(), title=(), content=(points("Write"),))
    (closing,) = planned(heading("Next"), steps, website="https://careers.test/two")
    assert closing.role == "Closing"
    (code,) = [part for part in closing.parts if isinstance(part, CodePart)]
    assert code.code.address == "https://careers.test/two"
    links = [
        span.link for part in closing.parts if isinstance(part, TextPart) for p in part.passages for span in p.spans
    ]
    assert [link for link in links if link] == ["https://careers.test/two", "mailto:careers@test.test"]


def test_without_a_website_the_closing_slide_has_the_contact_alone():
    steps = NextSteps(id="n", place=place(), title=(), content=(points("Write"),))
    (closing,) = planned(heading("Next"), steps)
    assert shown(closing).splitlines() == ["Write", "careers@test.test, Hall 2"]


def test_few_bars_leave_room_for_what_they_mean():
    slides = planned(figure(table=salaries([("Engineer", 120000), ("Analyst", 110000)])))
    assert shown(slides[0]).splitlines()[-3:] == ["Engineer", "$10,000", "more than Analyst"]


@pytest.mark.parametrize(
    "rows",
    [
        [("Engineer", 120000), ("Analyst", 120000)],
        [("Engineer", 120000), ("Analyst", 110000), ("Clerk", 110000)],
        [("Engineer", 120000), ("Analyst", 130000), ("Clerk", 110000)],
        [("Engineer", 120000.5), ("Analyst", 110000)],
        [("Engineer", 120000), *((f"Job {i}", 90000 - i) for i in range(4))],
    ],
    ids=["tie", "two are next", "in the middle", "rounded", "many"],
)
def test_no_difference_is_said_that_readers_would_not_find(rows):
    slides = planned(figure(table=salaries(rows)))
    assert {slide.role for slide in slides} == {"Chart"}


def test_sections_list_the_talk_and_mark_where_it_is():
    slides = planned(*(heading(name, 1) for name in ("Work", "Pay", "Steps")), heading("Backup", 1, backup=True))
    agendas = [next((p for p in slide.parts if p.slot == "Agenda"), None) for slide in slides]
    assert agendas[3] is None
    for number, agenda in enumerate(agendas[:3]):
        assert [p.text for p in agenda.passages] == ["1  Work", "2  Pay", "3  Steps"]
        assert [p.spans[0].bold for p in agenda.passages] == [i == number for i in range(3)]
        assert [bool(p.spans[0].to) for p in agenda.passages] == [i != number for i in range(3)]


def test_a_section_for_questions_lists_them_each_leading_to_its_slide():
    asked = [replace(question(f"Question {n}?", "Because."), id=f"q{n}") for n in range(4)]
    section = planned(heading("Backup", 1, backup=True), *asked)[0]
    (agenda,) = [part for part in section.parts if part.slot == "Agenda"]
    assert [(p.text, p.spans[0].to) for p in agenda.passages] == [(f"Question {n}?", f"q{n}") for n in range(4)]


def test_what_nobody_stated_is_said_once_and_a_dash_stands_for_it():
    silent = [replace(salaries(), name=f"t{n}", title=f"Table {n}", source=None, as_of=None) for n in range(3)]
    about = AboutData(id="a", place=place(), tables=tuple(silent))
    (slide,) = plan_of(document(heading("Pay"), about)).slides[1:2]
    assert shown(slide).count("not stated") == 1
    assert "Table 1 | – | –" in shown(slide)


def test_the_fact_outweighs_the_myth_and_its_panel_is_as_high_as_its_text():
    def panel(*facts):
        (slide,) = planned(heading("So"), Myth(id="m", place=place(), myth=words("They work alone."), facts=facts))
        parts = {part.slot: part for part in slide.parts}
        size = {slot: parts[slot].size or parts[slot].frame.style(0).size for slot in ("Myth", "Facts")}
        assert size["Facts"] > size["Myth"]
        return parts["Facts panel"].box

    assert panel(points("No.")).height + 60 < panel(points("No.", "They do not.", "At all.")).height


def test_next_steps_without_a_title_of_their_own_need_no_line_that_says_so():
    steps = NextSteps(id="n", place=place(), title=words("Next steps"), content=(points("Ask.", ordered=True),))
    (slide,) = planned(heading("What to do with these numbers"), steps)
    assert "Next steps" not in shown(slide)
