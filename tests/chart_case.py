"""What every kind of chart is tried with: one row, forty, long labels, nothing known, below zero, tiny and huge, German, French.

Each file of tests/chart_cases/ is a kind: under a heading the data, the lines of a project, and where the chart is refused
a part of what is said. `python -m tests.chart_case FOLDER [KIND ...]` draws them as pictures to look at.
"""

from __future__ import annotations

import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from charts.chart import Chart
from data.errors import ProjectError
from data.look.brand import Brand
from tests.chart_project import written_chart
from tests.conftest import ROOT

CASES = ROOT / "tests/chart_cases"
EVERY = (
    "one row", "forty rows", "long labels", "nothing known", "below zero", "tiny and huge", "German", "French",
)  # fmt: skip
"""The cases that every kind has; a kind may have more."""
_CASE = re.compile(
    r"^## (?P<name>[^\n]+)\n+```csv\n(?P<csv>.*?)^```\n+```toml\n(?P<toml>.*?)^```\n(?:\n+```refused\n(?P<refused>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class ChartCase:
    """Data and settings, and what must come of them."""

    kind: str
    name: str
    data: str
    settings: str
    refused: str | None
    """Words of the refusal; None where the chart is drawn."""

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"

    def chart(self, folder: Path) -> tuple[Chart, str]:
        """The chart, and the language of its project; `folder` is an empty one. ProjectError where it is refused."""
        return written_chart(folder, self.data, self.settings)


def cases(kind: str = "*") -> list[ChartCase]:
    """The cases of a kind, or of all."""
    return [
        ChartCase(path.stem, m["name"], m["csv"], m["toml"], m["refused"] and m["refused"].strip())
        for path in sorted(CASES.glob(f"{kind}.md"))
        for m in _CASE.finditer(path.read_text("utf-8"))
    ]


def _pictures(folder: Path, kinds: list[str]) -> None:
    """Draw the cases at a report's width; a refusal is printed."""
    from charts.drawn.drawing import draw

    for case in [case for kind in kinds or ["*"] for case in cases(kind)]:
        with tempfile.TemporaryDirectory() as place:
            try:
                chart, language = case.chart(Path(place))
                picture = draw(chart, Brand(), language=language, width=438).png()
            except ProjectError as error:
                print(f"{case}: {error}")
                continue
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{case.kind}-{case.name.replace(' ', '-')}.png").write_bytes(picture)


if __name__ == "__main__":
    _pictures(Path(sys.argv[1]), sys.argv[2:])
