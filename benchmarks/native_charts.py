"""How long a deck takes whose charts PowerPoint draws, against one whose charts are pictures.

Run by hand: `python -m benchmarks.native_charts [PAIRS]`. Both decks are written in one process, one after the other,
in processor time; the median of the ratios is the figure. Pictures are drawn anew each time.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import Literal

from charts.drawn import png
from data.project_folder import BUILT_IN
from reports.deck.writer import write_deck
from reports.runs.bind import Options
from reports.runs.read import read

LIMIT = 0.7


def main(pairs: int) -> None:
    """Print the ratio for each built-in project."""
    for project in ("machine-learning-engineer", "college-majors"):
        reading = read(BUILT_IN / project, Options(only=("deck",)))
        document, brand = reading.outputs[0].document, reading.project.brand
        ratios: list[float] = []
        kinds: tuple[Literal["native", "picture"], ...] = ("native", "picture")
        for pair in range(pairs + 2):
            spent: dict[str, float] = {}
            for charts in kinds:
                for kept in vars(png).values():
                    if hasattr(kept, "cache_clear"):
                        kept.cache_clear()
                started = time.process_time()
                write_deck(document, brand, charts)
                spent[charts] = time.process_time() - started
            if pair > 1:  # the first ones load fonts and templates
                ratios.append(spent["native"] / spent["picture"])
        middle = statistics.median(ratios)
        most = f"min {min(ratios):.2f}, max {max(ratios):.2f}; limit {LIMIT}"
        print(f"{project}: native charts {middle:.2f} of pictures ({most})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
