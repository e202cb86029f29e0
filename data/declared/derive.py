"""Tables and fields that are computed from other tables, every result with the cells it came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from msgspec.structs import replace

from data.declared.period import period
from data.declared.typed import as_field, column_decimals, unknown_fields, with_band_levels
from data.errors import Place, Problem, ProjectError, nearest
from data.files.toml_file import TomlFile
from data.sandbox.explained import EXPRESSION_ERRORS, explain
from data.sandbox.expressions import evaluate, row_names, rows_where
from data.sandbox.sandbox import refuse_too_large
from data.settings.fields import FieldSettings
from data.settings.project import TableSettings
from data.tables.latest import earliest, latest
from data.tables.provenance import Behind
from data.tables.table import Field, Table
from data.tables.value import (
    NUMERIC,
    Content,
    FieldType,
    Interval,
    Marked,
    Measure,
    MissingError,
    NoRatioError,
    Value,
    raw,
)

_PLAIN: frozenset[FieldType] = frozenset(("integer", "number"))
"""What becomes money or a percentage by computing only, and not by taking a column as it is."""
_BECOMES: dict[FieldType, tuple[FieldType, ...]] = {
    "money": ("money",),
    "percent": ("percent",),
    "points": ("points", "number"),
    "list": ("list",),
}
"""What a value may be declared as; counts, numbers and ratios may become anything by computing. A difference of
percentages is no percentage."""


def _computed(field: Field, settings: FieldSettings, names: dict[str, object], place: Place) -> Value:
    """What the field's expression gives for these names; MissingError where the data lack a value that it needs."""
    result = evaluate(str(settings.value), names, place, "field")
    if isinstance(result, Value):
        return _as_declared(result, field, f"'{settings.value}'", place)
    if isinstance(result, int | float | Decimal) and not isinstance(result, bool):
        return _as_declared(Value(Decimal(str(result)), Measure("number")), field, f"'{settings.value}'", place)
    if isinstance(result, str) and (settings.type == "text" or result in settings.levels):
        return Value(result, field.measure)
    raise ProjectError.at(
        place, f"'{settings.value}' gives no value.", "Ask for a field, or compute with fields: group.sum('total')."
    )


def _as_declared(value: Value, field: Field, what: str, place: Place) -> Value:
    """`value` as one of `field`; ProjectError for what that cannot hold: words, other money, too large a number."""
    measure, given = field.measure, value.measure
    if value.missing:
        return Value(None, measure, value.cells, value.mark)
    if measure.type in NUMERIC and not isinstance(value.content, Decimal):
        raise ProjectError.at(
            place, f"{what} gives '{value.content}', which is no number.", f'Write type = "{given.type}".'
        )
    if measure.levels and value.content not in measure.levels:
        remedy = nearest(str(value.content), measure.levels)
        raise ProjectError.at(place, f"{what} gives '{value.content}', which is no level of the field.", remedy)
    if given.unit and measure.unit and given.unit != measure.unit:
        raise ProjectError.at(
            place, f"{what} is in {given.unit}, and the field is in {measure.unit}.", "Correct the unit."
        )
    if measure.type not in _BECOMES.get(given.type, (measure.type,)):
        raise ProjectError.at(
            place, f"{what} is {given.type}, and the field is {measure.type}.", f'Write type = "{given.type}".'
        )
    try:
        refuse_too_large(value)
    except ValueError:
        raise ProjectError.at(
            place, f"{what} gives a number larger than any that documents show.", "Use a larger unit."
        ) from None
    if measure.type == "integer" and isinstance(value.content, Decimal) and value.content % 1:
        raise ProjectError.at(
            place,
            f"{what} gives {round(value.content, 4).normalize():f}, which is no whole number.",
            'Write type = "number"; with decimals = 0 it is rounded when it is shown.',
        )
    content = value.content
    if measure.type == "list":
        content = f"{measure.delimiter} ".join(_items(value, what, place))
    return Value(content, replace(measure, unit=measure.unit or given.unit), value.cells, value.mark)


def _items(value: Value, what: str, place: Place) -> tuple[str, ...]:
    if value.measure.type != "list":
        said = f"{what} is {value.measure.type}, and the field is a list."
        raise ProjectError.at(
            place, said, f'Write type = "{value.measure.type}", or declare the list where it is read.'
        )
    return value.items


def _lacking(field: Field, error: MissingError) -> Value:
    """The result of what could not be computed: missing, for the reason that the value it needs is missing."""
    return Value(None, field.measure, (), error.mark)


def with_computed_fields(table: Table, settings: TableSettings, file: TomlFile) -> tuple[Table, tuple[Problem, ...]]:
    """`table` with the fields that declare `value = "expression over the row's fields"`, and what there is to tell.

    A row that lacks a value which the expression needs has none in the new field either, for the same reason; nor has
    one in which it divides by nothing or by something negative, and that is told.
    """
    fields: list[Field] = []
    contents: list[list[Value]] = []
    told: list[Problem] = []
    for name, declared in settings.fields.items():
        if declared.value is None:
            continue
        place = file.place("tables", table.name, "fields", name)
        field = as_field(name, declared)
        values: list[Value] = []
        gaps: list[tuple[str, MissingError]] = []
        for row in table:
            try:
                values.append(_computed(field, declared, row_names(row, declared.value), place))
            except MissingError as error:
                values.append(_lacking(field, error))
                if isinstance(error, NoRatioError):
                    gaps.append((row.key, error))
        fields.append(_with_decimals(field, declared, [raw(value) for value in values]))
        contents.append(values)
        told.extend(_told(field, gaps, place))
    return table.with_fields(fields, contents) if fields else table, tuple(told)


def _with_decimals(field: Field, declared: FieldSettings, contents: Sequence[Content]) -> Field:
    """The field with one number of digits for its whole column, where the author gives none."""
    if field.measure.decimals is not None:
        return field
    decimals = column_decimals(contents, field.measure.type, computed=declared.value is not None)
    return replace(field, measure=replace(field.measure, decimals=decimals))


def derived_table(
    name: str, settings: TableSettings, tables: Mapping[str, Table], file: TomlFile
) -> tuple[Table, tuple[Problem, ...]]:
    """A table computed from another, filtered, and grouped when it says so; and what there is to tell about it.

    Raises ProjectError for unknown names and for expressions that fail, with their place in project.toml.
    """
    place = file.place("tables", name)
    base = tables.get(str(settings.derived_from))
    if base is None:
        origin = str(settings.derived_from)
        raise ProjectError.at(
            file.place("tables", name, "from"), f"there is no table '{origin}'.", nearest(origin, tables)
        )
    base = _of_one_time(base, settings, name, file)
    if settings.where:
        base = rows_where(base, settings.where, file.place("tables", name, "where"))
    if settings.group_by is None:
        groups, told = [base.take([i]) for i in range(len(base))], list[Problem]()
    else:
        groups, told = _groups(base, settings.group_by, file.place("tables", name, "group_by"))
    if not groups:
        raise ProjectError.at(place, f"table '{name}' has no rows.", "Check group_by and where.")
    fields: list[Field] = []
    columns: dict[str, tuple[Content, ...]] = {}
    origins: list[dict[str, Behind]] = [{} for _ in groups]
    problems = unknown_fields(name, settings, file)
    for field_name, declared in settings.fields.items():
        field = as_field(field_name, declared)
        if declared.type == "range":
            fields.append(field)
            continue
        try:
            values, gaps = _column(
                field, declared, groups, settings.group_by, file.place("tables", name, "fields", field_name)
            )
        except ProjectError as error:
            problems.extend(error.problems)
            continue
        told.extend(gaps)
        columns[field_name] = tuple(raw(v) for v in values)
        field = _with_decimals(field, declared, columns[field_name])
        fields.append(with_band_levels(field, declared, columns[field_name]))
        for i, value in enumerate(values):
            origins[i][field_name] = value.cells
    if problems:
        raise ProjectError(problems)
    table = Table(
        name=name,
        fields=tuple(fields),
        columns=columns,
        lines=tuple(group.lines[0] for group in groups),
        file=base.file,
        title=settings.title or base.title,
        source=settings.source or base.source,
        as_of=settings.stated_period or _time_of(base, settings),
        licence=settings.licence or base.licence,
        notes=settings.notes,
        footnotes=base.footnotes,
        whole=settings.whole,
        computed_from=base.computed_from or base.title,
        minimum_n=base.minimum_n,
        language=base.language,
        variables=base.variables,
        origins=tuple(origins),
    )
    return table, tuple(told)


def _of_one_time(base: Table, settings: TableSettings, name: str, file: TomlFile) -> Table:
    """The rows of the latest or earliest time, where the declaration asks for them."""
    for setting, field, choose in (("latest", settings.latest, latest), ("earliest", settings.earliest, earliest)):
        if field is None:
            continue
        try:
            return choose(base, field)
        except EXPRESSION_ERRORS as error:
            message, remedy = explain(error, {})
            raise ProjectError.at(file.place("tables", name, setting), message, remedy) from None
    return base


def _time_of(base: Table, settings: TableSettings) -> str | None:
    """The time of the rows that are left, where a field tells it; else what the other table says."""
    field = base.dated_by or settings.latest or settings.earliest
    return (period(base, field) if field and base.as_of else None) or base.as_of


def _groups(base: Table, group_by: str, place: Place) -> tuple[list[Table], list[Problem]]:
    """The rows that share a value of the field, in order of appearance; and that some rows have none."""
    known = [f.name for f in base.fields]
    if group_by not in known:
        raise ProjectError.at(place, f"table '{base.name}' has no field '{group_by}'.", nearest(group_by, known))
    if base.field(group_by).measure.type == "list":
        remedy = f"Make a table for each word that you need: where = \"'...' in {group_by}\"."
        raise ProjectError.at(place, f"'{group_by}' is a list: a row would be in several groups.", remedy)
    members: dict[object, list[int]] = {}
    outside: list[Value | Interval] = []
    for i, content in enumerate(base.columns[group_by]):
        if content is None or isinstance(content, Marked):
            outside.append(base.value(i, group_by))
        else:
            members.setdefault(content, []).append(i)
    told: list[Problem] = []
    if outside:
        first = outside[0]
        why = first.gap if isinstance(first, Value) else ""
        told.append(
            Problem(
                place,
                f"{len(outside)} of {len(base)} rows of '{base.name}' have no '{group_by}' and are in no group, {why}.",
                f'Leave them out on purpose: where = "{group_by} != None".',
                "warning",
            )
        )
    return [base.take(rows) for rows in members.values()], told


def _column(
    field: Field, declared: FieldSettings, groups: Sequence[Table], group_by: str | None, place: Place
) -> tuple[list[Value], list[Problem]]:
    """The field's value for each group, and that some have none: a summary is never of fewer rows than it says."""
    values: list[Value] = []
    gaps: list[tuple[str, MissingError]] = []
    for group in groups:
        try:
            values.append(_group_value(field, declared, group, group_by, place))
        except MissingError as error:
            values.append(_lacking(field, error))
            if group_by is not None or isinstance(error, NoRatioError):
                gaps.append((_name(group, group_by), error))
    return values, _told(field, gaps, place)


def _told(field: Field, gaps: Sequence[tuple[str, MissingError]], place: Place) -> list[Problem]:
    """That some rows have no value of a computed field, named by the first of them."""
    if not gaps:
        return []
    name, error = gaps[0]
    many = f" and {len(gaps) - 1} more" if len(gaps) > 1 else ""
    # a mark of the source's is printed in the value's place and says why; an empty cell is easily overlooked
    marked = all(error.mark and not isinstance(error, NoRatioError) for _, error in gaps)
    severity = "note" if marked else "warning"
    remedy = f"{error.remedy} Without that it is shown as missing."
    return [Problem(place, f"'{field.name}' has no value for '{name}'{many}: {error}.", remedy, severity)]


def _name(group: Table, group_by: str | None) -> str:
    if group_by is None:
        return group.row_name(0)
    value = group.value(0, group_by)
    return str(value.content) if isinstance(value, Value) else ""


def _group_value(field: Field, declared: FieldSettings, group: Table, group_by: str | None, place: Place) -> Value:
    if declared.value is None:
        base_name = declared.columns(field.name)[0]
        if group_by is not None and base_name != group_by:
            raise ProjectError.at(
                place,
                f"the field '{field.name}' has many values in a group.",
                "Say which: value = \"group.sum('...')\", mean, median, top('...').field.",
            )
        known = [f.name for f in group.fields]
        if base_name not in known:
            raise ProjectError.at(place, f"there is no field '{base_name}'.", nearest(base_name, known))
        found = group.rows[0][base_name]
        if isinstance(found, Interval):
            raise ProjectError.at(place, f"'{base_name}' is a range.", "Take its low and its high field.")
        if found.measure.type in _PLAIN and field.measure.type in ("percent", "money"):
            said = f"'{base_name}' is {found.measure.type}, and the field is {field.measure.type}."
            raise ProjectError.at(place, said, f'Write type = "{found.measure.type}", or compute it by value.')
        return _as_declared(found, field, f"'{base_name}'", place)
    names: dict[str, object] = {"group": group} if group_by is not None else row_names(group.rows[0])
    return _computed(field, declared, names, place)
