"""Cells that may not be what they seem: texts that stand for nothing, days that were bands, years of two digits."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from data.errors import Place, Problem
from data.project import Project
from data.tables.table import Table

_CENTURY = 2000
_NOTHING = frozenset((
    "nan", "NaN", "NAN", "null", "Null", "NULL", "none", "None", "NONE", "nil", "N/A", "n/a", "NA", "<NA>", "#N/A",
    "NaT", "undefined", "-", "–", "—", "--", "(blank)", "(null)", "NULO",
))  # fmt: skip
"""What programs and people write where there is nothing."""
_MONTH = (
    "jan|feb|fév|f[eé]vr|m[aä]r|mrz|mars|apr|avr|abr|may|mai|mayo|jun|juin|jul|juil|aug|août|ago|sep|sept|oct|okt|"
    "nov|dec|dez|déc|dic"
)
_DAY = re.compile(
    rf"\d{{1,2}}[-. /]+(?:{_MONTH})[a-zé]*\.?|(?:{_MONTH})[a-zé]*\.?[- /]\d{{1,2}}|"
    r"\d{1,2}\.\d{1,2}\.(?:\d{2,4})?|\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}",
    re.IGNORECASE,
)
"""How spreadsheets write a day."""
_BAND = re.compile(r"\d[\d.,]*\s*(?:[-–—]|to|bis|à|a)\s*\d[\d.,]*|\d[\d.,]*\+|[<>≥≤]\s*\d[\d.,]*")
_CODE = re.compile("[A-Z]{2}")


def doubtful_cells(project: Project, today: datetime.date) -> Iterator[Problem]:
    """A warning for each field of a table that is read in which cells may not be what they seem."""
    yield from _words_of_programs(project)
    yield from _bands_as_dates(project)
    yield from _short_years(project, today)


def place_of(table: Table, index: int, field: str) -> Place:
    """Where a value stood."""
    cells = table.value(index, field).cells
    return Place(cells[0].file, cells[0].line, cells[0].cell) if cells else Place(table.file, table.lines[index])


def _words_of_programs(project: Project) -> Iterator[Problem]:
    """Texts that programs write where there is no value, such as "nan", in fields of words."""
    for name, settings in project.settings.tables.items():
        table = project.tables[name]
        for field, declared in settings.fields.items():
            if settings.derived_from is not None or declared.type != "text" or declared.value is not None:
                continue
            known = {*declared.enum, *declared.labels.values()}
            contents = table.columns.get(field, ())
            if _NOTHING.isdisjoint(contents):
                continue
            if all(_CODE.fullmatch(c) for c in contents if isinstance(c, str)):
                known.add("NA")  # Namibia, among other codes of two letters
            index = next((i for i, c in enumerate(contents) if c in _NOTHING and c not in known), None)
            if index is not None:
                said = contents[index]
                yield Problem(
                    place_of(table, index, field),
                    f"'{said}' in '{field}' may stand for no value.",
                    f'If so, write missing = ["{said}"] in the field; if it is a word, list the words under enum.',
                    "warning",
                )


def _bands_as_dates(project: Project) -> Iterator[Problem]:
    """Days among words, in a text that a spreadsheet saved: 2-May for the band 2-5."""
    told = {problem.place for problem in project.warnings}
    for name, settings in project.settings.tables.items():
        table = project.tables[name]
        for field, declared in settings.fields.items():
            if settings.derived_from is not None or declared.type not in ("text", "level", "band"):
                continue
            words = [c for c in dict.fromkeys(table.columns.get(field, ())) if isinstance(c, str)]
            if not any(first.isdecimal() or first in "<>≥≤" for first in {c[:1] for c in words}):
                continue  # no word begins as a band does
            said = next((c for c in words if _DAY.fullmatch(c)), None)
            if said is not None and any(_BAND.fullmatch(c) for c in words):
                index = table.columns[field].index(said)
                place = place_of(table, index, field)
                if place in told:
                    continue
                yield Problem(
                    place,
                    f"'{said}' in '{field}' is a day among bands: spreadsheets make May 2 of 2-5.",
                    "Correct the cell.",
                    "warning",
                )


def _short_years(project: Project, today: datetime.date) -> Iterator[Problem]:
    """Dates with years of two digits that fall into two centuries, or into a time to come."""
    for name, settings in project.settings.tables.items():
        for field, declared in settings.fields.items():
            formats = (declared.format,) if isinstance(declared.format, str) else declared.format
            if declared.type != "date" or not any(re.search("%[yDx]", form) for form in formats):
                continue
            years = {int(c[:4]) for c in project.tables[name].columns.get(field, ()) if isinstance(c, str)}
            if years and (max(years) > today.year or min(years) < _CENTURY <= max(years)):
                yield Problem(
                    project.file.place("tables", name, "fields", field),
                    f"'{field}' has years of two digits, read as {min(years)} to {max(years)}: 69 as 1969, 68 as 2068.",
                    "Write years of four digits into the file, and %Y in the format.",
                    "warning",
                )
