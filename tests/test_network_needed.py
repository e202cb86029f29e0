"""What a project needs of the user is listed, with what she has not given yet, for whoever sets up a schedule."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.network.needed import missing_of, needs_of
from tests.test_network_secrets import run, with_origin

MANY = """\
[deliver.drive]
to = "../drive"

[sources.registrar]
folder = "../exports"

[tables.more]
url = "https://8.8.8.8/more.csv?key=${DATA_KEY}"
[tables.more.fields]
job = { type = "text", key = true }

[tables.pay]
"""
ORIGIN = 'connection = "postgresql://me:${DB_KEY}@127.0.0.1:6543/x"\nquery = "SELECT 1 AS one"'


@pytest.fixture
def project(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FAIRSHEET_HOSTS", "")
    monkeypatch.setenv("DB_KEY", "x")
    with_origin(small_project, ORIGIN)
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("[tables.pay]\n", MANY), "utf-8")
    (small_project.parent / "exports").mkdir()
    return small_project


def test_variables_hosts_folders_and_places_are_listed(project: Path) -> None:
    said = {need.what: (need.use, need.allowed, need.is_set) for need in needs_of(project)}
    assert said == {
        "secret:DB_KEY": ("send it to 127.0.0.1:6543", False, True),
        "secret:DATA_KEY": ("send it to 8.8.8.8:443", False, False),
        "host:127.0.0.1:6543": ("read it", False, True),
        "../exports": ("read files in it", False, True),
        "deliver:drive": ("write documents to ../drive", False, True),
    }


def test_what_was_allowed_is_not_missing(project: Path) -> None:
    for need in missing_of(project):
        assert need.command.endswith(f"allow {need.what} {project}")
        assert run("allow", need.what, project)[0] == 0
    assert missing_of(project) == ()
    assert len(needs_of(project)) == 5


def test_a_folder_that_leads_elsewhere_is_missing_again(project: Path) -> None:
    assert run("allow", "../exports", project)[0] == 0
    folder = project.parent / "exports"
    folder.rename(project.parent / "old")
    assert "../exports" not in [need.what for need in missing_of(project)]
    folder.symlink_to(project.parent / "old")
    assert "../exports" in [need.what for need in missing_of(project)]


def test_a_project_of_files_needs_nothing(small_project: Path) -> None:
    assert needs_of(small_project) == ()
