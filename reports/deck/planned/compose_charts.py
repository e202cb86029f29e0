"""Charts and tables on slides, each with its measure and its source."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from charts.cut import part_of
from charts.drawn.continued import continued
from charts.drawn.drawing import Drawing, draw
from charts.kinds.registry import KINDS
from data.errors import Problem, ProjectError
from data.look.brand import Brand
from data.look.colour import contrast
from data.look.readable import readable
from reports.deck.planned.compose_text import rest_slides, text_slides
from reports.deck.planned.difference import difference_of
from reports.deck.planned.plan import ChartPart, PanelPart, Slide, SlideElement, TablePart
from reports.deck.planned.scene import Deck, Scene, body_size, emphasised, grown_size, joined, moved, part, slide, steps
from reports.deck.words.frames import TEXT_MINIMUM, Layout, Role, TextFrame
from reports.deck.words.tables import Cell, set_table
from reports.deck.words.text import Passage, TextRun, largest, text_height, too_wide
from reports.document.blocks import AboutData, Figure, TableBlock
from reports.document.sources import COLUMNS, about, colon
from reports.powerpoint.box import Box

_SAID_AT_MOST = 2
"""How often a table says that nothing is stated, before a dash says it and a line above explains that."""
_DASH = "–"
_GAP = 14.0
"""Between a chart or table and the line above it. This and the next lengths: on a slide 540 pt high."""

CAPTION = 20.0
"""Size of the line above a chart, where the template has no place for it: larger than any label in it."""

_CALLOUT_INSET = 14.0
"""From the edge of a panel beside a chart to its text."""
_LIGHT = 1.5
"""Contrast with white of a ground on which all that can be drawn on paper can be drawn."""

_CHART_MINIMUM = 130.0
"""Least height of a chart."""

_BESIDE = 16.0
"""Least size of text beside a chart."""

_FEW_ROWS = 6
"""Rows of a chart that any slide has room for."""

_MOST_SLIDES = 4
"""Over which a chart goes on: nobody follows one over more."""

_FILLED = (1.0, 0.95, 0.9, 0.85)
"""Of all its slides, how much such a chart may fill, to try."""

_PITCH = 100.0
"""Most from bar to bar, where they are few."""

_PANEL = 7.0
"""Paper around a chart, on a background that is not paper."""


def caption_of(deck: Deck, scene: Scene, figure: Figure, which: str = "") -> tuple[Passage, ...]:
    """What is measured; before it the chart's claim, where the slide's title says something else.

    `which` says which part it is of a chart that goes on over slides, such as "1 of 2".
    """
    found: list[Passage] = []
    if deck.reader.line(figure.title) and deck.reader.line(figure.title) != joined(scene.title):
        found.append(Passage(deck.reader.spans(figure.title, TextRun("", bold=True))))
    if line := "; ".join(filter(None, (figure.chart.measure_line, which))):
        found.append(Passage((TextRun(line),), muted=bool(found)))
    return tuple(found)


def captioned(
    deck: Deck, slot: str, frame: TextFrame, caption: Sequence[Passage], area: Box
) -> tuple[list[SlideElement], Box]:
    """A line of text, and the box below it that is left of the area."""
    if not caption:
        return [], area
    top = min(frame.box.top, area.top)
    size = min(grown_size(deck, frame.style(0).size, TEXT_MINIMUM), CAPTION * deck.scale)
    place = moved(frame, top, text_height(caption, frame, size))
    start = place.box.bottom + _GAP * deck.scale
    return [part(slot, place, caption, size)], Box(area.left, start, area.width, area.bottom - start)


def figure_slides(
    deck: Deck, scene: Scene, figure: Figure, opening: Sequence[Passage], text: Sequence[Passage]
) -> list[Slide]:
    """A chart beside its text, where that is short and the chart has room there; else over whole slides, between what
    is said before it and after it."""
    together = _beside(deck, scene, figure, [*opening, *text])
    if together:
        return [together]
    before = text_slides(deck, replace(scene, callouts=()), opening) if opening else []
    if opening and (together := _beside(deck, scene, figure, text)):
        return [*before, together]
    after = rest_slides(deck, scene, text)
    if not (before or after) and (shown := _with_figure(deck, scene, figure)):
        return [shown]
    layout = deck.layouts["Chart"]
    measure = layout.slots["Measure"]
    whole = _drawn(deck, scene, figure, layout, measure, layout.area)
    parts = [drawing for shown in whole if isinstance(shown, ChartPart) for drawing in _parts(deck, shown, layout)]
    which = [part_of(number, len(parts), deck.reader.language) for number in range(1, len(parts) + 1)]
    drawn = [
        _drawn(deck, scene, figure, layout, measure, layout.area, drawing, said)
        for drawing, said in zip(parts, which, strict=True)
    ]
    return [*before, *(slide(deck, scene, "Chart", one) for one in drawn or [whole]), *after]


def _beside(deck: Deck, scene: Scene, figure: Figure, text: Sequence[Passage]) -> Slide | None:
    """A chart and what is said of it on one slide; None where nothing is, or where they have no room."""
    callouts = deck.reader.passages(scene.callouts)
    if not text and not callouts:
        return None
    role: Role = "Chart and text" if deck.layouts.get("Chart and text") else "Two columns"
    layout = deck.layouts[role]
    frame = layout.slots["Body" if role == "Chart and text" else "Right"]
    measure = layout.slots["Measure" if role == "Chart and text" else "Left"]
    area = layout.area if role == "Chart and text" else measure.box
    texts = _with_panel(deck, frame, text, callouts) if deck.layouts.own and callouts else None
    if texts is None:
        said = [*text, *emphasised(callouts)]
        size = largest(said, frame, [s for s in steps(deck, frame, _BESIDE) if s <= body_size(deck, frame)])
        texts = [part("Body", frame, said, size)] if size is not None else []
    held = len(deck.problems)
    drawn = _drawn(deck, scene, figure, layout, measure, area)
    if not texts or len(deck.problems) > held or not all(fits(deck, layout, shown) for shown in drawn):
        del deck.problems[held:]
        return None
    return slide(deck, scene, role, [*drawn, *texts])


def _with_panel(
    deck: Deck, frame: TextFrame, text: Sequence[Passage], callouts: Sequence[Passage]
) -> list[SlideElement] | None:
    """Text, and below it on a panel what must not be missed; None where they have no room."""
    inset, room = _CALLOUT_INSET * deck.scale, frame.box
    narrow = replace(
        frame, placeholder=None, unsaid=True, box=Box(room.left + inset, 0.0, room.width - 2 * inset, room.height)
    )
    for size in (s for s in steps(deck, frame, _BESIDE) if s <= body_size(deck, frame)):
        upper = text_height(text, frame, size) + 2 * inset if text else 0.0
        lower = text_height(callouts, narrow, size)
        if upper + lower + 2 * inset > room.height or too_wide(callouts, narrow, size) or too_wide(text, frame, size):
            continue
        panel = Box(room.left, room.top + upper, room.width, lower + 2 * inset)
        place = replace(narrow, box=Box(narrow.box.left, panel.top + inset, narrow.box.width, lower))
        above = [part("Body", frame, text, size)] if text else []
        return [*above, PanelPart("Callout panel", panel), replace(part("Callout", place, callouts), size=size)]
    return None


def _with_figure(deck: Deck, scene: Scene, figure: Figure) -> Slide | None:
    """A chart of few bars, and in the room that it leaves what it means as a number; None where there is none."""
    layout = deck.layouts.get("Chart and figure")
    said = difference_of(figure.chart, deck.reader.language) if layout else None
    if layout is None or said is None:
        return None
    texts: list[SlideElement] = []
    for slot, text in (("Name", said.name), ("Figure", said.figure), ("Label", said.than)):
        frame = layout.slots[slot]
        bold = frame.placeholder is None and frame.style(0).bold  # of a text box, which inherits nothing
        passages = [Passage((TextRun(text, bold=bold),))] if text else []
        size = largest(passages, frame, steps(deck, frame))
        if size is None:
            return None
        texts.append(part(slot, frame, passages, size))
    area = layout.area
    if figure.chart.kind == "bar":
        area = replace(area, height=min(area.height, max(2, len(figure.chart.table)) * _PITCH * deck.scale))
    held = len(deck.problems)
    drawn = _drawn(deck, scene, figure, layout, layout.slots["Measure"], area)
    if len(deck.problems) > held or not all(fits(deck, layout, shown) for shown in drawn):
        del deck.problems[held:]
        return None
    return slide(deck, scene, "Chart and figure", [*drawn, *texts])


def _drawn(
    deck: Deck,
    scene: Scene,
    figure: Figure,
    layout: Layout,
    measure: TextFrame,
    area: Box,
    drawing: Drawing | None = None,
    which: str = "",
) -> list[SlideElement]:
    above, box = captioned(deck, "Measure", measure, caption_of(deck, scene, figure, which), area)
    refuse_low(deck, figure, box)
    chart, caption = drawing.chart if drawing else figure.chart, deck.reader.line(figure.caption)
    panel = needs_panel(deck, layout, figure, box)
    return [*above, ChartPart("Chart", box, chart, layout.slots.get("Chart"), panel, caption, drawing)]


def fits(deck: Deck, layout: Layout, shown: SlideElement) -> bool:
    """Whether a chart stands in its place with labels of the least size; what is no chart does."""
    if not isinstance(shown, ChartPart):
        return True
    box, look = inside_panel(shown, deck.scale), on_layout(deck.brand, layout, shown.panel)
    size, language = TEXT_MINIMUM * deck.scale, deck.reader.language
    drawn = draw(shown.chart, look, language=language, width=box.width, height=box.height, text_size=size)
    return drawn.height <= box.height + 0.5


def _parts(deck: Deck, whole: ChartPart, layout: Layout) -> tuple[Drawing, ...]:
    """A chart that is too high for a slide, in parts for several; () where it fits, or needs too many."""
    chart, box, look = whole.chart, inside_panel(whole, deck.scale), on_layout(deck.brand, layout, whole.panel)
    if len(chart.table) <= _FEW_ROWS or not KINDS[chart.kind].fewer:
        return ()

    def drawn(height: float | None) -> Drawing:
        size, language = TEXT_MINIMUM * deck.scale, deck.reader.language
        return draw(chart, look, language=language, width=box.width, height=height, text_size=size)

    if drawn(box.height).height <= box.height + 0.5:
        return ()
    parts = continued(drawn(1.0), box.height)  # its rows as near each other as they can stand: the fewest slides
    if not 0 < len(parts) <= _MOST_SLIDES:
        return ()
    natural = drawn(None).height
    for filled in _FILLED:
        airy = continued(drawn(min(natural, filled * len(parts) * box.height)), box.height)
        if len(airy) == len(parts):
            return airy
    return parts


def on_layout(brand: Brand, layout: Layout, panel: bool) -> Brand:
    """The brand in the colours that can be seen on a layout, or on a panel of paper there."""
    colours = layout.on_paper if panel else layout.colours
    return brand if colours is None else readable(replace(brand, colours=colours))


def needs_panel(deck: Deck, layout: Layout, figure: Figure, box: Box) -> bool:
    """Whether paper is laid below a chart: where the layout has no plain ground, and where its ground leaves too little
    between itself and white for the shades that the chart's series need."""
    if layout.panel or layout.colours is None or contrast(layout.colours.paper, "#FFFFFF") < _LIGHT:
        return layout.panel
    look, size = on_layout(deck.brand, layout, panel=False), TEXT_MINIMUM * deck.scale
    try:
        draw(figure.chart, look, language=deck.reader.language, width=box.width, text_size=size)
    except ValueError:
        return True
    return False


def inside_panel(part: ChartPart, scale: float) -> Box:
    """Where the chart itself goes: within the panel, where the slide needs one."""
    if not part.panel:
        return part.box
    edge, box = _PANEL * scale, part.box
    return Box(box.left + edge, box.top + edge, box.width - 2 * edge, box.height - 2 * edge)


def refuse_low(deck: Deck, figure: Figure, box: Box) -> None:
    """Note it as a problem where too little height is left for a chart."""
    if box.height < _CHART_MINIMUM * deck.scale:
        deck.problems.append(
            Problem(
                figure.place,
                f"only {max(0.0, box.height):.0f} pt are left for the chart '{figure.chart.id}' on the slide.",
                "Shorten the lines above it, or choose a template with more room below the title.",
            )
        )


def table_slides(
    deck: Deck, scene: Scene, block: TableBlock, opening: Sequence[Passage], text: Sequence[Passage]
) -> list[Slide]:
    """A table, on as many slides as its rows need; a single sentence stands above it, more text before and behind."""
    caption: list[Passage] = []
    title = deck.reader.line(block.title)
    if title and title != joined(scene.title):
        caption.append(Passage(deck.reader.spans(block.title)))
    if len(said := [*opening, *text]) == 1 and not caption and not said[0].bullet and said[0].number is None:
        caption, opening, text = said, (), ()
    before = text_slides(deck, replace(scene, callouts=()), opening) if opening else []
    grid = [[deck.reader.spans(cell) for cell in row] for row in (block.columns, *block.rows)]
    aligns = tuple("r" if align == "right" else "l" for align in block.aligns)
    try:
        slides = _table_slides(deck, scene, caption, grid, aligns, title or joined(scene.title))
    except ProjectError as error:
        deck.problems.extend(error.problems)
        slides = []
    return [*before, *slides, *rest_slides(deck, scene, text)]


def _table_slides(
    deck: Deck,
    scene: Scene,
    caption: Sequence[Passage],
    grid: Sequence[Sequence[Cell]],
    aligns: tuple[str, ...],
    name: str,
) -> list[Slide]:
    layout = deck.layouts["Table"]
    area = layout.area
    if not caption and deck.layouts.own:  # then it begins where text does
        top = min(area.top, deck.layouts["Text"].slots["Body"].box.top)
        area = replace(area, top=top, height=area.bottom - top)
    above, box = captioned(deck, "Caption", layout.slots["Caption"], caption, area)
    face = (layout.text or deck.layouts["Text"].slots["Body"]).style(0).face
    settings = set_table(grid, box, face, deck.scale, scene.place)
    called, frame = f"{deck.ours['table']}: {name}", layout.slots.get("Table")
    tables = (
        TablePart("Table", box, one.rows, aligns, one.widths, one.heights, one.size, called, frame) for one in settings
    )
    return [slide(deck, scene, "Table", [*above, table]) for table in tables]


def about_data(deck: Deck, scene: Scene, block: AboutData) -> list[Slide]:
    """Source, date, rows and known weaknesses of each table; a list where the table would have too high a row."""
    told = [about(table, block.contradictions, deck.reader.language).texts for table in block.tables]
    names = [deck.ours[name] for name in COLUMNS]
    silent = deck.ours["not stated"]
    often = sum(text == silent for row in told for text in row) > _SAID_AT_MOST
    shown = [[_DASH if often and text == silent else text for text in row] for row in told]
    caption = [Passage((TextRun(f"{_DASH} {silent}"),))] if often else []
    cells = [[(TextRun(text),) for text in row] for row in (names, *shown)]
    aligns = tuple("r" if name == "rows" else "l" for name in COLUMNS)
    try:
        return _table_slides(deck, scene, caption, cells, aligns, deck.ours["about these data"])
    except ProjectError:
        found: list[Passage] = []
        for title, *texts in told:
            found.append(Passage((TextRun(title, bold=True),), heading=True))
            for name, text in zip(names[1:], texts):
                said = (TextRun(f"{name}{colon(deck.reader.language)}", bold=True), TextRun(text))
                found.append(Passage(said, bullet=True))
        return text_slides(deck, replace(scene, callouts=()), found)
