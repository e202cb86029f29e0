"""Tiny pages and large documents for tests of PDF files, and what can be read from the files."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf

from charts.chart import Chart
from charts.lettering import register_font
from data.errors import Place
from data.look.brand import Brand
from data.tables.table import Field, Table
from data.tables.value import Measure
from reports.document.blocks import (
    AboutData,
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
from reports.document.inlines import Emphasis, Inlines, Link, Ref, Run, Strong, Text
from reports.document.numbering import labels, numbered
from reports.pdf.report.compose import Composer
from reports.pdf.styles import PAPERS, styles
from reports.pdf.tagged.box import Flowable, draw_whole
from reports.pdf.tagged.metadata import Metadata
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import words_in
from reports.pdf.text.spans import setting_of

BRAND = Brand()
PLACE = Place("story/report.md", 7)
HOSTILE = "<b>bold</b> &amp; R&D <5 ]]> <a href='x'> <!-- --> {{ x }} </p> \\n %PDF (paren) \\) endobj"

Tool = Callable[[str], str]

# -- documents ---------------------------------------------------------------


class Ids:
    """A fresh id and place for each block."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> dict[str, Any]:
        self.count += 1
        return {"id": f"block-{self.count}", "place": PLACE}


def words(text: str) -> Inlines:
    return (Text(text),)


LOREM = (
    "Ordinary software does what its authors wrote down, but a model gets better with experience instead, and so the"
    " people who build such models adjust them until they handle hard tasks well. "
)


def pay(rows: int = 3) -> Table:
    names = ("Engineer", "Analyst", "Scientist", *(f"Role number {i}" for i in range(4, rows + 1)))[:rows]
    fields = (
        Field("job", "Job", Measure("text"), key=True),
        Field("salary", "Salary", Measure("money", "USD")),
    )
    columns: dict[str, tuple[Any, ...]] = {
        "job": names,
        "salary": tuple(Decimal(120_000 - 137 * i) for i in range(rows)),
    }
    return Table("pay", fields, columns, tuple(range(2, rows + 2)), "tables/pay.csv", "Pay by job", "A survey", "2024")


def bar_chart(rows: int = 3) -> Chart:
    return Chart("pay", pay(rows), "bar", "job", ("salary",), ("Engineer",), "Average salary, US dollars")


def data_table(rows: int, ids: Ids) -> TableBlock:
    table = pay(rows)
    cells = tuple((words(row.key), (Run(row["salary"]),)) for row in table)
    titles = (words("Job"), words("Salary"))
    return TableBlock(**ids(), title=words("Pay"), columns=titles, rows=cells, aligns=("left", "right"), table=table)


def every_block(ids: Ids) -> list[Block]:
    """One block of each kind."""

    def p(text: str = LOREM) -> Paragraph:
        return Paragraph(**ids(), content=words(text))

    figure = Figure(**ids(), chart=bar_chart(), title=words("Engineers earn more"), caption=words("Pay by job"))
    nested = ItemList(**ids(), items=((p("Inner one"),), (p("Inner two"),)), ordered=True)
    return [
        Heading(**ids(), level=1, content=words("A claim that opens a section"), kicker=words("Pay")),
        Paragraph(
            **ids(),
            content=(
                Text(LOREM),
                Strong((Text("strong and "), Emphasis((Text("both"),)))),
                Link("https://example.org/a?b=1&c=2", words(" a link over the end of a line, it is that long ")),
                Text("see "),
                Ref(figure.id),
            ),
        ),
        figure,
        Heading(**ids(), level=2, content=words("A topic")),
        data_table(4, ids),
        ItemList(**ids(), items=((p("Outer one"), nested), (p(LOREM * 2),))),
        KeyFigures(**ids(), items=tuple(KeyFigure(words(f"${i}20,000"), words("on average")) for i in range(4))),
        Quote(**ids(), content=words("It makes research useful."), attribution=words("An engineer")),
        PullQuote(**ids(), content=words("What counts is what is done with it.")),
        Myth(**ids(), myth=words("All they do is design."), facts=(ItemList(**ids(), items=((p(),), (p(),))),)),
        Question(**ids(), question=words("Which degree do I need?"), answer=(p(), p())),
        Callout(**ids(), content=(p(),)),
        Notes(**ids(), content=(p("Spoken, not printed."),)),
        Columns(**ids(), columns=((p(),), (p(), p("Short.")))),
        NextSteps(**ids(), title=words("What to do"), content=(ItemList(**ids(), items=((p("Go."),),), ordered=True),)),
        AboutData(**ids(), tables=(pay(),)),
    ]


def document(blocks: Sequence[Block], **changes: Any) -> Document:
    given: dict[str, Any] = {
        "title": "Two jobs",
        "subtitle": words("What they pay"),
        "kicker": "Career guide",
        "language": "en-US",
        "publisher": "Example University Career Center",
        "website": "https://example.edu/jobs",
        "published": "2026-11",
        "caveat": "Example figures",
        "edition": "7f3a9c1",
        "blocks": tuple(blocks),
    }
    return numbered(Document(**(given | changes)))


def stress(sections: int) -> Document:
    """About six pages for each section: tables over pages, lists in lists, links, charts."""
    ids = Ids()
    blocks: list[Block] = []
    for section in range(sections):
        blocks.extend(every_block(ids))
        blocks.extend(Paragraph(**ids(), content=words(LOREM * (1 + i % 5))) for i in range(12))
        blocks.append(Heading(**ids(), level=2, content=words(f"A long table, number {section}")))
        blocks.append(data_table(45 + section, ids))
        deep: Block = Paragraph(**ids(), content=words(LOREM * 3))
        for depth in range(4):
            item = (Paragraph(**ids(), content=words(LOREM)), deep)
            deep = ItemList(**ids(), items=(item, item[:1]), ordered=depth % 2 == 0, start=98)
        blocks.append(deep)
    return document(blocks)


# -- pages -------------------------------------------------------------------


def canvas() -> TaggedCanvas:
    return TaggedCanvas(PAPERS["letter"], register_font(BRAND.fonts.text.regular))


def finished(drawn: TaggedCanvas, title: str = "A page") -> bytes:
    return drawn.finish(Metadata(title, "en-US", "Somebody"))


def tiny_page(*blocks: Block, width: float = 438.0) -> bytes:
    """A page that holds only these blocks, with the document's title above them."""
    made = document(blocks)
    composer = Composer(made.blocks, BRAND, styles(BRAND), setting_of(BRAND, "en-US", labels(made)), width, 630.0)
    flow, _ = composer.flow(made.blocks)
    drawn = canvas()
    y = 750.0 - _title(drawn)
    for flowing in flow:
        y -= draw_whole(flowing.box, drawn, 95.0, y) + 15
    return finished(drawn)


def _title(drawn: TaggedCanvas) -> float:
    made = styles(BRAND)
    title = words_in("A page", made.topic, setting_of(BRAND, "en-US", {}), "H1").fit(438)
    return draw_whole(title, drawn, 95.0, 770.0)


def drawn_in_pieces(box: Flowable) -> bytes:
    """A box with each of its pieces on a page of its own, the document's title above the first."""
    drawn = canvas()
    _title(drawn)
    for number in range(len(box.pieces)):
        box.draw(drawn, 95.0, 700.0, number, number + 1)
        drawn.showPage()
    return finished(drawn)


# -- reading -----------------------------------------------------------------


def tree(pdf: bytes) -> str:
    """The structure of a PDF: one element a line, indented by depth."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        root: Any = opened.Root.StructTreeRoot
        return "\n".join(_lines(root.K, 0))


def _lines(element: Any, depth: int) -> Iterator[str]:
    yield "  " * depth + str(element.S)[1:]
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, (pikepdf.Array, list)) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from _lines(kid, depth + 1)


def failures(pdf: bytes) -> list[str]:
    """What page-validation finds wrong."""
    report = page.validate_pdf_bytes(pdf, profile=page.ValidationProfile.PDF_UA_1)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def text_of(pdf: bytes, tool: Tool, *options: str) -> str:
    found = subprocess.run([tool("pdftotext"), *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def page_texts(pdf: bytes, tool: Tool) -> list[str]:
    return text_of(pdf, tool, "-layout").split("\f")[:-1]


def save(pdf: bytes, path: Path) -> None:
    path.write_bytes(pdf)
