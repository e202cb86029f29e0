"""How a table's numbers are written: their decimal mark, and the mark between thousands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct, field

from data.inspection.columns.bands import ends_of
from data.inspection.columns.column import Column, Finding
from data.inspection.columns.numbers import Number, decimal_votes, read_number
from data.inspection.columns.short_numbers import digits_of
from data.inspection.words.setting import ProposedSetting

_VOTES = 400
_NUMERIC = ("integer", "number", "money", "percent")
_GROUPS = {"’": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " "}


class Written(Struct, frozen=True):
    """Settings for numbers: for the table, and for the columns that differ from it."""

    table: ProposedSetting | None
    fields: Mapping[str, ProposedSetting] = field(default_factory=dict[str, ProposedSetting])
    """Header of a column -> how its numbers are written."""


class _Style(Struct, frozen=True):
    """How one column writes its numbers."""

    decimal: str
    thousands: str
    shown: str
    """A number that shows it."""

    def value(self) -> dict[str, object]:
        marked: dict[str, object] = {"thousands": self.thousands} if self.thousands else {}
        return {"decimal": self.decimal, **marked} if self.decimal != "." or not marked else marked


def decimal_mark(columns: Sequence[Column], delimiter: str) -> str:
    """ "," where the cells show that numbers are written with a decimal comma, else ".".

    "1.234" shows neither: then semicolons as `delimiter` show that commas stand in numbers.
    """
    point = comma = 0
    for column in columns:
        a, b = _votes(column)
        point, comma = point + a, comma + b
    if point == comma == 0:
        return "," if delimiter == ";" and _dots_divide(columns) else "."
    return "," if comma > point or (comma == point and delimiter == ";") else "."


def _dots_divide(columns: Sequence[Column]) -> bool:
    """Whether dots stand between thousands, in none of the numbers behind zeros only."""
    texts = [digits_of(text) for column in columns for text in list(column.values)[:_VOTES]]
    dotted = [number for text in texts if (number := read_number(text, ",")) and number.group == "."]
    return bool(dotted) and not any(number.padded for number in dotted)


def own_decimal_mark(column: Column, usual: str) -> str:
    """The decimal mark of one column, the table's where it does not clearly show another."""
    point, comma = _votes(column)
    if point and not comma:
        return "."
    return "," if comma and not point else usual


def _votes(column: Column) -> tuple[int, int]:
    votes = [decimal_votes(digits_of(text)) for text in list(column.values)[:_VOTES]]
    return sum(point for point, _ in votes), sum(comma for _, comma in votes)


def written(columns: Sequence[Column], findings: Sequence[Finding], decimals: Sequence[str], usual: str) -> Written:
    """The marks in numbers, where they are not written plainly; `decimals` has each column's decimal mark."""
    styles: dict[str, _Style] = {}
    for column, found, decimal in zip(columns, findings, decimals, strict=True):
        style = _style(column, found, decimal)
        if style is not None:
            styles[column.header] = style
    if not styles:
        return Written(None)
    marks = Counter((style.decimal, style.thousands) for style in styles.values() if style.decimal == usual)
    thousands = next((mark for (_, mark), _ in marks.most_common() if mark), "")
    table = _Style(usual, thousands, _shown(styles.values(), usual, thousands))
    own = {header: style for header, style in styles.items() if not _covers(table, style)}
    return Written(
        ProposedSetting(table.value(), f"Numbers are written '{table.shown}'.") if len(own) < len(styles) else None,
        {
            header: ProposedSetting(style.value(), f"Its numbers are written '{style.shown}'.")
            for header, style in own.items()
        },
    )


def _covers(table: _Style, style: _Style) -> bool:
    """Whether the table's way of reading numbers reads a column's, too."""
    return style.decimal == table.decimal and style.thousands in ("", table.thousands)


def _shown(styles: Iterable[_Style], decimal: str, thousands: str) -> str:
    fit = [style for style in styles if style.decimal == decimal and style.thousands in ("", thousands)]
    return next((style.shown for style in fit if style.thousands), fit[0].shown if fit else "")


def _style(column: Column, found: Finding, decimal: str) -> _Style | None:
    """How a column writes its numbers; None where they are written plainly, or it holds none."""
    marked = [
        (text, number)
        for text, number in _numbers(column, found, decimal)
        if number.decorated or (decimal == "," and number.decimals)
    ]
    if not marked:
        return None
    groups = Counter(_GROUPS.get(number.group, number.group) for _, number in marked)
    shown = next((text for text, number in marked if number.group), marked[0][0])
    return _Style(decimal, next((group for group, _ in groups.most_common() if group), ""), shown)


def _numbers(column: Column, found: Finding, decimal: str) -> list[tuple[str, Number]]:
    """The texts of a column that are read as numbers, each with its own; of a range its two ends."""
    if found.type == "range":
        ends = [end for text in column.values for end in ends_of(text, decimal)]
        return [(end, number) for end in ends if (number := read_number(end, decimal))]
    if found.type in _NUMERIC:
        marks = frozenset(found.marks)
        return [(text, number) for text, number in column.numbers(decimal).items() if text not in marks]
    return []
