"""Every word of a document can be set, and every character of a PDF has a glyph, or is named with its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from data.errors import Place, Problem
from data.language.show import show
from data.look.brand import Brand
from data.look.fonts import missing_characters
from data.tables.value import Value
from reports.document.blocks import Document, Figure
from reports.document.inlines import plain
from reports.document.tree import passages, walk

_LONGEST_WORD = 1_000
"""Characters without a space between them."""


def _texts(document: Document) -> Iterator[tuple[Place, str]]:
    language = document.language
    settings = Place("project.toml")
    for text in (
        document.title,
        document.kicker,
        document.publisher,
        document.caveat,
    ):
        yield settings, text
    yield Place("--note"), document.correction
    for passage in passages(document):
        yield passage.place, plain(passage.content, language)
    for block in walk(document.blocks):
        if isinstance(block, Figure):
            yield block.place, block.chart.measure_line
            yield from _labels(block)
    for table in document.tables:
        yield settings, " ".join((table.title, table.source or "", table.licence or "", *table.notes))


def _labels(block: Figure) -> Iterator[tuple[Place, str]]:
    chart = block.chart
    named = (chart.category, *chart.roles.get("series", ()), *chart.roles.get("label", ()))
    for row in chart.table:
        for field in named:
            name = row[field]
            if isinstance(name, Value):
                yield Place(chart.table.file, chart.table.lines[row.index]), show(name)


def long_words(document: Document) -> list[Problem]:
    """A problem for every word that is longer than any that can be broken into lines."""
    problems: dict[tuple[Place, int], Problem] = {}
    for place, text in _texts(document):
        longest = max(map(len, text.split()), default=0) if len(text) > _LONGEST_WORD else 0
        if longest > _LONGEST_WORD:
            message = f"has a word of {longest:,} characters; nothing that long can be set."
            problems[place, longest] = Problem(place, message, "Write spaces where it may be broken, or shorten it.")
    return list(problems.values())


def missing_glyphs(document: Document, brand: Brand) -> list[Problem]:
    """A problem for every character that neither a face of the brand nor its fallback fonts can draw."""
    brand_words = (brand.institution, brand.unit, brand.contact, brand.accommodation, brand.non_discrimination)

    def texts() -> Iterator[tuple[Place, str]]:  # twice made rather than kept: a table may have many cells
        yield from _texts(document)
        yield from ((Place("brand.toml"), text) for text in brand_words)

    seen: dict[str, None] = {}
    for _, text in texts():
        if not seen.keys() >= set(text):
            seen.update(dict.fromkeys(text))
    every = "".join(seen)
    faces = (*brand.fonts.text.files, *brand.fonts.heading.files)
    absent = dict.fromkeys(c for face in faces for c in missing_characters(every, (face, *brand.fonts.fallback)))
    problems: list[Problem] = []
    for character in absent:
        place, text = next((p, t) for p, t in texts() if character in t)
        name = unicodedata.name(character, "a character without a name")
        problems.append(
            Problem(
                place,
                f"no font has the character '{character}' (U+{ord(character):04X}, {name.lower()}),"
                f" column {text.index(character) + 1} of the passage.",
                "Use other words, or name a font that has it: [fonts] fallback = ['fonts/x.ttf'] in brand.toml.",
            )
        )
    return problems
