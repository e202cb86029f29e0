"""The order of slides after a refresh, and the sections that they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reports.powerpoint.arranged import SectionList
from reports.powerpoint.opened import whole
from reports.powerpoint.record.canonical import digest
from reports.powerpoint.xml import Element, qualified

Key = str
"""A generated slide's; a person's own slides are called by their places in the file."""


def final_order(file: Sequence[Key], earlier: Sequence[Key], later: Sequence[Key]) -> list[Key]:
    """The keys of all slides in their new order.

    `file` is the order in the file, without what was taken out of it; `earlier` that of the slides as they were
    generated, `later` that in which they are generated now, without those that people deleted. Where nobody moved a
    generated slide they stand as they are generated now; else as they stand, and new ones behind the one before them.
    A person's own slides stay behind the slide that they stand behind.
    """
    generated, known = set(later), set(earlier)
    there = [key for key in file if key in generated]
    if there == [key for key in earlier if key in there and key in known]:
        anchored: dict[Key, list[Key]] = {}
        before = ""
        for key in file:
            if key in generated:
                before = key
            else:
                anchored.setdefault(before, []).append(key)
        order = list(anchored.get("", ()))
        for key in later:
            order += [key, *anchored.get(key, ())]
        return order
    order = list(file)
    before = ""
    for key in later:
        if key not in order:
            order.insert(order.index(before) + 1 if before else 0, key)
        before = key
    return order


def sections(
    theirs: Element,
    fresh: Element,
    recorded: str,
    order: Sequence[Key],
    numbers: Mapping[Key, int],
    homes: Mapping[Key, str],
    file_numbers: Mapping[Key, int],
) -> list[SectionList]:
    """The sections to list: as they are generated now, unless a person changed their names.

    `homes` has the name of the section in which each generated slide stands now; `numbers` the ids of all slides, and
    `file_numbers` those that they had in the file. A slide without a section stands in that of the one before it.
    """
    mine, ours = _listed(theirs), _listed(fresh)
    changed = bool(mine) and digest(repr([one.name for one in mine]).encode()) != recorded
    listed = mine if changed else ours
    if not listed:
        return []
    held = {number: one.name for one in mine for number in one.slides} if changed else {}
    members: dict[int, list[int]] = {place: [] for place in range(len(listed))}
    names = {one.name: place for place, one in reversed(list(enumerate(listed)))}
    place = 0
    for key in order:
        name = held.get(file_numbers.get(key, 0)) if changed else homes.get(key)
        place = names.get(name or "", place)
        members[place].append(numbers[key])
    return [SectionList(one.name, tuple(members[place]), one.id) for place, one in enumerate(listed)]


def _listed(presentation: Element) -> list[SectionList]:
    return [
        SectionList(
            str(one.get("name") or ""),
            tuple(whole(entry, "id") or 0 for entry in one.iter(qualified("p14:sldId"))),
            str(one.get("id") or ""),
        )
        for one in presentation.iter(qualified("p14:section"))
    ]
