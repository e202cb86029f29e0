"""Finishes the slides of a deck: titles that differ and fit, the foot, and the numbers of charts in the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from msgspec.structs import replace

from charts.series import shown as charted
from data.errors import Place, Problem
from data.language.show import show
from reports.deck.planned.plan import ChartPart, LogoPart, Slide
from reports.deck.planned.scene import Deck, part, short, steps
from reports.deck.words.frames import TITLE_MINIMUM, TextFrame
from reports.deck.words.text import Passage, TextRun, fits, largest, leading, lines_of, style_of, too_wide
from reports.document.imprint import correction_mark, edition_line
from reports.document.sources import colon

_TITLE_LINES = 2
_QUESTION_LINES = 6
"""A question stands in a column of its own."""
_TITLE = 28.0
"""Size that titles of any template come down to together. Sizes: on a slide 540 pt high."""
_LEAST_TITLE = 18.0
"""A template whose titles are set smaller than this means another size of page."""
_FOOT, _FOOT_MAXIMUM = 10.0, 12.0
_OPENING = ("Title", "Section", "Quote", "Statement", "Question and answer")
"""Slides whose titles are set in a size of their own."""


def numbered(slides: Sequence[Slide]) -> list[Slide]:
    """Slides with ids of their own: what continues a slide is called after it."""
    seen: Counter[str] = Counter()
    found: list[Slide] = []
    for one in slides:
        seen[one.id] += 1
        found.append(one if seen[one.id] == 1 else replace(one, id=f"{one.id}~{seen[one.id]}"))
    return found


def titled(deck: Deck, slides: Sequence[Slide]) -> list[Slide]:
    """Slides with titles that differ, each in at most two lines.

    A template's larger titles come down together, to the size at which all fit, 28 pt at least; below that down to
    24 pt each for itself.
    """
    found: list[Slide] = []
    for _, members in groupby(slides, key=lambda one: (one.group, one.title_text)):
        pages = list(members)
        for page, one in enumerate(pages, 1):
            which = deck.ours["page x of y"].format(page=page, pages=len(pages))
            suffix = deck.ours["continued"] + (f", {which}" if len(pages) > 2 else "")
            found.append(one if page == 1 else replace(one, title=(*one.title, TextRun(f" ({suffix})"))))
    seen: Counter[str] = Counter()
    for i, one in enumerate(found):
        key = one.title_text.casefold().strip()
        seen[key] += 1
        if seen[key] > 1:
            found[i] = replace(one, title=(*one.title, TextRun(f" ({seen[key]})")))
            seen[found[i].title_text.casefold().strip()] += 1
    found = [replace(one, title=_one_line(one.title)) for one in found]
    best = [_title_size(deck, one) for one in found]
    common = [size for one, size in zip(found, best) if one.role not in _OPENING and size >= _TITLE * deck.scale]
    for i, (one, size) in enumerate(zip(found, best)):
        if one.role not in _OPENING and not deck.layouts.own:
            size = min(size, min(common, default=size))
        inherited = abs(size - one.layout.title.style(0).size) < 0.01
        found[i] = one if inherited else replace(one, title_size=size)
    return found


def _one_line(spans: Sequence[TextRun]) -> tuple[TextRun, ...]:
    return tuple(replace(span, text=span.text.replace("\n", " ")) for span in spans)


def _title_size(deck: Deck, one: Slide) -> float:
    """The largest size at which a title takes two lines at most and stays in its place."""
    frame = one.layout.title
    title = Passage(one.title)
    start = frame.style(0).size
    if start < _LEAST_TITLE * deck.scale and not deck.layouts.own:
        start = _TITLE * deck.scale  # a page that is larger than its text
    least = min(TITLE_MINIMUM * deck.scale, start)
    tried = [start]
    while tried[-1] > least:
        down = 1.0 if tried[-1] <= _TITLE * deck.scale else 4.0
        tried.append(max(least, tried[-1] - down * deck.scale))
    most = _TITLE_LINES + (deck.layouts.width < deck.layouts.height)  # lines of a page in portrait are short
    if deck.layouts.own and one.role == "Question and answer":
        most = _QUESTION_LINES
    for size in tried:
        lines = lines_of(title, style_of(title, frame, size), frame.width)
        if len(lines) <= most and fits([title], frame, size):
            return size
    lines = lines_of(title, style_of(title, frame, least), frame.width)
    if too_wide([title], frame, least):
        return least  # which `whole_words` tells of
    kept = lines[: max(1, min(most, int(frame.height // leading(style_of(title, frame, least)))))]
    over = len(title.text) - kept[-1][1]
    deck.problems.append(
        Problem(
            one.place,
            f"the slide title '{short(title.text)}' takes {len(lines)} lines at {least:.0f} pt; there is room for"
            f" {len(kept)}.",
            f"Shorten it by about {max(1, over)} of its {len(title.text)} characters.",
        )
    )
    return least


def footed(deck: Deck, one: Slide, last: bool = False) -> Slide:
    """The slide with its foot: source and date, else who publishes; the edition on the `last` alone and in its notes,
    that it is a draft or corrected on every one."""
    document, ours = deck.document, deck.ours
    state = (ours["draft"] if document.draft else "", edition_line(document) if last else correction_mark(document))
    edition = " · ".join(filter(None, state))
    publisher = document.publisher or f"{deck.brand.institution} {deck.brand.unit}".strip()
    said = [publisher if one.role != "Title" else ""]
    if one.sources:
        listed = f"{ours['sources']}{colon(document.language)}{ours['about these data']}"
        said = [listed]
        if len(one.sources) == 1:
            origin, line = one.sources[0]
            noted = f"{origin} {ours['notes']}{colon(document.language)}{ours['about these data']}."
            said = [line, *([noted] if origin != line else []), listed]
    if one.layout.edition is None and edition:
        said = [" · ".join(filter(None, (text, edition))) for text in said]
    frame = one.layout.foot
    tried = [size for size in steps(deck, frame, _FOOT) if size <= _FOOT_MAXIMUM * deck.scale] or [_FOOT * deck.scale]
    in_one_line = [text for text in said if deck.layouts.own and _in_one_line(text, frame, tried[-1])]
    for text in in_one_line or said:
        size = largest([Passage((TextRun(text),))], frame, tried)
        if size is not None:
            break
    else:
        text, size = said[-1], tried[-1]
        deck.problems.append(
            Problem(Place("project.toml"), f"'{short(text)}' is too long for the foot of a slide.", "Shorten it.")
        )
    numbers = [line for shown in one.parts if isinstance(shown, ChartPart) for line in _numbers(deck, shown)]
    cut = [source.line for source in one.sources if not text.startswith(source.line)]
    added = [lines for lines in (numbers, cut) if lines]
    notes = one.notes
    for lines in added:
        notes = (*notes, *([()] if notes else []), *((TextRun(line),) for line in lines))
    if last and (said_edition := edition_line(document)):
        notes = (*notes, *([()] if notes else []), (TextRun(said_edition),))
    parts = one.parts
    if deck.layouts.own and deck.brand.logo and one.role != "Title" and one.layout.edition and not edition:
        place = one.layout.edition.box
        parts = (*parts, LogoPart("Foot logo", place, deck.brand.logo, small=True))
    foot = part("Foot", frame, [Passage((TextRun(text),))] if text else [], size)
    return replace(one, parts=parts, foot=foot, edition=edition if one.layout.edition else "", notes=notes)


def _in_one_line(text: str, frame: TextFrame, size: float) -> bool:
    passage = Passage((TextRun(text),))
    return len(lines_of(passage, style_of(passage, frame, size), frame.width)) == 1


def _numbers(deck: Deck, shown: ChartPart) -> tuple[str, ...]:
    """A chart's numbers as lines of text, for those who do not see it and for questions from the room."""
    language, chart = deck.document.language, shown.chart
    held = charted(chart)
    found = [f"{shown.caption or chart.table.title}{colon(language)}".rstrip()]
    for index, name in enumerate(held.names):
        values = [show(series.values[index], "rounded", language) for series in held.series]
        named = (f"{series.field.title} {value}" for series, value in zip(held.series, values))
        said = values[0] if len(values) == 1 else ", ".join(named)
        found.append(f"{show(name, 'rounded', language)}{colon(language)}{said}")
    return tuple(found)
