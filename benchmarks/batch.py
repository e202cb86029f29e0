"""What a handout costs in a batch: beside the same page by Typst and by WeasyPrint, with one process and with two, and
as a whole run beside one build.

Run by hand: `pip install typst matplotlib weasyprint`, then `python -m benchmarks.batch [ROUNDS]`; a yardstick that is
not installed is left out. Costs are processor time, taken in turns; whole runs are told by the clock. Machines are
noisy: what counts are the ratios, of which the median is told.
"""

from __future__ import annotations

import io
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from data.project_folder import BUILT_IN
from reports.batches.making import Task, make_item
from reports.batches.planned import read_batch
from reports.batches.processes import Origin, make_items
from reports.runs.bind import Options

PROGRAM = [sys.executable, str(BUILT_IN.parent / "generate.py")]
OF_TYPST, OF_TWO, OF_BUILD = 0.17, 1.85, 4.0
"""Limits: of Typst's time, how much faster two processes are at least, and of the time of one cold build."""
LARGEST = 45_000
"""Bytes of a handout."""
PROJECT = """
[batches.each]
over = "majors"

[tables.neighbours]
query = '''
SELECT a.major AS of_major, b.major, b.pay, b.unemployment FROM majors a JOIN majors b ON a.field = b.field
QUALIFY row_number() OVER (PARTITION BY a.major ORDER BY b.major != a.major, abs(b.pay - a.pay), b.major) <= 5
ORDER BY of_major, b.pay DESC, b.major
'''
[tables.neighbours.fields]
of_major = { title = "Of", type = "text" }
major = { title = "Major", type = "text" }
pay = { title = "Median pay", type = "money", unit = "USD" }
unemployment = { title = "Unemployment", type = "percent", decimals = 1 }

[charts.neighbours_pay]
each = "each"
table = "neighbours"
kind = "bar"
x = "pay"
y = "major"
where = "of_major == row.major"
highlight = "{{ row.major }}"
title = "{{ row.major }} beside the majors of its field that pay about the same"

[charts.neighbours_work]
each = "each"
table = "neighbours"
kind = "bar"
x = "unemployment"
y = "major"
where = "of_major == row.major"
highlight = "{{ row.major }}"
title = "How many graduates of these majors had no job"

[charts.three_fields]
table = "by_field"
kind = "bar"
x = "pay"
y = "field"
rows = 3
title = "Engineering, business and computing pay most"

[outputs.each]
writer = "handout"
each = "each"
story = "story/each.md"
pages = 1
"""
STORY = """# {{ row.major }} {kicker="Data guide for students"}

What recent graduates of this major earn, and how many are unemployed.

::: key-figures
- **{{ row.pay }}** median yearly pay
- **{{ row.unemployment }}** unemployed
- **{{ row.asked }}** people in the sample
:::

:::: columns
![](chart:neighbours_pay)

---

![](chart:neighbours_work)
::::

![](chart:three_fields)

- Of the other majors, {{ majors.where('major != row.major and pay > row.pay').count }} pay more.
- The middle half earns {{ row.pay_low }} to {{ row.pay_high }}.
"""
NAMES = ["Petroleum engineering", "Chemical engineering", "Computer science", "Nursing", "Finance", "History"]


def project(folder: Path) -> Path:
    """The built-in project with a batch of one-page handouts of three charts."""
    made = folder / "project"
    shutil.copytree(BUILT_IN / "college-majors", made, ignore=shutil.ignore_patterns("out"))
    said = (made / "project.toml").read_text("utf-8")
    (made / "project.toml").write_text(f"{said}\n{PROJECT}", "utf-8")
    (made / "story/each.md").write_text(STORY, "utf-8")
    return made


def pictures(number: int) -> list[str]:
    """Three charts by matplotlib, as SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    found: list[str] = []
    for chart in range(3):
        values = [100 - 7 * i - (number + chart) % 5 for i in range(len(NAMES))]
        figure, axes = pyplot.subplots(figsize=(3.6, 2.2), layout="constrained")
        axes.bar_label(axes.barh(NAMES, values))
        axes.set_title(f"Claim of chart {chart}")
        stream = io.StringIO()
        figure.savefig(stream, format="svg")
        pyplot.close(figure)
        found.append(stream.getvalue())
    return found


def by_typst(folder: Path) -> Callable[[int], bytes]:
    """A page by Typst, its pictures by matplotlib."""
    import typst

    def made(number: int) -> bytes:
        for chart, picture in enumerate(pictures(number)):
            (folder / f"chart{chart}.svg").write_text(picture, "utf-8")
        images = "\n".join(f'#image("chart{chart}.svg", alt: "A chart", width: 60%)' for chart in range(3))
        words = f"= Major {number}\n#lorem(60)\n{images}\n- #lorem(12)\n- #lorem(12)\n"
        page = f'#set document(title: "Major {number}")\n{words}'
        (folder / "page.typ").write_text(page, "utf-8")
        content: bytes = typst.compile(str(folder / "page.typ"))
        return content

    return made


def by_weasyprint(folder: Path) -> Callable[[int], bytes]:
    """A page by WeasyPrint, its pictures by matplotlib."""
    from weasyprint import HTML

    def made(number: int) -> bytes:
        images = "".join(f"<figure>{picture[picture.index('<svg') :]}</figure>" for picture in pictures(number))
        words = "<p>" + "Words of a handout that somebody reads. " * 12 + "</p>"
        page = f"<html lang=en><title>Major {number}</title><h1>Major {number}</h1>{words}{images}</html>"
        content: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
        return content

    return made


def spent(work: Callable[[int], object], number: int) -> float:
    """Seconds of the processor."""
    started = time.process_time()
    work(number)
    return time.process_time() - started


def by_clock(*arguments: str) -> float:
    """Seconds of a whole run."""
    started = time.perf_counter()
    environment = {**os.environ, "FAIRSHEET_CACHE": "off"}
    subprocess.run(
        [*PROGRAM, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def told(what: str, ratios: list[float], limit: str) -> None:
    """A figure with its spread."""
    ordered = sorted(ratios)
    print(f"{what}: {statistics.median(ordered):.2f} ({ordered[0]:.2f} to {ordered[-1]:.2f}; {limit})")


def pages(folder: Path, rounds: int) -> None:
    """A handout of a batch beside the same page made by others."""
    batch = read_batch(project(folder), "each", Options())

    def ours(number: int) -> object:
        made = make_item(batch, number % len(batch.items), {})
        assert not made.problems, made.problems
        return made

    works: dict[str, Callable[[int], object]] = {"Fairsheet": ours}
    for name, begin in (("Typst with matplotlib", by_typst), ("WeasyPrint with matplotlib", by_weasyprint)):
        try:
            works[name] = begin(folder)
        except ImportError:
            print(f"{name} is not installed")
    costs: dict[str, list[float]] = {name: [] for name in works}
    for number in range(rounds + 3):
        for name, work in works.items():
            cost = spent(work, number)
            if number > 2:  # the first ones import and load fonts
                costs[name].append(cost)
    for name, each in costs.items():
        print(f"{name}: {1000 * statistics.median(each):.1f} ms of the processor a page")
        if name != "Fairsheet":
            ratios = [a / b for a, b in zip(costs["Fairsheet"], each, strict=True)]
            told(f"  Fairsheet / {name}", ratios, f"at most {OF_TYPST}" if name.startswith("Typst") else "no limit")
    sizes = [len(one.content or b"") for n in range(20) for one in make_item(batch, n, {}).documents]
    print(f"largest of 20 handouts: {max(sizes):,} bytes (at most {LARGEST:,})")


def processes(folder: Path, rounds: int) -> None:
    """All items made twice over by one process and by two: what is done once for all of them is left out."""
    root = folder / "project"
    batch = read_batch(root, "each", Options())
    origin = Origin(root, "each", Options(), None)
    tasks = [Task(number) for number in range(len(batch.items))] * 2
    faster: list[float] = []
    for _ in range(rounds):
        spent_by: list[float] = []
        for jobs in (1, 2):
            started = time.perf_counter()
            assert not any(made.problems for made in make_items(batch, origin, tasks, jobs))
            spent_by.append(time.perf_counter() - started)
        faster.append(spent_by[0] / spent_by[1])
    told("346 handouts made: one process / two processes", faster, f"at least {OF_TWO}")


def runs(folder: Path, rounds: int) -> None:
    """Whole runs: the built-in 173 two-sided sheets, and one build of the built-in report, handout and deck."""
    root = BUILT_IN / "college-majors"
    of_build: list[float] = []
    for number in range(rounds):
        out = folder / f"out{number}"
        build = by_clock("build", str(root), "--out", str(out / "build"), "--force")
        sheets = by_clock("batch", str(root), "majors", "--out", str(out / "batch"))
        of_build.append(sheets / build)
        print(f"173 two-sided sheets in {sheets:.1f} s, one PDF of all among them; one cold build in {build:.1f} s")
        shutil.rmtree(out)
    told("173 two-sided sheets / one cold build", of_build, f"at most {OF_BUILD}")


def main(rounds: int) -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as name:
        pages(Path(name), 10 * rounds)
        processes(Path(name), rounds)
        runs(Path(name), rounds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
