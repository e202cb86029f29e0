"""The record that a deck carries is made from elements in memory, and slides that were made before keep theirs."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from pptx import Presentation

from data.look.brand import Brand
from reports.deck.writer import write_deck
from reports.powerpoint.opened import Package
from reports.powerpoint.record import record as records
from reports.powerpoint.record.carriers import read_record
from reports.powerpoint.record.known import Known
from reports.powerpoint.record.record import DeckRecord, open_deck, record_of
from tests.decks import BRAND, TEMPLATES, document, everything, heading, paragraph, with_template


def read_again(content: bytes) -> tuple[DeckRecord, DeckRecord]:
    """The record that a deck carries, and one that is made from what the file holds."""
    opened = open_deck(Package(content))
    record = read_record(opened.whole, opened.presentation)
    assert record is not None
    shows = {slide.key: slide.shows for slide in record.slides}
    return record, record_of(
        opened, record.title, record.edition, record.language, record.stamp, shows, record.variables
    )


def forgetful(patch: pytest.MonkeyPatch) -> None:
    """Let nothing be remembered of slides and parts of templates."""
    patch.setattr(records, "_RECORDS", Known[Any](0))
    patch.setattr(records, "_DIGESTS", Known[Any](0))


@pytest.mark.parametrize("charts", ["native", "picture"])
def test_the_record_says_what_is_read_from_the_written_file(charts, monkeypatch):
    content = write_deck(replace(everything(), draft=True), BRAND, charts)
    forgetful(monkeypatch)
    record, again = read_again(content)
    assert record.slides
    assert again == record


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_record_says_the_same_in_anyones_template(shared, name, monkeypatch):
    content = write_deck(everything(), with_template(shared, name))
    forgetful(monkeypatch)
    record, again = read_again(content)
    assert record.slides
    assert again == record


def test_nothing_that_was_made_before_shows_in_another_deck(monkeypatch):
    other = replace(BRAND, colours=replace(BRAND.colours, accent="#7A1F5C"))
    decks: list[tuple[Any, Brand]] = [
        (everything(), BRAND),
        (replace(everything(), draft=True), BRAND),
        (everything(), other),
        (document(heading("Pay"), paragraph("Good.")), BRAND),
        (document(heading("Pay"), paragraph("Better.")), BRAND),
        (everything(), BRAND),
    ]
    remembered = [write_deck(*deck) for deck in decks]
    forgetful(monkeypatch)
    assert [write_deck(*deck) for deck in decks] == remembered


_CHANGES = {
    "slideLayout": (b'<p:cSld name="', b'<p:cSld name="Other '),
    "slideMaster": (b'sz="', b'sz="1'),
    "notesSlide": (b"</a:p>", b"</a:p><a:p><a:r><a:t>More</a:t></a:r></a:p>"),
}


@pytest.mark.parametrize("kind", _CHANGES)
def test_a_slide_whose_layout_master_or_notes_changed_has_another_record(kind, tmp_path):
    Presentation().save(str(tmp_path / "theirs.pptx"))
    brand = replace(BRAND, template=tmp_path / "theirs.pptx")
    opened = open_deck(Package(write_deck(document(heading("Pay"), paragraph("Good.")), brand)))
    before = record_of(opened, "", "", "en", "", {}, {}).slides[1]
    slide = opened.part(opened.deck.slides[1])
    holder = next(slide.related("slideLayout")) if kind == "slideMaster" else slide
    changed = next(holder.related(kind))
    assert _CHANGES[kind][0] in changed.content
    changed.content = changed.content.replace(*_CHANGES[kind])
    after = record_of(opened, "", "", "en", "", {}, {}).slides[1]
    told = {
        "slideLayout": before.layout != after.layout,
        "slideMaster": [one.size for one in before.shapes.values()] != [one.size for one in after.shapes.values()],
        "notesSlide": before.notes != after.notes and before.page != after.page,
    }
    assert told[kind]


def test_only_what_was_asked_for_last_is_kept():
    known = Known[int](2)
    made: list[int] = []

    def value(number: int) -> int:
        return known.get(bytes([number]), lambda: made.append(number) or number)

    assert [value(n) for n in (1, 2, 1, 3, 1, 2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]  # 2 was asked for longest ago when 3 came
