"""What a project calls by a name and a run may set: a campus, a target, a year."""

from __future__ import annotations

from msgspec import Struct

from data.tables.refusals import LookUpError

SET = "set"
"""The name below which expressions ask for variables: `set.campus`."""

Variable = str | int | float


class Variables(Struct, frozen=True):
    """The variables of a project as a run has them: names, each with its word or number."""

    said: tuple[tuple[str, Variable], ...]

    def of(self, name: str) -> Variable:
        """What a variable says; LookUpError where there is none of the name."""
        for known, value in self.said:
            if known == name:
                return value
        names = [known for known, _ in self.said]
        raise LookUpError(f"there is no variable '{name}'; [variables] in project.toml names them.", name, names)
