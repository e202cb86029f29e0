"""What tables and values refuse to answer, each with what to ask in its place."""

from __future__ import annotations

from collections.abc import Sequence

from data.tables.marks import Mark


class UnitError(ValueError):
    """Two values that cannot be computed with each other, such as dollars and pounds."""

    def __init__(self, message: str, remedy: str = "Compute only with values of one unit.") -> None:
        super().__init__(message)
        self.remedy = remedy


class MissingError(ValueError):
    """A computation that needs a value which the data do not have; `mark` says why, where a mark does."""

    def __init__(
        self,
        message: str,
        mark: Mark | None = None,
        remedy: str = "Ask for another row, field or condition, or guard the passage with {% if %}.",
    ) -> None:
        super().__init__(message)
        self.mark, self.remedy = mark, remedy


class NoRatioError(MissingError):
    """A division by zero, or by something negative: what it would give tells a reader nothing."""

    def __init__(self, message: str) -> None:
        super().__init__(message, Mark("not applicable"), "Give the difference instead, or guard it with {% if %}.")


class LookUpError(KeyError):
    """No such field or row; `options` are the names there are, `remedy` what to do where none of them is meant."""

    def __init__(self, message: str, wanted: str = "", options: Sequence[str] = (), remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.wanted, self.options, self.remedy = message, wanted, tuple(options), remedy

    def __str__(self) -> str:
        return self.message
