"""Claims that were tested: what each says of the data, and what the data said."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar

from msgspec import Struct

from data.errors import Place, Problem
from data.shortened import shortened

MOST = 500
"""Claims of one document that are kept: a loop may make one of each row."""
_CLAIMED = 200
"""Characters of a claim that are quoted."""


class Claimed(Struct, frozen=True):
    """A test that was made of the data."""

    test: str
    true: bool
    values: tuple[tuple[str, str], ...] = ()
    """What it compares, as written, and what that was, in the document's language."""


class FalseClaim(Problem, frozen=True):
    """The problem of a sentence that its data deny: the project may be right, and the world another one."""

    test: str = ""
    """The expression that is false."""
    values: tuple[tuple[str, str], ...] = ()
    """What it compares, and what that is."""


def false_claim(place: Place, claimed: str, made: Claimed) -> FalseClaim:
    """The problem of a sentence that its data deny."""
    values = "; ".join(f"{written} is {value}" for written, value in made.values)
    quoted = shortened(" ".join(claimed.split()), _CLAIMED)
    what = f"the claim '{quoted}'" if quoted else "a claim"
    return FalseClaim(
        place,
        f"the data deny {what}: {made.test} is false{f': {values}' if values else ''}.",
        "Rewrite the sentence, correct the data, or say what is true otherwise.",
        test=made.test,
        values=made.values,
    )


_GATHERED: ContextVar[list[Claimed] | None] = ContextVar("claims that were tested", default=None)


@contextmanager
def gathered() -> Generator[list[Claimed]]:
    """The claims that are tested within, each once; whoever gathers around it gets them, too."""
    with apart() as found:
        yield found
    note(found)


@contextmanager
def apart() -> Generator[list[Claimed]]:
    """The claims that are tested within; whoever gathers around it does not get them."""
    found: list[Claimed] = []
    token = _GATHERED.set(found)
    try:
        yield found
    finally:
        _GATHERED.reset(token)


def note(claims: Iterable[Claimed]) -> None:
    """Let whoever gathers claims have these."""
    found = _GATHERED.get()
    if found is not None:
        found.extend(one for one in claims if len(found) < MOST and one not in found)
