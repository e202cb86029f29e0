"""A scheduled run is in a lean environment, is written down however it ends, and keeps its secrets."""

from __future__ import annotations

import datetime
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import OutputError, ProjectError
from data.files.user_folders import config_folder, state_folder
from data.program import command_line
from reports.schedules import records
from reports.schedules.records import LOG, Run, folder_of, is_at_work, runs_of, tidy, write_record
from reports.schedules.run import run, work_of
from reports.schedules.schedule import Schedule, keep, name_of, variables_file
from reports.schedules.variables import read_variables
from tests.conftest import ROOT
from tests.test_runs import command

pytestmark = pytest.mark.usefixtures("without_verapdf")

ZONE = "Pacific/Auckland"
LACKS = """
[tables.offers]
url = "https://data.careers.test/offers.csv?key=${CAREERS_TOKEN}"
source = "An office"
as_of = "2024"
[tables.offers.fields]
job = { title = "Job", type = "text", key = true }
"""


def schedule_for(project: Path, script: str | None = None) -> Schedule:
    """A schedule that is kept; with a script, of another program than Fairsheet."""
    program = command_line()
    if script is not None:
        path = project.parent / "program.py"
        path.write_text(script, "utf-8")
        program = (sys.executable, str(path))
    began = datetime.datetime(2026, 11, 2, tzinfo=datetime.UTC)
    schedule = Schedule(
        name_of(project), str(project), str(project.parent / "published"), "0 6 * * *", ZONE, "cron", program, began, {}
    )
    keep(schedule)
    return schedule


def log_of(schedule: Schedule) -> str:
    return (folder_of(schedule.name) / LOG).read_text("utf-8")


def test_a_run_does_what_its_schedule_says_and_is_written_down(small_project: Path, tmp_path: Path) -> None:
    schedule = schedule_for(small_project)
    done = command("schedule", "run", schedule.name, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "published").is_dir()
    (last,) = runs_of(schedule.name)
    assert last.code == 0
    assert last.ended is not None
    assert last.ended > last.began
    assert "edition " in last.last[-1]
    lines = log_of(schedule).splitlines()
    assert f"begin: {sys.executable} {ROOT / 'generate.py'} {work_of(schedule)[2]} {small_project}" in lines[0]
    assert lines[-1].endswith("end: exit code 0")
    assert not [*folder_of(schedule.name).glob("*.lock")]


def test_a_run_that_does_not_end_well_says_so_to_its_scheduler(small_project: Path, tmp_path: Path) -> None:
    schedule = schedule_for(small_project)
    (small_project / "project.toml").write_text("title = 7\n", "utf-8")
    done = command("schedule", "run", schedule.name, cwd=tmp_path)
    assert done.returncode == 2
    assert "project.toml:1" in done.stderr
    assert runs_of(schedule.name)[0].code == 2
    small_project.rename(tmp_path / "elsewhere")
    done = command("schedule", "run", schedule.name, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{small_project}: is no longer there" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
def test_who_begins_a_run_by_hand_is_told_how_it_ended_and_where_its_log_is(
    small_project: Path, tmp_path: Path
) -> None:
    import pty

    schedule = schedule_for(small_project)
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command_line(), "schedule", "run", schedule.name], cwd=tmp_path, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        said = b""
        with suppress(OSError):  # which ends it on Linux
            while part := os.read(ours, 4096):
                said += part
        assert process.wait() == 0
    os.close(ours)
    lines = said.decode().splitlines()
    assert "Published edition" in lines[-2]
    assert lines[-1] == (
        f"The run ended: published, or nothing was new (exit code 0). Its log: {folder_of(schedule.name) / LOG}"
    )


def test_a_run_of_a_schedule_that_is_not_there_is_a_mistake(tmp_path: Path) -> None:
    for name in ("nothing", "../nothing", "", "A", "a" * 80):
        done = command("schedule", "run", name, cwd=tmp_path)
        assert done.returncode == 2, name
        assert "schedule show" in done.stderr
        assert "Traceback" not in done.stderr


ENVIRONMENT = "import json, os, sys\nprint(json.dumps([dict(os.environ), os.getcwd(), sys.argv[1:]]))"


def test_the_environment_is_lean_and_the_schedules_own(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    schedule = schedule_for(small_project, ENVIRONMENT)
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "of another program")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "ANY")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    written = variables_file(schedule.name)
    written.write_text("# mine\n\nDB_PASSWORD = no\n".replace(" = no", "='it is = long'"), "utf-8")
    written.chmod(0o600)
    ended = run(schedule)
    environment, folder, arguments = json.loads(ended.last[-1].replace("***", "masked"))
    assert environment.pop("DB_PASSWORD") == "masked"
    assert not {"PYTHONPATH", "AWS_SECRET_ACCESS_KEY", "FAIRSHEET_SECRETS"} & set(environment)
    assert environment["TZ"] == ZONE  # its days are those of the zone
    assert environment["XDG_CONFIG_HOME"] == os.environ["XDG_CONFIG_HOME"]
    assert folder == str(small_project)
    assert arguments[1] == str(small_project)


def test_a_secret_that_a_run_lacks_is_asked_for_in_the_schedules_own_file(small_project: Path) -> None:
    schedule = schedule_for(small_project)
    path = small_project / "project.toml"
    path.write_text(f"{path.read_text('utf-8')}{LACKS}", "utf-8")
    variables_file(schedule.name).write_text("FAIRSHEET_SECRETS=CAREERS_TOKEN\n", "utf-8")
    variables_file(schedule.name).chmod(0o600)
    ended = run(schedule)
    assert ended.code == 2
    said = f"the environment variable CAREERS_TOKEN is not set. Write CAREERS_TOKEN=... into {variables_file(schedule.name)}"
    assert any(line.endswith(said) for line in ended.last), ended.last


def test_secrets_reach_the_run_and_no_log(small_project: Path) -> None:
    script = (
        "import os\nprint('it is', os.environ['DB_PASSWORD'], os.environ['FAIRSHEET_SECRETS'])\nraise SystemExit(5)"
    )
    schedule = schedule_for(small_project, script)
    secret = "correct horse battery"
    variables_file(schedule.name).write_text(f"DB_PASSWORD={secret}\nFAIRSHEET_SECRETS=DB_PASSWORD\n", "utf-8")
    variables_file(schedule.name).chmod(0o600)
    ended = run(schedule)
    assert (ended.code, ended.last[-1]) == (5, "it is *** DB_PASSWORD")
    for path in state_folder().rglob("*"):
        assert path.is_dir() or secret not in path.read_text("utf-8", "replace")


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_secrets_that_others_may_read_are_not_taken(small_project: Path) -> None:
    schedule = schedule_for(small_project, "print('ran')")
    written = variables_file(schedule.name)
    written.write_text("DB_PASSWORD=word\n", "utf-8")
    written.chmod(0o640)
    ended = run(schedule)
    assert ended.code == 2
    assert f"chmod 600 '{written}'" in ended.last[-1]
    assert "ran" not in log_of(schedule)
    for line in ("export A=b", "nothing", "9=abc", "ABC"):
        written.chmod(0o600)
        written.write_text(f"FINE=1\n{line}\n", "utf-8")
        with pytest.raises(ProjectError) as refused:
            read_variables(written)
        assert f"{written}:2: is no line NAME=value" in str(refused.value)
        assert line not in str(refused.value)


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_what_is_kept_of_schedules_is_the_users_alone(small_project: Path) -> None:
    schedule = schedule_for(small_project, "print('ran')")
    run(schedule)
    for path in (*config_folder().rglob("schedules/*"), *state_folder().rglob("schedules/*/*")):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_run_that_never_ends_is_ended_with_all_that_it_began(small_project: Path, tmp_path: Path) -> None:
    script = (
        "import pathlib, subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
        f"pathlib.Path({str(tmp_path / 'child')!r}).write_text(str(child.pid))\n"
        "print('begun', flush=True)\nchild.wait()\n"
    )
    ended = run(schedule_for(small_project, script), longest=3)
    assert ended.code == 5
    assert "no run takes so long" in ended.last[-1]
    child, tries = int((tmp_path / "child").read_text("utf-8")), 0
    while is_alive(child):
        tries += 1
        assert tries < 600
        time.sleep(0.1)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{process}/status")  # one that ended and that nobody waited for is still listed
    return not status.exists() or "State:\tZ" not in status.read_text("utf-8")


def test_a_run_that_is_told_to_end_is_written_down(small_project: Path, tmp_path: Path) -> None:
    schedule = schedule_for(small_project, "import time\nprint('begun', flush=True)\ntime.sleep(600)")
    process = started(schedule, tmp_path)
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 130
    (last,) = runs_of(schedule.name)
    assert (last.code, last.last) == (130, ("begun", "Interrupted."))


def started(schedule: Schedule, folder: Path) -> subprocess.Popen[bytes]:
    """A run in a process of its own, that is at work."""
    process = subprocess.Popen([sys.executable, ROOT / "generate.py", "schedule", "run", schedule.name], cwd=folder)
    ends = time.monotonic() + 60
    while time.monotonic() < ends and not ((folder_of(schedule.name) / LOG).exists() and "begun" in log_of(schedule)):
        time.sleep(0.05)
    return process


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_run_that_is_killed_is_known_to_have_never_ended(small_project: Path, tmp_path: Path) -> None:
    script = "import os, time\nprint('begun', os.getpid(), flush=True)\ntime.sleep(600)"
    schedule = schedule_for(small_project, script)
    process = started(schedule, tmp_path)
    (last,) = runs_of(schedule.name)
    assert is_at_work(schedule.name, last)
    process.kill()
    process.wait(60)
    os.kill(int(log_of(schedule).rpartition("begun ")[2].split()[0]), signal.SIGKILL)
    assert runs_of(schedule.name) == (last,)
    assert last.ended is None
    assert not is_at_work(schedule.name, last)


def test_what_kills_a_run_is_told(small_project: Path) -> None:
    if os.name == "nt":
        pytest.skip("signals of POSIX")
    ended = run(schedule_for(small_project, "import os\nprint('so far')\nos.kill(os.getpid(), 9)"))
    assert ended.code == 137
    assert ended.last[-1] == "Ended by signal 9 (was memory short?)."


def test_two_runs_at_once_are_written_down_each(small_project: Path, tmp_path: Path) -> None:
    schedule = schedule_for(small_project, "import time\nprint('begun', flush=True)\ntime.sleep(3)")
    first = started(schedule, tmp_path)
    second = run(schedule)
    assert first.wait(60) == 0
    assert {one.code for one in runs_of(schedule.name)} == {0}
    assert len(runs_of(schedule.name)) == 2
    assert second.code == 0


def test_a_log_is_bounded_and_so_are_old_ones(small_project: Path) -> None:
    script = "import sys\nfor n in range(90):\n    print('line', n, 'x' * 3900)\nsys.stdout.write('y' * 100000)"
    schedule = schedule_for(small_project, script)
    for _ in range(18):
        ended = run(schedule)
        assert ended.code == 0
    assert len(ended.last) == 20
    assert sum(map(len, ended.last)) < 20 * 4001
    found = {path.name: path.stat().st_size for path in folder_of(schedule.name).glob("log*")}
    assert set(found) == {LOG, "log.1.txt", "log.2.txt", "log.3.txt", "log.4.txt"}
    assert max(found.values()) < 1_200_000
    assert "(the rest of this run is left out)" in log_of(schedule)


def test_records_of_long_ago_are_let_go_of(small_project: Path) -> None:
    schedule = schedule_for(small_project)
    begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    for day in range(70):
        write_record(schedule.name, Run(begin + datetime.timedelta(day), 1))
    tidy(schedule.name)
    assert len(runs_of(schedule.name)) == records._KEPT
    assert runs_of(schedule.name)[0].began == begin + datetime.timedelta(69)


def test_what_no_terminal_should_see_is_in_no_log(small_project: Path) -> None:
    schedule = schedule_for(small_project, "import sys\nsys.stdout.buffer.write(b'a\\x1b[2Jb\\xff\\rc\\n')")
    assert run(schedule).last == ("a\u241b[2Jb\ufffd\u240dc",)


def test_a_program_that_is_gone_is_told(small_project: Path) -> None:
    schedule = replace(schedule_for(small_project), program=("/nowhere/python", "x"))
    ended = run(schedule)
    assert (ended.code, ended.last[-1]) == (2, "/nowhere/python: is no longer there. Set the schedule up again.")


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_a_program_that_cannot_be_run_is_an_outage(small_project: Path, tmp_path: Path) -> None:
    (tmp_path / "python").write_text("no program", "utf-8")
    ended = run(replace(schedule_for(small_project), program=(str(tmp_path / "python"), "x")))
    assert (ended.code, ended.last[-1]) == (5, f"{tmp_path / 'python'}: cannot be run: Permission denied.")


def test_a_run_that_cannot_be_written_down_is_an_outage(small_project: Path) -> None:
    schedule = schedule_for(small_project, "print('ran')")
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("in the way", "utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        run(schedule)
