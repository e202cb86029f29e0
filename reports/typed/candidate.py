"""One value of the data that a typed number may be: how a story asks for it, and how near the sentence is to it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec import Struct

from data.language.show import NumberStyle, show
from data.tables.row import Field
from data.tables.table import Row, Table
from data.tables.value import Interval, Value

STYLES: tuple[NumberStyle, ...] = ("rounded", "number", "words", "label", "exact")
_FEW = 12
"""Rows that people count by their places."""
_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})


class Candidate(Struct, frozen=True):
    """A value, and the expression that gives it."""

    asked: Callable[[str], str]
    """The expression, with a quotation mark of one's choice; "" where a name in it holds that mark."""
    value: Value
    tier: tuple[int, int]
    """How surely it is meant: whether the sentence names it, and whether the word behind the number is its unit."""
    score: int
    """Words that its titles share with the sentence."""
    sure: bool = False
    """Whether the sentence leaves no doubt that it is meant."""
    compound: bool = False
    """Whether the expression needs brackets before a filter."""
    filtered: bool = False
    """Whether a filter stands at its end already."""
    named: bool = True
    """Whether it is asked for by name, and not by the place of a row among many."""
    direct: bool = True
    """Whether its table was read, and not computed from another one."""
    every: bool = False
    """Whether it is another value for each row of a batch."""

    def expression(self, style: NumberStyle, quote: str = '"') -> str:
        """What stands between the braces."""
        said = self.asked(quote)
        if style == "rounded" or not said:
            return said
        return f"({said}) | {style}" if self.compound else f"{said} | {style}"

    def binding(self, style: NumberStyle, quote: str = '"') -> str:
        """The placeholder; "" where it cannot be written with this quotation mark."""
        said = self.expression(style, quote)
        return f"{{{{ {said} }}}}" if said else ""

    def spelled(self, text: str, language: str) -> tuple[NumberStyle, int] | None:
        """The style that prints a text, or a number at its beginning, and how many characters those are."""
        wanted = text.translate(_SPACES)
        for style in STYLES[:1] if self.filtered else STYLES:
            shown = show(self.value, style, language).translate(_SPACES)
            if shown == wanted:
                return style, len(text)
            if (
                style == "number"
                and wanted.startswith(f"{shown} ")
                and not any(one.isdigit() for one in wanted[len(shown) :])
            ):
                return style, len(shown)
        return None


def row_asked(row: Row) -> Callable[[str], str]:
    """How a story asks for a row: by its name, its place in time, what it alone holds, or its place."""
    table, index = row.table, row.index
    if table.key_field is not None:
        content = table.columns[table.key_field.name][index]
        if isinstance(content, int):
            return lambda quote: f"{table.name}[{content}]"
        named = str(content)
        return lambda quote: "" if quote in named or "\\" in named else f"{table.name}[{quote}{named}{quote}]"
    for field in table.fields:
        if field.measure.type == "text" and (said := table.columns[field.name][index]) is not None:
            text = str(said)
            if sum(one == said for one in table.columns[field.name]) == 1:
                return lambda quote: (
                    ""
                    if quote in text or "\\" in text
                    else f"{table.name}.where({field.name}={quote}{text}{quote}).first"
                )
    return lambda quote: f"{table.name}.rows[{index}]"


def has_name(table: Table) -> bool:
    """Whether a story asks for the table's rows by their names."""
    return table.key_field is not None or len(table) <= _FEW


def cell_asked(row: Row, field: Field) -> Callable[[str], str]:
    """How a story asks for a cell."""
    asked = row_asked(row)

    def said(quote: str) -> str:
        found = asked(quote)
        return f"{found}.{field.name}" if found else ""

    return said


def of_two(sign: str, one: Callable[[str], str], other: Callable[[str], str]) -> Callable[[str], str]:
    """How a story asks for a difference or a ratio."""

    def said(quote: str) -> str:
        left, right = one(quote), other(quote)
        return f"{left} {sign} {right}" if left and right else ""

    return said


def is_number(value: Value | Interval) -> bool:
    """Whether a value is one that is known exactly."""
    return isinstance(value, Value) and isinstance(value.content, Decimal) and value.mark is None


def called(table: Table) -> str:
    """A table's name and title, as words."""
    return f"{table.name.replace('_', ' ')} {table.title}"


def field_called(field: Field) -> str:
    """A field's name, title and unit, as words."""
    return f"{field.name.replace('_', ' ')} {field.title} {field.measure.unit or ''}"
