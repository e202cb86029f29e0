"""A text as far as a message has room for it."""

from __future__ import annotations


def shortened(text: str, most: int) -> str:
    """`text`, cut to `most` characters, the last of them an ellipsis, where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
