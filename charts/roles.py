"""The roles that fields play in a chart: what is named along an axis, what is measured, what else a mark tells."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from data.tables.table import Field
from data.tables.value import FieldType

RoleName = Literal["category", "measure", "x", "y", "series", "size", "low", "middle", "high", "label"]
"""`category` and `measure` are told from each other by their types, whichever of x and y they stand on; the others are
settings of a chart."""
SETTINGS: tuple[RoleName, ...] = ("series", "size", "low", "middle", "high", "label")
"""Roles besides x and y that a chart may declare."""
Given = Mapping[RoleName, tuple[Field, ...]]
"""The fields that a chart gives to each role."""

ANY_CATEGORY: frozenset[FieldType] = frozenset(("text", "integer", "number", "year", "date", "level"))


TIMES: frozenset[FieldType] = frozenset(("integer", "number", "year", "date"))
"""Types of fields along which time runs, or what counts on like it."""


class Role(Struct, frozen=True):
    """A role of a kind of chart: which fields can play it."""

    name: RoleName
    types: frozenset[FieldType]
    several: bool = False
    """Whether more than one field may."""
    required: bool = True
    mixed: bool = False
    """Whether several fields may have different units, each on a scale of its own."""


def of_categories(
    measures: frozenset[FieldType],
    *,
    several: bool = False,
    along: frozenset[FieldType] = ANY_CATEGORY,
    series: bool | None = False,
) -> tuple[Role, ...]:
    """The roles of a kind that names categories along one axis and measures them along the other.

    `series` tells whether a field may part its rows into series; None that one must.
    """
    found = Role("category", along), Role("measure", measures, several)
    return found if series is False else (*found, Role("series", ANY_CATEGORY, required=series is None))


def named_by(given: Given, key: Field | None) -> Field | None:
    """The field that tells what each row is called; `key` is that of the table."""
    for role in ("category", "label"):
        if given.get(role):
            return given[role][0]
    return key


def drawn(given: Given) -> tuple[Field, ...]:
    """The fields whose values are drawn, each once."""
    found = [field for role, fields in given.items() if role not in ("category", "label", "series") for field in fields]
    return tuple({field.name: field for field in found}.values())
