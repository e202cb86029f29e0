"""How long a cold build takes against the yardstick, pair by pair, with sizes and peak memory.

Run by hand: `python benchmarks/cold_build.py [PAIRS]`. Machines are noisy, so the ratio is what counts: each pair
runs both programs one after the other, and the median of the ratios is the figure.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMITS_KB = {"report.pdf": 250, "handout.pdf": 100, "deck.pptx": 1000}


def run(arguments: list[str], folder: Path) -> tuple[float, float, float]:
    """Run a program to its end: seconds by the clock, those of all its processes' processor time, and the peak memory
    of its largest process in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{arguments} failed")
    return time.perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main(pairs: int) -> None:
    """Print each pair, the median ratio, and what the build's files weigh."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = [str(ROOT / "generate.py"), "build", "--force"]
        theirs = [str(ROOT / "benchmarks/yardstick.py"), str(folder / "yardstick")]
        for program in (ours, theirs):  # once for the disk's cache and the compiled modules
            run(program, folder)
        ratios: list[tuple[float, float]] = []
        memory: list[float] = []
        for pair in range(1, pairs + 1):
            our_time, our_work, our_memory = run(ours, folder)
            their_time, their_work, _ = run(theirs, folder)
            ratios.append((our_time / their_time, our_work / their_work))
            memory.append(our_memory)
            print(
                f"pair {pair}: Fairsheet {our_time:.2f} s, of processors {our_work:.2f} s; "
                f"yardstick {their_time:.2f} s, {their_work:.2f} s"
            )
        for what, limit, found in zip(("clock", "processors"), (1.1, 0.8), zip(*ratios, strict=True), strict=True):
            middle = statistics.median(found)
            print(f"ratio by {what}: median {middle:.2f} (min {min(found):.2f}, max {max(found):.2f}); limit {limit}")
        print(f"peak memory of the largest process: {max(memory):.0f} MB; limit 250")
        for file, limit in LIMITS_KB.items():
            print(f"{file}: {(folder / 'out' / file).stat().st_size / 1000:.0f} KB; limit {limit}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
