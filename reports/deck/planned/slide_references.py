"""What a slide is called by those that refer to it: "slide 7", or "the next slide"."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct

from data.language.words import words
from reports.deck.planned.plan import Plan


class Spot(Struct, frozen=True):
    """Where a block stands."""

    slide: int
    """From 1."""
    continued: bool
    """Whether what is on it may go on on the next slide."""


def with_spots(plan: Plan) -> tuple[Plan, Mapping[str, Spot]]:
    """A plan, and where each block stands in it, by the block's id."""
    numbers = {one.id: number for number, one in enumerate(plan.slides, 1)}
    groups = ["", *(one.group for one in plan.slides), ""]
    spots = {
        block: Spot(numbers[slide], groups[numbers[slide]] == groups[numbers[slide] + 1])
        for block, slide in plan.targets.items()
    }
    return plan, spots


def slide_called(language: str) -> Callable[[Spot | None, Spot | None], str]:
    """How a slide is called in running text; the next one is called so where that is sure, and fits any sentence."""
    ours = words(language)

    def called(target: Spot | None, reference: Spot | None) -> str:
        number = target.slide if target else 1
        follows = target and reference and not reference.continued and number == reference.slide + 1
        return ours["next slide" if follows else "slide n"].format(slide=number)

    return called
