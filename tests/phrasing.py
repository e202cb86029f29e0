"""Tables for sentences, and what a template says of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.errors import Place
from data.language.show import show
from data.sandbox.expressions import sentence
from data.tables.table import Field, Table
from data.tables.value import Content, FieldType, Measure

TAGS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
Number = int | str | None


def margin_of(half: Number) -> Decimal | None:
    return None if half is None else Decimal(half)


def ranked(
    rows: Sequence[tuple[str, Number]], language: str = "en", kind: FieldType = "money", margin: Number = None
) -> Table:
    """Jobs and what they pay: fields `job`, the key, and `pay`."""
    fields = (
        Field("job", "Job", Measure("text"), key=True),
        Field("pay", "Pay", Measure(kind, "EUR" if kind == "money" else None), margin=margin_of(margin)),
    )
    columns: dict[str, tuple[Content, ...]] = {
        "job": tuple(name for name, _ in rows),
        "pay": tuple(None if number is None else Decimal(number) for _, number in rows),
    }
    lines = tuple(range(2, 2 + len(rows)))
    return Table("t", fields, columns, lines, "t.csv", "Pay", language=TAGS[language])


def series(
    numbers: Sequence[Number], language: str = "en", times: Sequence[int | str] = (), margin: Number = None
) -> Table:
    """What was counted, year by year from 2015, or at other times: fields `time`, the key, and `n`."""
    when: tuple[int | str, ...] = tuple(times) or tuple(range(2015, 2015 + len(numbers)))
    kind: FieldType = "date" if isinstance(when[0], str) else "year"
    fields = (
        Field("time", "Time", Measure(kind), key=True),
        Field("n", "Jobs", Measure("integer"), margin=margin_of(margin)),
    )
    columns: dict[str, tuple[Content, ...]] = {
        "time": when,
        "n": tuple(None if number is None else Decimal(number) for number in numbers),
    }
    return Table("t", fields, columns, tuple(range(2, 2 + len(when))), "t.csv", "Jobs", language=TAGS[language])


def say(template: str, language: str = "en", /, **names: object) -> str:
    """What a title says, as a reader sees it, with no-break spaces as spaces."""
    parts = sentence(template, names, Place("project.toml", 1))
    said = "".join(part if isinstance(part, str) else show(*part, TAGS[language]) for part in parts)
    return said.replace("\u00a0", " ")


def of(table: Table, ready_word: str) -> str:
    """What a ready word says of a table in the table's language."""
    return say(f"{{{{ t | {ready_word} }}}}", table.language[:2], t=table)


def against(
    value: Number, other: Number, language: str = "en", kind: FieldType = "money", margin: Number = None
) -> str:
    """What a number is said to be of another one."""
    table = ranked([("a", value), ("b", other)], language, kind, margin)
    return say("{{ t['a'].pay | compared(t['b'].pay) }}", language, t=table)
