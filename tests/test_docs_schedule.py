"""The ten minutes of docs/schedule.md, step by step: what it has an analyst write and type ends in a mail."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from reports.schedules.schedule import name_of, variables_file
from tests.conftest import ROOT
from tests.delivering import mail_server
from tests.test_docs import blocks
from tests.test_runs import command, run

pytestmark = pytest.mark.usefixtures("without_verapdf")

pytest.importorskip("apprise", reason="apprise is not installed")
pytest.importorskip("aiosmtpd", reason="aiosmtpd is not installed")

SHELF = "/srv/shelf/fair"


def typed(begins: str) -> str:
    """The first command line of the guide that begins so."""
    lines = [line.split("  #")[0].strip() for block in blocks("docs/schedule.md", "sh") for line in block.splitlines()]
    return next(line for line in lines if line.startswith(f"fairsheet {begins}"))


def test_the_ten_minutes_of_the_guide_end_in_a_mail_and_a_gate_that_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    project = Path(shutil.copytree(ROOT / "data/machine-learning-engineer", tmp_path / "fair"))
    name, shelf = name_of(project), str(tmp_path / "shelf")

    def words(begins: str) -> list[str]:
        line = typed(begins).replace(SHELF, shelf).replace("NAME", name)
        return shlex.split(line)[1:]

    limit, receiver = blocks("docs/schedule.md", "toml")[:2]
    settings = project / "project.toml"
    said = re.sub(r"\[tables\.openings\.fields\]\n(?:\w.*\n)+", lambda _: limit, settings.read_text("utf-8"))
    settings.write_text(f"{said}\n{receiver}", "utf-8")
    assert run(*words("allow"))[0] == 0
    assert run(*words("check"))[0] == 0
    code, told = run(*words("publish"))
    assert (code, "FAIR_MAIL_URL is not set" in told, (tmp_path / "shelf/current").exists()) == (5, True, True), told
    code, told = run(*words("schedule install"), "--with", "systemd", "--out", tmp_path / "units")
    assert code == 0, told
    assert f"Write FAIR_MAIL_URL=... into {variables_file(name)}" in told
    assert f"schedule run {name} --trial-message" in told
    with mail_server() as box:
        variables_file(name).write_text(f"FAIR_MAIL_URL={box.address}\n", "utf-8")
        done = command(*words("schedule run"), cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert [subject.partition(":")[0] for subject in box.subjects] == ["Published", "Trial"]
        code, told = run(*words("schedule show"))
        assert "(exit code 0)" in told
        table = project / "tables/openings.csv"
        table.write_text(table.read_text("utf-8").replace("500", "900"), "utf-8")
        done = command(*words("schedule run")[:-1], cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        assert box.subjects[-1].startswith("Held: ")
        assert "had 500 and has 900" in box.text
        assert "editions accept" in box.text
