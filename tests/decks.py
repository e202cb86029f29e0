"""Documents for tests of decks, and what can be read from the files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from pptx import Presentation
from pptx.oxml.ns import qn

from charts.chart import Chart
from data.errors import Place
from data.look.brand import Brand
from data.tables.table import Field, Table
from data.tables.value import Cell, Measure, Value
from reports.deck.planned.plan import ChartPart, Plan, Slide, TablePart, TextPart, outline
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.words.frames import Layouts
from reports.deck.words.text import Passage, lines_of, style_of, text_height
from reports.deck.writer import write_deck
from reports.document.blocks import (
    Block,
    Callout,
    Columns,
    Document,
    Figure,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    Paragraph,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import Code, Emphasis, Inlines, LineBreak, Link, Ref, Run, Strong, Text

BRAND = Brand(contact="careers@test.test, Hall 2")
TEMPLATES = (
    "automizer-german-16x9",
    "coreoz-french-4x3",
    "finos-2021-google-16x9",
    "jmablog-dark-16x9",
    "officer-duplicate-placeholders",
    "officer-template-4x3",
    "uic-biostat-4x3",
)
HOSTILE = "<b>bold</b> &amp; R&D <5 ]]> <a:t/> <!-- --> {{ x }} _x000D_ \U0001f600 \\n"
LONG_WORD = "Donaudampfschifffahrtsgesellschaft" * 300


# -- documents ---------------------------------------------------------------------


def words(text: str) -> Inlines:
    return (Text(text),)


def place(line: int = 1) -> Place:
    return Place("story/deck.md", line)


def paragraph(text: str | Inlines, name: str = "p") -> Paragraph:
    return Paragraph(id=name, place=place(), content=words(text) if isinstance(text, str) else text)


def heading(
    text: str, level: int = 2, name: str = "", kicker: str = "", backup: bool = False, line: int = 1
) -> Heading:
    return Heading(
        id=name or text.lower().replace(" ", "-")[:30],
        place=place(line),
        level=level,
        content=words(text),
        kicker=words(kicker) if kicker else (),
        backup=backup,
    )


def points(*texts: str, ordered: bool = False, start: int = 1) -> ItemList:
    items = tuple((paragraph(text),) for text in texts)
    return ItemList(id="list", place=place(), items=items, ordered=ordered, start=start)


def notes(*texts: str) -> Notes:
    return Notes(id="notes", place=place(), content=tuple(paragraph(text) for text in texts))


def salaries(rows: Sequence[tuple[str, int]] = (("Engineer", 120000), ("Analyst", 110000), ("Clerk", 90000))) -> Table:
    return Table(
        name="salaries",
        fields=(
            Field("job", "Job", Measure("text"), key=True),
            Field("pay", "Average pay", Measure("money", "USD", 0)),
        ),
        columns={"job": tuple(job for job, _ in rows), "pay": tuple(Decimal(pay) for _, pay in rows)},
        lines=tuple(range(2, 2 + len(rows))),
        file="tables/salaries.csv",
        title="Average pay by job",
        source="A survey",
        as_of="2024",
        notes=("small sample",),
    )


def chart(table: Table | None = None) -> Chart:
    shown = table or salaries()
    first = str(shown.columns["job"][0])
    return Chart("salaries", shown, "bar", "job", ("pay",), (first,), "Average pay, US dollars")


def figure(title: str = "Engineers earn the most", name: str = "salaries", table: Table | None = None) -> Figure:
    return Figure(id=name, place=place(), chart=chart(table), title=words(title))


def money(amount: int) -> Run:
    return Run(Value(Decimal(amount), Measure("money", "USD", 0), (Cell("salaries", "pay", "tables/salaries.csv", 2),)))


def table_block(rows: int, title: str = "All jobs", cell: str = "Job {row}") -> TableBlock:
    return TableBlock(
        id="all-jobs",
        place=place(40),
        title=words(title),
        columns=(words("Job"), words("Pay")),
        rows=tuple((words(cell.format(row=row)), (money(1000 * row),)) for row in range(1, rows + 1)),
        aligns=("left", "right"),
    )


def question(text: str, answer: str) -> Question:
    return Question(id="question", place=place(), question=words(text), answer=(paragraph(answer),))


def document(*blocks: Block, **settings: Any) -> Document:
    given: dict[str, Any] = {"title": "Two jobs", "language": "en-US", "edition": "7f3a9c1"} | settings
    return Document(blocks=blocks, **given)


def everything() -> Document:
    """One of each: every block, every inline, every way in which a slide comes to be."""
    rich: Inlines = (
        Text("A "),
        Strong((Text("bold "), money(120000))),
        Text(", an "),
        Emphasis((Text("italic"),)),
        Text(", a "),
        Code("name"),
        LineBreak(),
        Link("https://test.test/a?b=1&c=2", (Text("our pages"),)),
        Text(" and "),
        Ref("salaries"),
    )
    return document(
        notes("Welcome."),
        heading("Three numbers to remember"),
        KeyFigures(
            id="key",
            place=place(),
            items=(
                KeyFigure((money(120000),), words("average pay")),
                KeyFigure(words("85%"), words("are satisfied with their work, and would choose it again")),
                KeyFigure(words("2×"), words("as many jobs")),
            ),
        ),
        notes("Say them slowly."),
        heading("Pay is good, and rising", 1, "pay", kicker="Pay"),
        paragraph("What engineers earn, and why."),
        notes("We begin with pay."),
        figure(),
        notes("Look at the first bar."),
        figure("The gap is small", "gap"),
        paragraph("The first and the second are close."),
        points("One remark", "Another remark"),
        heading("Text of every kind"),
        paragraph(rich, "rich"),
        points("First", "Second", ordered=True),
        Callout(id="callout", place=place(), content=(paragraph("Read with care."),)),
        heading("All jobs at a glance"),
        table_block(4),
        Quote(id="quote", place=place(), content=words("Research becomes useful."), attribution=words("A reader")),
        PullQuote(id="pulled", place=place(), content=words("What counts is what is done with it.")),
        Myth(id="myth", place=place(), myth=words("They work alone."), facts=(points("They do not.", "Ask them."),)),
        heading("Side by side"),
        Columns(
            id="columns",
            place=place(),
            columns=((heading("Left", 3, "left"), points("One", "Two")), (figure("Beside it", "beside"),)),
        ),
        heading("Three of them"),
        Columns(id="three", place=place(), columns=tuple((paragraph(f"Column {i}"),) for i in (1, 2, 3))),
        heading("What to do next"),
        NextSteps(id="next", place=place(), title=words("Next steps"), content=(points("Write", "Ask", ordered=True),)),
        heading("Questions people ask", 1, "questions", backup=True),
        question("Which degree do you need?", "A bachelor’s degree, mostly."),
        question("Who hires?", "Firms, schools and offices. " * 3),
        subtitle=words("What they are, and what they pay"),
        kicker="Career guide",
        publisher="Test University Career Center",
        website="https://careers.test/two",
        published="2026-11",
        caveat="Example: not verified",
        tables=(salaries(),),
    )


# -- plans and files -----------------------------------------------------------------


@cache
def layouts() -> Layouts:
    return open_template(Brand()).layouts


def plan_of(doc: Document, brand: Brand = BRAND) -> Plan:
    return plan_slides(doc, layouts(), brand)


def planned(*blocks: Block, **settings: Any) -> tuple[Slide, ...]:
    """The slides of some blocks, without the title slide and the sources."""
    plan = plan_of(document(*blocks, **settings))
    return tuple(slide for slide in plan.slides if slide.id != "title" and not slide.id.startswith("about-data"))


def titles(slides: Sequence[Slide]) -> list[str]:
    return [slide.title_text for slide in slides]


def shown(slide: Slide) -> str:
    """What a slide says, part by part."""
    lines: list[str] = []
    for part in slide.parts:
        if isinstance(part, TextPart):
            lines.extend(passage.text for passage in part.passages)
        elif isinstance(part, TablePart):
            lines.extend(" | ".join("".join(s.text for s in cell) for cell in row) for row in part.rows)
        elif isinstance(part, ChartPart):
            lines.append(f"chart {part.chart.id}")
    return "\n".join(lines)


def text_plan(doc: Document) -> str:
    return outline(plan_of(doc))


def overflowing(plan: Plan) -> Iterator[str]:
    """Text that is higher or wider than its place, by our own measure."""
    for slide in plan.slides:
        frame = slide.layout.title
        title = Passage(slide.title)
        lines = lines_of(title, style_of(title, frame, slide.title_size), frame.width)
        if len(lines) > 2 or text_height([title], frame, slide.title_size) > frame.height + 0.1:
            yield f"title of {slide.id}"
        texts = [part for part in slide.parts if isinstance(part, TextPart)]
        for part in [*texts, *([slide.foot] if slide.foot else [])]:
            if text_height(part.passages, part.frame, part.size) > part.frame.height + 0.1:
                yield f"{part.slot} of {slide.id}"
        for part in slide.parts:
            if isinstance(part, TablePart) and sum(part.heights) > part.box.height + 0.1:
                yield f"table of {slide.id}"
            if isinstance(part, TablePart) and sum(part.widths) > part.box.width + 0.1:
                yield f"width of the table of {slide.id}"


@cache
def everything_file() -> bytes:
    return write_deck(everything(), BRAND)


def opened(content: bytes) -> Any:
    return Presentation(BytesIO(content))


def all_text(content: bytes) -> str:
    """Every letter on the slides, paragraph by paragraph."""
    return "\n".join(
        "".join(run.text or "" for run in paragraph.iter(qn("a:t")))
        for slide in opened(content).slides
        for paragraph in slide._element.iter(qn("a:p"))
    )


def with_template(shared: Path, name: str) -> Brand:
    return replace(BRAND, template=shared / "data" / "pptx-templates" / f"{name}.pptx")


def audit(content: bytes, folder: Path) -> list[str]:
    """What openxml-audit, an independent reading of the Open XML SDK's rules, finds in a file."""
    from openxml_audit import validate_pptx

    path = folder / "deck.pptx"
    path.write_bytes(content)
    return [str(error) for error in validate_pptx(path).errors]
