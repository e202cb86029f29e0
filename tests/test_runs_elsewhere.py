"""What lies in the folder where one works, a stranger's perhaps, has no part in a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


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
