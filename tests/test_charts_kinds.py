"""Kinds of chart: one is chosen from the data's shape, and refused for data it cannot show."""

from __future__ import annotations

import pytest

from charts.choosing.choice import CHOICES, ONLY_BY_NAME, Shape, choose, instead, no_choice
from charts.kinds.registry import KINDS, unfit
from charts.roles import Given
from data.tables.table import Field
from data.tables.value import FieldType, Measure


def field(type: FieldType, unit: str | None = None) -> Field:  # noqa: A002  # the word of project.toml
    return Field(f"a_{type}", type.title(), Measure(type, unit))


def given(along: FieldType, measures: tuple[Field, ...]) -> Given:
    return {"category": (field(along),), "measure": measures}


@pytest.mark.parametrize(
    ("along", "measures", "whole", "kind"),
    [
        ("text", ["range"], False, "range"),
        ("text", ["level"], False, "levels"),
        ("text", ["integer", "integer"], False, "bars"),
        ("year", ["integer"], False, "line"),
        ("date", ["percent"], False, "line"),
        ("text", ["percent"], True, "share"),
        ("text", ["percent"], False, "bar"),
        ("text", ["money"], False, "bar"),
    ],
)
def test_the_kind_follows_from_the_shape_and_can_show_it(
    along: FieldType, measures: list[FieldType], whole: bool, kind: str
) -> None:
    fields = tuple(field(measure) for measure in measures)
    chosen = choose(Shape(given=given(along, fields), whole=whole, series=len(fields)))
    assert chosen is not None
    assert chosen.kind == kind
    assert unfit(kind, given(along, fields)) is None


@pytest.mark.parametrize(
    ("kind", "along", "measures", "message", "remedy"),
    [
        ("bar", "text", [field("range")], "cannot show 'a_range', which is of type range", "Use the kind 'range'."),
        ("share", "text", [field("money", "USD")], "cannot show 'a_money'", "'bar' or 'bars' or"),
        ("levels", "text", [field("integer")], "cannot show 'a_integer'", "'bar'"),
        ("bar", "text", [field("text")], "cannot show 'a_text'", "show a table"),
        ("bar", "year", [field("integer"), field("integer")], "shows one field, not 2", "'bars'"),
        ("bars", "text", [field("money", "USD"), field("money", "EUR")], "different units", "for each of them"),
        ("bars", "text", [field("money", "USD"), field("percent")], "different units", "for each of them"),
        ("line", "text", [field("integer")], "needs date or integer or number or year along its axis", "'bar'"),
    ],
)
def test_data_that_a_kind_cannot_show_are_refused_with_a_way_out(
    kind: str, along: FieldType, measures: list[Field], message: str, remedy: str
) -> None:
    said = unfit(kind, given(along, tuple(measures)))
    assert said is not None
    assert message in said[0]
    assert remedy in said[1]


PAY = field("money", "USD")


@pytest.mark.parametrize(
    ("shape", "kind", "because"),
    [
        (Shape(given={"x": (PAY,)}, rows=200), "histogram", "one field"),
        (Shape(given={"x": (PAY,), "y": (field("percent"),)}), "scatter", "both axes"),
        (Shape(given=given("text", (PAY,)), rows=100, names=4), "box", "many rows"),
        (Shape(given=given("text", (PAY,)), rows=8, names=4), "bar", "compared by name"),
        (Shape(given=given("text", (PAY,)), rows=51, names=51, states=51), "tilemap", "places of a map"),
        (Shape(given=given("year", (PAY,)), rows=5, names=5), "line", "through time"),
    ],
)
def test_a_kind_is_chosen_by_the_rows_too_and_says_why(shape: Shape, kind: str, because: str) -> None:
    chosen = choose(shape)
    assert chosen is not None
    assert chosen.kind == kind
    assert because in chosen.because


@pytest.mark.parametrize(
    ("shape", "said", "change"),
    [
        (Shape(given=given("text", (PAY,)), rows=300, names=300), "shows 300 names", "it becomes a bar chart"),
        (Shape(given={"x": (PAY,)}, rows=6), "the spread of 6 values", "a bar each"),
        (Shape(given=given("text", (field("text"),))), "cannot show 'a_text'", "show a table"),
        (Shape(given=given("text", (PAY, field("percent"))), series=2), "different units", "for each of them"),
    ],
)
def test_where_no_kind_is_right_it_says_which_would_be_after_which_change(shape: Shape, said: str, change: str) -> None:
    assert choose(shape) is None
    message, remedy = no_choice(shape)
    assert said in message
    assert change in remedy


@pytest.mark.parametrize(
    ("asked", "use"),
    [
        ("pie", "'share'"), ("Donut chart", "'share'"), ("doughnut", "'share'"), ("area", "'line'"), ("3D", "'bar'"),
        ("stacked-area", "'line'"), ("radar", "'bars'"), ("bubble", "'scatter'"), ("gauge", "key figure"),
        ("choropleth", "'tilemap'"), ("violin", "'box'"), ("word cloud", "'bar'"),
    ],
)  # fmt: skip
def test_a_kind_that_people_know_from_elsewhere_is_answered_with_what_to_use(asked: str, use: str) -> None:
    answer = instead(asked)
    assert answer is not None
    assert f"'{asked}' is no kind of chart here: " in answer[0]
    assert use in answer[1]


def test_words_that_are_no_kind_anywhere_are_answered_with_the_nearest() -> None:
    assert instead("bra") is None


def test_every_kind_is_chosen_for_some_shape_or_says_why_not() -> None:
    assert set(KINDS) == {choice.kind for choice in CHOICES} | set(ONLY_BY_NAME)


def test_every_kind_draws_and_describes() -> None:
    assert list(KINDS) == sorted(KINDS)
    assert all(callable(kind.draw) and callable(kind.describe) and kind.roles for kind in KINDS.values())
