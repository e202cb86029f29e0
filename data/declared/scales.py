"""Whether a percent field holds 35 or 0.35 for 35%: where its numbers leave that open, the project has to say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from data.cells.numbers import has_percent_sign
from data.errors import Problem
from data.files.toml_file import TomlFile
from data.reshape.words import find_column
from data.settings.fields import FieldSettings
from data.settings.project import TableSettings
from data.sources.sheet import Sheet
from data.tables.marks import Content
from data.tables.table import Table

_FEW = 3
"""Computed values that tell nothing: one or two shares can be below one percent."""
_APART = 10
"""How many times the larger of two scales exceeds the smaller, where a column has both."""
_ALIKE = 3
"""How many times the middles of two groups may differ that measure the same in two scales."""


def unsaid_scales(
    name: str, settings: TableSettings, table: Table, file: TomlFile, sheet: Sheet | None = None
) -> Iterator[Problem]:
    """Percent fields whose numbers all lie from 0 to 1, and that do not say their scale: 0.4 may be 0.4% or 40%.

    `sheet` is what the table was read from; a percent sign in a cell says what is meant.
    """
    for field, declared in settings.fields.items():
        if declared.type != "percent":
            continue
        numbers = {content for content in table.columns.get(field, ()) if isinstance(content, Decimal)}
        place = file.place("tables", name, "fields", field)
        if not numbers or max(max(numbers), -min(numbers)) > 1 or not any(numbers):
            continue
        if declared.value is not None:
            if len(set(map(abs, numbers))) >= _FEW and declared.minimum is None and declared.maximum is None:
                remedy = "Multiply the expression by 100; or, where it is meant so, say maximum = 1."
                yield Problem(place, f"every '{field}' is at most 1%: it looks like a fraction.", remedy)
        elif sheet is not None and "scale" not in declared.model_fields_set and not _signed(sheet, field, declared):
            remedy = 'Write scale = "fraction" if 0.35 means 35%; else scale = "percent".'
            yield Problem(place, f"every '{field}' is at most 1%: it may be a fraction.", remedy)


def mixed_scales(name: str, settings: TableSettings, table: Table, file: TomlFile) -> Iterator[Problem]:
    """A warning for percent fields that seem to hold both 0.35 and 35 for 35%, or what is above 100% throughout."""
    for field, declared in settings.fields.items():
        if declared.type != "percent":
            continue
        values = _sizes(table.columns.get(field, ()))
        place = file.place("tables", name, "fields", field)
        if declared.value is not None or not values:
            continue
        unit = Decimal(100) if declared.scale == "fraction" else Decimal(1)
        low, high = (Counter({v: n for v, n in values.items() if (v <= unit) == small}) for small in (True, False))
        if declared.scale == "fraction" and len(values) >= _FEW and not low:
            remedy = 'Leave scale = "fraction" out: the file has percentages already.'
            yield Problem(place, f"every '{field}' is above 100%.", remedy, "warning")
        elif _are_two_scales(low, high) and (declared.scale == "fraction" or "scale" not in declared.model_fields_set):
            many = f"{low.total()} values up to {max(low):f}% and {high.total()} from {min(high):f}% up"
            said = f"'{field}' has {many}, as if"
            remedy = "Correct the cells where that is so."
            if declared.scale != "fraction":
                remedy += ' Where small percentages are meant, say scale = "percent".'
            yield Problem(place, f"{said} some cells were fractions and others percentages.", remedy, "warning")


def _sizes(column: Iterable[Content]) -> Counter[Decimal]:
    """How often each number other than 0 stands in a column, whatever its sign."""
    sizes = Counter[Decimal]()
    for number, often in Counter(content for content in column if isinstance(content, Decimal)).items():
        if number:
            sizes[abs(number)] += often
    return sizes


def _are_two_scales(low: Counter[Decimal], high: Counter[Decimal]) -> bool:
    """Whether values fall apart in two groups, of which the lower one is the higher one divided by about 100."""
    if not low or not high or min(high) < _APART * max(low):
        return False
    lower, upper = (sorted(values.elements())[values.total() // 2] for values in (low, high))
    return upper / _ALIKE <= lower * 100 <= upper * _ALIKE


def _signed(sheet: Sheet, field: str, declared: FieldSettings) -> bool:
    """Whether a cell of the field has a percent sign of its own."""
    column = find_column(sheet.header, *declared.columns(field))
    return column is not None and any(has_percent_sign(row[column]) for row in sheet.rows)
