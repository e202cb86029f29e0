"""What stands below a chart or table: its number, what it shows, and where the numbers come from."""

from __future__ import annotations

from data.table import Table, show_date
from data.words import words
from reports.blocks import Inlines, Strong, Text, plain


def colon(language: str) -> str:
    """A colon and the space behind it; in French a no-break space stands before it."""
    return "\u00a0: " if language.startswith("fr") else ": "


def source_line(table: Table, language: str) -> str:
    """Source and date of a table in one sentence; what the project does not say is "not stated"."""
    ours = words(language)
    source = table.source or ours["not stated"]
    date = show_date(table.as_of, language) if table.as_of else f"{ours['date']} {ours['not stated']}"
    return f"{ours['source']}{colon(language)}{source.rstrip('.')}, {date}."


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
