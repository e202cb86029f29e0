"""What drawing a chart costs, of each kind, beside the same bars drawn by matplotlib and by Vega-Lite.

Run by hand: `pip install matplotlib vl-convert-python`, then `python -m benchmarks.charts [ROUNDS]`. Each round draws
every chart once and each yardstick once, in turn. Printed is the median of the rounds, in milliseconds of the
processor, and its ratio to matplotlib's.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from charts.drawn.drawing import draw
from data.look.brand import Brand
from tests.gallery import WIDTH, Example, examples

LIMIT = 0.75
"""Of matplotlib's time: 6 ms on a machine where it takes 8."""
NAMES = ["Petroleum engineering", "Chemical engineering", "Computer science", "Nursing", "Finance", "History"]
NUMBERS = [110, 65, 53, 48, 47, 34]


def drawing_of(example: Example) -> Callable[[], object]:
    """What lays an example's chart out and puts it onto a page."""
    with tempfile.TemporaryDirectory() as folder:
        chart, drawing = example.drawn(Path(folder))
    language = drawing.language

    def drawn() -> object:
        canvas = Canvas(io.BytesIO(), pagesize=(612, 792))
        draw(chart, Brand(), language=language, width=WIDTH).on_canvas(canvas, 0, 0)
        return canvas

    return drawn


def lean_figure() -> Callable[[], object]:
    """Matplotlib at its leanest: one figure kept, one axes cleared, saved as PDF."""
    import matplotlib

    matplotlib.use("pdf")
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 1.6))
    axes = figure.add_axes((0.3, 0.05, 0.6, 0.9))

    def drawn() -> object:
        axes.clear()
        bars = axes.barh(NAMES, NUMBERS)
        axes.bar_label(bars)
        axes.set_axis_off()
        return figure.savefig(io.BytesIO(), format="pdf")

    return drawn


def vega_lite() -> Callable[[], object]:
    """Vega-Lite's bars as SVG, its engine started before."""
    import vl_convert

    values = [{"name": name, "number": number} for name, number in zip(NAMES, NUMBERS, strict=True)]
    spec = json.dumps({
        "data": {"values": values},
        "mark": "bar",
        "encoding": {"y": {"field": "name", "type": "nominal"}, "x": {"field": "number", "type": "quantitative"}},
    })  # fmt: skip
    return lambda: vl_convert.vegalite_to_svg(spec)


def main(rounds: int) -> None:
    made = {"matplotlib": lean_figure(), "Vega-Lite": vega_lite(), **{e.name: drawing_of(e) for e in examples()}}
    spent: dict[str, list[float]] = {name: [] for name in made}
    for drawn in made.values():
        drawn()
    for _ in range(rounds):
        for name, drawn in made.items():
            began = time.process_time()
            drawn()
            spent[name].append(1000 * (time.process_time() - began))
    middle = {name: statistics.median(times) for name, times in spent.items()}
    for name, took in middle.items():
        ratio = took / middle["matplotlib"]
        over = " over the limit" if ratio > LIMIT and name not in ("matplotlib", "Vega-Lite") else ""
        print(f"{name:24} {took:6.2f} ms, {ratio:.2f} of matplotlib's{over}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
