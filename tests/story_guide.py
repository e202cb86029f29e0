"""The snippets in docs/story.md, tried: each is written into the page's own project, made, and shown as a picture.

The guide is where they are written. `python -m tests.story_guide` draws the pictures again, and writes below each
snippet the words that stand in its picture; for that it needs poppler.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image, ImageOps
from typer.testing import CliRunner

from generate import app
from reports.runs.read import Options, read
from reports.runs.write import written
from tests.conftest import ROOT

GUIDE = ROOT / "docs/story.md"
PICTURES = ROOT / "docs/images/story"
STORY, SLIDES, SHEET = "story/report.md", "story/deck.md", "story/handout.md"
DPI = 120
_EDGE, _PAPER, _FRAME = 18, (255, 255, 255), (216, 221, 226)
_PART = re.compile(
    r"^(?P<heading>#{2,}) [^\n]*$"
    r"|(?:^`(?P<path>[\w./-]+)`:\n+)?^(?P<fence>`{3,})(?P<kind>\w*)\n(?P<content>.*?)^(?P=fence)$"
    r"|^!\[(?P<alt>[^\n]*)\]\(images/story/(?P<name>[\w-]+)\.png\)$",
    re.MULTILINE | re.DOTALL,
)
_BEGIN, _END = "Beginningofpicture", "Endofpicture"


@dataclass(frozen=True)
class Example:
    """What the guide has somebody write, and what it says comes of that."""

    line: int
    """Of the guide, where it ends."""
    files: Mapping[str, str]
    """Path in the project → content."""
    name: str = ""
    """Of its picture, if it has one."""
    alt: str = ""
    said: str | None = None
    """What is told instead: by the commands, or of a story that is refused."""
    commands: tuple[str, ...] = ()

    @property
    def picture(self) -> Path:
        return PICTURES / f"{self.name}.png"


@dataclass
class _Page:
    """What a reader who follows the guide has in the project."""

    files: dict[str, str] = field(default_factory=dict[str, str])
    kept: dict[str, str] = field(default_factory=dict[str, str])
    """As it is at first: what a section adds to the project is its own."""
    story: str = ""
    first: str = ""
    """The story that stands where a section is about another one."""
    commands: tuple[str, ...] = ()
    done: bool = True
    """Whether something was shown of the story."""

    def example(self, line: int, name: str = "", alt: str = "", said: str | None = None) -> Example:
        self.first = self.first or self.story
        commands, self.commands, self.done = self.commands, (), True
        files = {**self.files, STORY: self.story or self.first}
        for path in (SLIDES, SHEET):
            self.files.pop(path, None)
        return Example(line, files, name, alt, said, commands)


def examples(text: str) -> Iterator[Example]:
    """The examples of a guide, in its order."""
    page, line = _Page(), 0
    for part in _PART.finditer(text):
        line = text.count("\n", 0, part.end()) + 1
        if part["heading"]:
            if not page.done:
                yield page.example(line)
            page.story = ""
            if part["heading"] == "##":
                if "project.toml" in page.files and not page.kept:
                    page.kept = dict(page.files)
                page.files = dict(page.kept or page.files)
        elif part["name"]:
            yield page.example(line, part["name"], part["alt"])
        elif part["kind"] == "text":
            yield page.example(line, said=part["content"])
        elif part["kind"] == "sh":
            page.commands = tuple(part["content"].splitlines())
        else:
            _written(page, part["path"], part["kind"], part["content"])
    if not page.done:
        yield page.example(line)


def _written(page: _Page, path: str | None, kind: str, content: str) -> None:
    """Put a snippet where it belongs."""
    if path:
        page.files[path] = content
        page.done = page.done and path not in (SLIDES, SHEET)
    elif kind == "toml":
        page.files["project.toml"] = with_settings(page.files["project.toml"], content)
    elif kind == "markdown":
        page.story = content if page.done else f"{page.story}\n{content}"
        page.done = False


def with_settings(text: str, lines: str) -> str:
    """A file of settings with others in addition: each in its section, in the place of one of the same name."""
    section = ""
    for line in lines.splitlines():
        if line.startswith("["):
            section = line
            if f"\n{section}\n" not in text:
                text = f"{text.rstrip()}\n\n{section}\n"
        elif name := line.partition("=")[0].strip():
            head, its, rest = _parted(text, section)
            its = re.sub(rf"^{re.escape(name)} *=[^\n]*\n", "", its, flags=re.MULTILINE)
            text = head + f"{its.rstrip()}\n{line}\n".lstrip("\n") + ("\n" + rest.lstrip("\n") if rest else "")
    return text


def _parted(text: str, section: str) -> tuple[str, str, str]:
    """What stands before the settings of a section, they themselves, and what stands behind."""
    start = text.index(f"\n{section}\n") + len(section) + 2 if section else 0
    end = re.compile(r"^\[", re.MULTILINE).search(text, start)
    stop = end.start() if end else len(text)
    return text[:start], text[start:stop], text[stop:]


# -- pictures --------------------------------------------------------------------------


def project(example: Example, folder: Path) -> Path:
    """The example's project, written into an empty folder."""
    for path, content in example.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    return folder


def document(example: Example, root: Path) -> bytes:
    """The example's report as a PDF, the notes of its deck, or its handout; with what the commands set."""
    output = "notes" if SLIDES in example.files else "handout" if SHEET in example.files else "report"
    variables = tuple((m[1], m[2]) for line in example.commands for m in re.finditer(r"--set (\w+)=(\S+)", line))
    reading = read(root, Options(only=(output,), variables=variables))
    return written(reading.outputs[0], reading.project.brand)


def told(example: Example, folder: Path) -> str:
    """What the last of the example's commands says in a terminal, but for its progress; `folder` is an empty one."""
    project(example, folder / "fair")
    said = ""
    with contextlib.chdir(folder):
        for line in example.commands:
            result = CliRunner().invoke(app, shlex.split(line.removeprefix("python generate.py ")))
            said = "\n".join(one for one in result.output.splitlines() if not _PROGRESS.match(one))
    return said


_PROGRESS = re.compile(r"(table|chart|output) [\w.-]+: ")


def is_told(said: str, page: str) -> bool:
    """Whether something says what a page shows; `[...]` stands for lines that are left out, seconds and editions vary."""
    text, at = _settled(said), 0
    for piece in _settled(page).split("[...]"):
        at = text.find(piece.strip(), at)
        if at < 0:
            return False
    return True


def _settled(text: str) -> str:
    return re.sub(r"\d+\.\d s\b", "S s", re.sub(r"edition [0-9a-f]{7}\b", "edition ID", " ".join(text.split())))


@dataclass(frozen=True)
class Shown:
    """The part of a page that an example is about."""

    words: str
    picture: Image.Image


def shown(example: Example, folder: Path) -> Shown:
    """What an example prints: its report between two marks, the first slide behind the title, or a whole handout. Needs
    poppler."""
    pdf = folder / "document.pdf"
    if SHEET in example.files:
        pdf.write_bytes(document(example, project(example, folder)))
        return _cropped(pdf, 1, _SHEET, _SMALL)
    if SLIDES in example.files:
        pdf.write_bytes(document(example, project(example, folder)))
        number, top, bottom = _slides(pdf)
        return _cropped(pdf, number, [_LEFT, top, _RIGHT - _LEFT, bottom - top])
    story = example.files[STORY]
    opened = re.match(r"(?:\{%[^\n]*\n|<!--[^\n]*\n|\s)*# ", story) is not None
    head = "" if opened else f"# {_BEGIN}\n\n"
    wrapped = replace(example, files={**example.files, STORY: f"{head}{story}\n\n# {_END}\n"})
    pdf.write_bytes(document(wrapped, project(wrapped, folder)))
    number, top, bottom = _marked(pdf, opened)
    return _cropped(pdf, number, [_LEFT, top, _RIGHT - _LEFT, bottom - top])


_WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
_LEFT, _RIGHT, _TOP, _FOOT = 92.0, 536.0, 62.0, 722.0
"""Points: the text of a page of a report, on letter paper."""
_ABOVE = 34.0
"""Points of a section's head above its title: a rule and a number."""
_BELOW = 3.0
_SHEET, _SMALL = [34.0, 0.0, 544.0, 708.0], 75
"""A handout but for its foot, in points, and dots to the inch."""
_BOX, _BETWEEN = 16.0, 4.0
"""Points of a slide's box above its number, and of what stands between two boxes."""


def _marked(pdf: Path, opened: bool) -> tuple[int, float, float]:
    """The page on which the marks stand, from 1, and where what is between them begins and ends."""
    found = _words(pdf)
    number = next(at for at, words in enumerate(found) if at > 1 and any(_TOP < top < _FOOT for top, _, _ in words))
    words = [word for word in found[number] if word[0] > _TOP]
    top = _TOP if opened else next(bottom for _, bottom, word in words if word == _BEGIN) + _BELOW
    return number + 1, top, next((above - _ABOVE for above, _, word in words if word == _END), _FOOT)


def _slides(pdf: Path) -> tuple[int, float, float]:
    """Of the first page where the second slide begins and ends."""
    words = _words(pdf)[0]
    tops = [above for above, _, word in words if word == "SLIDE"]
    return 1, tops[1] - _BOX, tops[2] - _BOX - _BETWEEN if len(tops) > 2 else _FOOT


def _words(pdf: Path) -> list[list[tuple[float, float, str]]]:
    """The words of each page, with their top and bottom."""
    pages = _run("pdftotext", "-bbox", str(pdf), "-").decode().split("<page ")[1:]
    return [[(float(m[2]), float(m[4]), m[5]) for m in _WORD.finditer(page)] for page in pages]


def _cropped(pdf: Path, number: int, box: list[float], dpi: int = DPI) -> Shown:
    """A part of a page: left, top, width and height in points."""
    page = ["-f", str(number), "-l", str(number)]
    read_out = _run("pdftotext", "-raw", *page, *_sides(box, 72), str(pdf), "-").decode()
    drawn = _run("pdftoppm", "-png", "-r", str(dpi), *page, *_sides(box, dpi), str(pdf))
    words = " ".join(read_out.replace("[", "(").replace("]", ")").split())
    return Shown(words, _framed(Image.open(io.BytesIO(drawn)).convert("RGB")))


def _run(*command: str) -> bytes:
    return subprocess.run(command, check=True, capture_output=True).stdout


def _sides(box: list[float], dpi: int) -> list[str]:
    x, y, wide, high = (str(round(side * dpi / 72)) for side in box)
    return ["-x", x, "-y", y, "-W", wide, "-H", high]


def _framed(picture: Image.Image) -> Image.Image:
    """A picture without white above and below, on paper with a hairline around it."""
    ink = ImageOps.invert(picture.convert("L")).point([0] * 8 + [255] * 248).getbbox()
    assert ink is not None, "nothing is shown"
    cut = picture.crop((0, ink[1], picture.width, ink[3]))
    return ImageOps.expand(ImageOps.expand(cut, _EDGE, _PAPER), 1, _FRAME)


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two pictures show the same, drawn by whatever release of poppler."""
    if abs(one.width - other.width) > 2 or abs(one.height - other.height) > 2:
        return False
    small = (max(1, one.width // 8), max(1, one.height // 8))
    first, second = (picture.convert("L").resize(small, Image.Resampling.BOX) for picture in (one, other))
    return max(abs(a - b) for a, b in zip(first.tobytes(), second.tobytes(), strict=True)) < 32


def _drawn() -> Iterator[str]:
    """Draw all pictures, and write what stands in them into the guide; what is new, and its size."""
    text = GUIDE.read_text("utf-8")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for example in [one for one in examples(text) if one.name]:
        with tempfile.TemporaryDirectory() as folder:
            now = shown(example, Path(folder))
        link = f"](images/story/{example.name}.png)"
        text = text.replace(f"![{example.alt}{link}", f"![{now.words}{link}")
        if example.picture.exists():
            with Image.open(example.picture) as before:
                if is_alike(before.convert("RGB"), now.picture):
                    continue
        now.picture.quantize(32, dither=Image.Dither.NONE).save(example.picture, optimize=True)
        yield f"{example.name}: {now.picture.width} × {now.picture.height}, {example.picture.stat().st_size / 1024:.0f} KB"
    GUIDE.write_text(text, "utf-8")


if __name__ == "__main__":
    print("\n".join(_drawn()) or "All pictures are as they were.")
