"""Whether a brand's colours can be read and told apart where documents and charts use them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations
from typing import Literal

from msgspec import Struct

from charts.chart import Chart
from charts.colours import marks, neighbours
from data.errors import Place, Problem
from data.files.toml_file import read_toml
from data.look.brand import Brand
from data.look.colour import (
    LARGE_TEXT,
    MARKS,
    TEXT,
    TOLD_APART,
    View,
    apart,
    contrast,
    nearest,
    nearest_passing,
    told_apart,
)
from data.look.readable import readable, readable_tint
from reports.document.blocks import Block, Callout, Figure, NextSteps
from reports.document.tree import walk_within
from reports.runs.read import Reading
from reports.writers import WRITERS

Name = Literal["accent", "ink", "muted", "mark", "second"]
Ground = Literal["paper", "tint"]

_TEXT: tuple[Name, ...] = ("accent", "ink", "muted")
"""Colours of text, all of them small somewhere, on paper and on a tint. What stands on the accent colour, on the first
slide and beside a section's title, is paper: the same two colours, the same contrast. Hairlines and tints decorate."""
_MARKS: tuple[Name, ...] = ("mark", "second")
"""Colours of marks alone. `second` is in the theme of Fairsheet's own template only, between the other two: a chart
that someone adds in PowerPoint has these three first."""
_NAMES: tuple[Name, ...] = (*_TEXT, *_MARKS)
"""Of two that look alike the later one is to be changed: the accent is what a university is known by."""


class Shown(Struct, frozen=True):
    """A chart in a document."""

    chart: Chart
    on: Ground = "paper"


def colour_warnings(reading: Reading) -> list[Problem]:
    """What is wrong with the colours of a project's brand, for its documents and for the charts in them."""
    root = reading.project.root

    def place_of(name: str) -> Place:
        file = root / "brand.toml"
        return read_toml(file, root).place("colours", name) if file.exists() else Place(file.name)

    # slides give charts a layout of their own, on paper
    shown = [one for out in reading.outputs for one in _shown(out.document.blocks, WRITERS[out.writer].tints_charts)]
    return brand_colour_problems(reading.project.brand, place_of, shown)


def _shown(blocks: Iterable[Block], tints: bool) -> Iterator[Shown]:
    for block, around in walk_within(blocks):
        if isinstance(block, Figure):
            tinted = tints and any(isinstance(outer, Callout | NextSteps) for outer in around)
            yield Shown(block.chart, "tint" if tinted else "paper")


def brand_colour_problems(brand: Brand, place_of: Callable[[str], Place], shown: Sequence[Shown] = ()) -> list[Problem]:
    """Warnings about colours that have too little contrast, or that a chart's readers cannot tell apart.

    `place_of` gives the place of a colour in brand.toml. Each warning names the nearest colour that passes, if
    any, and these colours pass together: whoever takes them all is warned no more.
    """
    return _Check(brand, place_of, shown).problems()


class _Check:
    """One brand under examination."""

    def __init__(self, brand: Brand, place_of: Callable[[str], Place], shown: Sequence[Shown]) -> None:
        self.brand, colours = brand, brand.colours
        self.place_of = place_of
        self.said: dict[Name | Ground, str] = {
            "accent": colours.accent,
            "ink": colours.ink,
            "muted": colours.muted,
            "mark": colours.mark,
            "second": colours.second,
            "paper": colours.paper,
            "tint": colours.tint,
        }
        self.best = dict(self.said)
        """The colours as the warnings so far propose them."""
        tinted = any(one.on == "tint" and "mark" in marks(one.chart) for one in shown)
        self.grounds: dict[Name, tuple[Ground, ...]] = {
            **dict.fromkeys(_TEXT, ("paper", "tint")),
            "mark": ("paper", "tint") if tinted else ("paper",),
            "second": ("paper",),
        }
        self.names: list[Name] = [name for name in _NAMES if name != "second" or brand.template is None]
        series: list[Name] = [name for name in self.names if name == "accent" or name in _MARKS]
        self.pairs: dict[tuple[Name, Name], list[str]] = {pair: [] for pair in combinations(series, 2)}
        """Colours to be told apart, and the charts that need it."""
        for one in shown:
            for pair in neighbours(one.chart):
                first, second = sorted(pair, key=_NAMES.index)
                charts = self.pairs.setdefault((first, second), [])
                if one.chart.id not in charts:
                    charts.append(one.chart.id)

    def problems(self) -> list[Problem]:
        return [*self._of_tint(), *(problem for name in self.names for problem in self._of(name))]

    def _of_tint(self) -> Iterator[Problem]:
        """A tint decorates: rather it changes than the text on it, as long as it can be seen on the paper."""
        said: dict[Name, str] = {}
        for name in _TEXT:
            said[name] = nearest_passing(self.said[name], self.said["paper"], TEXT) or self.said[name]
        tint = self.said["tint"]
        faint: list[Name] = [name for name in _TEXT if contrast(said[name], tint) < TEXT]
        if not faint:
            return
        better = readable_tint(self.brand.colours)
        if better == tint:
            return
        found = [f"{_ratio(said[name], tint)} with {self._called(name, said[name])}" for name in faint]
        self.best["tint"] = better
        yield self._problem(
            "tint", f"tint {tint} has {_listed(found)}, text needs {TEXT}:1 and stands on {better}.", better
        )

    def _faint_on(self, name: Name, colour: str) -> list[Ground]:
        """Where a colour has too little contrast."""
        needed = TEXT if name in _TEXT else MARKS
        return [ground for ground in self.grounds[name] if contrast(colour, self.best[ground]) < needed]

    def _of(self, name: Name) -> Iterator[Problem]:
        colour = self.said[name]
        others: list[Name] = [one for one, other in self.pairs if other == name]
        faint = self._faint_on(name, colour)
        alike: list[Name] = [other for other in others if not told_apart(colour, self.best[other])]
        if not faint and not alike:
            return
        better = nearest(
            colour,
            lambda candidate: (
                not self._faint_on(name, candidate) and all(told_apart(candidate, self.best[other]) for other in others)
            ),
        )
        self.best[name] = better or colour
        if faint:
            mended = name == "accent" and contrast(colour, self.said["paper"]) >= MARKS
            yield self._problem(name, self._faint(name, faint), better, "note" if mended else "warning")
        for other in alike:
            yield self._problem(name, self._alike(name, other), better)

    def _faint(self, name: Name, grounds: Sequence[Ground]) -> str:
        colour, (first, *rest) = self.said[name], grounds
        found = [f"on {self._called(first, self.best[first])} has {_ratio(colour, self.best[first])}"]
        found += [
            f"on {self._called(ground, self.best[ground])} {_ratio(colour, self.best[ground])}" for ground in rest
        ]
        if name in _MARKS:
            return f"{name} {colour} {_listed(found)}, marks of charts need {MARKS:g}:1."
        large = all(contrast(colour, self.best[ground]) >= LARGE_TEXT for ground in grounds)
        enough = "enough for large letters only; " if large else ""
        shown = readable(self.brand).colours
        instead = {"accent": shown.accent_text, "ink": shown.ink, "muted": shown.muted}[name]
        kept = "; bars and rules keep it" if name == "accent" else ""
        if kept and contrast(colour, self.said["paper"]) < MARKS:
            kept += f", and those of charts need {MARKS:g}:1"
        return f"{name} {colour} {_listed(found)}, {enough}text needs {TEXT}:1 and is set in {instead}{kept}."

    def _alike(self, name: Name, other: Name) -> str:
        found = apart(self.said[name], self.best[other])
        views: list[View] = [view for view, far in found.items() if far < TOLD_APART]
        how = "" if "in full colour" in views else f" {_listed(views)}"
        least = math.floor(10 * min(found.values())) / 10
        charts = self.pairs[other, name]
        where = ""
        if charts:
            named = _listed([f"'{chart}'" for chart in charts])
            where = f" in the chart{'s' if len(charts) > 1 else ''} {named}"
        both = f"{name} {self.said[name]} and {self._called(other, self.best[other])} look alike{how}{where}"
        return f"{both}: their difference is {least:.1f}, and {TOLD_APART:g} is needed."

    def _called(self, name: Name | Ground, colour: str) -> str:
        """A colour with its name; one that another warning proposes says so."""
        return f"{name} {colour}" + ("" if colour == self.said[name] else f" (in place of {self.said[name]})")

    def _problem(
        self, name: Name | Ground, message: str, better: str | None, severity: Literal["warning", "note"] = "warning"
    ) -> Problem:
        remedy = f"Use {better}." if better else "No colour like it passes: change the others."
        return Problem(self.place_of(name), message, remedy, severity)


def _ratio(one: str, other: str) -> str:
    """A contrast in words, rounded down: what fails never looks as if it passed."""
    return f"{math.floor(10 * contrast(one, other)) / 10:.1f}:1"


def _listed(words: Sequence[str]) -> str:
    """At least one part of a sentence, with commas and "and"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
