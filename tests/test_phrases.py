"""Ready words in stories and titles: what they print, what they refuse, and that their values stay bound."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from charts.declared import Charts
from data.errors import ProjectError
from data.project import load_project
from data.tables.table import Field, Table
from data.tables.value import Content, Mark, Marked, Measure
from reports.document.blocks import Block, Paragraph
from reports.document.inlines import Run, Strong, leaves
from reports.story.story import read_story
from tests.outline import outline
from tests.phrasing import against, of, ranked, say, series

PAY = ranked([("Engineer", 120), ("Analyst", 110), ("Nurse", 90)])


def shown(root: Path, markdown: str, pay: str = "", toml: tuple[str, str] = ("", ""), language: str = "en-US") -> str:
    """What a story says, block by block."""
    return outline(blocks(root, markdown, pay, toml, language))


def blocks(
    root: Path, markdown: str, pay: str = "", toml: tuple[str, str] = ("", ""), language: str = "en-US"
) -> tuple[Block, ...]:
    (root / "story/report.md").write_text(markdown, "utf-8")
    if pay:
        (root / "tables/pay.csv").write_text(pay, "utf-8")
    text = (root / "project.toml").read_text("utf-8").replace('language = "en-US"', f'language = "{language}"')
    (root / "project.toml").write_text(text.replace(*toml) if toml[0] else text, "utf-8")
    return read_story(Charts(load_project(root)), "report").blocks


RANKING = "{{ pay | ranking('salary') | capital }}"


def test_a_ready_word_stands_wherever_words_stand(small_project: Path) -> None:
    story = f"""\
# {RANKING} {{#pay kicker="{RANKING}"}}

So it is: **{RANKING}**.

- {RANKING}

| What |
|------|
| {RANKING} |

![{RANKING}](chart:pay)

::: notes
{RANKING}
:::
"""
    said = "The highest is Engineer at $120,000, ahead of Analyst at $110,000"
    assert shown(small_project, story).count(said) == 7


def test_a_chart_title_and_its_other_texts_take_ready_words(small_project: Path) -> None:
    title = ('title = "Engineers earn more"', f'title = "{RANKING}"')
    found = shown(small_project, "# Pay\n\n![Pay](chart:pay)\n", toml=title)
    assert "Figure #pay-2: The highest is Engineer at $120,000, ahead of Analyst at $110,000 | Pay" in found


def test_every_number_and_name_of_a_ready_word_keeps_its_cell(small_project: Path) -> None:
    (found,) = (one for one in blocks(small_project, f"# Pay\n\n{RANKING}.\n") if isinstance(one, Paragraph))
    runs = [leaf for leaf in leaves(found.content) if isinstance(leaf, Run)]
    assert [(cell.field, cell.line) for run in runs for cell in run.value.cells] == [
        ("job", 2), ("salary", 2), ("job", 3), ("salary", 3),
    ]  # fmt: skip


def test_words_without_a_number_keep_the_cells_that_bear_them_out(small_project: Path) -> None:
    story = "# Pay\n\nIt is {{ pay.first.salary | compared(pay.last.salary) }} the other.\n"
    (found,) = (
        one
        for one in blocks(small_project, story, "job,salary\nEngineer,220000\nAnalyst,100000\n")
        if isinstance(one, Paragraph)
    )
    runs = [leaf for leaf in leaves(found.content) if isinstance(leaf, Run)]
    assert [(run.value.content, len(run.value.cells)) for run in runs] == [("more than double", 2)]


@pytest.mark.parametrize(
    "name", ["*Star*", "**Bold**", "[a](b)", "<b>", "# One", "1. One", "`code`", "a\\_b", "A | B", "~~x~~"]
)
def test_names_in_a_ready_word_never_turn_into_markup(name: str, small_project: Path) -> None:
    found = blocks(
        small_project,
        f"# Pay\n\n{RANKING}.\n",
        f'job,salary\n"{name}",120000\nAnalyst,110000\n',
        ("holds = \"pay.top('salary').job == 'Engineer'\"", ""),
    )
    assert f"The highest is {name} at $120,000, ahead of Analyst at $110,000." in outline(found)
    assert not any(isinstance(inline, Strong) for one in found if isinstance(one, Paragraph) for inline in one.content)


def test_ready_words_stand_in_loops_conditions_macros_and_sets(small_project: Path) -> None:
    story = """\
# Pay

{% macro first(table) %}{{ table | ranking('salary') | capital }}.{% endmacro %}
{% set word = pay.count | plural('job', 'jobs') %}

{{ first(pay) }}

{% if pay.count > 1 %}
{{ pay | listed('job') }}: {{ word }}.
{% endif %}

{% for row in pay %}
- {{ row.salary | about }}
{% endfor %}
"""
    found = shown(small_project, story)
    assert "The highest is Engineer at $120,000, ahead of Analyst at $110,000." in found
    assert "Engineer and Analyst: 2\u00a0jobs." in found
    assert "Paragraph #pay/paragraph-3: $120,000" in found


def test_a_macro_of_another_file_speaks_the_language_of_the_document(small_project: Path) -> None:
    (small_project / "story/ours.md").write_text("{% macro size(n) %}{{ n | about }}{% endmacro %}\n", "utf-8")
    story = "{% import 'ours.md' as ours %}\n# Gehalt\n\nEs sind {{ ours.size(pay.first.salary * 1.234) }}.\n"
    with pytest.raises(ProjectError, match="cannot be reached"):
        shown(small_project, story, language="de-DE")
    story = "{% from 'ours.md' import size %}\n# Gehalt\n\nEs sind {{ size(pay.first.salary * 1.234) }}.\n"
    assert "Es sind rund " in shown(small_project, story, language="de-DE")


def test_what_a_document_says_changes_with_its_data(small_project: Path) -> None:
    other = "job,salary\nEngineer,120000\nAnalyst,130000\n"
    found = shown(
        small_project, f"# Pay\n\n{RANKING}.\n", other, ("holds = \"pay.top('salary').job == 'Engineer'\"", "")
    )
    assert "The highest is Analyst at $130,000, ahead of Engineer at $120,000." in found


REFUSED = {
    "{{ pay | ranking('wage') }}": "no field 'wage'",
    "{{ pay | ranking('job') }}": "ready words compare numbers",
    "{{ pay | ranking }}": "takes the name of a field",
    "{{ pay | ranking('pay', top=3) }}": "3 rows, too few",
    "{{ pay | ranking('pay', top=0) }}": "one row to 8",
    "{{ pay | ranking('pay', top=9) }}": "one row to 8",
    "{{ pay | ranking('pay', upto=2) }}": "'ranking' takes no 'upto'",
    "{{ pay | ranking('pay', true, 2, 3, 4, 5) }}": "'ranking' is given too much",
    "{{ pay | ranking('pay', top=1.5) }}": "takes a whole number",
    "{{ pay | ranking('pay', lowest='yes') }}": "is true or false",
    "{{ pay.head(1) | ranking('pay') }}": "1 row, too few",
    "{{ pay.first | ranking('pay') }}": "asks a whole table",
    "{{ pay | rankin('pay') }}": "no filter 'rankin'.*ranking",
    "{{ pay | trend('pay') }}": "has no time",
    "{{ jobs.head(1) | trend('n') }}": "fewer than two rows",
    "{{ pay | listed('pay', 'xor') }}": "'and' or in 'or'",
    "{{ pay.head(0) | listed('job') }}": "no row of 't' is left",
    "{{ pay.first.pay | plural('job', 'jobs') }}": "a plural needs a count",
    "{{ pay.first.job | about }}": "rounds numbers",
    "{{ jobs.first.time | about }}": "rounds numbers",
    "{{ pay.first.pay | compared(pay.first.job) }}": "cannot compare",
    "{{ pay.first.pay | compared(jobs.first.n) }}": "cannot compare",
    "{{ pay.first.pay | compared(100) }}": "takes two values",
    "{{ pay.head(1) | between('pay') }}": "the same 'pay'",
    "{{ 'Engineer' | capital }}": "begins a sentence with a ready word",
    "{{ pay | ranking('pay') ~ '!' }}": "cannot be glued",
    "{{ (pay | ranking('pay')).pieces }}": "cannot be reached",
    "{{ 'yes' if pay | ranking('pay') else 'no' }}": "no test",
    "{{ 'yes' if (pay | ranking('pay')) == 'x' else 'no' }}": "no test",
    "{{ pay.count | plural('job', 'jobs', some='x') }}": "no form of a plural",
    "{{ pay.count | plural(1, 2) }}": "words in quotation marks",
    "{{ pay.count | plural('job') }}": "words in quotation marks",
    "{{ pay | listed }}": "takes the name of a field",
    "{{ pay.first.pay | compared }}": "takes two values",
    "{{ pay | ranking('pay', 'yes') }}": "is true or false",
}


@pytest.mark.parametrize("template", REFUSED)
def test_what_a_ready_word_cannot_say_is_refused(template: str) -> None:
    with pytest.raises(ProjectError) as refused:
        say(template, pay=PAY, jobs=series([1, 2, 3]))
    assert re.search(REFUSED[template], str(refused.value), re.DOTALL), str(refused.value)


@pytest.mark.parametrize("word", ["ranking('pay')", "listed('pay')", "between('pay')"])
def test_a_row_without_a_value_is_refused_until_the_story_leaves_it_out(word: str) -> None:
    table = ranked([("Engineer", 120), ("Analyst", 110), ("Nurse", None)])
    with pytest.raises(ProjectError, match=r"(?s)no value in.*where\('pay != None'\)"):
        of(table, word)
    assert "Engineer" in say(f"{{{{ t.where('pay != None') | {word} }}}} Engineer", t=table)


def test_currencies_have_no_ranking() -> None:
    fields = (
        Field("job", "Job", Measure("text"), key=True),
        Field("unit", "Unit", Measure("text")),
        Field("pay", "Pay", Measure("money"), unit_field="unit"),
    )
    columns: dict[str, tuple[Content, ...]] = {
        "job": ("A", "B"),
        "unit": ("EUR", "USD"),
        "pay": (Decimal(1), Decimal(2)),
    }
    table = Table("t", fields, columns, (2, 3), "t.csv", "Pay")
    for word in ("ranking('pay')", "between('pay')"):
        with pytest.raises(ProjectError, match="money in EUR and money in USD"):
            of(table, word)


def test_all_that_share_the_last_place_of_a_ranking_are_named() -> None:
    table = ranked([("A", 9), ("B", 5), ("C", 5), ("D", 1)])
    assert of(table, "ranking('pay', top=2)") == "the three highest are A at €9, B at €5, and C at €5"
    assert of(table, "ranking('pay', top=3)") == "the three highest are A at €9, B at €5, and C at €5"


def test_a_ranking_does_not_name_all_rows() -> None:
    with pytest.raises(ProjectError, match="row 2 of 't' has the same 'pay' as all behind it"):
        of(ranked([("A", 9), ("B", 5), ("C", 5)]), "ranking('pay', top=2)")
    with pytest.raises(ProjectError, match="too many to name"):
        of(ranked([("Z", 9), *((name, 5) for name in "ABCDEFGH"), ("Y", 1)]), "ranking('pay', top=2)")


def test_a_list_of_names_that_hold_its_joining_word_can_be_read_apart() -> None:
    names = [("A, or B", 3), ("Medicine and Surgery", 2), ("Law", 1)]
    assert of(ranked(names[1:]), "listed('job')") == "Medicine and Surgery; and Law"
    assert of(ranked([("Medicine or Surgery", 2), ("Law", 1)]), "listed('job')") == "Medicine or Surgery and Law"
    assert of(ranked([("Medicine or Surgery", 2), ("Law", 1)]), "listed('job', 'or')") == "Medicine or Surgery; or Law"
    assert of(ranked([("Sand", 2), ("Law", 1)]), "listed('job')") == "Sand and Law"


def test_a_list_has_the_verb_that_goes_with_as_many() -> None:
    verb = "listed('job', one='has', other='have')"
    assert of(ranked([("A", 9)]), verb) == "A has"
    assert of(ranked([("A", 9), ("B", 5)]), verb) == "A and B have"
    assert of(ranked([("A", 9), ("A", 5)]), verb) == "A has"
    for wrong, said in {
        "listed('job', one='has')": "takes words",
        "listed('job', much='x')": "'much' is no form",
    }.items():
        with pytest.raises(ProjectError, match=said):
            of(ranked([("A", 9)]), wrong)


def test_a_word_may_go_with_a_number_that_is_not_said() -> None:
    assert say("{{ t.count | plural('is', 'are', number=false) }}", t=ranked([("A", 9)])) == "is"
    assert say("{{ t.count | plural('is', 'are', number=false) }}", t=PAY) == "are"


def test_a_number_in_words_may_begin_a_sentence() -> None:
    assert say("{{ t.count | words | capital }}", t=PAY) == "Three"
    assert say("{{ t.count | words | plural('job', 'jobs') | capital }}", t=PAY) == "Three jobs"
    with pytest.raises(ProjectError, match=r"t\.count \| words \| capital"):
        say("{{ t.count | capital }}", t=PAY)


def test_a_difference_may_be_said_without_its_sign() -> None:
    assert say("{{ t.change('pay') | absolute }}", t=PAY) == "€30"
    assert say("{{ (t['Nurse'].pay - t['Engineer'].pay) | number | absolute }}", t=PAY) == "30"


def test_two_rows_of_one_name_are_not_told_apart() -> None:
    with pytest.raises(ProjectError, match="two rows of 't' are called A"):
        of(ranked([("A", 9), ("A", 5)]), "ranking('pay')")


def test_numbers_that_rounding_makes_one_are_shown_exactly_where_they_differ() -> None:
    table = ranked([("A", "9.4"), ("B", "9.2")])
    assert of(table, "ranking('pay')") == "the highest is A at €9.40, ahead of B at €9.20"
    assert of(table, "between('pay')") == "between €9.20 and €9.40"


@pytest.mark.parametrize("missing", [[1, None, 3], [None, 1, 2]])
def test_a_trend_has_a_value_at_each_time(missing: list[int | None]) -> None:
    with pytest.raises(ProjectError, match="no value in 1 of 3 rows"):
        of(series(missing), "trend('n')")


def test_a_trend_with_a_year_left_out_is_refused() -> None:
    with pytest.raises(ProjectError, match="from 2016 to 2018 and elsewhere in smaller steps"):
        of(series([1, 2, 3, 4], times=[2015, 2016, 2018, 2019]), "trend('n')")


def test_a_trend_with_a_time_twice_is_refused() -> None:
    with pytest.raises(ProjectError, match="2016 stands in 2 rows"):
        of(series([1, 2, 3], times=[2015, 2016, 2016]), "trend('n')")


def test_a_trend_goes_by_time_and_not_by_the_order_of_rows() -> None:
    assert of(series([3, 1, 2], times=[2017, 2015, 2016]), "trend('n')") == "rose every year from 2015 to 2017"


def test_more_than_double_is_more_than_double() -> None:
    said = [against(value, 100) for value in (195, 196, 198, 200, 201, 299)]
    assert said == [
        "95% more than", "almost double", "almost double", "exactly double", "more than double", "almost three times",
    ]  # fmt: skip


def test_about_a_third_reaches_as_far_as_one_percent() -> None:
    said = [against(value, 10_000) for value in (6566, 6567, 6666, 6766, 6767, 6800)]
    assert [one == "about a third less than" for one in said] == [False, True, True, True, False, False]


def test_percentages_are_compared_in_points_and_as_multiples_never_in_percent() -> None:
    said = [against(value, 35, kind="percent") for value in (70, 50, "35.7", 20)]
    assert said == [
        "exactly double",
        "15 percentage points higher than",
        "about the same as",
        "15 percentage points lower than",
    ]


def test_only_a_limit_is_compared_with_nothing() -> None:
    table = ranked([("A", 9), ("B", 5)])
    assert of(table, "ranking('pay')").startswith("the highest is A")
    with pytest.raises(ProjectError, match="only a limit is known"):
        say("{{ t.first.pay | about }}", t=_limited())


def _limited() -> Table:
    table = ranked([("A", 9), ("B", 5)])
    column: tuple[Content, ...] = (Marked(Decimal(9), Mark("at least")), Decimal(5))
    return Table("t", table.fields, {**table.columns, "pay": column}, table.lines, "t.csv", "Pay")


def test_rows_of_which_only_one_limit_is_known_are_not_called_level() -> None:
    fields = (Field("job", "Job", Measure("text"), key=True), Field("pay", "Pay", Measure("money", "EUR")))
    column: tuple[Content, ...] = (Marked(Decimal(9), Mark("at least")), Marked(Decimal(9), Mark("at least")))
    table = Table("t", fields, {"job": ("A", "B"), "pay": column}, (2, 3), "t.csv", "Pay", language="en-US")
    with pytest.raises(ProjectError, match="only the same limit is known"):
        of(table, "ranking('pay')")


def test_days_with_commas_are_listed_with_semicolons() -> None:
    days = series([1, 2], times=["2024-01-05", "2024-02-05"])
    assert of(days, "listed('time')") == "January 5, 2024; and February 5, 2024"
    assert (
        of(series([1, 2], "de", ["2024-01-05", "2024-02-05"]), "listed('time')") == "5. Januar 2024 und 5. Februar 2024"
    )


def test_a_limit_that_decides_is_ranked_as_one() -> None:
    assert of(_limited(), "ranking('pay')") == "the highest is A with at least €9, ahead of B at €5"


def test_a_step_within_the_margin_is_no_rise() -> None:
    assert of(series([10, 20, 21, 30, 40], margin=3), "trend('n')") == "rose in every year but 2017 (2015–2019)"
    with pytest.raises(ProjectError, match="every step of 'n' in 't' lies within the margin of error"):
        of(series([10, 12, 14, 16], margin=2), "trend('n')")


def test_two_numbers_within_the_margin_are_not_compared() -> None:
    with pytest.raises(ProjectError, match=r"(?s)within the margin of error.*is distinct"):
        against(10, 12, margin=3)


def test_the_first_rows_are_not_named_where_the_margin_leaves_them_open() -> None:
    table = ranked([("A", 9), ("B", 5), ("C", 4), ("D", 1)], margin=1)
    with pytest.raises(ProjectError, match="within the margin of error of the first 2"):
        of(table, "ranking('pay', top=2)")
    assert of(table, "ranking('pay', top=3)") == "the three highest are A at €9, B at €5, and C at €4"


def test_the_total_of_the_other_rows_is_no_first_of_them() -> None:
    table = ranked([("A", 9), ("B", 5), ("Total", 14)], kind="integer")
    with pytest.raises(ProjectError, match=r"(?s)'Total' \(t.csv:4\) is the sum of the other rows.*job != 'Total'"):
        of(table, "ranking('pay')")
    assert of(ranked([("A", 9), ("B", 5), ("Total Energies", 20)], kind="integer"), "ranking('pay')").startswith(
        "the highest is Total"
    )


def test_a_title_may_name_the_first_alone_and_is_tested_all_the_same() -> None:
    assert of(PAY, "ranking('pay', following=false) | capital") == "The highest is Engineer at €120"
    assert (
        of(ranked([("A", 2), ("B", 2), ("C", 1)]), "ranking('pay', following=false)")
        == "the highest are A and B at €2 each"
    )
    assert of(ranked([("A", 9), ("B", 8)], margin=5), "ranking('pay', following=false)").startswith(
        "which is the highest is open"
    )


def test_a_ranking_of_many_rows_takes_no_longer_than_looking_at_them() -> None:
    rows = [(f"N{i}", i % 2) for i in range(20_000)]
    with pytest.raises(ProjectError, match="10000 rows of 't' share one place, too many to name"):
        of(ranked(rows), "ranking('pay')")


@pytest.mark.parametrize(
    ("last", "and_", "or_"),
    [
        ("hijos", "e", "o"), ("hielo", "y", "o"), ("Íñigo", "e", "o"), ("Yves", "y", "o"), ("IBM", "e", "o"),
        ("IA", "e", "o"), ("Ian", "y", "o"), ("ocho", "y", "u"), ("«ocho»", "y", "u"), ("“Ingeniería”", "e", "o"),
        ("OCDE", "y", "u"), ("11.000", "y", "u"), ("110", "y", "o"),
    ],
)  # fmt: skip
def test_spanish_joins_by_the_sound_that_follows(last: str, and_: str, or_: str) -> None:
    table = ranked([("A", 1), (last, 2)], "es")
    assert of(table, "listed('job')") == f"A {and_} {last}"
    assert of(table, "listed('job', 'or')") == f"A {or_} {last}"


def test_a_list_of_lists_names_each_item_once() -> None:
    fields = (Field("job", "Job", Measure("text"), key=True), Field("skills", "Skills", Measure("list", delimiter=";")))
    columns: dict[str, tuple[Content, ...]] = {"job": ("A", "B"), "skills": ("Java;SQL", "SQL; Python")}
    table = Table("t", fields, columns, (2, 3), "t.csv", "Skills")
    assert of(table, "listed('skills')") == "Java, SQL, and Python"


def test_a_percentage_is_not_rounded_to_all_of_it() -> None:
    table = ranked([("A", "99.7"), ("B", "99.4")], kind="percent")
    assert say("{{ t['A'].pay | about }}, {{ t['B'].pay | about }}", t=table) == "99.7%, about 99%"


def test_a_form_of_a_plural_that_is_not_given_is_the_other_one() -> None:
    table = ranked([("A", 1_000_000)], "fr", "integer")
    assert say("{{ t.first.pay | plural('offre', 'offres') }}", "fr", t=table) == "1 000 000 offres"
    assert say("{{ t.first.pay | plural('offre', 'offres', many='d’offres') }}", "fr", t=table) == "1 000 000 d’offres"
