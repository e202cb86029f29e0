"""A proposed setting, with the reason that is printed beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """One setting, and why it is proposed."""

    value: object
    reason: str


Settings = Mapping[str, Setting]


def shortened(text: str, length: int = 60) -> str:
    """`text`, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
