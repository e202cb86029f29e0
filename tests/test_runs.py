"""Runs: build, check and new as their users call them."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pptx import Presentation
from typer.testing import CliRunner

import data.files.folder
from data.errors import SourceError
from generate import app
from reports.runs.edition import edition_of_all
from reports.runs.read import Options, read

ROOT = Path(__file__).resolve().parent.parent
FILES = ("report.pdf", "handout.pdf", "deck.pptx")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


def command(*arguments: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The program as a process of its own."""
    return subprocess.run(
        [sys.executable, str(ROOT / "generate.py"), *map(str, arguments)],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def sums(folder: Path) -> dict[str, str]:
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (*FILES, "manifest.json")}


def test_generate_alone_builds_the_built_in_project_from_any_folder(tmp_path: Path) -> None:
    done = command(cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].startswith("Made report.pdf, handout.pdf, deck.pptx in out (edition ")
    assert json.loads((tmp_path / "out/manifest.json").read_text())["title"] == "Machine learning engineer"
    assert not done.stderr


def test_the_same_project_gives_the_same_bytes_from_two_folders_and_days(small_project: Path, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "copy"
    shutil.copytree(small_project, other)
    assert command("build", small_project, "--out", tmp_path / "a", cwd=tmp_path).returncode == 0
    assert command("build", "copy", "--out", "b", cwd=other.parent, PYTHONHASHSEED="7").returncode == 0
    assert sums(tmp_path / "a") == sums(other.parent / "b")


def test_source_date_epoch_sets_the_dates_of_the_metadata(small_project: Path, tmp_path: Path) -> None:
    for name, epoch in (("a", "0"), ("b", "1700000000")):
        assert command("build", small_project, "--out", name, cwd=tmp_path, SOURCE_DATE_EPOCH=epoch).returncode == 0
    assert Presentation(str(tmp_path / "b/deck.pptx")).core_properties.created.year == 2023
    first, second = sums(tmp_path / "a"), sums(tmp_path / "b")
    assert all(first[name] != second[name] for name in FILES)


def test_source_date_epoch_must_be_a_number(small_project: Path, tmp_path: Path) -> None:
    done = command("build", small_project, cwd=tmp_path, SOURCE_DATE_EPOCH="today")
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


def test_a_project_in_the_working_directory_is_the_default(small_project: Path) -> None:
    assert command("build", cwd=small_project).returncode == 0
    assert json.loads((small_project / "out/manifest.json").read_text())["title"] == "Two jobs"


def test_the_manifest_names_inputs_fonts_outputs_and_what_they_used(small_project: Path, tmp_path: Path) -> None:
    assert run("build", small_project, "--out", tmp_path, "--quiet") == (0, "")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert set(manifest["inputs"]) == {
        "project.toml", "brand.toml", "tables/pay.csv", "story/report.md", "story/handout.md", "story/deck.md",
    }  # fmt: skip
    table = (small_project / "tables/pay.csv").read_bytes()
    assert manifest["inputs"]["tables/pay.csv"] == hashlib.sha256(table).hexdigest()
    assert manifest["tables"]["pay"] == {
        "title": "Pay", "source": "A survey", "as_of": "2024", "licence": None, "file": "tables/pay.csv",
        "sha256": hashlib.sha256(table).hexdigest(), "query": None, "computed_from": None, "rows": 2,
    }  # fmt: skip
    for name, entry in manifest["outputs"].items():
        content = (tmp_path / entry["file"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest()
        assert entry["tables"] == ["pay"], name
        assert entry["charts"] == ["pay"]
    assert manifest["outputs"]["report"]["cells"] == {"tables/pay.csv": {"job": "2-3", "salary": "2-3"}}
    assert "SourceSansPro-Regular.ttf" in manifest["fonts"]
    assert str(tmp_path) not in json.dumps(manifest)


def test_only_makes_what_is_asked_and_keeps_the_rest_in_the_manifest(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    (tmp_path / "report.pdf").unlink()
    assert run("build", small_project, "--out", tmp_path, "--only", "report")[0] == 0
    assert set(json.loads((tmp_path / "manifest.json").read_text())["outputs"]) == {"report", "handout", "deck"}


def test_a_changed_table_changes_every_document_and_the_edition(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path / "a")
    table = small_project / "tables/pay.csv"
    table.write_text(table.read_text().replace("120000", "125000"))
    run("build", small_project, "--out", tmp_path / "b")
    first, second = sums(tmp_path / "a"), sums(tmp_path / "b")
    assert all(first[name] != second[name] for name in first)


# -- files that people edited ----------------------------------------------------


def edit(deck: Path) -> bytes:
    presentation = Presentation(str(deck))
    presentation.slides[0].shapes.title.text = "Mine"
    presentation.save(str(deck))
    return deck.read_bytes()


def test_an_edited_file_is_left_alone_and_the_new_one_stands_beside_it(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    mine = edit(tmp_path / "deck.pptx")
    code, output = run("build", small_project, "--out", tmp_path)
    assert code == 4
    assert "deck.pptx was edited by hand and is left alone; the new one is deck.new.pptx" in output
    assert (tmp_path / "deck.pptx").read_bytes() == mine
    assert run("build", small_project, "--out", tmp_path)[0] == 4
    assert sorted(p.name for p in tmp_path.glob("deck*")) == ["deck.new.pptx", "deck.pptx"]


def test_an_edited_new_file_is_left_alone_too(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    edit(tmp_path / "deck.pptx")
    run("build", small_project, "--out", tmp_path)
    mine = edit(tmp_path / "deck.new.pptx")
    run("build", small_project, "--out", tmp_path)
    assert (tmp_path / "deck.new.pptx").read_bytes() == mine
    assert (tmp_path / "deck.new-2.pptx").exists()


def test_overwrite_replaces_an_edited_file_and_keeps_a_backup(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    mine = edit(tmp_path / "deck.pptx")
    code, output = run("build", small_project, "--out", tmp_path, "--overwrite")
    assert code == 0
    assert "kept as deck.backup.pptx" in output
    assert (tmp_path / "deck.backup.pptx").read_bytes() == mine
    assert (tmp_path / "deck.pptx").read_bytes() != mine
    assert run("build", small_project, "--out", tmp_path)[0] == 0


def test_overwrite_takes_away_what_stood_beside_the_edited_file(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    edit(tmp_path / "deck.pptx")
    run("build", small_project, "--out", tmp_path)
    assert (tmp_path / "deck.new.pptx").exists()
    run("build", small_project, "--out", tmp_path, "--overwrite")
    assert sorted(p.name for p in tmp_path.glob("deck*")) == ["deck.backup.pptx", "deck.pptx"]


def test_the_project_file_may_be_named_in_place_of_its_folder(small_project: Path, tmp_path: Path) -> None:
    assert run("build", small_project / "project.toml", "--out", tmp_path)[0] == 0


def test_a_strangers_file_of_that_name_is_left_alone(small_project: Path, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(b"my own report")
    assert run("build", small_project, "--out", tmp_path)[0] == 4
    assert (tmp_path / "report.pdf").read_bytes() == b"my own report"


# -- whole or not at all -----------------------------------------------------------


def test_a_failed_build_leaves_the_earlier_files_as_they_were(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    before = sums(tmp_path)
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,lots\n")
    assert run("build", small_project, "--out", tmp_path)[0] == 2
    assert sums(tmp_path) == before


def test_a_full_disk_leaves_the_earlier_files_as_they_were(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("build", small_project, "--out", tmp_path)
    before = sums(tmp_path)
    table = small_project / "tables/pay.csv"
    table.write_text(table.read_text().replace("120000", "125000"))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(data.files.folder.os, "fsync", full)
    code, output = run("build", small_project, "--out", tmp_path)
    assert code == 5
    assert "the disk is full" in output
    assert sums(tmp_path) == before
    assert not list(tmp_path.glob(".*"))


def test_each_output_in_the_manifest_keeps_the_edition_it_was_made_from(small_project: Path, tmp_path: Path) -> None:
    run("build", small_project, "--out", tmp_path)
    before = json.loads((tmp_path / "manifest.json").read_text())["outputs"]
    story = small_project / "story/report.md"
    story.write_text(story.read_text("utf-8") + "\nMore.\n", "utf-8")
    run("build", small_project, "--out", tmp_path, "--only", "report")
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    editions = {name: entry["edition"] for name, entry in manifest["outputs"].items()}
    changed = [name for name in editions if editions[name] != before[name]["edition"]]
    assert changed == ["report"]
    assert manifest["edition"] == edition_of_all(editions.items())


# -- check and new ---------------------------------------------------------------


def test_check_writes_nothing(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small_project)
    before = sorted(small_project.rglob("*"))
    assert run("check") == (0, "No problems.\n")
    assert sorted(small_project.rglob("*")) == before


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors", "career-fair"])
def test_a_new_project_builds_at_once_and_is_warned_of_the_examples_words(name: str, tmp_path: Path) -> None:
    assert run("new", tmp_path / "mine", "--from", name)[0] == 0
    code, output = run("check", tmp_path / "mine")
    assert code == 0
    assert "warning: project.toml:" in output
    assert "is the example's address" in output
    assert run("check", tmp_path / "mine", "--strict")[0] == 2
    assert run("build", tmp_path / "mine", "--out", tmp_path / "out")[0] == 0


@pytest.mark.parametrize("name", ["machine-learning-engineer", "college-majors", "career-fair"])
def test_a_built_in_project_has_no_problems_and_no_warnings(name: str) -> None:
    code, output = run("check", ROOT / "data" / name, "--strict")
    assert code == 0, output
    assert "No problems." in output.splitlines()


def test_check_tells_where_the_tables_disagree() -> None:
    code, output = run("check", ROOT / "data/machine-learning-engineer")
    assert code == 0
    assert "the data disagree. Technology: 35% here, 40% in “Top employing industries”." in output


def test_an_unknown_built_in_project_is_named(tmp_path: Path) -> None:
    code, output = run("new", tmp_path / "mine", "--from", "colege-majors")
    assert code == 2
    assert "Did you mean 'college-majors'?" in output


def test_published_on_the_command_line_must_be_a_date(small_project: Path) -> None:
    assert run("build", small_project, "--published", "November")[0] == 2


def test_a_source_that_does_not_answer_is_an_outage(small_project: Path, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound and not listening: every connection is refused
        port = nobody.getsockname()[1]
        settings = small_project / "project.toml"
        text = settings.read_text("utf-8").replace(
            'file = "tables/pay.csv"', f'url = "http://127.0.0.1:{port}/pay.csv"'
        )
        settings.write_text(text, "utf-8")
        code, output = run("build", small_project, "--out", tmp_path / "out")
    assert code == 5, output
    assert "project.toml:7" in output
    assert "A source is out of order; nothing was written." in output
    assert not (tmp_path / "out").exists()


def test_a_table_that_is_written_while_it_is_read_is_not_published(small_project: Path) -> None:
    table = small_project / "tables/pay.csv"

    def other_program(told: str) -> None:
        if told.startswith("table pay"):
            table.write_text("job,salary\nEngineer,130000\nAnalyst,110000\n", "utf-8")

    with pytest.raises(SourceError, match=r"tables/pay\.csv: was written while it was read\."):
        read(small_project, Options(), other_program)
    assert read(small_project, Options()).outputs[0].document.edition


@pytest.mark.parametrize("mark", ["~$deck.pptx", ".~lock.deck.pptx#"])
def test_a_deck_that_is_open_in_an_office_program_is_not_replaced(
    small_project: Path, tmp_path: Path, mark: str
) -> None:
    out = tmp_path / "out"
    assert run("build", small_project, "--out", out)[0] == 0
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    (out / mark).write_text("advisor", "utf-8")
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,130000\nAnalyst,110000\n", "utf-8")
    code, output = run("build", small_project, "--out", out)
    assert (code, f"delete {mark} beside it" in output) == (5, True), output
    assert {path.name: path.read_bytes() for path in out.iterdir() if path.name != mark} == before
    (out / mark).unlink()
    assert run("build", small_project, "--out", out)[0] == 0


def test_an_age_is_counted_from_the_end_of_a_period(small_project: Path) -> None:
    year = datetime.date.today().year
    toml = (small_project / "project.toml").read_text("utf-8")
    for period, stale in ((f"1990/{year}", False), (f"1990/{year - 4}", True)):
        said = f'as_of = "{period}"\nstale_after = "2 years"'
        (small_project / "project.toml").write_text(toml.replace('as_of = "2024"', said), "utf-8")
        code, output = run("check", small_project)
        assert code == 0
        assert ("older than 2 years" in output) == stale, period


def test_the_manifest_names_the_lines_that_are_shown_and_no_others(small_project: Path, tmp_path: Path) -> None:
    rows = "".join(f"Job {n},{100_000 + n}\n" for n in range(1, 8))
    (small_project / "tables/pay.csv").write_text(f"job,salary\nEngineer,190000\n{rows}", "utf-8")
    quoted = " ".join(f"{{{{ pay['Job {n}'].salary }}}}" for n in (1, 2, 3, 5, 7))
    (small_project / "story/report.md").write_text(f"# Pay\n\nThese earn {quoted}.\n", "utf-8")
    assert run("build", small_project, "--out", tmp_path / "out", "--only", "report")[0] == 0
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert manifest["outputs"]["report"]["cells"]["tables/pay.csv"]["salary"] == "3-5, 7, 9"
