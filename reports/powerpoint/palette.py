"""The colours that a slide's theme, layouts and shapes come down to."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping

from msgspec import Struct

from reports.powerpoint.opened import Element, child, children, q, share, whole

Rgb = tuple[float, float, float]
"""Red, green and blue, 0 to 1, as they stand in "#RRGGBB"."""

_NAMED = {
    "black": "000000",
    "white": "FFFFFF",
    "red": "FF0000",
    "green": "008000",
    "lime": "00FF00",
    "blue": "0000FF",
    "yellow": "FFFF00",
    "cyan": "00FFFF",
    "aqua": "00FFFF",
    "magenta": "FF00FF",
    "fuchsia": "FF00FF",
    "gray": "808080",
    "grey": "808080",
    "darkGray": "A9A9A9",
    "dkGray": "A9A9A9",
    "lightGray": "D3D3D3",
    "ltGray": "D3D3D3",
    "silver": "C0C0C0",
    "maroon": "800000",
    "navy": "000080",
    "olive": "808000",
    "orange": "FFA500",
    "purple": "800080",
    "teal": "008080",
}
_SYSTEM = {"window": "FFFFFF", "windowText": "000000"}
_USUAL_MAP = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}


class Paint(Struct, frozen=True):
    """A colour, and how much of what lies below it hides."""

    colour: Rgb
    opacity: float = 1.0

    def over(self, below: Rgb) -> Rgb:
        """The colour that is seen where it lies over another."""
        red, green, blue = (self.opacity * top + (1 - self.opacity) * base for top, base in zip(self.colour, below))
        return red, green, blue


def hexadecimal(colour: Rgb) -> str:
    """ "#RRGGBB"."""
    return "#" + "".join(f"{round(255 * min(max(part, 0.0), 1.0)):02X}" for part in colour)


class Palette(Struct, frozen=True):
    """The theme's colours as a slide, layout or master uses them."""

    theme: Element | None
    map: Mapping[str, str]
    """Which of the theme's colours "tx1", "bg1" and so on stand for."""

    def paint(self, holder: Element | None, stands_for: Paint | None = None) -> Paint | None:
        """The colour in an element such as solidFill; None where it is not known.

        `stands_for` is what the theme's placeholder colour, phClr, means here.
        """
        found = _first_colour(holder)
        if found is None:
            return None
        base = self._base(found, stands_for)
        return None if base is None else _changed(base, found)

    def named(self, name: str) -> Paint | None:
        """One of the theme's colours: "hlink", "tx1"."""
        slot = self.map.get(name, _USUAL_MAP.get(name, name))
        scheme = child(self.theme, "a:themeElements", "a:clrScheme")
        found = None if scheme is None or not slot.isalnum() else scheme.find(q(f"a:{slot}"))
        colour = _first_colour(found)
        if colour is None or colour.tag == q("a:schemeClr"):
            return None
        base = self._base(colour, None)
        return None if base is None else _changed(base, colour)

    def _base(self, colour: Element, stands_for: Paint | None) -> Paint | None:
        kind = colour.tag.rsplit("}", 1)[-1]
        value = str(colour.get("val") or "")
        if kind == "srgbClr":
            return _from_digits(value)
        if kind == "sysClr":
            return _from_digits(str(colour.get("lastClr") or _SYSTEM.get(value, "")))
        if kind == "prstClr":
            return _from_digits(_NAMED.get(value, ""))
        if kind == "schemeClr":
            return stands_for if value == "phClr" else self.named(value)
        if kind == "scrgbClr":
            red, green, blue = (share(colour, name) for name in ("r", "g", "b"))
            if red is not None and green is not None and blue is not None:
                return Paint((_gamma(red), _gamma(green), _gamma(blue)))
        if kind == "hslClr":
            hue, saturation, light = whole(colour, "hue"), share(colour, "sat"), share(colour, "lum")
            if hue is not None and saturation is not None and light is not None:
                return Paint(colorsys.hls_to_rgb(hue / 21_600_000 % 1, _clipped(light), _clipped(saturation)))
        return None


def _first_colour(holder: Element | None) -> Element | None:
    return next((found for found in children(holder) if found.tag.endswith("Clr")), None)


def _from_digits(digits: str) -> Paint | None:
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return None
    return Paint((red / 255, green / 255, blue / 255))


def _gamma(linear: float) -> float:
    """A linear part of a colour as it stands in sRGB (IEC 61966-2-1)."""
    linear = min(max(linear, 0.0), 1.0)
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _linear(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _changed(paint: Paint, colour: Element) -> Paint:
    """A colour after the changes that its element holds (ECMA-376, part 1, 20.1.2.3), in their order."""
    opacity = paint.opacity
    found = paint.colour
    for change in children(colour):
        kind = change.tag.rsplit("}", 1)[-1]
        said = share(change, "val")
        amount = 1.0 if said is None else said
        hue, light, saturation = colorsys.rgb_to_hls(*found)
        if kind == "alpha":
            opacity = amount
        elif kind == "lumMod":
            found = colorsys.hls_to_rgb(hue, _clipped(light * amount), saturation)
        elif kind == "lumOff":
            found = colorsys.hls_to_rgb(hue, _clipped(light + amount), saturation)
        elif kind == "lum":
            found = colorsys.hls_to_rgb(hue, _clipped(amount), saturation)
        elif kind == "satMod":
            found = colorsys.hls_to_rgb(hue, light, _clipped(saturation * amount))
        elif kind == "tint":
            red, green, blue = (_gamma(1 - amount * (1 - _linear(part))) for part in found)
            found = red, green, blue
        elif kind == "shade":
            red, green, blue = (_gamma(amount * _linear(part)) for part in found)
            found = red, green, blue
        elif kind == "inv":
            red, green, blue = (1 - part for part in found)
            found = red, green, blue
        elif kind in ("gray", "grayscl"):
            grey = _gamma(sum(w * _linear(p) for w, p in zip((0.2126, 0.7152, 0.0722), found)))
            found = grey, grey, grey
    return Paint(found, min(max(opacity, 0.0), 1.0))


def _clipped(part: float) -> float:
    return min(max(part, 0.0), 1.0)
