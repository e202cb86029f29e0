"""Silence alarms: who asks for a schedule hears of a run that stayed away, was held, failed, or never ended."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.files.user_folders import config_folder
from reports.schedules import systemd
from reports.schedules.records import Run, write_record
from reports.schedules.run import run as run_once
from reports.schedules.schedule import Schedule, keep
from reports.schedules.show import state
from tests.test_runs import run
from tests.test_schedule_run import schedule_for

SECOND, HOUR = datetime.timedelta(seconds=1), datetime.timedelta(hours=1)


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


@pytest.fixture
def schedule(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Schedule:
    """One of systemd, whose units are there, set up long ago."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    made = replace(
        schedule_for(small_project), scheduler="systemd", zone="Europe/Zurich", cron="30 2 * * *",
        installed=utc("2026-01-01 00:00"),
    )  # fmt: skip
    keep(made)
    folder = systemd.unit_folder()
    folder.mkdir(parents=True)
    for name, content in systemd.units(made).items():
        (folder / name).write_text(content, "utf-8")
    return made


def ran(schedule: Schedule, began: datetime.datetime, code: int | None = 0, *last: str) -> None:
    ended = None if code is None else began + 5 * SECOND
    write_record(schedule.name, Run(began, 1, ended, code, last))


def alarms(schedule: Schedule, now: str) -> tuple[str, ...]:
    return state(schedule, utc(now)).alarms


def test_a_run_is_overdue_an_hour_after_it_was_due_and_not_before(schedule: Schedule) -> None:
    ran(schedule, utc("2027-01-10 01:30"))
    assert alarms(schedule, "2027-01-11 01:29") == ()
    assert alarms(schedule, "2027-01-11 02:29") == ()
    (alarm,) = alarms(schedule, "2027-01-11 02:30")
    assert "overdue. A run was due Mon 2027-01-11 02:30 CET" in alarm
    assert "the last one began Sun 2027-01-10 02:30 CET" in alarm
    assert f"systemctl --user status fairsheet-{schedule.name}.timer" in alarm
    ran(schedule, utc("2027-01-11 08:00"))  # later than meant, as after a night in which the machine was off
    assert alarms(schedule, "2027-01-11 12:00") == ()


def test_none_is_overdue_before_the_first_that_was_due_since_it_was_set_up(schedule: Schedule) -> None:
    new = replace(schedule, installed=utc("2027-01-10 09:00"))
    assert alarms(new, "2027-01-11 02:29") == ()
    assert "and none ever began" in alarms(new, "2027-01-11 02:30")[0]


def test_silence_in_the_nights_when_clocks_change_alarms_only_where_a_run_was_due(schedule: Schedule) -> None:
    ran(schedule, utc("2027-03-27 01:30"))
    assert alarms(schedule, "2027-03-28 20:00") == ()  # systemd leaves 02:30 out, as that day has none
    assert "due Mon 2027-03-29 02:30 CEST" in alarms(schedule, "2027-03-29 01:30")[0]
    by_cron = replace(schedule, scheduler="cron")  # which makes up for it at 03:00
    due = [alarm for alarm in alarms(by_cron, "2027-03-28 02:00") if "overdue" in alarm]
    assert "due Sun 2027-03-28 03:00 CEST" in due[0]
    assert not [alarm for alarm in alarms(by_cron, "2027-03-28 01:59") if "overdue" in alarm]


@pytest.mark.parametrize("began", ["2027-10-31 00:30", "2027-10-31 01:30"])
def test_a_time_that_comes_twice_is_overdue_once(schedule: Schedule, began: str) -> None:
    ran(schedule, utc("2027-10-30 00:30"))
    assert alarms(schedule, "2027-10-31 01:29") == ()  # an hour after the first 02:30
    assert "due Sun 2027-10-31 02:30 CEST" in alarms(schedule, "2027-10-31 01:30")[0]
    ran(schedule, utc(began))
    assert alarms(schedule, "2027-10-31 12:00") == ()


def test_a_clock_that_was_set_back_alarms_of_nothing(schedule: Schedule) -> None:
    ran(schedule, utc("2027-06-02 00:30"))
    assert alarms(schedule, "2027-06-01 12:00") == ()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (3, "held: a person must look (exit code 3)"),
        (2, "a mistake in the project (exit code 2)"),
        (4, "a file that a person edited is in the way (exit code 4)"),
        (5, "an outage, or what was published did not arrive everywhere (exit code 5)"),
        (1, "a bug of Fairsheet's (exit code 1)"),
        (137, "failed (exit code 137)"),
    ],
)
def test_a_last_run_that_did_not_end_well_alarms_with_what_it_said(schedule: Schedule, code: int, said: str) -> None:
    ran(schedule, utc("2027-01-10 01:30"), 0, "fine")
    ran(schedule, utc("2027-01-11 01:30"), code, "tables/pay.csv:2: 120000 is now 12", "Held.")
    (alarm,) = alarms(schedule, "2027-01-11 02:00")
    assert f"the last run did not end well: {said}. It said:\n  tables/pay.csv:2: 120000 is now 12\n  Held." in alarm
    ran(schedule, utc("2027-01-12 01:30"))
    assert alarms(schedule, "2027-01-12 02:00") == ()


def test_a_run_that_never_ended_alarms(schedule: Schedule) -> None:
    ran(schedule, utc("2027-01-11 01:30"), None)
    (alarm,) = alarms(schedule, "2027-01-11 01:40")
    assert "the last run did not end: it was killed, or the machine went down" in alarm


def test_a_timer_that_is_gone_alarms(schedule: Schedule) -> None:
    (systemd.unit_folder() / systemd.unit(schedule, "timer")).unlink()
    (alarm,) = alarms(schedule, "2026-01-01 00:30")
    assert ".timer is not there. Set it up again" in alarm


def test_a_project_that_was_moved_and_a_program_that_was_deleted_alarm_before_a_run_is_due(
    schedule: Schedule, tmp_path: Path
) -> None:
    assert alarms(schedule, "2026-01-01 00:30") == ()
    Path(schedule.project).rename(tmp_path / "renamed")
    (alarm,) = alarms(schedule, "2026-01-01 00:30")
    assert f"{schedule.project} holds no project any more. Set it up again where it is now" in alarm
    (tmp_path / "renamed").rename(schedule.project)
    other = replace(schedule, program=(str(tmp_path / "venv/bin/python"), *schedule.program[1:]))
    (alarm,) = alarms(other, "2026-01-01 00:30")
    assert "venv/bin/python, which runs it, is not there any more" in alarm
    Path(schedule.project).rename(tmp_path / "renamed")
    assert run("schedule", "remove", schedule.name)[0] == 0


def test_show_ends_with_3_where_somebody_must_look_and_with_0_elsewhere(schedule: Schedule) -> None:
    code, said = run("schedule", "show", schedule.project)
    assert (code, "overdue" in said, "last: none yet" in said) == (3, True, True)
    assert run_once(schedule).code == 0
    code, said = run("schedule", "show", schedule.project)
    assert (code, "overdue" in said) == (0, False)
    assert "published, or nothing was new (exit code 0)" in said
    assert "every day at 02:30, Europe/Zurich, by systemd." in said
    assert run("schedule", "show", schedule.name) == (0, said)


def test_all_schedules_are_shown_where_none_is_named(
    schedule: Schedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    keep(replace(schedule, name="other-12345678", project="/gone"))
    code, said = run("schedule", "show")
    assert (code, said.count("  next: ")) == (3, 2)
    code, said = run("schedule", "show", tmp_path)
    assert (code, "no schedule publishes this project" in said) == (2, True)


def test_no_schedules_are_nothing_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, said = run("schedule", "show")
    assert (code, said.startswith("No schedules.")) == (0, True)


def test_a_schedule_that_cannot_be_read_is_told(schedule: Schedule) -> None:
    path = config_folder() / "schedules" / f"{schedule.name}.json"
    for content in (b"", b"{}", b"\xff", b'{"name": 7}'):
        path.write_bytes(content)
        code, said = run("schedule", "show", schedule.project)
        assert (code, "is no schedule of this version" in said) == (2, True)


def test_runs_of_github_are_not_missed_here(schedule: Schedule) -> None:
    elsewhere = replace(schedule, scheduler="github", files=())
    assert alarms(elsewhere, "2027-06-01 12:00") == ()
    assert any("Actions" in line for line in state(elsewhere, utc("2027-06-01 12:00")).lines)


def test_a_run_that_ends_while_somebody_asks_did_end(schedule: Schedule, monkeypatch: pytest.MonkeyPatch) -> None:
    began = utc("2027-01-11 01:30")
    ran(schedule, began, None)

    def ends_now(name: str, found: Run) -> bool:
        ran(schedule, began, 0)
        return False

    monkeypatch.setattr("reports.schedules.show.is_at_work", ends_now)
    found = state(schedule, utc("2027-01-11 01:31"))
    assert found.alarms == ()
    assert "exit code 0" in found.lines[2]


@pytest.mark.parametrize("whose", ["XDG_CONFIG_HOME", "XDG_STATE_HOME"])
@pytest.mark.parametrize("how", ["a file", "shut"])
def test_a_folder_of_schedules_that_cannot_be_read_is_told(
    whose: str, how: str, schedule: Schedule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran(schedule, utc("2027-01-11 01:30"))
    folder = Path(os.environ[whose]) / "fairsheet"
    if how == "a file":
        (tmp_path / "file").write_text("", "utf-8")
        monkeypatch.setenv(whose, str(tmp_path / "file"))
    elif os.geteuid() == 0:
        pytest.skip("root reads everything")
    else:
        folder.chmod(0)
    try:
        code, said = run("schedule", "show")
    finally:
        folder.chmod(0o700)
    assert (code, "cannot be read: " in said) == (5, True), said
