"""The yardstick: what a plain script does that makes the same twelve tables into pictures, a PDF and a deck.

One 200 dpi PNG for each of ten charts with constrained layout, an untagged platypus report and a python-pptx deck.
No types, no claims, no tags, no brand: the least that people write when they write it themselves.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from pptx import Presentation
from pptx.util import Inches
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Image, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table

TABLES = Path(__file__).resolve().parent.parent / "data/machine-learning-engineer/tables"
TEXT = "A paragraph of the kind that stands between the charts of a report, three or four lines long. " * 4


def read(path: Path) -> list[list[str]]:
    """A CSV file as rows of text."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def numeric_column(rows: list[list[str]]) -> int | None:
    """The last column whose cells are all numbers."""
    for column in reversed(range(1, len(rows[0]))):
        try:
            [float(row[column]) for row in rows[1:]]
        except ValueError:
            continue
        return column
    return None


def main(out: Path) -> None:
    """Write charts, report and deck into `out`."""
    out.mkdir(parents=True, exist_ok=True)
    tables = {path.stem: read(path) for path in sorted(TABLES.glob("*.csv"))}
    pictures: dict[str, Path] = {}
    for name, rows in tables.items():
        column = numeric_column(rows)
        if len(pictures) == 10:
            break
        values = [float(row[column]) for row in rows[1:]] if column else list(range(1, len(rows)))
        figure, axes = plt.subplots(figsize=(6, 3), layout="constrained")
        axes.barh([row[0] for row in rows[1:]], values)
        axes.set_title(name)
        pictures[name] = out / f"{name}.png"
        figure.savefig(pictures[name], dpi=200)
        plt.close(figure)

    styles = getSampleStyleSheet()
    story = [Paragraph("Machine learning engineer", styles["Title"]), PageBreak()]
    for name, rows in tables.items():
        story += [Paragraph(name, styles["Heading1"]), Paragraph(TEXT, styles["BodyText"])]
        if name in pictures:
            story.append(Image(str(pictures[name]), 432, 216))
        story += [Table(rows), Spacer(1, 12), Paragraph(TEXT, styles["BodyText"])]
    SimpleDocTemplate(str(out / "report.pdf"), pagesize=letter).build(story)

    deck = Presentation()
    for name, rows in tables.items():
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = name
        if name in pictures:
            slide.shapes.add_picture(str(pictures[name]), Inches(1), Inches(1.5), width=Inches(8))
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = f"{name}, table"
        grid = slide.shapes.add_table(
            len(rows), len(rows[0]), Inches(1), Inches(1.5), Inches(8), Inches(0.4 * len(rows))
        ).table
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                grid.cell(i, j).text = cell
    deck.save(str(out / "deck.pptx"))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
