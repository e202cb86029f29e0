"""Several files of one shape become one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.pattern import user_pattern
from data.reshape.frame import At
from data.reshape.rows import REPEATED
from data.reshape.words import find_column
from data.settings.project import TableSettings
from data.settings.shape import FileFieldSettings
from data.sources.grid import ROWS
from data.sources.sheet import Origin, Sheet
from data.tables.footnote import merged


def joined(sheets: Sequence[Sheet], settings: TableSettings, at: At) -> Sheet:
    """The rows of all sheets below the headers that the table's fields are read from.

    Every file must have every one of these columns, in any order: one that is missing was renamed, and would else
    become empty cells without a word. Raises ProjectError for each file that lacks one, and for files whose headers
    give one column different units.
    """
    if settings.file_field is not None:
        sheets = [_with_file_field(sheet, settings.file_field, at("file_field")) for sheet in sheets]
    if not settings.files:
        return sheets[0]
    sheets = _without_repeated(sheets, settings, at)
    wanted = _wanted(settings)
    header = tuple(wanted)
    problems: list[Problem] = []
    parts: list[Sheet] = []
    for sheet in sheets:
        found = {name: find_column(sheet.header, *columns) for name, columns in wanted.items()}
        missing = [name for name, column in found.items() if column is None]
        for name in missing:
            said = "' or '".join(wanted[name])
            listed = ", ".join(f"'{column}'" for column in sheet.header if column and column not in header)
            remedy = f"Columns that nothing is read from: {listed}. " if listed else ""
            remedy += f'Where it has another name, column = ["{name}", "..."].'
            problems.append(Problem(Place(sheet.file), f"has no column '{said}'.", remedy))
        if not missing:
            parts.append(_chosen(sheet, header, [column for column in found.values() if column is not None]))
    problems.extend(_other_units(parts))
    if sum(len(sheet.rows) for sheet in parts) > ROWS:
        said = f"the files have more than {ROWS:,} rows together, the most that a table holds."
        remedy = 'Declare them under [sources] and take what you need with query = "SELECT ...".'
        problems.append(Problem(at("files"), said, remedy))
    if problems:
        raise ProjectError(problems)
    return Sheet(
        ", ".join(one.file for one in settings.several),
        header,
        tuple(row for sheet in parts for row in sheet.rows),
        tuple(line for sheet in parts for line in sheet.lines),
        merged(note for sheet in parts for note in sheet.notes),
        tuple(origin for sheet in parts for origin in sheet.origins),
        parts[0].units,
        tuple(warning for sheet in parts for warning in sheet.warnings),
        sum(sheet.repeated for sheet in parts),
    )


def _without_repeated(sheets: Sequence[Sheet], settings: TableSettings, at: At) -> list[Sheet]:
    """Rows that stand in an earlier file already go where that is declared; else they stay and are told.

    Releases of one table hold the rows of the release before. Files whose columns differ are not compared.
    """
    how = settings.shape.repeated_rows
    if how == "keep" or (how is None and any(sheet.origins[0].grid.counted for sheet in sheets)):
        return list(sheets)
    seen: dict[tuple[str, ...], dict[tuple[str, ...], tuple[Sheet, int]]] = {}
    found: list[Sheet] = []
    problems: list[Problem] = []
    for sheet in sheets:
        before = seen.setdefault(sheet.header, {})
        again = [index for index, row in enumerate(sheet.rows) if row in before]
        if again and how == "drop":
            gone = set(again)
            sheet = _only(sheet, [index for index in range(len(sheet.rows)) if index not in gone])
        elif len(again) == len(sheet.rows):
            other = before[sheet.rows[0]][0].file
            said = f"every row stands in {other} already: it is the same file a second time."
            problems.append(Problem(Place(sheet.file), said, f"Take one of them away. {REPEATED}"))
        elif again:
            first, index = before[sheet.rows[again[0]]]
            many = f"{len(again):,} of {len(sheet.rows):,} rows of {sheet.file}"
            said = f"{many} stand in an earlier file already; this one in {first.place(index, 0)}."
            told = Problem(
                sheet.place(again[0], 0), said, f"Tell the files apart with file_field. {REPEATED}", "warning"
            )
            sheet = replace(sheet, warnings=(*sheet.warnings, told))
        found.append(sheet)
        for index, row in enumerate(sheet.rows):
            before.setdefault(row, (sheet, index))
    if problems:
        raise ProjectError(problems)
    return found


def _only(sheet: Sheet, keep: Sequence[int]) -> Sheet:
    """The sheet with some of its rows, the others counted as repeated ones."""
    origin = sheet.origins[0]
    return replace(
        sheet,
        rows=tuple(sheet.rows[i] for i in keep),
        lines=tuple(sheet.lines[i] for i in keep),
        origins=(
            Origin(
                origin.grid,
                tuple(origin.rows[i] for i in keep),
                origin.columns,
                {column: tuple(cells[i] for i in keep) for column, cells in origin.moved.items()},
            ),
        ),
        repeated=sheet.repeated + len(sheet.rows) - len(keep),
    )


def _wanted(settings: TableSettings) -> dict[str, tuple[str, ...]]:
    """The columns that the table's fields are read from: the usual header of each, and all that it may have."""
    every = (field.columns(name) for name, field in settings.fields.items() if field.is_read)
    return {columns[0]: columns for columns in every}


def _chosen(sheet: Sheet, header: tuple[str, ...], columns: list[int]) -> Sheet:
    """The sheet's columns in the order of `header`, under its names."""
    origin = sheet.origins[0]
    units = {name: sheet.units.get(sheet.header[column], "") for name, column in zip(header, columns, strict=True)}
    return replace(
        sheet,
        header=header,
        rows=tuple(tuple([row[column] for column in columns]) for row in sheet.rows),
        origins=(
            Origin(
                origin.grid,
                origin.rows,
                tuple(origin.columns[column] for column in columns),
                {new: origin.moved[old] for new, old in enumerate(columns) if old in origin.moved},
            ),
        ),
        units={name: unit for name, unit in units.items() if unit},
    )


def _with_file_field(sheet: Sheet, settings: FileFieldSettings, place: Place) -> Sheet:
    """The sheet with a column that every row has from the file's name."""
    name = PurePosixPath(sheet.file).name.rpartition(":")[2]  # of one that lies elsewhere, without its source
    found = user_pattern(settings.pattern, place, groups=True).search(name)
    if found is None:
        raise ProjectError.at(
            place, f"the file name '{name}' does not match '{settings.pattern}'.", "Correct the pattern."
        )
    if find_column(sheet.header, settings.name) is not None:
        raise ProjectError.at(place, f"{sheet.file} has a column '{settings.name}' already.", "Choose another name.")
    cell = found.groups[0] if found.groups and found.groups[0] is not None else found.text
    origin = sheet.origins[0]
    return replace(
        sheet,
        header=(*sheet.header, settings.name),
        rows=tuple((*row, cell) for row in sheet.rows),
        origins=(replace(origin, columns=(*origin.columns, -1)),),
    )


def _other_units(sheets: Sequence[Sheet]) -> list[Problem]:
    """Files whose headers give a column another unit than the first file does."""
    return [
        Problem(
            Place(sheet.file),
            f"the header gives '{name}' in '{sheet.units.get(name, '')}', and {sheets[0].file} in '{unit}'.",
            "Read the two files as two tables.",
        )
        for sheet in sheets[1:]
        for name, unit in sheets[0].units.items()
        if sheet.units.get(name, "") != unit
    ]
