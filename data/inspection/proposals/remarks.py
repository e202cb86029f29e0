"""What to look at before a proposal is taken: what its columns and rows, taken together, leave open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from data.declared.as_shown import hidden_rows
from data.inspection.columns.column import Column, Context, Finding
from data.inspection.columns.people import divider, one_person_a_row, reaches_people
from data.inspection.proposals.proposed import ProposedField, Surroundings
from data.inspection.proposals.shape import years_across
from data.inspection.surroundings.about import About
from data.inspection.words.setting import shortened
from data.sources.sheet import Sheet

_BRACKETED = re.compile(r"\(\s*\d[\d.,' \u00a0]*\)")
_ABOUT_BRACKETS = re.compile(r"\W?\(\s*(?:\d+|\.+|…|x)?\s*\)\W?\s*[:=]")
_CALLED_TOTAL = frozenset(("total", "all", "insgesamt", "ensemble"))
_PAIRS = 8
_REPEATED = 200_000


def remarks(
    sheet: Sheet,
    columns: Sequence[Column],
    findings: Sequence[Finding],
    fields: Sequence[ProposedField],
    known: Context,
    around: Surroundings,
    said: Sequence[str],
    unlike: Sequence[str] = (),
) -> tuple[str, ...]:
    """What the rows and columns leave open, one sentence for each thing.

    `said` are the lines around the table, `unlike` the labels of rows that call themselves totals and are none.
    """
    found: list[str] = []
    if around.sampled:
        found.append(around.sampled)
    repeated = len(sheet.rows) - len(set(sheet.rows)) if len(sheet.rows) <= _REPEATED else 0
    if not any("key" in f.settings for f in fields):
        found.append(_no_key(sheet, columns, fields, repeated > 0))
    if repeated:
        found.append(
            f"{repeated:,} of {len(sheet.rows):,} rows repeat another one exactly. "
            'If that is a mistake: shape.repeated_rows = "drop".'
        )
    hidden = len(hidden_rows(sheet))
    if hidden:
        found.append(
            f"{hidden:,} of {len(sheet.rows):,} rows are hidden in the workbook, by hand or by a filter: say what is "
            'meant, read.hidden = "keep" or "drop".'
        )
    if known.mixed:
        found.append(f"'{known.mixed}' says which rows hold counts and which percentages: keep one kind, or use where.")
    bracketed = _bracketed(columns) if any(map(_ABOUT_BRACKETS.match, said)) else ""
    if bracketed:
        found.append(f"'{bracketed}' is read as a negative number, and the notes say something else of brackets.")
    found += _totals(columns, findings, unlike)
    years, named = years_across(sheet.header)
    if years:
        found.append(
            f"The columns {years[0]} to {years[-1]} could become rows:\n"
            f'shape.long = {{ columns = {named}, name = "period", value = "value" }}'
        )
    return (*found, *_people(columns))


def _bracketed(columns: Sequence[Column]) -> str:
    """The first number in brackets; "" where there is none."""
    return next((text for column in columns for text in column.values if _BRACKETED.fullmatch(text)), "")


def _totals(columns: Sequence[Column], findings: Sequence[Finding], unlike: Sequence[str]) -> list[str]:
    """What rows leave open that are called totals: they sum up others, or are `unlike` and no sums."""
    if unlike:
        return [f"{_listed(unlike)} may be a total by its name, and its numbers are not the sum of others: it is kept."]
    pairs = zip(columns, findings, strict=True)
    totals = [column.header for column, kind in pairs if kind.type == "text" and _names_totals(column)]
    said = f"Rows with 'Total' in {_listed(totals)} sum up others: shape.drop or where keeps them out of sums."
    return [said] if totals else []


def _names_totals(column: Column) -> bool:
    return not _CALLED_TOTAL.isdisjoint(map(str.lower, column.values))


def _people(columns: Sequence[Column]) -> list[str]:
    """What answers of single people need before documents show them."""
    found: list[str] = []
    one = one_person_a_row(columns)
    if one is not None:
        found.append(
            f"Each row seems to be one person ('{one.header}'): show groups, by a query that sums them up, and say "
            "minimum_n, so that nobody can be recognised."
        )
    reaching = [column.header for column in columns if reaches_people(column)]
    if reaching:
        found.append(f"{_listed(reaching)} can tell who somebody is: leave out what no document needs.")
    for column in columns:
        mark = divider(column)
        if mark:
            found.append(
                f"'{column.header}' holds several answers in a cell, divided by '{mark}': as it is, each combination "
                "is a word of its own."
            )
    return found


def to_say(said: About, fields: Sequence[ProposedField]) -> tuple[str, ...]:
    """What the author has to say of the table, because the file does not."""
    found: list[str] = []
    if said.period is None and said.date is not None:
        date = shortened(said.date.words, 30)
        found.append(f"The file says '{date}' as its date: say as_of = \"...\" if the data are of that time.")
    elif said.period is None and not any(f.type in ("year", "academic_year", "date") for f in fields):
        found.append('Say what time the data are of: as_of = "2024".')
    if said.source is None:
        found.append('Say where the data are from: source = "...".')
    return tuple(found)


def _no_key(sheet: Sheet, columns: Sequence[Column], fields: Sequence[ProposedField], repeated: bool) -> str:
    """That no column names the rows, and which two do together: none where rows are `repeated`."""
    places = {} if repeated else {column.header: column.index for column in columns}
    different = {column.header: len(column.values) + (column.filled < column.rows) for column in columns}
    named = [f for f in fields if f.type in ("text", "year", "academic_year", "date", "level", "band")][:_PAIRS]
    for first, second in combinations([f for f in named if f.header in places], 2):
        if different[first.header] * different[second.header] < len(sheet.rows):
            continue  # they have too few different texts
        a, b = places[first.header], places[second.header]
        if len({(row[a], row[b]) for row in sheet.rows}) == len(sheet.rows):
            return f"No column alone is different in every row; {first.name} and {second.name} are together."
    return "No column is different in every row, so rows cannot be asked for by name."


def _listed(names: Sequence[str]) -> str:
    shown = [f"'{name}'" for name in names[:4]]
    return ", ".join(shown) + (", …" if len(names) > 4 else "")
