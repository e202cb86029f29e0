"""What frames a handout: its title band, the heads and feet of its sides, and the draft mark."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from data.language.show import show_date
from data.language.words import words
from data.look.brand import Brand
from reports.document.blocks import AboutData, Document, Heading, Paragraph
from reports.document.imprint import correction_line, edition_line
from reports.document.inlines import Inlines, Strong, Text
from reports.document.sources import source_line
from reports.document.tree import tables_of, values_of, walk
from reports.pdf.handout.kit import Kit
from reports.pdf.handout.look import GUTTER, MARGIN
from reports.pdf.handout.parts import EMPTY, Part, beside, inset, stack, text
from reports.pdf.handout.steps import scan_code, scan_line
from reports.pdf.styles import ParagraphStyle
from reports.pdf.tagged.picture import Picture
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import passage, words_in
from reports.pdf.text.spans import Typesetting

_TITLE_SIZES = (33.0, 30.0, 27.0, 24.0)
"""The first at which the title takes two lines at most."""
_BAR = 4.5
_SENDER, _SENDER_LINE = 190.0, 14.0
"""The most that the names are wide, and their line's height."""
_STANDFIRST = 0.82
"""Of the width, where the standfirst takes several lines."""
_LOGO = (150.0, 42.0)
"""The most that a logo is wide and high."""


class Opening(Struct, frozen=True):
    """What the title band says."""

    kicker: Inlines
    title: Inlines
    standfirst: Inlines
    used: int
    """How many blocks of the story it took."""


def opening_of(document: Document) -> Opening:
    """Title and standfirst: the story's first heading and the paragraph after it, else those of the project."""
    blocks = document.blocks
    kicker: Inlines = (Text(document.kicker),) if document.kicker else ()
    if not blocks or not isinstance(blocks[0], Heading) or blocks[0].level != 1:
        return Opening(kicker, (Text(document.title),), document.subtitle, 0)
    heading = blocks[0]
    kicker = heading.kicker or kicker
    if len(blocks) > 1 and isinstance(blocks[1], Paragraph):
        return Opening(kicker, heading.content, blocks[1].content, 2)
    return Opening(kicker, heading.content, document.subtitle, 1)


def title_band(opening: Opening, width: float, kit: Kit) -> Part:
    """Bar, kicker, title and standfirst; logo or the university's names at the right.

    A title that takes more than two lines, or small ones, beside a high logo stands below it instead.
    """
    colours, family, size = kit.brand.colours, kit.brand.fonts.heading, kit.look.step.size
    kicker = passage(opening.kicker, kit.look.kicker, kit.setting)
    sender, sender_width = _sender(kit, width - kicker.natural_width - GUTTER)
    beside_sender = width - sender_width - GUTTER if sender_width else width
    head = [text(kicker, beside_sender)] if opening.kicker else []
    above = sum(part.height for part in head)
    below = sender.height <= above
    title = _title(opening.title, width if below else beside_sender, kit)
    least = passage(opening.title, _title_style(_TITLE_SIZES[-1], kit), kit.setting)
    if not below and (title.height > 2.2 * _TITLE_SIZES[1] or least.widest > beside_sender):
        title, below = _title(opening.title, width, kit), True
    rest = [title]
    if opening.standfirst:
        style = ParagraphStyle(family, round(size * 5) / 4, round(size * 1.62 * 4) / 4, colours.muted, balanced=True)
        standfirst = passage(opening.standfirst, style, kit.setting)
        free = below or above + title.height >= sender.height
        room = width if free else beside_sender
        narrow = text(standfirst, min(room, _STANDFIRST * width))
        wide = text(standfirst, room)
        rest.append(replace(wide if wide.height < narrow.height else narrow, gap=4.0))
    left = width - sender_width
    if not sender_width:
        band = stack([*head, *rest])
    elif below:
        down = max(0.0, sender.height - above)
        line = beside([[inset(stack(head or [EMPTY]), 0.0, down, 0.0, edged=True)], [sender]], [0.0, left])
        band = stack([line, *rest])
    else:
        column = [*head, *rest]
        band = beside([column, [replace(sender, baseline=sender.baseline or column[0].baseline)]], [0.0, left])

    def bar(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setFillColor(colours.accent)
        canvas.rect(x, top - _BAR, width, _BAR, stroke=0, fill=1)

    return inset(band, 0.0, _BAR + 9.0, 2.0, bar)


def _title(title: Inlines, width: float, kit: Kit) -> Part:
    """The title at the largest size at which it takes two lines at most and no word is divided, else at the least."""
    lines = None
    for points in _TITLE_SIZES:
        style = _title_style(points, kit)
        lines = passage(title, style, kit.setting, "H1").fit(width)
        if lines.count <= 2 and lines.passage.widest <= width:
            break
    return EMPTY if lines is None else text(lines.passage, width)


def _title_style(points: float, kit: Kit) -> ParagraphStyle:
    leading, ink = round(points * 1.09 * 4) / 4, kit.brand.colours.ink
    return ParagraphStyle(kit.brand.fonts.heading, points, leading, ink, "bold", balanced=True)


def _sender(kit: Kit, room: float) -> tuple[Part, float]:
    """Who hands this out: the logo, else the names, in one line where it fits `room`; and the width in points."""
    brand, setting = kit.brand, kit.setting
    if brand.logo is not None:
        return _logo(brand.logo, kit)
    family, colours = brand.fonts.heading, brand.colours
    name = ParagraphStyle(family, 10.5, _SENDER_LINE, colours.ink, align="right")
    both = (Strong((Text(brand.institution),)), Text("\u00a0 "), Text(brand.unit)) if brand.unit else ()
    line = passage(both or (Strong((Text(brand.institution),)),), name, setting)
    if line.natural_width < room:
        return text(line, line.natural_width + 0.1), line.natural_width + 0.1
    small = replace(name, size=9.5, leading=12.5, colour=colours.muted)
    made = [words_in(brand.institution, replace(name, face="bold"), setting), words_in(brand.unit, small, setting)]
    width = min(max(line.natural_width for line in made) + 0.1, _SENDER)
    return stack([text(line, width) for line in made]), width


def _logo(path: Path, kit: Kit) -> tuple[Part, float]:
    picture = Picture(path)
    width, high = picture.size_within(*_LOGO)
    alt = words(kit.language)["logo"].format(name=kit.brand.institution)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        picture.draw(canvas, alt, x, top - high, width, high)

    return Part(high, draw), width


# -- foot --------------------------------------------------------------------


def foot(document: Document, pages: int, width: float, kit: Kit) -> Part:
    """Caveat, contact, statements and sources; edition and date at the right, or below the QR code if that is here.

    All of it is content, for whoever asks where the figures come from or how to get another format; only what is
    repeated on the other side is page furniture.
    """
    brand, look = kit.brand, kit.look
    code, code_width = (EMPTY, 0.0) if kit.scan else scan_code(kit)
    signature = _signature(document)
    natural = max((words_in(line, look.foot_right, kit.setting).natural_width for line in signature), default=0.0)
    right_width = max(code_width, natural + 0.1)
    room = width - right_width - GUTTER
    # the code's own edge stands on the margin, its quiet zone in it
    shift = right_width - code_width + (kit.code.quiet if kit.code else 0.0)
    right = [inset(code, shift, 0.0, 0.0)] if code_width else []
    right.extend(kit.text(line, look.foot_right, right_width) for line in signature)
    if pages > 1:
        right.append(_furniture(kit.text(_side(pages, pages, kit), look.foot_right, right_width)))
    left = [scan_line(room, kit)] if code_width else []
    names = f"{brand.institution} {brand.unit}"
    who = document.publisher if document.publisher not in names else ""
    if said := " · ".join(filter(None, (who, brand.contact))):
        left.append(kit.text(said, look.contact, room))
    below: list[Part] = []
    caveat, correction = _strong(document.caveat), _strong(correction_line(document))
    for said in (correction, caveat, brand.accommodation, brand.non_discrimination, _other_sources(document)):
        if not said:
            continue
        # what stands below the right column takes the whole width
        if sum(part.height for part in left) < sum(part.height for part in right):
            left.append(kit.text(said, look.foot, room))
        else:
            below.append(kit.text(said, look.foot, width))
    columns = beside([_apart(left) or [EMPTY], right or [EMPTY]], [0.0, width - right_width])
    return _ruled(stack(_apart([columns, *below])), width, kit)


def _strong(text: str) -> Inlines:
    return (Strong((Text(text),)),) if text else ()


def _apart(parts: Sequence[Part]) -> list[Part]:
    return [replace(part, gap=1.5) for part in parts]


def _signature(document: Document) -> list[str]:
    """Edition and date."""
    ours = words(document.language)
    lines = [line] if (line := edition_line(document)) else []
    if document.published:
        lines.append(f"{ours['published']} {show_date(document.published, document.language)}")
    return lines


def _side(page: int, pages: int, kit: Kit) -> str:
    return words(kit.language)["page x of y"].format(page=page, pages=pages)


def _furniture(part: Part) -> Part:
    """A part that is not read out."""

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.artifact("Footer"):
            part.draw(canvas, x, top, height)

    return replace(part, draw=draw)


def _ruled(part: Part, width: float, kit: Kit) -> Part:
    """A part below a hairline."""
    colour = kit.brand.colours.hairline

    def line(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        canvas.setStrokeColor(colour)
        canvas.setLineWidth(0.6)
        canvas.line(x, top, x + width, top)

    return inset(part, 0.0, 6.0, 0.0, line)


def _other_sources(document: Document) -> str:
    """Source and date of the tables that are quoted but not shown: what is shown says it itself.

    A table that only others are computed from is none of them where those name the same source.
    """
    values = tuple(values_of(document.blocks))
    about = (table for block in walk(document.blocks) if isinstance(block, AboutData) for table in block.tables)
    shown = (*tables_of(document.blocks), *about)
    told = {source_line(table, document.language, values) for table in shown}
    names = {table.name for table in shown}
    groups: dict[str, list[str]] = {}
    for table in document.tables:
        line = source_line(table, document.language, values)
        if table.name not in names and (line not in told or not table.source):
            groups.setdefault(line, []).append(table.title)
    return " ".join(f"{'; '.join(titles)}. {line}" for line, titles in groups.items())


# -- sheets of two sides -----------------------------------------------------


def running_head(opening: Opening, width: float, kit: Kit) -> Part:
    """The second side's head: bar, title and sender again, as page furniture."""
    colours, family = kit.brand.colours, kit.brand.fonts.heading
    title = ParagraphStyle(family, 10.0, 13.0, colours.ink, "bold")
    sender = ParagraphStyle(family, 9.5, 13.0, colours.muted, align="right")
    left = passage(opening.title, title, kit.setting).fit(width * 0.65)
    right = words_in(kit.brand.institution, sender, kit.setting).fit(width * 0.3)
    height = _BAR + 7.0 + max(left.height, right.height)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.artifact("Header"):
            canvas.setFillColor(colours.accent)
            canvas.rect(x, top - _BAR, width, _BAR, stroke=0, fill=1)
            left.draw_text(canvas, x, top - _BAR - 7.0)
            right.draw_text(canvas, x + 0.7 * width, top - _BAR - 7.0)

    return Part(height, draw)


def running_foot(document: Document, pages: int, width: float, kit: Kit) -> Part:
    """The first side's foot: caveat and edition, as page furniture; the last side has the whole foot."""
    look = kit.look
    said = " · ".join((*_signature(document), _side(1, pages, kit)))
    left = words_in(document.caveat, replace(look.foot, face="bold"), kit.setting).fit(0.5 * width)
    right = words_in(said, look.foot_right, kit.setting).fit(0.45 * width)

    def draw(canvas: TaggedCanvas, x: float, top: float, height: float) -> None:
        with canvas.artifact("Footer"):
            left.draw_text(canvas, x, top)
            right.draw_text(canvas, x + 0.55 * width, top)

    return _ruled(Part(max(left.height, right.height, look.foot.leading), draw), width, kit)


def draft_mark(canvas: TaggedCanvas, paper: tuple[float, float], brand: Brand, setting: Typesetting) -> None:
    """Draft: large and light behind everything, small and dark in the upper and lower margin."""
    word = words(setting.language)["draft"]
    large = ParagraphStyle(brand.fonts.heading, 150.0, 150.0, brand.colours.tint, "bold", "center", 12.0, capitals=True)
    small = ParagraphStyle(
        brand.fonts.heading, 9.0, 12.0, brand.colours.accent_text, "semibold", "center", 0.85, capitals=True
    )
    with canvas.artifact("Watermark"):
        canvas.saveState()
        canvas.translate(paper[0] / 2, paper[1] / 2)
        canvas.rotate(52)
        words_in(word, large, setting).fit(2000.0).draw_text(canvas, -1000.0, large.leading / 2)
        canvas.restoreState()
        label = words_in(word, small, setting).fit(paper[0])
        for top in (paper[1] - 0.6 * MARGIN + 3.0, 0.75 * MARGIN + 3.0):
            label.draw_text(canvas, 0.0, top)
