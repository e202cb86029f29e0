"""What MariaDB and MySQL may be asked: one statement that only reads."""

from __future__ import annotations

import re
from itertools import pairwise

from data.errors import ProjectError
from data.sources.databases.connection import Connection
from data.sources.sql import calls, tokens

_BEGINS = frozenset(("select", "with", "values", "table"))
_WRITES = frozenset(("into", "update", "delete"))
"""Reserved words that a statement which only reads has no use for: INTO writes files, UPDATE locks rows."""
_LOCKS = frozenset((("for", "share"), ("lock", "in")))
_LOCKING = frozenset(("get_lock", "release_lock", "release_all_locks"))


def refuse_writing(connection: Connection, lexis: re.Pattern[str]) -> None:
    """ProjectError for a query that is anything but one statement that reads.

    The server refuses most of that itself in a transaction that cannot write, but not SELECT ... INTO OUTFILE, locks,
    ANALYZE TABLE, SET, and whatever ends such a transaction. `lexis` is how the server takes the query apart.
    """
    query = connection.query
    said = list(tokens(query, lexis))
    while said and said[-1].text == ";":
        said.pop()
    if any(token.kind == "executed" for token in said):
        raise ProjectError.at(
            connection.query_place,
            "the query has a comment that the server obeys, and was refused.",
            "Leave out comments that begin with /*! or /*+.",
        )
    words = [token.text if token.kind == "word" else "" for token in said]
    begin = next((token.text for token in said if token.text != "("), "")
    reads = (
        begin in _BEGINS
        and not _WRITES.intersection(words)
        and not _LOCKS.intersection(pairwise(words))
        and not _LOCKING.intersection(calls(query, lexis))
        and not any(token.text == ";" for token in said)
        and "\0" not in query  # where it ends a comment for the server
    )
    if not reads:
        raise connection.writes()
