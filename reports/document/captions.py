"""What stands below a chart: its number, what it shows, and where the numbers come from."""

from __future__ import annotations

from data.language.words import words
from reports.document.blocks import Figure
from reports.document.inlines import Inlines, Strong, Text, plain
from reports.document.sources import source_line
from reports.document.tree import values_of


def caption(figure: Figure, number: int, said: Inlines, language: str) -> Inlines:
    """ "Figure 3. Average salary. Source: ..., 2017."; a `number` of 0 and empty words are left out."""
    label: Inlines = (Strong((Text(f"{words(language)['figure']}\u00a0{number}."),)), Text(" ")) if number else ()
    shown = plain(said, language).rstrip()
    told: Inlines = (*said, Text(" " if shown[-1] in ".?!…" else ". ")) if shown else ()
    return (*label, *told, Text(source_line(figure.chart.table, language, values_of((figure,)))))
