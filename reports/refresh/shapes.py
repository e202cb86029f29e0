"""Which shape of a slide is which generated one, whatever an editor made of its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from reports.powerpoint.parts import Part
from reports.powerpoint.record.canonical import ShapeValues, canonical
from reports.powerpoint.record.identity import original_name
from reports.powerpoint.record.record import SlideRecord, shapes_inside
from reports.powerpoint.slides import Shape, Slide
from reports.refresh.words import alike, words_of

TOLERANCE = 12_700
"""EMU by which editors move and size what nobody touched: a point, which takes LibreOffice about 35 savings."""
_SIMILAR = 0.6
_GIVEN = re.compile(r"(?:PlaceHolder|Google Shape;|Picture|Text ?Box|Table|Chart|Graphic Frame|Shape|object)[ ;]?\d.*|")
"""Names that programs give by themselves."""


class Placed(Struct, frozen=True, eq=False):
    """A shape of a file, and its values."""

    shape: Shape
    values: ShapeValues
    grouped: bool
    part: Part
    """Of the slide that it stands on."""


class Shapes(Struct, frozen=True, eq=False):
    """The shapes of a slide, as far as they were generated."""

    found: Mapping[str, Placed]
    """By the names that they were generated with."""
    others: tuple[Placed, ...]
    """What a person made, and copies of what was generated."""
    copies: Mapping[str, str]
    """The name of a copy → that of its original."""


def placed(slide: Slide, part: Part) -> list[Placed]:
    """The shapes of a slide with their values; groups are asked for what they hold."""
    return [
        Placed(shape, canonical(shape, part, slide.master, grouped), grouped, part)
        for shape, grouped in shapes_inside(slide.shapes)
        if shape.kind != "group"
    ]


def near(one: ShapeValues, other: ShapeValues) -> int:
    """How far two shapes are apart in EMU; a large number where that is not known."""
    if one.place is None or other.place is None:
        return 1 << 40
    return sum(abs(a - b) for a, b in zip(one.place, other.place, strict=True))


def same_place(one: ShapeValues, other: ShapeValues) -> bool:
    """Whether nobody moved or sized a shape, as far as that can be told."""
    if one.place is None or other.place is None:
        return True
    return all(abs(a - b) <= TOLERANCE for a, b in zip(one.place, other.place, strict=True))


def same_value(one: ShapeValues, other: ShapeValues) -> bool:
    """Whether two shapes say and show the same."""
    if one.kind == "picture" and other.kind == "picture":
        return bool(set(one.files) & set(other.files))  # some programs drop one of the two files
    if one.chart is not None and other.chart is not None:
        return one.chart.numbers == other.chart.numbers
    return (one.kind, one.text, one.cells) == (other.kind, other.text, other.cells)


def find_shapes(record: SlideRecord, here: Sequence[Placed]) -> Shapes:
    """Find the generated shapes of a slide: by name, else by what they say, by place, by placeholder, as the only one
    left of its kind, by words."""
    found: dict[str, Placed] = {}
    copies: dict[str, str] = {}

    def take(name: str, candidates: Sequence[Placed]) -> None:
        if candidates and name not in found:
            values = record.shapes[name]
            found[name] = min(candidates, key=lambda one: _distance(name, values, one))

    for name, values in record.shapes.items():
        named = [one for one in here if one.shape.name == name and _alike(one.values, values)]
        renamed = [one for one in here if original_name(one.shape.name) == name and _alike(one.values, values)]
        take(name, named or renamed)
        copies.update({one.shape.name: name for one in (*named, *renamed) if one is not found.get(name)})
    for rule in (_by_value, _by_place, _by_placeholder, _only_one, _by_words):
        for name, values in record.shapes.items():
            used = {id(one) for one in found.values()}
            free = [
                one for one in here if id(one) not in used and _anonymous(one, record) and _alike(one.values, values)
            ]
            take(name, rule(values, free))
    used = {id(one) for one in found.values()}
    return Shapes(found, tuple(one for one in here if id(one) not in used), copies)


def find_moved(name: str, values: ShapeValues, elsewhere: Sequence[Placed]) -> Placed | None:
    """A generated shape that was cut from its slide and set onto another one."""
    if not _says_something(values):
        return None
    known = (one for one in elsewhere if name in (one.shape.name, original_name(one.shape.name)))
    return next((one for one in known if same_value(one.values, values)), None)


def _distance(name: str, values: ShapeValues, one: Placed) -> tuple[bool, bool, int]:
    return one.shape.name != name, not same_value(one.values, values), near(one.values, values)


def _says_something(values: ShapeValues) -> bool:
    return bool(values.text or values.files or values.cells or values.chart)


def _alike(one: ShapeValues, other: ShapeValues) -> bool:
    return one.kind == other.kind or "shape" in (one.kind, other.kind)


def _anonymous(one: Placed, record: SlideRecord) -> bool:
    """Whether a shape's name does not say that it is another one of those that were generated."""
    return one.shape.name not in record.shapes and original_name(one.shape.name) not in record.shapes


def _by_value(values: ShapeValues, free: Sequence[Placed]) -> list[Placed]:
    return [one for one in free if _says_something(values) and same_value(one.values, values)]


def _by_place(values: ShapeValues, free: Sequence[Placed]) -> list[Placed]:
    known = values.place is not None
    return [one for one in free if known and one.values.place is not None and same_place(one.values, values)]


def _by_placeholder(values: ShapeValues, free: Sequence[Placed]) -> list[Placed]:
    """LibreOffice names all placeholders anew, and makes those of most types plain ones."""
    if not values.mark:
        return []
    wanted = {values.mark} if values.mark in ("title", "dt", "ftr", "sldNum") else {values.mark, "obj", "body"}
    return [one for one in free if one.values.mark in wanted]


def _only_one(values: ShapeValues, free: Sequence[Placed]) -> list[Placed]:
    """The only picture, table or chart that is left."""
    left = [one for one in free if one.values.kind == values.kind]
    return left if values.kind not in ("text", "shape") and len(left) == 1 else []


def _by_words(values: ShapeValues, free: Sequence[Placed]) -> list[Placed]:
    if values.kind != "text" or not values.text:
        return []
    said = words_of(" ".join(values.text))
    return [
        one
        for one in free
        if one.values.kind == "text" and alike(words_of(" ".join(one.values.text)), said) >= _SIMILAR
    ]


def named_by_program(shape: Shape) -> bool:
    """Whether a shape has no name that a person would have given."""
    return bool(_GIVEN.fullmatch(shape.name))
