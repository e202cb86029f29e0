"""Tables changed in one place: each cell in every way that data change, rows gone, and rows that are new."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from statistics import median
from typing import NamedTuple

NEW_WORD = "Amber Lane"
"""What no table of the projects says."""
Cells = list[list[str]]


class Mutant(NamedTuple):
    """One file of a project as it is with one change."""

    file: str
    """Path in the project."""
    what: str
    cells: Cells
    """Header first."""

    @property
    def name(self) -> str:
        return f"{self.file}: {self.what}"

    @property
    def text(self) -> str:
        written = io.StringIO()
        csv.writer(written, lineterminator="\n").writerows(self.cells)
        return written.getvalue()


def cells_of(path: Path, encoding: str = "utf-8") -> Cells:
    with path.open(encoding=encoding, newline="") as file:
        return [row for row in csv.reader(file) if row]


def mutants_of(
    root: Path,
    file: str,
    words: Mapping[str, Sequence[str]],
    values: Mapping[str, Sequence[str]],
    rows: Sequence[int] | None = None,
    unused: Sequence[str] = (),
) -> Iterator[Mutant]:
    """Every mutant of a file; `words` are for a column (by its name) what it may say as well, `values` what each of its
    cells is to be changed into besides; `rows` are the only ones that are changed (0 is the first below
    the header), and `unused` columns are left as they are."""
    cells = cells_of(root / file)
    header, body = cells[0], cells[1:]
    for number in rows if rows is not None else range(len(body)):
        for column, name in enumerate(header):
            if name in unused:
                continue
            known = (*words.get(name, ()),)
            for what, changed in _changes(body, number, column, name, known, values.get(name, ())):
                yield Mutant(file, f"row {number + 1}, {name} {what}", [header, *changed])
        left = [*body[:number], *body[number + 1 :]]
        yield Mutant(file, f"row {number + 1} ({body[number][0]}) is gone", [header, *left])
    yield from (Mutant(file, what, [header, *more]) for what, more in _with_row(header, body, words))
    for column, name in enumerate(header):
        if name not in unused:
            yield from (Mutant(file, f"every {name} {what}", [header, *more]) for what, more in _columns(body, column))


def number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _changes(
    body: Cells, at: int, column: int, name: str, words: Sequence[str], values: Sequence[str]
) -> Iterator[tuple[str, Cells]]:
    old = body[at][column]
    found: dict[str, str] = {}
    told = number(old)
    if told is not None and _is_time(body, column):
        found |= {"is one later": str(told + 1), "is one earlier": str(told - 1), "is nine later": str(told + 9)}
    elif told is not None:
        step = Decimal(1).scaleb(int(told.as_tuple().exponent))
        found |= {
            "up a little": str(told + max(step, (told * 4 / 100).quantize(step))),
            "up by half": str((told * 3 / 2).quantize(step)),
            "down a little": str(told - max(step, (told * 4 / 100).quantize(step))),
            "down by more than half": str((told * 2 / 5).quantize(step)),
        }
    if told is not None:
        found["ten times"] = str(told * 10)
        found["is a word"] = "unknown"
        found |= {f"as in row {n + 1}": row[column] for n, row in enumerate(body) if abs(n - at) == 1}
    else:
        others = [row[column] for row in body if row[column] != old][:2]
        found |= {f"is {word}": word for word in (*others, *words, NEW_WORD)}
    found["blank"] = ""
    found |= {f"is {value}": value for value in values}
    for what, value in found.items():
        if value != old:
            yield f"{what}: {old} → {value}", _put(body, {at: value}, column)
    if at + 1 < len(body) and (other := body[at + 1][column]) != old:
        yield f"swapped with row {at + 2}: {old} ↔ {other}", _put(body, {at: other, at + 1: old}, column)


def _columns(body: Cells, column: int) -> Iterator[tuple[str, Cells]]:
    """A whole column changed, as a new edition does; cells that are no numbers stand."""
    old = [row[column] for row in body]
    told = [number(cell) for cell in old]
    changed: dict[str, list[str]] = {"in the other order": old[::-1], "the same": [old[0]] * len(old)}
    if any(value is not None for value in told):
        ways = {"a tenth up": "1.1", "halved": "0.5", "ten times": "10"}
        changed |= {what: [_scaled(cell, Decimal(times)) for cell in old] for what, times in ways.items()}
    if _is_time(body, column):
        changed = {f"{n} later": [str(int(cell) + n) for cell in old] for n in (1, 10)}
    for what, new in changed.items():
        if new != old:
            yield what, [[*row[:column], cell, *row[column + 1 :]] for row, cell in zip(body, new, strict=True)]


def _scaled(cell: str, times: Decimal) -> str:
    told = number(cell)
    return cell if told is None else str((told * times).quantize(Decimal(1).scaleb(int(told.as_tuple().exponent))))


def _put(body: Cells, new: Mapping[int, str], column: int) -> Cells:
    return [
        [*row[:column], new[n], *row[column + 1 :]] if n in new else row for n, row in enumerate(body)
    ]  # fmt: skip


def _is_time(body: Cells, column: int) -> bool:
    said = [number(row[column]) for row in body]
    return all(value is not None and 1900 < value < 2100 and value == int(value) for value in said)


def _with_row(header: Sequence[str], body: Cells, words: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Cells]]:
    time = next((c for c in range(len(header)) if _is_time(body, c)), None)

    def row(which: str, word: int) -> list[str]:
        made: list[str] = []
        for column, name in enumerate(header):
            said = [row[column] for row in body]
            numbers = [value for value in map(number, said) if value is not None]
            if column == time:
                made.append(str(max(numbers) + 1))
            elif len(numbers) == len(said):
                made.append(_sized(numbers, which))
            elif len(set(said)) == len(said) or (column == 0 and word):
                made.append((NEW_WORD, *words.get(name, ()))[word if column == 0 else 0])
            else:
                made.append(max(said, key=said.count))
        return made

    first = words.get(header[0], ()) if time is None else ()
    for word in range(len(first) + 1):
        for which in ("middling", "above all", "below all", "no more than the last"):
            new = row(which, word)
            if which != "no more than the last":
                yield f"new row, {which}: {new}", [*body, new]
            elif time is not None:
                yield f"new row, {which}: {new}", [*body, _as_last(body, new, time)]
    if time is None:
        yield "new row, above all, comes first", [row("above all", 0), *body]
    yield "the last row comes first", [body[-1], *body[:-1]]


def _as_last(body: Cells, new: list[str], time: int) -> list[str]:
    return [value if column == time else body[-1][column] for column, value in enumerate(new)]


def _sized(numbers: Sequence[Decimal], which: str) -> str:
    step = Decimal(1).scaleb(min(int(n.as_tuple().exponent) for n in numbers))
    sized = {"middling": median(numbers), "above all": max(numbers) * 3 / 2, "below all": min(numbers) * 2 / 5}
    return str(sized.get(which, numbers[-1]).quantize(step))
