"""Writes the deck to print: each slide's title as a heading, what it shows, and the notes below it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from data.errors import Problem, ProjectError
from data.look.brand import Brand
from data.look.readable import readable
from reports.deck.planned.plan import Plan, Slide
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.document.blocks import Document
from reports.document.inlines import plain
from reports.notes.compose import Composer
from reports.notes.paragraphs import Setter
from reports.pdf.report.furniture import Sheets
from reports.pdf.report.pages import Flowing, Placed, TooHighError, paginate
from reports.pdf.tagged.metadata import Metadata


def write_notes(document: Document, brand: Brand) -> bytes:
    """The deck of a document as a tagged PDF/UA-1 file to print: every slide with its notes, on the brand's paper.

    Slides are planned as for the deck, in the brand's template or Fairsheet's own, so that both say the same. Raises
    ProjectError with everything that does not fit on its slide, for a slide that no page can hold, and where the
    template cannot be used.
    """
    brand = readable(brand)
    plan = plan_slides(document, open_template(brand).layouts, brand)
    return _Notes(document, brand).write(plan)


class _Notes(Sheets):
    def write(self, plan: Plan) -> bytes:
        sheet, document = self.sheet, self.document
        levels = _levels(plan)
        names = {slide.id: slide.title_text for slide in plan.slides}
        setter = Setter(replace(self.setting, labels=names), plan.targets)
        composer = Composer(self.brand, self.styles, setter, document.language, sheet.height, len(plan.slides))
        flow: list[Flowing] = []
        shown: list[Slide] = []
        for number, slide in enumerate(plan.slides, 1):
            boxes = list(composer.flow(slide, number, levels[slide.id] + 1))
            flow.extend(boxes)
            shown.extend([slide] * len(boxes))
        try:
            pages = paginate(flow, sheet.height)
        except TooHighError as error:
            slide = shown[error.index]
            message = (
                f"the slide '{slide.title_text}' takes {error.height:.0f} pt of a page that has {sheet.height:.0f} pt."
            )
            raise ProjectError([Problem(slide.place, message, "Divide it into two slides.")]) from error
        self.pages = len(pages)
        sections = {one: section.name for section in plan.sections for one in section.slides}
        for number, page in enumerate(pages, 1):
            section = sections.get(shown[page[0].place].id, "")
            self._page(flow, page, number, section if section != document.title else "")
        for slide in plan.slides:
            self.canvas.bookmark(slide.title_text, levels[slide.id], slide.id)
        return self.canvas.finish(
            Metadata(
                title=f"{document.title}: {self.words['slides and notes']}",
                language=document.language,
                author=document.publisher or self.brand.institution,
                subject=plain(document.subtitle, document.language),
                created=document.created,
            )
        )

    def _page(self, flow: list[Flowing], page: list[Placed], number: int, section: str) -> None:
        self._furniture(number, section)
        for placed in page:
            box = flow[placed.place].box_for(placed)
            box.draw(self.canvas, self.sheet.left, self.sheet.top - placed.top, placed.first, placed.last)
        self.canvas.showPage()


def _levels(plan: Plan) -> dict[str, int]:
    """How deep each slide stands, from 0: the first one above all, those that open a section below it."""
    return dict(_level(plan))


def _level(plan: Plan) -> Iterator[tuple[str, int]]:
    first = plan.slides[0].id
    for section in plan.sections:
        opened = False
        for slide in section.slides:
            role = next(one.role for one in plan.slides if one.id == slide)
            opened = opened or role == "Section"
            yield slide, 0 if slide == first else 1 if role == "Section" or not opened else 2
