"""The walk in docs/deck.md, done: its commands are run, what it has an advisor do by hand is done, and its pictures drawn.

`python -m tests.deck_guide` says where the page is not what the program says, and draws the pictures again; for that it
needs LibreOffice and poppler. A test does all but the drawing.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt
from typer.testing import CliRunner

from generate import app
from tests.conftest import ROOT
from tests.guide_template import write_template

GUIDE = ROOT / "docs/deck.md"
PICTURES = ROOT / "docs/images/deck"
DECK = Path("out/deck.pptx")
_STEP = re.compile(r"^### (\d+)\. [^\n]*\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```(sh|text|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROGRESS = re.compile(r"(table|chart|output) [\w.-]+: |warning: ")
"""What a terminal shows in one changing line, and the reminders of the example's words."""


@dataclass
class Walk:
    """What came of it."""

    said: list[tuple[str, str, str | None]] = field(default_factory=list)
    """Of each command its line, what it said, and what the page shows of that, if anything."""
    decks: dict[str, bytes] = field(default_factory=dict)
    """The deck as it is at the end of each step, by the step's number; "template", "published" and "notes" beside them."""


def steps(text: str) -> list[tuple[str, str]]:
    """The number and the content of each step of the walk."""
    return [(step[1], step[2]) for step in _STEP.finditer(text)]


def walked(folder: Path) -> Walk:
    """Do what the page says, in an empty folder."""
    walk = Walk()
    with contextlib.chdir(folder):
        for number, content in steps(GUIDE.read_text("utf-8")):
            if number in BY_HAND:
                BY_HAND[number]()
            _followed(number, content, walk)
            if DECK.exists():
                walk.decks[number] = DECK.read_bytes()
        walk.decks["published"] = Path("shelf/current/deck.pptx").read_bytes()
        walk.decks["notes"] = Path("out/deck-notes.pdf").read_bytes()
    return walk


def _followed(number: str, content: str, walk: Walk) -> None:
    """Write what a step has written into settings, and run its commands."""
    blocks = [(match[1], match[2]) for match in _BLOCK.finditer(content)]
    for place, (kind, block) in enumerate(blocks):
        if kind == "toml":
            name, _, lines = block.partition("\n")
            write_setting(Path(name.removeprefix("# ")), lines)
        if kind != "sh":
            continue
        lines = [line.split("  #")[0].strip() for line in block.splitlines()]
        shown = blocks[place + 1][1] if len(blocks) > place + 1 and blocks[place + 1][0] == "text" else None
        for line in lines:
            said = run(line)
            walk.said.append((line, said, shown if line is lines[-1] else None))
            if number == "2" and "template" not in walk.decks and " build " in line:
                walk.decks["template"] = DECK.read_bytes()


def run(line: str) -> str:
    """What a command line of the page says in a terminal, but for its progress."""
    result = CliRunner().invoke(app, shlex.split(line.removeprefix("python generate.py ")))
    if result.exit_code == 1:
        raise AssertionError(f"{line}: {result.output}") from result.exception
    lines = [one for one in result.output.splitlines() if not _PROGRESS.match(one)]
    return "\n".join(lines).replace(f"{Path.cwd()}/", "") + f"\nexit {result.exit_code}"


def is_shown(said: str, shown: str) -> bool:
    """Whether a page shows what was said; `[...]` stands for lines that are left out, seconds, times and editions vary."""
    pattern = re.escape(_settled(shown.strip())).replace(re.escape("[...]"), r"[^\x00]*?")
    return re.search(rf"(?m)^{pattern}$", _settled(said)) is not None


def _settled(text: str) -> str:
    text = re.sub(r"\b\d+\.\d s\b", "S s", text)
    text = re.sub(r"\d{8}T\d{6}Z", "TIME", re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC", "TIME", text))
    text = re.sub(r"((?:edition|now|accept) |TIME-)[0-9a-f]{7}\b", r"\1ID", text, flags=re.IGNORECASE)
    return "\n".join(line.rstrip() for line in text.splitlines())


def write_setting(path: Path, lines: str) -> None:
    """Put lines of settings into a file: into the section that they name, in the place of an example of the same name."""
    text = path.read_text("utf-8")
    section, _, rest = lines.partition("\n") if lines.startswith("[") else ("", "", lines)
    name = rest.split("=")[0].strip()
    if not section:
        text = re.sub(rf"^(# )?{name} = [^\n]*\n", "", text, flags=re.MULTILINE)
        path.write_text(rest + text, "utf-8")
    elif f"{section}\n" in text:
        text = re.sub(rf"(?<=^{re.escape(section)}\n)(?:{name} = [^\n]*\n)?", rest, text, count=1, flags=re.MULTILINE)
        path.write_text(text, "utf-8")
    else:
        path.write_text(f"{text.rstrip()}\n\n{lines}", "utf-8")


# -- what the page has an advisor do -----------------------------------------------------


def slide(deck: Any, title: str) -> Any:
    """The slide whose title begins so."""
    return next(one for one in deck.slides if one.shapes.title and one.shapes.title.text_frame.text.startswith(title))


def chart(deck: Any, title: str) -> Any:
    return next(one for one in slide(deck, title).shapes if one.has_chart)


def cell(deck: Any, row: str, column: int) -> Any:
    """A cell of the table of contradictions."""
    table = next(one for one in slide(deck, "The article does not").shapes if one.has_table).table
    return next(one for one in table.rows if one.cells[0].text_frame.text == row).cells[column]


def _typed_over(paragraphs: Any, old: str, new: str) -> None:
    done = [run for one in paragraphs for run in one.runs if old in run.text]
    assert len(done) == 1, f"{old!r} stands in {len(done)} places"
    done[0].text = done[0].text.replace(old, new)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[Any]:
    deck: Any = Presentation(str(path))
    yield deck
    deck.save(str(path))


def lay_template_beside() -> None:
    """Copy the university's template into the project."""
    Path("fair/brand").mkdir()
    write_template(Path("fair/brand/template.pptx"))


def edit() -> None:
    """An hour in PowerPoint."""
    with _opened(DECK) as deck:
        its = slide(deck, "Machine learning engineers have the most openings")
        notes = its.notes_slide.notes_text_frame.paragraphs
        _typed_over(notes, "We do not know where or when they were counted.", "They were counted in spring.")
        bars = chart(deck, "Machine learning engineers have the most openings")
        bar = bars.chart.plots[0].series[0].points[1]
        bar.format.fill.solid()
        bar.format.fill.fore_color.rgb = RGBColor(0xC7, 0x8A, 0x1B)
        bars.left, bars.top, bars.width, bars.height = Pt(61), Pt(200), Pt(565), Pt(250)
        _typed_over(its.shapes.title.text_frame.paragraphs, its.shapes.title.text_frame.text, "Where the openings are")
        _typed_over(cell(deck, "Jobs, openings", 2).text_frame.paragraphs, "undated", "in spring")
        mine = deck.slides.add_slide(slide(deck, "You build").slide_layout)
        mine.shapes.title.text_frame.text = "Where to find us at the fair"
        mine.placeholders[
            1
        ].text_frame.text = "Booth 7, next to the entrance\nTalks at 11 and at 2\nBring your questions"
        order = deck.slides._sldIdLst
        gone = slide(deck, "Three talents").part
        new, known = order[-1], {one.rId: deck.part.related_part(one.rId) for one in order}
        order.remove(new)
        order.insert(3, new)
        for one in [one for one in order if known[one.rId] is gone]:
            order.remove(one)
            deck.part.drop_rel(one.rId)


def count_again(before: int = 500, now: int = 520) -> None:
    """Another number of openings for machine learning engineers."""
    table = Path("fair/tables/openings.csv")
    text = table.read_text("utf-8")
    assert f"Machine Learning Engineer,{before}" in text
    table.write_text(text.replace(f"Machine Learning Engineer,{before}", f"Machine Learning Engineer,{now}"), "utf-8")


def read_again() -> None:
    """The merged sentence is put right."""
    with _opened(DECK) as deck:
        notes = slide(deck, "Where the openings").notes_slide.notes_text_frame.paragraphs
        _typed_over(notes, "They were counted in spring.", "They were counted in fall.")


def settle() -> None:
    with _opened(DECK) as deck:
        _typed_over(
            cell(deck, "Jobs, openings", 2).text_frame.paragraphs,
            "500 openings, in spring",
            "500 in spring, 520 in fall",
        )


def lay_deck_on_shelf() -> None:
    """The advisor's deck takes the place of the public one, and then the data change."""
    shutil.copyfile(DECK, "shelf/current/deck.pptx")
    count_again(520, 540)


def correct() -> None:
    with _opened(Path("shelf/current/deck.pptx")) as deck:
        _typed_over(cell(deck, "Jobs, openings", 2).text_frame.paragraphs, "520 in fall", "540 in fall")


BY_HAND: dict[str, Callable[[], None]] = {
    "2": lay_template_beside,
    "3": edit,
    "4": count_again,
    "6": read_again,
    "7": settle,
    "12": lay_deck_on_shelf,
    "13": correct,
}
"""What is done at the beginning of a step, before its commands."""


# -- pictures --------------------------------------------------------------------------

_OPENINGS, _EDITED = "Machine learning engineers have the most", "Where the openings"
Shot = tuple[str, str | int]
"""A step at whose end a deck is as it is drawn, and the title or the number of a slide."""
SHOTS: dict[str, tuple[int, Sequence[Shot]]] = {
    "own-look": (2, (("1", "Four numbers"), ("1", _OPENINGS))),
    "template": (2, (("template", "Four numbers"), ("template", _OPENINGS))),
    "layout": (2, (("template", _OPENINGS), ("2", _OPENINGS))),
    "edited": (3, tuple(("3", number) for number in range(1, 7))),
    "edited-chart": (2, (("2", _OPENINGS), ("3", _EDITED))),
    "refreshed": (2, (("3", _EDITED), ("5", _EDITED))),
    "conflict": (1, (("2", "The article does not"), ("5", "The article does not"), ("7", "The article does not"))),
    "stays-picture": (2, (("2", "The number of jobs doubled"), ("2", "Fewer than one in three"))),
}
"""Each picture: how many slides stand beside each other, and which."""
_WIDE = {1: 900, 2: 620, 3: 460}
"""Pixels of a slide, by how many stand in a row."""
_MARGIN, _GAP, _PAGE = 2, 12, (232, 232, 232)
_ROW, _TOP = (0.568, 0.642), 0.6
"""The part of a slide's height in which the row of the conflict stands, and the upper part of a page of notes."""


def draw(walk: Walk) -> Iterator[str]:
    """Draw all pictures of a walk; what each is called, and its size."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        pages = {key: _pages(walk.decks[key], Path(place), key) for key in _needed()}
        for name, (columns, shots) in SHOTS.items():
            slides = [_slide_picture(walk, pages, shot, _WIDE[columns]) for shot in shots]
            if name == "conflict":
                slides = [
                    one.crop((0, round(one.height * _ROW[0]), one.width, round(one.height * _ROW[1]))) for one in slides
                ]
            yield _saved(name, _sheet(slides, columns))
        notes = Path(place) / "notes.pdf"
        notes.write_bytes(walk.decks["notes"])
        page = _page_picture(notes, _page_of(notes, _OPENINGS), 900)
        yield _saved("notes", _sheet([page.crop((0, 0, page.width, round(page.height * _TOP)))], 1))


def _needed() -> list[str]:
    return sorted({step for _, shots in SHOTS.values() for step, _ in shots})


def _pages(deck: bytes, place: Path, key: str) -> Path:
    """The deck as a PDF, by LibreOffice."""
    path = place / f"{key}.pptx"
    path.write_bytes(deck)
    profile = f"-env:UserInstallation=file://{place}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(place), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return path.with_suffix(".pdf")


def _slide_picture(walk: Walk, pages: dict[str, Path], shot: Shot, width: int) -> Image.Image:
    step, wanted = shot
    if isinstance(wanted, str):
        deck: Any = Presentation(io.BytesIO(walk.decks[step]))
        wanted = 1 + list(deck.slides).index(slide(deck, wanted))
    return _page_picture(pages[step], wanted, width)


def _page_picture(pdf: Path, number: int, width: int) -> Image.Image:
    page = ["-f", str(number), "-l", str(number), "-scale-to-x", str(width), "-scale-to-y", "-1"]
    drawn = subprocess.run(["pdftoppm", "-png", *page, str(pdf)], check=True, capture_output=True)
    return Image.open(io.BytesIO(drawn.stdout)).convert("RGB")


def _page_of(pdf: Path, words: str) -> int:
    """The first page on which words stand."""
    text = subprocess.run(["pdftotext", str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return next(number for number, page in enumerate(text.split("\f"), 1) if words in " ".join(page.split()))


def _sheet(slides: Sequence[Image.Image], columns: int) -> Image.Image:
    """Slides in rows, each with a hairline around it."""
    wide, high = (max(getattr(one, side) for one in slides) + 2 * _MARGIN for side in ("width", "height"))
    rows = -(-len(slides) // columns)
    size = (columns * wide + (columns - 1) * _GAP, rows * high + (rows - 1) * _GAP)
    sheet = Image.new("RGB", size, "white")
    for place, one in enumerate(slides):
        left, top = place % columns * (wide + _GAP), place // columns * (high + _GAP)
        sheet.paste(_PAGE, (left, top, left + wide, top + high))
        sheet.paste(one, (left + _MARGIN, top + _MARGIN))
    return sheet


def _saved(name: str, picture: Image.Image) -> str:
    path = PICTURES / f"{name}.png"
    picture.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    return f"{name}: {picture.width} × {picture.height}, {path.stat().st_size / 1024:.0f} KB"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        done = walked(Path(empty))
    for line, said, shown in done.said:
        if shown is not None and not is_shown(said, shown):
            print(f"{line} is shown otherwise. It says:\n{said}")
    print("\n".join(draw(done)))
