"""Merges a table cell by cell: rows are known by their first cell, columns by their header."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Sequence

from reports.powerpoint.opened import Element, child, q
from reports.powerpoint.record.canonical import table_rows
from reports.refresh.told import Speaker
from reports.refresh.words import set_paragraphs

Cells = tuple[tuple[str, ...], ...]


def merge_table(element: Element, base: Cells, theirs: Cells, ours: Cells, say: Speaker) -> None:
    """Bring the new cells into a table; rows and columns that a person added stay, those she deleted stay deleted."""
    if ours in (base, theirs):
        if theirs != base and ours == base and base and theirs:
            _tell_kept(base, theirs, say)
        return
    if not (base and theirs and ours):
        say("conflict", "table", _row(base), _row(theirs), _row(ours))
        return
    if len(base[0]) != len(ours[0]):
        say("conflict", "columns", _row(base), _row(theirs), _row(ours))
        return
    rows = _aligned(_keys(base), _keys(theirs))
    columns = _aligned(list(base[0]), list(theirs[0]))
    names = {name: place for place, name in enumerate(_keys(base))}
    earlier = {place: names[name] for place, name in enumerate(_keys(ours)) if name in names}
    lines = table_rows(element)
    before: Element | None = None
    for place, row in enumerate(ours):
        old = earlier.get(place)
        if old is not None and old not in rows:
            continue  # a person deleted it, which is told below
        if old is None:
            before = _insert(element, before, row, columns)
            say("updated", f"row {row[0]}", ours=" | ".join(row))
        else:
            before = lines[rows[old]]
            _merge_row(before, base[old], theirs[rows[old]], row, columns, base[0], say)
    for old in set(range(len(base))) - set(earlier.values()):
        if old in rows:
            _drop(lines[rows[old]], base[old], theirs[rows[old]], say)
    _tell_own(base, theirs, rows, columns, say)


def _keys(cells: Cells) -> list[str]:
    """What each row is known by: its first cell, and where that repeats, how often it stood there."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for place, row in enumerate(cells):
        name = "\n" if not place else row[0] if row else ""
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}\n{seen[name]}")
    return found


def _aligned(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Place in `base` → place in `other`: what has the same name, and what stands renamed between the same two."""
    found = {place: other.index(name) for place, name in enumerate(base) if name in other}
    taken = set(found.values())
    for how, i1, i2, j1, j2 in difflib.SequenceMatcher(None, base, other, autojunk=False).get_opcodes():
        if how == "replace" and i2 - i1 == j2 - j1:
            pairs = zip(range(i1, i2), range(j1, j2), strict=True)
            found.update({i: j for i, j in pairs if i not in found and j not in taken})
    return found


def _merge_row(
    line: Element,
    base: Sequence[str],
    theirs: Sequence[str],
    ours: Sequence[str],
    columns: dict[int, int],
    header: Sequence[str],
    say: Speaker,
) -> None:
    cells = line.findall(q("a:tc"))
    for column, new in enumerate(ours):
        at = columns.get(column)
        if at is None or at >= min(len(cells), len(theirs)) or column >= len(base):
            continue
        was, mine = base[column], theirs[at]
        facet = f"cell {base[0]} / {header[column]}"
        if mine == new:
            continue
        if new == was:
            say("kept", facet, was, mine, new)
        elif mine == was:
            set_paragraphs(child(cells[at], "a:txBody"), new.split("\n"))
            say("updated", facet, was, mine, new)
        else:
            say("conflict", facet, was, mine, new)


def _insert(element: Element, before: Element | None, row: Sequence[str], columns: dict[int, int]) -> Element:
    """A new row below another one, of whose looks it is."""
    lines = table_rows(element)
    model = lines[1] if before is None or (before is lines[0] and len(lines) > 1) else before
    new = copy.deepcopy(model)
    for extra in new.findall(q("a:extLst")):
        new.remove(extra)  # the id of a row, which no two have
    cells = new.findall(q("a:tc"))
    wanted = {at: row[column] for column, at in columns.items() if column < len(row)}
    for at, cell in enumerate(cells):
        set_paragraphs(child(cell, "a:txBody"), wanted.get(at, "").split("\n"))
    (lines[0] if before is None else before).addnext(new)
    return new


def _drop(line: Element, base: Sequence[str], theirs: Sequence[str], say: Speaker) -> None:
    """Take a row away that is no longer generated, if no person wrote into it."""
    if list(base) == list(theirs):
        line.getparent().remove(line)
        say("updated", f"row {base[0]}", " | ".join(base))
    else:
        say("conflict", f"row {base[0]}", " | ".join(base), " | ".join(theirs))


def _row(cells: Cells) -> str:
    return " | ".join(cells[0]) if cells else ""


def _tell_kept(base: Cells, theirs: Cells, say: Speaker) -> None:
    rows, columns = _aligned(_keys(base), _keys(theirs)), _aligned(list(base[0]), list(theirs[0]))
    for old, new in rows.items():
        for column, at in columns.items():
            was, mine = base[old][column], theirs[new][at] if at < len(theirs[new]) else ""
            if was != mine:
                say("kept", f"cell {base[old][0]} / {base[0][column]}", was, mine, was)
    _tell_own(base, theirs, rows, columns, say)


def _tell_own(base: Cells, theirs: Cells, rows: dict[int, int], columns: dict[int, int], say: Speaker) -> None:
    """Tell of rows and columns that a person added, and of those that she took out."""
    for at, row in enumerate(theirs):
        if at not in rows.values():
            say("kept", f"row {row[0]}", theirs=" | ".join(row))
    for at, name in enumerate(theirs[0]):
        if at not in columns.values():
            say("kept", f"column {name}", theirs=name)
    for at, row in enumerate(base):
        if at not in rows:
            say("kept", f"row {row[0]}", " | ".join(row))
    for at, name in enumerate(base[0]):
        if at not in columns:
            say("kept", f"column {name}", name)
