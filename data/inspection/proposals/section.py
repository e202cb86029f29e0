"""A proposal as the lines of TOML that a project would hold, each with its reason as a comment."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence

from data.inspection.proposals.proposed import Proposal, ProposedField
from data.inspection.words.setting import ProposedSetting, spoken
from data.inspection.words.toml_values import toml_key, toml_value

_WIDTH = 110
_BESIDE = 150
"""The longest line that a comment may stand beside its setting in."""


def _comment(text: str) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        inset = "  " if part.startswith("  ") else ""
        part = inset + _one_line(part)
        lines.extend(
            textwrap.wrap(part, _WIDTH - 2, break_long_words=False, break_on_hyphens=False, subsequent_indent=inset)
            or [""]
        )
    return [f"# {line}".rstrip() for line in lines]


def _one_line(text: str) -> str:
    """Text as a comment can hold it: no line ends, and nothing that cannot be seen."""
    return " ".join("".join(character if character.isprintable() else " " for character in text).split())


def _setting(key: str, setting: ProposedSetting) -> list[str]:
    line = f"{toml_key(key)} = {toml_value(setting.value)}"
    reason = spoken(setting.reason, setting.guess, setting.choices)
    beside = f"{line}  # {_one_line(reason)}"
    if not setting.reason:
        return [line]
    if "\n" not in reason and len(beside) <= _WIDTH:
        return [beside]
    return [*_comment(reason), line]


def section(proposal: Proposal, file: str | None = None) -> str:
    """The `[tables.NAME]` section of a proposal, with its sub-sections; `file` is the path in the project."""
    lines: list[str] = []
    if proposal.source is not None:
        name, origin, read = proposal.source
        lines += _settings(f"sources.{name}", {"": _placed(origin, file), "read": read}, ())
        lines.append("")
    head = f"tables.{proposal.name}"
    top = {**_placed(proposal.origin, file), **proposal.table}
    lines += _settings(head, {"": top, "read": proposal.read, "shape": proposal.shape}, proposal.remarks)
    lines += ["", f"[{head}.fields]", *_fields(proposal.fields)]
    if proposal.undeclared:
        alike: dict[str, list[str]] = {}
        for header, reason in proposal.undeclared:
            alike.setdefault(reason, []).append(f"'{header}'")
        for reason, headers in alike.items():
            lines += _comment(f"Left out: {', '.join(headers)}. {reason}")
    return "\n".join(lines) + "\n"


def _placed(origin: Mapping[str, ProposedSetting], file: str | None) -> dict[str, ProposedSetting]:
    """The origin with the file's path in a project: the one that it has, or the one to copy it to."""
    if "file" not in origin:
        return dict(origin)
    name = str(origin["file"].value)
    here = (
        ProposedSetting(file, "")
        if file is not None
        else ProposedSetting(f"tables/{name}", "Copy the file there; --add does so.")
    )
    return {**origin, "file": here}


def _settings(head: str, groups: Mapping[str, Mapping[str, ProposedSetting]], remarks: Sequence[str]) -> list[str]:
    lines = [f"[{head}]"]
    for remark in remarks:
        lines += _comment(remark)
    for name, settings in groups.items():
        if name and settings:
            lines += ["", f"[{head}.{name}]"]
        for key, setting in settings.items():
            lines += _setting(key, setting)
    return lines


def _fields(fields: Sequence[ProposedField]) -> list[str]:
    """A line for each field; a reason that holds for several in a row is said once over them."""
    lines: list[str] = []
    last = ""
    for place, field in enumerate(fields):
        line = f"{field.name} = {toml_value(field.settings)}"
        reason = field.spoken
        again = reason and place + 1 < len(fields) and fields[place + 1].spoken == reason
        beside = f"{line}  # {_one_line(reason)}"
        if reason and reason != last:
            if again or "\n" in reason or len(beside) > _BESIDE:
                lines += _comment(reason)
                lines.append(line)
            else:
                lines.append(beside)
        else:
            lines.append(line)
        last = reason
    return lines
