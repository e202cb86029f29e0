"""What it costs to find the numbers that were typed into a text, against reading the same text as Markdown.

    python benchmarks/typed_numbers.py

Prints, for each language, milliseconds of processor time for a thousand words, and their ratio to what `markdown-it-py`
takes for the same words; then the same of texts that are hostile, where time must grow with length alone.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from markdown_it import MarkdownIt

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from data.language.typed_numbers.finder import typed_numbers  # noqa: E402  # from this checkout

TAGS = {"en": "en-US", "de": "de-DE", "fr": "fr-FR", "es": "es-ES"}
SAMPLES = ROOT / "tests" / "typed_numbers"
HOSTILE = {
    "digits": "1", "days": "1, ", "ranges": "1-", "thousands": ",111", "halves": "half ", "blanks": "1 ",
    "addresses": "a@",
    "a long word": "a", "scales": "million ", "labels": "page . ", "line breaks": "\n",
    "shares": "one in ", "decimals": "zero point zero ",
}  # fmt: skip
TIMES = 5


def least(work: Callable[[], object]) -> float:
    """Seconds of processor time that something takes, the least of some times."""
    took: list[float] = []
    for _ in range(TIMES):
        begin = time.process_time()
        work()
        took.append(time.process_time() - begin)
    return min(took)


def main() -> None:
    parser = MarkdownIt("commonmark")
    for language, tag in TAGS.items():
        sample = (SAMPLES / f"{language}.txt").read_text("utf-8")
        text = re.sub("[⟦⟧]", "", sample).replace("\n", "\n\n") * 10
        words = len(text.split()) / 1000
        found, read = (
            least(lambda text=text, tag=tag: typed_numbers(text, tag)),
            least(lambda text=text: parser.parse(text)),
        )
        print(f"{tag}: {found / words * 1000:.1f} ms a thousand words, {found / read:.2f} times Markdown")
    for name, part in HOSTILE.items():
        short, long = (least(partial(typed_numbers, part * many, "en-US")) for many in (5_000, 20_000))
        print(f"{name}: four times the text takes {long / short:.1f} times as long ({long * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
