"""What a column's numbers are computed with: whole numbers and decimals exactly, binary fractions where they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from data.sources.queries.duck import rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"
_CODE = r"-?0[0-9]"
SURE = 15
"""Digits of a decimal number that a binary fraction of 64 bits surely keeps."""
_LONG = 18
_LONGEST = 38
"""Digits of the decimals that DuckDB computes with in 64 and in 128 bits."""
_MOST_DECIMALS = 9
"""More decimals, in numbers of more than fifteen digits, are what dividing left behind, and no decimals."""


class Numbers(Struct, frozen=True):
    """How the texts of a column are written; `filled` of them are not empty."""

    filled: int
    codes: int
    """Those with zeros before them, 02139."""
    numbers: int
    truths: int
    """Those that say TRUE or FALSE."""
    powers: int
    """Numbers with a power of ten, 1e-7."""
    before: int
    """The most digits before the point, and behind it."""
    behind: int
    odd: str
    """One that is no number, and one that is no truth; "" where there is none."""
    untrue: str
    odd_date: str = ""


def numbers_of(
    database: DuckDBPyConnection, texts: dict[str, str], relation: str, dates: dict[str, str] | None = None
) -> dict[str, Numbers]:
    """How the columns of a relation are written; `texts` has the SQL of each one's text, None where it is empty.

    `dates` has the SQL of those that are to be dates.
    """
    if not texts:
        return {}
    asked: list[str] = []
    for column, text in texts.items():
        number = f"regexp_full_match({text}, '{_NUMBER}')"
        truth = f"upper({text}) IN ('TRUE', 'FALSE')"
        day = (dates or {}).get(column)
        asked += [
            f"count({text})",
            f"count_if(regexp_matches({text}, '^{_CODE}'))",
            f"count_if({number})",
            f"count_if({truth})",
            f"count_if({number} AND regexp_matches({text}, '[eE]'))",
            f"max(length(regexp_extract({text}, '^[+-]?0*([0-9]*)', 1))) FILTER (WHERE {number})",
            f"max(length(rtrim(regexp_extract({text}, '\\.([0-9]*)', 1), '0'))) FILTER (WHERE {number})",
            f"min({text}) FILTER (WHERE NOT {number})",
            f"min({text}) FILTER (WHERE NOT {truth})",
            f"min({text}) FILTER (WHERE {day} IS NULL)" if day else "NULL",
        ]
    width = len(asked) // len(texts)
    (found,) = rows(database, f"SELECT {', '.join(asked)} FROM {relation}")
    parts = [found[i : i + width] for i in range(0, len(found), width)]
    return {column: _numbers(part) for column, part in zip(texts, parts, strict=True)}


def _numbers(part: Sequence[object]) -> Numbers:
    filled, codes, numbers, truths, powers, before, behind = (int(str(count or 0)) for count in part[:7])
    odd, untrue, odd_date = ("" if text is None else str(text) for text in part[7:])
    return Numbers(filled, codes, numbers, truths, powers, before, behind, odd, untrue, odd_date)


def number_kind(said: Numbers, *, exact: bool = True) -> str:
    """The type in DuckDB that keeps every digit: BIGINT, DECIMAL, or DOUBLE for what a binary fraction was or will be.

    `exact` where the texts are all that there is; not where they tell of binary fractions. "" where nothing has room
    for the digits.
    """
    if said.powers:
        return "DOUBLE" if said.before <= SURE or not exact else ""
    total = said.before + said.behind
    if not said.behind and total <= _LONG:
        return "BIGINT"
    if total <= SURE:
        return f"DECIMAL({_LONG},{said.behind})"
    if not exact or (said.behind > _MOST_DECIMALS and said.before <= SURE):
        return "DOUBLE"
    if total <= _LONGEST:
        return f"DECIMAL({_LONGEST},{said.behind})"
    return ""
