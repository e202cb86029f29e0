"""What it costs to refresh a deck of sixty slides that was edited, against building that deck.

Run by hand: `python benchmarks/refresh.py [PAIRS]`. Machines are noisy, so the ratio counts: each pair builds the
deck with new data and refreshes the edited one with the same, one after the other, each as a whole process without the
cache, and the median of the ratios is the figure.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pptx import Presentation

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, str(ROOT / "generate.py")]
BUILT_IN = ROOT / "data" / "machine-learning-engineer"
SLIDES = 60
MOST = 1.5


def run(*arguments: str | Path) -> float:
    """How long a whole run takes, in seconds."""
    started = time.perf_counter()
    environment = {**os.environ, "FAIRSHEET_CACHE": "off"}
    done = subprocess.run([*PROGRAM, *map(str, arguments)], env=environment, capture_output=True, check=False)
    if done.returncode not in (0, 4):
        raise SystemExit(done.stderr.decode())
    return time.perf_counter() - started


def project_of(folder: Path) -> Path:
    """The built-in project with a deck of sixty slides: its own, and as many charts again as it takes."""
    project = folder / "sixty"
    shutil.copytree(BUILT_IN, project, ignore=shutil.ignore_patterns("out"))
    story = project / "story" / "deck.md"
    text = story.read_text("utf-8")
    charts = (
        "skills",
        "growth",
        "satisfaction",
        "women",
        "openings",
        "average_salary",
        "jobs_by_year",
        "top_industries",
    )
    more = []
    for number in range(SLIDES):
        name = charts[number % len(charts)]
        notes = f"::: notes\nSay {number}.\n:::\n"
        more.append(f"\n## Once more, number {number} {{#more-{number}}}\n\n![](chart:{name})\n\n{notes}")
    run("build", project, "--only", "deck", "--out", folder / "counted")
    lacking = SLIDES - len(Presentation(str(folder / "counted" / "deck.pptx")).slides)
    story.write_text(text + "\n# More charts {#more}\n" + "".join(more[: lacking - 1]), "utf-8")
    return project


def main() -> None:
    """Print each pair, and the median of their ratios."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        project = project_of(folder)
        run("build", project, "--only", "deck", "--out", folder / "out")
        deck = folder / "out" / "deck.pptx"
        opened = Presentation(str(deck))
        for slide in list(opened.slides)[::2]:
            slide.shapes.title.text_frame.text = f"By hand: {slide.shapes.title.text_frame.text}"[:60]
        opened.save(str(deck))
        settings = project / "project.toml"
        said = settings.read_text("utf-8")
        settings.write_text(said.replace('caveat = "Example', 'caveat = "An example'), "utf-8")
        ratios: list[float] = []
        for pair in range(pairs):
            build = run("build", project, "--only", "deck", "--out", folder / f"built-{pair}")
            again = run("refresh", deck, project, "--out", folder / f"refreshed-{pair}.pptx")
            ratios.append(again / build)
            print(f"build {build:.2f} s, refresh {again:.2f} s: {ratios[-1]:.2f}")
        slides = len(Presentation(str(deck)).slides)
        print(f"{slides} slides: {statistics.median(ratios):.2f} of a build (at most {MOST})")


if __name__ == "__main__":
    main()
