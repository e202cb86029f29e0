"""Lays out a deck's charts, each as large as its place on the slide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from msgspec.structs import replace

from charts.chart import Chart
from charts.drawn.drawing import Drawing, draw
from charts.kinds.registry import KINDS
from data.errors import Place, Problem, ProjectError
from data.language.show import show
from data.look.brand import Brand
from data.look.fonts import missing_characters
from reports.deck.planned.compose_charts import inside_panel, on_layout
from reports.deck.planned.plan import ChartPart, Plan
from reports.deck.words.frames import TEXT_MINIMUM
from reports.powerpoint.box import Box

_SIZES = (18.0, 16.0, TEXT_MINIMUM)
"""Of a chart's labels, to try: smaller than the line that says what is measured. These lengths: on a slide 540 pt
high."""
_STRETCH = 2.5
"""A chart may be this many times as high as it needs to be, to fill its slide."""


def drawn_charts(plan: Plan, scale: float, language: str, brand: Brand) -> dict[tuple[str, str], Drawing]:
    """Every chart of a plan laid out, by slide and slot; `scale` is the slide's height against 540 pt.

    Raises ProjectError with every chart that needs more room than there is, and every character that the brand's
    fonts cannot draw: text in charts is outlines, so no other font stands in for it when the deck is shown.
    """
    found: dict[tuple[str, str], Drawing] = {}
    problems: list[Problem] = []
    for slide in plan.slides:
        for part in slide.parts:
            if not isinstance(part, ChartPart):
                continue
            unreadable = list(_unreadable(part.chart, language, brand))
            problems.extend(problem for problem in unreadable if problem not in problems)
            if unreadable:
                continue
            if part.drawing is not None:
                found[slide.id, part.slot] = part.drawing
                continue
            box = inside_panel(part, scale)
            look = on_layout(brand, slide.layout, part.panel)
            drawing = found[slide.id, part.slot] = _largest(part, box, scale, language, look)
            over = drawing.height - box.height
            if over > 0.5:
                problems.append(
                    Problem(
                        slide.place,
                        f"the chart '{part.chart.id}' is {over:.0f} pt too high for its slide, with labels at"
                        f" {TEXT_MINIMUM * scale:.0f} pt.",
                        _remedy(part.chart, box, scale, language, brand),
                    )
                )
    if problems:
        raise ProjectError(problems)
    return found


def _largest(part: ChartPart, box: Box, scale: float, language: str, brand: Brand) -> Drawing:
    """The chart with the largest labels at which it fits its box, else with the smallest there may be."""

    def drawn(size: float, height: float | None) -> Drawing:
        return draw(part.chart, brand, language=language, width=box.width, height=height, text_size=size * scale)

    for size in _SIZES:
        natural = drawn(size, None)
        if natural.height <= box.height:
            return drawn(size, min(box.height, _STRETCH * natural.height))
    return drawn(_SIZES[-1], box.height)


def _remedy(chart: Chart, box: Box, scale: float, language: str, brand: Brand) -> str:
    """What makes room: as many rows as would fit, tried out, with a line to say that they are not all; else a table."""

    def fits(rows: int) -> bool:
        fewer = replace(chart, table=chart.table.take(range(rows)), rest="")
        drawn = draw(fewer, brand, language=language, width=box.width, text_size=TEXT_MINIMUM * scale, height=1.0)
        return drawn.height + 1.5 * TEXT_MINIMUM * scale <= box.height

    every = len(chart.table)
    if not KINDS[chart.kind].fewer or every < 2 or not fits(1):
        return "Give it a slide of its own, with a shorter title and no text beside it, or show its numbers as a table."
    low, high = 1, every
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return f"Show {low} of its {every} rows or fewer, rows = {low}, or show its numbers as a table."


def _unreadable(chart: Chart, language: str, brand: Brand) -> Iterator[Problem]:
    """A problem for each character of a chart's labels that its fonts lack."""
    fonts = brand.fonts
    roles = [chart.table.field(name) for names in chart.roles.values() for name in names]
    fields = dict.fromkeys((chart.category_field, *chart.measure_fields, *roles))
    for row in chart.table:
        for field in fields:
            text = show(row[field.name], "label", language)
            for face in (fonts.heading.regular, fonts.heading.bold):
                for character in missing_characters(text, (face, *fonts.fallback)):
                    name = unicodedata.name(character, "a character without a name").lower()
                    yield Problem(
                        Place(chart.table.file, chart.table.lines[row.index]),
                        f"no font has the character '{character}' (U+{ord(character):04X}, {name}), which the chart"
                        f" '{chart.id}' shows.",
                        "Use other words, or name a font that has it in brand.toml: fallback = ['fonts/x.ttf'].",
                    )
