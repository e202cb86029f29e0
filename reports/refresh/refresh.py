"""A deck that people edited and the same deck with new data become one: three-way, slide by slide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from reports.powerpoint.arranged import put_in_order, set_sections, set_slides
from reports.powerpoint.opened import BrokenPackageError, Package, child, q
from reports.powerpoint.parts import Part, write_parts
from reports.powerpoint.record.canonical import ShapeValues
from reports.powerpoint.record.carriers import fill_carriers, read_record
from reports.powerpoint.record.identity import (
    add_marker,
    creation_id,
    creation_of,
    drop_marker,
    marker_of,
    set_creation,
    slide_number,
)
from reports.powerpoint.record.record import DeckRecord, OpenedDeck, SlideRecord, loose_digests, loose_parts, open_deck
from reports.powerpoint.slides import Slide
from reports.refresh.home import Home
from reports.refresh.matched import Found, find_slides, same_slides
from reports.refresh.order import final_order, sections
from reports.refresh.outcomes import Outcome, Refreshed
from reports.refresh.shapes import Placed, Shapes, find_moved, find_shapes, placed, same_place, same_value
from reports.refresh.slide import Pair, adopt, is_untouched, merge_slide, notes_untouched
from reports.refresh.template import take_template
from reports.refresh.told import Speaker, Teller

_EVERYWHERE = ("title", "about-data", "correction")
"""Keys of slides that every project's deck has."""
_LEAST_KNOWN = 0.2
"""Share of a deck's slides that a project must make for the deck to be one of its own."""


class NoRecordError(Exception):
    """A deck that Fairsheet did not make, or one that lost its record."""


class StrictError(Exception):
    """A deck in the strict kind of Open XML, whose names differ from those that are written."""


class StrangerError(Exception):
    """A deck that was made from another project; carries the title of that one."""


class OtherVariablesError(Exception):
    """A deck that was made with other variables than the run has set: its numbers are about something else."""

    def __init__(self, was: Mapping[str, str]) -> None:
        super().__init__(was)
        self.was = was


def refresh_deck(edited: bytes, generated: bytes, settled: bool = False) -> Refreshed:
    """Bring what is generated now into a deck that people edited, and keep their work.

    `settled` takes what people wrote for right where it is in conflict with the data. The same two files give the same
    bytes. Raises NoRecordError, StrangerError, OtherVariablesError, StrictError, DamagedRecordError,
    StrangeRecordError, BrokenPackageError and WrongKindError; `generated` must be a deck that Fairsheet has just made.
    """
    package = Package(edited)
    if package.is_strict():
        raise StrictError
    theirs, fresh = open_deck(package), open_deck(Package(generated))
    _refuse_misshapen(theirs)
    record, new = (read_record(one.whole, one.presentation) for one in (theirs, fresh))
    if record is None or new is None:
        raise NoRecordError
    same = same_slides(record.slides, new.slides)
    _refuse_stranger(record, new, same)
    job = _Job(theirs, fresh, record, new, same, settled)
    return job.done(edited)


def _refuse_misshapen(theirs: OpenedDeck) -> None:
    """BrokenPackageError for a slide or a notes page without the tree that its shapes stand in."""
    pages = [(slide, part) for slide in theirs.deck.slides for part in theirs.part(slide).related("notesSlide")]
    trees = [(slide.place, slide.root) for slide in theirs.deck.slides]
    trees += [(f"the notes of {slide.place}", part.tree) for slide, part in pages]
    for place, root in trees:
        if child(root, "p:cSld", "p:spTree") is None:
            raise BrokenPackageError(f"{place} cannot be read")


def _refuse_stranger(record: DeckRecord, new: DeckRecord, same: dict[str, str]) -> None:
    own = [one.key for one in record.slides if one.key not in _EVERYWHERE]
    known = [key for key in same.values() if key in own]
    if record.title != new.title and len(known) < _LEAST_KNOWN * len(own):
        raise StrangerError(record.title)
    if record.variables != new.variables:
        raise OtherVariablesError(record.variables)


class _There(Struct, frozen=True, eq=False):
    """A generated slide that is in the file."""

    slide: Slide
    part: Part
    record: SlideRecord
    here: tuple[Placed, ...]
    shapes: Shapes


class _Job:
    """One refresh."""

    def __init__(
        self,
        theirs: OpenedDeck,
        fresh: OpenedDeck,
        record: DeckRecord,
        new: DeckRecord,
        same: dict[str, str],
        settled: bool,
    ) -> None:
        self.theirs, self.fresh, self.record, self.new = theirs, fresh, record, new
        self.same = same
        self.teller = Teller(record.open, settled)
        if not take_template(theirs, fresh, record, new):
            said = "the project's template is another one now, and the deck keeps the one that it has"
            self.teller.tell(Outcome("note", "", ours=said))
        self.found: Found = find_slides(theirs.deck.slides, record.slides)
        self.fresh_slides = {marker.key: one for one in fresh.deck.slides if (marker := marker_of(one.notes))}
        self.there = self._opened()
        stands = {
            id(fresh.part(self.fresh_slides[key])): theirs.part(self.found.slides[old])
            for key, old in same.items()
            if old in self.found.slides
        }
        self.home = Home(theirs, fresh, stands)
        self.loses_alt = not any(
            one.values.alt for its in self.there.values() for one in its.here if one.values.kind != "picture"
        )
        """Whether the program that saved the file dropped the descriptions of what is no picture."""
        self.kept: dict[str, dict[str, ShapeValues]] = {}

    def _opened(self) -> dict[str, _There]:
        """The generated slides that are in the file with their shapes, also those that were cut and set elsewhere."""
        records = self.record.by_key()
        here = {key: placed(slide, self.theirs.part(slide)) for key, slide in self.found.slides.items()}
        shapes = {key: find_shapes(records[key], its) for key, its in here.items()}
        own = [one for one in self.theirs.deck.slides if one not in self.found.slides.values()]
        elsewhere = [one for its in shapes.values() for one in its.others if one.shape.name not in its.copies]
        elsewhere += [
            one
            for slide in own
            for one in placed(slide, self.theirs.part(slide))
            if slide.number not in self.found.copies
        ]
        opened: dict[str, _There] = {}
        for key, slide in self.found.slides.items():
            found = dict(shapes[key].found)
            for name, values in records[key].shapes.items():
                moved = None if name in found else find_moved(name, values, elsewhere)
                if moved is not None:
                    found[name] = moved
            opened[key] = _There(
                slide, self.theirs.part(slide), records[key], tuple(here[key]), replace(shapes[key], found=found)
            )
        return opened

    # -- slides ------------------------------------------------------------------

    def done(self, edited: bytes) -> Refreshed:
        """Do all, and make the file."""
        self._release_copies()
        self._put_header_rows_back()
        for new in self.new.slides:
            old = self.same.get(new.key)
            if old in self.there:
                self._merge(self.there[old], new)
            elif old is not None:
                changed = self.record.by_key()[old].shapes != new.shapes
                self._speaker(new)("deleted", "changed data" if changed else "", ours=new.title)
        gone, removed = self._gone()
        parts = self._arrange(removed)
        for key, part in parts.items():
            self._mark(key, part)
        self._loose()
        record = self._record(gone)
        outcomes = tuple(self._numbered(parts))
        if record == self.record:
            return Refreshed(edited, False, outcomes, self.record.edition, self.new.edition)
        fill_carriers(self.theirs.whole, self.theirs.presentation, record)
        put_in_order(self.theirs.whole, self.theirs.presentation)
        return Refreshed(write_parts(self.theirs.whole), True, outcomes, self.record.edition, self.new.edition)

    def _speaker(self, new: SlideRecord, slide: Slide | None = None) -> Speaker:
        title = slide.title.words if slide is not None and slide.title else new.title
        return Speaker(self.teller, new.key, title, 0 if slide is None else slide.number)

    def _merge(self, there: _There, new: SlideRecord) -> None:
        fresh = self.fresh_slides[new.key]
        pair = Pair(there.slide, there.part, there.record, new, fresh, self.fresh.part(fresh), there.shapes)
        say = self._speaker(new, there.slide)
        if is_untouched(there.slide, there.part, there.record, there.here):
            adopt(pair, self.home, say)
        else:
            self.kept[new.key] = merge_slide(pair, self.home, self.loses_alt, say)
            for copied, name in there.shapes.copies.items():
                say.of(copied)("copied", theirs=copied, was=name)

    def _put_header_rows_back(self) -> None:
        """Let the first rows of tables be headers again, where the program that saved the file dropped that of all."""
        shapes = [one for there in self.there.values() for one in there.shapes.found.values()]
        looks = [(one.part, look) for one in shapes for look in one.shape.element.iter(q("a:tblPr"))]
        if not any(look.get("firstRow") in ("1", "true") for _, look in looks):
            for part, look in looks:
                look.set("firstRow", "1")
                part.changed = True

    def _release_copies(self) -> None:
        """Slides that a person made of generated ones are hers: they lose their marks."""
        for slide in self.theirs.deck.slides:
            key = self.found.copies.get(slide.number)
            if key is None:
                continue
            part = self.theirs.part(slide)
            for page in part.related("notesSlide"):
                page.changed = drop_marker(page.tree) or page.changed
            if creation_of(part.tree):
                set_creation(part.tree, creation_id(f"{key} {slide.number}"))
                part.changed = True
            title = slide.title.words if slide.title else ""
            Speaker(self.teller, key, title, slide.number)("copied")

    def _gone(self) -> tuple[list[SlideRecord], list[Part]]:
        """Slides that the story does not have any more: those that a person touched stay, and are told."""
        kept: list[SlideRecord] = []
        removed: list[Part] = []
        staying = set(self.same.values())
        for key, there in self.there.items():
            if key in staying:
                continue
            say = Speaker(self.teller, key, there.record.title, there.slide.number)
            if _untouched_in_value(there):
                removed.append(there.part)
                say("removed")
            else:
                kept.append(there.record)
                say("conflict", "gone", there.record.title, there.slide.title.words if there.slide.title else "")
        return kept, removed

    # -- the whole ---------------------------------------------------------------

    def _arrange(self, removed: Sequence[Part]) -> dict[str, Part]:
        """Put all slides in order and into sections; the parts of the generated ones by their new keys."""
        back = {old: key for key, old in self.same.items()}
        names: dict[int, str] = {}
        for old, there in self.there.items():
            names[id(there.part)] = back.get(old, f"gone {old}")
        file: list[str] = []
        parts: dict[str, Part] = {}
        numbers: dict[str, int] = {}
        for slide in self.theirs.deck.slides:
            part = self.theirs.part(slide)
            key = names.get(id(part), f"own {slide.number}")
            if id(part) not in names and slide.number not in self.found.copies:
                title = slide.title.words if slide.title else ""
                Speaker(self.teller, key, title, slide.number)("own")
            if not any(part is one for one in removed):
                file.append(key)
                parts[key] = part
                numbers[key] = int(slide.identity) if slide.identity.isdecimal() else 0
        earlier = [back.get(one.key, f"gone {one.key}") for one in self.record.slides]
        later = [one.key for one in self.new.slides if one.key in parts or one.key not in self.same]
        order = final_order(file, earlier, later)
        for new in self.new.slides:
            if new.key not in parts and new.key in order:
                parts[new.key] = self._bring(new)
        ids = self._ids(order, numbers)
        set_slides(self.theirs.presentation, [(parts[key], ids[key]) for key in order])
        homes = {one.key: one.section for one in self.new.slides}
        listed = sections(
            self.theirs.presentation.tree,
            self.fresh.presentation.tree,
            self.record.sections,
            order,
            ids,
            homes,
            numbers,
        )
        if listed:
            set_sections(self.theirs.presentation.tree, listed)
        self.places = {key: place for place, key in enumerate(order, 1)}
        return {one.key: parts[one.key] for one in self.new.slides if one.key in parts}

    def _bring(self, new: SlideRecord) -> Part:
        """A slide that the story did not have before."""
        fresh = self.fresh.part(self.fresh_slides[new.key])
        mine = Part(fresh.name, fresh.type, fresh.content)
        self.home.add_slide(fresh, mine)
        mine.links = {key: self.home.link(link) for key, link in fresh.links.items() if not self.home.is_gone(link)}
        self._speaker(new)("added", ours=new.title)
        return mine

    def _ids(self, order: Sequence[str], numbers: dict[str, int]) -> dict[str, int]:
        """The ids of slides: those they have, but where an editor left a generated one its own, the new one."""
        new = {one.key: one for one in self.new.slides}
        old = {key: self.record.by_key()[its] for key, its in self.same.items()}
        taken: set[int] = set()
        found: dict[str, int] = {}
        for key in sorted(order, key=lambda key: key in new):
            number = numbers.get(key, 0)
            ours = new.get(key)
            if ours is not None and (not number or number == (old[key].number if key in old else 0)):
                number = ours.number
            if not number or number in taken:
                number = slide_number(key, taken)
            taken.add(number)
            found[key] = number
        return found

    def _mark(self, key: str, part: Part) -> None:
        """Give a slide the marks by which the next refresh finds it, where they are not there."""
        if creation_of(part.tree) != creation_id(key):
            set_creation(part.tree, creation_id(key))
            part.changed = True
        page = next(part.related("notesSlide"), None)
        if page is None:
            fresh = self.fresh.part(self.fresh_slides[key])
            for ours in fresh.related("notesSlide"):
                part.add_link("notesSlide", self.home.of(ours))
            return
        marker = marker_of(page.tree)
        if marker is None or marker.key != key or marker.copied:
            add_marker(page.tree, key)
            page.changed = True

    def _loose(self) -> None:
        """Properties and settings that nobody changed are the new ones; of others, the edition alone."""
        mine, ours = loose_parts(self.theirs), loose_parts(self.fresh)
        digests = loose_digests(self.theirs)
        for kind, part in mine.items():
            if kind in ours and digests[kind] == self.record.loose.get(kind):
                part.content = ours[kind].content
            elif kind == "core-properties" and kind in ours:
                _set_edition(part, ours[kind])

    def _record(self, gone: Iterable[SlideRecord]) -> DeckRecord:
        """What the file is to remember: what is generated now, what stays though it is not, and what is not settled."""
        slides = [replace(one, shapes={**one.shapes, **self.kept.get(one.key, {})}) for one in self.new.slides]
        return replace(self.new, slides=(*slides, *gone), open=tuple(self.teller.open))

    def _numbered(self, parts: dict[str, Part]) -> Iterable[Outcome]:
        for one in self.teller.outcomes:
            yield replace(one, number=self.places.get(one.key, 0) if one.key in parts else one.number)


def _untouched_in_value(there: _There) -> bool:
    """Whether nobody wrote on a slide, added to it, or moved anything."""
    found = there.shapes.found
    if there.shapes.others or not (notes_untouched(there.part, there.record) or _notes(there) == there.record.notes):
        return False
    return set(found) == set(there.record.shapes) and all(
        same_value(found[name].values, values) and same_place(found[name].values, values)
        for name, values in there.record.shapes.items()
    )


def _notes(there: _There) -> tuple[str, ...]:
    from reports.powerpoint.record.canonical import body_text, notes_body

    return body_text(notes_body(there.slide.notes))


def _set_edition(part: Part, ours: Part) -> None:
    name = q("cp:version")
    said = ours.tree.find(name)
    if said is None:
        return
    mine = part.tree.find(name)
    if mine is None:
        mine = part.tree.makeelement(name, {})
        part.tree.append(mine)
    mine.text = said.text
    part.changed = True
