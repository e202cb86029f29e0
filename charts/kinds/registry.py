"""The kinds of chart: a kind is one file and one line here."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from functools import cache

from charts.honest.rules import named
from charts.kinds.kind import Kind
from charts.roles import Given, Role
from data.tables.table import Field
from data.tables.value import FieldType

_NAMES = (
    "band",
    "bar",
    "bars",
    "box",
    "bullet",
    "column",
    "dot",
    "histogram",
    "levels",
    "line",
    "multiples",
    "range",
    "scatter",
    "share",
    "slope",
    "stacked",
    "table",
    "tilemap",
    "waffle",
)


class _Kinds(Mapping[str, Kind]):
    """Name → kind; the file of a kind, which is called like it, is imported when somebody asks for it."""

    def __getitem__(self, name: str) -> Kind:
        if name not in _NAMES:
            raise KeyError(name)
        return _kind(name)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


@cache
def _kind(name: str) -> Kind:
    kind: Kind = importlib.import_module(f"charts.kinds.{name}").KIND
    return kind


KINDS: Mapping[str, Kind] = _Kinds()


def unfit(kind: str, given: Given) -> tuple[str, str] | None:
    """Why a kind cannot show the fields that are given to these roles, and what to do about it; None where it can."""
    wanted = KINDS[kind]
    for name in given:
        if wanted.role(name) is None:
            return f"the kind '{kind}' has no use for '{name}'.", f"It takes {_listed(wanted)}."
    for role in wanted.roles:
        fields = given.get(role.name, ())
        if role.required and not fields:
            return f"the kind '{kind}' needs a field as its {role.name}.", f'Write {role.name} = "...".'
        for field in fields:
            if field.measure.type not in role.types:
                return _strange(kind, role, field)
        if len(fields) > 1 and not role.several:
            several = [f"'{n}'" for n, other in KINDS.items() if any(r.several for r in other.roles)]
            return f"the kind '{kind}' shows one field, not {len(fields)}.", f"Use the kind {several[0]} for several."
        if (
            not role.mixed
            and len({(_family(field.measure.type), field.measure.unit, field.unit_field) for field in fields}) > 1
        ):
            names = ", ".join(f"'{field.name}'" for field in fields)
            fault = f"fields of different units cannot share an axis: {names}.", "Make a chart for each of them."
            return named("one-unit", fault)
    return None


def _strange(kind: str, role: Role, field: Field) -> tuple[str, str]:
    """That a field is of a type with which it cannot play this role."""
    if role.name == "category":
        fault = (
            f"the kind '{kind}' needs {' or '.join(sorted(role.types))} along its axis, and '{field.name}' is of"
            f" type {field.measure.type}.",
            "Use the kind 'bar', or choose another field.",
        )
        return fault if field.measure.type not in ("text", "level") else named("ordered-line", fault)
    others = ((name, other.role(role.name)) for name, other in KINDS.items())
    fitting = [f"'{name}'" for name, other in others if other is not None and field.measure.type in other.types]
    return (
        f"the kind '{kind}' cannot show '{field.name}', which is of type {field.measure.type}.",
        f"Use the kind {' or '.join(fitting)}." if fitting else "Choose another field, or show a table.",
    )


def _listed(kind: Kind) -> str:
    """What a chart of a kind may declare."""
    names = [role.name for role in kind.roles if role.name not in ("category", "measure")]
    return ", ".join(names) if names else "x and y"


def _family(kind: FieldType) -> FieldType:
    """Types that can stand on one axis count as one."""
    return {"integer": "number", "points": "percent"}.get(kind, kind)  # pyright: ignore[reportReturnType]  # the two words are field types, too
