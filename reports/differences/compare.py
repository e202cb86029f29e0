"""Two files are compared: decks slide by slide, PDFs passage by passage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from data.errors import Place, ProjectError
from reports.audit.opened import kind_of, read_file
from reports.audit.wording import short
from reports.differences.deck import read_shown_deck
from reports.differences.found import Change, Differences
from reports.differences.matching import moved, pair_pieces, pair_sheets
from reports.differences.pages import compare_pages
from reports.differences.pdf import read_shown_pdf
from reports.differences.pieces import piece_changes
from reports.differences.shown import Sheet, ShownDeck


def compare_files(old: Path, new: Path) -> Differences:
    """What a person would notice.

    Raises ProjectError for files that are missing, damaged, locked or of different kinds, OutputError for those that
    the machine does not let be read.
    """
    return compare_bytes(read_file(old), read_file(new), str(old), str(new))


def compare_bytes(old: bytes, new: bytes, old_file: str = "old", new_file: str = "new") -> Differences:
    """The same of files given as bytes; they are called by the names given."""
    kinds = kind_of(old, old_file), kind_of(new, new_file)
    if kinds[0] != kinds[1]:
        names = {"pdf": "a PDF", "deck": "a PowerPoint file"}
        raise ProjectError.at(
            Place(new_file),
            f"is {names[kinds[1]]}, and {old_file} is {names[kinds[0]]}.",
            "Name two decks, or two PDFs.",
        )
    if kinds[0] == "pdf":
        return compare_pages(read_shown_pdf(old, old_file), read_shown_pdf(new, new_file))
    return compare_decks(read_shown_deck(old, old_file), read_shown_deck(new, new_file))


def compare_decks(old: ShownDeck, new: ShownDeck) -> Differences:
    """What differs between two decks."""
    remarks = tuple(
        f"{deck.file} has {deck.all_sheets:,} slides, of which the first {len(deck.sheets):,} were compared."
        for deck in (old, new)
        if deck.all_sheets > len(deck.sheets)
    )
    changes = tuple(_decks(old, new))
    return Differences("slide", old.file, new.file, (old.all_sheets, new.all_sheets), changes, remarks)


def _decks(old: ShownDeck, new: ShownDeck) -> Iterator[Change]:
    pairs = pair_sheets(old.sheets, new.sheets)
    back = {other: one for one, other in pairs.items()}
    gone = [sheet for place, sheet in enumerate(old.sheets) if place not in pairs]
    elsewhere = moved(pairs)
    for place, sheet in enumerate(new.sheets):
        if place not in back:
            yield Change("added", "slide", None, sheet.number, _called(sheet), now=_copy(sheet, place, new, back))
            continue
        before = old.sheets[back[place]]
        if back[place] in elsewhere:
            yield Change("moved", "slide", before.number, sheet.number, _called(sheet))
        if before.hidden != sheet.hidden:
            how = ("shown", "hidden") if sheet.hidden else ("hidden", "shown")
            yield Change("changed", "slide", before.number, sheet.number, "", *how)
        for one, other in pair_pieces(before.pieces, sheet.pieces):
            for change in piece_changes(one, other, new.height):
                yield replace(change, old=before.number, new=sheet.number)
    for sheet in gone:
        yield Change("removed", "slide", sheet.number, None, _called(sheet))


def _called(sheet: Sheet) -> str:
    first = sheet.title or next((piece.words for piece in sheet.pieces if piece.words and piece.kind != "foot"), "")
    return f"“{short(first, 60)}”" if first else ""


def _copy(sheet: Sheet, place: int, deck: ShownDeck, known: dict[int, int]) -> str:
    """Of which slide an added one is a copy, in words; empty where it is none."""
    if not sheet.words:
        return ""
    same = (other.number for at, other in enumerate(deck.sheets) if at in known and other.content == sheet.content)
    number = next(same, None)
    return "" if number is None else f"a copy of slide {number}"
