"""What is suppressed and can still be had: a single gap beside its total is worked out by subtraction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.language.words import says_total
from data.settings.project import TableSettings
from data.tables.marks import Content, Marked
from data.tables.table import Field, Table

_OPEN = frozenset((type(None), Marked))
_SECRET = ("suppressed", "hidden")


def given_away(table: Table, settings: TableSettings) -> Iterator[tuple[str, str]]:
    """The field and what can be worked out, for each value that the table means to keep back and gives away.

    A sum whose every other part is shown exactly leaves no secret: parts of a hundred, a row that is called a total
    beside the rows it sums up, fields that add up to another field. (A. Hundepool et al., Statistical Disclosure
    Control, 2012, chapter 4.)
    """
    for field in table.fields:
        if not field.numeric or field.name not in table.columns:
            continue
        declared = settings.fields.get(field.name)
        adds_up = declared is not None and isinstance(declared.adds_up_to, int | float)
        within = declared.within if declared is not None and adds_up else None
        if table.whole == field.name or adds_up or field.additive:
            for rows in _groups(table, within):
                yield from _in_rows(table, field, rows, known=table.whole == field.name or adds_up)
    totals = {n: one.adds_up_to for n, one in settings.fields.items() if isinstance(one.adds_up_to, str)}
    for total in dict.fromkeys(totals.values()):
        names = [*(name for name, its in totals.items() if its == total), total]
        columns = [table.columns[name] for name in names if name in table.columns]
        for index, contents in enumerate(zip(*columns, strict=True)) if len(columns) == len(names) else ():
            alone = _alone(contents)
            if alone is not None:
                name = table.row_name(index)
                yield names[alone], f"'{name}' can be worked out from the other fields that add up to '{total}'"


def _groups(table: Table, within: str | None) -> Sequence[Sequence[int]]:
    if within is None:
        return [range(len(table))]
    groups: dict[object, list[int]] = {}
    for index, content in enumerate(table.columns[within]):
        groups.setdefault(content, []).append(index)
    return list(groups.values())


def _in_rows(table: Table, field: Field, rows: Sequence[int], known: bool) -> Iterator[tuple[str, str]]:
    """The one value that is kept back among rows whose sum is known, because it is declared or one of them is it."""
    column = table.columns[field.name]
    alone = _alone(column if len(rows) == len(column) else [column[i] for i in rows])
    if alone is None:
        return
    total = [i for i in rows if says_total(table.row_name(i))]
    if not known and len(total) != 1:
        return
    name = table.row_name(rows[alone])
    source = f"'{table.row_name(total[0])}' and the other rows" if total else "the other rows"
    yield field.name, f"'{name}' can be worked out from {source}"


def _alone(contents: Sequence[Content]) -> int | None:
    """The place of the only content that is kept back where all others are exactly known; None elsewhere."""
    if _OPEN.isdisjoint(map(type, contents)):
        return None
    open_ones = [i for i, kind in enumerate(map(type, contents)) if kind in _OPEN]
    if len(open_ones) != 1 or len(contents) < 2:
        return None
    content = contents[open_ones[0]]
    kept = isinstance(content, Marked) and content.mark.meaning in _SECRET
    return open_ones[0] if kept else None
