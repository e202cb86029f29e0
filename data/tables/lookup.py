"""Rows found by what stands in a column: by an index that is made once, and says just what a look at each row would."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from data.effort import spend
from data.tables.marks import Content, Marked
from data.tables.refusals import LookUpError, MissingError, UnitError
from data.tables.value import Value, one_spaced, plain

if TYPE_CHECKING:
    from data.tables.table import Table

_MISSPELT = 0.8
"""Likeness (Ratcliff/Obershelp, 0 to 1) from which a word is taken for a misspelt other one."""


class ColumnIndex(Struct, frozen=True):
    """The rows of a column by what they hold, each list of them in row order."""

    rows: Mapping[Content, Sequence[int]]
    """Rows whose content is exactly known, by it."""
    missing: Sequence[int]
    limited: Sequence[int]
    """Rows that hold only a limit."""
    first: int | None
    """The first row that is not missing."""
    uniform: bool
    """Whether all contents are of one type, so that what can be asked of one row can be asked of all."""


def column_index(column: Sequence[Content]) -> ColumnIndex:
    """The index of a column."""
    kinds: set[type] = set(map(type, column))
    if len(kinds) == 1 and not kinds & {type(None), Marked}:
        places: defaultdict[Content, list[int]] = defaultdict(list)
        for index, content in enumerate(column):
            places[content].append(index)
        return ColumnIndex(dict(places), (), (), 0, uniform=True)
    rows: dict[Content, list[int]] = {}
    missing: list[int] = []
    limited: list[int] = []
    for index, content in enumerate(column):
        if content is None:
            missing.append(index)
        elif isinstance(content, Marked):
            (missing if content.content is None else limited).append(index)
        elif content in rows:
            rows[content].append(index)
        else:
            rows[content] = [index]
    kinds = {type(content) for content in rows} | ({Decimal} if limited else set())
    firsts = [*limited[:1], *(found[0] for found in rows.values())]
    return ColumnIndex(rows, missing, limited, min(firsts, default=None), len(kinds) <= 1)


def key_places(column: Sequence[Content]) -> dict[object, int]:
    """The first row with each content of a key field, by the content and by its text."""
    if set(map(type, column)) == {str}:
        return dict(zip(reversed(column), range(len(column) - 1, -1, -1), strict=True))  # the first row is set last
    places: dict[object, int] = {}
    for index, content in enumerate(column):
        if content is not None and not isinstance(content, Marked):
            places.setdefault(content, index)
            places.setdefault(str(content), index)
    return places


def equal_rows(table: Table, equal: Mapping[str, object]) -> list[int]:
    """The rows whose fields equal what is given.

    Raises what comparing raises: UnitError for other units or types, MissingError where a limit leaves it open.
    """
    keep: list[int] | None = None
    for name, wanted in equal.items():
        if keep == []:
            break
        found = indexed(table, name, wanted)
        if found is None:
            return _row_by_row(table, equal)
        known = set(found)
        keep = [index for index in keep if index in known] if keep is not None else list(found)
    return list(range(len(table))) if keep is None else keep


def _row_by_row(table: Table, equal: Mapping[str, object]) -> list[int]:
    return [i for i in range(len(table)) if all(table.value(i, name) == wanted for name, wanted in equal.items())]


def indexed(table: Table, name: str, wanted: object) -> Sequence[int] | None:
    """The rows whose field equals `wanted`, by its index; None where each row has to be looked at, also to say why."""
    field = table.fields_by_name.get(name)
    if field is None or field.measure.type in ("list", "range"):
        return None
    index = table.index(name)
    if wanted is None:
        return index.missing
    if isinstance(wanted, Value) and (wanted.content is None or wanted.mark or field.unit_field):
        return None
    if index.first is None:
        return ()
    levels = field.measure.levels
    if not index.uniform or not set(levels).issuperset(index.rows if levels else ()):
        return None
    match wanted:
        case Value():
            said = wanted.content
        case str():
            said = wanted if wanted in levels else one_spaced(wanted)
        case bool():
            return None
        case int() | float() | Decimal():
            said = plain(wanted)
        case _:
            return None
    try:
        _ = table.value(index.first, name) == wanted  # what cannot be compared in one row cannot be in any
        found = index.rows.get(said, ())
        limits = [row for row in index.limited if table.value(row, name) == wanted]
    except (UnitError, MissingError, InvalidOperation, TypeError, ValueError):
        return None
    return sorted((*found, *limits)) if limits else found


def refuse_misspelt(table: Table, name: str, wanted: str) -> None:
    """LookUpError for a word that no row has in a field, and that is nearly one that some have."""
    wanted = one_spaced(wanted)
    known = [content for content in table.index(name).rows if isinstance(content, str)]
    if wanted in table.index(name).rows:
        return
    spend(5 * len(known))
    near = get_close_matches(wanted, sorted(known), n=1, cutoff=_MISSPELT)
    if near:
        raise LookUpError(
            f"no row of '{table.name}' has '{wanted}' in '{name}'.",
            remedy=f"Did you mean '{near[0]}'? Where there may be none, write .where(\"{name} == '{wanted}'\").",
        )


def picker(indexes: Sequence[int]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What takes the entries at `indexes` out of a column, as often as there are columns."""
    if len(indexes) > 1:
        return itemgetter(*indexes)
    return lambda column: tuple(column[i] for i in indexes)


def no_key(table: str) -> LookUpError:
    """The error for a name where no field names the rows."""
    return LookUpError(
        f"table '{table}' has no key field, so rows cannot be asked for by name.",
        remedy="Write key = true in the field that names the rows, or ask .where(...).first.",
    )
