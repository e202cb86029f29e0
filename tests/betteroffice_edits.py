"""The edits that people make, made in another editor that is not LibreOffice: betteroffice-pptx."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

CM = 360_000
"""EMU in a centimetre."""


def slide(deck: Any, title: str) -> Any:
    return next(one for one in deck.snapshot().slides if any(s.text.startswith(title) for s in one.shapes if s.text))


def shape(deck: Any, title: str, name: str) -> tuple[str, Any]:
    on = slide(deck, title)
    return on.id, next(one for one in on.shapes if one.name == name)


def typed_over(deck: Any, title: str, name: str, old: str, new: str) -> None:
    _, one = shape(deck, title, name)
    story = next(story for story in one.stories if old in story.text)
    start = _place(story.text, story.text.index(old))
    deck.delete_text(story.id, start, start + _place(old, len(old)))
    deck.insert_text(story.id, start, new)


def _place(text: str, characters: int) -> int:
    """In UTF-16 code units."""
    return len(text[:characters].encode("utf-16-le")) // 2


def whole(deck: Any, title: str, name: str, new: str) -> None:
    _, one = shape(deck, title, name)
    typed_over(deck, title, name, one.stories[0].text.rstrip("\n¶"), new)


# -- edits -----------------------------------------------------------------------------


def nothing(deck: Any) -> None:
    """The deck is saved as it is."""


def title(deck: Any) -> None:
    whole(deck, "What we found", "Title", "Three things to know")


def word(deck: Any) -> None:
    typed_over(deck, "What we found", "Body", "are satisfied", "like it")


def number(deck: Any) -> None:
    typed_over(deck, "What we found", "Body", "12.4%", "12.5%")


def bold(deck: Any) -> None:
    _, one = shape(deck, "What we found", "Body")
    deck.format_text(one.stories[0].id, 0, 8, bold=True, color="C00000")


def bullet(deck: Any) -> None:
    _, one = shape(deck, "What we found", "Body")
    story = one.stories[0]
    end = story.text.index("three cities") + len("three cities")
    deck.insert_paragraph_break(story.id, end)
    deck.insert_text(story.id, end + 1, "My own point: ask an advisor")


def drop_bullet(deck: Any) -> None:
    typed_over(deck, "What we found", "Body", "Most jobs are in three cities", "")


def move(deck: Any) -> None:
    on, one = shape(deck, "Engineers", "Chart")
    deck.set_shape_rect(on, one.id, 3 * CM, 6 * CM, 15 * CM, 6 * CM)


def move_text(deck: Any) -> None:
    on, one = shape(deck, "Read with care", "Callout")
    deck.set_shape_rect(on, one.id, 3 * CM, 12 * CM, 9_712_960, 1_219_200)


def resize_title(deck: Any) -> None:
    on, one = shape(deck, "All jobs", "Title")
    deck.set_shape_rect(on, one.id, 731_520, 355_600, 15 * CM, 889_000)


def colour(deck: Any) -> None:
    on, one = shape(deck, "Read with care", "Callout")
    deck.set_shape_fill(on, one.id, "FFE699")


def outline(deck: Any) -> None:
    on, one = shape(deck, "Read with care", "Callout")
    deck.set_shape_stroke(on, one.id, color="C00000", width_pt=3.0)


def letters(deck: Any) -> None:
    _, one = shape(deck, "Three numbers", "Figure 1")
    deck.format_text(one.stories[0].id, 0, 8, font_size=44.0, color="0000FF")


def italic(deck: Any) -> None:
    _, one = shape(deck, "Pay is good", "Introduction")
    deck.format_text(one.stories[0].id, 0, 4, italic=True, underline="sng")


def face(deck: Any) -> None:
    _, one = shape(deck, "What we found", "Title")
    deck.format_text(one.stories[0].id, 0, 13, font_family="Georgia")


def drop_shape(deck: Any) -> None:
    for name in ("Figure 3", "Label 3"):
        on, one = shape(deck, "Three numbers", name)
        deck.remove_shape(on, one.id)


def drop_chart(deck: Any) -> None:
    on, one = shape(deck, "Side by side", "Right chart")
    deck.remove_shape(on, one.id)


def drop_source(deck: Any) -> None:
    on, one = shape(deck, "Engineers", "Source")
    deck.remove_shape(on, one.id)


def cell(deck: Any) -> None:
    typed_over(deck, "All jobs", "Table", "$110,000", "see note")
    _, one = shape(deck, "All jobs", "Table")
    story = one.stories[-1]
    deck.delete_text(story.id, 0, 1)
    deck.insert_text(story.id, 0, "five")


def header(deck: Any) -> None:
    typed_over(deck, "All jobs", "Table", "Places", "Open places")


def row_name(deck: Any) -> None:
    typed_over(deck, "All jobs", "Table", "Analyst", "Data analyst")


def cell_look(deck: Any) -> None:
    _, one = shape(deck, "All jobs", "Table")
    story = next(story for story in one.stories if "$120,000" in story.text)
    deck.format_text(story.id, 0, 8, bold=True, color="C00000")


def add_slide(deck: Any) -> None:
    deck.insert_slide(3)
    new = deck.slide(3).id
    deck.add_text_box(new, x=2 * CM, y=2 * CM, width=9 * CM, height=2 * CM, text="A slide of my own")


def add_two_slides(deck: Any) -> None:
    add_slide(deck)
    deck.insert_slide(1)
    deck.add_text_box(deck.slide(1).id, x=CM, y=CM, width=9 * CM, height=2 * CM, text="Before all else")


def drop_slide(deck: Any) -> None:
    deck.delete_slide(slide(deck, "Read with care").id)


def drop_chart_slide(deck: Any) -> None:
    deck.delete_slide(slide(deck, "Engineers").id)


def edit_old(deck: Any) -> None:
    typed_over(deck, "Old news", "Body", "good", "splendid")


def move_old(deck: Any) -> None:
    on, one = shape(deck, "Old news", "Body")
    deck.set_shape_rect(on, one.id, 3 * CM, 6 * CM, 15 * CM, 6 * CM)


def reorder(deck: Any) -> None:
    one = slide(deck, "All jobs")
    deck.move_slide(one.id, one.index - 3)


def reorder_all(deck: Any) -> None:
    for place, one in enumerate(reversed(deck.slide_ids)):
        deck.move_slide(one, place)


def own_shape(deck: Any) -> None:
    on = slide(deck, "Engineers").id
    deck.add_text_box(on, x=20 * CM, y=5 * CM, width=6 * CM, height=2 * CM, text="Look here!")


def arrow(deck: Any) -> None:
    on = slide(deck, "Engineers").id
    deck.add_shape(on, "rightArrow", x=20 * CM, y=5 * CM, width=6 * CM, height=2 * CM, fill="C00000", name="My arrow")


def comment(deck: Any) -> None:
    deck.add_comment(slide(deck, "Engineers").id, "Is that right?", author="An advisor", created="2026-11-20T10:00:00Z")


def retitle_all(deck: Any) -> None:
    for place, one in enumerate(deck.snapshot().slides):
        for its in one.shapes:
            if its.name == "Title":
                story = its.stories[0]
                deck.delete_text(story.id, 0, _place(story.text, len(story.text.rstrip("\n¶"))))
                deck.insert_text(story.id, 0, f"My heading number {place}")


def session(deck: Any) -> None:
    """An afternoon's work."""
    for one in (word, bold, bullet, move, colour, drop_shape, cell, own_shape, add_slide, drop_slide, reorder):
        one(deck)


EDITS: dict[str, Callable[[Any], None]] = {
    one.__name__: one
    for one in (
        nothing, title, word, number, bold, bullet, drop_bullet, move, move_text, resize_title, colour, outline,
        letters, italic, face, drop_shape, drop_chart, drop_source, cell, header, row_name, cell_look, add_slide,
        add_two_slides, drop_slide, drop_chart_slide, edit_old, move_old, reorder, reorder_all, own_shape, arrow,
        comment, retitle_all, session,
    )
}  # fmt: skip


def edited(deck: bytes, name: str) -> bytes:
    """The deck after one of the edits."""
    import betteroffice_pptx

    opened = betteroffice_pptx.Presentation.open(deck)
    EDITS[name](opened)
    return opened.save()
