"""Pieces of the words that stand for a chart, shared by its kinds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from charts.chart import Chart
from charts.lettering import one_line
from charts.reading import by_unit, category_name, is_highlighted, sentence, value_text
from data.language.show import show
from data.language.words import words
from data.tables.table import Row
from data.tables.value import Measure, Value

FEW = 16
"""Values up to which all are said; more no listener keeps in mind, and a table holds them."""
_LONGEST = 80
"""Characters of a name beyond which it is shortened: a listener cannot skip."""


def name_of(chart: Chart, row: Row, language: str) -> str:
    """What a row is called, short enough to listen to; the drawing has the whole name."""
    name = category_name(chart, row, language)
    if len(name) <= _LONGEST:
        return name
    short = name[: _LONGEST - 1]
    alike = sum(category_name(chart, other, language).startswith(short) for other in chart.table.rows)
    return short.rstrip() + "…" if alike == 1 else name


def heading(kind: str, chart: Chart, language: str) -> str:
    """What is shown, such as "Bar chart: Average salary by Job title"; `kind` is a key of our words."""
    measure = joined(dict.fromkeys(field.title for field in chart.measure_fields))
    shown = words(language)["chart measure by category"].format(measure=measure, category=chart.category_field.title)
    return f"{words(language)[kind]}{_colon(language)}{shown}"


def listed(names: Sequence[str], language: str, most: int = 3) -> str:
    """Names in a row, the first `most` of them and how many more there are."""
    shown = list(names[:most])
    if len(names) > most:
        shown.append(words(language)["more"].format(count=number(len(names) - most, language)))
    return joined(shown)


def joined(texts: Iterable[str], names: Iterable[str] | None = None) -> str:
    """Texts in a row; parted by semicolons where one of the names in them, or of themselves where these are none, holds
    a comma itself, or nobody would see where one ends."""
    shown = list(texts)
    return ("; " if any("," in name for name in (shown if names is None else names)) else ", ").join(shown)


def said(name: str, text: str, language: str) -> str:
    """A name and what it has, such as "Finance: 25%"."""
    return f"{name}{_colon(language)}{text}"


def values(chart: Chart, rows: Sequence[Row], measure: str, language: str) -> str:
    """All values where they are few; else how many there are, the highest and the lowest, unit by unit."""
    present = [row for row in rows if not row[measure].missing]
    if len(present) <= FEW:
        return "; ".join(
            said(name_of(chart, row, language), value_text(chart, row[measure], language), language) for row in present
        )
    count = words(language)["values"].format(count=number(len(present), language))
    found = (extremes(chart, group, measure, language) for group in by_unit(present, measure))
    return f"{count}, {'; '.join(found)}"


def extremes(chart: Chart, rows: Sequence[Row], measure: str, language: str) -> str:
    """The highest and the lowest value, each with the rows that have it."""
    numbers = {row.index: value.number for row in rows if isinstance(value := row[measure], Value)}
    ends: list[str] = []
    for end in (max(numbers.values()), min(numbers.values())):
        at = [row for row in rows if numbers[row.index] == end]
        ends.append(with_names(chart, at, value_text(chart, at[0][measure], language), language))
    return words(language)["highest and lowest"].format(high=ends[0], low=ends[1])


def with_names(chart: Chart, rows: Sequence[Row], text: str, language: str) -> str:
    """A value and the rows that have it, such as "35% (Finance)"."""
    return f"{text} ({listed([name_of(chart, row, language) for row in rows], language)})"


def remarks(chart: Chart, language: str) -> list[str]:
    """Which rows are drawn where not all are, what stands out, with its values, and what is missing."""
    rows = chart.table.rows
    strong = [row for row in rows if is_highlighted(chart, row)]
    most = FEW if len(rows) <= FEW else 3
    found = [chart.cut] if chart.cut else []
    if strong and len(strong) < len(rows):
        names = [name_of(chart, row, language) for row in strong]
        if len(rows) > FEW and len(chart.measures) == 1:
            names = [f"{n} ({value_text(chart, row[chart.measures[0]], language)})" for n, row in zip(names, strong)]
        found.append(words(language)["highlighted"].format(names=listed(names, language, most)))
    absent: dict[str, list[str]] = {}
    for row in rows:
        missing = [field for field in chart.measure_fields if row[field.name].missing]
        gone = {field.title: show(row[field.name], "label", language) for field in missing}
        for why in dict.fromkeys(gone.values()):
            name = name_of(chart, row, language)
            if len(missing) < len(chart.measures):
                name += f" ({joined(one_line(title) for title, said in gone.items() if said == why)})"
            absent.setdefault(why, []).append(name)
    found.extend(reference.said(language) for reference in chart.references)
    for note in chart.notes:
        at = joined(part for part in (note.series, one_line(show(note.at, "label", language))) if part)
        found.append(said(at, note.said(language), language))
    found.extend(said(sentence(why), listed(names, language, most), language) for why, names in absent.items())
    return found


def sentences(parts: Iterable[str]) -> str:
    """Parts as sentences."""
    return " ".join(f"{sentence(part)}." for part in parts if part)


def number(count: int, language: str) -> str:
    """How many, as the language writes it."""
    return show(Value(count, Measure("integer")), "label", language)


def _colon(language: str) -> str:
    """French sets a no-break space before a colon."""
    return "\u00a0: " if language.startswith("fr") else ": "
