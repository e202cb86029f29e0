"""Tables and fields that are computed from other tables, every result with the cells it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from data.errors import Place, Problem, ProjectError, nearest
from data.expressions import evaluate, row_names, rows_where
from data.settings import FieldSettings, TableSettings
from data.table import Field, Table
from data.toml_file import TomlFile
from data.typed import as_field, with_band_levels
from data.value import Cell, Content, Interval, Mark, MissingError, Value, raw


def _reason(expression: str, names: dict[str, object]) -> Mark | None:
    """Why a result is missing: the mark of the first missing value that the expression asks for."""
    asked = (
        v for name, v in names.items() if isinstance(v, Value) and re.search(rf"\b{re.escape(name)}\b", expression)
    )
    return next((value.mark for value in asked if value.missing and value.mark is not None), None)


def _computed(field: Field, settings: FieldSettings, names: dict[str, object], place: Place) -> Value:
    """What the field's expression gives for these names; no value where the data lack one that it needs."""
    try:
        result = evaluate(str(settings.value), names, place, "field")
    except MissingError:
        return Value(None, field.measure, (), _reason(str(settings.value), names))
    if isinstance(result, Value):
        measure = replace(field.measure, unit=field.measure.unit or result.measure.unit)
        return Value(result.content, measure, result.cells, result.mark)
    if isinstance(result, int | float | Decimal) and not isinstance(result, bool):
        return Value(Decimal(str(result)), field.measure)
    if isinstance(result, str) and (settings.type == "text" or result in settings.levels):
        return Value(result, field.measure)
    raise ProjectError(
        Problem(
            place, f"'{settings.value}' gives no value.", "Ask for a field, or compute with fields: group.sum('total')."
        )
    )


def with_computed_fields(table: Table, settings: TableSettings, file: TomlFile) -> Table:
    """`table` with the fields that declare `value = "expression over the row's fields"`."""
    fields: list[Field] = []
    contents: list[list[Value]] = []
    for name, declared in settings.fields.items():
        if declared.value is None:
            continue
        place = file.place("tables", table.name, "fields", name)
        field = as_field(name, declared)
        values = [_computed(field, declared, row_names(row), place) for row in table]
        fields.append(field)
        contents.append(values)
    return table.with_fields(fields, contents) if fields else table


def derived_table(name: str, settings: TableSettings, tables: Mapping[str, Table], file: TomlFile) -> Table:
    """A table computed from another: filtered, and grouped when it says so.

    Raises ProjectError for unknown names and for expressions that fail, with their place in project.toml.
    """
    place = file.place("tables", name)
    base = tables.get(str(settings.derived_from))
    if base is None:
        origin = str(settings.derived_from)
        raise ProjectError(
            Problem(file.place("tables", name, "from"), f"there is no table '{origin}'.", nearest(origin, tables))
        )
    if settings.where:
        base = rows_where(base, settings.where, file.place("tables", name, "where"))
    if settings.group_by is None:
        groups = [base.take([i]) for i in range(len(base))]
    else:
        known = [f.name for f in base.fields]
        if settings.group_by not in known:
            raise ProjectError(
                Problem(
                    file.place("tables", name, "group_by"),
                    f"table '{base.name}' has no field '{settings.group_by}'.",
                    nearest(settings.group_by, known),
                )
            )
        members: dict[object, list[int]] = {}
        for i, content in enumerate(base.columns[settings.group_by]):
            if content is not None:
                members.setdefault(content, []).append(i)
        groups = [base.take(rows) for rows in members.values()]
    fields: list[Field] = []
    columns: dict[str, tuple[Content, ...]] = {}
    origins: list[dict[str, tuple[Cell, ...]]] = [{} for _ in groups]
    problems: list[Problem] = []
    for field_name, declared in settings.fields.items():
        field = as_field(field_name, declared)
        where = file.place("tables", name, "fields", field_name)
        if declared.type == "range":
            fields.append(field)
            continue
        values: list[Value] = []
        try:
            for group in groups:
                values.append(_group_value(field, declared, group, settings.group_by, where))
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        columns[field_name] = tuple(raw(v) for v in values)
        fields.append(with_band_levels(field, declared, columns[field_name]))
        for i, value in enumerate(values):
            origins[i][field_name] = value.cells
    if problems:
        raise ProjectError(problems)
    return (
        Table(
            name=name,
            fields=tuple(fields),
            columns=columns,
            lines=tuple(group.lines[0] for group in groups),
            file=base.file,
            title=settings.title or base.title,
            source=settings.source or base.source,
            as_of=settings.as_of or base.as_of,
            licence=settings.licence or base.licence,
            notes=settings.notes,
            footnotes=base.footnotes,
            whole=settings.whole,
            computed_from=base.computed_from or base.title,
            origins=tuple(origins),
        )
        if groups
        else _no_rows(name, place)
    )


def _no_rows(name: str, place: Place) -> Table:
    raise ProjectError(Problem(place, f"table '{name}' has no rows.", "Check group_by and where."))


def _group_value(field: Field, declared: FieldSettings, group: Table, group_by: str | None, place: Place) -> Value:
    if declared.value is None:
        base_name = declared.column or field.name
        if group_by is not None and base_name != group_by:
            raise ProjectError(
                Problem(
                    place,
                    f"the field '{field.name}' has many values in a group.",
                    "Say which: value = \"group.sum('...')\", mean, median, top('...').field.",
                )
            )
        known = [f.name for f in group.fields]
        if base_name not in known:
            raise ProjectError(Problem(place, f"there is no field '{base_name}'.", nearest(base_name, known)))
        found = group.first[base_name]
        if isinstance(found, Interval):
            raise ProjectError(Problem(place, f"'{base_name}' is a range.", "Take its low and its high field."))
        return found
    names: dict[str, object] = {"group": group} if group_by is not None else row_names(group.first)
    return _computed(field, declared, names, place)
