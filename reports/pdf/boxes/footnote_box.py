"""A footnote on a page: its number, which leads back to the text, and its words beside it."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct, field

from data.language.words import words
from reports.document.inlines import Footnote
from reports.pdf.styles import ParagraphStyle
from reports.pdf.tagged.box import Piece
from reports.pdf.tagged.tagging import TaggedCanvas
from reports.pdf.text.passage import Lines, passage, words_in
from reports.pdf.text.spans import Typesetting, call_anchor, note_anchor


class FootnoteBox(Struct, frozen=True):
    """One footnote, under an element that says what it is (ISO 14289-1, 7.9: a Note has an ID of its own)."""

    number: int
    label: Lines
    text: Lines
    indent: float
    back: str
    """Where its number leads, in words."""
    key: object = field(default_factory=object)

    @property
    def pieces(self) -> Sequence[Piece]:
        return self.text.pieces

    def draw(self, canvas: TaggedCanvas, x: float, top: float, first: int, last: int) -> None:
        style = self.label.passage.style
        with canvas.tag("Note", self.key, identity=note_anchor(self.number)):
            if first == 0:
                canvas.anchor(note_anchor(self.number), x, top + style.leading)
                canvas.anchor(call_anchor(self.number), x, top + style.leading)  # where nothing has set one above
                back = canvas.link(self.back, target=call_anchor(self.number), key=self)
                with canvas.tag("Lbl"), back as link:
                    self.label.draw_text(canvas, x, top)
                    link.area(x, top - style.leading, x + self.label.lines[0].width, top)
            self.text.draw(canvas, x + self.indent, top, first, last)


def footnote_boxes(
    notes: Sequence[Footnote], style: ParagraphStyle, setting: Typesetting, width: float
) -> list[FootnoteBox]:
    """Footnotes `width` points wide, their words on one edge."""
    labels = [words_in(str(note.number), style, setting) for note in notes]
    indent = max(label.natural_width for label in labels) + 0.6 * style.size
    back = words(setting.language)["back to the text"]
    return [
        FootnoteBox(
            note.number,
            label.fit(indent),
            passage(note.content, style, setting).fit(width - indent),
            indent,
            back.format(number=note.number),
        )
        for note, label in zip(notes, labels, strict=True)
    ]
