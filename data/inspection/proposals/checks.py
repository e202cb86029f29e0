"""What lines around a table have to say again in the next file, because it is declared of the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.inspection.columns.column import Context, Finding
from data.inspection.columns.marks import legend_in
from data.inspection.grids.export import UNIT_WORDS
from data.inspection.grids.layout import Layout
from data.inspection.surroundings.about import About
from data.inspection.surroundings.lines import is_lasting, legend_line
from data.inspection.words.setting import ProposedSetting
from data.inspection.words.vocabulary import MILLIONS, THOUSANDS, words_of
from data.reshape.around import told
from data.sources.grid import Grid


def says(
    grid: Grid, layout: Layout, said: About, known: Context, findings: Sequence[Finding]
) -> ProposedSetting | None:
    """The lines of `grid` from which something is declared, as `shape.says` holds them; None where there are none.

    A title, source, licence, time, unit, filter and scale are printed or calculated with, and so is what a mark means.
    """
    told = (said.title, said.source, said.licence, said.period, said.measure, *said.facts, *said.filters)
    rows = {one.row for one in told if one}
    around = (*layout.above, *layout.below)
    place = {grid.rows[index]: index for index in around}
    used = _used(known, findings)
    rows |= {grid.rows[index] for index in around if _is_needed(legend_line(grid.cells[index]), known, used)}
    rows |= {grid.rows[index] for index in layout.above if is_lasting(_line(grid.cells[index]))}
    lines = [_line(grid.cells[place[row]]) for row in sorted(rows) if row in place]
    lines += [_line(grid.cells[row]) for row in layout.described if set(words_of(_label(grid, row))) & UNIT_WORDS]
    words = list(dict.fromkeys(filter(None, lines)))
    if not words:
        return None
    reason = "What is declared of the numbers holds as long as the file says this; another file is refused."
    return ProposedSetting(words if len(words) > 1 else words[0], reason)


def _used(known: Context, findings: Sequence[Finding]) -> set[str]:
    """Marks and codes in the columns that stand for something."""
    marks = {mark for found in findings for mark in found.marks}
    return marks | {code for found in findings for code in _labels(found) if code in known.words}


def _is_needed(line: str, known: Context, used: set[str]) -> bool:
    """Whether a line says the scale, the currency, or what one of the marks and codes in use means."""
    scale = known.multiply > 1 and (THOUSANDS.search(line) or MILLIONS.search(line))
    explained = used & (set(legend_in([line])) | set(known.words_in(line)))
    return bool(scale or explained or line in known.currency_line)


def _labels(found: Finding) -> list[str]:
    labels = found.settings.get("labels")
    return [str(code) for code in labels] if isinstance(labels, dict) else []  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]  # of texts


def _label(grid: Grid, row: int) -> str:
    return next((cell for cell in grid.cells[row] if cell.strip()), "")


def _line(row: Sequence[str]) -> str:
    """What a line says, as `says` finds it again: a cell, or a key and its value."""
    lines = list(told(row))
    cells = len(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
    if cells < 2:
        return _unslashed(lines[:1])
    pairs = lines[cells + 1 :]
    grouped = cells > 2 and lines[0].endswith(":")
    return _unslashed(pairs[1:2] if grouped else pairs[:1])


def _unslashed(lines: Iterable[str]) -> str:
    """A line that is no regular expression."""
    return next((line for line in lines if not (line.startswith("/") and line.endswith("/"))), "")
