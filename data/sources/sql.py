"""As much of SQL as is needed to see how a query ends and what it calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from data.errors import Place, ProjectError

STANDARD = re.compile(
    r"(?P<space>\s+|--[^\n]*|/\*.*?(?:\*/|$))"
    r"|(?P<quoted>'(?:[^']|'')*(?:'|$)|\"(?:[^\"]|\"\")*(?:\"|$)|`[^`]*(?:`|$))"
    r"|(?P<word>[^\W\d]\w*)"
    r"|(?P<other>\d[\w.]*|.)",
    re.DOTALL,
)
"""How a query is taken apart into its words, where the SQL is that of the standard."""


def mysql_lexis(*, backslashes: bool = True, ansi_quotes: bool = False) -> re.Pattern[str]:
    """How MariaDB and MySQL take a query apart: comments behind #, comments that say something, backslashes in quotes.

    Theirs is followed closely, because a query that hides a word from us and not from them could write: `1.INTO` and
    `1e5INTO` are two words, `--` begins a comment before a space only, and any space but ASCII's is a letter. The two
    settings are what @@sql_mode may change: NO_BACKSLASH_ESCAPES and ANSI_QUOTES.
    Source: https://dev.mysql.com/doc/refman/8.0/en/language-structure.html
    """

    def quoted(mark: str, escapes: bool) -> str:
        inside = rf"[^{mark}\\]|\\(?:.|\Z)" if escapes else f"[^{mark}]"
        return rf"{mark}(?:{inside}|{mark}{mark})*(?:{mark}|\Z)"

    single, double = quoted("'", backslashes), quoted('"', backslashes and not ansi_quotes)
    return re.compile(
        r"(?P<executed>/\*(?:M?!|\+))"
        r"|(?P<space>[\t-\r ]+|--(?=[\x00-\x20\x7f]|\Z)[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z))"
        rf"|(?P<quoted>{single}|{double}|{quoted('`', False)})"
        r"|(?P<word>[^\W\d]\w*)"
        r"|(?P<other>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|.)",
        re.DOTALL,
    )


MYSQL = mysql_lexis()
"""How MariaDB and MySQL take a query apart where nobody has set them up otherwise."""
_LIMITS = frozenset(("limit", "offset", "fetch"))
_KEYS = 1_000
"""Columns by which rows are put in order; SQLite takes 2,000 (https://www.sqlite.org/limits.html)."""
_ENDS_TABLES = frozenset(
    ("where", "group", "order", "having", "limit", "union", "intersect", "except", "select", "qualify")
)


class Token(NamedTuple):
    """One word, quoted text or sign of a query."""

    text: str
    """Words in small letters."""
    kind: str
    start: int
    end: int
    depth: int
    """How many brackets are open around it."""


def tokens(query: str, lexis: re.Pattern[str] = STANDARD) -> Iterator[Token]:
    """The query without its spaces and comments."""
    depth = 0
    for found in lexis.finditer(query):
        kind = str(found.lastgroup)
        if kind == "space":
            continue
        text = found[0]
        if text == ")":
            depth -= 1
        yield Token(text.lower() if kind == "word" else text, kind, found.start(), found.end(), depth)
        if text == "(":
            depth += 1


class Ending(NamedTuple):
    """How a query ends, outside of all brackets."""

    ordered: bool
    limited: bool


def ending(query: str, lexis: re.Pattern[str] = STANDARD) -> Ending:
    """Whether the query as a whole has an ORDER BY and a LIMIT.

    >>> ending("SELECT a FROM t ORDER BY a LIMIT 3")
    Ending(ordered=True, limited=True)
    """
    outer = [token for token in tokens(query, lexis) if token.depth == 0 and token.text != ";"]
    ordered = limited = False
    for index, token in enumerate(outer):
        follows = outer[index + 1].text if index + 1 < len(outer) else ""
        if token.kind == "word" and token.text == "order" and follows == "by":
            ordered, limited = True, False
        elif token.kind == "word" and token.text in _LIMITS:
            limited = True
    return Ending(ordered, limited)


def fully_ordered(query: str, columns: int, *, falling: bool) -> str:
    """The query with rows that its ORDER BY leaves in one place rising by all its columns, or falling; "" where it
    has no LIMIT behind an ORDER BY, outside of all brackets."""
    outer = [token for token in tokens(query) if token.depth == 0]
    if not ending(query).ordered:
        return ""
    start = max(n for n, (one, two) in enumerate(pairwise(outer)) if (one.text, two.text) == ("order", "by"))
    limit = next((token for token in outer[start:] if token.kind == "word" and token.text in _LIMITS), None)
    if limit is None:
        return ""
    keys = ", ".join(f"{number} DESC" if falling else str(number) for number in range(1, min(columns, _KEYS) + 1))
    return f"{query[: limit.start]}, {keys} {query[limit.start :]}"


def refuse_any_rows(query: str, place: Place, lexis: re.Pattern[str] = STANDARD) -> None:
    """ProjectError for a LIMIT without ORDER BY: which rows it takes would change from run to run."""
    how = ending(query, lexis)
    if how.limited and not how.ordered:
        raise ProjectError.at(place, "LIMIT without ORDER BY takes any rows.", "Say which ones: ORDER BY ... LIMIT ...")


def calls(query: str, lexis: re.Pattern[str] = STANDARD) -> set[str]:
    """Names of the functions that a query calls, in small letters."""
    found: set[str] = set()
    before: Token | None = None
    for token in tokens(query, lexis):
        if token.text == "(" and before is not None and before.kind in ("word", "quoted"):
            found.add(before.text.strip('"`').lower())
        before = token
    return found


def tables_named(query: str) -> set[str]:
    """Names that stand where tables do, in small letters: after FROM and JOIN, and not given by the query itself."""
    found: set[str] = set()
    own: set[str] = set()
    listing: dict[int, bool] = {}
    said = list(tokens(query))
    for index, token in enumerate(said):
        before = said[index - 1].text if index else ""
        if token.kind == "word" and token.text in _ENDS_TABLES:
            listing[token.depth] = False
        elif token.text in ("from", "join"):
            listing[token.depth] = True
        elif token.kind != "other" and (before in ("from", "join") or (before == "," and listing.get(token.depth))):
            found.add(token.text.strip('"`').lower())
        if token.kind != "other" and [t.text for t in said[index + 1 : index + 3]] == ["as", "("]:
            own.add(token.text.strip('"`').lower())
    return found - own


def words(query: str) -> set[str]:
    """Every word and quoted name of a query, in small letters."""
    return {token.text.strip('"`').lower() for token in tokens(query) if token.kind != "other"}
