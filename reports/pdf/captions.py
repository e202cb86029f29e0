"""What stands below a chart or table: its number, what it shows, and where the numbers come from."""

from __future__ import annotations

from data.table import Table
from data.words import words
from reports.blocks import Inlines, Strong, Text, plain
from reports.sources import source_line


def caption(kind: str, number: int, words_of_author: Inlines, table: Table | None, language: str) -> Inlines:
    """ "Figure 3. Average salary. Source: ..., 2017." `kind` is a key of our words: "figure" or "table"."""
    parts: list[Text | Strong] = []
    out: Inlines = ()
    if number:
        parts.append(Strong((Text(f"{words(language)[kind]}\u00a0{number}."),)))
        parts.append(Text(" "))
    out = (*parts,)
    said = plain(words_of_author, language).rstrip()
    if said:
        out = (*out, *words_of_author, Text(" " if said[-1] in ".?!…" else ". "))
    return (*out, Text(source_line(table, language))) if table is not None else out
