"""What the lines above and below an unknown table say about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct, field

from data.inspection.grids.cells import Cells
from data.inspection.grids.layout import Layout
from data.inspection.grids.units_row import only_units
from data.inspection.surroundings.lines import (
    is_told,
    key_in,
    leads_away,
    legend_line,
    line_of,
    pair,
    says_what,
    source_in,
)
from data.inspection.surroundings.measures import begins_with_percent, is_unit
from data.inspection.words.periods import period

_COMMENT = re.compile(r"^#+\s*(?=\w|$)")
_DELIMITER = re.compile(r"sep=.?")
"""What tells a spreadsheet program the mark between cells, in the first line."""
_ONLY_NUMBERED = re.compile(r"(?:table|tabelle|tableau|tabla|figure|abbildung)\s+[\w.-]*\d[\w.-]*", re.IGNORECASE)
"""The number of a table, above its title."""
_LABEL = 40
"""Characters of a text that still is a label, not a sentence."""
_SUBTITLES = ("subtitle", "untertitel", "sous-titre", "subtítulo")
_LONGEST = 200
"""Characters of a line that may be a title."""


class Said(Struct, frozen=True):
    """Something the file says, and the row in which it does."""

    words: str
    row: int


class About(Struct, frozen=True):
    """What a table's surroundings say about it."""

    title: Said | None = None
    source: Said | None = None
    licence: Said | None = None
    period: Said | None = None
    """What time the data are of, as ISO 8601 writes it: 2024, 2024-05, 2014/2015."""
    date: Said | None = None
    measure: Said | None = None
    """In what the numbers are counted: "Percentage", "Thousand euro"."""
    lines: tuple[str, ...] = ()
    """Every line above and below the table."""
    facts: tuple[Said, ...] = ()
    """What lines above the table say that its numbers are about: filters, subtitles."""
    below: tuple[str, ...] = ()
    """Lines under the table that nothing else has been made of."""
    filters: tuple[Said, ...] = ()
    """Keys and values that became one of the facts."""


class _Line(Struct, frozen=True):
    """A row above or below the table, taken apart."""

    row: int
    above: bool
    key: str
    words: str
    alone: bool
    """Whether it holds one text, which is no key with what it is."""

    @property
    def said(self) -> Said:
        return Said(self.words, self.row)

    @property
    def both(self) -> Said:
        """The key with its words."""
        return Said(f"{self.key}: {self.words}", self.row)


class _Found(Struct):
    """What the lines have said so far."""

    known: dict[str, Said] = field(default_factory=dict[str, Said])
    """Title, source and the like: whatever says them first."""
    facts: list[Said] = field(default_factory=list[Said])
    free: list[Said] = field(default_factory=list[Said])
    """Lines that say something, and not what it is."""


def about(cells: Cells, rows: Sequence[int], layout: Layout) -> About:
    """What the rows outside the table say; `rows` are their numbers in the file."""
    found = _Found()
    for line in _lines(cells, rows, layout):
        next((rule for rule in _RULES if rule(line, found)), None)
    _sources_and_periods(cells, rows, layout, found)
    found.free = [said for said in found.free if not (source_in(said.words) or period(said.words))]
    _title(found)
    facts, filters = _facts(found)
    return About(
        title=found.known.get("title"),
        source=found.known.get("source"),
        licence=found.known.get("licence"),
        period=found.known.get("period") or _period_of(found.facts),
        date=found.known.get("date"),
        measure=found.known.get("measure"),
        lines=_all_lines(cells, layout),
        facts=facts,
        below=tuple(line for index in layout.below if (line := line_of(cells[index])) and not is_told(line)),
        filters=filters,
    )


def _lines(cells: Cells, rows: Sequence[int], layout: Layout) -> Iterator[_Line]:
    """The rows around the table from top to bottom, without comment signs and what only programs read."""
    group = ""
    for index in (*layout.above, *layout.below):
        above = index in layout.above
        filled = _texts(cells[index], above)
        if above and (not filled or _DELIMITER.fullmatch(filled[0])):
            continue
        key, words, group = pair(filled, cells[index], group)
        yield _Line(rows[index], above, key, words, len(filled) == 1 and not key)


def _texts(row: Sequence[str], above: bool) -> list[str]:
    """The different texts of a row; above a table without the signs that make comments of them."""
    texts = list(dict.fromkeys(" ".join(cell.strip().lstrip("\ufeff").split()) for cell in row if cell.strip()))
    return [text for text in (_COMMENT.sub("", text) for text in texts) if text] if above else texts


def _known_key(line: _Line, found: _Found) -> bool:
    """A key that everybody knows: "Source", "Stand", "Unit of measure"."""
    name = key_in(line.key)
    if not name:
        return False
    if name == "measure" and line.above:
        found.facts.append(line.both)
    told = period(line.words) if name == "period" else line.words
    if told:
        found.known.setdefault(name, Said(told, line.row))
    return True


def _fact(line: _Line, found: _Found) -> bool:
    """Any other key above the table, with what it is: a filter, a subtitle."""
    if not (line.above and line.key and line.words) or leads_away(line.key, line.words):
        return False
    found.facts.append(line.said if line.key.lower() in _SUBTITLES else line.both)
    return True


def _unit(line: _Line, found: _Found) -> bool:
    """A line above the table that says in what it is counted, and nothing else."""
    if not (line.above and line.alone and (only_units([line.words]) or is_unit(line.words))):
        return False
    found.known.setdefault("measure", line.said)
    return True


def _free_words(line: _Line, found: _Found) -> bool:
    """A line above the table that says something: its title, or more about it."""
    if not (line.above and line.alone) or _ONLY_NUMBERED.fullmatch(line.words):
        return False
    found.free.append(line.said)
    if begins_with_percent(line.words):
        found.known.setdefault("measure", line.said)
    return True


_RULES: tuple[Callable[[_Line, _Found], bool], ...] = (_known_key, _fact, _unit, _free_words)
"""What a line around a table can be; the first rule that takes it says so."""


def _sources_and_periods(cells: Cells, rows: Sequence[int], layout: Layout, found: _Found) -> None:
    """Sources and times that lines name without a key of their own, those below the table first."""
    for index in (*layout.below, *layout.above):
        line = line_of(cells[index])
        if source := source_in(line):
            found.known.setdefault("source", Said(source, rows[index]))
        numbered = index not in layout.above and line.isdigit()  # a page, not a year
        if len(line) <= _LABEL and not numbered and (told := period(line)):
            found.known.setdefault("period", Said(told, rows[index]))


def _title(found: _Found) -> None:
    """The first line that says something becomes the title, where no key names one and it may be one."""
    first = found.free[0].words if found.free else ""
    if first and "title" not in found.known and len(first) <= _LONGEST and not first.endswith(":"):
        found.known["title"] = found.free.pop(0)


def _facts(found: _Found) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """What the numbers are about, the keys with their values as one sentence ahead; and these keys one by one."""
    pairs = [said for said in found.facts if ":" in said.words and says_what(said.words)]
    rest = [said for said in (*found.facts, *found.free) if said not in pairs and says_what(said.words)]
    filters = [Said("; ".join(said.words for said in pairs), pairs[0].row)] if pairs else []
    return (*filters, *rest), tuple(pairs)


def _period_of(facts: Sequence[Said]) -> Said | None:
    """The first time that a fact names and nothing else."""
    return next((Said(span, said.row) for said in facts if (span := period(said.words))), None)


def _all_lines(cells: Cells, layout: Layout) -> tuple[str, ...]:
    """Every line around the table, and the key beside it."""
    beside = [row[column].strip() for column in layout.aside for row in cells if row[column].strip()]
    return (*(legend_line(cells[index]) for index in (*layout.above, *layout.below)), *beside)
