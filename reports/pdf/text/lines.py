"""Words in lines: where lines end, and what stands where in each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from reports.pdf.text.atoms import HYPHEN, Atom


class LinePart(NamedTuple):
    """What stands in one span of a line."""

    span: int
    """Its index."""
    texts: tuple[str, ...]
    """Shaped apart: no ligature goes over a place where the line might have ended."""
    x: float
    """Distance from the line's left end in points."""

    @property
    def text(self) -> str:
        return "".join(self.texts)


class Line(NamedTuple):
    """One line: what stands where, from its left end."""

    parts: tuple[LinePart, ...]
    width: float


def fill(atoms: Sequence[Atom], width: float) -> list[tuple[int, int]]:
    """As much in each line as fits: the first and the last-but-one atom of each."""
    lines: list[tuple[int, int]] = []
    start, used, space = 0, 0.0, 0.0
    limit = width + 0.001
    for index, atom in enumerate(atoms):
        if index > start and used + space + atom.width + atom.hyphen > limit:
            lines.append((start, index))
            start, used, space = index, 0.0, 0.0
        used += space + atom.width
        space = atom.space
        if atom.forced:
            lines.append((start, index + 1))
            start, used, space = index + 1, 0.0, 0.0
    if start < len(atoms):
        lines.append((start, len(atoms)))
    return lines


def line_width(atoms: Sequence[Atom], first: int, last: int) -> float:
    """Width of the line from the first to the last-but-one atom."""
    return sum(a.width + a.space for a in atoms[first:last]) - atoms[last - 1].space


_SHORTEST_END = 0.11  # of the line: a last line shorter than this looks like a leftover


def broken(atoms: Sequence[Atom], width: float, balanced: bool) -> list[tuple[int, int]]:
    """Lines for ragged-right text: as few as can be, none ending a paragraph as a leftover, headings balanced."""
    lines = fill(atoms, width)
    if len(lines) < 2:
        return lines
    if balanced:
        return _balanced(atoms, width, lines)
    if line_width(atoms, *lines[-1]) < _SHORTEST_END * width:
        for share in (0.97, 0.94, 0.91, 0.88):
            narrower = fill(atoms, width * share)
            if len(narrower) > len(lines) or _too_wide(atoms, narrower, width):
                break
            if line_width(atoms, *narrower[-1]) >= _SHORTEST_END * width:
                return narrower
    return lines


def _balanced(atoms: Sequence[Atom], width: float, lines: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """As many lines as given, of about one length; two lines part at a comma and not behind a short word."""
    if len(lines) == 2 and not any(atom.forced for atom in atoms):

        def cost(at: int) -> float:
            first, second = line_width(atoms, 0, at), line_width(atoms, at, len(atoms))
            if max(first, second) + atoms[at - 1].hyphen > width:
                return 9.0
            end = atoms[at - 1].parts[-1].text
            return (
                abs(first - second) / width
                - 0.2 * (end[-1:] in ",.:;?!–—")
                + 0.2 * (len(end) < 4)
                + (first < second) / 50
            )

        at = min(range(1, len(atoms)), key=cost)
        return [(0, at), (at, len(atoms))] if cost(at) < 9.0 else lines
    low, high = width / 2, width
    for _ in range(7):
        middle = (low + high) / 2
        if len(tried := fill(atoms, middle)) > len(lines) or _too_wide(atoms, tried, middle):
            low = middle
        else:
            high, lines = middle, tried
    return lines


def _too_wide(atoms: Sequence[Atom], lines: Iterable[tuple[int, int]], width: float) -> bool:
    return any(line_width(atoms, first, last) > width + 0.001 for first, last in lines)


def line_of(atoms: Sequence[Atom], first: int, last: int, ends: bool) -> Line:
    """One line's runs, joined where they share a span. All but the last line end in a space or hyphen, so that
    words stay apart, or together, when the text is read out or copied."""
    runs: list[_Run] = []
    x = 0.0
    apart = False
    for number, atom in enumerate(atoms[first:last], first):
        for part in atom.parts:
            if not runs or runs[-1].span != part.span:
                runs.append(_Run(part.span, [part.text], x))
            elif apart:
                runs[-1].texts.append(part.text)
            else:
                runs[-1].texts[-1] += part.text
            apart = True
            x += part.width
        at_end = number == last - 1
        if (atom.spaced or atom.forced) and not (ends and at_end):
            runs[-1].texts[-1] += " "
            apart = False
        if not at_end:
            x += atom.space
        elif atom.hyphen and not ends:
            runs[-1].texts.append(HYPHEN)
            x += atom.hyphen
    return Line(tuple(LinePart(run.span, tuple(run.texts), run.x) for run in runs), x)


class _Run(Struct):
    span: int
    texts: list[str]
    x: float
