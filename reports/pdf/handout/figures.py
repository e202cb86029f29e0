"""Charts, key figures, tables and sources of a handout, as parts that may grow."""

from __future__ import annotations

from msgspec.structs import replace

from data.errors import ProjectError
from data.language.words import words
from reports.document.blocks import AboutData, Figure, Image, KeyFigures, TableBlock
from reports.document.captions import caption
from reports.document.inlines import Inlines, Strong, Text, plain
from reports.document.qr import drawable
from reports.document.resolution import printed_size
from reports.document.sources import about, colon, origin_line, source_line
from reports.document.tree import values_of
from reports.pdf.boxes.table_box import TableBox, TableRow, column_widths
from reports.pdf.boxes.table_cells import set_whole, too_narrow
from reports.pdf.handout.kit import RULE, Kit, column_lefts
from reports.pdf.handout.look import GUTTER
from reports.pdf.handout.parts import EMPTY, Part, beside, inset, stack, tagged, text
from reports.pdf.tagged.box import height_of
from reports.pdf.tagged.picture import Picture
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import passage, words_in

_LEAST_KEY_FIGURE = 17.0

_MOST_KEY_FIGURES = 5

_NARROW_GUTTER = 18.0

_PICTURE = 220.0
"""Points of height, the most for a picture."""
_MOST = 1.6
"""A drawing may grow to this many times its natural height, to fill a page or to end with its neighbour."""


def figure(block: Figure, width: float, kit: Kit) -> list[Part]:
    """Claim with the measure below it, drawing, source."""
    look = kit.look
    head = _claim(block.title, kit.levels[block.id], width, kit)
    if block.chart.measure_line:
        measure = kit.text(block.chart.measure_line, look.measure, width)
        head = stack([head, measure]) if block.title else measure
    natural = kit.drawing(block, width).height
    least = kit.drawing(block, width, round(look.squeeze * natural, 2)).height
    # the table's title would only say again what claim and measure say
    source = caption(block, 0, block.caption if block.captioned else (), kit.language)

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        drawing = kit.drawing(block, width, round(height, 2))
        with canvas.figure(drawing.alt, x, top - drawing.height, width, drawing.height):
            drawing.on_canvas(canvas, x, top - drawing.height)

    return [
        replace(head, kind="claim"),
        Part(least, draw_it, "drawing", gap=0.6 * look.step.size, growth=max(0.0, _MOST * natural - least)),
        replace(source_part(source, width, kit), kind="source", gap=0.45 * look.step.size),
    ]


def image(block: Image, width: float, kit: Kit) -> list[Part]:
    """A picture over the width of its column, with its caption."""
    wide, high = printed_size(block, width, _PICTURE)
    alt = plain(block.alt, kit.language)

    def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        Picture(drawable(block.file)).draw(canvas, alt, x, top - high, wide, high)

    shown = Part(high, draw_it, "drawing")
    if not block.caption:
        return [shown]
    caption = source_part(block.caption, width, kit)
    return [shown, replace(caption, kind="source", gap=0.45 * kit.look.step.size)]


def _claim(title: Inlines, tag: str, width: float, kit: Kit) -> Part:
    return kit.text(title, kit.look.claim, width, tag) if title else EMPTY


def key_figures(block: KeyFigures, width: float, kit: Kit) -> Part:
    """Figures over their labels in equal columns, between hairlines.

    Raises ProjectError when there are too many, or one is too wide even at the least size.
    """
    look, colours, count = kit.look, kit.brand.colours, len(block.items)
    if count > _MOST_KEY_FIGURES:
        raise ProjectError.at(
            block.place,
            f"there are {count} key figures, and a handout has room for {_MOST_KEY_FIGURES} side by side.",
            f"Keep the {_MOST_KEY_FIGURES} that matter most.",
        )
    gutter = GUTTER if count <= 4 else _NARROW_GUTTER
    lefts, each = column_lefts(count, width, gutter)
    style = look.key_figure
    figures = [passage(item.figure, style, kit.setting) for item in block.items]
    widest = max(figure.natural_width for figure in figures)
    if widest > each:
        size = int(style.size * each / widest * 4) / 4
        if size < _LEAST_KEY_FIGURE:
            at = next(item.figure for item, made in zip(block.items, figures) if made.natural_width == widest)
            over = widest * _LEAST_KEY_FIGURE / style.size - each
            raise ProjectError.at(
                block.place,
                f"the key figure '{plain(at, kit.language)}' is {over:.0f} points wider than its column,"
                f" set as small as {_LEAST_KEY_FIGURE:.0f} points.",
                "Show it shorter, as in {{ value | label }}, or take out another key figure.",
            )
        style = replace(style, size=size, leading=round(size * style.leading / style.size * 4) / 4)
        figures = [passage(item.figure, style, kit.setting) for item in block.items]
    cells = [
        tagged(
            tagged(stack([text(figure, each), replace(kit.text(item.label, look.key_label, each), gap=1.0)]), "LBody"),
            "LI",
        )
        for figure, item in zip(figures, block.items)
    ]
    pad = 0.75 * look.padding

    def rules(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setLineWidth(RULE)
        canvas.setStrokeColor(colours.muted)
        canvas.line(x, top, x + width, top)
        canvas.setStrokeColor(colours.hairline)
        canvas.line(x, top - height, x + width, top - height)
        for left in lefts[1:]:
            canvas.line(x + left - gutter / 2, top, x + left - gutter / 2, top - height)

    row = inset(beside([[cell] for cell in cells], lefts), 0.0, pad - 4.0, pad + 1.0, rules)
    return tagged(row, "L", attributes={"O": "List", "ListNumbering": "None"})


def table(block: TableBlock, width: float, kit: Kit) -> list[Part]:
    """Claim, rows between hairlines, source; of many rows some may stand on the next side, below the head again.

    Raises ProjectError for a table without rows, which would be read out as a broken one.
    """
    if not block.rows:
        raise ProjectError.at(block.place, "the table has no rows.", "Loosen its filter, or take it out.")
    look, colours = kit.look, kit.brand.colours
    padding = 0.28 * look.step.size
    between = 1.2 * look.step.size

    right = [align == "right" for align in block.aligns]
    cells, least = set_whole(block.columns, block.rows, right, (look.cell_head, look.cell), kit.setting, between, width)
    if least is None:
        raise ProjectError(too_narrow(cells, width, block.columns, kit.language, block.place))
    widths = column_widths(cells.natural, least, width - between * (len(right) - 1), right)
    lefts = [sum(widths[:index]) + between * index for index in range(len(widths))]
    rows, _ = cells.fitted(widths)
    goes_on = ", ".join(filter(None, (plain(block.title, kit.language), words(kit.language)["continued"])))
    box = TableBox(
        caption=None,
        head=TableRow(tuple(head.fit(own) for head, own in zip(cells.heads, widths))),
        rows=rows,
        lefts=tuple(lefts),
        width=width,
        row_heads=not right[0] and len(right) > 1,
        ink=colours.ink,
        hairline=colours.hairline,
        continued=words_in(goes_on, look.measure, kit.setting).fit(width),
        padding=padding,
    )
    end = len(box.pieces)

    def rows_of(first: int, last: int) -> Part:
        def draw_it(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
            box.draw(canvas, x, top, first, last)

        return Part(height_of(box.pieces, first, last), draw_it)

    def halves(place: int) -> tuple[Part, Part]:
        return rows_of(0, place), rows_of(place, end)

    claim = _claim(block.title, kit.levels[block.id], width, kit)
    source = (
        EMPTY
        if block.table is None
        else source_part(source_line(block.table, kit.language, values_of((block,))), width, kit)
    )
    return [
        replace(claim, kind="claim"),
        replace(
            rows_of(0, end),
            gap=0.2 * look.step.size if block.title else 0.0,
            places=tuple(place for place in range(1, end) if not box.pieces[place].kept),
            halves=halves,
        ),
        replace(source, gap=0.45 * look.step.size if block.table is not None else 0.0),
    ]


def source_part(line: Inlines | str, width: float, kit: Kit) -> Part:
    """A line below a chart or table that says where it comes from."""
    return kit.text(line, kit.look.source, width)


def about_data(block: AboutData, width: float, kit: Kit) -> list[Part]:
    """Each table with its source, date and known weaknesses, in small type."""
    ours, style = words(kit.language), kit.look.source
    parts: list[Part] = []
    for table in block.tables:
        told = about(table, block.contradictions, kit.language)
        said = f". {origin_line(table, kit.language)} {ours['known weaknesses']}{colon(kit.language)}{told.weaknesses}."
        line = kit.text((Strong((Text(table.title),)), Text(said)), style, width)
        parts.append(replace(line, gap=0.3 * style.size))
    return parts
