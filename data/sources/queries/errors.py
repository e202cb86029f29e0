"""What DuckDB says about a query becomes a problem with its place and a way out."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import get_close_matches

from data.errors import Place, Problem, ProjectError, nearest
from data.sources.columnar import first_line
from data.sources.request import Request
from data.sources.sql import tables_named, tokens

_SUMMARIES = (
    "sum", "avg", "mean", "stddev", "variance", "corr", "median", "quantile_cont", "quantile_disc", "min", "max",
)  # fmt: skip
_SQL = frozenset(_SUMMARIES) | frozenset(
    (
        "select", "distinct", "from", "join", "left", "inner", "outer", "using", "where", "group", "order", "having",
        "limit", "offset", "union", "intersect", "except", "count", "between", "null", "case", "when", "then", "else",
        "round", "desc", "with", "values",
    )
)  # fmt: skip
"""Words of SQL that are long enough to be misspelt."""
_OTHERS = {"average": ["avg"], "maximum": ["max"], "minimum": ["min"], "total": ["sum"]}
"""What spreadsheet programs call the functions of SQL."""
_WORDS = {
    "VARCHAR": "text", "BIGINT": "whole numbers", "INTEGER": "whole numbers", "HUGEINT": "whole numbers",
    "INT32": "whole number", "INT64": "whole number", "INT128": "whole number", "DOUBLE": "numbers", "DATE": "dates",
    "BOOLEAN": "TRUE and FALSE", "INTEGER_LITERAL": "a whole number", "STRING_LITERAL": "a word",
}  # fmt: skip

SHORT_YEAR = "year of few digits"
"""What a query that was put right says of a text that is no date because of its year."""


def explained(error: BaseException, request: Request, columns: Collection[str]) -> ProjectError:
    """The error for a query that DuckDB refuses; `columns` are those that it could have meant."""
    said = str(error).replace(request.root.as_posix() + "/", "")
    place, query = request.at("query"), request.settings.query or ""

    def problem(message: str, remedy: str) -> ProjectError:
        return ProjectError.at(place, message, remedy)

    text = re.sub(r"^(?:[A-Z][\w -]*? Error: )+", "", said)
    line = first_line(Exception(text))
    if isinstance(error, SyntaxError):
        return problem(f"the query is wrong: {line}.", misspelt(query, columns) or "Correct the query.")
    for pattern in (
        r'Referenced column "(.+?)" (?:was )?not found',
        r'does not have a column named "(.+?)"',
        r'column "(.+?)" (?:does not exist|not found)',
    ):
        found = re.search(pattern, text, re.IGNORECASE)
        if found:
            return problem(f"there is no column '{found[1]}'.", nearest(found[1], columns))
    found = re.search(r"Table with name (\S+) does not exist|Referenced table \"(.+?)\" not found", text)
    if found:
        return ProjectError(no_table(found[1] or found[2], request))
    found = re.search(r"Function with name (\S+) does not exist!(?:\s+Did you mean \"(\w+)\")?", text)
    if found:
        near = _OTHERS.get(found[1], [found[2]] if found[2] else [])
        remedy = f"Did you mean {near[0].upper()}?" if near else "Correct its name."
        return problem(f"the query is wrong: there is no function '{found[1]}'.", remedy)
    found = re.search(r"function call \"(\S+?)\((.*?)\)\"|name and argument types '(\S+?)\((.*?)\)'", text)
    if found:
        called, given = found[1] or found[3], found[2] if found[1] else found[4]
        kinds = " and ".join(_words(kind) for kind in re.split(r", (?![^(]*\))", given))
        of = re.search(rf"\b{re.escape(called)}\s*\(\s*(?:distinct\s+)?\"?([\w ]+)", query, re.IGNORECASE)
        column = of[1].strip() if of and of[1].strip().lower() in {one.lower() for one in columns} else "pay"
        return problem(
            f"the query is wrong: '{called}' takes no {kinds}.",
            "Correct the query; or say what the source's column holds, under [sources.NAME.read]: "
            f'types = {{ {column} = "number" }}.',
        )
    if "Division by zero" in text:
        return problem(
            "the query divides by zero.", "Write a / NULLIF(b, 0), which gives no value there; or leave such rows out."
        )
    if "Overflow" in text or ("out of range" in text.lower() and "INT" in text):
        return problem(
            "the query computes a number that is larger than there is room for, and was refused.",
            "Divide before you multiply, or CAST(x AS DOUBLE) where fifteen digits are enough.",
        )
    found = re.search(rf'{SHORT_YEAR}: "(.*?)"', text, re.DOTALL)
    if found:
        return problem(
            f"'{found[1]}' has no year of four digits.",
            "Say how dates are written: CAST(STRPTIME(d, '%m/%d/%y') AS DATE) where the month is first and 26 is 2026, "
            "'%d/%m/%Y' where the day is first and the year has four digits.",
        )
    found = re.search(r"(?:date|timestamp) field (?:format|value out of range): \"(.*?)\"", text)
    found = found or re.search(r"Could not convert string ['\"](.*?)['\"] to '?(?:DATE|TIMESTAMP)", text, re.DOTALL)
    if found or (found := re.search(r"(?:invalid|Could not parse) (?:date|timestamp).*?\"(.*?)\"", text)):
        return problem(
            f"'{found[1]}' is no ISO date.",
            "Say how dates are written: CAST(STRPTIME(d, '%m/%d/%Y') AS DATE) where the month is first, "
            "'%d/%m/%Y' where the day is.",
        )
    found = re.search(r"Could not convert string ['\"](.*?)['\"] to '?([\w(), ]+?)'?(?:\s|$|\.)", text, re.DOTALL)
    if found:
        return problem(
            f"'{found[1]}' is no {_words(found[2]).removesuffix('s')}.",
            "Leave such rows out, or correct the column that is compared or converted.",
        )
    if "Out of Memory" in said or "failed to allocate" in said or "max_temp_directory_size" in said:
        return problem("the query needs more memory than it may have.", "Ask for less: WHERE, or fewer joined rows.")
    return problem(f"the query fails: {line}.", "Correct the query or its source.")


def _words(kind: str) -> str:
    kind = kind.strip()
    return "numbers" if kind.startswith("DECIMAL") else _WORDS.get(kind, kind)


def no_table(name: str, request: Request) -> Problem:
    """The problem of a query that asks a table which is not there, or not yet."""
    known = [*request.sources, *request.tables]
    declared: dict[str, object] = request.toml.content.get("tables", {}) if request.toml else {}
    remedy = "Declare it above this table." if name in declared else nearest(name, known)
    return Problem(request.at("query"), f"there is no source or table '{name}' here.", remedy)


def misspelt(query: str, columns: Collection[str]) -> str:
    """The word of a query that is nearly one of SQL, and none of its columns; "" where there is none."""
    own = {column.lower() for column in columns} | tables_named(query)
    for token in tokens(query):
        if token.kind == "word" and token.text not in own and token.text not in _SQL:
            near = _OTHERS.get(token.text) or get_close_matches(token.text, sorted(_SQL), n=1, cutoff=0.75)
            if near:
                return f"Did you mean {near[0].upper()} for {query[token.start : token.end]}?"
    return ""


def unreadable(error: BaseException, request: Request, file: str) -> ProjectError:
    """The error for a source that DuckDB cannot read."""
    said = str(error)
    line = re.search(r"CSV Error on Line: (\d+)", said)
    place = Place(file, int(line[1])) if line else Place(file)
    found = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", said)
    if found:
        message = f"has {found[2]} cells in this line, and {found[1]} in its header."
        return ProjectError.at(place, message, "Check the quotes and the delimiter here.")
    if "unicode" in said.lower() or "utf-8" in said.lower():
        return ProjectError.at(
            place, "is not UTF-8: invalid UTF-8 here.", "Save the whole file as UTF-8, from one encoding."
        )
    if "unterminated quote" in said:
        return unclosed(file, place.line)
    if "state machine" in said:
        remedy = "Save it with line ends of one kind, and with every quotation mark inside of quotes doubled."
        return ProjectError.at(place, "mixes line ends, or has a quotation mark astray.", remedy)
    found = re.search(r'has duplicate key "(.*?)"', said)
    if found:
        at = re.search(r"in line (\d+)", said)
        place = Place(file, int(at[1])) if at else place
        message = f"holds a record with two values for '{found[1]}'."
        return ProjectError.at(place, message, "Keep the one that is meant.")
    found = re.search(r"Malformed JSON .*?line \d+:\s*(.*?)\.?(?:\n|$)", said)
    if found:
        return ProjectError.at(place, f"is no JSON: {found[1]}.", "Put one record on each line.")
    text = re.sub(r"^(?:[A-Z][\w -]*? Error: )+", "", said.replace(request.root.as_posix() + "/", ""))
    return ProjectError.at(
        place,
        f"cannot be read: {first_line(Exception(text))}.",
        "Check that the file is complete and of the kind that its name says.",
    )


def unclosed(file: str, line: int) -> ProjectError:
    """The error for a quotation mark that nothing closes."""
    remedy = 'Close it. If quotes mean nothing in this file, write quote = "".'
    return ProjectError.at(Place(file, line), "has a quotation mark here that is never closed.", remedy)
