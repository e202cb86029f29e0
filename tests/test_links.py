"""A project may bring links of its own: nothing is written through one, wherever Fairsheet writes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from generate import app

pytestmark = pytest.mark.skipif(not hasattr(os, "symlink"), reason="this system has no links")


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.output


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder outside the project, with something in it that must stay as it is."""
    path = tmp_path / "home"
    (path / "letters").mkdir(parents=True)
    (path / "thesis.pdf").write_text("years of work")
    (path / "letters" / "pay.csv").write_text("job,salary\nMine,1\n")
    return path


def everything(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize("name", ["report.pdf", "handout.pdf", "deck.pptx", "manifest.json", ".fairsheet-pending.json"])
@pytest.mark.parametrize("options", [(), ("--overwrite",)], ids=["plain", "overwrite"])
def test_a_link_in_the_place_of_a_file_is_refused(
    name: str, options: tuple[str, ...], small_project: Path, home: Path
) -> None:
    before = everything(home)
    out = small_project / "out"
    out.mkdir()
    (out / name).symlink_to(home / "thesis.pdf")
    code, said = run("build", small_project, "--out", out, *options)
    assert code == 2, said
    assert f"{name}: is a link to " in said
    assert everything(home) == before
    assert [path.name for path in out.iterdir()] == [name]


@pytest.mark.parametrize("name", ["report.pdf", "manifest.json"])
def test_a_link_to_a_file_that_is_not_there_makes_none(name: str, small_project: Path, home: Path) -> None:
    out = small_project / "out"
    out.mkdir()
    (out / name).symlink_to(home / "new.pdf")
    assert run("build", small_project, "--out", out)[0] == 2
    assert not (home / "new.pdf").exists()


@pytest.mark.parametrize(
    ("linked", "inside"),
    [("out", "out"), ("out", "out/autumn/fair"), ("out/autumn", "out/autumn"), ("out/autumn", "out/autumn/fair")],
)
def test_a_link_in_the_place_of_a_folder_of_the_project_is_refused(
    linked: str, inside: str, small_project: Path, home: Path
) -> None:
    before = everything(home)
    (small_project / linked).parent.mkdir(exist_ok=True)
    (small_project / linked).symlink_to(home / "letters")
    code, said = run("build", small_project, "--out", small_project / inside)
    assert code == 2, said
    assert "is a link to " in said
    assert everything(home) == before
    assert sorted(p.name for p in home.iterdir()) == ["letters", "thesis.pdf"]


def test_the_folder_out_where_one_works_may_be_no_link_either(
    small_project: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_project.parent / "out").symlink_to(home)
    monkeypatch.chdir(small_project.parent)
    before = everything(home)
    code, said = run("build", "small")
    assert code == 2, said
    assert "nothing is ever written through a link" in said
    assert everything(home) == before


def test_the_users_own_links_on_the_way_to_her_folder_are_followed(small_project: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "share").symlink_to(tmp_path / "disk")
    code, said = run("build", small_project, "--out", tmp_path / "share" / "fair")
    assert code == 0, said
    assert (tmp_path / "disk/fair/manifest.json").is_file()


def test_links_beside_an_edited_file_are_not_written_through(small_project: Path, home: Path, tmp_path: Path) -> None:
    before, out = everything(home), tmp_path / "out"
    assert run("build", small_project, "--out", out)[0] == 0
    (out / "report.pdf").write_text("mine")
    for name in ("report.new.pdf", "report.backup.pdf"):
        (out / name).symlink_to(home / "thesis.pdf")
    code, said = run("build", small_project, "--out", out)
    assert code == 4, said
    assert (out / "report.new-2.pdf").is_file()
    code, said = run("build", small_project, "--out", out, "--overwrite")
    assert code == 0, said
    assert (out / "report.backup-2.pdf").read_text() == "mine"
    assert everything(home) == before


def test_check_writes_nothing_into_a_project_and_through_no_link_of_it(small_project: Path, home: Path) -> None:
    before = everything(home)
    for name in (".fairsheet", "out", "cache", ".cache"):
        (small_project / name).symlink_to(home / "letters")
    project = sorted(path.name for path in small_project.rglob("*"))
    code, said = run("check", small_project)
    assert code == 0, said
    assert everything(home) == before
    assert sorted(path.name for path in small_project.rglob("*")) == project


def test_a_new_project_is_made_through_no_link(home: Path, tmp_path: Path) -> None:
    (home / "empty").mkdir()
    (tmp_path / "fair").symlink_to(home / "empty")
    code, said = run("new", tmp_path / "fair")
    assert code == 2, said
    assert not list((home / "empty").iterdir())


def test_a_new_table_is_added_through_no_link(small_project: Path, home: Path, tmp_path: Path) -> None:
    before = everything(home)
    table = tmp_path / "grades.csv"
    table.write_text("name,grade\nA,1\nB,2\nC,3\n")
    (small_project / "tables/pay.csv").rename(small_project / "pay.csv")
    (small_project / "tables").rmdir()
    (small_project / "tables").symlink_to(home / "letters")
    settings = small_project / "project.toml"
    settings.write_text(settings.read_text().replace("tables/pay.csv", "pay.csv"))
    code, said = run("inspect", table, "--add", small_project)
    assert code == 2, said
    assert "is a link to " in said
    assert everything(home) == before


def test_a_linked_project_file_is_not_written(small_project: Path, home: Path, tmp_path: Path) -> None:
    table = tmp_path / "grades.csv"
    table.write_text("name,grade\nA,1\nB,2\nC,3\n")
    real = home / "project.toml"
    (small_project / "project.toml").rename(real)
    (small_project / "project.toml").symlink_to(real)
    before = everything(home)
    code, said = run("inspect", table, "--add", small_project)
    assert code == 2, said
    assert everything(home) == before
    assert not (small_project / "tables/grades.csv").exists()


@pytest.mark.parametrize("name", ["project.toml", "brand.toml"])
def test_settings_are_not_read_through_a_link_that_leads_out(name: str, small_project: Path, home: Path) -> None:
    (home / "settings.toml").write_text('kept_for_me = "yes"\n')
    (small_project / name).unlink()
    (small_project / name).symlink_to(home / "settings.toml")
    code, said = run("check", small_project)
    assert code == 2
    assert "is a link that leads out of the project's folder" in said
    assert "kept_for_me" not in said


@pytest.mark.parametrize(
    "entry", ['{"file": ["a"], "sha256": {}}', '{"file": {"a": 1}, "sha256": ["b"]}', '{"file": 1}', "3", "null"]
)
def test_a_manifest_that_a_project_brings_stops_nobody(entry: str, small_project: Path) -> None:
    out = small_project / "out"
    out.mkdir()
    (out / "manifest.json").write_text(f'{{"outputs": {{"report": {entry}}}, "inputs": {{"a": {entry}}}}}')
    (out / "report.pdf").write_text("mine")
    code, said = run("build", small_project, "--out", out)
    assert code in (2, 4), said
    assert (out / "report.pdf").read_text() == "mine"
