"""What the marks of a table mean that stand for no value, or for a limit of one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct, field

from data.inspection.columns.bands import NO_BAND as _NO_BAND
from data.inspection.columns.column import Column, Context, Finding, Legend, Limit
from data.inspection.columns.limits import limit_for
from data.inspection.columns.marks import KNOWN, is_plain
from data.inspection.columns.numbers import read_number
from data.inspection.words.setting import GUESS, OPEN, ProposedSetting, shortened
from data.inspection.words.toml_values import toml_key


class Missing(Struct, frozen=True):
    """Settings for marks: those that hold for the whole table, and those of single columns."""

    table: ProposedSetting | None
    fields: Mapping[str, ProposedSetting] = field(default_factory=dict[str, ProposedSetting])
    """Header of a column -> its own marks."""


class _Carried(Struct, frozen=True):
    """A mark with the columns that carry it."""

    mark: str
    columns: list[tuple[Column, Finding]] = field(default_factory=list[tuple[Column, Finding]])

    @property
    def count(self) -> int:
        return sum(column.values[self.mark] for column, _ in self.columns)

    @property
    def often(self) -> str:
        return _often(self.count)


class _Told(Struct, frozen=True):
    """What has been told of marks so far."""

    value: dict[str, object] = field(default_factory=dict[str, object])
    reasons: list[str] = field(default_factory=list[str])
    asked: dict[str, int] = field(default_factory=dict[str, int])
    """Marks that nobody explains, and how often they stand."""
    own: dict[str, dict[str, object]] = field(default_factory=dict[str, dict[str, object]])
    """Header of a column -> its own marks."""
    why: dict[str, list[str]] = field(default_factory=dict[str, list[str]])


def missing_marks(columns: Sequence[Column], findings: Sequence[Finding], known: Context) -> Missing:
    """The marks of all columns, each with what it means."""
    carried: dict[str, _Carried] = {}
    for column, found in zip(columns, findings, strict=True):
        for mark in found.marks:
            carried.setdefault(mark, _Carried(mark)).columns.append((column, found))
    told = _Told()
    for one in carried.values():
        next(rule for rule in _RULES if rule(one, known, told))
    return Missing(
        _setting(told.value, told.reasons, told.asked),
        {header: ProposedSetting(marks, " ".join(told.why[header])) for header, marks in told.own.items()},
    )


def _limit_by_itself(one: _Carried, known: Context, told: _Told) -> bool:
    """A number that is only a limit says so by its sign: ">=239,200"."""
    number = read_number(one.mark, known.decimal)
    if number is None or not number.limit:
        return False
    meaning = "at least" if number.limit[0] in ">≥" or number.limit == "=>" else "at most"
    told.value[one.mark] = {"meaning": meaning, "value": _plain(number.value * _factor(one.columns[0][1]))}
    told.reasons.append(f"'{one.mark}' in {one.often}: only a limit.")
    return True


def _limit_by_legend(one: _Carried, known: Context, told: _Told) -> bool:
    """A mark that notes explain as a limit: the same in all its columns, or one for each that has one."""
    legend = known.legend.get(one.mark)
    if legend is None or legend.meaning not in ("at least", "at most"):
        return False
    fit = {column.header: _limit(column, found, legend, known) for column, found in one.columns}
    said, reason = _of_limits(one.mark, one.often, legend, fit)
    limits = {header: limit for header, limit in fit.items() if limit and said is None}
    for header, limit in limits.items():
        told.own.setdefault(header, {})[one.mark] = {"meaning": legend.meaning, "value": _plain(limit.value)}
        told.why.setdefault(header, []).append(f"'{one.mark}' means {legend.meaning} {limit.words}.")
    if len(limits) < len(fit):
        told.value[one.mark] = OPEN if said is None else said
        told.reasons.append(reason)
        told.asked.update({one.mark: one.count} if said is None else {})
    return True


def _no_value(one: _Carried, known: Context, told: _Told) -> bool:
    """Any other mark stands for no value: why, is told by notes or by usage, or is asked."""
    legend = known.legend.get(one.mark)
    told.value[one.mark], reason = _meaning(one.mark, legend)
    if told.value[one.mark] != OPEN:
        told.reasons.append(f"{reason[0]}'{one.mark}' in {one.often}{reason[1]}")
        return True
    told.asked[one.mark] = one.count
    if legend:
        told.reasons.append(f"The file says of '{one.mark}': {shortened(legend.words, 90)}.")
    return True


_RULES: tuple[Callable[[_Carried, Context, _Told], bool], ...] = (_limit_by_itself, _limit_by_legend, _no_value)
"""What a mark can mean; the first rule that takes it says so."""


def _often(count: int) -> str:
    return f"{count:,} cell{'' if count == 1 else 's'}"


def _setting(value: Mapping[str, object], reasons: list[str], asked: Mapping[str, int]) -> ProposedSetting | None:
    """The marks with what they mean; those that nobody explains are asked for, each with what it could mean."""
    if not value:
        return None
    if not asked:
        return ProposedSetting(value, "\n".join(reasons), any(GUESS in reason for reason in reasons))
    first = list(asked)[:4]
    listed = " and ".join(f"'{mark}' in {_often(asked[mark])}" for mark in first)
    question = f"{listed}: which of these do they mean?"
    choices = [
        f"{toml_key(mark)} = {meaning}"
        for mark in first
        for meaning in ('"not available"', '"not applicable"', '"suppressed"', '{ meaning = "at least", value = ... }')
    ]
    return ProposedSetting(value, "\n".join([*reasons, question]), False, tuple(choices))


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
