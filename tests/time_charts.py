"""Random charts over time, and projects that declare them."""

from __future__ import annotations

import datetime
import itertools
import os
import random
from collections.abc import Sequence
from pathlib import Path

from charts.chart import Chart
from data.project import Project, load_project
from data.tables.value import FieldType
from tests.charting import chart_of, collisions, drawn, series_of

SEEDS = range(200 if os.environ.get("FAIRSHEET_FULL") == "1" else 20)
SIZES = [(250.0, 9.0), (438.0, 9.0), (860.0, 16.0)]
NAMES = (
    "Arts", "Law", "Nursing and health professions", "x" * 60, "Donaudampfschifffahrtsgesellschaftskapitän",
    "Transportation sciences and technologies, including aviation",
)  # fmt: skip


def any_times(chance: random.Random, count: int) -> tuple[FieldType, Sequence[str | int]]:
    """Years, academic years, months, quarters or days, in their order, some with gaps."""
    match chance.choice(["year", "academic", "month", "quarter", "day"]):
        case "year":
            return "year", sorted(chance.sample(range(2000, 2001 + count + count // 4), count))
        case "academic":
            return "date", [f"{year}/{(year + 1) % 100:02}" for year in range(1998, 1998 + count)]
        case "month":
            months = sorted(chance.sample(range(count + chance.randint(0, 4)), count))
            return "date", [f"{2010 + m // 12}-{m % 12 + 1:02}" for m in months]
        case "quarter":
            quarters = [(2010 + q // 4, q % 4 * 3 + 1) for q in range(3, 3 + count)]
            return "date", [f"{year}-{month:02}/{year}-{month + 2:02}" for year, month in quarters]
        case _:
            step, first = chance.choice([1, 7, 30]), datetime.date(2019, 3, 4)
            return "date", [(first + datetime.timedelta(step * i)).isoformat() for i in range(count)]


def any_chart(kind: str, seed: int, most: int = 40) -> Chart:
    """A chart of one or several series of any course, some of it missing."""
    chance = random.Random(seed)
    count = chance.choice([n for n in (1, 2, 3, 5, 8, 12, 20, 40) if n <= most])
    along, times = any_times(chance, count)
    low, high = chance.choice([(0, 10), (-100, 100), (9_000, 10_000), (-5, -1), (0, 1_000_000)])

    def values(part: float) -> list[int | None]:
        return [None if chance.random() < part else chance.randint(low, high) for _ in times]

    if kind == "column" or chance.random() < 0.3:
        strong = [str(time) for time in times if chance.random() < 0.1]
        one = "line" if kind in ("slope", "multiples") else kind
        return chart_of(one, times, values(0.12), "money", chance.choice(["USD", "EUR", None]), strong, along)
    many = chance.random() < 0.3
    names = [f"{chance.choice(NAMES)} {i}" for i in range(chance.randint(5, 12) if many else chance.randint(2, 4))]
    points = {name: dict(zip(times, values(0.1))) for name in names}
    start = 8000 if low > 0 and kind == "line" and chance.random() < 0.5 else None
    return series_of(kind, points, "money", "USD", names[:1] if many or chance.random() < 0.3 else (), along, start)


def touching(chart: Chart) -> list[str]:
    """What touches what at any size and height, in two languages."""
    found: list[str] = []
    for (width, size), height, language in itertools.product(SIZES, (None, 60.0, 380.0), ("en-US", "de-DE")):
        drawing = drawn(chart, width, language, text_size=size, **({} if height is None else {"height": height}))
        found += [f"{said} at {width:g} x {height}" for said in collisions(drawing)]
        assert drawing.alt
    return found


def declared(folder: Path, chart: str, rows: str, fields: str = "") -> Project:
    """A project of one chart `c` over the table `t` with the columns year, college and share."""
    said = fields or 'year = { type = "year" }\ncollege = { type = "text" }\nshare = { type = "percent" }'
    (folder / "project.toml").write_text(
        f'title = "Charts"\npublisher = "P"\n[tables.t]\nfile = "t.csv"\n[tables.t.fields]\n{said}\n'
        f'[charts.c]\ntable = "t"\ntitle = "Claim"\n{chart}\n[outputs.report]\nwriter = "report"\nstory = "report.md"\n',
        "utf-8",
    )
    (folder / "t.csv").write_text(rows, "utf-8")
    (folder / "report.md").write_text("# A\n\n![C](chart:c)\n", "utf-8")
    return load_project(folder)
