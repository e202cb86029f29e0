"""Values and keys as TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.terminal import escaped

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: object) -> str:
    """A value as TOML writes it; tables inline."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _quoted(value)
        case int() | float() | Decimal():
            return str(value)
        case Mapping():
            items: Mapping[object, object] = value  # pyright: ignore[reportUnknownVariableType]  # TOML holds anything
            inside = ", ".join(f"{toml_key(str(key))} = {toml_value(item)}" for key, item in items.items())
            return f"{{ {inside} }}" if inside else "{}"
        case Sequence():
            parts: Sequence[object] = value  # pyright: ignore[reportUnknownVariableType]  # TOML holds anything
            return "[" + ", ".join(map(toml_value, parts)) + "]"
        case _:
            raise TypeError(f"TOML has no {type(value).__name__}")


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    return escaped(json.dumps(text, ensure_ascii=False))
