"""SQL over the project's own tables and [sources], by DuckDB: lazily, so that a source may be larger than memory."""

from __future__ import annotations

import re
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.sources.grid import LESS, ROWS, Grid, too_long
from data.sources.queries.answer import Result, settled
from data.sources.queries.duck import Clock, clock, lock, opened, rows
from data.sources.queries.errors import explained, no_table, unreadable
from data.sources.queries.right import put_right
from data.sources.queries.scan import Scan, scanned
from data.sources.queries.tables import absent, column_kinds, create
from data.sources.queries.ties import by_rank, chosen_by_chance, cut_at, limited, numbered_by_chance, parted
from data.sources.queries.tree import Tree
from data.sources.queries.view import MISFIT, kinds_of, unsure, view
from data.sources.request import Request
from data.sources.result import LARGEST, nested, result_grid, too_wide
from data.sources.sql import calls, refuse_any_rows, tokens, words

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from data.tables.table import Table

_SUMMARIES = frozenset(
    (
        "sum", "avg", "mean", "stddev", "stddev_samp", "stddev_pop", "var_samp", "var_pop", "variance", "corr",
        "covar_samp", "covar_pop", "median", "quantile", "quantile_cont", "quantile_disc", "percentile_cont",
        "percentile_disc", "min", "max", "mode", "fsum", "favg", "product",
    )
)  # fmt: skip
_LONGEST = 60.0
"""Seconds that a query over the project's own tables and sources may take, whatever its timeout says."""
_PIECE = 1000
"""Rows that are taken at once."""
_OF_A_FILE = ("CSV Error", "CSV Reader", "JSON transform", "Parquet", "state machine")
"""What DuckDB says of a file that it cannot read."""
_PARTS = re.compile(r"\[\d*\]$|^(STRUCT|MAP|UNION|BLOB|BIT|VARIANT|GEOMETRY)\b")


class _TornError(Exception):
    """A source has to be read in one piece."""


class _Asked(Struct, frozen=True, dict=True):
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

    query, place, seconds = request.settings.query or "", request.at("query"), min(request.options.timeout, _LONGEST)
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
        raise ProjectError.at(
            place, message, "Ask for less: join on fields that tell rows apart, and summarise before joining."
        ) from None


def _answer(query: str, request: Request, time: Clock, folder: Path) -> Grid:
    place = request.at("query")
    with opened(str(folder / "first"), time) as database:
        try:
            tree = Tree(query, database, place)
        except SyntaxError as error:
            known = [field for table in request.tables.values() for field in table.columns]
            raise explained(error, request, known) from None
        tables, sources = _named(tree, request)
        scans = tuple(_scanned(request, name, database, folder) for name in sources)
        if tree.stops_early:  # before DuckDB has seen that a piece began within a cell
            scans = tuple(_in_one_piece(scan, request, database) for scan in scans)
        asked = _Asked(query, request, time, folder, tree, scans, tables)
        _refuse_silent_gaps(asked)
        try:
            result = _asked_until_right(asked, database)
        except _TornError:
            with opened(str(folder / "whole"), time) as another:
                scans = tuple(_in_one_piece(scan, request, another) for scan in scans)
                result = _asked_until_right(replace(asked, scans=scans), another)
    file = ", ".join(dict.fromkeys([*(s.file for s in scans), *(t.file for t in tables.values())])) or place.file
    warnings = (*(problem for scan in scans for problem in scan.warnings), *result.warnings)
    grid = result_grid(file, result.header, settled(result, place), "result row", LESS)
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
            raise ProjectError.at(request.at("query"), message, "Give one of them another name.")
        if found[0] in request.sources:
            sources.append(found[0])
        else:
            tables[found[0]] = request.tables[found[0]]
    return tables, list(dict.fromkeys(sources))


def _scanned(request: Request, name: str, database: DuckDBPyConnection, folder: Path) -> Scan:
    import duckdb

    settings = request.sources[name]
    try:
        return scanned(request, name, settings, database, folder)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise unreadable(error, request, settings.file or name) from None


def _in_one_piece(scan: Scan, request: Request, database: DuckDBPyConnection) -> Scan:
    import duckdb

    try:
        return scan.in_one_piece(database) if scan.may_be_torn() else scan
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise unreadable(error, request, scan.file) from None


def _asked_until_right(asked: _Asked, database: DuckDBPyConnection) -> Result:
    """What the query gives.

    It is asked as the first rows of the sources are; where another row is not, as all of them are; and where 64 bits
    have no room for what it computes, with 128.
    """
    kinds = _source_kinds(asked, database, None)
    sure = wide = False
    if any(unsure(one) for one in kinds.values()):
        kinds, sure = _source_kinds(asked, database, kinds), True
    found = _tried(asked, database, kinds, sure=sure, wide=wide)
    while not isinstance(found, Result):
        with opened(str(asked.folder / "again"), asked.time) as another:
            if found == "sure":
                kinds, sure = _source_kinds(asked, another, kinds), True
            else:
                wide = True
            found = _tried(asked, another, kinds, sure=sure, wide=wide)
    return found


def _tried(
    asked: _Asked, database: DuckDBPyConnection, kinds: dict[str, dict[str, str]], *, sure: bool, wide: bool
) -> Result | Literal["sure", "wide"]:
    """What the query gives, or what it has to be asked with. Raises ProjectError where neither is of use."""
    import duckdb

    try:
        return _asked_once(asked, database, kinds, sure=sure, wide=wide)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        said = str(error)
        converted = isinstance(error, duckdb.ConversionException) or "Error when converting column" in said
        if not sure and asked.scans and (MISFIT in said or converted):
            return "sure"
        if not wide and "Overflow" in said:
            return "wide"
        if asked.scans and not converted and any(word in said for word in _OF_A_FILE):
            raise _unreadable(error, asked, _scan_of(said, asked)) from None
        raise explained(error, asked.request, asked.columns) from None


def _scan_of(said: str, asked: _Asked) -> Scan:
    return next((scan for scan in asked.scans if str(scan.path) in said), asked.scans[0])


def _unreadable(error: Exception, asked: _Asked, scan: Scan) -> Exception:
    """What a source that cannot be read raises; one that was read in pieces is to be read in one."""
    torn = any(one.may_be_torn() for one in asked.scans)
    return _TornError() if torn else unreadable(error, asked.request, scan.file)


def _source_kinds(
    asked: _Asked, database: DuckDBPyConnection, first: dict[str, dict[str, str]] | None
) -> dict[str, dict[str, str]]:
    """The types of the sources' columns, by their first rows, or by all where `first` are those of the first."""
    import duckdb

    found: dict[str, dict[str, str]] = {}
    for scan in asked.scans:
        try:
            found[scan.name] = kinds_of(database, scan, asked.wanted, None if first is None else first[scan.name])
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            raise _unreadable(error, asked, scan) from None
    return found


def _asked_once(
    asked: _Asked, database: DuckDBPyConnection, kinds: dict[str, dict[str, str]], *, sure: bool, wide: bool
) -> Result:
    _refuse_words_for_truth(asked, kinds)
    added = _adds_fractions(asked, kinds)
    lock(database, asked.files, one_by_one=added or asked.tree.first_come, zone=_zone(asked))
    for scan in asked.scans:
        database.execute(view(scan, kinds[scan.name], sure=sure, wide=wide))
    for name, table in asked.tables.items():
        create(database, name, table, asked.table_kinds[name], wide=wide)
    return _result(asked, database, _plain_middles(asked, kinds), added=added)


def _result(asked: _Asked, database: DuckDBPyConnection, plain: dict[str, bool], *, added: bool) -> Result:
    place = asked.request.at("query")
    header = [str(row[0]) for row in rows(database, f"DESCRIBE {asked.tree.sql}")]
    twice = next((name for i, name in enumerate(header) if name in header[:i]), None)
    if twice is not None:
        remedy = f"Give one of them another: {twice} AS other."
        raise ProjectError.at(place, f"the result has two columns of the name '{twice}'.", remedy)
    cut = cut_at(asked.tree, header)
    sql = put_right(asked.tree, len(header), plain, more_than=None if cut is None else cut[0])
    kinds = [str(row[1]) for row in rows(database, f"DESCRIBE {sql}")]
    for name, kind in zip(header, kinds, strict=True):
        if _PARTS.search(kind):
            raise nested(str(place), name)
    if "INTERVAL" in kinds:  # which Python has no months for: as text
        listed = ", ".join(f"CAST(#{i} AS VARCHAR)" if k == "INTERVAL" else f"#{i}" for i, k in enumerate(kinds, 1))
        sql = f"SELECT {listed} FROM ({sql})"
    found = _rows(database, sql, place)
    ranked = by_rank(asked.tree)
    told: tuple[Problem, ...] = ()
    if ranked is not None:
        others = _rows(database, put_right(asked.tree, len(header), plain, instead=ranked), place)
        told = numbered_by_chance(found if cut is None else found[: cut[0]], others, place)
    if cut is not None:
        count, keys = cut
        return Result(header, kinds, found[:count], added, (*told, *parted(found, count, keys, place)))
    if not any(limited(asked.tree)):
        return Result(header, kinds, found, added, told)
    others = _rows(database, put_right(asked.tree, len(header), plain, falling=True), place)
    return Result(header, kinds, found, added, (*told, *chosen_by_chance(found, others, place)))


def _rows(database: DuckDBPyConnection, sql: str, place: Place) -> list[tuple[object, ...]]:
    """The rows of the result; ProjectError for more of them, or more text in them, than a table has room for."""
    answer = database.execute(sql)
    found: list[tuple[object, ...]] = []
    size = 0
    while piece := answer.fetchmany(_PIECE):
        found.extend(piece)
        if len(found) > ROWS:
            raise too_long(place, LESS)
        size += sum(len(cell) for row in piece for cell in row if isinstance(cell, str))
        if size > LARGEST:
            raise too_wide(place)
    return found


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
        raise ProjectError.at(
            asked.request.at("query"),
            f"the sources tell time in {' and '.join(zones[:2])}; a day would be another in each.",
            "Ask each source in a query of its own.",
        )
    if not zones and "timezone" in asked.tree.calls:
        raise ProjectError.at(
            asked.request.at("query"),
            "AT TIME ZONE makes moments whose day would be that of UTC.",
            "Write CAST(... AS TIMESTAMP): it keeps day and time as they are written.",
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
            raise ProjectError.at(
                asked.request.at("query"),
                f"'{name}' is true or false, and is compared with a word.",
                f'Write {name} = TRUE; or read it as words: types = {{ {name} = "text" }} under its read.',
            )
