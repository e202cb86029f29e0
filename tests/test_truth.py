"""No document says what its tables deny: every cell of the built-in projects changed in turn, and every assertion judged.

Some of the mutants are tried, the same ones every time; FAIRSHEET_FULL=1 tries all, or of big tables many more.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from tests.truth.judge import Judge, Rows, Tables, shows
from tests.truth.shown import Block
from tests.truth.trial import Case, Outcome, court, documents, mutants, outcomes, sampled, summary

FULL = os.environ.get("FAIRSHEET_FULL") == "1"
JUDGED = {"engineer": (70, None), "ges": (20, None), "majors": (10, 1500), "fair": (30, None)}
"""Projects, and how many of their mutants are tried: usually, and in full; None for all."""
Judged = tuple[Callable[[], Case], list[Block], int | None]


def _tried(root: Path, folder: Path, sentence: str, judge: Judge) -> list[Outcome]:
    """Every mutant of the small project, with one more sentence in its report."""
    with (root / "story/report.md").open("a", encoding="utf-8") as story:
        story.write(f"\n{sentence}\n")
    case = Case(root, judge, {"tables/pay.csv": None})
    here = court(case, folder / "court")
    return [here.tried(mutant) for mutant in mutants(case)]


def _least(w: Tables) -> bool:
    return w["pay"].number("job", "Analyst", "salary") == min(w["pay"].numbers("salary"))


def test_a_sentence_that_the_changed_table_denies_is_a_lie(small_project: Path, tmp_path: Path) -> None:
    judge = Judge()
    judge.says("nobody earns less than an analyst", _least)
    found = _tried(small_project, tmp_path, "Nobody earns less than an analyst.", judge)
    lying = [one.name for one in found if one.lies]
    assert lying == ["tables/pay.csv: new row, below all: ['Amber Lane', '44000']"]
    assert any(one.stopped and "Engineers earn more" in one.stopped for one in found)


def test_a_sentence_about_a_row_that_is_gone_is_a_lie() -> None:
    judge = Judge()
    judge.says(r"analysts earn \$(\d+)", lambda w, paid: shows(paid, w["pay"].number("job", "Analyst", "salary")))
    said = [Block("report text", "Analysts earn $5.")]
    rows = Rows([{"job": "Analyst", "salary": "5"}])
    assert not list(judge.lies(said, {"pay": rows}))
    assert [lie.sentence for lie in judge.lies(said, {"pay": Rows()})] == ["Analysts earn $5."]


def test_a_sentence_that_only_other_data_bring_must_be_judged(small_project: Path, tmp_path: Path) -> None:
    sentence = "{% if pay.count > 2 %}\n\nThere is a crowd.\n\n{% endif %}"
    found = _tried(small_project, tmp_path, sentence, Judge())
    told = {text for one in found for text in one.unjudged if text.startswith("report text")}
    assert told == {"report text: There is a crowd."}


@pytest.fixture(scope="module", params=JUDGED)
def judged(request: pytest.FixtureRequest) -> Judged:
    """A project with its judge, what its documents show as they are, and how many mutants are tried."""
    module = import_module(f"tests.truth.{request.param}")
    if missing := [path for path in getattr(module, "NEEDS", ()) if not path.exists()]:
        pytest.skip(f"no {missing[0].name} beside this checkout")
    return module.case, documents(module.case()), JUDGED[request.param][FULL]


def test_every_assertion_on_the_list_is_in_a_document(judged: Judged) -> None:
    made, blocks, _ = judged
    assert made().judge.unfound(blocks) == []


def test_every_assertion_is_true_of_the_tables_as_they_are(judged: Judged) -> None:
    made, blocks, _ = judged
    case = made()
    assert list(case.judge.lies(blocks, case.tables(case.root))) == []


def test_every_sentence_with_a_number_is_on_the_list(judged: Judged) -> None:
    made, blocks, _ = judged
    assert list(made().judge.numbers_unjudged(blocks)) == []


def test_no_change_of_the_tables_makes_a_document_lie(judged: Judged, tmp_path: Path) -> None:
    made, _, tried = judged
    every = mutants(made())
    chosen = every if tried is None else sampled(every, tried, seed=15)
    found = list(outcomes(made, chosen, tmp_path))
    told = summary(found)
    print(told)
    assert all(outcome.right for outcome in found), told
