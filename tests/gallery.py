"""The examples in docs/charts.md: each a picture, its data and the lines of a project that draw it.

The guide is where they are written; the pictures are drawn from it. `python -m tests.gallery` draws them again.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from charts.alt import describe
from charts.chart import Chart
from charts.drawn.drawing import Drawing, draw
from data.look.brand import Brand
from tests.chart_project import written_chart
from tests.conftest import ROOT

GUIDE = ROOT / "docs/charts.md"
PICTURES = ROOT / "docs/images/charts"
WIDTH = 438.0
"""Points: the width of a report's text."""
_EXAMPLE = re.compile(
    r"^!\[(?P<alt>[^\n]*)\]\(images/charts/(?P<name>[\w-]+)\.svg\)\n+```csv\n(?P<csv>.*?)^```\n+```toml\n(?P<toml>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Example:
    """A picture of the guide, and what it is drawn from."""

    name: str
    alt: str
    data: str
    settings: str

    @property
    def picture(self) -> Path:
        return PICTURES / f"{self.name}.svg"

    def drawn(self, folder: Path) -> tuple[Chart, Drawing]:
        """The example's chart, its claim tested, and its drawing; `folder` is an empty one."""
        chart, language = written_chart(folder, self.data, self.settings)
        return chart, draw(chart, Brand(), language=language, width=WIDTH)


def on_paper(svg: bytes) -> bytes:
    """A picture with white paper around it: a reader of the guide may have a dark page."""
    head, body = svg.decode().split("\n", 1)
    wide, high = map(int, re.findall(r"\d+", head.split("viewBox=")[1])[2:4])
    unit, edge = wide / WIDTH, round(12 * wide / WIDTH)
    wide, high = wide + 2 * edge, high + 2 * edge
    opened = f'viewBox="{-edge} {-edge} {wide} {high}" width="{wide / unit:g}pt" height="{high / unit:g}pt">'
    paper = f'<path fill="#fff" d="m{-edge} {-edge}h{wide}v{high}h{-wide}z"/>'
    return f"{head.split('viewBox=')[0]}{opened}\n{paper}\n{body}".encode()


def examples() -> list[Example]:
    """The examples of the guide, in its order."""
    text = GUIDE.read_text("utf-8")
    return [Example(m["name"], m["alt"], m["csv"], m["toml"]) for m in _EXAMPLE.finditer(text)]


def _written() -> Iterator[str]:
    """Draw all pictures, and write what each is read out as into the guide; the names of those that are new."""
    text = GUIDE.read_text("utf-8")
    for example in examples():
        with tempfile.TemporaryDirectory() as folder:
            chart, drawing = example.drawn(Path(folder))
            alt = describe(chart, drawing.language)
        text = text.replace(f"![{example.alt}](images/charts/{example.name}.svg)", f"![{alt}](images/charts/{example.name}.svg)")  # fmt: skip
        new = on_paper(drawing.svg())
        if not example.picture.exists() or example.picture.read_bytes() != new:
            example.picture.parent.mkdir(parents=True, exist_ok=True)
            example.picture.write_bytes(new)
            yield example.name
    GUIDE.write_text(text, "utf-8")


if __name__ == "__main__":
    print("\n".join(_written()) or "All pictures are as they were.")
