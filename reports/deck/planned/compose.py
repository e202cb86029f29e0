"""One idea becomes one slide, or as many as its text needs: which layout, what stands where, how large."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import assert_never

from msgspec.structs import replace

from data.errors import Problem
from reports.deck.planned.closing import next_steps
from reports.deck.planned.compose_charts import (
    CAPTION,
    about_data,
    caption_of,
    captioned,
    figure_slides,
    fits,
    needs_panel,
    refuse_low,
    table_slides,
)
from reports.deck.planned.compose_text import (
    answer_slides,
    myth_slides,
    pull_quote_slides,
    quote_slides,
    rest_slides,
    shared_size,
    text_slides,
)
from reports.deck.planned.pictures import bottom_of, image_slides, picture_parts
from reports.deck.planned.plan import ChartPart, PanelPart, Slide, SlideElement
from reports.deck.planned.scene import (
    Deck,
    Scene,
    emphasised,
    fitted,
    joined,
    on_panel,
    panel_below,
    part,
    short,
    slide,
    steps,
)
from reports.deck.words.frames import PANEL_INSET, Role, TextFrame
from reports.deck.words.text import Passage, TextRun, character_widths, divide, largest, style_of
from reports.document.blocks import (
    AboutData,
    Block,
    Columns,
    Figure,
    Glossary,
    Image,
    KeyFigure,
    KeyFigures,
    Myth,
    NextSteps,
    Notes,
    PullQuote,
    Question,
    Quote,
    TableBlock,
)

_PLAIN_FIGURES = (28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
"""Sizes of key figures that have no layout of their own."""

_FEW = 4
"""Key figures on each slide, when there are more than one slide holds."""


def compose(deck: Deck, scene: Scene) -> list[Slide]:
    """The slides of one scene. All carry its title: that titles differ is seen to later."""
    opening, text = deck.reader.passages(scene.before), deck.reader.passages(scene.texts)
    before = text_slides(deck, replace(scene, callouts=()), opening) if opening else []
    main = scene.main
    match main:
        case None:
            return text_slides(deck, scene, text)
        case Figure():
            return figure_slides(deck, scene, main, opening, text)
        case Image():
            return image_slides(deck, scene, main, opening, text)
        case TableBlock():
            return table_slides(deck, scene, main, opening, text)
        case KeyFigures():
            return [*before, *_key_figures(deck, scene, main), *rest_slides(deck, scene, text)]
        case Quote():
            return [*before, *quote_slides(deck, scene, main), *rest_slides(deck, scene, text)]
        case PullQuote():
            return [*before, *pull_quote_slides(deck, scene, main), *rest_slides(deck, scene, text)]
        case Myth():
            return [*before, *myth_slides(deck, scene, main), *rest_slides(deck, scene, text)]
        case Question():
            remarks = emphasised(deck.reader.passages(scene.callouts))
            asked = Passage(deck.reader.spans(main.question, TextRun("", bold=True)), heading=True)
            said = [asked] if asked.text != joined(scene.title) else []  # under a heading of its own
            return answer_slides(deck, scene, [*opening, *said, *deck.reader.passages(main.answer), *text, *remarks])
        case NextSteps():
            return next_steps(deck, scene, main, opening, text)
        case Columns():
            return [*before, *_columns(deck, scene, main), *rest_slides(deck, scene, text)]
        case Glossary():
            entries = text_slides(deck, replace(scene, callouts=()), deck.reader.passages([main]))
            return [*before, *entries, *rest_slides(deck, scene, text)]
        case AboutData():
            return [*before, *about_data(deck, scene, main), *rest_slides(deck, scene, text)]
        case _:
            assert_never(main)


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
    drawn = slots["Figure 1"].placeholder is None and slots["Figure 1"].style(0).bold  # a text box inherits nothing
    figures = [Passage(deck.reader.spans(item.figure, TextRun("", bold=drawn))) for item in items]
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


_RULE = 3.0
"""Thickness of the line that closes a panel above, on the layout."""
_COLUMNS: dict[int, tuple[Role, tuple[str, ...]]] = {
    2: ("Two columns", ("Left", "Right")),
    3: ("Three columns", ("First", "Second", "Third")),
}


def _is_chart(column: Sequence[Block]) -> bool:
    """Whether a column shows a chart and nothing else."""
    return [type(block) for block in column if not isinstance(block, Notes)] == [Figure]


def _columns(deck: Deck, scene: Scene, block: Columns) -> list[Slide]:
    """Text and charts side by side; a column's text that is too long goes on in the same place of a next slide."""
    wide = max(count for count, (role, _) in _COLUMNS.items() if deck.layouts.get(role))
    found: list[Slide] = []
    for start in range(0, len(block.columns), wide):
        group = block.columns[start : start + wide]
        role, names = _COLUMNS[max(2, len(group))]
        if role == "Two columns" and deck.layouts.get("Two charts") and all(map(_is_chart, group)) and group[1:]:
            role = "Two charts"
        found.extend(_side_by_side(deck, scene, role, names[: len(group)], group))
    return found


def _side_by_side(
    deck: Deck, scene: Scene, role: Role, names: Sequence[str], columns: Sequence[tuple[Block, ...]]
) -> list[Slide]:
    layout = deck.layouts[role]
    frames = [layout.slots[name] for name in names]
    texts: list[Sequence[Passage]] = []
    charts: list[Figure | Image | None] = []
    for column in columns:
        figures = [block for block in column if isinstance(block, Figure | Image)]
        _refuse_in_column(deck, column, len(figures))
        figure = figures[0] if figures else None
        caption = caption_of(deck, replace(scene, title=()), figure) if isinstance(figure, Figure) else ()
        texts.append([*deck.reader.passages(column), *caption])
        charts.append(figure)
    plain = [(frame, text) for frame, text, chart in zip(frames, texts, charts) if chart is None]
    size = shared_size(deck, [f for f, _ in plain], [t for _, t in plain]) if plain else CAPTION * deck.scale
    pieces = [(text,) if chart else divide(text, frame, size) for frame, text, chart in zip(frames, texts, charts)]
    found: list[Slide] = []
    for page in range(max(map(len, pieces))):
        parts: list[SlideElement] = []
        panels = _panels(
            deck, role, names, frames, [piece[page] if page < len(piece) else () for piece in pieces], charts, size
        )
        for name, frame, piece, chart, below in zip(names, frames, pieces, charts, panels):
            parts.extend(below)
            if chart and page == 0:
                above, box = captioned(deck, name, frame, piece[0], frame.box)
                if isinstance(chart, Image):
                    parts.extend([*above, *picture_parts(deck, layout, chart, box, frame, slot=f"{name} picture")])
                    continue
                refuse_low(deck, chart, box)
                panel = (deck.layouts.own and role != "Two charts") or needs_panel(deck, layout, chart, box)
                caption = deck.reader.line(chart.caption)
                parts.extend([*above, ChartPart(f"{name} chart", box, chart.chart, panel=panel, caption=caption)])
            elif page < len(piece):
                text = part(name, frame, piece[page], size)
                parts.extend(on_panel(text, panel.box) for panel in below)
                parts.extend([] if below else [text])
        found.append(slide(deck, scene, role, parts))
    return found


def _panels(
    deck: Deck,
    role: Role,
    names: Sequence[str],
    frames: Sequence[TextFrame],
    texts: Sequence[Sequence[Passage]],
    charts: Sequence[Figure | Image | None],
    size: float,
) -> list[list[PanelPart]]:
    """For each column what it stands on, all as high as the highest needs, in Fairsheet's own template."""
    if not deck.layouts.own or role == "Two charts":
        return [[] for _ in names]
    shown: list[PanelPart] = []
    for name, frame, text, chart in zip(names, frames, texts, charts):
        top = frame.box.top - PANEL_INSET + _RULE
        if chart is None:
            shown.append(panel_below([part(name, frame, text, size)], f"{name} panel", PANEL_INSET, top))
            continue
        bottom = bottom_of(deck, deck.layouts[role], chart, frame) if isinstance(chart, Image) else frame.box.bottom
        shown.append(PanelPart(f"{name} panel", frame.box.until(bottom).grown(PANEL_INSET).below(top)))
    height = max(one.box.height for one in shown)
    return [[replace(one, box=replace(one.box, height=height))] for one in shown]


def pair_slide(deck: Deck, scene: Scene, block: Columns) -> Slide | None:
    """Two charts beside each other; None where one has no room there."""
    held = len(deck.problems)
    (one,) = _columns(deck, scene, block)
    if len(deck.problems) > held or not all(fits(deck, one.layout, shown) for shown in one.parts):
        del deck.problems[held:]
        return None
    return one


def _refuse_in_column(deck: Deck, column: Sequence[Block], figures: int) -> None:
    for block in column:
        if isinstance(block, TableBlock | AboutData):
            what, remedy = "a table in a column has no room on a slide.", "Put it on a slide of its own."
        elif isinstance(block, Figure | Image) and figures > 1:
            what, remedy = "a column of a slide holds one chart or picture.", "Put the others on slides of their own."
        else:
            continue
        deck.problems.append(Problem(block.place, what, remedy))
