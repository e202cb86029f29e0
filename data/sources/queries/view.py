"""A source becomes a view: its cells typed by what they say, and refused where they do not say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data.errors import ProjectError
from data.sources.queries.duck import composed, literal, name
from data.sources.queries.numbers import SURE, Numbers, number_kind, numbers_of
from data.sources.queries.scan import SAMPLE, Column, Scan

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MISFIT = "fairsheet: a value is not as the first rows are"
"""What a view answers then; the whole file is looked at, and the query is asked again."""
_TO_BE_SEEN = "DECIMAL(38,0)"
"""What makes all rows looked at."""
_ISO_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}([T ].*)?"
_EXACT_WHOLE = 1 << 53
"""Whole numbers up to here are exact as binary fractions."""
_LEAST = str([0, *(10**digits for digits in range(1, 18))])
"""The least number of so many digits, from 1 to 18; of more there is NULL."""


def kinds_of(
    database: DuckDBPyConnection, scan: Scan, wanted: set[str] | None, first: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The type in DuckDB of each column that has to be read as something.

    Columns are those whose names are `wanted`, in small letters, or all. They are what their first rows say; with
    `first`, which has said so, they are what the whole file says. Raises ProjectError for a value that is no number in
    a column of numbers, and the like.
    """
    asked = [
        column
        for column in scan.columns
        if (column.fraction or not column.typed) and (wanted is None or column.name.lower() in wanted)
    ]
    told = [column for column in asked if scan.declared.get(column.name) != "text"]
    texts = {column.name: _text(column) for column in told}
    dates = {column.name: _day(column, scan) for column in told if scan.declared.get(column.name) == "date"}
    relation = f"(SELECT * FROM {scan.read(whole=True)} LIMIT {SAMPLE})" if first is None else scan.read()
    said = numbers_of(database, texts, relation, dates)
    kinds = {column.name: "VARCHAR" for column in asked if column not in told}
    for column in told:
        known = said[column.name]
        kinds[column.name] = _kind(column, scan, known) if first is None else _surely(column, scan, known, first)
    return kinds


def _kind(column: Column, scan: Scan, said: Numbers) -> str:
    """What the first rows of a column say that it is."""
    if column.typed:
        return "DOUBLE" if said.odd else number_kind(said, exact=False)
    match scan.declared.get(column.name):
        case "date":
            return "DATE"
        case "integer" if said.behind or said.powers:
            return _TO_BE_SEEN
        case "integer" | "number":
            return number_kind(said, exact=not column.fraction) or _TO_BE_SEEN
        case _:
            if not said.filled or said.codes:
                return "VARCHAR"
            if said.truths == said.filled:
                return "BOOLEAN"
            if said.numbers < said.filled:
                return "VARCHAR"
            return number_kind(said, exact=not column.fraction) or _TO_BE_SEEN


def _surely(column: Column, scan: Scan, said: Numbers, first: Mapping[str, str]) -> str:
    """What all rows of a column say that it is; ProjectError where they are not what the first are."""
    declared, before = scan.declared.get(column.name), first[column.name]
    if column.typed:
        if said.odd:
            raise _odd(scan, column, said.odd, "no number")
        return _kind(column, scan, said)
    if before == "DATE":
        if said.odd_date:
            raise _no_date(scan, column, said.odd_date)
        return "DATE"
    if before == "BOOLEAN":
        if said.untrue:
            raise _odd(scan, column, said.untrue, "neither TRUE nor FALSE")
        return "BOOLEAN"
    if declared is None and (before == "VARCHAR" or said.codes):
        return "VARCHAR"
    if said.odd:
        raise _odd(scan, column, said.odd, "no number")
    if declared == "integer" and (said.behind or said.powers):
        raise ProjectError.at(
            scan.place,
            f"column '{column.name}' of {scan.file} holds fractions, and is declared as whole numbers.",
            f'Write types = {{ {column.name} = "number" }} under [sources.{scan.name}.read].',
        )
    kind = number_kind(said, exact=not column.fraction)
    if not kind:
        raise ProjectError.at(
            scan.place,
            f"column '{column.name}' of {scan.file} holds numbers of more digits than can be computed with.",
            f'If they are codes, write types = {{ {column.name} = "text" }} under [sources.{scan.name}.read].',
        )
    return kind


def _odd(scan: Scan, column: Column, value: str, what: str) -> ProjectError:
    if column.typed:
        remedy = f'If it stands for no value, write missing = ["{value}"] under [sources.{scan.name}.read].'
        return ProjectError.at(
            scan.place, f"column '{column.name}' of {scan.file} holds '{value}', which is {what}.", remedy
        )
    return ProjectError.at(
        scan.place,
        f"column '{column.name}' of {scan.file} holds '{value}', which is {what}.",
        f'Under [sources.{scan.name}.read] write missing = ["{value}"] if it stands for no value, or '
        f'types = {{ {column.name} = "text" }}.',
    )


def _no_date(scan: Scan, column: Column, value: str) -> ProjectError:
    written = scan.formats.get(column.name)
    if written:
        message = f"holds '{value}', which is no date written like '{written}'."
        remedy = "Correct the cell or the declared format."
    else:
        message = f"holds '{value}', which is no ISO date."
        remedy = (
            f'Under [sources.{scan.name}.read] say how it is written: formats = {{ {column.name} = "%m/%d/%Y" }} where '
            'the month is first, "%d/%m/%Y" where the day is.'
        )
    return ProjectError.at(scan.place, f"column '{column.name}' of {scan.file} {message}", remedy)


def view(scan: Scan, kinds: Mapping[str, str], *, sure: bool, wide: bool) -> str:
    """The SQL that makes the source a view of its own name.

    `sure` where the whole file was looked at, and no value has to be. `wide` where numbers need 128 bits.
    """
    quick = frozenset(
        column.name
        for column in scan.columns
        if column.quick and not sure and kinds.get(column.name, "").startswith(("DECIMAL(18", "DOUBLE"))
    )
    once: dict[str, str] = {}
    values = (_value(column, scan, kinds, once, sure=sure, quick=column.name in quick) for column in scan.columns)
    listed = ", ".join(
        f"{_widened(value, column, kinds, wide=wide)} AS {name(column.name)}"
        for value, column in zip(values, scan.columns, strict=True)
    )
    source = scan.read(quick)
    if once:
        source = f"(SELECT *, {', '.join(f'{sql} AS {called}' for sql, called in once.items())} FROM {source})"
    return f"CREATE VIEW {name(scan.name)} AS SELECT {listed} FROM {source}"


def _value(
    column: Column, scan: Scan, kinds: Mapping[str, str], once: dict[str, str], *, sure: bool, quick: bool
) -> str:
    """SQL of a column; `once` has what is computed once for it, because DuckDB would do so each time that it is named
    in a CASE, by the names that the results are given."""
    kind = kinds.get(column.name)
    if kind is None or kind == "VARCHAR":
        return column.value if column.typed else composed(column.value)
    text = _text(column)
    if kind == "DATE":
        day = _day(column, scan)
        return _checked(f"{text} IS NOT NULL AND {day} IS NULL", day)
    if kind == "BOOLEAN":
        return _checked(f"upper({text}) NOT IN ('TRUE', 'FALSE')", f"upper({text}) = 'TRUE'")
    if sure:
        return f"CAST({column.value if column.typed else text} AS {kind})"
    whole = kind == "BIGINT" and not (column.typed or quick or column.fraction)
    cast = f"CAST({column.value if whole else text} AS {'BIGINT' if whole else 'DOUBLE'})"
    sql = column.value if column.typed or quick else cast
    number = once.setdefault(sql, name(f"number {len(once) + 1} of {scan.name}"))
    return of_digits(column.value, number) if whole else of_fraction(number, kind)


def of_fraction(number: str, kind: str) -> str:
    """A binary fraction as the decimal that it stands for, checked to be one."""
    if kind == "DOUBLE":
        return _checked(f"NOT isfinite({number})", number)
    if kind == "BIGINT":
        whole = f"abs({number}) < {_EXACT_WHOLE} AND trunc({number}) = {number}"
        return _checked(f"NOT ({whole})", f"CAST({number} AS BIGINT)")
    decimals = int(kind.rstrip(")").rpartition(",")[2])
    scale = f"1e{decimals}::DOUBLE"
    # both numbers of the division are exact below 10 ** SURE, for which the inner type has no room: the quotient is the
    # one fraction that stands for the decimal
    same = f"round({number} * {scale}) / {scale} = {number}"
    return _only(same, f"CAST(CAST({number} AS DECIMAL({SURE},{decimals})) AS {kind})", number)


def of_digits(text: str, number: str) -> str:
    """Text as the whole number that it says, `number`: checked to be written as such numbers are. `007`, `1.5`, `1e3`,
    `1_000`, `0x10` and `+5`, which DuckDB casts to BIGINT too, have more signs than their numbers have digits, or begin
    with none from 1 to 9; but for `1e5`, whose number ends in two zeros at least."""
    length = f"strlen({text})"
    positive = f"{number} >= list_extract({_LEAST}, {length}) AND ({text} >= '1' OR {length} = 1)"
    negative = f"{number} < 0 AND -{number} >= list_extract({_LEAST}, {length} - 1)"
    powers = f"{number} % 100 <> 0 OR ({text} NOT LIKE '%e%' AND {text} NOT LIKE '%E%')"
    return _only(f"(({positive}) OR ({negative})) AND ({powers})", number, text)


def _only(right: str, value: str, cell: str) -> str:
    """`value` of the cells of which `right` is true, and NULL of empty ones; any other is a misfit."""
    return f"CASE WHEN {right} THEN {value} WHEN {cell} IS NOT NULL THEN error({literal(MISFIT)}) END"


def _checked(wrong: str, value: str) -> str:
    return f"CASE WHEN {wrong} THEN error({literal(MISFIT)}) ELSE {value} END"


def _widened(value: str, column: Column, kinds: Mapping[str, str], *, wide: bool) -> str:
    if not wide:
        return value
    kind = kinds.get(column.name, "")
    if kind == "BIGINT" or value.endswith("AS BIGINT)"):
        return f"CAST({value} AS HUGEINT)"
    if kind.startswith("DECIMAL(18"):
        return f"CAST({value} AS {kind.replace('(18', '(38')})"
    return value if column.scale is None else f"CAST({value} AS DECIMAL(38, {column.scale}))"


def _text(column: Column) -> str:
    """What stands in the cell, without spaces around it; NULL for nothing."""
    return f"CAST({column.value} AS VARCHAR)" if column.typed else f"NULLIF(trim({column.value}), '')"


def _day(column: Column, scan: Scan) -> str:
    """The day that a cell says: as ISO 8601 has it, of a moment the one that is written; or as it is declared."""
    text, form = _text(column), scan.formats.get(column.name)
    other = "NULL"
    if form:
        read = f"TRY_CAST(try_strptime({text}, {literal(form)}) AS DATE)"
        other = f"CASE WHEN year({read}) >= 1000 THEN {read} END"  # %Y takes 26 for the year 26
    return f"CASE WHEN regexp_full_match({text}, '{_ISO_DAY}') THEN TRY_CAST(left({text}, 10) AS DATE) ELSE {other} END"


def unsure(kinds: Mapping[str, str]) -> bool:
    """Whether the first rows alone do not do: numbers so long are only cut to length by a look at all of them."""
    return any(kind.startswith("DECIMAL(38") for kind in kinds.values())
