"""A proposal as the lines of TOML that a project would hold, each with its reason as a comment."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from decimal import Decimal

from data.inspection.proposal import Proposal, ProposedField
from data.inspection.shape import Setting

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDTH = 110
_BESIDE = 150
"""The longest line that a comment may stand beside its setting in."""


def toml_value(value: object) -> str:
    """A value as TOML writes it; tables inline."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case int() | float() | Decimal():
            return str(value)
        case Mapping():
            items: Mapping[object, object] = value  # pyright: ignore[reportUnknownVariableType]
            inside = ", ".join(f"{toml_key(str(key))} = {toml_value(item)}" for key, item in items.items())
            return f"{{ {inside} }}" if inside else "{}"
        case Sequence():
            parts: Sequence[object] = value  # pyright: ignore[reportUnknownVariableType]
            return "[" + ", ".join(map(toml_value, parts)) + "]"
        case _:
            raise TypeError(f"TOML has no {type(value).__name__}")


def toml_key(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _comment(text: str) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(textwrap.wrap(part, _WIDTH - 2, break_long_words=False, break_on_hyphens=False) or [""])
    return [f"# {line}".rstrip() for line in lines]


def _setting(key: str, setting: Setting) -> list[str]:
    line = f"{toml_key(key)} = {toml_value(setting.value)}"
    beside = f"{line}  # {setting.reason}"
    if not setting.reason:
        return [line]
    if "\n" not in setting.reason and len(beside) <= _WIDTH:
        return [beside]
    return [*_comment(setting.reason), line]


def _field(field: ProposedField) -> list[str]:
    line = f"{field.name} = {toml_value(field.settings)}"
    reason = " ".join(field.reasons)
    if not reason:
        return [line]
    beside = f"{line}  # {reason}"
    return [beside] if len(beside) <= _BESIDE else [*_comment(reason), line]


def section(proposal: Proposal) -> str:
    """The `[tables.NAME]` section of a proposal, with its sub-sections."""
    head = f"tables.{proposal.name}"
    lines = [f"[{head}]"]
    for remark in proposal.remarks:
        lines += _comment(remark)
    for key, setting in (*proposal.origin.items(), *proposal.table.items()):
        lines += _setting(key, setting)
    for name, settings in (("read", proposal.read), ("shape", proposal.shape)):
        if settings:
            lines += ["", f"[{head}.{name}]"]
            for key, setting in settings.items():
                lines += _setting(key, setting)
    lines += ["", f"[{head}.fields]"]
    for field in proposal.fields:
        lines += _field(field)
    if proposal.undeclared:
        said = "; ".join(f"'{header}': {reason[:1].lower()}{reason[1:].rstrip('.')}" for header, reason in proposal.undeclared)
        lines += _comment(f"Left out: {said}.")
    return "\n".join(lines) + "\n"
