"""What tagging costs: time and size of a report with and without its tags, both with object streams.

Run by hand: `python benchmarks/tagging.py [ROUNDS]`. The long document has 88 pages of paragraphs, nested lists and
tables; the other one is the built-in report. Limits: 1.7 times the time of the long one, 1.3 times the size of the
report.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pikepdf
from reportlab.pdfgen.canvas import Canvas

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from data.project_folder import DEFAULT_PROJECT
from reports.document.blocks import Document
from reports.pdf.report import writer as report
from reports.pdf.tagged.metadata import Metadata
from reports.pdf.tagged.tagging import Element, TaggedCanvas
from reports.runs.read import Options, read
from tests.pdf_pages import BRAND, stress
from tests.writing import write_report


class UntaggedCanvas(TaggedCanvas):
    """The same drawing, without structure, links or outline."""

    @contextmanager
    def tag(self, *arguments: object, **named: object) -> Generator[Element | None]:
        """Open nothing."""
        yield None

    @contextmanager
    def figure(self, *arguments: object, **named: object) -> Generator[Element | None]:
        """Mark nothing."""
        yield None

    @contextmanager
    def artifact(self, *arguments: object, **named: object) -> Generator[None]:
        """Mark nothing."""
        yield

    def drawText(self, aTextObject: object) -> None:  # noqa: N802, N803  # reportlab's names
        """Draw as reportlab does."""
        Canvas.drawText(self, aTextObject)

    def showPage(self) -> None:  # noqa: N802  # reportlab's name
        """End the page as reportlab does."""
        Canvas.showPage(self)

    def finish(self, metadata: Metadata) -> bytes:
        """The file as it is, with object streams."""
        self.save()
        out = BytesIO()
        with pikepdf.open(BytesIO(self._buffer.getvalue())) as pdf:
            pdf.save(
                out,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                deterministic_id=True,
            )
        return out.getvalue()


def measured(document: Document, canvas: type[TaggedCanvas]) -> tuple[float, int, int]:
    """Seconds, bytes and pages of one report."""
    report.TaggedCanvas = canvas
    started = time.perf_counter()
    content = write_report(document, BRAND)
    seconds = time.perf_counter() - started
    with pikepdf.open(BytesIO(content)) as pdf:
        return seconds, len(content), len(pdf.pages)


def main(rounds: int) -> None:
    """Print both ratios for both documents."""
    built_in = read(DEFAULT_PROJECT, Options(only=("report",))).outputs[0].document
    for name, document in (("built-in report", built_in), ("long document", stress(12))):
        measured(document, TaggedCanvas)  # imports and fonts
        pairs = [(measured(document, TaggedCanvas), measured(document, UntaggedCanvas)) for _ in range(rounds)]
        times = [tagged[0] / plain[0] for tagged, plain in pairs]
        (_, size, pages), (_, bare, _) = pairs[0]
        print(
            f"{name}, {pages} pages: time ratio median {statistics.median(times):.2f} "
            f"(min {min(times):.2f}, max {max(times):.2f}); {size / 1000:.0f} KB against {bare / 1000:.0f} KB, "
            f"ratio {size / bare:.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
