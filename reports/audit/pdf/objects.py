"""Safe reading of PDF objects: whatever type stands where another is expected counts as absent."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pikepdf

Key = tuple[int, int]
"""Number and generation of an object; (0, 0) for one that stands inside another."""

LARGEST_STREAM = 64_000_000
"""Bytes of one unpacked stream that are still read: a small file may hold a stream that fills the memory."""

_MOST_PER_FILTER = 1500
"""No filter of PDF makes more bytes out of one."""


def entry(holder: object, *names: str) -> Any:
    """The value under `/Name`, or under a path of names; None where a holder on the way is no dictionary."""
    for name in names:
        if not isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
            return None
        holder = holder.get("/" + name)
    return holder


def names_of(holder: object) -> tuple[str, ...]:
    """The names of a dictionary's entries; those that are no text are left out."""
    if not isinstance(holder, (pikepdf.Dictionary, pikepdf.Stream)):
        return ()
    found = (name[1:] for name in holder.keys())  # noqa: SIM118  # no Python dict
    return tuple(name for name in found if not any("\ud800" <= c <= "\udfff" for c in name))


def is_dictionary(value: object) -> bool:
    """Whether it is a dictionary; a stream is not."""
    return isinstance(value, pikepdf.Dictionary)


def is_stream(value: object) -> bool:
    """Whether it is a stream."""
    return isinstance(value, pikepdf.Stream)


def items(value: object) -> Sequence[Any]:
    """The members of an array; a single object counts as an array of one, nothing as an empty one."""
    if value is None:
        return ()
    return list(value) if isinstance(value, pikepdf.Array) else (value,)


def array(value: object) -> Sequence[Any]:
    """The members of an array; anything else is empty."""
    return list(value) if isinstance(value, pikepdf.Array) else ()


def name(value: object) -> str:
    """A name without its slash; empty for anything else."""
    if not isinstance(value, pikepdf.Name):
        return ""
    try:
        return str(value)[1:]
    except UnicodeError:
        return value.unparse().decode("ascii", "replace")[1:]


def text(value: object) -> str:
    """A text string; empty for anything else."""
    if not isinstance(value, pikepdf.String):
        return ""
    try:
        return str(value)
    except UnicodeError:
        return bytes(value).decode("latin-1")


def number(value: object) -> float | None:
    """A number; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    return float(value)


def whole(value: object) -> int | None:
    """A whole number; None for anything else."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def key(value: object) -> Key:
    """Which object of the file it is."""
    if isinstance(value, pikepdf.Object):
        return value.objgen
    return (0, 0)


class TooLargeError(Exception):
    """A stream that unpacks to more than `LARGEST_STREAM`."""


def content(stream: object) -> bytes:
    """A stream's unpacked bytes; empty for anything else.

    Raises TooLargeError before a stream that is too large is unpacked, pikepdf.PdfError for a broken one.
    """
    if not isinstance(stream, pikepdf.Stream):
        return b""
    if not _is_bearable(stream):
        raise TooLargeError
    return stream.read_bytes()


def _is_bearable(stream: pikepdf.Stream) -> bool:
    filters = [name(value) for value in items(entry(stream, "Filter"))]
    data = stream.read_raw_bytes()
    for place, used in enumerate(filters):
        rest = len(filters) - place
        if len(data) * _MOST_PER_FILTER**rest <= LARGEST_STREAM:
            return True
        if used in ("FlateDecode", "Fl"):
            try:
                data = zlib.decompressobj().decompress(data, LARGEST_STREAM + 1)
            except zlib.error:
                return True  # reading it fails by itself
        elif used in ("ASCII85Decode", "A85"):
            try:
                data = base64.a85decode(data.strip().removesuffix(b"~>"))
            except ValueError:
                return True
        elif used in ("ASCIIHexDecode", "AHx"):
            data = data[: len(data) // 2]
            if rest > 1:
                return False
        else:
            return False
    return len(data) <= LARGEST_STREAM
