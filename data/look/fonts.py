"""Font files: where they are, which characters they cover, and what stands in for a character they lack."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from data.files.world import content_of, sha256
from data.look.stand_ins import NEEDED, STAND_INS

FaceName = Literal["regular", "bold", "italic", "bold_italic", "semibold"]


class FontFile(Struct, frozen=True, eq=False):
    """A font file as it is now: what is remembered of it is not taken for the file that stands there later."""

    path: Path
    sha256: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FontFile) and self.sha256 == other.sha256

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.sha256)


def font_file(path: Path) -> FontFile:
    """The font file that stands there. Raises OSError where there is none."""
    return FontFile(path, sha256(path))


class FontFamily(Struct, frozen=True):
    """The font files of one family; a face that a family lacks is its nearest other one."""

    name: str
    regular: FontFile
    bold: FontFile
    italic: FontFile
    bold_italic: FontFile
    semibold: FontFile

    def file(self, face: FaceName) -> FontFile:
        """The file of one face."""
        return getattr(self, face)

    @property
    def files(self) -> tuple[FontFile, ...]:
        """The family's files, each once."""
        return tuple(dict.fromkeys((self.regular, self.bold, self.italic, self.bold_italic, self.semibold)))


_SHIPPED = {
    "Source Sans Pro": ("font_source_sans_pro", "SourceSansPro"),
    "Source Serif Pro": ("font_source_serif_pro", "SourceSerifPro"),
}
SHIPPED: tuple[str, ...] = tuple(_SHIPPED)
"""Families that are installed with Fairsheet, under the SIL Open Font License."""


@cache
def shipped_family(name: str) -> FontFamily:
    """A family that came with the installation; KeyError for any other name."""
    package, stem = _SHIPPED[name]
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the Python package {package} is not installed")
    files = Path(spec.submodule_search_locations[0], "files")
    regular, bold, italic, bold_italic, semibold = (
        font_file(files / f"{stem}-{face}.ttf") for face in ("Regular", "Bold", "It", "BoldIt", "Semibold")
    )
    return FontFamily(name, regular, bold, italic, bold_italic, semibold)


_CODE = Path(__file__).with_name("mono")


@cache
def code_family() -> FontFamily:
    """The family whose letters are equally wide: DejaVu Sans Mono, on an em that is larger by a sixth, so its small
    letters are as high as those of Source Sans Pro at the same size; no package brings one."""
    regular, bold = (font_file(_CODE / f"DejaVuSansMono-{face}.ttf") for face in ("Regular", "Bold"))
    return FontFamily("DejaVu Sans Mono", regular, bold, regular, bold, bold)


@cache
def harfbuzz_face(file: FontFile) -> Any:
    """A font file as HarfBuzz reads it, from memory: the file may be written anew while a process runs."""
    import uharfbuzz as untyped

    harfbuzz: Any = untyped  # most of it is compiled, and has no types
    return harfbuzz.Face(harfbuzz.Blob(content_of(file.path)), 0)


@cache
def coverage(file: FontFile) -> frozenset[int]:
    """The Unicode code points that a font file can show: those with glyphs, and spaces and hyphens made from them.

    None where the file is no TrueType or OpenType font.
    """
    glyphs = frozenset[int](harfbuzz_face(file).unicodes)
    return glyphs | STAND_INS if glyphs >= NEEDED else glyphs


def missing_characters(text: str, files: tuple[FontFile, ...]) -> list[str]:
    """The characters of `text` that none of `files` has, each once, in order."""
    covered = frozenset[int]().union(*map(coverage, files))
    return [c for c in dict.fromkeys(text) if ord(c) not in covered and c not in "\n\t"]


def split_by_font(text: str, files: tuple[FontFile, ...]) -> list[tuple[FontFile, str]]:
    """`text` in runs, each with the first of `files` that has its characters.

    A character that no file has stays with the first one: `missing_characters` finds those beforehand.

    >>> split_by_font("", (FontFile(Path("any.ttf"), ""),))
    []
    """
    runs: list[tuple[FontFile, str]] = []
    for character in text:
        file = next((f for f in files if ord(character) in coverage(f)), files[0])
        if character.isspace() and runs:
            file = runs[-1][0]
        if runs and runs[-1][0] == file:
            runs[-1] = (file, runs[-1][1] + character)
        else:
            runs.append((file, character))
    return runs
