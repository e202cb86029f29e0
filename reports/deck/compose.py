"""One idea becomes one slide, or as many as its text needs: which layout, what stands where, how large."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from data.errors import Problem, ProjectError
from reports.deck.frames import Layout, Role, TextFrame
from reports.deck.plan import ChartPart, Slide, SlideElement, TablePart
from reports.deck.scene import Deck, Scene, body_size, fitted, joined, moved, part, short, slide, steps
from reports.deck.tables import Cell, set_table
from reports.deck.text import (
    Passage,
    TextRun,
    character_widths,
    divide,
    fits,
    largest,
    lines_of,
    style_of,
    text_height,
    too_wide,
)
from reports.document.blocks import (
    AboutData,
    Block,
    Columns,
    Figure,
    KeyFigure,
    KeyFigures,
    Myth,
    NextSteps,
    Question,
    Quote,
    TableBlock,
)
from reports.document.inlines import quoted
from reports.document.sources import COLUMNS, about, colon
from reports.powerpoint.box import Box

_GAP = 14.0
"""Between a chart or table and the line above it. This and the next lengths: on a slide 540 pt high."""
_CAPTION = 16.0
"""Size of the line above a chart, where the template has no place for it."""
_CHART_MINIMUM = 130.0
"""Least height of a chart."""
_BESIDE = 16.0
"""Least size of text beside a chart."""
_DENSE = 18.0
"""Least size of text in columns before it goes on to a next slide."""
_PLAIN_FIGURES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
"""Sizes of key figures that have no layout of their own."""
_LARGE = 22.0
"""Least size of text that is said to be large."""
_LOOSE = 1.02
"""Programs differ in how wide they set a line."""
_FEW = 4
"""Key figures on each slide, when there are more than one slide holds."""


def compose(deck: Deck, scene: Scene) -> list[Slide]:
    """The slides of one scene. All carry its title: that titles differ is seen to later."""
    text = deck.reader.passages(scene.texts)
    main = scene.main
    match main:
        case None:
            return text_slides(deck, scene, text)
        case Figure():
            return _figure(deck, scene, main, text)
        case TableBlock():
            return _table(deck, scene, main, text)
        case KeyFigures():
            return [*_key_figures(deck, scene, main), *_rest(deck, scene, text)]
        case Quote():
            return [*_quote(deck, scene, main), *_rest(deck, scene, text)]
        case Myth():
            return [*_myth(deck, scene, main), *_rest(deck, scene, text)]
        case Question():
            remarks = deck.reader.passages(scene.callouts)
            asked = Passage(deck.reader.spans(main.question, TextRun("", bold=True)), heading=True)
            said = [asked] if asked.text != joined(scene.title) else []  # under a heading of its own
            return _answer(deck, scene, [*said, *deck.reader.passages(main.answer), *text, *remarks])
        case NextSteps():
            return _next_steps(deck, scene, main, text)
        case Columns():
            return [*_columns(deck, scene, main), *_rest(deck, scene, text)]
        case AboutData():
            return [*_about_data(deck, scene, main), *_rest(deck, scene, text)]
        case _:
            assert_never(main)


# -- text --------------------------------------------------------------------------


def text_slides(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """Paragraphs and lists on as many slides as they need; callouts stand below on a panel, where there is one."""
    callouts: Sequence[Passage] = deck.reader.passages(scene.callouts)
    panel = deck.layouts.get("Text and callout")
    if callouts and not panel:
        passages, callouts = [*passages, *callouts], ()
    if callouts and not passages:
        return _answer(deck, scene, callouts)
    if callouts and panel:
        frame = panel.slots["Body"]
        *first, last = divide(passages, frame, body_size(deck, frame))
        below = fitted(deck, scene, "Callout", panel.slots["Callout"], callouts)
        end = slide(deck, scene, "Text and callout", [part("Body", frame, last, body_size(deck, frame)), below])
        return [*(_text_slide(deck, scene, piece) for piece in first), end]
    large = deck.layouts.get("Text large")
    if large:
        frame = large.slots["Body"]
        size = largest(passages, frame, steps(deck, frame, _LARGE))
        if size is not None:
            return [slide(deck, scene, "Text large", [part("Body", frame, passages, size)])]
    frame = deck.layouts["Text"].slots["Body"]
    return [_text_slide(deck, scene, piece) for piece in divide(passages, frame, body_size(deck, frame))]


def _text_slide(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> Slide:
    frame = deck.layouts["Text"].slots["Body"]
    return slide(deck, scene, "Text", [part("Body", frame, passages, body_size(deck, frame))])


def _rest(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """What is said beside a block that fills its slide: on a slide after it."""
    return text_slides(deck, scene, passages) if passages or scene.callouts else []


def _answer(deck: Deck, scene: Scene, passages: Sequence[Passage]) -> list[Slide]:
    """Text on a panel: an answer, or a remark that stands alone."""
    layout = deck.layouts.get("Question and answer")
    if layout is None:
        return text_slides(deck, replace(scene, callouts=()), passages)
    frame = layout.slots["Answer"]
    size = largest(passages, frame, steps(deck, frame, 22)) or 22 * deck.scale
    return [
        slide(deck, scene, "Question and answer", [part("Answer", _balanced(deck, frame, piece, size), piece, size)])
        for piece in divide(passages, frame, size)
    ]


def _balanced(deck: Deck, frame: TextFrame, passages: Sequence[Passage], size: float) -> TextFrame:
    """A place for one statement, as narrow as takes no line more: so none ends with a single word.

    Only in Fairsheet's own template, where nothing stands beside it that its right edge would have to meet.
    """
    if not deck.layouts.own or any(one.bullet or one.number is not None for one in passages):
        return frame
    count = _line_count(passages, frame, size)
    if count == len(passages):
        return frame
    low, high = 0.5 * frame.width, frame.width
    for _ in range(10):
        middle = (low + high) / 2
        low, high = (low, middle) if _line_count(passages, _narrower(frame, middle), size) <= count else (middle, high)
    return _narrower(frame, min(frame.width, _LOOSE * high))


def _narrower(frame: TextFrame, width: float) -> TextFrame:
    return replace(frame, box=replace(frame.box, width=width + frame.insets[0] + frame.insets[2]), moved=True)


def _line_count(passages: Sequence[Passage], frame: TextFrame, size: float) -> int:
    return sum(len(lines_of(one, style_of(one, frame, size), frame.width)) for one in passages)


def _next_steps(deck: Deck, scene: Scene, steps_: NextSteps, text: Sequence[Passage]) -> list[Slide]:
    """What to do, and on the panel below where to go."""
    title = Passage(deck.reader.spans(steps_.title, TextRun("", bold=True)), heading=True)
    passages = [*deck.reader.passages(steps_.content), *text]
    if title.text.strip() and title.text not in (joined(scene.title), deck.ours["next steps"]):
        passages = [title, *passages]
    where = [TextRun(deck.brand.contact)] if deck.brand.contact else []
    if deck.document.website:
        address = deck.document.website
        where += [*([TextRun("\n")] if where else []), TextRun(bare(address), bold=True, link=address)]
    panel = deck.layouts.get("Text and callout")
    if not (panel and where) or scene.callouts:
        return text_slides(deck, scene, passages)
    frame = panel.slots["Body"]
    size = largest(passages, frame, steps(deck, frame, _DENSE)) or _DENSE * deck.scale
    *first, last = divide(passages, frame, size)
    below = fitted(deck, scene, "Callout", panel.slots["Callout"], [Passage(tuple(where))])
    end = slide(deck, scene, "Text and callout", [part("Body", frame, last, size), below])
    return [*(_text_slide(deck, scene, piece) for piece in first), end]


def bare(address: str) -> str:
    """An address as people read it."""
    return address.split("://", 1)[-1].rstrip("/")


# -- charts and tables ---------------------------------------------------------------


def _caption(deck: Deck, scene: Scene, figure: Figure) -> tuple[Passage, ...]:
    """What is measured; before it the chart's claim, where the slide's title says something else."""
    found: list[Passage] = []
    if deck.reader.line(figure.title) and deck.reader.line(figure.title) != joined(scene.title):
        found.append(Passage(deck.reader.spans(figure.title, TextRun("", bold=True))))
    if figure.chart.measure_line:
        found.append(Passage((TextRun(figure.chart.measure_line),), muted=bool(found)))
    return tuple(found)


def _captioned(
    deck: Deck, slot: str, frame: TextFrame, caption: Sequence[Passage], area: Box
) -> tuple[list[SlideElement], Box]:
    """A line of text, and the box below it that is left of the area."""
    if not caption:
        return [], area
    top = min(frame.box.top, area.top)
    size = min(frame.style(0).size, _CAPTION * deck.scale)
    place = moved(frame, top, text_height(caption, frame, size))
    start = place.box.bottom + _GAP * deck.scale
    return [part(slot, place, caption, size)], Box(area.left, start, area.width, area.bottom - start)


def _figure(deck: Deck, scene: Scene, figure: Figure, text: Sequence[Passage]) -> list[Slide]:
    """A chart over the whole slide; beside its text where that is short, else before it."""
    beside = [*text, *deck.reader.passages(scene.callouts)]
    role: Role = "Chart and text" if deck.layouts.get("Chart and text") else "Two columns"
    if beside:
        layout = deck.layouts[role]
        frame = layout.slots["Body" if role == "Chart and text" else "Right"]
        size = largest(beside, frame, [s for s in steps(deck, frame, _BESIDE) if s <= body_size(deck, frame)])
        if size is not None:
            measure = layout.slots["Measure" if role == "Chart and text" else "Left"]
            area = layout.area if role == "Chart and text" else measure.box
            drawn = _drawn(deck, scene, figure, layout, measure, area)
            return [slide(deck, scene, role, [*drawn, part("Body", frame, beside, size)])]
    layout = deck.layouts["Chart"]
    drawn = _drawn(deck, scene, figure, layout, layout.slots["Measure"], layout.area)
    return [slide(deck, scene, "Chart", drawn), *_rest(deck, scene, text)]


def _drawn(
    deck: Deck, scene: Scene, figure: Figure, layout: Layout, measure: TextFrame, area: Box
) -> list[SlideElement]:
    above, box = _captioned(deck, "Measure", measure, _caption(deck, scene, figure), area)
    _refuse_low(deck, figure, box)
    caption = deck.reader.line(figure.caption)
    return [*above, ChartPart("Chart", box, figure.chart, layout.slots.get("Chart"), layout.panel, caption)]


def _refuse_low(deck: Deck, figure: Figure, box: Box) -> None:
    """Note it as a problem where too little height is left for a chart."""
    if box.height < _CHART_MINIMUM * deck.scale:
        deck.problems.append(
            Problem(
                figure.place,
                f"only {max(0.0, box.height):.0f} pt are left for the chart '{figure.chart.id}' on the slide.",
                "Shorten the lines above it, or choose a template with more room below the title.",
            )
        )


def _table(deck: Deck, scene: Scene, block: TableBlock, text: Sequence[Passage]) -> list[Slide]:
    """A table, on as many slides as its rows need; a single sentence stands above it, more text behind it."""
    caption: list[Passage] = []
    title = deck.reader.line(block.title)
    if title and title != joined(scene.title):
        caption.append(Passage(deck.reader.spans(block.title)))
    if len(text) == 1 and not caption and not text[0].bullet and text[0].number is None:
        caption, text = [*text], ()
    grid = [[deck.reader.spans(cell) for cell in row] for row in (block.columns, *block.rows)]
    aligns = tuple("r" if align == "right" else "l" for align in block.aligns)
    try:
        slides = _table_slides(deck, scene, caption, grid, aligns, title or joined(scene.title))
    except ProjectError as error:
        deck.problems.extend(error.problems)
        slides = []
    return [*slides, *_rest(deck, scene, text)]


def _table_slides(
    deck: Deck,
    scene: Scene,
    caption: Sequence[Passage],
    grid: Sequence[Sequence[Cell]],
    aligns: tuple[str, ...],
    name: str,
) -> list[Slide]:
    layout = deck.layouts["Table"]
    above, box = _captioned(deck, "Caption", layout.slots["Caption"], caption, layout.area)
    face = (layout.text or deck.layouts["Text"].slots["Body"]).style(0).face
    settings = set_table(grid, box, face, deck.scale, scene.place)
    called, frame = f"{deck.ours['table']}: {name}", layout.slots.get("Table")
    tables = (
        TablePart("Table", box, one.rows, aligns, one.widths, one.heights, one.size, called, frame) for one in settings
    )
    return [slide(deck, scene, "Table", [*above, table]) for table in tables]


def _about_data(deck: Deck, scene: Scene, block: AboutData) -> list[Slide]:
    """Source, date, rows and known weaknesses of each table; a list where the table would have too high a row."""
    told = [about(table, block.contradictions, deck.reader.language).texts for table in block.tables]
    names = [deck.ours[name] for name in COLUMNS]
    cells = [[(TextRun(text),) for text in row] for row in (names, *told)]
    aligns = tuple("r" if name == "rows" else "l" for name in COLUMNS)
    try:
        return _table_slides(deck, scene, (), cells, aligns, deck.ours["about these data"])
    except ProjectError:
        found: list[Passage] = []
        for title, *texts in told:
            found.append(Passage((TextRun(title, bold=True),), heading=True))
            for name, text in zip(names[1:], texts):
                said = (TextRun(f"{name}{colon(deck.reader.language)}", bold=True), TextRun(text))
                found.append(Passage(said, bullet=True))
        return text_slides(deck, replace(scene, callouts=()), found)


# -- numbers, quotes, myths, columns ---------------------------------------------------


def _key_figures(deck: Deck, scene: Scene, block: KeyFigures) -> list[Slide]:
    """Numbers set large, each in a row with what it says; up to five on a slide."""
    roles: dict[int, Role] = {
        1: "Key figures 1",
        2: "Key figures 2",
        3: "Key figures 3",
        4: "Key figures 4",
        5: "Key figures 5",
    }
    if any(deck.layouts.get(role) is None for role in roles.values()):
        return _plain_figures(deck, scene, block)
    count = 1 if len(block.items) in roles else -(-len(block.items) // _FEW)
    ends = [round(i * len(block.items) / count) for i in range(count + 1)]
    groups = [block.items[start:end] for start, end in pairwise(ends)]
    return [
        slide(deck, scene, roles[len(group)], _figure_rows(deck, scene, roles[len(group)], group)) for group in groups
    ]


def _plain_figures(deck: Deck, scene: Scene, block: KeyFigures) -> list[Slide]:
    """Key figures as text, as large as fits, in a template without layouts for them."""
    layout = deck.layouts["Text"]
    frame = layout.slots["Body"]
    passages = deck.reader.passages([block])
    size = largest(passages, frame, [s * deck.scale for s in _PLAIN_FIGURES])
    if size is None:
        return text_slides(deck, replace(scene, callouts=()), passages)
    return [slide(deck, scene, "Text", [part("Body", frame, passages, size)])]


def _figure_rows(deck: Deck, scene: Scene, role: Role, items: Sequence[KeyFigure]) -> list[SlideElement]:
    slots = deck.layouts[role].slots
    figures = [Passage(deck.reader.spans(item.figure)) for item in items]
    labels = [Passage(deck.reader.spans(item.label)) for item in items]
    frame = slots["Figure 1"]
    sizes = steps(deck, frame, 28)

    def width(figure: Passage, size: float) -> float:
        return sum(character_widths(figure.spans, style_of(figure, frame, size)))

    widest = max(figures, key=lambda figure: width(figure, sizes[-1]))
    size = next((size for size in sizes if width(widest, size) <= frame.width), None)
    if size is None:
        over = width(widest, sizes[-1]) - frame.width
        deck.problems.append(
            Problem(
                scene.place,
                f"the key figure '{short(widest.text)}' is {over:.0f} pt too wide, set at {sizes[-1]:.0f} pt.",
                "Show it shorter, for example with | label, and put the rest into the words beside it.",
            )
        )
    found: list[SlideElement] = []
    for i, (figure, label) in enumerate(zip(figures, labels), 1):
        found.append(part(f"Figure {i}", slots[f"Figure {i}"], [figure], size))
        found.append(fitted(deck, scene, f"Label {i}", slots[f"Label {i}"], [label] if label.text.strip() else []))
    return found


def _quote(deck: Deck, scene: Scene, block: Quote) -> list[Slide]:
    said = Passage(deck.reader.spans(quoted(block.content, deck.reader.language)))
    source = Passage(deck.reader.spans(block.attribution), level=1)
    below = [source] if source.text.strip() else []
    layout = deck.layouts.get("Quote")
    if layout is None:
        return text_slides(deck, replace(scene, callouts=()), [said, *(replace(one, level=0) for one in below)])
    frame = layout.slots["Quote"]
    size = largest([said, *below], frame, steps(deck, frame, 24)) or 24 * deck.scale
    return [
        slide(deck, scene, "Quote", [part("Quote", _balanced(deck, frame, piece, size), piece, size)])
        for piece in divide([replace(said, heading=True), *below], frame, size)
    ]


def _myth(deck: Deck, scene: Scene, block: Myth) -> list[Slide]:
    """What people believe on the left, what is so on the right; long facts go on beside the same myth."""
    myth = Passage(deck.reader.spans(block.myth))
    facts = deck.reader.passages(block.facts)
    labels = deck.ours["myth"], deck.ours["fact" if len(facts) == 1 else "facts"]
    layout = deck.layouts.get("Myth and fact")
    if layout is None:
        role: Role = "Two columns"
        left, right = (deck.layouts[role].slots[name] for name in ("Left", "Right"))
        heads = [Passage((TextRun(label, bold=True),), heading=True) for label in labels]
        columns = [
            [heads[0], replace(myth, spans=deck.reader.spans(block.myth, TextRun("", italic=True)))],
            [heads[1], *facts],
        ]
        size = _shared_size(deck, [left, right], columns)
        pieces = divide(columns[1], right, size)
        return [
            slide(deck, scene, role, [part("Left", left, columns[0], size), part("Right", right, piece, size)])
            for piece in pieces
        ]
    slots = layout.slots
    size = largest(facts, slots["Facts"], steps(deck, slots["Facts"], _DENSE)) or _DENSE * deck.scale
    size = min(size, body_size(deck, slots["Facts"]))
    said = fitted(deck, scene, "Myth", slots["Myth"], [myth], _DENSE)
    heads = [
        part(f"{kind} label", slots[f"{kind} label"], [Passage((TextRun(label),))])
        for kind, label in zip(("Myth", "Fact"), labels)
    ]
    return [
        slide(deck, scene, "Myth and fact", [heads[0], said, heads[1], part("Facts", slots["Facts"], piece, size)])
        for piece in divide(facts, slots["Facts"], size)
    ]


def _shared_size(deck: Deck, frames: Sequence[TextFrame], columns: Sequence[Sequence[Passage]]) -> float:
    """One size for text in several columns: the largest at which all fit, else the least before text goes on, or
    a smaller one where a word would be cut at that."""
    for size in steps(deck, frames[0], _DENSE):
        inside = all(fits(column, frame, size) for frame, column in zip(frames, columns))
        if size <= body_size(deck, frames[0]) and inside:
            return size
    dense = min(_DENSE * deck.scale, body_size(deck, frames[0]))
    smaller = (size for size in steps(deck, frames[0]) if size < dense)
    for size in (dense, *smaller):
        if not any(too_wide(column, frame, size) for frame, column in zip(frames, columns)):
            return size
    return dense


_COLUMNS: dict[int, tuple[Role, tuple[str, ...]]] = {
    2: ("Two columns", ("Left", "Right")),
    3: ("Three columns", ("First", "Second", "Third")),
}


def _columns(deck: Deck, scene: Scene, block: Columns) -> list[Slide]:
    """Text and charts side by side; a column's text that is too long goes on in the same place of a next slide."""
    wide = max(count for count, (role, _) in _COLUMNS.items() if deck.layouts.get(role))
    found: list[Slide] = []
    for start in range(0, len(block.columns), wide):
        group = block.columns[start : start + wide]
        role, names = _COLUMNS[max(2, len(group))]
        found.extend(_side_by_side(deck, scene, role, names[: len(group)], group))
    return found


def _side_by_side(
    deck: Deck, scene: Scene, role: Role, names: Sequence[str], columns: Sequence[tuple[Block, ...]]
) -> list[Slide]:
    frames = [deck.layouts[role].slots[name] for name in names]
    texts: list[Sequence[Passage]] = []
    charts: list[Figure | None] = []
    for column in columns:
        figures = [block for block in column if isinstance(block, Figure)]
        _refuse_in_column(deck, column, len(figures))
        figure = figures[0] if figures else None
        caption = _caption(deck, replace(scene, title=()), figure) if figure else ()
        texts.append([*deck.reader.passages(column), *caption])
        charts.append(figure)
    plain = [(frame, text) for frame, text, chart in zip(frames, texts, charts) if chart is None]
    size = _shared_size(deck, [f for f, _ in plain], [t for _, t in plain]) if plain else _CAPTION * deck.scale
    pieces = [(text,) if chart else divide(text, frame, size) for frame, text, chart in zip(frames, texts, charts)]
    found: list[Slide] = []
    for page in range(max(map(len, pieces))):
        parts: list[SlideElement] = []
        for name, frame, piece, chart in zip(names, frames, pieces, charts):
            if chart and page == 0:
                above, box = _captioned(deck, name, frame, piece[0], frame.box)
                _refuse_low(deck, chart, box)
                panel = deck.layouts.own or deck.layouts[role].panel
                caption = deck.reader.line(chart.caption)
                parts.extend([*above, ChartPart(f"{name} chart", box, chart.chart, panel=panel, caption=caption)])
            elif page < len(piece):
                parts.append(part(name, frame, piece[page], size))
        found.append(slide(deck, scene, role, parts))
    return found


def _refuse_in_column(deck: Deck, column: Sequence[Block], figures: int) -> None:
    for block in column:
        if isinstance(block, TableBlock | AboutData):
            what, remedy = "a table in a column has no room on a slide.", "Put it on a slide of its own."
        elif isinstance(block, Figure) and figures > 1:
            what, remedy = "a column of a slide holds one chart.", "Put the others on slides of their own."
        else:
            continue
        deck.problems.append(Problem(block.place, what, remedy))
