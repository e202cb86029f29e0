"""A schedule is set up with systemd, Windows or GitHub as their own tools understand it, without a secret in it."""

from __future__ import annotations

import datetime
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import etree
from msgspec.structs import replace

from data.errors import ProjectError
from data.files.user_folders import config_folder
from reports.schedules import github, systemd, windows
from reports.schedules.schedule import kept, name_of, schedule_of, variables_file
from reports.schedules.when import from_words
from tests.conftest import ROOT
from tests.test_runs import run
from tests.test_schedule_run import schedule_for

NAMESPACE = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
DAY = datetime.date(2026, 11, 28)
WITH_SECRETS = """
[tables.offers]
url = "https://data.careers.test/offers.csv?key=${CAREERS_TOKEN}"
source = "An office"
as_of = "2024"
[tables.offers.fields]
job = { title = "Job", type = "text", key = true }
"""


@pytest.fixture
def secretive(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that needs a variable, which has a value in this terminal."""
    path = small_project / "project.toml"
    path.write_text(path.read_text("utf-8") + WITH_SECRETS, "utf-8")
    monkeypatch.setenv("CAREERS_TOKEN", "swordfish-1234")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "")
    return small_project


def installed(project: Path, *more: str | Path) -> tuple[int, str]:
    return run("schedule", "install", project, "--every", "weekdays 06:00", "--zone", "Europe/Zurich", *more)


def test_units_are_what_systemd_takes(small_project: Path, tmp_path: Path, tool: Callable[[str], str]) -> None:
    analyze = tool("systemd-analyze")
    odd = small_project.rename(tmp_path / 'fair "50%" of $HOME and C:\\ é')
    assert installed(odd, "--with", "systemd", "--out", tmp_path / "units")[0] == 0
    runtime = tmp_path / "runtime"
    runtime.mkdir(mode=0o700)
    found = sorted((tmp_path / "units").iterdir())
    assert [path.suffix for path in found] == [".service", ".timer"]
    done = subprocess.run(
        [analyze, "verify", "--user", *found],
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    timer = found[1].read_text("utf-8")
    assert "OnCalendar=Mon,Tue,Wed,Thu,Fri *-*-* 06:00:00 Europe/Zurich\nPersistent=true\n" in timer
    service = found[0].read_text("utf-8")
    assert f'Environment="XDG_CONFIG_HOME={os.environ["XDG_CONFIG_HOME"]}"' in service


def test_words_of_a_unit_are_taken_as_they_are(small_project: Path, tool: Callable[[str], str], tmp_path: Path) -> None:
    """systemd says how it understands a command line: nothing of it is a specifier, a variable or an escape."""
    tool("systemd-analyze")
    odd = ('a "b" c', "50%h", "$HOME", "${HOME}", "C:\\new", "é", "'")
    schedule = replace(schedule_for(small_project), program=(sys.executable, *odd))
    service, _ = systemd.units(schedule).values()
    line = next(line for line in service.splitlines() if line.startswith("ExecStart="))
    undone = line.removeprefix("ExecStart=").replace("%%", "%").replace("$$", "$")
    assert tuple(shlex.split(undone)) == schedule.runner


@pytest.mark.skipif(os.name == "nt", reason="systemd and cron are not of Windows")
def test_systemd_that_is_not_there_leaves_nothing_behind(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus")
    code, said = installed(small_project, "--with", "systemd")
    assert code == 5
    assert "systemctl --user" in said
    assert "--with cron" in said
    assert kept() == ()
    assert not [*(config_folder().parent / "systemd").rglob("*fairsheet*")]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a systemctl was asked that does nothing: one that refuses what the file `refused` says."""
    if os.name == "nt":
        pytest.skip("systemd is not of Windows")
    programs, log = tmp_path / "programs", tmp_path / "asked"
    (tmp_path / "runtime/systemd").mkdir(parents=True)
    (tmp_path / "runtime/systemd/private").touch()
    programs.mkdir()
    (programs / "systemctl").write_text(
        f'#!/bin/sh\necho "$@" >> {log}\n[ "$2" != "$(cat {tmp_path}/refused 2>/dev/null)" ] || {{ echo "Not so." >&2; exit 1; }}\n',
        "utf-8",
    )
    (programs / "systemctl").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))
    return log


def test_a_systemd_at_work_is_taken_and_asked_to_begin_the_timer_and_to_end_it(
    small_project: Path, tmp_path: Path, asked: Path
) -> None:
    timer = f"fairsheet-{name_of(small_project)}.timer"
    code, said = installed(small_project)
    assert (code, schedule_of(small_project).scheduler) == (0, "systemd"), said
    wanted = ["--user daemon-reload", f"--user enable {timer}", f"--user restart {timer}"]
    assert asked.read_text("utf-8").splitlines() == wanted
    assert (systemd.unit_folder() / timer).is_file()
    (tmp_path / "refused").write_text("is-active", "utf-8")
    code, said = run("schedule", "show", small_project)
    assert (code, f"{timer} is not at work" in said) == (3, True)
    (tmp_path / "refused").unlink()
    assert run("schedule", "remove", small_project)[0] == 0
    assert asked.read_text("utf-8").splitlines()[-2:] == [f"--user disable --now {timer}", "--user daemon-reload"]
    assert not [*systemd.unit_folder().iterdir()]


def test_a_systemd_that_refuses_leaves_no_units_and_no_schedule(
    small_project: Path, tmp_path: Path, asked: Path
) -> None:
    (tmp_path / "refused").write_text("enable", "utf-8")
    code, said = installed(small_project)
    assert (code, f"enable fairsheet-{name_of(small_project)}.timer: Not so." in said) == (5, True)
    assert kept() == ()
    assert not [*systemd.unit_folder().iterdir()]
    (tmp_path / "refused").unlink()
    assert installed(small_project)[0] == 0
    before = {path.name: path.read_bytes() for path in systemd.unit_folder().iterdir()}
    (tmp_path / "refused").write_text("restart", "utf-8")
    assert run("schedule", "install", small_project, "--every", "hourly")[0] == 5
    assert {path.name: path.read_bytes() for path in systemd.unit_folder().iterdir()} == before
    assert schedule_of(small_project).cron == "0 6 * * 1-5"


def test_a_task_is_what_windows_takes(small_project: Path, tmp_path: Path) -> None:
    path = tmp_path / "task.xml"
    code, said = installed(small_project, "--with", "windows", "--out", path)
    assert code == 0
    assert f'/XML "{path}" /RU "%USERDOMAIN%\\%USERNAME%" /RP *' in said
    assert path.read_bytes()[:2] in (b"\xff\xfe", b"\xfe\xff")
    assert b"\r\0\n\0" in path.read_bytes()
    task = etree.parse(path).getroot()
    held_to_the_schema(task)
    assert text(task, "Settings/StartWhenAvailable") == "true"
    assert text(task, "Settings/MultipleInstancesPolicy") == "IgnoreNew"
    assert text(task, "Settings/DisallowStartIfOnBatteries") == "false"
    assert text(task, "Actions/Exec/Command") == sys.executable
    assert text(task, "Actions/Exec/Arguments").endswith(f"schedule run {name_of(small_project)}")
    trigger = task.find(f".//{NAMESPACE}CalendarTrigger")
    assert trigger is not None
    assert text(trigger, "StartBoundary").endswith("T06:00:00")  # no Z and no offset: the machine's own time
    days = trigger.find(f".//{NAMESPACE}DaysOfWeek")
    assert [etree.QName(day).localname for day in days] == ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


def text(element: Any, path: str) -> str:
    found = element.find("/".join(f"{NAMESPACE}{part}" for part in path.split("/")))
    assert found is not None, path
    return found.text or ""


ORDER = {
    "CalendarTrigger": ("Enabled", "StartBoundary", "EndBoundary", "Repetition", "ExecutionTimeLimit", "RandomDelay",
                        "ScheduleByDay", "ScheduleByWeek", "ScheduleByMonth", "ScheduleByMonthDayOfWeek"),
    "ScheduleByWeek": ("WeeksInterval", "DaysOfWeek"),
    "ScheduleByMonth": ("DaysOfMonth", "Months"),
    "ScheduleByMonthDayOfWeek": ("Weeks", "DaysOfWeek", "Months"),
    "ScheduleByDay": ("DaysInterval",),
    "Repetition": ("Interval", "Duration", "StopAtDurationEnd"),
    "Principal": ("UserId", "LogonType", "RunLevel"),
    "Exec": ("Command", "Arguments", "WorkingDirectory"),
    "Task": ("RegistrationInfo", "Triggers", "Principals", "Settings", "Data", "Actions"),
    "Settings": ("AllowStartOnDemand", "MultipleInstancesPolicy", "DisallowStartIfOnBatteries", "StopIfGoingOnBatteries",
                 "StartWhenAvailable", "WakeToRun", "Enabled", "ExecutionTimeLimit"),
}  # fmt: skip
"""Of the Task Scheduler schema 1.3 (MS-TSCH 2.5): what may stand in an element, in an order that it always takes."""


def held_to_the_schema(task: Any) -> None:
    assert task.get("version") == "1.3"
    assert 1 <= len(task.findall(f".//{NAMESPACE}CalendarTrigger")) <= 48
    assert len(text(task, "Actions/Exec/Command")) <= 260
    principal = task.find(f".//{NAMESPACE}Principal")
    assert task.find(f"{NAMESPACE}Actions").get("Context") == principal.get("id")
    for element in task.iter():
        assert etree.QName(element).namespace == NAMESPACE.strip("{}")
        order = ORDER.get(etree.QName(element).localname)
        if order is not None:
            places = [order.index(etree.QName(child).localname) for child in element]
            assert places == sorted(set(places)), etree.tostring(element)
    for day in task.iter(f"{NAMESPACE}Day"):
        assert 1 <= int(day.text) <= 31
    for week in task.iter(f"{NAMESPACE}Week"):
        assert week.text in ("1", "2", "3", "4", "Last")


@pytest.mark.parametrize(
    ("cron", "triggers", "inside"),
    [
        ("*/15 * * * *", 1, "<Interval>PT15M</Interval>"),
        ("0 * * * *", 1, "<Interval>PT60M</Interval>"),
        ("7,37 * * * 1", 1, "T00:07:00"),
        ("0 6,18 * * *", 2, "<DaysInterval>1</DaysInterval>"),
        ("0 6 1,15 * *", 1, "<Day>15</Day>"),
        ("0 6 * 3,9 *", 1, "<March /><September />"),
        ("0 6 * 3 1", 1, "<Week>Last</Week>"),
        ("5,6 * * * *", 48, "T23:06:00"),
    ],
)
def test_every_time_is_a_trigger_of_windows(cron: str, triggers: int, inside: str, small_project: Path) -> None:
    written = windows.task(replace(schedule_for(small_project), cron=cron), DAY)
    assert written.count("<CalendarTrigger>") == triggers
    assert inside in written
    held_to_the_schema(etree.fromstring(written.encode("utf-16")))


def test_what_windows_cannot_do_is_refused(small_project: Path) -> None:
    with pytest.raises(ProjectError, match="a task of Windows has 48 times a day at most, and this has 72"):
        windows.task(replace(schedule_for(small_project), cron="1,2,3 * * * *"), DAY)
    with pytest.raises(ProjectError, match="longer than 260 characters"):
        windows.task(replace(schedule_for(small_project), program=("C:\\" + "x" * 300,)), DAY)


def repository(project: Path) -> Path:
    """The project in a repository that says which Fairsheet is meant."""
    (project.parent / ".git").mkdir()
    (project.parent / "requirements.txt").write_text("fairsheet @ https://careers.test/fairsheet.whl\n", "utf-8")
    return project.parent


def test_a_workflow_is_what_github_takes(small_project: Path) -> None:
    root = repository(small_project)
    code, said = installed(small_project, "--with", "github")
    assert code == 0, said
    (path,) = (root / ".github/workflows").iterdir()
    assert "Commit it to the default branch" in said
    assert "a minute such as :17 is better" in said
    workflow: dict[Any, Any] = yaml.safe_load(path.read_text("utf-8"))
    begins = workflow[True]  # YAML 1.1 takes `on` for true
    assert begins["schedule"] == [{"cron": "0 6 * * 1-5", "timezone": "Europe/Zurich"}]
    assert set(begins["workflow_dispatch"]["inputs"]) == {"accept", "note", "trial_message"}
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["concurrency"]["cancel-in-progress"] is False
    job = workflow["jobs"]["publish"]
    assert job["env"]["PROJECT"] == "small"
    steps = [step.get("run") or step["uses"] for step in job["steps"]]
    trial = "${{ inputs.trial_message && '--trial-message' || '' }}"
    assert f'fairsheet publish "$PROJECT" --to published {trial}' in steps
    assert "python -m pip install -r requirements.txt" in steps
    assert steps[-2].startswith("actions/cache/save@")
    assert job["steps"][-2]["if"] == "always()"  # a held edition is part of the story
    assert job["steps"][-1]["if"] == "${{ !cancelled() }}"  # published, and the mail server was down
    assert "Run workflow" in said
    assert "is published on GitHub on weekdays" in said


def test_on_github_a_person_accepts_a_held_edition_before_the_next_is_made(small_project: Path) -> None:
    root = repository(small_project)
    installed(small_project, "--with", "github")
    steps = yaml.safe_load(next((root / ".github/workflows").iterdir()).read_text("utf-8"))["jobs"]["publish"]["steps"]
    (accepts,) = (step for step in steps if "accept" in step.get("run", ""))
    assert accepts["if"] == "inputs.accept != ''"
    assert "${{" not in accepts["run"]  # what a person writes is no part of a command
    assert 'editions accept "$ACCEPTED" --by "$GITHUB_ACTOR" --note "$NOTE" --to published' in accepts["run"]
    assert "publish" in steps[steps.index(accepts) + 1]["run"]


def test_github_publishes_into_no_folder_that_it_does_not_keep(small_project: Path, tmp_path: Path) -> None:
    repository(small_project)
    code, said = installed(small_project, "--with", "github", "--to", tmp_path / "shelf")
    assert (code, "write [deliver.NAME]" in said) == (2, True), said
    assert kept() == ()


def test_github_is_given_names_of_secrets_and_no_values(secretive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = repository(secretive)
    code, said = installed(secretive, "--with", "github")
    assert code == 0
    assert "secret:CAREERS_TOKEN" in said  # not allowed yet: not in the workflow
    assert "CAREERS_TOKEN" not in next((root / ".github/workflows").iterdir()).read_text("utf-8")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "CAREERS_TOKEN")
    code, said = installed(secretive, "--with", "github")
    assert "Secrets and variables, Actions: CAREERS_TOKEN." in said
    workflow = yaml.safe_load(next((root / ".github/workflows").iterdir()).read_text("utf-8"))
    environment = workflow["jobs"]["publish"]["env"]
    assert environment["CAREERS_TOKEN"] == "${{ secrets.CAREERS_TOKEN }}"
    assert environment["FAIRSHEET_SECRETS"] == "CAREERS_TOKEN"


def test_what_github_cannot_do_is_refused(small_project: Path) -> None:
    code, said = installed(small_project, "--with", "github")
    assert (code, "lies in no git repository" in said) == (2, True)
    root = repository(small_project)
    (root / "requirements.txt").rename(root / "other.txt")
    code, said = installed(small_project, "--with", "github")
    assert (code, "which says what GitHub installs Fairsheet from" in said) == (2, True)
    schedule = schedule_for(small_project)
    with pytest.raises(ProjectError, match="every 5 minutes at most"):
        github.workflow(replace(schedule, cron="* * * * *"), root, (), ())
    odd = root / "a ${{ secrets.X }}"
    with pytest.raises(ProjectError, match="cannot stand in a workflow"):
        github.workflow(replace(schedule, project=str(odd)), root, (), ())
    with pytest.raises(ProjectError, match="lies outside of"):
        github.workflow(replace(schedule, project="/elsewhere"), root, (), ())


@pytest.mark.parametrize("scheduler", ["systemd", "windows", "github"])
def test_no_secret_is_in_what_is_installed(scheduler: str, secretive: Path, tmp_path: Path) -> None:
    root = repository(secretive)
    out = root if scheduler == "github" else tmp_path / "written"
    code, said = installed(secretive, "--with", scheduler, "--out", out)
    assert code == 0, said
    assert "swordfish" not in said
    for path in (*tmp_path.rglob("*"), *config_folder().rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert b"swordfish" not in content, path
            assert "swordfish".encode("utf-16-le") not in content, path


def test_a_file_for_secrets_is_made_for_the_user_alone_and_what_lacks_is_told(secretive: Path, tmp_path: Path) -> None:
    code, said = installed(secretive, "--with", "systemd", "--out", tmp_path / "units")
    path = variables_file(name_of(secretive))
    assert code == 0
    assert f"warning: CAREERS_TOKEN has no value yet. Write CAREERS_TOKEN=... into {path}" in said
    assert f"allow secret:CAREERS_TOKEN {secretive}" in said
    assert "# CAREERS_TOKEN=" in path.read_text("utf-8")
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("CAREERS_TOKEN=word\nFAIRSHEET_SECRETS=CAREERS_TOKEN\n", "utf-8")
    code, said = installed(secretive, "--with", "systemd", "--out", tmp_path / "units")
    assert (code, "warning" in said) == (0, False)
    assert path.read_text("utf-8").startswith("CAREERS_TOKEN=word\n")  # what she wrote stays


def test_what_is_asked_for_is_told_back_with_the_next_runs(small_project: Path, tmp_path: Path) -> None:
    code, said = installed(small_project, "--with", "systemd", "--out", tmp_path / "units", "--to", tmp_path / "shelf")
    assert code == 0
    assert f"{small_project} is published to {tmp_path / 'shelf'} on weekdays at 06:00, Europe/Zurich." in said
    assert said.count(" 06:00 CE") == 5
    assert schedule_of(small_project).to == str(tmp_path / "shelf")


def test_a_time_that_some_day_lacks_is_told(small_project: Path, tmp_path: Path) -> None:
    out = ("--with", "systemd", "--out", tmp_path / "units")
    for words, zone, told in (("daily 02:30", "Europe/Zurich", True), ("daily 02:30", "UTC", False), ("daily 04:00", "Europe/Zurich", False)):  # fmt: skip
        code, said = run("schedule", "install", small_project, "--every", words, "--zone", zone, *out)
        assert (code, "leaves that run out" in said) == (0, told)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "say when"),
        (("--every", "hourly", "--cron", "0 * * * *"), "one of the two"),
        (("--every", "now"), "'every 15 minutes'"),
        (("--every", "hourly", "--zone", "Mars"), "no time zone"),
        (("--every", "hourly", "--with", "systemctl"), "Did you mean 'systemd'?"),
        (("--every", "hourly", "--with", "cron", "--out", "x"), "cron has no files of its own"),
        (("--every", "hourly", "--to", ""), "is empty"),
        (("--every", "hourly", "--out", " "), "is empty"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_set_up(
    arguments: tuple[str, ...], why: str, small_project: Path
) -> None:
    code, said = run("schedule", "install", small_project, *arguments)
    assert (code, why in said) == (2, True), said
    assert kept() == ()


def test_a_schedule_is_replaced_and_taken_away(small_project: Path, tmp_path: Path) -> None:
    installed(small_project, "--with", "windows", "--out", tmp_path / "task.xml")
    code, said = run("schedule", "install", small_project, "--every", "hourly", "--with", "systemd", "--out", tmp_path)
    assert (code, "schtasks /Delete" in said) == (0, True)  # the earlier one has to go as well
    (one,) = kept()
    assert (one.cron, one.scheduler) == ("0 * * * *", "systemd")
    small_project.rename(tmp_path / "gone")  # a project that is gone can be forgotten all the same
    code, said = run("schedule", "remove", small_project)
    assert (code, f"Nothing publishes {small_project} any more." in said) == (0, True)
    assert kept() == ()
    assert run("schedule", "remove", small_project)[0] == 2


def test_what_is_installed_does_not_depend_on_the_search_path(small_project: Path, tmp_path: Path) -> None:
    installed(small_project, "--with", "systemd", "--out", tmp_path / "units")
    first, second, *rest = schedule_of(small_project).runner
    assert (first, second) == (sys.executable, str(ROOT / "generate.py"))
    assert rest == ["schedule", "run", name_of(small_project)]
    assert from_words("weekdays 06:00").cron == schedule_of(small_project).cron
