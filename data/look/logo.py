"""A logo as every reader sees it: upright, in its own colours and transparency, as a plain PNG or JPEG."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from msgspec import Struct

from data.errors import Place
from data.files.project_file import file_bytes
from data.files.world import content_of
from data.look.drawing_file import drawn, is_drawing
from data.look.vector import vector

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 20_000_000
"""Pixels of the largest logo: it is unpacked as a whole, four bytes each."""
_BYTES = 20_000_000
"""Of its file."""
_REMEMBERED = 8
"""Drawings."""
_BRAND = Place("brand.toml")
_WORKS = "PNG, JPEG or SVG"
_SIDEWAYS = range(2, 9)
"""EXIF orientations other than upright."""
_ORIENTATION = 0x0112


class Logo(Struct, frozen=True):
    """A picture that PDF and PowerPoint show alike."""

    content: bytes
    kind: Literal["png", "jpeg"]
    width: int
    """In pixels, as is the height."""
    height: int


def read_logo(path: Path) -> Logo:
    """The logo in a file that `logo_fault` found sound."""
    content = content_of(path)
    return _drawn(content) if is_drawing(content) else _plain(content)


@lru_cache(_REMEMBERED)
def _drawn(content: bytes) -> Logo:
    """A drawing as a picture; remembered, since a logo stands on every slide."""
    return _plain(drawn(content))


def read_drawing(path: Path) -> bytes | None:
    """The picture in a file that `logo_fault` found sound as a drawing in SVG that can be given away; None where it is
    one of pixels, or is no plain drawing."""
    content = content_of(path)
    return vector(content) if is_drawing(content) else None


def logo_fault(path: Path, name: str, place: Place = _BRAND) -> str:
    """Why a file cannot be the logo, or a picture of a story, which `place` names; "" where it can.

    ProjectError for what is no file, or too large.
    """
    from PIL import Image

    content = file_bytes(path, place, name, _BYTES, "Save it smaller.")
    try:
        if is_drawing(content):
            content = drawn(content)
        with Image.open(BytesIO(content)) as picture:
            width, height = picture.size
            if picture.format not in ("PNG", "JPEG"):
                return f"is a {picture.format} picture, not {_WORKS}."
            if width * height > PIXELS:
                most = PIXELS // 1_000_000
                return f"has {width:,} x {height:,} pixels; {most} million are the most, and 2,000 across are plenty."
        _plain(content)
    except ValueError as error:
        return str(error) if str(error).endswith(".") else f"is no picture that can be read: {_WORKS} can."
    except Image.DecompressionBombError:
        return f"has more than the {PIXELS // 1_000_000} million pixels that are read."
    except Exception:  # Pillow's readers raise whatever the broken bytes lead them to
        return f"is no picture that can be read, or is damaged; {_WORKS} can."
    return ""


def no_wider(logo: Logo, width: int) -> Logo:
    """The picture with at most `width` pixels across: no screen shows more, and a file need not be larger."""
    from PIL import Image

    if logo.width <= width:
        return logo
    with Image.open(BytesIO(logo.content)) as picture:
        plain = {"1": "L", "P": "RGBA", "LA": "RGBA"}.get(picture.mode, picture.mode)
        full = picture.convert(plain)
        size = width, max(1, round(logo.height * width / logo.width))
        return _written(full.resize(size, Image.Resampling.LANCZOS), logo.kind)


def _plain(content: bytes) -> Logo:
    """The picture unchanged where readers of PDF and PowerPoint agree on it; else written anew."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(content)) as picture:
        picture.load()
        kind: Literal["png", "jpeg"] = "png" if picture.format == "PNG" else "jpeg"
        turned = picture.getexif().get(_ORIENTATION) in _SIDEWAYS
        modes = ("L", "RGB", "RGBA", "LA", "P", "1") if kind == "png" else ("L", "RGB")
        if picture.mode in modes and "transparency" not in picture.info and not turned and not _foreign(picture):
            return Logo(content, kind, *picture.size)
        upright = ImageOps.exif_transpose(picture) if turned else picture
        return _written(_in_srgb(_eight_bits(upright), upright.info.get("icc_profile")), kind)


def _eight_bits(picture: Image) -> Image:
    """Grey of 16 bits as grey of 8, palettes and a transparent colour as colours with an alpha channel."""
    if picture.mode.startswith("I"):
        import numpy as np
        from PIL import Image

        values = np.asarray(picture.convert("I"))
        grey = Image.fromarray((values // 257).clip(0, 255).astype(np.uint8))
        clear = picture.info.get("transparency")
        if clear is not None:
            grey.putalpha(Image.fromarray(np.where(values == clear, 0, 255).astype(np.uint8)))
        return grey
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture


def _foreign(picture: Image) -> bool:
    """Whether the numbers of its colours mean something else than sRGB."""
    profile = picture.info.get("icc_profile")
    return bool(profile) and picture.mode not in ("L", "LA", "1") and b"sRGB" not in profile[:4_000]


def _in_srgb(picture: Image, profile: bytes | None) -> Image:
    """Colours of another space as sRGB; inks without a profile by plain arithmetic."""
    from PIL import ImageCms

    if picture.mode in ("L", "LA"):
        return picture
    colours = picture.convert("RGB") if picture.mode not in ("RGB", "CMYK") else picture
    if profile and (picture.mode == "CMYK" or b"sRGB" not in profile[:4_000]):
        try:
            srgb = cast(Any, ImageCms).createProfile("sRGB")  # the stubs have gaps here
            changed = ImageCms.profileToProfile(colours, BytesIO(profile), srgb, outputMode="RGB")
        except ImageCms.PyCMSError as error:
            raise ValueError("has a colour profile that cannot be read: save it as sRGB.") from error
        colours = changed or colours
    made = colours.convert("RGB")
    if picture.mode == "RGBA":
        made.putalpha(picture.getchannel("A"))
    return made


def _written(picture: Image, kind: Literal["png", "jpeg"]) -> Logo:
    buffer = BytesIO()
    if kind == "jpeg":
        picture.save(buffer, "JPEG", quality=95, subsampling=0, icc_profile=None)
    else:
        picture.info.clear()
        picture.save(buffer, "PNG")
    return Logo(buffer.getvalue(), kind, *picture.size)
