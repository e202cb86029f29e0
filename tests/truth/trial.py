"""A project's documents made of changed tables, and what the judge says of them."""

from __future__ import annotations

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.truth.judge import Judge, Lie, Tables, masked, sentences, table_words, tables_in
from tests.truth.made import Workshop
from tests.truth.mutants import Mutant, mutants_of
from tests.truth.shown import Block


class Case(NamedTuple):
    """A project, what may be changed in it, and its judge."""

    root: Path
    judge: Judge
    files: Mapping[str, Sequence[int] | None]
    """Path of each table → the rows to change, or None for all."""
    words: Mapping[str, Mapping[str, Sequence[str]]] = {}
    """Path → column → words that it may say as well."""
    values: Mapping[str, Mapping[str, Sequence[str]]] = {}
    """Path → column → what each cell is to be changed into besides."""
    unused: Mapping[str, Sequence[str]] = {}
    """Path → columns that no document is made of."""
    alone: bool = False
    """Whether each output is also made by itself where the whole does not build, as `build --only` makes it."""
    batches: Mapping[str, Sequence[str]] = {}
    """Batch → keys of its items that are judged; their blocks begin with the key."""
    tables: Callable[[Path], Tables] = lambda root: tables_in(root / "tables")


class Outcome(NamedTuple):
    """What came of one mutant: messages where a build stopped, and what the documents say that were made."""

    name: str
    stopped: str = ""
    crashed: str = ""
    lies: tuple[Lie, ...] = ()
    unjudged: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        return not (self.crashed or self.lies or self.unjudged)


def mutants(case: Case) -> list[Mutant]:
    found: list[Mutant] = []
    for file, rows in case.files.items():
        known = case.words.get(file, {}), case.values.get(file, {})
        found += mutants_of(case.root, file, *known, rows, case.unused.get(file, ()))
    return found


def documents(case: Case) -> list[Block]:
    """Every output of a project and the items of its batches, written in memory and read back."""
    made = Workshop(case.batches, case.alone).made(case.root)
    if made.stopped or made.crashed:
        raise ValueError(*made.stopped, *made.crashed)
    return made.blocks


class Court(NamedTuple):
    """A copy of a project to be changed, and the sentences of its documents as they were."""

    case: Case
    root: Path
    workshop: Workshop
    known: frozenset[str]
    words: frozenset[str]

    def tried(self, mutant: Mutant) -> Outcome:
        path = self.root / mutant.file
        before = path.read_bytes()
        path.write_text(mutant.text, encoding="utf-8")
        try:
            return self._outcome(mutant)
        finally:
            path.write_bytes(before)

    def _outcome(self, mutant: Mutant) -> Outcome:
        blocks, stopped, crashed = self.workshop.made(self.root)
        told = "\n".join(stopped)
        if crashed or not blocks:
            return Outcome(mutant.name, told, "\n".join(crashed))
        tables = self.case.tables(self.root)
        lies = tuple(dict.fromkeys(self.case.judge.lies(blocks, tables)))
        words = self.words | table_words(tables)
        unjudged = tuple(self.case.judge.unjudged(blocks, self.known, words))
        return Outcome(mutant.name, told, "", lies, unjudged)


def court(case: Case, folder: Path) -> Court:
    root = Path(shutil.copytree(case.root, folder / case.root.name, dirs_exist_ok=True))
    words = table_words(case.tables(root))
    extra = {word.casefold() for columns in case.words.values() for said in columns.values() for word in said}
    words |= frozenset({*extra, "amber lane"})
    workshop = Workshop(case.batches, case.alone)
    said = {block.text[start:end] for block in workshop.made(root).blocks for start, end in sentences(block.text)}
    return Court(case, root, workshop, frozenset({*said, *(masked(sentence, words) for sentence in said)}), words)


_COURT: list[Court] = []


def _begin(named: Callable[[], Case], folder: Path) -> None:
    _COURT[:] = [court(named(), folder / str(os.getpid()))]


def _tried(mutant: Mutant) -> Outcome:
    return _COURT[0].tried(mutant)


def sampled(all_: Sequence[Mutant], number: int, seed: int) -> list[Mutant]:
    """So many of the mutants, the same ones for the same seed."""
    return sorted(random.Random(seed).sample(all_, min(number, len(all_))))


def outcomes(
    named: Callable[[], Case], chosen: Sequence[Mutant], folder: Path, processes: int = 1
) -> Iterator[Outcome]:
    """Of each mutant in turn; `named` makes the case in each process."""
    if processes == 1:
        here = court(named(), folder)
        yield from map(here.tried, chosen)
        return
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin, initargs=(named, folder)) as pool:
        yield from pool.map(_tried, chosen, chunksize=4)


def summary(found: Sequence[Outcome]) -> str:
    """The share of mutants that are right, and the lies by what they say."""
    right = sum(one.right for one in found)
    stopped, lying = sum(bool(one.stopped) and one.right for one in found), sum(bool(one.lies) for one in found)
    lines = [
        f"{right} of {len(found)} mutants are right ({100 * right / max(len(found), 1):.1f} %): {stopped} stopped the "
        f"build, {right - stopped} made true documents; {lying} lie, {sum(bool(o.unjudged) for o in found)} say what no "
        f"judge knows, {sum(bool(one.crashed) for one in found)} stop without a place"
    ]
    told = Counter((lie.assertion, lie.sentence) for one in found for lie in one.lies)
    by_assertion: dict[str, list[str]] = {}
    for one in found:
        for lie in one.lies:
            by_assertion.setdefault(lie.assertion, []).append(f"    {one.name}\n        {lie.where}: {lie.sentence}")
    for assertion, cases in sorted(by_assertion.items(), key=lambda item: -len(item[1])):
        lines += [f"LIE in {len(cases)}: {assertion}", *cases[:3]]
    unknown = dict.fromkeys(text for one in found for text in one.unjudged)
    lines += [f"UNJUDGED {text}" for text in list(unknown)[:60]]
    lines += [f"CRASHED {one.name}\n{one.crashed}" for one in found if one.crashed][:5]
    lines += [f"{len(told)} different false sentences"] if told else []
    return "\n".join(lines)
