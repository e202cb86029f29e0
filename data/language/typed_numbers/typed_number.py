"""What is known of a number that stands in a text."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from msgspec import Struct


class TypedNumber(Struct, frozen=True):
    """A number that looks like data, where it stands, and what it says."""

    start: int
    end: int
    """Characters in the text."""
    text: str
    """As it is written: "35%", "$61,000", "a third", "zwei Drittel"."""
    number: Decimal | None
    """What it says, in its unit: 35, 61000, 0.3333."""
    unit: str
    """What it counts in: "percent", "points", "ratio" (twice, 3×), "share" (a third, one in five), a code of ISO 4217,
    or "" for a plain number or count."""
    kind: Literal["digits", "words"]
    rounded: bool
    """Whether it says itself that it is not exact: "about 500", "1.2 million", "61k"."""
    step: Decimal
    """How finely it is written; the true value is within half of it: 1 for 35, 0.1 for 3.5, 100,000 for 1.2 million."""
