"""What the marks of a table mean that stand for no value, or for a limit of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from data.inspection.columns.bands import NO_BAND as _NO_BAND
from data.inspection.columns.column import Column, Context, Finding, Legend, Limit
from data.inspection.columns.limits import limit_for
from data.inspection.columns.marks import KNOWN, is_plain
from data.inspection.columns.numbers import read_number
from data.inspection.words.setting import GUESS, OPEN, Setting, shortened
from data.inspection.words.toml_values import toml_key


@dataclass(frozen=True)
class Missing:
    """Settings for marks: those that hold for the whole table, and those of single columns."""

    table: Setting | None
    fields: Mapping[str, Setting] = field(default_factory=dict[str, Setting])
    """Header of a column -> its own marks."""


def missing_marks(columns: Sequence[Column], findings: Sequence[Finding], known: Context) -> Missing:
    """The marks of all columns, each with what it means."""
    carriers: dict[str, list[tuple[Column, Finding]]] = {}
    for column, found in zip(columns, findings, strict=True):
        for mark in found.marks:
            carriers.setdefault(mark, []).append((column, found))
    value: dict[str, object] = {}
    reasons: list[str] = []
    asked: list[str] = []
    own: dict[str, dict[str, object]] = {}
    why: dict[str, list[str]] = {}
    for mark, those in carriers.items():
        often = _often(sum(column.values[mark] for column, _ in those))
        legend = known.legend.get(mark)
        number = read_number(mark, known.decimal)
        if number is not None and number.limit:
            meaning = "at least" if number.limit[0] in ">≥" or number.limit == "=>" else "at most"
            value[mark] = {"meaning": meaning, "value": _plain(number.value * _factor(those[0][1]))}
            reasons.append(f"'{mark}' in {often}: only a limit.")
        elif legend and legend.meaning in ("at least", "at most"):
            fit = {column.header: _limit(column, found, legend, known) for column, found in those}
            said, reason = _of_limits(mark, often, legend, fit)
            limits = {header: limit for header, limit in fit.items() if limit and said is None}
            for header, limit in limits.items():
                own.setdefault(header, {})[mark] = {"meaning": legend.meaning, "value": _plain(limit.value)}
                why.setdefault(header, []).append(f"'{mark}' means {legend.meaning} {limit.words}.")
            if len(limits) < len(fit):
                value[mark] = OPEN if said is None else said
                reasons.append(reason)
                asked += [mark] if said is None else []
        else:
            value[mark], reason = _meaning(mark, legend)
            if value[mark] == OPEN:
                asked.append(mark)
                reasons.extend([f"The file says of '{mark}': {shortened(legend.words, 90)}."] if legend else [])
            else:
                reasons.append(f"{reason[0]}'{mark}' in {often}{reason[1]}")
    return Missing(
        _setting(value, reasons, asked, {mark: sum(c.values[mark] for c, _ in carriers[mark]) for mark in asked}),
        {header: Setting(marks, " ".join(why[header])) for header, marks in own.items()},
    )


def _often(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"


def _setting(
    value: Mapping[str, object], reasons: list[str], asked: Sequence[str], often: Mapping[str, int]
) -> Setting | None:
    """The marks with what they mean; those that nobody explains are asked for, each with what it could mean."""
    if not value:
        return None
    if not asked:
        return Setting(value, "\n".join(reasons), any(GUESS in reason for reason in reasons))
    listed = " and ".join(f"'{mark}' in {_often(often[mark])}" for mark in asked[:4])
    question = f"{listed}: which of these do they mean?"
    choices = [
        f"{toml_key(mark)} = {meaning}"
        for mark in asked[:4]
        for meaning in ('"not available"', '"not applicable"', '"suppressed"', '{ meaning = "at least", value = ... }')
    ]
    return Setting(value, "\n".join([*reasons, question]), False, tuple(choices))


def _meaning(mark: str, legend: Legend | None) -> tuple[str, tuple[str, str]]:
    """What a mark means, and how that is known, around "'*' in 3 cells"."""
    if legend and legend.meaning == OPEN:
        return OPEN, ("", "")
    if legend:
        words = shortened(legend.words, 90).rstrip(".")
        return legend.meaning, (GUESS if legend.several else "", f"; the file says: {words}.")
    usual = KNOWN.get(mark.strip().lower())
    if usual:
        return usual[0], ("" if is_plain(mark) else GUESS, f": {usual[1]}.")
    if is_plain(mark) or _NO_BAND.search(mark):
        return "not available", ("", ": an answer that says nothing.")
    return OPEN, ("", "")


def _of_limits(mark: str, often: str, legend: Legend, fit: Mapping[str, Limit | None]) -> tuple[object | None, str]:
    """The one meaning that a limit has in every column, or None where columns differ; and what to say of it."""
    told = f"'{mark}' in {often}; the file says: {shortened(legend.words, 120).rstrip('.')}."
    values = {limit.value if limit else None for limit in fit.values()}
    if len(values) == 1 and (limit := next(iter(fit.values()))) is not None:
        return {"meaning": legend.meaning, "value": _plain(limit.value)}, told
    rest = [header for header, limit in fit.items() if limit is None]
    listed = ", ".join(f"'{header}'" for header in rest[:4]) + (", …" if len(rest) > 4 else "")
    say = f'{{ meaning = "{legend.meaning}", value = ... }}'
    return None, f"{told} That is a limit: say {say} in the field of {listed}."


def _limit(column: Column, found: Finding, legend: Legend, known: Context) -> Limit | None:
    factor = _factor(found)
    marks = frozenset(found.marks)
    numbers = [number for text, number in column.numbers(known.decimal).items() if text not in marks]
    return limit_for(column, found, legend.meaning, legend.limits, [n.value * factor for n in numbers])


def _factor(found: Finding) -> int:
    """What a number in the file is multiplied by to be in the field's unit."""
    by = found.settings.get("multiply", 100 if found.settings.get("scale") == "fraction" else 1)
    return by if isinstance(by, int) else 1


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
