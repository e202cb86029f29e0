"""What comes next is what the real schedulers do, also on the days when clocks change."""

from __future__ import annotations

import datetime
import os
import random
import re
import subprocess
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from reports.schedules.moments import Habit, latest, left_out, moments
from reports.schedules.schedulers import SCHEDULERS
from reports.schedules.systemd import calendar
from reports.schedules.when import When, from_cron
from tests.real_cron import fired, needed

SYSTEMD, CRON = SCHEDULERS["systemd"].habit, SCHEDULERS["cron"].habit
ZURICH, NEW_YORK = ZoneInfo("Europe/Zurich"), ZoneInfo("America/New_York")
CHANGES = {
    "Europe/Zurich": ("2027-03-27 20:00", "2027-10-30 20:00"),
    "America/New_York": ("2027-03-14 00:00", "2027-11-07 00:00"),
    "Australia/Lord_Howe": ("2027-10-02 06:00", "2027-04-03 06:00"),  # by half an hour
    "America/Santiago": ("2027-09-04 20:00", "2027-04-03 20:00"),  # at midnight
    "Asia/Kolkata": ("2027-03-27 20:00", "2027-10-30 20:00"),  # none
}
"""Zones, and a moment shortly before clocks are put forward and back."""


def utc(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.UTC)


def told(fields: str, zone: ZoneInfo, after: str, habit: Habit, count: int = 3) -> list[str]:
    found = (one.astimezone(zone) for one in islice(moments(from_cron(fields), zone, utc(after), habit), count))
    return [f"{one:%m-%d %H:%M %Z}" for one in found]


def test_a_time_that_is_left_out_is_made_up_for_or_not_as_the_scheduler_does() -> None:
    before = CHANGES["Europe/Zurich"][0]
    assert told("30 2 * * *", ZURICH, before, SYSTEMD) == ["03-29 02:30 CEST", "03-30 02:30 CEST", "03-31 02:30 CEST"]
    assert told("30 2 * * *", ZURICH, before, CRON) == ["03-28 03:00 CEST", "03-29 02:30 CEST", "03-30 02:30 CEST"]
    assert told("0 6 * * *", ZURICH, before, CRON) == told("0 6 * * *", ZURICH, before, SYSTEMD)
    assert told("*/30 * * * *", ZURICH, "2027-03-28 00:10", CRON) == ["03-28 01:30 CET", "03-28 03:00 CEST", "03-28 03:30 CEST"]  # fmt: skip


def test_a_time_that_comes_twice_has_one_run_but_what_goes_on_all_the_time_goes_on_with_cron() -> None:
    night = "2027-10-31 00:10"
    assert told("30 2 * * *", ZURICH, night, CRON, 2) == ["10-31 02:30 CEST", "11-01 02:30 CET"]
    assert told("30 2 * * *", ZURICH, night, SYSTEMD, 2) == ["10-31 02:30 CEST", "11-01 02:30 CET"]
    assert told("0 * * * *", ZURICH, night, CRON) == ["10-31 02:00 CET", "10-31 03:00 CET", "10-31 04:00 CET"]
    assert told("0 * * * *", ZURICH, night, SYSTEMD) == ["10-31 03:00 CET", "10-31 04:00 CET", "10-31 05:00 CET"]


def test_a_day_that_comes_in_leap_years_only_is_found() -> None:
    assert told("0 6 29 2 *", ZURICH, "2096-03-01 00:00", SYSTEMD, 1) == ["02-29 06:00 CET"]
    when = from_cron("0 6 29 2 *")
    assert f"{next(moments(when, ZURICH, utc('2096-03-01 00:00'), SYSTEMD)):%Y}" == "2104"
    assert f"{latest(when, ZURICH, utc('2104-02-01 00:00'), SYSTEMD):%Y}" == "2096"


def test_the_first_time_that_is_left_out_is_named() -> None:
    assert left_out(from_cron("30 2 * * *"), ZURICH, utc("2026-11-28 00:00")) == datetime.datetime(2027, 3, 28, 2, 30)
    assert left_out(from_cron("30 2 * * 1-5"), ZURICH, utc("2026-11-28 00:00")) is None  # clocks change on Sundays
    assert left_out(from_cron("0 6 * * *"), ZURICH, utc("2026-11-28 00:00")) is None


@pytest.mark.parametrize("habit", [SYSTEMD, CRON])
def test_the_latest_run_is_the_one_after_which_the_next_one_comes(habit: Habit) -> None:
    chance = random.Random(11)
    for _ in range(60):
        zone = ZoneInfo(chance.choice([*CHANGES]))
        when, now = (
            any_times(chance),
            utc(chance.choice(CHANGES[zone.key])) + datetime.timedelta(minutes=chance.randrange(900)),
        )
        last = latest(when, zone, now, habit)
        assert last <= now
        assert next(moments(when, zone, last - datetime.timedelta(seconds=1), habit)) == last
        assert next(moments(when, zone, last, habit)) > now


def any_times(chance: random.Random) -> When:
    """Five fields, most of them of the night in which clocks change."""
    minute = chance.choice(["0", "30", "*/15", "*/30", "5,35", str(chance.randrange(60))])
    hour = chance.choice(["*", "0", "1", "2", "3", "1,2", "0-4", "*/2", "6", str(chance.randrange(24))])
    day, month, weekday = chance.choice(
        [("*", "*", "*")] * 4
        + [
            ("*", "*", "0"),
            ("*", "*", "1-5"),
            ("28", "*", "*"),
            ("*", "3,10,11", "*"),
            ("31", "*", "*"),
            ("*", "4-9", "0,6"),
        ]
    )
    return from_cron(f"{minute} {hour} {day} {month} {weekday}")


def by_systemd(analyze: str, when: When, zone: str, after: datetime.datetime, count: int) -> list[datetime.datetime]:
    done = subprocess.run(
        [analyze, "calendar", f"--base-time={after:%Y-%m-%d %H:%M:%S} UTC", f"--iterations={count}", calendar(when, zone)],
        capture_output=True, text=True, check=False, env={**os.environ, "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [utc(found) for found in re.findall(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) UTC$", done.stdout, re.MULTILINE)]


@pytest.mark.parametrize("zone", CHANGES)
def test_systemd_reckons_as_we_do_through_both_changes_of_the_clock(zone: str, tool: Callable[[str], str]) -> None:
    analyze = tool("systemd-analyze")
    chance = random.Random(f"systemd {zone}")
    for number in range(300 if os.environ.get("FAIRSHEET_FULL") == "1" else 30):
        when, after = any_times(chance), utc(CHANGES[zone][number % 2])
        theirs = by_systemd(analyze, when, zone, after, 12)
        ours = list(islice(moments(when, ZoneInfo(zone), after, SYSTEMD), len(theirs)))
        assert theirs == ours, f"{when.cron} ({calendar(when, zone)}) after {after}"
        assert len(theirs) == 12


JOBS = {"fixed": "30 2 * * *", "list": "0,30 1,2 * * *", "hourly": "0 * * * *", "half-hourly": "*/30 * * * *"}
FULL = pytest.mark.skipif(os.environ.get("FAIRSHEET_FULL") != "1", reason="FAIRSHEET_FULL=1 waits for all four nights")


def in_half_hours(moment: datetime.datetime) -> datetime.datetime:
    return moment.replace(minute=moment.minute // 30 * 30, second=0, microsecond=0)


@pytest.mark.parametrize(
    ("zone", "start", "minutes"),
    [
        ("Europe/Zurich", "2027-03-28 00:50", 55),
        pytest.param("Europe/Zurich", "2027-10-30 23:50", 145, marks=FULL),
        pytest.param("America/New_York", "2027-03-14 06:50", 55, marks=FULL),
        pytest.param("America/New_York", "2027-11-07 04:50", 145, marks=FULL),
    ],
)
def test_a_running_cron_begins_jobs_when_we_say_through_a_change_of_the_clock(
    zone: str, start: str, minutes: int, tool: Callable[[str], str], tmp_path: Path
) -> None:
    """All jobs are of full and half hours: one that begins late, on a busy machine, is known by the half hour."""
    library, first = needed(tool), utc(start)
    found = fired(library, tmp_path, JOBS, zone=zone, start=first, minutes=minutes, speed=200)
    ends = first + datetime.timedelta(minutes=minutes - 10)
    for label, fields in JOBS.items():
        ours = {one for one in islice(moments(from_cron(fields), ZoneInfo(zone), first, CRON), 30) if one < ends}
        assert {in_half_hours(job.at) for job in found if job.label == label and job.at < ends} == ours, label


def test_debians_cron_passes_over_a_zone_in_its_table(tool: Callable[[str], str], tmp_path: Path) -> None:
    jobs = {"first": "0 2 * * *", "after": "CRON_TZ=UTC\n0 1 * * *"}  # 02:00 in Zurich is 01:00 in UTC
    clock = {"zone": "Europe/Zurich", "start": utc("2027-01-10 00:50"), "minutes": 20, "speed": 120}
    assert [job.label for job in fired(needed(tool), tmp_path, jobs, **clock)] == ["first"]
