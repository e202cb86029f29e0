"""What is told of a source goes through here: no secret that the user allowed is in it, whoever repeats it."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from msgspec.structs import replace

from data.errors import Problem, ProjectError, SourceError
from data.files.world import variable
from data.network.destination import VARIABLE
from data.network.leave import Permission
from data.network.secrets import Filled, names_in
from data.settings.sources import SourceSettings

_PLAIN = frozenset(
    ("disable", "prefer", "require", "verify-ca", "verify-full", "disabled", "preferred", "required", "verify_ca")
) | {"verify_identity", "system", "localhost", "127.0.0.1", "::1"}
"""Parts of an address that are no secret, and that remedies name."""
_SHORT = 4
"""Characters from which on a value is looked for within words, too."""
LONG = 6
"""Characters from which on a value is looked for in what is told of the whole project: a year is no secret there."""


@dataclass(frozen=True)  # no Struct, which would say all its fields to whoever prints it
class Unsaid:
    """What must not be told."""

    whole: Filled
    parts: tuple[str, ...] = field(default=(), repr=False)
    """Parts of addresses that come from variables; masked only where they stand alone."""

    def masked(self, words: str) -> str:
        """`words` without any of it."""
        words = self.whole.masked(words)
        for part in sorted(self.parts, key=len, reverse=True):
            words = re.sub(rf"(?<!\w){re.escape(part)}(?!\w)", "***", words, flags=re.IGNORECASE)
        return words

    def problem(self, told: Problem) -> Problem:
        """The problem without any of it."""
        place = replace(told.place, file=self.masked(told.place.file), cell=self.masked(told.place.cell))
        return replace(told, place=place, message=self.masked(told.message), remedy=self.masked(told.remedy))

    def problems(self, told: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems without any of it."""
        return tuple(map(self.problem, told)) if self.whole.secrets or self.parts else tuple(told)

    @contextmanager
    def kept(self) -> Generator[None, None, None]:
        """Tell errors of the block without any of it."""
        try:
            yield
        except (ProjectError, SourceError) as error:
            raise type(error)(self.problems(error.problems)) from None


def unsaid(sources: Iterable[SourceSettings], permission: Permission, shortest: int = 1) -> Unsaid:
    """What must not be told of some sources: the values that the user allowed of the variables that they name.

    A value with fewer than `shortest` characters is left out.
    """
    values: set[str] = set()
    parts: set[str] = set()
    for source in sources:
        address = source.url or source.connection or ""
        for template in (address, *source.read.headers.values()):
            allowed = [name for name in names_in(template) if permission.grants(name)]
            values.update(variable(name) for name in allowed)
            if template == address and allowed:
                parts.update(_parts(template))
    parts.update(value for value in values if len(value) < _SHORT)
    return Unsaid(
        Filled("", "", tuple(value for value in values if len(value) >= max(_SHORT, shortest))),
        tuple(part for part in parts if len(part) >= max(1, shortest)),
    )


def _parts(template: str) -> set[str]:
    """Parts of an address that do not stand in its template: user, password, path, values of parameters."""
    try:
        parts: SplitResult = urlsplit(VARIABLE.sub(lambda found: variable(found[1]), template))
        path = parts.path.removeprefix("/")
        found = {parts.username or "", parts.password or "", parts.hostname or "", path}
    except ValueError:
        return set()
    if path:
        found.update(path.rpartition("/")[::2])
    found.update(value for _, value in parse_qsl(parts.query))
    found.update([unquote(one) for one in found])
    found.update([one.replace("\\", "/") for one in found])
    return {one for one in found if one and one not in template and one.lower() not in _PLAIN}
