"""A logo looks in every document as it does in its own program, or is refused with what works."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageCms, ImageDraw

from data.errors import ProjectError
from data.look.brand import load_brand
from data.look.logo import logo_fault, read_logo
from reports.runs.build import build
from reports.runs.read import Options
from tests.decks import opened

RED, BLUE = (160, 20, 60), (10, 90, 140)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 200 80">{}</svg>'
SHAPES = '<path fill="#A0143C" d="M0 0h100v80H0z"/><path fill="#0A5A8C" d="M100 0h100v80H100z"/>'
INK = 5
"""How far a colour may be off after JPEG."""


def picture() -> Image.Image:
    """Red on the left, blue on the right, twice as wide as high."""
    made = Image.new("RGB", (200, 80), RED)
    ImageDraw.Draw(made).rectangle((100, 0, 199, 79), fill=BLUE)
    return made


def _turned(path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned right by a quarter
    picture().transpose(Image.Transpose.ROTATE_90).save(path, "JPEG", quality=95, exif=exif)


def _inks(path: Path) -> None:
    picture().convert("CMYK").save(path, "JPEG", quality=95)


def _palette(path: Path) -> None:
    made = picture().quantize(4)
    made.save(path, "PNG", transparency=made.getpixel((199, 0)))


def _drawing(path: Path) -> None:
    path.write_text(SVG.format(SHAPES), "utf-8")


KINDS: dict[str, Callable[[Path], None]] = {
    "plain PNG": lambda path: picture().save(path, "PNG"),
    "JPEG lying on its side": _turned,
    "JPEG of inks": _inks,
    "PNG with a palette and transparency": _palette,
    "SVG": _drawing,
}


def seen(content: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The colours in the left and right halves, with alpha."""
    shown = Image.open(BytesIO(content)).convert("RGBA")
    width, height = shown.size
    assert width == pytest.approx(2.5 * height, rel=0.02)
    return shown.getpixel((width // 4, height // 2)), shown.getpixel((3 * width // 4, height // 2))


@pytest.mark.parametrize("kind", KINDS)
def test_a_logo_is_upright_and_in_its_own_colours(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "logo"
    KINDS[kind](path)
    assert logo_fault(path, "logo") == ""
    left, right = seen(read_logo(path).content)
    assert left[:3] == pytest.approx(RED, abs=INK)
    assert left[3] == 255
    if kind == "PNG with a palette and transparency":
        assert right[3] == 0
    else:
        assert right[:3] == pytest.approx(BLUE, abs=INK)


@pytest.mark.parametrize("kind", KINDS)
def test_every_document_shows_it_so(kind: str, small_project: Path, tmp_path: Path) -> None:
    KINDS[kind](small_project / "logo")
    (small_project / "brand.toml").write_text('logo = "logo"\n', "utf-8")
    build(small_project, tmp_path / "out", Options(), overwrite=False)
    deck = opened((tmp_path / "out/deck.pptx").read_bytes())
    shown = [s.image.blob for s in deck.slides[0].shapes if s.shape_type is not None and hasattr(s, "image")]
    assert seen(shown[0])[0][:3] == pytest.approx(RED, abs=INK)
    for name in ("report", "handout"):
        with pikepdf.open(tmp_path / f"out/{name}.pdf") as pdf:
            (image,) = pdf.pages[0].get_images().values()
            inside = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
            assert inside.width > inside.height
            assert inside.getpixel((inside.width // 4, inside.height // 2)) == pytest.approx(RED, abs=INK)
            assert ("/SMask" in image) == (kind in ("PNG with a palette and transparency", "SVG"))


def test_grey_of_sixteen_bits_keeps_its_shades(tmp_path: Path) -> None:
    shades = np.repeat(np.array([[0, 64 * 257, 200 * 257, 65535]], np.uint16), 4, axis=0)
    Image.fromarray(shades).save(tmp_path / "grey.png")
    shown = Image.open(BytesIO(read_logo(tmp_path / "grey.png").content))
    assert [shown.getpixel((x, 0)) for x in range(4)] == [0, 64, 200, 255]


def test_a_plain_picture_is_passed_on_byte_by_byte(tmp_path: Path) -> None:
    for form in ("PNG", "JPEG"):
        path = tmp_path / form
        picture().save(path, form)
        assert read_logo(path).content == path.read_bytes()


def test_colours_of_a_wide_space_are_seen_as_they_are(tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    picture().save(tmp_path / "odd.png", icc_profile=profile)
    assert logo_fault(tmp_path / "odd.png", "odd.png").endswith("save it as sRGB.")


@pytest.mark.parametrize("form", ["GIF", "WEBP", "TIFF", "BMP"])
def test_other_pictures_are_refused_with_what_works(form: str, tmp_path: Path) -> None:
    picture().save(tmp_path / "logo", form)
    (tmp_path / "brand.toml").write_text('logo = "logo"\n', "utf-8")
    with pytest.raises(ProjectError, match=f"brand.toml:1: 'logo' is a {form} picture, not PNG, JPEG or SVG"):
        load_brand(tmp_path)


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        ("<text y='40'>University</text>", "letters in a font: turn them into paths, or save it as PNG."),
        ("<image href='logo.png'/>", "<image>"),
        ("<script>1</script>", "<script>"),
        ("<foreignObject/>", "<foreignObject>"),
        ("<filter id='a'/>", "<filter>"),
        ("<use xlink:href='other.svg#a'/>", "refers to a file elsewhere"),
        ("<rect width='9' height='9' fill='url(other.svg#a)'/>", "refers to a file elsewhere"),
        ("<style>@import 'other.css';</style>", "refers to a file elsewhere"),
        ("<style>rect { fill: url( &quot;http://x.test/a#b&quot; ) }</style>", "refers to a file elsewhere"),
        ("<rect style='filter: blur(9px)' width='9' height='9'/>", "filter"),
        ("<g id='a'><use xlink:href='#a'/></g>", "nested more than 60 deep"),
        ("<path d='M0 0", "damaged SVG"),
    ],
)
def test_a_drawing_that_needs_more_than_its_own_shapes_is_refused(inside: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(inside), "utf-8")
    assert why in logo_fault(tmp_path / "logo.svg", "logo.svg")


def test_a_drawing_of_copies_of_copies_is_too_much_work(tmp_path: Path) -> None:
    groups = ["<g id='a0'><path d='M0 0h1v1z'/></g>"]
    groups += [f"<g id='a{n}'>" + 6 * f"<use xlink:href='#a{n - 1}'/>" + "</g>" for n in range(1, 9)]
    copies = "".join(groups)
    (tmp_path / "logo.svg").write_text(SVG.format(copies), "utf-8")
    assert "more shapes than a logo has" in logo_fault(tmp_path / "logo.svg", "logo.svg")


def test_what_editors_leave_in_a_drawing_does_no_harm(tmp_path: Path) -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n<!-- made by hand -->\n'
    own = '<own:view xmlns:own="urn:editor" own:path="C:/x.png"/><metadata>By whom</metadata><title>Logo</title>'
    (tmp_path / "logo.svg").write_text(head + SVG.format(own + SHAPES), "utf-8")
    assert logo_fault(tmp_path / "logo.svg", "logo.svg") == ""
    assert seen(read_logo(tmp_path / "logo.svg").content)[0][:3] == RED


def test_a_drawing_without_a_size_is_told_what_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{SHAPES}</svg>', "utf-8")
    assert logo_fault(tmp_path / "logo.svg", "logo.svg").endswith("give it a viewBox.")


@pytest.mark.parametrize("unit", ["", "px", "mm", "cm", "in", "pt", "pc"])
def test_a_drawing_is_as_large_as_it_says_in_whatever_unit(unit: str, tmp_path: Path) -> None:
    sized = SVG.replace("<svg ", f'<svg width="20{unit}" height="8{unit}" ')
    (tmp_path / "logo.svg").write_text(sized.format(SHAPES), "utf-8")
    assert logo_fault(tmp_path / "logo.svg", "logo.svg") == ""
    shown = read_logo(tmp_path / "logo.svg")
    assert (shown.width, shown.height) == (1600, 640)
    assert seen(shown.content)[0][:3] == RED
