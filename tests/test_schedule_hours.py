"""Eight hours of a schedule with changing data, in accelerated time: each run ends as it must, and nothing grows."""

from __future__ import annotations

import datetime
import gc
import os
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from reports.schedules import run as runner
from reports.schedules import systemd
from reports.schedules.moments import moments
from reports.schedules.records import folder_of, runs_of
from reports.schedules.schedule import Schedule, keep
from reports.schedules.schedulers import SCHEDULERS
from reports.schedules.show import state
from reports.schedules.when import from_words
from tests.test_schedule_run import schedule_for

pytestmark = pytest.mark.usefixtures("without_verapdf")

FULL = os.environ.get("FAIRSHEET_FULL") == "1"
NIGHT = datetime.datetime(2027, 10, 30, 19, 59, tzinfo=datetime.UTC)  # in Zurich it has nine hours by the clock
HOURS, MINUTE = datetime.timedelta(hours=8), datetime.timedelta(minutes=1)
DENIED, DOCUMENTS = 3, "current/*.pdf"
"""How a run ends whose data deny a claim, and where a run puts its documents."""
WARM = 3
"""Runs after which memory and open files are counted for the first time."""


@pytest.fixture
def schedule(small_project: Path, monkeypatch: pytest.MonkeyPatch) -> Schedule:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/nowhere")
    when = from_words("every 15 minutes" if FULL else "hourly")
    made = replace(
        schedule_for(small_project), scheduler="systemd", zone="Europe/Zurich", cron=when.cron, installed=NIGHT
    )
    keep(made)
    systemd.unit_folder().mkdir(parents=True)
    for name, content in systemd.units(made).items():
        (systemd.unit_folder() / name).write_text(content, "utf-8")
    return made


def usage() -> tuple[int, int]:
    """Bytes of memory of this process, and its open files."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE"), len(os.listdir("/proc/self/fd"))  # noqa: PTH208  # counts itself, always


def test_eight_hours_of_changing_data_end_as_they_must_and_nothing_grows(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("memory is read from /proc")
    table = Path(schedule.project, "tables/pay.csv")
    habit, when = SCHEDULERS["systemd"].habit, from_words("every 15 minutes" if FULL else "hourly")
    ticks = [*takewhile(lambda one: one < NIGHT + HOURS, moments(when, ZoneInfo("Europe/Zurich"), NIGHT, habit))]
    assert len(ticks) == (28 if FULL else 7)  # systemd leaves the second of two equal hours out
    clock = [NIGHT]
    monkeypatch.setattr(runner, "now", lambda: clock[0])
    kept, before = Path(schedule.to), (0, 0)
    for number, tick in enumerate(ticks):
        clock[0] = tick
        denied = number % 3 == 2
        if number % 3 != 1:  # else nothing changed
            table.write_text(f"job,salary\nEngineer,{1 if denied else 120000 + number}\nAnalyst,110000\n", "utf-8")
        documents = {path.name: path.stat().st_mtime_ns for path in kept.glob(DOCUMENTS)}
        ended = runner.run(schedule)
        assert ended.code == (DENIED if denied else 0), ended.last
        after = {path.name: path.stat().st_mtime_ns for path in kept.glob(DOCUMENTS)}
        assert (after == documents) is (number % 3 != 0), (number, ended.last)  # new data alone make new documents
        alarms = state(schedule, tick + MINUTE).alarms
        assert bool(alarms) is denied
        assert not denied or "pay.top('salary').job == 'Engineer' is false" in alarms[0]
        if number == WARM:
            before = usage()
    memory, files = usage()
    assert memory - before[0] < 4_000_000
    assert files == before[1]
    assert [one.began for one in runs_of(schedule.name)] == ticks[::-1]
    assert not [*folder_of(schedule.name).glob("*.lock")]
    assert any("overdue" in alarm for alarm in state(schedule, ticks[-1] + HOURS).alarms)
