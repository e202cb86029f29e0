"""SQL over the project's own tables and [sources], by polars: lazily, so that a source may be larger than memory."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Context, Decimal
from difflib import get_close_matches
from typing import TYPE_CHECKING

from data.errors import Problem, ProjectError, nearest
from data.network.patience import RunawayError, within
from data.sources.columnar import first_line, frame_grid, has_parts
from data.sources.grid import LESS, ROWS, Grid, too_long
from data.sources.request import Request
from data.sources.result import nested
from data.sources.scan import scanned
from data.sources.sql import calls, ending, refuse_any_rows, tables_named, tokens, words
from data.sources.table_frame import absent, table_frame

if TYPE_CHECKING:
    from polars import DataFrame, LazyFrame

_STARTS = frozenset(("select", "with", "from", "values", "("))
_ADDING = frozenset(
    ("sum", "avg", "mean", "stddev", "stddev_samp", "stdev", "stdev_samp", "var", "var_samp", "variance", "corr")
) | {"covar", "covar_samp", "covar_pop"}
_SUMMARIES = _ADDING | {"median", "quantile_cont", "quantile_disc", "min", "max"}
_SQL = _SUMMARIES | frozenset(
    (
        "select", "distinct", "from", "join", "left", "inner", "outer", "using", "where", "group", "order", "having",
        "limit", "offset", "union", "intersect", "except", "count", "between", "null", "case", "when", "then", "else",
        "round", "desc", "with", "values",
    )
)  # fmt: skip
"""Words of SQL that are long enough to be misspelt."""
_OTHERS = {"average": ["avg"], "maximum": ["max"], "minimum": ["min"], "total": ["sum"]}
"""What spreadsheet programs call the functions of SQL."""
_LONGEST = 60.0
"""Seconds that a query over the project's own tables and sources may take, whatever its timeout says."""
_MEMORY = 700_000_000
"""Bytes that it may take: a join of many rows with many others has more rows than any machine has room for."""
_LESS_WORK = "Ask for less: join on fields that tell rows apart, and summarise before joining."
_DIGITS = Context(prec=10, rounding=ROUND_HALF_EVEN)
"""Digits kept of sums and averages of fractions. Threads add them up in any order, and the last of the sixteen digits
of a binary fraction depend on it; a build must give the same bytes each time."""
_DOUBT = Decimal("0.001")
"""How near to the middle between two such numbers, in units of the last digit, the order of adding could decide."""
_EXACT_DECIMALS = 18
_NOISY = 17
"""Characters from which a binary fraction may end in what computing left behind: sixteen digits and the point."""
_ZEROS = 4
"""How many of its fifteen sure digits are zeros at the end then."""


def read(request: Request) -> Grid:
    """The result of the query under a header of its columns' names, in an order that is the same each time.

    Rows that ORDER BY leaves in any order are sorted by their columns, from left to right. Raises ProjectError for a
    query that is wrong, does more than read, reaches for other files, summarises values that are not there, or gives
    more rows than a table may have.
    """
    query, place = request.settings.query or "", request.at("query")
    _refuse_more_than_reading(query, request)
    refuse_any_rows(query, place)
    said = tables_named(query)
    frames: dict[str, LazyFrame] = {}
    files: list[str] = []
    warnings: list[Problem] = []
    for name, settings in request.sources.items():
        if name.lower() in said:
            frames[name], file, told = scanned(request, name, settings)
            files.append(file)
            warnings.extend(told)
    for name, table in request.tables.items():
        if name.lower() in said:
            frames[name] = table_frame(table).lazy()
            files.append(table.file)
    _refuse_silent_gaps(query, request)
    _refuse_words_for_truth(query, frames, request)
    with _explained(request, frames):
        result = _collected(query, frames, request)
        if result.height > ROWS:
            raise too_long(place, LESS)
        if _ADDING & calls(query):
            result = _settled(result, query, frames, request)
    result = _without_noise(result)
    file = ", ".join(dict.fromkeys(files)) or place.file
    return replace(frame_grid(file, result, "result row"), warnings=tuple(warnings))


def _seconds(request: Request) -> float:
    return min(request.options.timeout, _LONGEST)


def _refuse_more_than_reading(query: str, request: Request) -> None:
    """Only SELECT, only one, and only over what the project names."""
    said = list(tokens(query))
    place = request.at("query")
    if not said or said[0].text not in _STARTS or any(token.text == ";" for token in said[:-1]):
        raise ProjectError(
            Problem(place, "the query does more than read, and was refused.", "Ask with one SELECT; nothing else.")
        )
    for name in sorted(calls(query)):
        if name.startswith(("read_", "scan_")):
            raise ProjectError(
                Problem(
                    place,
                    f"the query reads a file by {name}.",
                    'Declare the file, [sources.NAME] with file = "...", and say FROM NAME.',
                )
            )


def _refuse_silent_gaps(query: str, request: Request) -> None:
    """Summaries in SQL pass over missing values; with tables of the project that has to be said."""
    if not _SUMMARIES & calls(query):
        return
    said, tables = words(query), tables_named(query)
    plain = " ".join(token.text.strip('"`') for token in tokens(query)).lower()
    problems: list[Problem] = []
    for name, table in request.tables.items():
        if name.lower() not in tables:
            continue
        for field in table.columns:
            if field.lower() in said and not re.search(rf"\b{re.escape(field.lower())} is not null\b", plain):
                missing = absent(table, field)
                if missing:
                    many = f"{missing} value{'' if missing == 1 else 's'}"
                    problems.append(
                        Problem(
                            request.at("query"),
                            f"'{field}' of table '{name}' lacks {many}, which a summary would pass over in silence.",
                            f"Say that they are left out: WHERE {field} IS NOT NULL.",
                        )
                    )
    if problems:
        raise ProjectError(problems)


def _refuse_words_for_truth(query: str, frames: dict[str, LazyFrame], request: Request) -> None:
    """A column that is true or false equals no word: 'TRUE' would find nothing, and nobody would be told."""
    from polars import Boolean

    truths = {name.lower() for frame in frames.values() for name, t in frame.collect_schema().items() if t == Boolean}
    said = [token.text for token in tokens(query)]
    for index, text in enumerate(said):
        name = text.strip('"`').lower()
        compared = [sign for sign in said[index + 1 : index + 4] if sign not in ("=", "!", "<", ">", "in", "not", "(")]
        if name in truths and compared and compared[0].startswith("'"):
            raise ProjectError(
                Problem(
                    request.at("query"),
                    f"'{name}' is true or false, and is compared with a word.",
                    f'Write {name} = TRUE; or read it as words: types = {{ {name} = "text" }} under its read.',
                )
            )


def _collected(query: str, frames: dict[str, LazyFrame], request: Request) -> DataFrame:
    """The rows of the result, one more than a table may have at the most, in a full order."""
    import polars

    context = polars.SQLContext(frames)
    schema = context.execute(query).collect_schema()
    for name, kind in schema.items():
        if has_parts(kind):
            raise nested(str(request.at("query")), name)
    frame = context.execute(_fully_ordered(query, len(schema))).head(ROWS + 1)
    return within(_seconds(request), lambda: frame.collect(engine="streaming"), _MEMORY)


def _fully_ordered(query: str, columns: int) -> str:
    """The query with all its columns as further keys of its order, so that no two different rows are in any order.

    >>> _fully_ordered("SELECT a, b FROM t ORDER BY b LIMIT 3", 2)
    'SELECT a, b FROM t ORDER BY b, 1, 2 LIMIT 3'
    """
    how = ending(query)
    head, tail = query[: how.end_of_order], query[how.end_of_order :].split(";")[0]
    if re.search(r"\border\s+by\s+all(\s+(asc|desc))?\s*$", head, re.IGNORECASE):
        return query
    keys = ", ".join(map(str, range(1, columns + 1)))
    return f"{head}{',' if how.ordered else ' ORDER BY'} {keys}{tail if how.limited else ''}"


def _settled(result: DataFrame, query: str, frames: dict[str, LazyFrame], request: Request) -> DataFrame:
    """The result with its fractions rounded to digits that do not depend on the order of adding.

    Where a number is so near to the middle between two rounded ones that it could, exact decimals decide.
    """
    import polars
    from polars.exceptions import PolarsError

    fractions = [name for name, kind in result.schema.items() if kind.is_float()]
    if not fractions:
        return result
    exact = result
    if any(_doubtful(value) for name in fractions for value in result[name]):
        decimal = polars.Decimal(38, _EXACT_DECIMALS)
        floats = polars.selectors.float()
        with suppress(PolarsError):
            slow = _collected(query, {n: f.with_columns(floats.cast(decimal)) for n, f in frames.items()}, request)
            if slow.shape == result.shape:
                exact = slow.cast(dict.fromkeys(fractions, polars.Float64))
    return result.with_columns(
        polars.Series(
            name,
            [_rounded(e if _doubtful(value) else value) for value, e in zip(result[name], exact[name], strict=True)],
            dtype=polars.Float64,
        )
        for name in fractions
    )


def _without_noise(result: DataFrame) -> DataFrame:
    """The result with the fractions that were meant: 0.3 for 0.1 + 0.2, which binary fractions make
    0.30000000000000004; those that fill all their digits, as one third does, keep them."""
    import polars

    return result.with_columns(
        polars.Series(name, list(map(_meant, result[name])), dtype=polars.Float64)
        for name, kind in result.schema.items()
        if kind == polars.Float64
    )


def _meant(value: float | None) -> float | None:
    if value is None or len(repr(value)) < _NOISY:
        return value
    short = float(f"{value:.15g}")
    return short if len(f"{value:.15g}") <= _NOISY - _ZEROS else value


def _rounded(value: float | None) -> float | None:
    if value is None or value != value or value in (float("inf"), float("-inf")) or value.is_integer():
        return value
    return float(_DIGITS.create_decimal(repr(value)))


def _doubtful(value: float | None) -> bool:
    """Whether the digits that are rounded away are almost exactly one half."""
    if value is None or value != value or value in (float("inf"), float("-inf")) or value.is_integer():
        return False
    number = Decimal(repr(value))
    rest = abs(number).scaleb(_DIGITS.prec - 1 - number.adjusted()) % 1
    return abs(rest - Decimal("0.5")) < _DOUBT


@contextmanager
def _explained(request: Request, frames: dict[str, LazyFrame]) -> Generator[None, None, None]:
    """Turn what polars says about a query into a problem with its place and a way out."""
    from polars.exceptions import ColumnNotFoundError, PolarsError, SQLInterfaceError

    place, seconds = request.at("query"), _seconds(request)
    try:
        yield
    except TimeoutError:
        message = f"the query takes more than {seconds:g} seconds."
        raise RunawayError(Problem(place, message, _LESS_WORK)) from None
    except MemoryError:
        message = f"the query takes more than {_MEMORY // 1_000_000} MB of memory."
        raise RunawayError(Problem(place, message, _LESS_WORK)) from None
    except SQLInterfaceError as error:
        relation = re.search(r"relation '(.+?)' was not found", str(error))
        if relation:
            raise ProjectError(_no_table(relation[1], request)) from None
        remedy = _misspelt(request.settings.query or "", frames) or "Correct the query."
        raise ProjectError(Problem(place, f"the query is wrong: {first_line(error)}.", remedy)) from None
    except ColumnNotFoundError as error:
        name = re.search(r'"([^"]+)"', str(error))
        known = [column for frame in frames.values() for column in frame.collect_schema()]
        wanted = name[1] if name else first_line(error)
        raise ProjectError(Problem(place, f"there is no column '{wanted}'.", nearest(wanted, known))) from None
    except PolarsError as error:
        raise ProjectError(_failed(error, request)) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception
            raise
        raise ProjectError(_failed(error, request)) from None


def _misspelt(query: str, frames: dict[str, LazyFrame]) -> str:
    """The word of a query that is nearly one of SQL, and none of its columns; "" where there is none."""
    own = {column.lower() for frame in frames.values() for column in frame.collect_schema()} | tables_named(query)
    for token in tokens(query):
        if token.kind == "word" and token.text not in own and token.text not in _SQL:
            near = _OTHERS.get(token.text) or get_close_matches(token.text, sorted(_SQL), n=1, cutoff=0.75)
            if near:
                return f"Did you mean {near[0].upper()} for {query[token.start : token.end]}?"
    return ""


def _no_table(name: str, request: Request) -> Problem:
    known = [*request.sources, *request.tables]
    declared: dict[str, object] = request.toml.content.get("tables", {}) if request.toml else {}
    remedy = "Declare it above this table." if name in declared else nearest(name, known)
    return Problem(request.at("query"), f"there is no source or table '{name}' here.", remedy)


def _failed(error: BaseException, request: Request) -> Problem:
    said = first_line(error).replace(request.root.as_posix() + "/", "")
    cell = re.search(r"could not parse `(.*?)` as dtype `\w+` at column '(.*?)'", said)
    if cell:
        remedy = f'Under [sources.NAME.read] write missing = ["{cell[1]}"] if it stands for no value, or '
        remedy += f'types = {{ {cell[2]} = "text" }}.'
        return Problem(request.at("query"), f"column '{cell[2]}' holds '{cell[1]}', which is no number.", remedy)
    return Problem(request.at("query"), f"the query fails: {said}.", "Correct the query or its source.")
