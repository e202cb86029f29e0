"""No document says what its tables deny: every cell of the built-in projects changed in turn, and every assertion judged.

A tenth of the mutants is tried, the same one every time; FAIRSHEET_FULL=1 tries all.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.truth.shown import Block
from tests.truth.trial import Case, documents, mutants, outcomes, sampled, summary

FULL = os.environ.get("FAIRSHEET_FULL") == "1"
AT_MOST = 100
"""Mutants of a project that are tried where not all are."""
JUDGED = ("engineer",)


@pytest.fixture(scope="module", params=JUDGED)
def judged(request: pytest.FixtureRequest) -> tuple[Callable[[], Case], list[Block]]:
    """A project with its judge, and what its documents show as they are."""
    made: Callable[[], Case] = import_module(f"tests.truth.{request.param}").case
    return made, documents(made().root)


@pytest.fixture(autouse=True)
def _poppler(tool: Callable[[str], str]) -> None:
    tool("pdfinfo")


def test_every_assertion_on_the_list_is_in_a_document(judged: tuple[Callable[[], Case], list[Block]]) -> None:
    made, blocks = judged
    assert made().judge.unfound(blocks) == []


def test_every_assertion_is_true_of_the_tables_as_they_are(judged: tuple[Callable[[], Case], list[Block]]) -> None:
    made, blocks = judged
    case = made()
    assert list(case.judge.lies(blocks, case.tables(case.root))) == []


def test_every_sentence_with_a_number_is_on_the_list(judged: tuple[Callable[[], Case], list[Block]]) -> None:
    made, blocks = judged
    assert list(made().judge.numbers_unjudged(blocks)) == []


def test_no_change_of_the_tables_makes_a_document_lie(
    judged: tuple[Callable[[], Case], list[Block]], tmp_path: Path
) -> None:
    made, _ = judged
    every = mutants(made())
    chosen = every if FULL else sampled(every, min(0.1, AT_MOST / len(every)), seed=15)
    found = list(outcomes(made, chosen, tmp_path))
    told = summary(found)
    print(told)
    assert all(outcome.right for outcome in found), told
