"""What charts say: the labels of each kind, and the words that stand for a chart."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from charts.alt import describe
from charts.stacking.rest import unstated
from tests.charting import bars_of, chart_of, decimals, drawn, is_open, levels_of, range_of, texts

JOBS = ["Machine Learning Engineer", "Artificial Intelligence Engineer", "Data Scientist"]
PAY = chart_of("bar", JOBS, [120000, 115000, 110000], "money", "USD", JOBS[:1], title="Average salary")
YEARS = chart_of("line", [2015, 2016, 2017], [10000, 15000, 20000], along="year", title="Jobs")
PARTS = chart_of("share", ["Technology", "Finance", "Healthcare"], [35, 25, 15], "percent", title="Share")
RANGES = range_of(
    ["San Francisco, CA", "New York, NY", "London, UK"],
    [125000, 115000, 60000],
    [170000, 160000, 85000],
    ["USD", "USD", "GBP"],
    ["San Francisco, CA"],
)
SKILLS = levels_of(["Python", "R", "Java"], ["Advanced", "Intermediate", None], ["Basic", "Intermediate", "Advanced"])
WOMEN = bars_of(["Engineering", "Education"], {"Women": [129276, 455603], "Men": [408307, 103526]})


def test_bars_are_labelled_with_names_and_values() -> None:
    assert texts(drawn(PAY)) == [
        "Machine Learning Engineer", "$120,000",
        "Artificial Intelligence Engineer", "$115,000",
        "Data Scientist", "$110,000",
    ]  # fmt: skip


def test_only_the_highlighted_row_is_bold_and_in_the_accent_colour() -> None:
    drawing = drawn(PAY)
    bold = [label.text for label in drawing.plot.labels if label.fonts == drawing.plot.style.bold]
    accent = [label.text for label in drawing.plot.labels if label.colour == drawing.plot.style.accent]
    assert bold == ["Machine Learning Engineer", "$120,000"]
    assert accent == ["$120,000"]


def test_the_rest_of_a_whole_is_shown_as_not_stated() -> None:
    assert texts(drawn(PARTS)) == ["35%", "25%", "15%", "25%", "Technology", "Finance", "Healthcare", "Not stated"]


def test_a_whole_that_is_complete_has_no_rest() -> None:
    assert texts(drawn(chart_of("share", ["Women", "Men"], [30, 70], "percent"))) == ["30%", "70%", "Women", "Men"]


@pytest.mark.parametrize(
    ("numbers", "rest"),
    [
        ([35, 25, 15], "25"),
        ([33, 33, 33], "0"),
        (["33.3", "33.3", "33.3"], "0"),
        ([79, 20], "1"),
        ([100], "0"),
        ([60, 60], "0"),
        ([None, 40], "0"),
    ],
)
def test_what_rounding_explains_is_no_rest(numbers: list[float | str | None], rest: str) -> None:
    assert unstated(decimals(numbers)) == decimals([rest])[0]


def test_many_parts_of_a_whole_become_a_list_of_bars() -> None:
    names = ["Technology", "Finance", "Healthcare", "Education and research", "Public service", "Retail"]
    shown = texts(drawn(chart_of("share", names, [35, 25, 15, 8, 5, 3], "percent")))
    assert shown == [
        t for pair in zip([*names, "Not stated"], ["35%", "25%", "15%", "8%", "5%", "3%", "9%"]) for t in pair
    ]


def test_a_range_with_two_currencies_gets_two_panels() -> None:
    assert texts(drawn(RANGES)) == [
        "US dollars",
        "San Francisco, CA", "$125,000", "$170,000",
        "New York, NY", "$115,000", "$160,000",
        "British pounds",
        "London, UK", "£60,000", "£85,000",
    ]  # fmt: skip


def test_bars_in_two_currencies_get_two_panels_with_marks_on_one_edge() -> None:
    drawing = drawn(chart_of("bar", ["Berlin", "A much longer place"], [50, 60], "money", units=["EUR", "USD"]))
    assert texts(drawing) == ["Euros", "Berlin", "€50", "US dollars", "A much longer place", "$60"]
    axes = {round(shape.points[0][0], 3) for shape in drawing.plot.shapes if is_open(shape)}
    assert len(axes) == 1


def test_a_range_with_one_end_missing_says_so_where_it_would_stand() -> None:
    chart = range_of(["A", "B", "C"], [1, None, None], [5, 3, None], ["USD"] * 3)
    assert texts(drawn(chart)) == ["A", "$1", "$5", "B", "Low: not stated", "$3", "C", "not stated"]


def test_levels_are_named_over_their_columns() -> None:
    assert texts(drawn(SKILLS)) == ["Basic", "Intermediate", "Advanced", "Python", "R", "Java", "not stated"]


def test_levels_with_names_too_long_for_columns_are_said_in_each_row() -> None:
    levels = ["Not at all important", "Neither important nor unimportant", "Extraordinarily important", "Indispensable"]
    shown = texts(drawn(levels_of(["Calculus"], [levels[1]], levels), 150))
    assert "Calculus: Neither" in shown[-2] + " " + shown[-1] or "Calculus: Neither" in " ".join(shown)


def test_grouped_bars_are_named_in_the_order_of_their_bars() -> None:
    assert texts(drawn(WOMEN))[:2] == ["Women", "Men"]
    assert texts(drawn(WOMEN))[2:] == [
        "129,276", "Engineering", "408,307", "455,603", "Education", "103,526",
    ]  # fmt: skip


def test_more_measures_than_shades_have_a_name_each() -> None:
    shown = texts(drawn(bars_of(["Law"], {"a": [1], "b": [2], "c": [3], "d": [4]})))
    assert shown == ["Law", "a", "1", "b", "2", "c", "3", "d", "4"]


def test_missing_values_are_said_and_zero_is_a_value() -> None:
    assert texts(drawn(chart_of("bar", ["A", "B", "C"], [5, 0, None]))) == ["A", "5", "B", "0", "C", "not stated"]


def test_a_gap_in_a_line_is_said_where_it_is() -> None:
    drawing = drawn(chart_of("line", [2015, 2016, 2017, 2018, 2019, 2020], [4, 5, None, None, 6, 7], along="year"))
    assert texts(drawing).count("not stated") == 1
    lines = list(filter(is_open, drawing.plot.shapes))
    assert [len(line.points) for line in lines] == [2, 2, 2]  # axis, before and after the gap


def test_years_stand_at_distances_that_are_true_to_time() -> None:
    drawing = drawn(chart_of("line", [2020, 2010, 2011], [1, 2, 3], along="year"))
    places = {label.text: label.x for label in drawing.plot.labels}
    assert places["2010"] < places["2011"] < 0.3 * places["2020"]


def test_values_are_shown_in_the_readers_language() -> None:
    assert "120.000\u00a0$" in texts(drawn(PAY, language="de-DE"))
    assert "35\u00a0%" in texts(drawn(PARTS, language="fr-FR"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en-US",
            "Bar chart: Average salary by Name. Machine Learning Engineer: $120,000; Artificial Intelligence Engineer: "
            "$115,000; Data Scientist: $110,000. Highlighted: Machine Learning Engineer.",
        ),
        (
            "de-DE",
            "Balkendiagramm: Average salary nach Name. Machine Learning Engineer: 120.000\u00a0$; Artificial "
            "Intelligence Engineer: 115.000\u00a0$; Data Scientist: 110.000\u00a0$. Hervorgehoben: Machine Learning "
            "Engineer.",
        ),
        (
            "fr-FR",
            "Diagramme en barres\u00a0: Average salary par Name. Machine Learning Engineer\u00a0: 120\u00a0000\u00a0$US; "
            "Artificial Intelligence Engineer\u00a0: 115\u00a0000\u00a0$US; Data Scientist\u00a0: 110\u00a0000\u00a0$US. "
            "Mis en évidence\u00a0: Machine Learning Engineer.",
        ),
        (
            "es-ES",
            "Gráfico de barras: Average salary por Name. Machine Learning Engineer: 120.000\u00a0US$; Artificial "
            "Intelligence Engineer: 115.000\u00a0US$; Data Scientist: 110.000\u00a0US$. Destacado: Machine Learning "
            "Engineer.",
        ),
    ],
)
def test_a_chart_describes_itself_in_the_projects_language(language: str, words: str) -> None:
    assert describe(PAY, language) == words


def test_a_line_says_its_ends_and_its_trend() -> None:
    assert (
        describe(YEARS, "en-US") == "Line chart: Jobs by Name. From 10,000 (2015) to 20,000 (2017), rising throughout. "
        "2015: 10,000; 2016: 15,000; 2017: 20,000."
    )


def test_a_line_that_turns_says_its_extremes_and_what_is_missing() -> None:
    chart = chart_of("line", [1, 2, 3, 4, 5], [7, 9, None, 2, 3], along="integer")
    assert describe(chart, "en-US") == (
        "Line chart: Amount by Name. From 7 (1) to 3 (5), up and down, with no direction that lasts; highest 9 (2), "
        "lowest 2 (4). 1: 7; 2: 9; 4: 2; 5: 3. Not stated: 3."
    )


def test_parts_say_what_is_missing_to_the_whole() -> None:
    assert describe(PARTS, "en-US") == (
        "Parts of a whole: Share by Name. Technology: 35%; Finance: 25%; Healthcare: 15%; not stated: 25%."
    )


def test_ranges_say_both_ends() -> None:
    assert describe(RANGES, "en-US") == (
        "Ranges: Salary by Place. San Francisco, CA: $125,000–$170,000; New York, NY: $115,000–$160,000; "
        "London, UK: £60,000–£85,000. Highlighted: San Francisco, CA."
    )


def test_levels_say_who_reaches_which() -> None:
    assert describe(SKILLS, "en-US") == (
        "Levels: Proficiency by Skill, from Basic to Advanced. Advanced: Python; Intermediate: R. Not stated: Java."
    )


def test_grouped_bars_say_every_value_or_the_extremes_of_each_measure() -> None:
    assert describe(WOMEN, "en-US") == (
        "Grouped bar chart: Women, Men by Major. Engineering (Women: 129,276, Men: 408,307); "
        "Education (Women: 455,603, Men: 103,526)."
    )
    many = bars_of([f"Row {i}" for i in range(9)], {"a": list(range(9)), "b": list(range(10, 19))})
    assert describe(many, "en-US") == (
        "Grouped bar chart: a, b by Major. A: highest 8 (Row 8), lowest 0 (Row 0); b: highest 18 (Row 8), lowest 10 "
        "(Row 0)."
    )


def test_many_bars_say_how_many_and_their_extremes() -> None:
    chart = chart_of("bar", [f"Row {i}" for i in range(18)], [*range(17), 0], highlight=["Row 3"])
    assert describe(chart, "en-US") == (
        "Bar chart: Amount by Name. 18 values, highest 16 (Row 16), lowest 0 (Row 0, Row 17). Highlighted: Row 3 (3)."
    )


def test_the_authors_own_description_wins() -> None:
    assert describe(replace(PAY, alt="Engineers are paid best."), "de-DE") == "Engineers are paid best."
