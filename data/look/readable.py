"""A brand whose text can be read: where a colour is too faint for it, the nearest that is not takes its place."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from data.look.brand import Brand, Colours
from data.look.colour import TEXT, contrast, difference, nearest, nearest_passing, text_colour

_FAINTEST_TINT, _STRONGEST_TINT = 3.0, 1.15
"""A tint that is proposed is seen on the paper (CIEDE2000) and leaves the text most of its contrast: 1.15 of the 4.5:1
that text must have are gone on it. The default is 3.7 from white, with a contrast of 1.12."""


def readable(brand: Brand) -> Brand:
    """The brand as documents are set in it: ink, muted and tint changed where text needs it.

    The accent stays for bars and rules; text in it has `Colours.accent_text`, text on it `Colours.on_accent`.
    """
    colours = brand.colours
    tint = readable_tint(colours)
    if nearest_passing(colours.ink, tint, TEXT * contrast(tint, colours.paper)) is None:
        tint = colours.paper  # so grey a paper leaves a tint no room
    ink, muted = (text_colour(colour, colours.paper, tint) for colour in (colours.ink, colours.muted))
    if (ink, muted, tint) == (colours.ink, colours.muted, colours.tint):
        return brand
    return replace(brand, colours=replace(colours, ink=ink, muted=muted, tint=tint))


def readable_tint(colours: Colours) -> str:
    """The tint, or the nearest that text can be read on and that is seen on the paper.

    A tint decorates: rather it changes than the text on it.
    """
    paper, tint = colours.paper, colours.tint
    texts = [nearest_passing(said, paper, TEXT) or said for said in (colours.accent, colours.ink, colours.muted)]
    if all(contrast(text, tint) >= TEXT for text in texts):
        return tint

    def seen(passes: Callable[[str], bool]) -> str | None:
        return nearest(tint, lambda one: passes(one) and difference(one, paper) >= _FAINTEST_TINT)

    better = seen(lambda one: all(contrast(text, one) >= TEXT for text in texts))
    return better or seen(lambda one: contrast(one, paper) <= _STRONGEST_TINT) or tint
