"""Windows' Task Scheduler: a task as XML, which the user imports with her own password."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from data.errors import Place, ProjectError
from data.files.folder import open_folder
from data.files.world import now
from reports.schedules.run import LONGEST
from reports.schedules.schedule import Schedule, unwritable
from reports.schedules.when import When, from_cron, told
from reports.schedules.zones import are_alike, system_zone, zone_named

_NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_MOST = 48
"""Triggers of a task: a bound of the schema, as the next."""
_LONGEST_PATH = 260
_DAYS = ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def task(schedule: Schedule, today: datetime.date) -> str:
    """The task as XML (Task Scheduler Schema 1.3). There is no secret in it, and no password.

    Raises ProjectError for more times than a task has triggers, and paths longer than it takes.
    """
    when = from_cron(schedule.cron)
    command, *arguments = schedule.runner
    if len(command) > _LONGEST_PATH:
        raise ProjectError.at(Place(command), "is longer than 260 characters.", "Install Fairsheet in another folder.")
    triggers = "".join(_triggers(when, today))
    return f"""\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.3" xmlns="{_NAMESPACE}">
  <RegistrationInfo>
    <Description>{escape(f"Fairsheet publishes {schedule.project}, {told(when)}")}</Description>
  </RegistrationInfo>
  <Triggers>
{triggers}  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>Password</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Enabled>true</Enabled>
    <ExecutionTimeLimit>PT{int(LONGEST // 3600) + 1}H</ExecutionTimeLimit>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(command)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(arguments))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


def _triggers(when: When, today: datetime.date) -> list[str]:
    """One trigger for each time of a day; for what goes on all day one that is repeated."""
    step = 60 // len(when.minutes)
    evenly = when.minutes == tuple(range(when.minutes[0], 60, step)) and 60 % len(when.minutes) == 0
    if len(when.hours) == 24 and evenly:
        repeated = (
            f"      <Repetition>\n        <Interval>PT{step}M</Interval>\n"
            "        <Duration>P1D</Duration>\n      </Repetition>\n"
        )
        return [_trigger(when, today, datetime.time(0, when.minutes[0]), repeated)]
    if len(when.times) > _MOST:
        raise ProjectError.at(
            Place("--cron"), f"a task of Windows has {_MOST} times a day at most, and this has {len(when.times)}.",
            "Say fewer, or 'hourly', or 'every 15 minutes'.",
        )  # fmt: skip
    return [_trigger(when, today, time) for time in when.times]


def _trigger(when: When, today: datetime.date, time: datetime.time, repeated: str = "") -> str:
    return (
        "    <CalendarTrigger>\n"
        f"      <StartBoundary>{datetime.datetime.combine(today, time).isoformat()}</StartBoundary>\n"
        f"{repeated}{_days(when)}    </CalendarTrigger>\n"
    )


def _days(when: When) -> str:
    every_month = len(when.months) == 12
    if len(when.weekdays) < 7:
        days = "".join(f"<{_DAYS[day]} />" for day in when.weekdays)
        if every_month:
            return (
                "      <ScheduleByWeek>\n        <WeeksInterval>1</WeeksInterval>\n"
                f"        <DaysOfWeek>{days}</DaysOfWeek>\n      </ScheduleByWeek>\n"
            )
        weeks = "".join(f"<Week>{week}</Week>" for week in (1, 2, 3, 4, "Last"))
        return (
            f"      <ScheduleByMonthDayOfWeek>\n        <Weeks>{weeks}</Weeks>\n"
            f"        <DaysOfWeek>{days}</DaysOfWeek>\n        {_months(when)}\n      </ScheduleByMonthDayOfWeek>\n"
        )
    if len(when.days) < 31 or not every_month:
        days = "".join(f"<Day>{day}</Day>" for day in when.days)
        return (
            f"      <ScheduleByMonth>\n        <DaysOfMonth>{days}</DaysOfMonth>\n"
            f"        {_months(when)}\n      </ScheduleByMonth>\n"
        )
    return "      <ScheduleByDay>\n        <DaysInterval>1</DaysInterval>\n      </ScheduleByDay>\n"


def _months(when: When) -> str:
    return f"<Months>{''.join(f'<{_MONTHS[month - 1]} />' for month in when.months)}</Months>"


def install(schedule: Schedule, out: Path | None) -> tuple[Schedule, tuple[str, ...]]:
    """Write the task into a file, in UTF-16 as schtasks reads it; gives what to tell: how it is imported.

    Raises ProjectError for a zone that is not this machine's.
    """
    zone = zone_named(schedule.zone)
    if sys.platform == "win32" and not are_alike(zone, system_zone(), now()):
        raise ProjectError.at(
            Place("--zone"),
            f"Windows runs tasks by the machine's own time, {system_zone().key}, and knows no {schedule.zone}.",
            f"Say the time in {system_zone().key}.",
        )
    path = out or Path(f"fairsheet-{schedule.name}.xml")
    content = task(schedule, now().astimezone(zone).date()).replace("\n", "\r\n").encode("utf-16")
    try:
        with open_folder(path.absolute().parent, make=True) as folder:
            folder.write(path.name, content)
    except OSError as error:
        raise unwritable(path, error) from None
    said = [
        f"Made {path}. Import it, and give your password, so that it runs while nobody is logged on:",
        f'  schtasks /Create /TN "{_called(schedule)}" /XML "{path}" /RU "%USERDOMAIN%\\%USERNAME%" /RP *',
    ]
    if sys.platform != "win32":
        said.append(
            "Its paths are those of this machine, which is no Windows. Run the command on the one that it is for."
        )
    return schedule, tuple(said)


def _called(schedule: Schedule) -> str:
    return f"Fairsheet\\{schedule.name}"


def remove(schedule: Schedule) -> tuple[str, ...]:
    """How the task is taken away: by the user, who imported it."""
    return (f'Delete its task: schtasks /Delete /TN "{_called(schedule)}" /F',)


def missing(schedule: Schedule) -> str | None:
    """Why Windows will not run a schedule, where that can be seen: not before it is asked with a password."""
    return None if sys.platform == "win32" else f"{schedule.name} is a task of Windows, and this is none."


def look(schedule: Schedule) -> str:
    """Where to look when runs stay away."""
    return f'schtasks /Query /TN "{_called(schedule)}" /V /FO LIST'
