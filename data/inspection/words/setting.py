"""A proposed setting, with the reason that is printed beside it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

OPEN = "?"
"""The value of a setting that only the author can know. No table loads with it."""
GUESS = "A guess: "
QUESTION = "To be answered: "


class ProposedSetting(Struct, frozen=True):
    """One setting, and why it is proposed."""

    value: object
    reason: str
    guess: bool = False
    """Whether the file only makes it likely; else every cell that it is about shows it, or the file says it."""
    choices: tuple[str, ...] = ()
    """What could be written in its place, where it is open."""


def spoken(reason: str, guess: bool, choices: Sequence[str]) -> str:
    """A reason as it is printed: what is guessed is called a guess, and what is open is asked, with the choices."""
    if choices:
        *known, question = reason.split("\n")
        return "\n".join([*known, f"{QUESTION}{question} Write one of:", *(f"  {choice}" for choice in choices)])
    return f"{GUESS}{reason}" if guess and GUESS not in reason else reason


def shortened(text: str, length: int = 60) -> str:
    """`text`, cut with an ellipsis where it is longer."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
