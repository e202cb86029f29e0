"""The report: cover, contents, sections and "About these data" on numbered pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from msgspec.structs import replace

from data.errors import Place, Problem, ProjectError
from data.language.show import show_date
from data.look.brand import Brand
from data.look.readable import readable
from reports.document.blocks import Document
from reports.document.imprint import correction_line
from reports.document.inlines import Link, Text, plain
from reports.document.page_references import page_called, settled
from reports.pdf.boxes.flowables import rule
from reports.pdf.report.compose import Composer
from reports.pdf.report.contents import ContentsLine, Entry, entries_of, page_numbers, running_heads
from reports.pdf.report.furniture import Sheets
from reports.pdf.report.pages import Flowing, Placed, TooHighError, paginate
from reports.pdf.styles import GRID, WIDTH, ParagraphStyle, paint
from reports.pdf.tagged.box import draw_whole
from reports.pdf.tagged.metadata import Metadata
from reports.pdf.tagged.picture import Picture
from reports.pdf.text.passage import Lines, passage, words_in


def write_report(document: Document, brand: Brand) -> bytes:
    """A prepared document as a tagged PDF/UA-1 report on the brand's paper.

    Everything is set and broken into pages first, with no drawing, so that contents and "x of y" are known when the
    pages are drawn, each once; where the text says itself on which page something stands, it is made until that is so.
    Raises ProjectError for a block that no page can hold.
    """
    brand = readable(brand)

    def made(document: Document) -> tuple[bytes, Mapping[str, int]]:
        report = _Report(document, brand)
        return report.write(), report.canvas.pages_of_anchors()

    return settled(document, made, page_called(document.language))


class _Report(Sheets):
    def write(self) -> bytes:
        document, sheet = self.document, self.sheet
        composer = Composer(
            document.blocks, self.brand, self.styles, self.setting, WIDTH, sheet.height, self.turned.width
        )
        flow, places = composer.flow(document.blocks)
        flow = _with_headings(flow)
        body = self._broken(flow, places)
        entries = entries_of(document)
        contents = paginate(self._contents(entries, {}), sheet.height) if entries else []
        first = 2 + len(contents)
        self.pages = first - 1 + len(body)
        found = page_numbers(document, flow, body, first)
        self._cover()
        if contents:
            listed = self._contents(entries, found)
            self._draw_pages(listed, contents, 2, {})
        self._draw_pages(flow, body, first, running_heads(document))
        self._outline(entries)
        return self.canvas.finish(
            Metadata(
                title=document.title,
                language=document.language,
                author=document.publisher or self.brand.institution,
                subject=plain(document.subtitle, document.language),
                created=document.created,
            )
        )

    # -- pages ---------------------------------------------------------------

    def _broken(self, flow: Sequence[Flowing], places: Sequence[Place]) -> list[list[Placed]]:
        """The flow on pages; what stands on turned ones has these for itself."""
        pages: list[list[Placed]] = []
        start = 0
        for turned, run in groupby(flow, key=lambda item: item.turned):
            items = list(run)
            height = (self.turned if turned else self.sheet).height
            try:
                made = paginate(items, height)
            except TooHighError as error:
                raise ProjectError(_too_high(error, places[start:], height)) from error
            pages.extend([placed._replace(place=start + placed.place) for placed in page] for page in made)
            start += len(items)
        return pages

    def _draw_pages(
        self, flow: Sequence[Flowing], pages: Sequence[Sequence[Placed]], first: int, heads: Mapping[str, str]
    ) -> None:
        """Draw laid-out pages with their furniture; `heads` says what sections are called in running heads."""
        section, upright = "", self.sheet
        for number, page in enumerate(pages, first):
            self.sheet = self.turned if flow[page[0].place].turned else upright
            self.canvas.setPageSize(self.sheet.paper)
            opened = [
                (placed.top, heads[name])
                for placed in page
                if placed.first == 0 and (name := flow[placed.place].opens) in heads
            ]
            self._furniture(number, opened[0][1] if opened and opened[0][0] == 0.0 else section)
            section = opened[-1][1] if opened else section
            for placed in page:
                box = flow[placed.place].box_for(placed)
                box.draw(self.canvas, self.sheet.left, self.sheet.top - placed.top, placed.first, placed.last)
            self.canvas.showPage()
        self.sheet = upright

    # -- cover ---------------------------------------------------------------

    def _cover(self) -> None:
        canvas, sheet, document = self.canvas, self.sheet, self.document
        colours, height = self.brand.colours, sheet.paper[1]
        self._ground()
        with canvas.artifact():
            canvas.setFillColor(paint(colours.accent))
            canvas.rect(0, 0, 22, height, stroke=0, fill=1)
        y = height - 78
        if self.brand.logo is not None:
            self._logo(self.brand.logo, y)
        y = height * 0.735
        if document.kicker:
            kicker = self._say(document.kicker, replace(self.styles.kicker, size=10.5, tracking=1.0))
            y -= draw_whole(kicker, canvas, sheet.left, y) + 4
        title = self._title()
        y -= draw_whole(title, canvas, sheet.left - 1.5, y) + 15
        if document.subtitle:
            subtitle = passage(document.subtitle, self.styles.cover_subtitle, self.setting).fit(WIDTH * 0.92)
            y -= draw_whole(subtitle, canvas, sheet.left, y)
        if y < self._imprint():
            raise ProjectError.at(
                Place("project.toml"),
                "title and subtitle do not fit on the cover.",
                "Shorten them; the title is already set in the smallest size.",
            )
        canvas.anchor("cover", sheet.left, height)
        canvas.showPage()

    def _title(self) -> Lines:
        """The title as large as it can be without breaking a word or taking more than four lines."""
        style = self.styles.cover_title
        for size in (45, 39, 34, 29, 25):
            sized = replace(style, size=size, leading=round(size * 1.09))
            words_of_title = words_in(self.document.title, sized, self.setting, "H1")
            lines = words_of_title.fit(WIDTH)
            if words_of_title.widest <= WIDTH and lines.count <= (2 if size > 39 else 4):
                break
        return lines

    def _logo(self, logo: Path, top: float) -> None:
        alt = self.words["logo"].format(name=self.brand.institution)
        picture = Picture(logo)
        width, height = picture.size_within(180, 45)
        picture.draw(self.canvas, alt, self.sheet.left, top - height, width, height)

    def _imprint(self) -> float:
        """Who publishes, when, and what readers must know, at the foot of the cover; the height of its hairline."""
        canvas, sheet, document, brand = self.canvas, self.sheet, self.document, self.brand
        strong = ParagraphStyle(brand.fonts.heading, 10, 15, brand.colours.ink, "bold")
        plain_style = replace(strong, face="regular")
        muted = replace(plain_style, colour=brand.colours.muted, align="right", balanced=True)
        room = (WIDTH - 24) / 2
        left: list[Lines] = []
        own = f"{brand.institution} {brand.unit}".strip()
        publisher = document.publisher or own
        if publisher == own:
            left.append(self._say(brand.institution, strong, room))
            if brand.unit:
                left.append(self._say(brand.unit, plain_style, room))
        else:
            left.append(self._say(publisher, strong, room))
            names = (name for name in (brand.institution, brand.unit) if name and name not in publisher)
            left.extend(self._say(name, plain_style, room) for name in names)
        if document.website:
            shown = document.website.removeprefix("https://").removeprefix("http://").rstrip("/")
            link = passage((Link(document.website, (Text(shown),)),), plain_style, self.setting)
            left.append(link.fit(room))
        if brand.contact:
            said = brand.contact.replace(" · ", "\u00a0· ")  # no line begins with the dot
            left.append(self._say(said, replace(plain_style, balanced=True), room))
        right: list[Lines] = []
        if document.published:
            date = show_date(document.published, document.language)
            right.append(self._say(f"{self.words['published']} {date}", replace(muted, colour=brand.colours.ink), room))
        if document.caveat:
            right.append(self._say(document.caveat, muted, room))
        if document.edition:
            right.append(self._say(f"{self.words['edition']} {document.edition}", muted, room))
        small = replace(self.styles.caption, balanced=False)
        below = [self._say(said, small, WIDTH) for said in (brand.accommodation, brand.non_discrimination) if said]
        if correction := correction_line(document):
            below.insert(0, self._say(correction, replace(strong, balanced=True), WIDTH))
        height = max(sum(lines.height for lines in column) for column in (left, right))
        statements = sum(lines.height for lines in below) + (6.0 if below else 0.0)
        top = 66 + max(height + statements, 60)
        rule(canvas, sheet.left, top + 10, WIDTH, brand.colours.hairline)
        for x, column in ((sheet.left, left), (sheet.right - room, right)):
            y = top
            for lines in column:
                y -= draw_whole(lines, canvas, x, y)
        y = top - height - 6.0
        for lines in below:
            y -= draw_whole(lines, canvas, sheet.left, y)
        return top + 10

    # -- contents ------------------------------------------------------------

    def _contents(self, entries: Sequence[Entry], pages: Mapping[str, int]) -> list[Flowing]:
        """The contents as a flow; its height does not depend on the page numbers."""
        section = ParagraphStyle(self.brand.fonts.heading, 10.5, 15, self.brand.colours.ink, "bold")
        topic = replace(section, size=9.5, face="regular")
        number = replace(section, colour=self.brand.colours.accent_text)
        title = self._say(self.words["contents"], self.styles.section, WIDTH, "H2")
        flow = [Flowing(title)]
        indent = 22.5
        key = object()
        for i, entry in enumerate(entries):
            style = topic if entry.level else section
            box = ContentsLine(
                key=key,
                number=words_in(entry.number, number, self.setting).fit(indent) if entry.number else None,
                title=words_in(entry.title, style, self.setting).fit(WIDTH - indent - 40),
                page=words_in(str(pages.get(entry.anchor, 0)), replace(style, align="right"), self.setting).fit(40),
                anchor=entry.anchor,
                spoken=f"{entry.title}, {self._page_of(pages.get(entry.anchor, 0))}",
                indent=indent,
                dots=self.brand.colours.mark,
            )
            follows = entries[i + 1].level if i + 1 < len(entries) else 0
            gap = 0.0 if entry.level else (3 if i == 0 else 1) * GRID
            flow.append(
                Flowing(box, gap=gap, kept=i == 0 or (entry.level > 0 and (not follows or not entries[i - 1].level)))
            )
        return flow

    def _outline(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            title = f"{entry.number}  {entry.title}" if entry.number else entry.title
            self.canvas.bookmark(title, entry.level, entry.anchor)


def _with_headings(flow: Sequence[Flowing]) -> list[Flowing]:
    """The flow, what leads to something on turned pages turned with it: a heading stays with its table."""
    found = list(flow)
    for place in reversed(range(1, len(found))):
        if found[place].turned and found[place].kept:
            found[place - 1] = replace(found[place - 1], turned=True)
    return found


def _too_high(error: TooHighError, places: Sequence[Place], height: float) -> Problem:
    return Problem(
        places[error.index],
        f"this takes {error.height:.0f} pt in one piece, and a page has {height:.0f} pt.",
        "Make it shorter, or divide it into several.",
    )
