"""Chooses the layouts of a template that serve a deck: all of one master, by what they are for, never by language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from msgspec import Struct

from data.errors import Place, Problem, ProjectError, nearest
from reports.deck.templates.inheritance import LayoutFound
from reports.deck.words.frames import TextFrame

Use = Literal["title", "section", "text", "columns", "comparison", "chart", "table"]
"""What a layout is for, as `[deck.layouts]` in brand.toml says it."""
USES: tuple[Use, ...] = get_args(Use)

_NARROWEST = 0.3
"""Least width of a title's place, of the slide's."""
_OTHERS = ("vert", "pic", "objTx", "txObj", "clip")
"""Beginnings of PowerPoint's types whose places are not what they look like."""
_COVERS = ("title slide", "cover", "titelfolie", "deckblatt", "diapositive de titre", "portada", "copertina")
"""Names that programs give to a first slide, for layouts that carry no type."""


class Choice(Struct, frozen=True):
    """A layout, and why it serves."""

    layout: LayoutFound
    why: str
    placed: bool = True
    """Whether its own places are filled; else text boxes are drawn on it."""
    said: bool = False
    """Whether brand.toml asks for it."""


def choose(found: Sequence[LayoutFound], wanted: Mapping[str, str], file: str) -> dict[Use, Choice]:
    """A layout for every use but "comparison", which some templates lack.

    Raises ProjectError where no layout has a title, and for each name in `wanted` that is none of a layout's.
    """
    titled = [layout for layout in found if has_title(layout)]
    if not titled:
        names = ", ".join(f"'{layout.name}'" for layout in found)
        raise ProjectError.at(
            Place("brand.toml"),
            f"the template '{file}' has no layout with a title; its layouts are {names or 'none'}.",
            "Add a layout with a title placeholder in PowerPoint's slide master view, or name another template.",
        )
    said = _said(found, wanted, file)
    lead = said.get("text") or next(iter(said.values()), None)
    master = lead.layout.master if lead and has_title(lead.layout) else _master(titled)
    mine = [layout for layout in titled if layout.master == master]
    by_rule = _by_rule(mine, titled, said)
    return {use: said.get(use) or by_rule[use] for use in USES if use in said or use in by_rule}


def has_title(layout: LayoutFound) -> bool:
    """Whether a slide on a layout can have a title that is seen."""
    return layout.title is not None and layout.title.box.width >= _NARROWEST * layout.width


def called(layouts: Sequence[LayoutFound], layout: LayoutFound) -> str:
    """What brand.toml calls a layout: its name in one line, with a number where an earlier one has the same name."""
    name = " ".join(layout.name.split())
    before = [other for other in layouts if other.index < layout.index]
    same = sum(" ".join(other.name.split()).casefold() == name.casefold() for other in before)
    return f"{name} ({same + 1})" if same else name


def _said(found: Sequence[LayoutFound], wanted: Mapping[str, str], file: str) -> dict[Use, Choice]:
    by_name = {called(found, layout).casefold(): layout for layout in found}
    problems: list[Problem] = []
    said: dict[Use, Choice] = {}
    for use in USES:
        if use not in wanted:
            continue
        layout = by_name.get(" ".join(wanted[use].split()).casefold())
        if layout is None:
            names = [called(found, one) for one in found]
            message = f"[deck.layouts] {use} = '{wanted[use]}': the template '{file}' has no such layout."
            problems.append(Problem(Place("brand.toml"), message, nearest(wanted[use], names)))
        elif not has_title(layout):
            message = f"[deck.layouts] {use} = '{wanted[use]}': that layout has no place for a title."
            names = ", ".join(f"'{called(found, one)}'" for one in found if has_title(one))
            problems.append(Problem(Place("brand.toml"), message, f"Choose one that has: {names}."))
        elif use == "comparison" and len(layout.bodies) != 4:
            message = f"[deck.layouts] {use} = '{wanted[use]}': it has {len(layout.bodies)} places for text."
            remedy = "Choose one with four, a heading over each of two columns, or take the line out."
            problems.append(Problem(Place("brand.toml"), message, remedy))
        else:
            said[use] = Choice(layout, "brand.toml says so", said=True, placed=_has_places(layout, use))
    if problems:
        raise ProjectError(problems)
    return said


def _has_places(layout: LayoutFound, use: Use) -> bool:
    """Whether a layout's own places serve a use, so that naming what is found anyway changes nothing."""
    if use == "text":
        return has_one_body(layout)
    if use == "columns":
        return has_two_bodies(layout)
    if use in ("title", "section"):
        return is_cover(layout) or opens_section(layout) or not (has_one_body(layout) or has_no_body(layout))
    return True


def _master(titled: Sequence[LayoutFound]) -> int:
    """The master of the deck: that with room for content, whose layouts the sample slides use most, and serve most."""

    def worth(master: int) -> tuple[bool, int, int, int, int]:
        mine = [layout for layout in titled if layout.master == master]
        serves = (has_one_body, has_two_bodies, has_no_body, is_cover, opens_section)
        return (
            any(has_one_body(layout) or has_no_body(layout) for layout in mine),
            sum(layout.used for layout in mine),
            sum(any(serve(layout) for layout in mine) for serve in serves),
            max(len(layout.art) for layout in mine),
            -master,
        )

    return max(dict.fromkeys(layout.master for layout in titled), key=worth)


def _by_rule(
    mine: Sequence[LayoutFound], titled: Sequence[LayoutFound], said: Mapping[Use, Choice]
) -> dict[Use, Choice]:
    text = _best(mine, ("obj", "tx"), has_one_body, "has one large place for text below its title")
    plain = _best(mine, ("titleOnly",), has_no_body, "has a title at its top and nothing else")
    base = said.get("text") or text or plain or Choice(mine[0], "it is the first with a title", placed=False)
    if text is None and plain is not None and "text" not in said:
        base = Choice(plain.layout, "no layout has one place for text: a text box is drawn on it", placed=False)
    found: dict[Use, Choice] = {"text": base}
    columns = _best(mine, ("twoObj", "twoColTx"), has_two_bodies, "has two places side by side")
    if columns and _alike(columns.layout, base.layout):
        found["columns"] = columns
    else:
        why = "no layout has two places side by side" if columns is None else _unlike(columns.layout)
        found["columns"] = Choice(base.layout, f"{why}: two text boxes are drawn on it", placed=False)
    compared = _best(mine, ("twoTxTwoObj",), lambda _: False, "")
    if compared and len(compared.layout.bodies) == 4 and _alike(compared.layout, base.layout):
        found["comparison"] = Choice(compared.layout, "PowerPoint's type says that it compares")
    canvas = plain if plain and _alike(plain.layout, base.layout) else None
    for use in ("chart", "table"):
        if canvas:
            found[use] = canvas
        else:
            why = "no layout has a title alone" if plain is None else _unlike(plain.layout)
            found[use] = Choice(base.layout, f"{why}: a {use} stands in the text's place", placed=False)
    found["title"] = _cover(mine, titled, plain or base, base)
    found["section"] = _section(mine, found["title"], base)
    return found


def _cover(mine: Sequence[LayoutFound], titled: Sequence[LayoutFound], plain: Choice, base: Choice) -> Choice:
    mine = [layout for layout in mine if layout is not base.layout]
    cover = _best(mine, ("title",), is_cover, "has a centered title")
    if cover:
        return cover
    opening = next((layout for layout in titled if layout.opens and layout is not base.layout), None)
    if opening and not has_one_body(opening):
        return Choice(opening, "the template's first slide stands on it")
    named = next((one for one in mine if one.name.strip().casefold() in _COVERS and not has_one_body(one)), None)
    if named:
        return Choice(named, "its name says so")
    return Choice(plain.layout, "no layout is made for a first slide: its title is set lower", placed=False)


def _section(mine: Sequence[LayoutFound], cover: Choice, base: Choice) -> Choice:
    others = [layout for layout in mine if layout is not cover.layout and layout is not base.layout]
    section = _best(others, ("secHead",), opens_section, "has a title that stands low or high by itself")
    if section:
        return section
    if cover.placed and cover.layout.master == base.layout.master:
        return Choice(cover.layout, "no layout opens sections: that of the first slide does")
    return Choice(base.layout, "no layout opens sections: its title is set lower", placed=False)


def _best(
    layouts: Sequence[LayoutFound], kinds: Sequence[str], looks_right: Callable[[LayoutFound], bool], why: str
) -> Choice | None:
    """The first by type, else by looks; of several, one that sample slides use."""
    in_use = sorted(layouts, key=lambda layout: (not layout.used, layout.index))
    for kind in kinds:
        for layout in in_use:
            if layout.kind == kind and _holds(layout, kind):
                return Choice(layout, f"PowerPoint's type for it is '{kind}'")
    for layout in in_use:
        if looks_right(layout) and not layout.kind.startswith(_OTHERS):
            return Choice(layout, f"it {why}")
    return None


def _holds(layout: LayoutFound, kind: str) -> bool:
    """Whether a layout has what its type promises; exports of some programs do not."""
    if kind in ("obj", "tx"):
        return has_one_body(layout)
    return has_two_bodies(layout) if kind in ("twoObj", "twoColTx") else True


def _alike(one: LayoutFound, other: LayoutFound) -> bool:
    """Whether two layouts look like slides of one deck: the same art, and titles of one look in one place."""
    assert one.title is not None
    assert other.title is not None
    if one is other:
        return True
    first, second = one.title, other.title
    style, like = first.style(0), second.style(0)
    same_look = (style.face, style.bold, style.capitals, first.ink, first.align) == (
        like.face, like.bold, like.capitals, second.ink, second.align,
    )  # fmt: skip
    same_place = (
        abs(first.box.left - second.box.left) <= 0.03 * one.width
        and abs(first.box.top - second.box.top) <= 0.08 * one.height
    )
    return one.art == other.art and same_look and same_place and abs(style.size - like.size) <= 0.2 * like.size


def _unlike(layout: LayoutFound) -> str:
    return f"'{' '.join(layout.name.split())}' has other art or another title than the layout for text"


# -- what layouts look like ------------------------------------------------------


def _large(layout: LayoutFound, frame: TextFrame, width: float) -> bool:
    return frame.box.width >= width * layout.width and frame.box.height >= 0.35 * layout.height


def has_one_body(layout: LayoutFound) -> bool:
    """Whether there is one place for text, and it is large."""
    return len(layout.bodies) == 1 and _large(layout, layout.bodies[0], 0.5)


def has_no_body(layout: LayoutFound) -> bool:
    """Whether there is a title at the top, and no place for text."""
    title = layout.title
    return not layout.bodies and title is not None and title.box.top < 0.3 * layout.height


def has_two_bodies(layout: LayoutFound) -> bool:
    """Whether there are two large places for text, side by side."""
    if len(layout.bodies) != 2:
        return False
    left, right = sorted(layout.bodies, key=lambda frame: frame.box.left)
    return _large(layout, left, 0.25) and _large(layout, right, 0.25) and left.box.right <= right.box.left + 1


def is_cover(layout: LayoutFound) -> bool:
    """Whether its title is of the type that first slides have."""
    return bool(layout.of("ctrTitle"))


def opens_section(layout: LayoutFound) -> bool:
    """Whether its title stands high or low by itself."""
    title = layout.title
    if title is None or any(_large(layout, body, 0.2) for body in layout.bodies):
        return False
    low = title.box.top >= 0.35 * layout.height and not layout.bodies
    middle = title.box.top + title.box.height / 2 >= 0.25 * layout.height
    high = middle and title.box.height >= 0.15 * layout.height
    return (low or high) and title.box.width >= 0.45 * layout.width
