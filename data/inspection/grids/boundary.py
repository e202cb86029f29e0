"""How many of the first rows of a table are its header: where cells above differ most from uniform columns below.

Each way of dividing the rows is weighed by how much it takes to tell the kinds of all cells: below, each column tells
its own mixture of kinds, which takes little where they are alike; above, words are expected, and anything else costs.
The cheapest division wins. This is the principle of minimum description length (Rissanen, Automatica 14, 1978), with
the estimator of Krichevsky and Trofimov for the columns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby, pairwise
from math import lgamma

from msgspec import Struct

from data.inspection.grids.cells import Cells, is_alone, kind_of, names_key
from data.inspection.grids.units_row import only_units

_TRIED = 40
"""Rows after which no header ends any more."""
_WEIGHED = 400
"""Rows below that say what the columns hold."""
_SEEN = {"": 0.1, "n": 0.03, "m": 0.05, "t": 0.03, "code": 0.03, "date": 0.03, "letter": 0.03}
"""The estimator's counts for kinds that were not seen yet: small, because most columns hold one kind; cells without a
value may come up anywhere."""
_EVERY = sum(_SEEN.values())
_NO_HEADER = 4.0
"""What it costs to have no header, beside the words that it does not need: about one table in fifty has none."""
_ANOTHER_ROW = 1.0
"""What each header row after the first costs: most tables have one."""
_ABOVE = {"": 0.3, "n": 6.0, "m": 4.5, "t": 0.3, "code": 1.0, "date": 2.0, "letter": 0.7}
"""What a cell of each kind costs in a header, in nats: one header cell in four hundred is any number."""
_NAMELESS = 1.5
"""What it costs that the last row of a header leaves a column of values without a name."""
_YEAR_ABOVE = 1.0
_AGAIN = 2.0
"""What it costs that a row says what rows below it say, too: answers are repeated, names of columns are not."""
_ALIKE = 3.0
"""What it costs to name a column of dates or codes by a date or a code."""
_IN_ORDER = 1.5
"""What each number saves that goes on in order: in a header that is meant, in a body it is chance."""
_MOST_IN_ORDER = 6
YEAR = re.compile(r"(?:19|20)\d\d(?:[-/–](?:19|20)?\d\d)?")
_MARKED_YEAR = re.compile(rf"{YEAR.pattern}\s*(?:\(?[a-z*]{{1,2}}\)?|\[\w+\]|[*¹²³⁴])?", re.IGNORECASE)
_PERCENTILES = frozenset((1, 2, 3, 99, 98, 97, *range(0, 101, 5)))
_CODE = re.compile(r"(?=\S*\d)\S+")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?:[T ]\d\d:\d\d\S*)?")


class Boundary(Struct, frozen=True):
    """Where the first rows of a table end being its header; places in the rows that were given, from 0."""

    body: int
    """The first row that is data; 0 where no row is a header."""
    numbered: int | None
    """A row above it that only counts the columns."""
    in_order: str
    """What the numbers in the header are: "Years", "Numbers in order"; "" where it has none."""


def boundary(cells: Cells, rows: Sequence[int]) -> Boundary:
    """Divide the rows of a table, `rows` being the filled ones from top to bottom, into header and body."""
    numbered = _numbered(cells, rows)
    kept = [row for place, row in enumerate(rows) if place != numbered]
    if len(kept) < 2:
        return Boundary(0, None, "")
    body = _cheapest(cells, kept)
    if numbered is not None and all(is_alone(cells[row]) for row in kept[body:numbered]):
        body = max(body, numbered)  # whatever stands over column numbers is header
    shift = numbered is not None and numbered <= body
    told = next((said for row in reversed(kept[:body]) if (said := _in_order(cells, row, kept[body:]))), "")
    return Boundary(body + shift, numbered if shift else None, told)


def shape_of(cell: str) -> str:
    """What kind of cell it is, finer than `kind_of`: words, codes, dates and single letters are told apart."""
    kind = kind_of(cell)
    text = cell.strip()
    if kind != "t":
        return kind
    if _DATE.fullmatch(text):
        return "date"
    if len(text) == 1:
        return "letter"
    return "code" if len(text) <= 20 and _CODE.fullmatch(text) and not _MARKED_YEAR.fullmatch(text) else "t"


def names_all(row: Sequence[str], used: Sequence[int]) -> bool:
    """Whether a row has a name for each of the columns, and each a different one."""
    names = [row[column].strip() for column in used]
    worded = sum(kind_of(name) == "t" for name in names)
    told = bool(names) and all(names) and len(set(names)) == len(names)
    return told and worded * 2 >= len(names) and not names[0].endswith(":")


def counts_columns(row: Sequence[str]) -> bool:
    """Whether a row only says 1, 2, 3, ... over the columns."""
    numbers = [cell.strip().strip("()") for cell in row if cell.strip()]
    return len(numbers) >= 3 and (
        numbers == [str(n) for n in range(1, len(numbers) + 1)]
        or numbers == [str(n) for n in range(2, len(numbers) + 2)]
    )


def _numbered(cells: Cells, rows: Sequence[int]) -> int | None:
    """The place of a row that counts columns which rows above it have named."""
    for place, row in enumerate(rows[:_TRIED]):
        if place and counts_columns(cells[row]):
            counted = [column for column, cell in enumerate(cells[row]) if cell.strip()]
            named = [any(cells[above][column].strip() for above in rows[:place]) for column in counted]
            if sum(named) * 2 >= len(named):
                return place
    return None


def _cheapest(cells: Cells, rows: Sequence[int]) -> int:
    """How many of the rows are header in the cheapest division."""
    used = [c for c in range(len(cells[0])) if any(cells[row][c].strip() for row in rows[:_WEIGHED])]
    shapes, alone = _shapes(cells, rows[: _TRIED + _WEIGHED], used)
    if all(alone):
        return 1
    below = _Below([shape for shape, lone in zip(shapes, alone, strict=True) if not lone], len(used))
    best, cost, above = 0, below.cost() + _NO_HEADER + _ABOVE["t"] * len(used), 0.0
    closed = len(rows)
    for place in range(min(_TRIED, len(rows) - 1)):
        row = rows[place]
        if alone[place]:
            continue
        below.without(shapes[place])
        if place > closed and not (only_units(cells[row]) or _all_words(shapes[place], below.numeric())):
            break
        own = _Above(cells, row, used, rows[place + 1 :], below, shapes[place])
        total = above + own.cost(last=True) + below.cost() + _ANOTHER_ROW * place
        if total < cost:
            best, cost = place + 1, total
        above += own.cost(last=False)
        if names_all(cells[row], used) and not _goes_on(cells[row], cells[rows[place + 1]]):
            closed = min(closed, place)
    return best


def _shapes(cells: Cells, rows: Sequence[int], used: Sequence[int]) -> tuple[list[list[str]], list[bool]]:
    """The kinds of cells in each row, and whether it says one thing only, or a key with what it is."""
    shapes = [[shape_of(cells[row][column]) for column in used] for row in rows]
    return shapes, [is_alone(cells[row], used[0]) or names_key(cells[row]) for row in rows]


def _all_words(shapes: Sequence[str], numeric: Sequence[bool]) -> bool:
    """Whether a row has a word over each of several columns of numbers: names once more, below those of a program."""
    over = [shape for shape, number in zip(shapes, numeric, strict=True) if number]
    return len(over) > 1 and all(shape == "t" for shape in over) and all(shapes)


def _goes_on(row: Sequence[str], after: Sequence[str]) -> bool:
    """Whether a row repeats what the one above it says, as a cell that is merged over both does."""
    return any(cell.strip() and cell == other and kind_of(cell) == "t" for cell, other in zip(row, after, strict=True))


class _Below:
    """The kinds of cells in each column of the rows that are left below; rows that say one thing only do not count."""

    def __init__(self, shapes: Sequence[Sequence[str]], width: int) -> None:
        self._counts = [Counter[str]() for _ in range(width)]
        for row in shapes:
            for count, shape in zip(self._counts, row, strict=True):
                count[shape] += 1

    def without(self, row: Sequence[str]) -> None:
        """One row less."""
        for count, shape in zip(self._counts, row, strict=True):
            count[shape] -= 1

    def numeric(self) -> list[bool]:
        """Which columns hold numbers, or marks for them, rather than words."""
        return [c["n"] + c["m"] > c["t"] + c["code"] + c["date"] + c["letter"] for c in self._counts]

    def mostly(self) -> list[str]:
        """The kind that each column has most often."""
        return [max(count, key=lambda kind: (count[kind], kind), default="") for count in self._counts]

    def cost(self) -> float:
        """What it takes to tell the kinds of all cells, in nats."""
        return sum(map(_told, self._counts))


def _told(count: Mapping[str, int]) -> float:
    """Nats to tell which kind each cell of a column is, when the shares of the kinds have to be learnt on the way."""
    seen = sum(lgamma(n + _SEEN[kind]) - lgamma(_SEEN[kind]) for kind, n in count.items() if n)
    return lgamma(sum(count.values()) + _EVERY) - lgamma(_EVERY) - seen


class _Above:
    """A row as part of the header."""

    def __init__(
        self,
        cells: Cells,
        row: int,
        used: Sequence[int],
        below: Sequence[int],
        under: _Below,
        shapes: Sequence[str],
    ) -> None:
        numeric = under.numeric()
        self._alike = sum(
            shape in ("code", "date") and shape == most for shape, most in zip(shapes, under.mostly(), strict=True)
        )
        self._cells = [cells[row][column].strip() for column in used]
        self._numeric, self._shapes = numeric, shapes
        self._first_value = numeric.index(True) if True in numeric else len(used)
        self._again = _said_again(cells, row, used, below)
        self._order = _in_order(cells, row, below)
        self._units = only_units(cells[row])

    def cost(self, last: bool) -> float:
        """Nats to tell the kinds of its cells; `last` says that no header row follows."""
        total = _AGAIN * self._again + _ALIKE * self._alike
        numbers = 0
        for place, (cell, shape) in enumerate(zip(self._cells, self._shapes, strict=True)):
            if not shape and last and self._numeric[place] and place >= self._first_value:
                total += _NAMELESS
            elif shape == "n" and (self._order or self._units):
                numbers += 1
            elif shape == "n" and YEAR.fullmatch(cell):
                total += _YEAR_ABOVE
            else:
                total += _ABOVE[shape]
        return total - (_IN_ORDER * min(numbers - 1, _MOST_IN_ORDER) if numbers and self._order else 0)


def _said_again(cells: Cells, row: int, used: Sequence[int], below: Sequence[int]) -> int:
    """Columns in which a row says what rows below say, too, as answers are repeated and names of columns are not."""
    if any(cells[other] == cells[row] for other in below[1:_WEIGHED]):
        return 0
    return sum(
        kind_of(cell) == "t" and any(cells[other][column] == cell for other in below[_TITLED:_WEIGHED])
        for column in used
        if (cell := cells[row][column])
    )


_TITLED = 2
"""Rows below a header row that may repeat its words because a cell is merged over them."""


def _in_order(cells: Cells, row: int, below: Sequence[int]) -> str:
    """What the numbers of a row are where they are in an order that names columns; "" where they are in none."""
    said = _order_of(cells[row])
    if not said:
        return ""
    some = below[_TITLED : _TITLED + 30]
    alike = sum(_order_of(cells[other]) == said for other in some)
    return "" if alike * 5 > len(some) else said


def _order_of(row: Sequence[str]) -> str:
    """What the numbers of a row are: years, or whole numbers that count up, like ages, classes, percentiles.

    One that stands over several columns counts once. Counting up by steps of any size would be chance too often, so
    steps of one and the usual percentiles are meant; where they are no years a word has to stand in the row, too.
    """
    texts = [cell.strip() for cell in row]
    spans = [cell for cell, _ in groupby(text for text in texts if text and kind_of(text) == "n")]
    if not spans:
        return ""
    if all(map(YEAR.fullmatch, spans)):
        return "Years" if _years_in_order(spans, texts) else ""
    worded = not texts[0] or any(kind_of(text) == "t" for text in texts)
    return "Numbers in order" if worded and _counts_up(spans) else ""


def _years_in_order(years: Sequence[str], texts: Sequence[str]) -> bool:
    """Whether years are different ones that go up or down; or one that stands over several columns."""
    if len(years) == 1:
        return texts.count(years[0]) > 1
    return len(set(years)) == len(years) and list(years) in (sorted(years), sorted(years, reverse=True))


def _counts_up(spans: Sequence[str]) -> bool:
    """Whether short numbers count up one by one, or by the usual percentiles."""
    if len(spans) < 3 or not all(text.isdecimal() and len(text) < 4 for text in spans):
        return False
    numbers = [int(text) for text in spans]
    stepwise = all(after == before + 1 for before, after in pairwise(numbers))
    return stepwise or (set(numbers) <= _PERCENTILES and all(after > before for before, after in pairwise(numbers)))
