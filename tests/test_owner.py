"""Two projects do not share an output folder in silence, and only what a hand edited is called edited."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.files.user_folders import cache_folder
from data.project_folder import DEFAULT_PROJECT
from generate import app


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def other(small_project: Path, tmp_path: Path) -> Path:
    """A second project that has everything in common with the first but its place and one number."""
    folder = tmp_path / "other"
    shutil.copytree(small_project, folder)
    table = folder / "tables/pay.csv"
    table.write_text(table.read_text().replace("120000", "125000"))
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_another_projects_folder_is_refused_and_named(small_project: Path, other: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", small_project, "--out", out)[0] == 0
    before = contents(out)
    code, said = run("build", other, "--out", out)
    assert code == 2, said
    assert f"holds the documents of another project, 'Two jobs' in {small_project}." in said
    assert "edited by hand" not in said
    assert contents(out) == before


def test_another_projects_folder_can_be_taken_over_with_backups(
    small_project: Path, other: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("build", small_project, "--out", out)
    before = contents(out)
    code, said = run("build", other, "--out", out, "--overwrite", "--only", "report")
    assert code == 0, said
    assert "held the documents of another project" in said
    assert "edited by hand" not in said
    assert (out / "report.backup.pdf").read_bytes() == before["report.pdf"]
    assert set(json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]) == {"report"}
    assert run("build", other, "--out", out)[0] == 4  # handout and deck are still the other's
    assert (out / "deck.pptx").read_bytes() == before["deck.pptx"]


def test_a_project_that_was_renamed_keeps_its_folder(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", small_project, "--out", out)
    moved = small_project.rename(tmp_path / "renamed")
    settings = moved / "project.toml"
    settings.write_text(settings.read_text().replace("Two jobs", "Two good jobs"))
    assert run("build", moved, "--out", out)[0] == 0


def test_without_its_own_record_the_manifest_tells_whose_the_folder_is(
    small_project: Path, other: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("build", small_project, "--out", out)
    shutil.rmtree(cache_folder())
    assert run("build", small_project, "--out", out)[0] == 0
    shutil.rmtree(cache_folder())
    for path in [p for p in other.rglob("*") if p.is_file()]:
        path.write_text(path.read_text().replace("Two jobs", "Other jobs") + "\n")
    code, said = run("build", other, "--out", out)
    assert code == 2, said
    assert "another project, 'Two jobs'." in said


def test_the_built_in_documents_give_way_to_ones_own(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", DEFAULT_PROJECT, "--out", out)[0] == 0
    code, said = run("build", small_project, "--out", out)
    assert code == 0, said
    assert "held the documents of another project, 'Machine learning engineer'" in said
    code, said = run("build", small_project, "--out", out)
    assert code == 0
    assert "another project" not in said


def test_a_file_of_unknown_origin_is_not_called_edited(small_project: Path, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_text("from elsewhere")
    code, said = run("build", small_project, "--out", tmp_path)
    assert code == 4
    assert "report.pdf was not made here by this project and is left alone" in said
    assert "edited by hand" not in said


def test_a_lost_manifest_makes_no_document_an_edited_one(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", small_project, "--out", out)
    (out / "manifest.json").unlink()
    assert run("build", small_project, "--out", out)[0] == 0  # the same bytes: there is nothing to lose
    (out / "manifest.json").unlink()
    code, said = run("build", small_project, "--out", out, "--draft")
    assert code == 4
    assert "edited by hand" not in said


def test_a_read_only_document_is_named_as_such(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", small_project, "--out", out)
    (out / "deck.pptx").chmod(0o444)
    code, said = run("build", small_project, "--out", out, "--draft")
    assert code == 4
    assert "deck.pptx is read-only and is left alone; the new one is deck.new.pptx" in said


def test_a_run_that_fails_leaves_no_new_folder(small_project: Path, tmp_path: Path) -> None:
    (small_project / "tables/pay.csv").write_text("job,salary\nEngineer,lots\n")
    assert run("build", small_project, "--out", tmp_path / "a/b/out")[0] == 2
    assert not (tmp_path / "a").exists()


def test_a_folder_may_have_a_name_that_is_no_text(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / os.fsdecode(b"out-\xff")
    try:
        out.mkdir()
    except OSError:
        pytest.skip("this file system has no such names")
    assert run("build", small_project, "--out", out)[0] == 0
    assert run("build", small_project, "--out", out)[0] == 0


def test_a_document_that_may_not_be_read_is_told(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run("build", small_project, "--out", out)[0] == 0
    (out / "report.pdf").chmod(0)
    if os.access(out / "report.pdf", os.R_OK):
        pytest.skip("this user may read everything")
    code, said = run("build", small_project, "--out", out)
    assert (code, "Traceback" in said) == (5, False)
    assert "report.pdf: is open in another program or protected" in said
