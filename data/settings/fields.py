"""What `project.toml` may say of the fields of a table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from babel.numbers import list_currencies
from pydantic import Field, StringConstraints, model_validator

from data.cells.dates import precision
from data.pattern import PatternError, compiled
from data.settings.kinds import Limit, Name, Number, Printed, Settings, Whole, YesNo


class NumberSettings(Settings):
    """How people wrote the numbers of a table."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> NumberSettings:
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands cannot both be '{self.decimal}'")
        return self


_MOVING = frozenset(("integer", "number", "money", "percent", "points"))
"""Types of numbers of which one can say how far they moved."""

Absence = Literal["not available", "not applicable", "suppressed"]


class MarkSettings(Settings):
    """What a mark in a table means: no value, or only a limit of one."""

    meaning: Literal["not available", "not applicable", "suppressed", "at least", "at most"]
    value: Number | None = None
    note: str = ""

    @model_validator(mode="after")
    def _has_its_limit(self) -> MarkSettings:
        if (self.value is not None) != (self.meaning in ("at least", "at most")):
            raise ValueError("'at least' and 'at most' need value = the limit, and nothing else has one")
        return self


class FieldSettings(Settings):
    """One field of a table. Words follow Frictionless Table Schema where it has one."""

    title: Printed = ""
    type: Literal[
        "text", "list", "integer", "number", "money", "percent", "points", "year", "academic_year", "date", "level",
        "band", "range",
    ]  # fmt: skip
    column: str | Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Header of the column in the file, where that is not the field's name; or the headers that it has in several."""
    numbers: NumberSettings | None = None
    """How its numbers are written, where not as the table's."""
    format: str | tuple[str, ...] = ()
    """How dates are written: "%d/%m/%Y", or "excel" for the day numbers of spreadsheets."""
    multiply: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    """1000 where the file counts in thousands."""
    labels: dict[str, str] = {}
    """Codes in the file and the words that they stand for."""
    missing: tuple[str, ...] | dict[str, Absence | MarkSettings] = ()
    """Marks that mean something else in this column than in the rest of the table, or stand only here."""
    unit: str | None = None
    unit_field: Name | None = None
    of: Literal["integer", "number", "money", "percent"] | None = None
    low: Name | None = None
    high: Name | None = None
    levels: tuple[str, ...] = ()
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=5)] | None = None
    """What stands between the items of a list: ";"."""
    scale: Literal["percent", "fraction"] = "percent"
    decimals: Annotated[Whole, Field(ge=0, le=6)] | None = None
    case: Literal["as is", "sentence"] = "as is"
    proper: tuple[str, ...] = ()
    """Words that keep their capitals in sentence case: names of peoples, languages, countries."""
    value: str | None = None
    key: YesNo = False
    required: YesNo = False
    unique: YesNo = False
    minimum: Number | None = None
    maximum: Number | None = None
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    additive: YesNo | None = None
    references: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]\w*\.[A-Za-z]\w*$")] | None = None
    """Another table's field that has every value of this one: "majors.code"."""
    adds_up_to: Number | Name | None = None
    """A number: what the column adds up to. A field: what it gives with the other fields that name it, row by row."""
    within: Name | None = None
    """The field whose rows with one value add up to the number; all rows where it is not said."""
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    """How far a sum may be off; what rounding explains where it is not said."""
    sample: Name | None = None
    """For a percentage: the field that counts the people who were asked, from which its margin follows."""
    margin: Annotated[Number, Field(ge=0)] | Name | None = None
    """How far a value may be off, 95 times of 100: a number in the field's unit, or the field that has it."""
    max_change: Limit | None = None
    """How far a value may move from one edition to the next: "10 %" of what it was, or a number in its own unit."""

    def columns(self, name: str) -> tuple[str, ...]:
        """Headers that the column of the field `name` may have, the first of them the usual one."""
        return (self.column,) if isinstance(self.column, str) else self.column or (name,)

    @property
    def is_read(self) -> bool:
        """Whether the field has a column in the file: it is not computed, and no range of two other fields."""
        return self.value is None and (self.type != "range" or self.column is not None)

    @model_validator(mode="after")
    def _fits_together(self) -> FieldSettings:
        try:
            compiled(self.pattern or "")
        except PatternError as error:
            raise ValueError(f"the pattern {error}. {error.remedy}".rstrip(".")) from None
        if self.type == "range" and not (self.low and self.high) and not self.column:
            raise ValueError(
                "a range needs low and high, the names of two other fields, or column, whose cells hold both"
            )
        for form in (self.format,) if isinstance(self.format, str) else self.format:
            if form in ("excel", "excel 1904") or precision(form):
                continue
            if re.search("%[UWV]", form):
                raise ValueError(f"'{form}' reads a week and no day of it; declare such weeks as text")
            raise ValueError(f"'{form}' is no format of dates; write such as '%d/%m/%Y'")
        if self.within is not None and not isinstance(self.adds_up_to, float):
            raise ValueError("within belongs to adds_up_to = a number")
        if self.type == "level" and len(self.levels) < 2:
            raise ValueError("a level needs levels, from lowest to highest: levels = ['Basic', 'Advanced']")
        if (self.type == "list") != (self.delimiter is not None):
            raise ValueError("a list needs delimiter = ';' or whatever divides its items, and nothing else has one")
        if self.delimiter is not None and not self.delimiter.strip() and "\n" not in self.delimiter:
            raise ValueError("a list cannot be divided by spaces, which stand within its items too")
        if self.max_change is not None and not ({self.type, self.of} & _MOVING):
            raise ValueError(f"max_change needs numbers that can move, and '{self.type}' has none")
        self._has_one_margin()
        if self.type == "list" and self.key:
            raise ValueError("a list cannot be the key that names a row")
        if self.type == "money" and not (self.unit or self.unit_field):
            raise ValueError("money needs unit = 'USD' (or another currency code) or unit_field")
        if "money" in (self.type, self.of) and self.unit and self.unit not in list_currencies():
            raise ValueError(f"'{self.unit}' is no currency code of ISO 4217, such as 'USD', 'EUR' or 'GBP'")
        return self

    def _has_one_margin(self) -> None:
        if self.sample is not None and self.margin is not None:
            raise ValueError("sample and margin both say how far values may be off; write one of them")
        if self.sample is not None and self.type != "percent":
            raise ValueError(f"sample needs a percentage, whose margin follows from it, and this is '{self.type}'")
        if self.margin is not None and self.type not in _MOVING:
            raise ValueError(f"margin needs amounts, and '{self.type}' has none")
