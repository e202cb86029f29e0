"""Paragraphs that appear one by one on click, as PowerPoint's "Appear" does it by paragraph."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from reports.powerpoint.opened import child, whole
from reports.powerpoint.xml import Element, add, qualified, root

Step = tuple[str, int, str]
"""A paragraph that appears: the name of its shape, its place in it, and when ("click", "with"); anything else that an
animation does is told of as place -1."""

_APPEAR, _ENTRANCE = "1", "entr"
"""PowerPoint's number for the effect, and the class that it counts in."""
_WHEN = {"clickEffect": "click", "withEffect": "with", "afterEffect": "after"}


def points(levels: Sequence[int], first: int) -> list[range]:
    """The places of the paragraphs that each click brings in: one of the level of the `first` that appears, and with it
    the deeper ones below; what stands before it is there from the beginning."""
    starts = [at for at in range(first, len(levels)) if at == first or levels[at] <= levels[first]]
    return [range(start, end) for start, end in zip(starts, [*starts[1:], len(levels)])]


def levels_of(body: Element | None) -> list[int]:
    """The level of each paragraph of a text body."""
    paragraphs = () if body is None else body.findall(qualified("a:p"))
    return [whole(child(one, "a:pPr"), "lvl") or 0 for one in paragraphs]


def set_steps(slide: Element, shapes: Sequence[tuple[str, Sequence[range]]]) -> None:
    """Let paragraphs of a slide's shapes appear, in the order given, in place of whatever animation it has.

    `shapes` are ids of shapes, each with what its clicks bring in (ECMA-376 part 1, 19.5); none takes all away.
    """
    for old in slide.findall(qualified("p:timing")):
        slide.remove(old)
    if not shapes:
        return
    timing = root("p:timing")
    _behind(slide, timing)
    numbers = iter(range(1, 1 << 30))
    whole_time = add(add(add(timing, "p:tnLst"), "p:par"), "p:cTn", _clock(numbers, "indefinite", "tmRoot", "never"))
    sequence = add(add(whole_time, "p:childTnLst"), "p:seq", {"concurrent": "1", "nextAc": "seek"})
    main = add(add(sequence, "p:cTn", _clock(numbers, "indefinite", "mainSeq")), "p:childTnLst")
    for shape, clicks in shapes:
        for click in clicks:
            _click(main, shape, click, numbers)
    for name, event in (("p:prevCondLst", "onPrev"), ("p:nextCondLst", "onNext")):
        condition = add(add(sequence, name), "p:cond", {"evt": event, "delay": "0"})
        add(add(condition, "p:tgtEl"), "p:sldTgt")
    builds = add(timing, "p:bldLst")
    for shape, _ in shapes:
        add(builds, "p:bldP", {"spid": shape, "grpId": "0", "build": "p"})


def _behind(slide: Element, timing: Element) -> None:
    """Set it where the schema has it: before extensions of the slide, behind all else."""
    extensions = slide.find(qualified("p:extLst"))
    if extensions is None:
        slide.append(timing)
    else:
        extensions.addprevious(timing)


def _clock(numbers: Iterator[int], duration: str, kind: str, again: str = "") -> dict[str, str]:
    said = {"id": str(next(numbers)), "dur": duration}
    return {**said, **({"restart": again} if again else {}), "nodeType": kind}


def _held(parent: Element, numbers: Iterator[int], delay: str, more: Mapping[str, str] | None = None) -> Element:
    """A node that begins after `delay` and stays; what it holds goes into what is returned."""
    node = add(add(parent, "p:par"), "p:cTn", {"id": str(next(numbers)), **(more or {}), "fill": "hold"})
    add(add(node, "p:stCondLst"), "p:cond", {"delay": delay})
    return add(node, "p:childTnLst")


def _click(main: Element, shape: str, paragraphs: range, numbers: Iterator[int]) -> None:
    """One click, and the paragraphs that appear with it."""
    together = _held(_held(main, numbers, "indefinite"), numbers, "0")
    for paragraph in paragraphs:
        when = "clickEffect" if paragraph == paragraphs.start else "withEffect"
        effect = {"presetID": _APPEAR, "presetClass": _ENTRANCE, "presetSubtype": "0", "grpId": "0", "nodeType": when}
        shown = add(_held(together, numbers, "0", effect), "p:set")
        behaviour = add(shown, "p:cBhvr")
        clock = add(behaviour, "p:cTn", {"id": str(next(numbers)), "dur": "1", "fill": "hold"})
        add(add(clock, "p:stCondLst"), "p:cond", {"delay": "0"})
        target = add(add(add(behaviour, "p:tgtEl"), "p:spTgt", {"spid": shape}), "p:txEl")
        add(target, "p:pRg", {"st": str(paragraph), "end": str(paragraph)})
        add(add(behaviour, "p:attrNameLst"), "p:attrName").text = "style.visibility"
        add(add(shown, "p:to"), "p:strVal", {"val": "visible"})


def steps_of(slide: Element, names: Mapping[str, str]) -> tuple[Step, ...]:
    """What the animation of a slide does, whatever program wrote it; `names` are those of shapes by their ids."""
    found: list[Step] = []
    for timing in slide.findall(qualified("p:timing")):
        for target in (one for held in timing.iter(qualified("p:tgtEl")) for one in held):
            if target.tag == qualified("p:sldTgt"):
                continue  # that a click goes on
            name = names.get(str(target.get("spid")), "")
            effect = _effect(target)
            when = _WHEN.get(str(effect.get("nodeType")), "") if effect is not None else ""
            shown = effect is not None and (effect.get("presetID"), effect.get("presetClass")) == (_APPEAR, _ENTRANCE)
            lines = next(iter(target.iter(qualified("p:pRg"))), None)
            if not shown or lines is None:
                found.append((name, -1, when))
                continue
            first, last = whole(lines, "st") or 0, whole(lines, "end") or 0
            found.extend((name, at, when if at == first else "with") for at in range(first, last + 1))
    return tuple(found)


def _effect(target: Element) -> Element | None:
    """The effect that a target belongs to."""
    return next((one for one in target.iterancestors(qualified("p:cTn")) if one.get("presetClass")), None)
