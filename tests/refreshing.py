"""A deck that is made twice, with other data, for tests of what becomes of the edits in between."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from msgspec import Struct

from charts.chart import Chart
from data.tables.table import Table
from reports.deck.writer import write_deck
from reports.document.blocks import (
    Callout,
    Columns,
    Document,
    Figure,
    KeyFigure,
    KeyFigures,
    NextSteps,
    Quote,
    TableBlock,
)
from reports.document.inlines import Text
from reports.powerpoint.opened import Package
from reports.powerpoint.record.canonical import ShapeValues
from reports.powerpoint.record.carriers import read_record
from reports.powerpoint.record.record import DeckRecord, open_deck
from reports.refresh.matched import find_slides
from reports.refresh.outcomes import Refreshed
from reports.refresh.refresh import refresh_deck
from reports.refresh.shapes import find_shapes, placed, same_place, same_value
from tests.decks import BRAND, document, figure, heading, money, notes, paragraph, place, points, salaries, words

CHANGES = ("numbers", "rows", "story", "all")
"""What may be otherwise in the second deck."""


class Data(Struct, frozen=True):
    """What the talk is about."""

    pay: int = 120_000
    share: str = "85%"
    rose: str = "12.4%"
    rows: tuple[tuple[str, int], ...] = (
        ("Engineer", 120_000),
        ("Analyst", 110_000),
        ("Clerk", 90_000),
        ("Nurse", 95_000),
    )
    edition: str = "7f3a9c1"
    reworded: bool = False
    """Whether headings say it otherwise, a slide is new and one is gone."""


_MORE = (("Engineer", 125_000), ("Analyst", 111_000), ("Clerk", 90_000), ("Nurse", 99_000))
_OTHERS = (("Engineer", 120_000), ("Analyst", 110_000), ("Driver", 80_000), ("Nurse", 95_000), ("Cook", 70_000))
_ALL = (("Engineer", 126_000), ("Driver", 81_000), ("Analyst", 112_000), ("Nurse", 97_000))
DATA = {
    "": Data(),
    "numbers": Data(125_000, "87%", "13.1%", _MORE, "a000001"),
    "rows": Data(rows=_OTHERS, edition="a000002"),
    "story": Data(edition="a000003", reworded=True),
    "all": Data(126_000, "88%", "13.9%", _ALL, "a000004", reworded=True),
}


def dots(table: Table) -> Figure:
    """A chart that PowerPoint cannot draw, and that is a picture therefore."""
    shown = Chart("dots", table, "table", "job", ("pay",), ("Engineer",), "Average pay, US dollars")
    return Figure(id="dots", place=place(), chart=shown, title=words("Pay by points"))


def talk(data: Data = DATA[""]) -> Document:
    """A talk with a slide of each kind that people edit."""
    table = salaries(data.rows)
    jobs = TableBlock(
        id="all-jobs",
        place=place(40),
        title=words("All jobs"),
        columns=(words("Job"), words("Pay"), words("Places")),
        rows=tuple((words(job), (money(pay),), words(str(len(job)))) for job, pay in data.rows),
        aligns=("left", "right", "right"),
        table=table,
    )
    new = (
        heading("A slide of this year", name="this-year"),
        points("New this year", f"Up by {data.rose}"),
        notes("New."),
    )
    old = (heading("Old news", name="old-news"), points("Said for the last time", "It was a good year"))
    return document(
        notes("Welcome to all."),
        heading("Three numbers to remember", name="three"),
        KeyFigures(
            id="key",
            place=place(),
            items=(
                KeyFigure((money(data.pay),), words("average pay")),
                KeyFigure(words(data.share), words("are satisfied with their work")),
                KeyFigure(words("2×"), words("as many jobs")),
            ),
        ),
        notes(f"Say them slowly. Pay is {data.pay:,} dollars.", "Then wait."),
        heading("Pay is good, and rising", 1, "pay", kicker="Pay"),
        paragraph("What engineers earn, and why."),
        figure(f"Engineers earn ${data.pay:,}", table=table),
        notes("Look at the first bar."),
        *(new if data.reworded else ()),
        heading("What we see this year" if data.reworded else "What we found", name="found" + "-2" * data.reworded),
        points(
            f"Pay rose by {data.rose} in a year",
            f"Of all, {data.share} are satisfied with their work",
            "Most jobs are in three cities",
        ),
        notes("Ask who has seen this before."),
        heading("Read with care", name="care"),
        paragraph("Averages hide much of what they are about."),
        Callout(id="callout", place=place(), content=(paragraph(f"Half earn less than ${data.pay:,}."),)),
        heading("All jobs at a glance", name="glance"),
        jobs,
        dots(table),
        *(() if data.reworded else old),
        Quote(id="quote", place=place(), content=words("Research becomes useful."), attribution=words("A reader")),
        heading("Side by side", name="side"),
        Columns(
            id="columns",
            place=place(),
            columns=((points("One", f"Two of {data.share}"),), (figure("Beside it", "beside", table),)),
        ),
        heading("What to do next", name="what-next"),
        NextSteps(id="next", place=place(), title=(Text("Next steps"),), content=(points("Write", "Ask", ordered=True),)),
        subtitle=words("What they are, and what they pay"),
        kicker="Career guide",
        publisher="Test University Career Center",
        website="https://careers.test/two",
        published="2026-11",
        edition=data.edition,
        tables=(table,),
    )  # fmt: skip


@cache
def deck(change: str = "") -> bytes:
    """The talk as a file, with one of the changes of data."""
    return write_deck(talk(DATA[change]), BRAND)


def record(content: bytes) -> DeckRecord:
    """The record that a deck carries."""
    opened = open_deck(Package(content))
    found = read_record(opened.whole, opened.presentation)
    assert found is not None
    return found


Shape = tuple[str, str]
"""Key of a slide, name of a shape on it; "" for all of them, "notes" for what the speaker says."""


def values_in(content: bytes, of: DeckRecord) -> dict[Shape, ShapeValues]:
    """The generated shapes that are in a file, found as a refresh finds them."""
    opened = open_deck(Package(content))
    found = find_slides(opened.deck.slides, of.slides)
    records = of.by_key()
    return {
        (key, name): its.values
        for key, slide in found.slides.items()
        for name, its in find_shapes(records[key], placed(slide, opened.part(slide))).found.items()
    }


def stale(edited: bytes, generated: bytes, touched: Iterable[Shape]) -> list[str]:
    """What is not as it is generated now though no person touched it, and what a person touched that is stale and not
    told; empty where a refresh did its work."""
    done = refresh_deck(edited, generated)
    return [*not_new(done, generated, touched), *untold(done, edited, generated, touched)]


def not_new(done: Refreshed, generated: bytes, touched: Iterable[Shape]) -> list[str]:
    """Generated shapes that nobody touched and that do not have their new values."""
    kept = set(touched)
    new = record(generated)
    here = values_in(done.content, new)
    wrong: list[str] = []
    for slide in new.slides:
        for name, values in slide.shapes.items():
            if {(slide.key, name), (slide.key, "")} & kept or values.mark == "sldNum":
                continue
            mine = here.get((slide.key, name))
            if mine is None:
                wrong.append(f"{slide.key}/{name} is missing")
            elif not same_value(mine, values):
                wrong.append(f"{slide.key}/{name} says {mine.text or mine.cells or mine.files}")
            elif not same_place(mine, values):
                wrong.append(f"{slide.key}/{name} stands at {mine.place}, not at {values.place}")
    return wrong


def untold(done: Refreshed, edited: bytes, generated: bytes, touched: Iterable[Shape]) -> list[str]:
    """Shapes that a person touched, that are generated otherwise now, are as they were, and are not told."""
    old, new = record(edited), record(generated)
    told = {(one.key, one.shape) for one in done.outcomes if one.verdict not in ("updated",)}
    told |= {(one.key, "") for one in done.outcomes if not one.shape}
    here = values_in(done.content, new)
    wrong: list[str] = []
    before = old.by_key()
    for slide in new.slides:
        if slide.key not in before:
            continue
        for name, values in slide.shapes.items():
            was = before[slide.key].shapes.get(name)
            if was is None or same_value(was, values) or values.mark == "sldNum":
                continue
            mine = here.get((slide.key, name))
            new_there = mine is not None and same_value(mine, values)
            if not new_there and not {(slide.key, name), (slide.key, "")} & told:
                wrong.append(f"{slide.key}/{name} is stale and untold")
    return wrong
