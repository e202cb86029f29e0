"""What the command line says of engines that are not there, or do not go together."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.batching import batch, batch_project


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return batch_project(tmp_path / "project")


@pytest.mark.parametrize("options", [("--engine", "dask"), ("--scheduler", "tcp://127.0.0.1:1")])
def test_without_dask_its_engine_says_how_to_get_it(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    code, said = batch(root, tmp_path / "out", *options)
    assert code == 2
    assert '--engine dask: needs distributed, which is not installed. Install it: pip install "fairsheet[dask]"' in said
    assert not (tmp_path / "out").exists()


def test_processes_of_this_machine_have_no_scheduler(root: Path, tmp_path: Path) -> None:
    code, said = batch(root, tmp_path / "out", "--engine", "processes", "--scheduler", "tcp://127.0.0.1:1")
    assert code == 2
    assert "Leave out one of --engine and --scheduler" in said


def test_another_engine_is_none(root: Path, tmp_path: Path) -> None:
    assert batch(root, tmp_path / "out", "--engine", "spark")[0] == 2
