"""Writes a deck: the plan's slides onto the template's layouts, with pictures, notes, sections and properties."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, assert_never

from msgspec import Struct, field
from pptx.opc.constants import CONTENT_TYPE
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part as PackagePart
from pptx.opc.packuri import PackURI

from charts.drawn.drawing import Drawing
from data.language.words import words
from data.look.brand import Brand
from data.look.logo import no_wider, read_drawing, read_logo
from data.look.readable import readable
from reports.deck.native.part import Look, add_chart, figure_of
from reports.deck.planned.compose_charts import inside_panel, on_layout
from reports.deck.planned.plan import (
    ChartPart,
    CodePart,
    LogoPart,
    PanelPart,
    PicturePart,
    Plan,
    Slide,
    SlideElement,
    TablePart,
    TextPart,
)
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import Template, open_template
from reports.deck.words.frames import TEXT_MINIMUM
from reports.deck.words.text import Passage, TextRun
from reports.deck.written.drawings import drawn_charts
from reports.deck.written.notes import add_stamp, notes_page
from reports.deck.written.package import MadePart
from reports.deck.written.paragraphs import Pen
from reports.deck.written.properties import add_sections, packed
from reports.deck.written.shapes import SlideTree
from reports.document.blocks import Document
from reports.document.qr import QRCode
from reports.powerpoint.box import Box
from reports.powerpoint.steps import points
from reports.powerpoint.xml import qualified

_STAMP = Box(8, 5, 84, 22)
"""Where a draft says so: distance from the right and upper edges, and size, on a slide 540 pt high."""
_SHARPEST = 3.0
"""Pixels of a picture to the point: more than the largest screens show."""
_TINT = "bg2"
"""The theme's own name of the colour of panels."""
_PIXELS = 2.0
"""To the point, for programs that cannot draw SVG; on pages larger than a slide, fewer."""


def write_deck(
    document: Document, brand: Brand, charts: Literal["native", "picture"] = "native", incremental: bool = False
) -> bytes:
    """The document as a PowerPoint file, in the brand's template or Fairsheet's own; the same bytes each time.

    Charts are PowerPoint's own where it can draw them, or all pictures. With `incremental` the points of lists appear
    one by one.

    Raises ProjectError with everything that does not fit on its slide, or when the template cannot be used.
    """
    brand = readable(brand)
    template = open_template(brand)
    plan = plan_slides(document, template.layouts, brand, incremental)
    drawings = drawn_charts(plan, template.layouts.scale, document.language, brand)
    package = template.part.package
    parts = {
        slide.id: MadePart(f"/ppt/slides/slide{number}.xml", CONTENT_TYPE.PML_SLIDE, package)
        for number, slide in enumerate(plan.slides, 1)
    }
    job = _Job(document, brand, template, plan, drawings, parts, charts == "native")
    if document.draft:
        for index in sorted({slide.layout.index for slide in plan.slides}):
            _stamp(job, index)
    notes_master = template.part.notes_master_part
    marks = {mark.get("type"): int(mark.get("idx", "0")) for mark in notes_master._element.iter(qualified("p:ph"))}
    for number, slide in enumerate(plan.slides, 1):
        _write(job, slide, number)
        _write_notes(job, slide, number, notes_master, marks)
    add_sections(template.part, notes_master, plan, parts, document)
    return packed(package, document, brand, plan)


class _Job(Struct, frozen=True):
    """What every slide of one deck is written from."""

    document: Document
    brand: Brand
    template: Template
    plan: Plan
    drawings: Mapping[tuple[str, str], Drawing]
    """By slide and slot."""
    parts: Mapping[str, MadePart]
    """The package's part for each slide id."""
    native: bool
    """Whether PowerPoint draws the charts that it can."""
    media: dict[str, Any] = field(default_factory=dict[str, Any])
    """The package's pictures by name."""


# -- slides --------------------------------------------------------------------------


def _write(job: _Job, slide: Slide, number: int) -> None:
    """Put everything that a slide shows into its part: title first, then in reading order, the foot last."""
    part = job.parts[slide.id]
    layout, document = slide.layout, job.document
    part.relate_to(job.template.layout_parts[layout.index], RT.SLIDE_LAYOUT)
    pen = Pen(document.language, lambda span: _link(job, part, span), job.template.layouts.own)
    sheet = SlideTree(slide.id)
    sheet.text("Title", layout.title, [Passage(slide.title)], slide.title_size, pen)
    for shown in slide.parts:
        _write_part(job, sheet, slide, number, shown, pen)
        if slide.incremental and isinstance(shown, TextPart) and shown.first_point is not None:
            sheet.one_by_one(points([passage.level for passage in shown.passages], shown.first_point))
    if slide.foot and slide.foot.passages:
        sheet.text("Source", slide.foot.frame, slide.foot.passages, slide.foot.size, pen)
    if slide.edition and layout.edition:
        sheet.text("Edition", layout.edition, [Passage((TextRun(slide.edition),))], None, pen)
    if layout.number:
        sheet.number(layout.number, number, pen)
    part.root = sheet.finished()


def _stamp(job: _Job, index: int) -> None:
    """Say "Draft" on a layout, for the eye; for the ear it stands at the foot of every slide."""
    layouts = job.template.layouts
    width = _STAMP.width * layouts.scale
    box = Box(layouts.width - width - _STAMP.left, _STAMP.top, width, _STAMP.height * layouts.scale)
    word = words(job.document.language)["draft"]
    add_stamp(job.template.layout_parts[index]._element, word, box, TEXT_MINIMUM * layouts.scale, job.document.language)


def _write_part(job: _Job, sheet: SlideTree, slide: Slide, number: int, shown: SlideElement, pen: Pen) -> None:
    element = shown.slot
    part = job.parts[slide.id]
    match shown:
        case TextPart():
            if shown.ground:
                sheet.panel(f"{element} panel", shown.ground, job.brand.colours.paper)
            sheet.text(element, shown.frame, shown.passages, shown.size, pen)
        case ChartPart():
            drawing = job.drawings[slide.id, shown.slot]
            box = inside_panel(shown, job.template.layouts.scale)
            box = Box(box.left, box.top, drawing.width, drawing.height)
            if shown.panel:
                sheet.panel(f"{element} panel", shown.box, job.brand.colours.paper)
            name = f"slide{number}-{element.lower().replace(' ', '-')}"
            # a part of a chart has the scale of the whole, which PowerPoint would not know
            body = slide.layout.text or job.template.layouts["Text"].slots["Body"]
            look = Look(body.style(0).face, job.template.layouts.scale, job.template.theme, body.typeface)
            if job.native and shown.drawing is None and (figure := figure_of(drawing, look)) is not None:
                relation = add_chart(
                    job.template.part.package,
                    part,
                    name,
                    drawing,
                    figure,
                    on_layout(job.brand, slide.layout, shown.panel),
                    look,
                )
                sheet.chart(element, box, drawing.alt, relation, shown.frame)
                return
            name = f"/ppt/media/{name}"
            pixels = _PIXELS / max(1.0, job.template.layouts.scale)
            png = _media(job, part, f"{name}.png", "image/png", drawing.png(pixels))
            svg = _media(job, part, f"{name}.svg", "image/svg+xml", drawing.svg())
            sheet.picture(element, box, drawing.alt, png, svg, shown.frame)
        case TablePart():
            sheet.table(shown, slide.layout.text, job.template.layouts.scale, pen)
        case LogoPart():
            _write_logo(job, sheet, shown, part)
        case CodePart():
            picture = _media(job, part, f"/ppt/media/slide{number}-qr-code.png", "image/png", shown.code.png())
            alt = words(job.document.language)["qr code"].format(address=shown.code.shown)
            sheet.picture(element, shown.box, alt, picture, None, shown.frame)
        case PicturePart():
            if isinstance(shown.file, QRCode):
                name = f"/ppt/media/slide{number}-{element.lower().replace(' ', '-')}.png"
                relation = _media(job, part, name, "image/png", shown.file.png())
                sheet.picture(element, shown.box, shown.alt, relation, None, shown.frame)
                return
            picture = no_wider(read_logo(shown.file), round(_SHARPEST * shown.box.width / job.template.layouts.scale))
            name = f"/ppt/media/slide{number}-{element.lower().replace(' ', '-')}.{picture.kind}"
            relation = _media(job, part, name, f"image/{picture.kind}", picture.content)
            drawing = _drawing(job, part, shown.file, name)
            sheet.picture(element, shown.box, shown.alt, relation, drawing, shown.frame)
        case PanelPart():
            sheet.panel(element, shown.box, _TINT)
        case _:
            assert_never(shown)


def _write_logo(job: _Job, sheet: SlideTree, shown: LogoPart, part: Any) -> None:
    """The logo as large as its box allows, in its own proportions; at a foot it is told to the eye alone."""
    logo = read_logo(shown.file)
    factor = min(shown.box.width / logo.width, shown.box.height / logo.height)
    width, height = logo.width * factor, logo.height * factor
    left, top = shown.box.left, shown.box.top
    if shown.small:
        left, top = shown.box.right - width, top + (shown.box.height - height) / 2
    name = f"/ppt/media/logo.{logo.kind}"
    relation = _media(job, part, name, f"image/{logo.kind}", logo.content)
    drawing = _drawing(job, part, shown.file, name)
    alt = None if shown.small else words(job.document.language)["logo"].format(name=job.brand.institution)
    sheet.picture(shown.slot, Box(left, top, width, height), alt, relation, drawing, None)


def _drawing(job: _Job, part: Any, file: Path, name: str) -> str | None:
    """The relationship of a picture's own drawing, which newer programs show in place of `name`; None without one."""
    content = read_drawing(file)
    return None if content is None else _media(job, part, f"{name.rpartition('.')[0]}.svg", "image/svg+xml", content)


def _media(job: _Job, part: Any, name: str, kind: str, content: bytes) -> str:
    """Add a picture to the package, once; the relationship by which the slide knows it."""
    if name not in job.media:
        job.media[name] = PackagePart(PackURI(name), kind, job.template.part.package, content)
    return part.relate_to(job.media[name], RT.IMAGE)


def _link(job: _Job, part: Any, span: TextRun) -> dict[str, str]:
    """Where a span leads: out of the deck, or to the slide that shows a block."""
    key = qualified("r:id")
    if span.link:
        return {key: part.relate_to(span.link, RT.HYPERLINK, is_external=True)}
    target = job.plan.targets.get(span.to)
    if target is None or job.parts[target] is part:
        return {}
    return {key: part.relate_to(job.parts[target], RT.SLIDE), "action": "ppaction://hlinksldjump"}


def _write_notes(job: _Job, slide: Slide, number: int, master: Any, marks: Mapping[str, int]) -> None:
    """Make a slide's notes page; `marks` are the indexes of the notes master's places by their types."""
    part = job.parts[slide.id]
    page = notes_page(slide.id, slide.notes, marks.get("body", 1), marks.get("sldImg"), job.document.language)
    name = f"/ppt/notesSlides/notesSlide{number}.xml"
    notes = MadePart(name, CONTENT_TYPE.PML_NOTES_SLIDE, job.template.part.package, page)
    notes.relate_to(master, RT.NOTES_MASTER)
    notes.relate_to(part, RT.SLIDE)
    part.relate_to(notes, RT.NOTES_SLIDE)
