"""Which tables a part of a project rests on, by the words of its settings: rather too many than one too few."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, cast

from data.settings.project import ProjectSettings, TableSettings

_WORD = re.compile(r"\w+")


def words_in(said: object) -> frozenset[str]:
    """The words in the texts of a value of TOML, in one case: a query may write a table's name in another one."""
    return frozenset(word for text in _texts(said) for word in _WORD.findall(text.casefold()))


def _texts(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for one in cast(Mapping[str, object], said).values():
            yield from _texts(one)
    elif isinstance(said, list):
        for one in cast("list[object]", said):
            yield from _texts(one)


def needed_tables(settings: ProjectSettings, declared: Mapping[str, Any], words: Collection[str]) -> frozenset[str]:
    """Names of the tables that are to be read where only these `words`, in one case, ask for any.

    `declared` is what the project file says of each table. A table brings those that it names, to be computed from
    them or to refer to them; and those that documents compare with it: which may contradict it, or show what it hides.
    """
    asked = _with_named(frozenset(n for n in settings.tables if n.casefold() in words), declared)
    compared = frozenset(
        other
        for other, its in settings.tables.items()
        if other not in asked and any(_compared(settings.tables[name], its) for name in asked)
    )
    return asked | _with_named(compared, declared)


def _with_named(names: frozenset[str], declared: Mapping[str, Any]) -> frozenset[str]:
    """The tables, and all that they name, and so on."""
    words = frozenset(word for name in names for word in words_in(declared[name]))
    found = names | {name for name in declared if name.casefold() in words}
    return found if found == names else _with_named(found, declared)


def _compared(one: TableSettings, other: TableSettings) -> bool:
    """Whether two tables may have rows of one key and a number of one name, or are read from one file.

    See `data.tables.contradictions`: fields are the same by name or title.
    """
    if one.origins & other.origins:
        return True
    same = [name for name in one.fields if _names(one, name) & {n for f in other.fields for n in _names(other, f)}]
    return len(same) > 1


def _names(table: TableSettings, field: str) -> set[str]:
    return {field.replace("_", " ").casefold(), table.fields[field].title.casefold()} - {""}
