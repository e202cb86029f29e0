"""Values of a PDF as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_REFERENCE = re.compile(rb"\b\d+ \d+ R\b")


class StrangeError(Exception):
    """Something in a PDF that Fairsheet's writers do not write: what it is, in a few words."""


def only(node: Any, *allowed: str, where: str) -> None:
    """Raises StrangeError where a dictionary has other entries than these: what is not known cannot be kept."""
    if strange := sorted(set(node.keys()) - {f"/{key}" for key in allowed}):
        raise StrangeError(f"{where} has {strange[0]}")


def direct(value: Any) -> bytes:
    """A value that leads nowhere. Raises StrangeError for one that does."""
    import pikepdf

    if not isinstance(value, pikepdf.Object):
        return number(value)
    text = value.unparse(resolved=True)
    if not isinstance(value, pikepdf.String) and _REFERENCE.search(text):
        raise StrangeError("a value leads elsewhere")
    return text


def string(text: str) -> bytes:
    """Text for people."""
    from pikepdf import String

    return String(text).unparse()


def number(value: Any) -> bytes:
    """A number, rounded to hundredths, the least that is printed."""
    if value is None:
        return b"null"
    return (b"%.2f" % value).rstrip(b"0").rstrip(b".") if value % 1 else b"%d" % value


def array(values: Iterable[Any]) -> bytes:
    """A list of numbers."""
    return b"[ %b ]" % b" ".join(map(number, values))


def references(numbers: Iterable[int]) -> bytes:
    """A list of objects."""
    return b"[ %b ]" % b" ".join(b"%d 0 R" % one for one in numbers)
