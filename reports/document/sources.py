"""Where numbers come from, in words: the line below a chart, and what is said about a table at the document's end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from data.language.show import show, show_date
from data.language.words import words
from data.sources.sql import tables_named
from data.tables.contradictions import Contradiction
from data.tables.footnote import Shown
from data.tables.prices import NOMINAL
from data.tables.table import Table
from data.tables.value import Cell, Interval, Mark, Measure, Value


def colon(language: str) -> str:
    """A colon and the space behind it; in French a no-break space stands before it."""
    return "\u00a0: " if language.startswith("fr") else ": "


def origin_line(table: Table, language: str) -> str:
    """Source and date of a table; what the project does not say is "not stated"."""
    ours = words(language)
    source = table.source or ours["source not stated"]
    date = show_date(table.as_of, language) if table.as_of else ours["date not stated"]
    return f"{ours['source']}{colon(language)}{source.rstrip('.')}, {date}."


def source_line(table: Table, language: str, shown: Iterable[Value | Interval] | None = None) -> str:
    """Source and date of a table, and the notes that belong to the `shown` values; None for all of them.

    Notes are the publisher's footnotes, what marks mean, and that values are hidden.
    """
    line = origin_line(table, language)
    notes = sentences(_notes(table, language, shown))
    return f"{line} {notes}." if notes else line


def _notes(table: Table, language: str, shown: Iterable[Value | Interval] | None = None) -> list[str]:
    marks = dict.fromkeys(mark for mark in table.marks if mark.note)
    cells: Shown | None = None
    if shown is not None and (table.footnotes or marks):
        here: set[Mark | None] = set()

        def behind() -> Iterator[Cell]:
            for value in shown:
                here.update((value.mark,) if isinstance(value, Value) else (value.low.mark, value.high.mark))
                yield from value.cells

        cells = Shown(behind())
        marks = dict.fromkeys(mark for mark in marks if mark in here)
    told = dict.fromkeys(mark.note for mark in marks)
    return [*filter(None, (note.said(cells) for note in table.footnotes)), *told, *_hiding(table, language)]


def _hiding(table: Table, language: str) -> list[str]:
    """That values are hidden, where some are."""
    return [words(language)["small numbers"].format(count=table.minimum_n)] if table.minimum_n else []


class About(Struct, frozen=True):
    """What is said about one table under "About these data"."""

    title: str
    source: str
    as_of: str
    rows: str
    weaknesses: str

    @property
    def texts(self) -> tuple[str, str, str, str, str]:
        """In the order of the columns `COLUMNS`."""
        return self.title, self.source, self.as_of, self.rows, self.weaknesses


COLUMNS = ("table", "source", "as of", "rows", "known weaknesses")
"""Keys of our words for the heads of the columns."""


def about(table: Table, found: Iterable[Contradiction], language: str) -> About:
    """Title, source, date, number of rows and known weaknesses of a table.

    Weaknesses are those that the author names and those that were found: what other tables say otherwise, values
    hidden because too few answers stand behind them, rows left out because they repeat another one. What is said of
    the prices of amounts stands among them.
    """
    ours = words(language)
    source = table.source or ours["source not stated"]
    if table.computed_from:
        source = ours["computed from"].format(table=table.computed_from)
    elif table.licence:
        source = f"{source} ({table.licence})"
    notes = [*table.notes, *(_hiding(table, language) if table.computed_from else _notes(table, language))]
    if table.prices is not None and any(field.measure.prices is not None for field in table.fields):
        notes.append(ours["prices nominal" if table.prices == NOMINAL else "prices of"].format(year=table.prices))
    if table.repeated:
        count = show(Value(Decimal(table.repeated), Measure("integer")), "rounded", language)
        notes.append(ours["repeated rows"].format(count=count))
    notes.extend(disagreement(one, table, language) for one in found if table.name in one.table_names)
    return About(
        table.title,
        source,
        show_date(table.as_of, language),
        show(table.count, "rounded", language),
        sentences(notes) or ours["none stated"],
    )


def files_line(tables: Iterable[Table], language: str) -> str:
    """What tables were read from: files, each with the first digits of its checksum, and what queries computed; else
    empty. The queries themselves stand in the manifest."""
    every = list(tables)
    named: dict[str, str] = {}
    queried: dict[str, list[str]] = {}
    for table in every:
        if table.file and not table.computed_from:
            # a checksum would tell whoever tries out what is hidden that a guess is right
            said = table.checksum and not table.minimum_n
            named[table.file] = f"{table.file} ({table.checksum[:8]})" if said else table.file
        if table.query:
            asked = tables_named(table.query) - {table.name.lower()}
            titles = [one.title for one in every if one.name.lower() in asked and one.file in table.file]
            queried.setdefault(_listed(titles or [table.file]), []).append(table.title)
    ours = words(language)
    files = f"{ours['files']}{colon(language)}{', '.join(named.values())}." if named else ""
    computed = (
        f"{ours['queried'].format(tables=origin)}{colon(language)}{_listed(titles)}."
        for origin, titles in queried.items()
    )
    return " ".join((*filter(None, (files,)), *computed))


def _listed(titles: Sequence[str]) -> str:
    """Titles one behind the other: many hold commas."""
    return "; ".join(titles)


def disagreement(found: Contradiction, table: Table, language: str) -> str:
    """A contradiction as `table` sees it: what it says, and what stands against it."""
    here, there, other = found.one, found.other, found.other_table
    if found.other_table.name == table.name and found.one_table.name != table.name:
        here, there, other = found.other, found.one, found.one_table
    ours = words(language)
    shown, against = show(here, "exact", language), show(there, "exact", language)
    if found.one_table.name == found.other_table.name:
        return ours["disagrees with itself"].format(about=found.about, here=shown, there=against)
    return ours["disagrees"].format(about=found.about, here=shown, there=against, table=other.title)


def sentences(notes: Iterable[str]) -> str:
    """Notes as running text: a full stop before one that begins with a capital, else a semicolon."""
    text = ""
    for note in notes:
        said = note.strip().rstrip(".")
        text += (". " if said[:1].isupper() else "; ") * bool(text) + said
    return text
