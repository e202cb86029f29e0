"""Kinds of chart: one is chosen from the data's shape, and refused for data it cannot show."""

from __future__ import annotations

import pytest

from charts.chart import choose_kind
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
    assert choose_kind(field(along), fields, whole) == kind
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


def test_every_kind_draws_and_describes() -> None:
    assert list(KINDS) == sorted(KINDS)
    assert all(callable(kind.draw) and callable(kind.describe) and kind.roles for kind in KINDS.values())
