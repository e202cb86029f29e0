"""Values: what may be computed with them, and how they are shown."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.language.show import NumberStyle, number_format, show
from data.tables.aggregate import median
from data.tables.value import Cell, Interval, Measure, MissingError, UnitError, Value


def value(number: str, kind: str = "money", unit: str | None = "USD", decimals: int | None = None) -> Value:
    cell = Cell("t", kind, "t.csv", 2)
    return Value(Decimal(number), Measure(kind, unit if kind == "money" else None, decimals), (cell,))


def test_money_rounds_half_up_never_half_to_even() -> None:
    assert show(value("39900.50", unit="EUR")) == "€39,901"
    assert show(value("39901.50", unit="EUR")) == "€39,902"
    assert show(value("-39900.50", unit="EUR")) == "−€39,901"


@pytest.mark.parametrize(
    ("language", "money", "percent", "number"),
    [
        ("en-US", "€39,901", "35%", "1,234,567"),
        ("de-DE", "39.901\xa0€", "35\xa0%", "1.234.567"),
        ("fr-FR", "39\xa0901\xa0€", "35\xa0%", "1\xa0234\xa0567"),
        ("es-ES", "39.901\xa0€", "35\xa0%", "1.234.567"),
    ],
)
def test_every_language_shows_numbers_its_own_way(language: str, money: str, percent: str, number: str) -> None:
    assert show(value("39900.50", unit="EUR"), "rounded", language) == money
    assert show(value("35", "percent"), "rounded", language) == percent
    assert show(value("1234567", "integer"), "rounded", language) == number


@pytest.mark.parametrize(
    ("style", "text"),
    [("rounded", "$1,234,568"), ("exact", "$1,234,567.50"), ("label", "$1.2M"), ("number", "1,234,568")],
)
def test_each_style_shows_the_same_value_for_its_purpose(style: NumberStyle, text: str) -> None:
    assert show(value("1234567.5"), style) == text


def test_a_year_has_no_thousands_mark() -> None:
    assert show(Value(2017, Measure("year"))) == "2017"


def test_a_range_is_shown_from_low_to_high() -> None:
    assert show(Interval(value("125000"), value("170000"))) == "$125,000–$170,000"


def test_what_is_missing_says_so_in_the_readers_language() -> None:
    assert show(Value(None, Measure("money", "USD")), "rounded", "de-DE") == "nicht angegeben"


def test_money_minus_money_is_money_and_keeps_both_cells() -> None:
    difference = value("120000") - value("110000")
    assert show(difference) == "$10,000"
    assert len(difference.cells) == 2


def test_dollars_minus_pounds_is_an_error() -> None:
    with pytest.raises(UnitError, match="money in USD and money in GBP"):
        value("1") - value("1", unit="GBP")


def test_money_and_a_percentage_cannot_be_added() -> None:
    with pytest.raises(UnitError):
        value("1") + value("1", "percent")


def test_a_difference_of_percents_is_percentage_points() -> None:
    difference = value("35", "percent") - value("30", "percent")
    assert show(difference) == "5\xa0percentage points"
    assert show(value("31", "percent") - value("30", "percent"), "rounded", "de-DE") == "1\xa0Prozentpunkt"


def test_money_divided_by_money_is_a_ratio_without_unit() -> None:
    ratio = value("20000") / value("10000")
    assert ratio.measure == Measure("ratio")
    assert show(ratio) == "2×"
    assert show(value("15") / value("10"), "number") == "1.5"


def test_what_is_left_of_a_whole_is_a_percentage() -> None:
    assert show(100 - value("75", "percent")) == "25%"


def test_a_plain_number_has_no_currency() -> None:
    with pytest.raises(TypeError):
        value("1") + 5


@pytest.mark.parametrize(
    ("language", "text"), [("en-US", "three"), ("de-DE", "drei"), ("fr-FR", "trois"), ("es-ES", "tres")]
)
def test_small_counts_can_be_spelled_out(language: str, text: str) -> None:
    assert show(value("3", "integer"), "words", language) == text
    assert show(value("13", "integer"), "words", language) == "13"


def test_years_differ_by_a_number_of_years() -> None:
    assert show(Value(2017, Measure("year")) - Value(2015, Measure("year"))) == "2"


def test_nothing_can_be_computed_with_a_missing_value() -> None:
    with pytest.raises(MissingError, match=r"the cell is empty \('pay' in t\.csv:2\)"):
        value("1") + Value(None, Measure("money", "USD"), (Cell("t", "pay", "t.csv", 2),))


def test_nothing_can_be_divided_by_zero() -> None:
    with pytest.raises(MissingError, match="zero"):
        value("1") / value("0")


def test_levels_compare_by_their_order_not_their_letters() -> None:
    levels = Measure("level", levels=("Basic", "Advanced"))
    assert Value("Advanced", levels) > Value("Basic", levels)
    assert Value("Advanced", levels) > "Basic"


def test_zero_is_a_value_and_missing_is_not() -> None:
    assert value("0")
    assert not Value(None, Measure("money", "USD"))


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3), st.decimals(-(10**9), 10**9, places=2))
def test_adding_and_subtracting_undo_each_other(a: Decimal, b: Decimal) -> None:
    first, second = value(str(a)), value(str(b))
    assert first + second - second == first


def office_text(code: str, number: Decimal, thousands: str, mark: str) -> str:
    """What an office program makes of the number formats that we use: digits, literals in quotes, escaped characters."""
    literal = re.compile(r'"([^"]*)"|\\(.)')
    digits = re.search(r"#,##0(\.0+)?|0", literal.sub(lambda m: "\ue000" * len(m[0]), code))
    assert digits is not None
    places = len(digits[1]) - 1 if digits[1] else 0
    shown = f"{number:,.{places}f}" if digits[0].startswith("#") else str(number)
    shown = shown.replace(",", "\0").replace(".", mark).replace("\0", thousands)
    before, after = code[: digits.start()], code[digits.end() :]
    return literal.sub(lambda m: m[1] or m[2], before) + shown + literal.sub(lambda m: m[1] or m[2], after)


@pytest.mark.parametrize(
    ("language", "thousands", "mark"),
    [("en-US", ",", "."), ("de-DE", ".", ","), ("fr-FR", "\xa0", ","), ("es-ES", ".", ",")],
)
@pytest.mark.parametrize(("kind", "unit"), [("money", "USD"), ("money", "EUR"), ("percent", None), ("integer", None)])
@pytest.mark.parametrize("decimals", [0, 1, 2])
def test_office_number_formats_look_like_our_own_text(
    language: str, thousands: str, mark: str, kind: str, unit: str | None, decimals: int
) -> None:
    shown = Value(Decimal("39900.25"), Measure(kind, unit, decimals))
    code = number_format(shown.measure, decimals, language)
    ours = show(shown, "rounded", language)
    rounded = Decimal("39900.25").quantize(Decimal(1).scaleb(-decimals), rounding="ROUND_HALF_UP")
    assert office_text(code, rounded, thousands, mark).replace(" ", "\xa0") == ours


def test_a_currency_of_letters_stands_apart_from_its_digits() -> None:
    assert show(Value(Decimal(4320), Measure("money", "SGD"))) == "SGD\u00a04,320"
    assert show(Value(Decimal(4320), Measure("money", "CAD"))) == "CA$4,320"
    assert show(Value(Decimal(4320), Measure("money", "CHF")), "rounded", "de-CH") == "CHF\u00a04\u2019320"
    assert number_format(Measure("money", "SGD"), 0) == '"SGD"\\ #,##0'


@pytest.mark.parametrize("style", ["rounded", "label", "number"])
def test_what_rounds_to_zero_has_no_sign(style: NumberStyle) -> None:
    assert show(Value(Decimal("-0.4"), Measure("money", "USD", 0)), style).replace("$", "") == "0"
    assert show(Value(Decimal("-0.04"), Measure("percent", None, 1)), style).rstrip("%") == "0.0"
    assert show(Value(Decimal("-0.06"), Measure("percent", None, 1)), style).rstrip("%") == "\u22120.1"


@pytest.mark.parametrize(
    ("number", "label"),
    [
        ("999999", "$999,999"),
        ("999999.6", "$1M"),
        ("1000000", "$1M"),
        ("950000000", "$950M"),
        ("999940000", "$999.9M"),
        ("999960000", "$1B"),
        ("-2540000000", "\u2212$2.5B"),
        ("1250000000000000", "$1,250T"),
    ],
)
def test_a_label_has_less_than_a_thousand_of_its_unit(number: str, label: str) -> None:
    assert show(Value(Decimal(number), Measure("money", "USD")), "label") == label


def test_one_point_down_is_one_point() -> None:
    difference = value("34", "percent") - value("35", "percent")
    assert show(difference) == "\u22121\u00a0percentage point"
    assert show(value("34", "percent") - value("36", "percent")) == "\u22122\u00a0percentage points"


def test_a_part_of_a_count_is_a_number_and_not_rounded_to_a_count() -> None:
    people = Measure("integer", None, 0)
    assert show(Value(Decimal(3), people) / 2) == "1.5"
    assert show(Value(Decimal(3), people) * Decimal("0.5")) == "1.5"
    assert show(Value(Decimal(4), people) / 2) == "2"
    assert show(median([Value(Decimal(n), people) for n in (1, 2)])) == "1.5"


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("de-CH", "1’234’567"), ("fr-CH", "1’234’567"), ("it-CH", "1’234’567"), ("de-LI", "1’234’567"),
        ("en-IN", "12,34,567"), ("hi-IN", "12,34,567"), ("en-US", "1,234,567"), ("de-DE", "1.234.567"),
        ("fr-FR", "1\u00a0234\u00a0567"), ("es-ES", "1.234.567"),
    ],
)  # fmt: skip
def test_every_group_of_digits_is_set_apart_as_the_country_has_it(language: str, shown: str) -> None:
    assert show(Value(Decimal(1234567), Measure("integer")), "exact", language) == shown
    assert show(Value(Decimal(-1234567), Measure("integer")), "rounded", language) == f"−{shown}"
    money = show(Value(Decimal(1234567), Measure("money", "EUR", 0)), "rounded", language)
    assert shown in money
    assert "¤" not in money


@pytest.mark.parametrize(
    ("language", "number", "word"),
    [
        ("fr-FR", "1.5", "point"), ("fr-FR", "0", "point"), ("fr-FR", "-1.9", "point"), ("fr-FR", "2", "points"),
        ("en-US", "1.5", "percentage points"), ("en-US", "1", "percentage point"), ("en-US", "0", "percentage points"),
        ("de-DE", "1", "Prozentpunkt"), ("de-DE", "1.5", "Prozentpunkte"), ("es-ES", "1.5", "puntos porcentuales"),
    ],
)  # fmt: skip
def test_units_are_singular_where_the_language_has_it(language: str, number: str, word: str) -> None:
    shown = show(Value(Decimal(number), Measure("points")), "rounded", language)
    assert shown.split("\u00a0", 1)[1].split(" de ")[0] == word
