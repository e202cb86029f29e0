"""What lies in the folder where one works, a stranger's perhaps, has no part in a run."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
from pathlib import Path
from time import sleep

import pytest

from reports.runs import write as writing
from reports.runs.bind import Options
from reports.runs.build import build
from tests.conftest import ROOT
from tests.test_bad_input import change


def test_a_new_interpreter_takes_no_module_from_the_working_folder(tmp_path: Path) -> None:
    (tmp_path / "multiprocessing.py").write_text("raise SystemExit('taken from the working folder')\n")
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.path.remove('')\n"
        "import sys, reports.runs.write as write\n"
        "write.sys = type('System', (), {'platform': 'darwin'})\n"
        "if __name__ == '__main__':\n"
        "    with write.second_process() as pool:\n"
        "        print('none' if pool is None else pool.submit(abs, -2).result(60))\n"
    )
    (tmp_path / "elsewhere").mkdir()
    script = tmp_path / "elsewhere" / "run.py"
    script.write_text(program.replace("; sys.path.remove('')", ""))
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() in ("2", "none")
    assert "working folder" not in done.stderr


def asleep() -> None:
    sleep(3600)


def test_a_second_process_that_nothing_was_given_to_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(writing, "_warm_up", asleep)
    with writing.second_process() as pool:
        assert pool is not None
    assert not multiprocessing.active_children()


def test_where_documents_stand_the_one_that_changed_is_written_beside_the_warnings(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing.os, "cpu_count", lambda: 2)
    build(small_project, tmp_path / "out", Options(), overwrite=False)
    change(small_project, "story/handout.md", "What they pay", "What they pay now")
    here: list[str] = []
    monkeypatch.setattr(writing, "_result", lambda waiting, *_: here.append("waited") or waiting.result())
    built = build(small_project, tmp_path / "out", Options(), overwrite=False)
    assert [saved.path.name for saved in built.saved] == ["handout.pdf"]
    assert here == ["waited"]
