"""What a workbook shows and what is read from it must not part in silence: it is read so, refused, or told."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from data.cells.looks import as_read, contradiction, doubt
from data.cells.numbers import has_percent_sign
from data.errors import Place, Problem, ProjectError, few
from data.reshape.words import find_column
from data.settings.fields import FieldSettings
from data.settings.project import TableSettings
from data.sources.sheet import Sheet
from data.sources.shown import Look

_NUMBERS = frozenset(("integer", "number", "money", "percent"))


class _Told(Struct):
    """Doubts of one table: of each kind the first cell, and how many there are."""

    first: dict[tuple[str, str], Problem] = field(default_factory=dict[tuple[str, str], Problem])
    count: dict[tuple[str, str], int] = field(default_factory=dict[tuple[str, str], int])

    def add(self, column: str, kind: str, place: Place, message: str, remedy: str) -> None:
        key = (column, kind)
        self.count[key] = self.count.get(key, 0) + 1
        self.first.setdefault(key, Problem(place, message, remedy, "warning"))

    def problems(self) -> list[Problem]:
        found: list[Problem] = []
        for key, problem in self.first.items():
            more = self.count[key] - 1
            message = f"{problem.message}; so {'is' if more == 1 else 'are'} {more:,} more" if more else problem.message
            found.append(replace(problem, message=f"{message}."))
        return found


def as_shown(settings: TableSettings, sheet: Sheet) -> tuple[Sheet, tuple[Problem, ...]]:
    """The sheet with its codes, months and years as its workbook shows them, and what there is to tell about the rest.

    Raises ProjectError for cells that show something else than would be read: a percentage, another currency, a mark
    in place of a number; and for a number in merged cells that would be read several times.
    """
    if not any(origin.grid.shown for origin in sheet.origins):
        return sheet, ()
    columns = {
        name: found
        for name, declared in settings.fields.items()
        if declared.is_read and (found := find_column(sheet.header, *declared.columns(name))) is not None
    }
    problems: list[Problem] = []
    told = _Told()
    texts: dict[tuple[int, int], str] = {}
    for name, column in columns.items():
        declared = settings.fields[name]
        units = _units(settings, declared, columns, sheet)
        problems.extend(_held_against(settings, sheet, column, declared, units, told, texts))
        if declared.type in _NUMBERS and not declared.key:
            problems.extend(_merged(sheet, column))
    if problems:
        raise ProjectError(problems)
    warnings = [*told.problems(), *_hidden(sheet, columns), *_totals(settings, sheet)]
    if texts:
        rows = [list(row) for row in sheet.rows]
        for (row, column), text in texts.items():
            rows[row][column] = text
        sheet = replace(sheet, rows=tuple(map(tuple, rows)))
    return sheet, tuple(warnings)


def _look(sheet: Sheet, row: int, column: int) -> Look | None:
    """What a cell shows; None where that is its text."""
    origin, at = sheet.origin(row)
    source = origin.source(at, column)
    shown = origin.grid.shown
    return None if source is None or shown is None else shown.looks.at(*origin.grid.address(*source))


def _units(
    settings: TableSettings, declared: FieldSettings, columns: Mapping[str, int], sheet: Sheet
) -> Callable[[int], str | None]:
    """The currency of a row."""
    column = columns.get(declared.unit_field or "")
    if column is None:
        return lambda _: declared.unit
    labels = settings.fields[str(declared.unit_field)].labels
    return lambda row: labels.get(sheet.rows[row][column], sheet.rows[row][column])


def _held_against(
    settings: TableSettings,
    sheet: Sheet,
    column: int,
    declared: FieldSettings,
    unit: Callable[[int], str | None],
    told: _Told,
    texts: dict[tuple[int, int], str],
) -> list[Problem]:
    """The cells of a column that show something else than would be read; doubts go to `told`, readings to `texts`."""
    header = sheet.header[column]
    missing = {*settings.missing, *declared.missing}
    wrong: dict[str, list[Problem]] = {}
    plain: list[int] = []
    percents = 0
    for row, cells in enumerate(sheet.rows):
        text = cells[column]
        if not text or text in missing:
            continue
        look = _look(sheet, row, column)
        if look is None:
            plain.append(row)
            continue
        percents += look.percent
        said = contradiction(look, text, declared, unit(row))
        if said is not None:
            problem = Problem(sheet.place(row, column), f"column '{header}': '{text[:40]}': {said[0]}.", said[1])
            wrong.setdefault(said[1], []).append(problem)
            continue
        doubtful = doubt(look, text, declared)
        if doubtful is not None:
            message = f"column '{header}': '{text[:40]}' {doubtful[0]}"
            told.add(header, doubtful[1], sheet.place(row, column), message, doubtful[1])
        shown = as_read(look, text, declared)
        if shown != text:
            texts[row, column] = shown
    found = [problem for kind in wrong.values() for problem in few(kind)]
    if percents and declared.type == "percent" and declared.scale == "fraction":
        found.extend(few(_typed_percents(sheet, column, plain)))
    return found


def _typed_percents(sheet: Sheet, column: int, rows: list[int]) -> list[Problem]:
    """Numbers that nobody formatted, among percentages: 88 would be read as 8,800%."""
    problems: list[Problem] = []
    for row in rows:
        text = sheet.rows[row][column]
        if has_percent_sign(text):
            continue
        digits = text.lstrip("+-−").replace(".", "", 1).replace(",", "")
        if digits.isdigit() and not digits.startswith("0") and digits != "1":
            said = (
                f"column '{sheet.header[column]}': '{text}': other cells are formatted as percentages, this one is not."
            )
            problems.append(Problem(sheet.place(row, column), said, "Format it as the others are, or correct it."))
    return problems


def _merged(sheet: Sheet, column: int) -> list[Problem]:
    """Numbers in merged cells that would be read more than once."""
    first: dict[tuple[int, tuple[int, int]], int] = {}
    wrong: dict[tuple[int, tuple[int, int]], int] = {}
    for row in range(len(sheet.rows)):
        origin, at = sheet.origin(row)
        source, shown = origin.source(at, column), origin.grid.shown
        if source is None or shown is None or not shown.repeated:
            continue
        held = shown.repeated.get(origin.grid.address(*source))
        if held is None:
            continue
        key = (id(origin), held)
        if key in first:
            wrong[key] = wrong.get(key, 1) + 1
        first.setdefault(key, row)
    problems = [
        Problem(
            sheet.place(first[key], column),
            f"column '{sheet.header[column]}': '{sheet.rows[first[key]][column]}' stands once in cells that are merged "
            f"over {count} rows, and would be read {count} times.",
            'Unmerge the cells; or, where each row has this number, say so under read: merged = "repeat".',
        )
        for key, count in wrong.items()
    ]
    return few(problems)


def hidden_rows(sheet: Sheet) -> list[int]:
    """The rows of a sheet that nobody sees in their workbook."""
    if not any(origin.grid.shown and origin.grid.shown.hidden_rows for origin in sheet.origins):
        return []
    return [row for row in range(len(sheet.rows)) if _row(sheet, row) in _hidden_in_workbook(sheet, row)]


def _hidden(sheet: Sheet, columns: Mapping[str, int]) -> list[Problem]:
    """Rows and columns that nobody sees in the workbook, and that are read."""
    problems: list[Problem] = []
    rows = hidden_rows(sheet)
    remedy = 'Say under read what is meant: hidden = "keep" reads what is hidden, "drop" leaves it out.'
    if rows:
        how = "is" if len(rows) == 1 else "are"
        many = f"{len(rows):,} of {len(sheet.rows):,} rows that are read {how} hidden in the workbook"
        said = f"{many}, by hand or by a filter; this is the first."
        problems.append(Problem(sheet.place(rows[0], 0), said, remedy, "warning"))
    for column in dict.fromkeys(columns.values()):
        origin, at = sheet.origin(0)
        source, shown = origin.source(at, column), origin.grid.shown
        if source and shown and origin.grid.address(*source)[1] in shown.hidden_columns:
            said = f"column '{sheet.header[column]}' is hidden in the workbook, and is read."
            problems.append(Problem(sheet.place(0, column), said, remedy, "warning"))
    return problems


def _row(sheet: Sheet, row: int) -> int:
    """A row's place in its workbook's sheet, from 0."""
    origin, at = sheet.origin(row)
    return origin.grid.rows[origin.rows[at]] - 1


def _hidden_in_workbook(sheet: Sheet, row: int) -> frozenset[int]:
    shown = sheet.origin(row)[0].grid.shown
    return shown.hidden_rows if shown else frozenset()


def _totals(settings: TableSettings, sheet: Sheet) -> list[Problem]:
    """Rows that the workbook's own table calls its totals."""
    problems: list[Problem] = []
    for row in range(len(sheet.rows)) if settings.shape.totals is None else ():
        shown = sheet.origin(row)[0].grid.shown
        if shown is not None and _row(sheet, row) in shown.totals:
            label = next((cell for cell in sheet.rows[row] if cell), "")
            problems.append(
                Problem(
                    sheet.place(row, 0),
                    f"'{label}' is the row of totals of the workbook's table, and is read as one of its rows.",
                    f'Leave it out: shape = {{ drop = "{label}" }}; or say that it is meant: totals = "keep".',
                    "warning",
                )
            )
    return problems
