"""The numbers of a project's tables, found by what they are; and the rows that a sentence names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property

from msgspec import Struct

from data.tables.table import Field, Row, Table
from reports.typed.sentence import Sentence, in_a_row, names_of

MOST_ROWS = 50_000
"""Rows of a table whose cells are looked through; in longer ones nearly every number stands somewhere."""
_HITS = 5
"""Cells of a column with one number that are looked at where the sentence names no row: more than are told."""
IN_SENTENCE, IN_PASSAGE = 3, 2
"""How near a row is that the sentence of a number names, or another one of its passage."""
_LONGER = 2
"""Words that a name has more than another one that is a part of it; beyond that it is a sentence."""
_NAMES = ("text", "level", "year", "date")


class Named(Struct, frozen=True):
    """A row that a sentence names, and how near: 3 in the sentence, 2 in its passage, 1 in the heading above."""

    row: Row
    level: int


class Columns(Struct, frozen=True, dict=True):
    """The tables of a project, as they are asked for numbers and for names."""

    tables: Mapping[str, Table]

    @cached_property
    def searched(self) -> tuple[Table, ...]:
        """The tables whose cells are looked through."""
        return tuple(table for table in self.tables.values() if len(table) <= MOST_ROWS)

    @property
    def left_out(self) -> tuple[Table, ...]:
        """Those that are too long for it."""
        return tuple(table for table in self.tables.values() if len(table) > MOST_ROWS)

    @cached_property
    def _sorted(self) -> dict[tuple[str, str], tuple[list[float], list[int]]]:
        return {}

    def _column(self, table: Table, name: str) -> tuple[list[float], list[int]]:
        """The known numbers of a column, lowest first, and the row of each."""
        key = (table.name, name)
        if key not in self._sorted:
            column = table.columns[name]
            pairs = sorted((float(one), index) for index, one in enumerate(column) if isinstance(one, Decimal))
            self._sorted[key] = ([number for number, _ in pairs], [index for _, index in pairs])
        return self._sorted[key]

    def rows_with(self, table: Table, field: Field, low: Decimal, high: Decimal) -> list[int]:
        """Some rows of a table whose `field` lies from `low` to `high`."""
        numbers, rows = self._column(table, field.name)
        slack = 1e-9 * max(1.0, abs(float(high)))
        first, behind = bisect_left(numbers, float(low) - slack), bisect_right(numbers, float(high) + slack)
        return rows[first : min(behind, first + _HITS)]

    @cached_property
    def _named(self) -> dict[str, list[tuple[tuple[str, ...], Table, int]]]:
        """The rarest word of a row's name → the rows that are called so."""
        every: list[tuple[tuple[str, ...], Table, int]] = []
        for table in self.searched:
            called = table.key_field or table.fields[0]
            if called.measure.type not in _NAMES:
                continue
            for index in range(len(table)):
                names = names_of(table.row_name(index))
                if names and (called.measure.type != "text" or not all(name.isdigit() for name in names)):
                    every.append((names, table, index))
        counts = Counter(word for names, _, _ in every for word in names)
        found: dict[str, list[tuple[tuple[str, ...], Table, int]]] = {}
        for one in every:
            found.setdefault(min(one[0], key=lambda word: counts[word]), []).append(one)
        return found

    def named(self, sentence: Sentence) -> dict[tuple[str, int], Named]:
        """The rows that a sentence, its passage or the heading above it names, by table and place."""
        found = [*self._levels(sentence)]
        said = {names for names, _, level in found if level == IN_SENTENCE}
        return {
            (row.table.name, row.index): Named(row, IN_PASSAGE if _is_part(names, said) else level)
            for names, row, level in found
        }

    def _levels(self, sentence: Sentence) -> Iterator[tuple[tuple[str, ...], Row, int]]:
        for word in sentence.known | sentence.around | sentence.above:
            for names, table, index in self._named.get(word, ()):
                wanted = set(names)
                if wanted <= sentence.known and in_a_row(names, sentence.words):
                    yield names, Row(table, index), IN_SENTENCE
                elif wanted <= sentence.around:
                    yield names, Row(table, index), IN_PASSAGE
                elif wanted <= sentence.above:
                    yield names, Row(table, index), 1


def _is_part(names: tuple[str, ...], said: set[tuple[str, ...]]) -> bool:
    """Whether a name is only a part of one that the sentence says: "Mathematics" of "Computers & Mathematics"."""
    return any(0 < len(one) - len(names) <= _LONGER and in_a_row(names, one) for one in said)
