"""Variables: one project, several audiences; what a run sets is part of what its documents are made from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from generate import app
from tests.decks import all_text

PROJECT = """\
title = "Fair"
subtitle = "{{ openings.where(campus=set.campus).sum('openings') }} openings"
language = "en-US"
publisher = "Career Center"
[variables]
campus = ["North", "South"]
goal = 40
note = "by train"
[tables.openings]
file = "openings.csv"
[tables.openings.fields]
job = { title = "Job", type = "text", key = true }
campus = { title = "Campus", type = "text" }
openings = { title = "Openings", type = "integer", unit = "openings" }
enough = { title = "Enough", type = "text", value = "'yes' if openings >= set.goal else 'no'" }
[tables.here]
from = "openings"
where = "campus == set.campus"
[tables.here.fields]
job = { title = "Job", type = "text", key = true }
openings = { title = "Openings", type = "integer", unit = "openings" }
enough = { title = "Enough", type = "text" }
[charts.here]
table = "openings"
where = "campus == set.campus"
x = "openings"
y = "job"
title = "Openings in {{ set.campus }}"
[outputs.report]
writer = "report"
story = "report.md"
[outputs.deck]
writer = "deck"
story = "report.md"
"""
STORY = """\
# Jobs in {{ set.campus }} {holds="here.count == openings.where('campus == set.campus').count and here.count > 0"}

{% if set.campus == "South" %}
Come {{ set.note }}.
{% endif %}
Of {{ here.count }} kinds, {{ here.where(enough='yes').count }} reach the goal of {{ set.goal }}.

![](chart:here)
"""
ROWS = "job,campus,openings\nNurse,North,50\nTeacher,North,30\nBaker,South,45\nCook,South,20\nMiller,South,41\n"


@pytest.fixture
def fair(tmp_path: Path) -> Path:
    root = tmp_path / "fair"
    root.mkdir()
    for name, text in {"project.toml": PROJECT, "report.md": STORY, "openings.csv": ROWS}.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def built(root: Path, out: Path, *options: str) -> str:
    result = run("build", root, "--out", out, *options)
    assert result.exit_code == 0, result.output
    return " ".join(all_text((out / "deck.pptx").read_bytes()).split())


def test_a_variable_is_what_the_project_says_where_the_run_sets_none(fair: Path, tmp_path: Path) -> None:
    text = built(fair, tmp_path / "out")
    assert "Jobs in North" in text
    assert "Of 2 kinds, 1 reach the goal of 40." in text
    assert "80 openings" in text
    assert "by train" not in text


def test_a_run_sets_it_in_stories_titles_tables_and_charts(fair: Path, tmp_path: Path) -> None:
    text = built(fair, tmp_path / "out", "--set", "campus=South", "--set", "goal=42", "--set", "note=by bus = free")
    assert "Jobs in South" in text
    assert "Openings in South" in text
    assert "106 openings" in text
    assert "Of 3 kinds, 1 reach the goal of 42." in text
    assert "Come by bus = free." in text
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert manifest["variables"] == {"campus": "South", "goal": 42, "note": "by bus = free"}


def test_conditions_over_computed_tables_know_it_too(fair: Path, tmp_path: Path) -> None:
    said = STORY.replace("here.where(enough='yes')", "here.where('openings >= set.goal')")
    (fair / "report.md").write_text(said, encoding="utf-8")
    assert "Of 2 kinds, 1 reach the goal of 40." in built(fair, tmp_path / "out")


def test_what_another_run_set_is_made_again(fair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(fair, out, "--set", "campus=South")
    assert "Jobs in North" in built(fair, out)
    assert "Jobs in South" in built(fair, out, "--set", "campus=South")


def test_a_variable_that_a_report_does_not_ask_for_leaves_its_edition(fair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(fair, out)
    before = json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]["report"]["edition"]
    built(fair, out, "--set", "note=on foot")
    assert json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]["report"]["edition"] == before


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("campus=West", "'campus' is one of North, South."),
        ("kampus=North", "there is no variable"),
        ("goal=many", "'many' is not a whole number"),
        ("goal=1.5", "'1.5' is not a whole number"),
        ("note=", "a word of 1 to 500 characters is wanted"),
        ("campus", "sets nothing. Write NAME=VALUE."),
    ],
)
def test_what_cannot_be_set_is_told_with_its_place(fair: Path, said: str, message: str) -> None:
    for command in ("build", "check"):
        result = run(command, fair, "--set", said)
        told = " ".join(result.output.replace("│", " ").split())
        assert result.exit_code == 2
        assert message in told or (
            said.startswith("kampus") and "has no variable 'kampus'" in told and "campus" in told
        )


def test_a_name_that_is_no_variable_is_told_where_it_stands(fair: Path) -> None:
    (fair / "report.md").write_text(STORY.replace("set.note", "set.nota"), encoding="utf-8")
    result = run("check", fair, "--set", "campus=South")
    assert result.exit_code == 2
    assert "report.md:4" in result.output
    assert "note" in result.output
    (fair / "report.md").write_text(STORY.replace("campus == set.campus", "campus == set.camp"), encoding="utf-8")
    assert "no variable 'camp'" in run("check", fair).output
    (fair / "report.md").write_text(STORY.replace("set.goal", "goal").replace("set.note", "campus"), "utf-8")
    assert "'goal' alone stands for nothing here: it is a variable. Write set.goal." in run("check", fair).output


def test_a_table_or_field_cannot_have_the_name_of_the_variables(fair: Path) -> None:
    (fair / "project.toml").write_text(PROJECT.replace("enough", "set"), encoding="utf-8")
    assert "'set' is a name in tables.openings and that of the variables" in " ".join(run("check", fair).output.split())


def test_a_deck_is_refreshed_with_what_it_was_made_with_and_no_other_numbers(fair: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(fair, out, "--set", "campus=South")
    (fair / "openings.csv").write_text(ROWS.replace("Baker,South,45", "Baker,South,55"), encoding="utf-8")
    refused = run("refresh", out / "deck.pptx", fair)
    assert refused.exit_code == 2
    assert "Refresh it with --set campus=South" in " ".join(refused.output.split())
    done = run("refresh", out / "deck.pptx", fair, "--set", "campus=South")
    assert done.exit_code == 0, done.output
