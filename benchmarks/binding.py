"""What it costs to bind handouts into one PDF: time beside writing them, size beside theirs, and memory.

Run by hand: `python benchmarks/binding.py [HANDOUTS]...`. The handouts are those of both built-in projects, forty of
them written with other words and taken in turn, each with a title of its own. Limits: a third of the time of writing,
a third of their size, and 20 kB of memory for each handout, the bound document's own bytes included.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reports.pdf.bound.bound import write_bound
from tests.handouts import handouts, told

WRITTEN = 40


def many(written: list[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        yield f"Handout {number + 1}", written[number % len(written)][1]


def measure(count: int, up: int) -> None:
    """Print what one number of handouts costs, in this process."""
    list(handouts(2, "letter"))  # imports and fonts
    begun = time.perf_counter()
    written = list(handouts(WRITTEN, "letter"))
    one = (time.perf_counter() - begun) / WRITTEN
    size = sum(len(content) for _, content in written) / WRITTEN
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    out = BytesIO()
    begun = time.perf_counter()
    write_bound(many(written, count), out, told(), 2 if up == 2 else 1)
    each = (time.perf_counter() - begun) / count
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"{count} handouts, {up} on a sheet: time ratio {each / one:.2f} ({each * 1000:.1f} ms against "
        f"{one * 1000:.1f} ms); {out.tell() / count / size:.2f} of the size ({out.tell() / 1e6:.1f} MB); "
        f"peak {after / 1024:.0f} MB, {before / 1024:.0f} MB before, {(after - before) / count:.0f} kB for each"
    )


def main(counts: list[int]) -> None:
    """Measure each number in a process of its own, since a peak of memory is told once only."""
    for count in counts:
        for up in (1, 2):
            subprocess.run([sys.executable, __file__, "--one", str(count), str(up)], check=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]), int(sys.argv[3]))
    else:
        main([int(count) for count in sys.argv[1:]] or [173, 2_000])
