"""Names in the order of a language's dictionaries: Ägyptologie under A, Ñandú behind N in Spanish; numbers within them
by their size: A2 before A10."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

# A project that sorts no names does not pay for the import.
if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def sort_keys(texts: Sequence[str], language: str) -> list[tuple[str, str]]:
    """Keys that put texts into the order of `language`, a BCP 47 tag: the Unicode Collation Algorithm (UTS 10) with the
    CLDR's tailoring, as ICU works it out, here the one inside DuckDB. Whole numbers within texts count by their size
    (UTS 35, key "kn", which DuckDB's does not know). Texts that only code points tell apart follow these."""
    if not texts:
        return []
    distinct = list(dict.fromkeys(texts))
    keys: dict[str, str] = {}
    for start in range(0, len(distinct), _AT_ONCE):
        part = distinct[start : start + _AT_ONCE]
        found = _connection().execute(
            "select icu_sort_key(t, ?) from (select unnest(?::varchar[]) as t)",
            [language, [_NUMBER.sub(_by_size, text) for text in part]],
        )
        keys.update(zip(part, (str(key) for (key,) in found.fetchall()), strict=True))
    return [(keys[text], text) for text in texts]


_AT_ONCE = 10_000
_NUMBER = re.compile("[0-9]+")
_MOST_DIGITS = 99


def _by_size(number: re.Match[str]) -> str:
    """A number behind the count of its digits, so that of two the larger one comes later, letter by letter."""
    digits = number[0].lstrip("0") or "0"
    return f"{len(digits):02}{digits}" if len(digits) <= _MOST_DIGITS else number[0]


@cache
def _connection() -> DuckDBPyConnection:
    """A database in memory that reaches no file and no network."""
    import duckdb

    return duckdb.connect(config={"enable_external_access": "false", "threads": 1})
