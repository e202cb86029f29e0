"""`python -m tests.truth NAME [SHARE]`: try a project's mutants (a share of them, 1 for all) and tell every lie."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.truth.located import located
from tests.truth.trial import Case, Outcome, documents, mutants, outcomes, sampled, summary


def _told(case: Case, found: list[Outcome]) -> list[str]:
    """Each false sentence with its place in the story, and the mutants that it was false of."""
    by_words: dict[tuple[str, str], list[str]] = {}
    for one in found:
        for lie in one.lies:
            told = f"{located(case.root, lie.sentence)} ({lie.where})"
            by_words.setdefault((told, lie.assertion), []).append(f"{one.name}\n        {lie.sentence}")
    lines: list[str] = []
    for (told, assertion), cases in sorted(by_words.items()):
        lines += [f"{told}: {assertion}", *(f"    {case}" for case in cases[:4])]
        lines += [f"    and {len(cases) - 4} more"] if len(cases) > 4 else []
    return lines


def main(name: str, share: float = 0.1, processes: int = 1) -> None:
    module = import_module(f"tests.truth.{name}")
    case: Case = module.case()
    blocks = documents(case)
    for title, problems in (
        ("on the list and in no document", case.judge.unfound(blocks)),
        ("false of the tables as they are", list(case.judge.lies(blocks, case.tables(case.root)))),
        ("with a number, and not on the list", list(case.judge.numbers_unjudged(blocks))),
    ):
        print(f"{len(problems)} {title}", *problems, sep="\n    ")
    every = mutants(case)
    begun = time.perf_counter()
    with TemporaryDirectory() as folder:
        chosen = every if share >= 1 else sampled(every, round(share * len(every)), 1)
        found = list(outcomes(module.case, chosen, Path(folder), processes))
    print(f"{len(chosen)} of {len(every)} mutants in {time.perf_counter() - begun:.0f} s")
    print(summary(found), *_told(case, found), sep="\n")


if __name__ == "__main__":
    main(sys.argv[1], *map(float, sys.argv[2:3]), *map(int, sys.argv[3:4]))
