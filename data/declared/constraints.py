"""Rules of a project that look beyond one cell: rows counted, sums that add up, computed values, references."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from data.declared.column import broken_constraint
from data.errors import Place, Problem, few, nearest
from data.files.toml_file import TomlFile
from data.settings.fields import FieldSettings
from data.settings.project import TableSettings
from data.tables.rounding import rounding
from data.tables.table import Table
from data.tables.value import Cell, Content, Interval


def broken_rules(
    name: str, settings: TableSettings, tables: Mapping[str, Table], file: TomlFile, broken: Collection[str] = ()
) -> list[Problem]:
    """Every rule that table `name` breaks, with the place of the value; of each kind the first ten.

    `tables` are all tables of the project: a reference may lead to one that is declared later. What refers to a
    `broken` one, which could not be read, is not judged.
    """
    table = tables[name]
    problems = _count(table, settings, file.place("tables", name, "count"))
    for field, declared in settings.fields.items():
        if field in {f.name for f in table.fields} and (settings.derived_from is not None or not declared.is_read):
            problems.extend(_computed(table, field, declared, file.place("tables", name, "fields", field)))
    parts: dict[str, list[str]] = {}
    for field, declared in settings.fields.items():
        place = file.place("tables", name, "fields", field)
        if declared.references is not None and declared.references.split(".")[0] not in broken:
            problems.extend(few(_references(table, field, declared.references, tables, place)))
        if isinstance(declared.adds_up_to, str):
            parts.setdefault(declared.adds_up_to, []).append(field)
        elif declared.adds_up_to is not None:
            problems.extend(few(_column_sums(table, field, declared, place)))
    for total, names in parts.items():
        place = file.place("tables", name, "fields", names[0])
        tolerance = max((t for n in names if (t := settings.fields[n].tolerance) is not None), default=None)
        problems.extend(few(_row_sums(table, names, total, tolerance, place)))
    return problems


def _count(table: Table, settings: TableSettings, place: Place) -> list[Problem]:
    rule = settings.count
    if rule is None:
        return []
    if len(table) < rule.minimum:
        said = f"fewer than the minimum of {rule.minimum}"
    elif rule.maximum is not None and len(table) > rule.maximum:
        said = f"more than the maximum of {rule.maximum}"
    else:
        return []
    return [Problem(place, f"table '{table.name}' has {len(table)} rows, {said}.", "Check the file, or the rule.")]


def _computed(table: Table, field: str, declared: FieldSettings, place: Place) -> list[Problem]:
    """Values that were computed, or are ranges of two fields, and break a constraint which their field declares."""
    ruled = declared.minimum, declared.maximum, declared.pattern, declared.enum or None
    if not (declared.required or declared.unique or declared.key) and ruled == (None, None, None, None):
        return []
    problems: dict[str, list[Problem]] = {}
    seen: dict[object, int] = {}
    for index in range(len(table)):
        value = table.value(index, field)
        ends = (value.low, value.high) if isinstance(value, Interval) else (value,)
        marked = any(end.mark for end in ends)
        contents = [end.content for end in ends if end.content is not None]
        broken = next((found for one in contents if (found := broken_constraint(one, declared))), None)
        shown = " to ".join(str(one) for one in contents)
        if broken is None and len(contents) < len(ends) and (declared.required or declared.key) and not marked:
            broken = "there is no value", "Compute it for every row, or leave the row out by where."
        elif broken is None and contents and (declared.unique or declared.key):
            first = seen.setdefault(tuple(contents), index)
            if first != index:
                broken = "stands in two rows", "Give each row its own, or group the rows."
        if broken:
            what = f"'{shown}' {broken[0]}" if contents else broken[0]
            said = f"field '{field}', row '{table.row_name(index)}': {what}."
            remedy = broken[1].replace("Correct the cell or", "Correct the expression, the data or")
            problems.setdefault(broken[0], []).append(Problem(place, said, remedy))
    return [problem for kind in problems.values() for problem in few(kind)]


def _references(table: Table, field: str, target: str, tables: Mapping[str, Table], place: Place) -> list[Problem]:
    other, key = target.split(".")
    if other not in tables:
        return [Problem(place, f"references: there is no table '{other}'.", nearest(other, tables))]
    known = tables[other].columns
    if key not in known:
        return [Problem(place, f"references: table '{other}' has no field '{key}'.", nearest(key, known))]
    if field not in table.columns:
        return [Problem(place, "references: a range is no value that another table can have.", "Name its ends.")]
    there = set(known[key])
    delimiter = table.field(field).measure.delimiter
    words = [str(content) for content in known[key] if isinstance(content, Decimal | int | str)]
    return [
        Problem(
            _place(table, index, field),
            f"field '{field}': '{content}' is no '{key}' of table '{other}'.",
            nearest(str(content), words),
        )
        for index, whole in enumerate(table.columns[field])
        for content in _parts(whole, delimiter)
        if isinstance(content, Decimal | int | str) and content not in there
    ]


def _parts(content: Content, delimiter: str) -> Sequence[Content]:
    """A cell's content, or the items of its list."""
    if not delimiter or not isinstance(content, str):
        return (content,)
    return [item.strip() for item in content.split(delimiter)]


def _column_sums(table: Table, field: str, declared: FieldSettings, place: Place) -> list[Problem]:
    """Groups of rows whose values do not add up to the declared number; a group with a missing value is not judged."""
    names = [f.name for f in table.fields]
    if declared.within is not None and declared.within not in table.columns:
        return [Problem(place, f"within = '{declared.within}' is no field.", nearest(declared.within, names))]
    groups: dict[object, list[int]] = {}
    for index in range(len(table)):
        groups.setdefault(table.columns[declared.within][index] if declared.within else None, []).append(index)
    wanted = Decimal(str(declared.adds_up_to))
    problems: list[Problem] = []
    for group, rows in groups.items():
        values = [_known(table, index, field) for index in rows]
        present = [value for value in values if value is not None]
        if len(present) < len(values):
            continue
        total = sum(present, Decimal(0))
        if abs(total - wanted) > _tolerance(present, declared.tolerance, declared.type == "percent"):
            where = f" of '{group}'" if declared.within else ""
            said = f"field '{field}': its {len(rows)} values{where} add up to {total:f}, not to {wanted:f}."
            problems.append(Problem(_place(table, rows[0], field), said, "Correct the values, or the rule."))
    return problems


def _row_sums(table: Table, parts: Sequence[str], total: str, tolerance: float | None, place: Place) -> list[Problem]:
    """Rows whose parts do not add up to their total; a row with a missing value is not judged."""
    names = [f.name for f in table.fields]
    if total not in table.columns:
        return [Problem(place, f"adds_up_to = '{total}' is no field.", nearest(total, names))]
    problems: list[Problem] = []
    for index in range(len(table)):
        values = [_known(table, index, part) for part in parts]
        whole = _known(table, index, total)
        present = [value for value in values if value is not None]
        if whole is None or len(present) < len(values):
            continue
        found = sum(present, Decimal(0))
        if abs(found - whole) > _tolerance([*present, whole], tolerance, table.field(total).measure.type == "percent"):
            said = f"{' + '.join(parts)} is {found:f}, and '{total}' is {whole:f}."
            remedy = "Correct the cells, or say what rounding explains: tolerance = ..."
            problems.append(Problem(_place(table, index, total), said, remedy))
    return problems


def _known(table: Table, index: int, field: str) -> Decimal | None:
    """A number that is known exactly; None where it is missing or only a limit."""
    content = table.columns[field][index] if field in table.columns else None  # a range is no number
    return Decimal(content) if isinstance(content, Decimal | int) else None


def _tolerance(values: Sequence[Decimal], declared: float | None, percent: bool) -> Decimal:
    """What rounding explains: whole numbers count things and are exact, but for whole percentages."""
    if declared is not None:
        return Decimal(str(declared))
    exact = not percent and all(int(value.as_tuple().exponent) >= 0 for value in values)
    return Decimal(0) if exact else rounding(values)


def _place(table: Table, index: int, field: str) -> Place:
    value = table.value(index, field)
    cell: Cell = (value.low if isinstance(value, Interval) else value).cells[0]
    return Place(cell.file, cell.line, cell.cell)
