"""How long it takes to make again what changed: of twenty documents one, and of a watched project one cell.

Run by hand: `python benchmarks/made_again.py [PAIRS]`. Machines are noisy, so the ratio is what counts: each pair runs
both builds one after the other, each as a whole process, and the median of the ratios is the figure.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = [sys.executable, str(ROOT / "generate.py")]
BUILT_IN = ROOT / "data" / "machine-learning-engineer"
WRITERS = ("report", "handout", "deck")
OUTPUTS = 20
ONE_OF_TWENTY, WATCHED = 0.12, 0.25


def seconds(folder: Path, *arguments: str, cache: bool = True) -> float:
    """How long a whole run takes."""
    environment = {**os.environ, "FAIRSHEET_CACHE": "on" if cache else "off"}
    started = time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*PROGRAM, *arguments], cwd=folder, env=environment, check=True, **quiet)
    return time.perf_counter() - started


def twenty(folder: Path) -> Path:
    """The built-in project with twenty outputs, each with a table of its own that it quotes."""
    project = folder / "twenty"
    folder.mkdir(exist_ok=True)
    shutil.copytree(BUILT_IN, project, ignore=shutil.ignore_patterns("out"))
    toml = (project / "project.toml").read_text("utf-8")
    said = [toml[: toml.index("[outputs.")]]
    for number in range(OUTPUTS):
        writer, table = WRITERS[number % len(WRITERS)], f"own_{number:02}"
        set_cell(project, number, 1000 + number)
        story = (project / f"story/{writer}.md").read_text("utf-8")
        sentence = f"The number of this document is {{{{ {table}['Own'].amount_{number:02} }}}}."
        (project / f"story/{table}.md").write_text(with_sentence(story, writer, sentence), "utf-8")
        said.append(
            f'[tables.{table}]\nfile = "tables/{table}.csv"\nsource = "A count"\nas_of = "2026"\n'
            f'[tables.{table}.fields]\nname = {{ title = "Name", type = "text", key = true }}\n'
            f'amount_{number:02} = {{ title = "Amount {number}", type = "integer" }}\n\n'
            f'[outputs.{table}]\nwriter = "{writer}"\nstory = "story/{table}.md"\n\n'
        )
    (project / "project.toml").write_text("".join(said), "utf-8")
    return project


def with_sentence(story: str, writer: str, sentence: str) -> str:
    """The story with a sentence more: in the first section, or in a slide's notes."""
    if writer == "deck":
        return story.replace("::: notes\n", f"::: notes\n{sentence} ", 1)
    lines = story.split("\n")
    first = next(n for n, line in enumerate(lines) if line.startswith("# "))
    end = next(n for n in range(first + 2, len(lines)) if not lines[n].strip())
    lines[end - 1] += f" {sentence}"
    return "\n".join(lines)


def set_cell(project: Path, number: int, amount: int) -> None:
    """Put another value into the table of an output."""
    (project / f"tables/own_{number:02}.csv").write_text(f"name,amount_{number:02}\nOwn,{amount}\n", "utf-8")


def one_of_twenty(folder: Path, pairs: int) -> None:
    """Print the ratio of a build with one of twenty outputs changed to a clean one."""
    project = twenty(folder)
    seconds(folder, "build", str(project), "--out", "again")
    ratios: list[float] = []
    for pair in range(pairs):
        set_cell(project, pair % OUTPUTS, 2000 + pair)
        again = seconds(folder, "build", str(project), "--out", "again")
        clean = seconds(folder, "build", str(project), "--out", f"clean{pair}", "--force", cache=False)
        cached = seconds(folder, "build", str(project), "--out", f"cached{pair}")
        same = [
            (folder / f"clean{pair}" / path.name).read_bytes() == path.read_bytes() for path in made(folder / "again")
        ]
        assert same == [True] * OUTPUTS, "made again is not made anew"
        ratios.append(again / clean)
        print(f"pair {pair + 1}: one of twenty {again:.2f} s; clean {clean:.2f} s; another folder {cached:.2f} s")
    tell("one of twenty outputs changed", ratios, ONE_OF_TWENTY)


def made(out: Path) -> list[Path]:
    """The documents in a folder."""
    return [path for path in out.iterdir() if path.suffix in (".pdf", ".pptx")]


@contextmanager
def watching(project: Path, out: Path) -> Generator[Callable[[Callable[[], object]], float], None, None]:
    """A project that is watched: what does something to it, and gives the seconds until new documents stand."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    watcher = subprocess.Popen([*PROGRAM, "watch", str(project), "--out", str(out)], **quiet)
    manifest = out / "manifest.json"

    def made_after(change: Callable[[], object]) -> float:
        before = manifest.stat().st_mtime_ns
        started = time.perf_counter()
        change()
        wait_for(lambda: manifest.stat().st_mtime_ns != before)
        again = time.perf_counter() - started
        time.sleep(1)
        return again

    try:
        wait_for(manifest.exists)
        time.sleep(3)
        yield made_after
    finally:
        watcher.terminate()
        watcher.wait()


def watched(folder: Path, pairs: int) -> None:
    """Print the ratio of the time from a save to new documents, while a project is watched, to a cold build."""
    project = folder / "watched"
    shutil.copytree(BUILT_IN, project, ignore=shutil.ignore_patterns("out"))
    table = project / "tables/average_salary.csv"
    ratios: list[float] = []
    with watching(project, folder / "watching") as made_after:
        for pair in range(pairs):
            text = changed_cell(table.read_text("utf-8"), pair)
            again = made_after(partial(table.write_text, text, "utf-8"))
            cold = seconds(folder, "build", str(project), "--out", f"cold{pair}", "--force", cache=False)
            ratios.append(again / cold)
            print(f"pair {pair + 1}: watched {again:.2f} s; cold {cold:.2f} s")
            time.sleep(1)
    tell("one cell changed, watched", ratios, WATCHED)


def one_of_twenty_watched(folder: Path, pairs: int) -> None:
    """Print the same for one of twenty outputs: the watching process has its libraries and what it measured."""
    project = twenty(folder / "more")
    ratios: list[float] = []
    with watching(project, folder / "watching20") as made_after:
        for pair in range(pairs):
            again = made_after(partial(set_cell, project, pair % OUTPUTS, 3000 + pair))
            clean = seconds(folder, "build", str(project), "--out", f"anew{pair}", "--force", cache=False)
            ratios.append(again / clean)
            print(f"pair {pair + 1}: watched, one of twenty {again:.2f} s; clean {clean:.2f} s")
            time.sleep(1)
    tell("one of twenty outputs changed, watched", ratios, ONE_OF_TWENTY)


def changed_cell(text: str, number: int) -> str:
    """The table with another number in its last row."""
    header, *rows, last, end = text.split("\n")
    *cells, salary = last.split(",")
    return "\n".join([header, *rows, ",".join([*cells, str(int(salary) - 1 - number % 2)]), end])


def wait_for(done: Callable[[], bool]) -> None:
    """Wait until something is so, a minute at most."""
    end = time.monotonic() + 60
    while not done():
        if time.monotonic() > end:
            raise SystemExit("nothing was made within a minute")
        time.sleep(0.002)


def tell(what: str, ratios: list[float], limit: float) -> None:
    """Print the figure."""
    middle = statistics.median(ratios)
    print(f"{what}: median ratio {middle:.3f} (min {min(ratios):.3f}, max {max(ratios):.3f}); limit {limit}")


def main(pairs: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        os.environ["XDG_CACHE_HOME"] = f"{name}/cache"
        one_of_twenty(Path(name), pairs)
        one_of_twenty_watched(Path(name), pairs)
        watched(Path(name), pairs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
