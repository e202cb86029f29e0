"""SQL over the project's own tables and [sources], by DuckDB: lazily, so that a source may be larger than memory."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import ROUND_HALF_EVEN, Context
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import Problem, ProjectError
from data.sources.duck import Clock, clock, opened, rows
from data.sources.grid import LESS, ROWS, Grid, too_long
from data.sources.query_errors import explained, no_table, unreadable
from data.sources.query_table import absent, column_kinds, create
from data.sources.request import Request
from data.sources.result import nested, result_grid
from data.sources.scan import Scan, scanned
from data.sources.source_view import MISFIT, kinds_of, unsure, view
from data.sources.sql import calls, refuse_any_rows, tokens, words
from data.sources.sql_tree import Tree

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from data.table import Table

_SUMMARIES = frozenset(
    (
        "sum", "avg", "mean", "stddev", "stddev_samp", "stddev_pop", "var_samp", "var_pop", "variance", "corr",
        "covar_samp", "covar_pop", "median", "quantile", "quantile_cont", "quantile_disc", "percentile_cont",
        "percentile_disc", "min", "max", "mode", "fsum", "favg", "product",
    )
)  # fmt: skip
_DIGITS = Context(prec=10, rounding=ROUND_HALF_EVEN)
"""Digits kept of sums and averages of binary fractions; the last of their sixteen are what adding left behind."""
_NOISY = 17
"""Characters from which a binary fraction may end in what computing left behind: sixteen digits and the point."""
_ZEROS = 4
"""How many of its fifteen sure digits are zeros at the end then."""
_WHOLE = 1 << 53
"""From here on a binary fraction does not keep every whole number."""
_DURATION = re.compile(r"(?:(-?\d+) days?)? ?(?:(-?)(\d+):(\d\d):(\d\d(?:\.\d+)?))?")
_PARTS = re.compile(r"\[\d*\]$|^(STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY)\b")


@dataclass(frozen=True)
class _Result:
    """What DuckDB answers."""

    header: list[str]
    kinds: list[str]
    rows: list[tuple[object, ...]]
    added: bool
    """Whether binary fractions may have been added up."""


@dataclass(frozen=True)
class _Asked:
    """A query, and what it is about."""

    query: str
    request: Request
    time: Clock
    folder: Path
    tree: Tree
    scans: tuple[Scan, ...]
    tables: dict[str, Table]

    @property
    def files(self) -> list[Path]:
        return [scan.path for scan in self.scans]

    @cached_property
    def columns(self) -> list[str]:
        """Every column that the query could name."""
        known = [column.name for scan in self.scans for column in scan.columns]
        return [*known, *(field for table in self.tables.values() for field in table.columns)]

    @cached_property
    def table_kinds(self) -> dict[str, dict[str, str]]:
        return {name: column_kinds(table) for name, table in self.tables.items()}

    @property
    def wanted(self) -> set[str] | None:
        """Columns whose types have to be known."""
        return None if self.tree.every_column else self.tree.columns


def read(request: Request) -> Grid:
    """The result of the query under a header of its columns' names, in an order that is the same each time.

    Rows that ORDER BY leaves in any order are sorted by their columns, from left to right. Raises ProjectError for a
    query that is wrong, does more than read, reaches for other files, summarises values that are not there, computes
    a number that there is no room for, takes too long or too much memory, or gives more rows than a table may have.
    """
    import duckdb

    query, place, seconds = request.settings.query or "", request.at("query"), request.options.timeout
    refuse_any_rows(query, place)
    try:
        with tempfile.TemporaryDirectory(prefix="fairsheet-") as folder, clock(seconds) as time:
            try:
                return _answer(query, request, time, Path(folder))
            except duckdb.Error as error:
                if time.passed.is_set():
                    raise TimeoutError from None
                raise explained(error, request, ()) from None
    except TimeoutError:
        message = f"the query takes more than {seconds:g} seconds."
        raise ProjectError(Problem(place, message, "Ask for less, or allow more under read: timeout = 600.")) from None


def _answer(query: str, request: Request, time: Clock, folder: Path) -> Grid:
    place = request.at("query")
    with opened((), str(folder / "tree"), time) as database:
        try:
            tree = Tree(query, database, place)
        except SyntaxError as error:
            known = [field for table in request.tables.values() for field in table.columns]
            raise explained(error, request, known) from None
        tables, sources = _named(tree, request)
        scans = tuple(_scanned(request, name, time, folder) for name in sources)
        asked = _Asked(query, request, time, folder, tree, scans, tables)
        _refuse_silent_gaps(asked)
        result = _asked_until_right(asked)
    file = ", ".join(dict.fromkeys([*(s.file for s in scans), *(t.file for t in tables.values())])) or place.file
    warnings = tuple(problem for scan in scans for problem in scan.warnings)
    grid = result_grid(file, result.header, _settled(result, asked), "result row", LESS)
    return replace(grid, warnings=warnings)


def _named(tree: Tree, request: Request) -> tuple[dict[str, Table], list[str]]:
    """The tables and the sources that the query names. ProjectError for one that is not there, or there twice."""
    tables: dict[str, Table] = {}
    sources: list[str] = []
    for name in tree.tables:
        found = [one for one in (*request.sources, *request.tables) if one.lower() == name.lower()]
        if not found:
            raise ProjectError(no_table(name, request))
        if len(found) > 1:
            message = f"'{found[0]}' and '{found[1]}' are one name to a query."
            raise ProjectError(Problem(request.at("query"), message, "Give one of them another name."))
        if found[0] in request.sources:
            sources.append(found[0])
        else:
            tables[found[0]] = request.tables[found[0]]
    return tables, list(dict.fromkeys(sources))


def _scanned(request: Request, name: str, time: Clock, folder: Path) -> Scan:
    import duckdb

    settings = request.sources[name]
    shown = settings.file or name
    path = (request.root / settings.file).resolve() if settings.file else None
    with opened([path] if path else [], str(folder / "scan"), time) as database:
        try:
            return scanned(request, name, settings, database, folder)
        except duckdb.Error as error:
            if time.passed.is_set():
                raise TimeoutError from None
            raise unreadable(error, request, shown) from None


def _asked_until_right(asked: _Asked) -> _Result:
    """What the query gives.

    It is asked as the first rows of the sources are; where another row is not, as all of them are; and where
    64 bits have no room for what it computes, with 128.
    """
    import duckdb

    kinds = _source_kinds(asked, None)
    sure = wide = False
    if any(unsure(one) for one in kinds.values()):
        kinds, sure = _source_kinds(asked, kinds), True
    while True:
        try:
            return _asked_once(asked, kinds, sure=sure, wide=wide)
        except duckdb.Error as error:
            if asked.time.passed.is_set():
                raise TimeoutError from None
            said = str(error)
            if not sure and asked.scans and (MISFIT in said or isinstance(error, duckdb.ConversionException)):
                kinds, sure = _source_kinds(asked, kinds), True
            elif not wide and "Overflow" in said:
                wide = True
            elif "CSV Error" in said or "JSON" in said or "Parquet" in said or "state machine" in said:
                raise unreadable(error, asked.request, _file_of(said, asked)) from None
            else:
                raise explained(error, asked.request, asked.columns) from None


def _file_of(said: str, asked: _Asked) -> str:
    return next((scan.file for scan in asked.scans if str(scan.path) in said), asked.scans[0].file)


def _source_kinds(asked: _Asked, first: dict[str, dict[str, str]] | None) -> dict[str, dict[str, str]]:
    """The types of the sources' columns, by their first rows, or by all where `first` are those of the first."""
    import duckdb

    found: dict[str, dict[str, str]] = {}
    with opened(asked.files, str(asked.folder / "kinds"), asked.time) as database:
        for scan in asked.scans:
            try:
                before = None if first is None else first[scan.name]
                found[scan.name] = kinds_of(database, scan, asked.wanted, before)
            except duckdb.Error as error:
                if asked.time.passed.is_set():
                    raise TimeoutError from None
                raise unreadable(error, asked.request, scan.file) from None
    return found


def _asked_once(asked: _Asked, kinds: dict[str, dict[str, str]], *, sure: bool, wide: bool) -> _Result:
    _refuse_words_for_truth(asked, kinds)
    added = _adds_fractions(asked, kinds)
    one_by_one = added or asked.tree.first_come
    with opened(
        asked.files, str(asked.folder / "query"), asked.time, threads=int(one_by_one), zone=_zone(asked)
    ) as database:
        for scan in asked.scans:
            database.execute(view(scan, kinds[scan.name], sure=sure, wide=wide))
        for name, table in asked.tables.items():
            create(database, name, table, asked.table_kinds[name], wide=wide)
        return _result(asked, database, _plain_middles(asked, kinds), added=added)


def _result(asked: _Asked, database: DuckDBPyConnection, plain: dict[str, bool], *, added: bool) -> _Result:
    place = asked.request.at("query")
    header = [str(row[0]) for row in rows(database, f"DESCRIBE {asked.tree.sql}")]
    twice = next((name for i, name in enumerate(header) if name in header[:i]), None)
    if twice is not None:
        remedy = f"Give one of them another: {twice} AS other."
        raise ProjectError(Problem(place, f"the result has two columns of the name '{twice}'.", remedy))
    sql = asked.tree.put_right(len(header), plain)
    kinds = [str(row[1]) for row in rows(database, f"DESCRIBE {sql}")]
    for name, kind in zip(header, kinds, strict=True):
        if _PARTS.search(kind):
            raise nested(str(place), name)
    if "INTERVAL" in kinds:  # which Python has no months for: as text
        listed = ", ".join(f"CAST(#{i} AS VARCHAR)" if k == "INTERVAL" else f"#{i}" for i, k in enumerate(kinds, 1))
        sql = f"SELECT {listed} FROM ({sql})"
    found = database.execute(sql).fetchmany(ROWS + 1)
    if len(found) > ROWS:
        raise too_long(place, LESS)
    return _Result(header, kinds, found, added)


def _adds_fractions(asked: _Asked, kinds: dict[str, dict[str, str]]) -> bool:
    every = (*kinds.values(), *asked.table_kinds.values())
    return asked.tree.adds_fractions({name.lower() for one in every for name, kind in one.items() if kind == "DOUBLE"})


def _plain_middles(asked: _Asked, kinds: dict[str, dict[str, str]]) -> dict[str, bool]:
    """Columns by their small letters: whether they are whole numbers, dates or moments wherever they are."""
    found: dict[str, bool] = {}
    for scan in asked.scans:
        for column in scan.columns:
            whole = column.whole or kinds[scan.name].get(column.name) in ("BIGINT", "DATE")
            found[column.name.lower()] = found.get(column.name.lower(), True) and whole
    for columns in asked.table_kinds.values():
        for name, kind in columns.items():
            found[name.lower()] = found.get(name.lower(), True) and kind in ("BIGINT", "DATE")
    return found


def _zone(asked: _Asked) -> str:
    """Where the moments of the sources have their days."""
    zones = sorted({zone for scan in asked.scans for zone in scan.zones})
    if len(zones) > 1:
        raise ProjectError(
            Problem(
                asked.request.at("query"),
                f"the sources tell time in {' and '.join(zones[:2])}; a day would be another in each.",
                "Ask each source in a query of its own.",
            )
        )
    if not zones and "timezone" in asked.tree.calls:
        raise ProjectError(
            Problem(
                asked.request.at("query"),
                "AT TIME ZONE makes moments whose day would be that of UTC.",
                "Write CAST(... AS TIMESTAMP): it keeps day and time as they are written.",
            )
        )
    return zones[0] if zones else "UTC"


def _refuse_silent_gaps(asked: _Asked) -> None:
    """Summaries in SQL pass over missing values; with tables of the project that has to be said."""
    query = asked.query
    if not _SUMMARIES & (calls(query) | asked.tree.calls):
        return
    said = words(query)
    plain = " ".join(token.text.strip('"`') for token in tokens(query)).lower()
    problems: list[Problem] = []
    for name, table in asked.tables.items():
        for field in table.columns:
            if field.lower() in said and not re.search(rf"\b{re.escape(field.lower())} is not null\b", plain):
                missing = absent(table, field)
                if missing:
                    many = f"{missing} value{'' if missing == 1 else 's'}"
                    problems.append(
                        Problem(
                            asked.request.at("query"),
                            f"'{field}' of table '{name}' lacks {many}, which a summary would pass over in silence.",
                            f"Say that they are left out: WHERE {field} IS NOT NULL.",
                        )
                    )
    if problems:
        raise ProjectError(problems)


def _refuse_words_for_truth(asked: _Asked, kinds: dict[str, dict[str, str]]) -> None:
    """A column that is true or false equals no word, and what a word is taken for should be seen."""
    truths = {column.name.lower() for scan in asked.scans for column in scan.columns if column.truth}
    truths |= {name.lower() for one in kinds.values() for name, kind in one.items() if kind == "BOOLEAN"}
    said = [token.text for token in tokens(asked.query)]
    for index, text in enumerate(said):
        name = text.strip('"`').lower()
        compared = [sign for sign in said[index + 1 : index + 4] if sign not in ("=", "!", "<", ">", "in", "not", "(")]
        if name in truths and compared and compared[0].startswith("'"):
            raise ProjectError(
                Problem(
                    asked.request.at("query"),
                    f"'{name}' is true or false, and is compared with a word.",
                    f'Write {name} = TRUE; or read it as words: types = {{ {name} = "text" }} under its read.',
                )
            )


def _settled(result: _Result, asked: _Asked) -> list[tuple[object, ...]]:
    """The rows with the fractions that were meant, and with durations that Python has a type for."""
    return [
        tuple(
            _fraction(value, name, asked, added=result.added)
            if isinstance(value, float)
            else _duration(value, name, asked)
            if kind == "INTERVAL" and isinstance(value, str)
            else value
            for name, kind, value in zip(result.header, result.kinds, row, strict=True)
        )
        for row in result.rows
    ]


def _fraction(value: float, name: str, asked: _Asked, *, added: bool) -> float:
    """The number that was meant: 0.3 for 0.1 + 0.2, which binary fractions make 0.30000000000000004.

    Those that fill all their digits, as one third does, keep them; ten where such fractions were added up.
    """
    if not isfinite(value):
        raise ProjectError(
            Problem(
                asked.request.at("query"),
                f"'{name}' of the result is no number ({value}).",
                "Leave out the rows that it is computed from, or write NULLIF(x, 0) for what is divided by.",
            )
        )
    if abs(value) >= _WHOLE:
        raise ProjectError(
            Problem(
                asked.request.at("query"),
                f"'{name}' of the result has {value:.3g}, of which a fraction does not keep every digit.",
                "Compute it from whole numbers without / and AVG: SUM(x) // COUNT(x).",
            )
        )
    if value.is_integer():
        return value + 0.0  # no -0
    if added:
        return float(_DIGITS.create_decimal(repr(value)))
    if len(repr(value)) < _NOISY:
        return value
    short = f"{value:.15g}"
    return float(short) if len(short) <= _NOISY - _ZEROS else value


def _duration(text: str, name: str, asked: _Asked) -> timedelta:
    """Days, hours, minutes and seconds. ProjectError for months and years, which have no one length."""
    found = _DURATION.fullmatch(text)
    if not found or not text:
        raise ProjectError(
            Problem(
                asked.request.at("query"),
                f"'{name}' of the result is '{text}', and months and years have no one length.",
                "Ask for a number: DATE_DIFF('day', a, b), or DATE_DIFF('month', a, b).",
            )
        )
    days, sign, hours, minutes, seconds = found.groups()
    clock_time = timedelta(hours=int(hours or 0), minutes=int(minutes or 0), seconds=float(seconds or 0))
    return timedelta(days=int(days or 0)) + (-clock_time if sign == "-" else clock_time)
