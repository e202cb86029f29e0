"""Which tables a part of a project rests on, by the words of its settings: rather too many than one too few."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from functools import cached_property
from typing import Any, cast

from msgspec import Struct

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


class Needs(Struct, frozen=True, dict=True):
    """What the tables of a project rest on, for as many parts of it as ask: each table is looked at once.

    `declared` is what the project file says of each table. A table brings those that it names, to be computed from
    them or to refer to them; and those that documents compare with it: which may contradict it, or show what it hides.
    """

    settings: ProjectSettings
    declared: Mapping[str, Any]

    def tables(self, words: Set[str]) -> frozenset[str]:
        """Names of the tables that are to be read where only these `words`, in one case, ask for any."""
        asked = self._with_named(frozenset(n for n in self.settings.tables if n.casefold() in words))
        compared = frozenset[str]().union(*(self._compared[name] for name in asked)) - asked
        return asked | self._with_named(compared)

    def _with_named(self, names: frozenset[str]) -> frozenset[str]:
        """The tables, and all that they name, and so on."""
        found, waiting = set(names), list(names)
        while waiting:
            words = self._words[waiting.pop()]
            new = {name for name in self.declared if name.casefold() in words} - found
            found |= new
            waiting.extend(new)
        return frozenset(found)

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        return {name: words_in(said) for name, said in self.declared.items()}

    @cached_property
    def _compared(self) -> Mapping[str, frozenset[str]]:
        """For each table those which may have rows of its keys and a number of one name, or are read from one file.

        See `data.tables.contradictions`: fields are the same by name or title.
        """
        called: dict[str, set[str]] = {}
        read_from: dict[str, set[str]] = {}
        for name, table in self.settings.tables.items():
            for field in table.fields:
                for word in _names(table, field):
                    called.setdefault(word, set()).add(name)
            for origin in table.origins:
                read_from.setdefault(origin, set()).add(name)
        found: dict[str, frozenset[str]] = {}
        for name, table in self.settings.tables.items():
            fields = (set[str]().union(*(called[word] for word in _names(table, field))) for field in table.fields)
            same = Counter(other for others in fields for other in others)
            beside = set[str]().union(*(read_from[origin] for origin in table.origins))
            found[name] = frozenset(beside.union(other for other, count in same.items() if count > 1))
        return found


def _names(table: TableSettings, field: str) -> set[str]:
    return {field.replace("_", " ").casefold(), table.fields[field].title.casefold()} - {""}
