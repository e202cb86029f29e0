"""A schedule's lines stand in the user's own crontab, and a running cron begins its runs; other lines stay as they are."""

from __future__ import annotations

import datetime
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from reports.schedules.cron import block, with_block, without
from reports.schedules.records import runs_of
from reports.schedules.schedule import name_of
from tests.conftest import ROOT
from tests.real_cron import needed, with_cron
from tests.test_runs import run
from tests.test_schedule_run import schedule_for

pytestmark = pytest.mark.usefixtures("without_verapdf")

START = datetime.datetime(2027, 2, 3, 5, 58, 30, tzinfo=datetime.UTC)
PROGRAM = shlex.join([sys.executable, str(ROOT / "generate.py")])


@pytest.mark.parametrize(
    "table",
    [
        b"",
        b"\n",
        b"MAILTO=me@careers.test\n\n# mine\n5 * * * * /bin/true\n",
        b"0 0 * * * no line end",
        b"# caf\xe9 in latin-1\r\n0 0 * * * x\r\n",
        b"# >>> fairsheet other-12345678 >>>\n0 0 * * * x\n# <<< fairsheet other-12345678 <<<\n",
    ],
)
def test_other_lines_stay_as_they_are_byte_for_byte(table: bytes, small_project: Path) -> None:
    schedule = schedule_for(small_project)
    added = with_block(table, schedule)
    assert added.startswith(table)
    assert added.endswith(block(schedule))
    assert with_block(added, schedule) == added  # again is the same
    later = replace(schedule, cron="30 7 * * *")
    assert with_block(added, later) == added.replace(b"0 6 * * *", b"30 7 * * *").replace(b"06:00", b"07:30")
    after = added + b"1 1 * * * added later\n"
    left = without(after, schedule.name)
    assert left == table + (b"\n" if table and not table.endswith(b"\n") else b"") + b"1 1 * * * added later\n"


def test_marks_that_a_person_took_apart_are_not_guessed_at(small_project: Path) -> None:
    schedule = schedule_for(small_project)
    begin, *_, end = block(schedule).splitlines(keepends=True)
    for table in (begin, end, b"x\n" + begin + b"0 0 * * * mine\n"):
        with pytest.raises(ProjectError, match="crontab -e"):
            with_block(table, schedule)


def test_a_command_is_quoted_as_cron_and_a_shell_take_it(small_project: Path) -> None:
    odd = ("a b", "50%", "$HOME", "'quoted'", "é")
    schedule = replace(schedule_for(small_project), program=odd, places={"XDG_STATE_HOME": "/state of mine"})
    line = block(schedule).decode().splitlines()[2]
    assert line.startswith("0 6 * * * /usr/bin/env 'XDG_STATE_HOME=/state of mine' ")
    command = line.removeprefix("0 6 * * * ").replace(r"\%", "%")
    assert r"50\%" in line
    assert tuple(shlex.split(command)[2:]) == schedule.runner
    for wrong in ("line\nend", "x" * 1000):
        with pytest.raises(ProjectError, match="Take --with systemd"):
            block(replace(schedule, program=(wrong,)))


@pytest.mark.skipif(os.name == "nt", reason="cron is not of Windows")
def test_a_zone_that_is_not_the_systems_is_refused(small_project: Path) -> None:
    code, said = run(
        "schedule", "install", small_project, "--every", "hourly", "--with", "cron", "--zone", "Asia/Kathmandu"
    )
    assert code == 2
    assert "not by that of Asia/Kathmandu (Debian's takes no CRON_TZ)" in said
    assert "--with systemd" in said


def test_a_running_cron_begins_a_run_and_the_table_is_the_users_again_afterwards(
    small_project: Path, tmp_path: Path, tool: Callable[[str], str]
) -> None:
    """The command line sets the schedule up in a real crontab, a real cron begins it, and it is taken away."""
    library = needed(tool)
    (tmp_path / "table").write_bytes(b'# mine\nMAILTO=""\n17 3 * * * /bin/true\n')
    name = name_of(small_project)
    setup = (
        'set -e; crontab "$WORK/table"\n'
        f'{PROGRAM} schedule install "$PROJECT" --cron "* * * * *" --with cron --to "$WORK/shelf" > "$WORK/said" 2>&1\n'
        'crontab -l > "$WORK/added"\n'
        '(for i in $(seq 600); do [ -e "$WORK/shelf/current" ] && break; sleep 0.1; done; sleep 5; touch "$WORK/enough") &\n'
    )
    finish = (
        f'{PROGRAM} schedule show "$PROJECT" > "$WORK/shown" 2>&1; echo $? >> "$WORK/shown"\n'
        f'{PROGRAM} schedule remove "$PROJECT" > "$WORK/removed" 2>&1\n'
        'crontab -l > "$WORK/left"\n'
        f'{PROGRAM} schedule install "$PROJECT" --every hourly --with cron > "$WORK/said" 2>&1; crontab -r\n'
        f'{PROGRAM} schedule show "$PROJECT" >> "$WORK/gone" 2>&1; echo $? >> "$WORK/gone"\n'
    )
    done = with_cron(
        library, tmp_path, setup, start=START, minutes=20, speed=10, finish=finish, PROJECT=str(small_project)
    )
    assert done.returncode == 0, done.stderr + (tmp_path / "said").read_text("utf-8")
    added = (tmp_path / "added").read_bytes()
    assert added.startswith((tmp_path / "table").read_bytes())
    assert b"* * * * * /usr/bin/env" in added
    found = runs_of(name)
    assert found, done.stderr
    assert found[-1].code == 0
    assert (tmp_path / "shelf").is_dir()
    shown = (tmp_path / "shown").read_text("utf-8")
    assert "exit code 0" in shown or "at work" in shown  # the next minute may have come
    assert (tmp_path / "shown").read_text("utf-8").splitlines()[-1] == "0"
    assert (tmp_path / "left").read_bytes() == (tmp_path / "table").read_bytes()
    gone = (tmp_path / "gone").read_text("utf-8")
    assert f"the line of {name} is not in your crontab" in gone
    assert gone.splitlines()[-1] == "3"


def test_what_crontab_refuses_is_told(small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name == "nt":
        pytest.skip("cron is not of Windows")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    arguments = ("schedule", "install", small_project, "--every", "hourly", "--with", "cron")
    code, said = run(*arguments)
    assert (code, "Is cron installed?" in said) == (5, True)
    (tmp_path / "bin/crontab").write_text("#!/bin/sh\necho 'You are not allowed to use this program' >&2\nexit 1\n")
    (tmp_path / "bin/crontab").chmod(0o755)
    code, said = run(*arguments)
    assert (code, "crontab: You are not allowed to use this program" in said) == (5, True)


def test_a_crontab_that_runs_no_shell_of_ours_still_finds_the_program(small_project: Path) -> None:
    line = block(schedule_for(small_project)).decode().splitlines()[2]
    command = line.removeprefix("0 6 * * * ").replace(" run ", " run --help ")
    done = subprocess.run(["/bin/sh", "-c", command], env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
