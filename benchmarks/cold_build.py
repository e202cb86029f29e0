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


def run(arguments: list[str], folder: Path) -> tuple[float, float]:
    """Run a program to its end; wall seconds, and peak memory in MB of its largest process and its children."""
    started = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{arguments} failed")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


def main(pairs: int) -> None:
    """Print each pair, the median ratio, and what the build's files weigh."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours = [str(ROOT / "generate.py")]
        theirs = [str(ROOT / "benchmarks/yardstick.py"), str(folder / "yardstick")]
        for program in (ours, theirs):  # once for the disk's cache and the compiled modules
            run(program, folder)
        ratios: list[float] = []
        memory: list[float] = []
        for pair in range(1, pairs + 1):
            our_time, our_memory = run(ours, folder)
            their_time, _ = run(theirs, folder)
            ratios.append(our_time / their_time)
            memory.append(our_memory)
            print(f"pair {pair}: Fairsheet {our_time:.2f} s, yardstick {their_time:.2f} s, ratio {ratios[-1]:.2f}")
        print(
            f"ratio: median {statistics.median(ratios):.2f} (min {min(ratios):.2f}, max {max(ratios):.2f}); limit 1.1"
        )
        print(f"peak memory of the largest process: {max(memory):.0f} MB; limit 250")
        for file, limit in LIMITS_KB.items():
            print(f"{file}: {(folder / 'out' / file).stat().st_size / 1000:.0f} KB; limit {limit}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
