"""systemd's timers of a user: two unit files, written and begun."""

from __future__ import annotations

import os
import subprocess
from contextlib import suppress
from pathlib import Path

from data.errors import OutputError, Place, ProjectError
from data.files.folder import open_folder
from data.files.world import variable
from reports.schedules.schedule import Schedule, unwritable
from reports.schedules.when import When, from_cron, told

_DAYS = ("Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat")
_LINGER = Path("/var/lib/systemd/linger")
_PATIENCE = 60
"""Seconds that systemctl has for an answer."""


def unit(schedule: Schedule, kind: str) -> str:
    """The name of a unit: of kind timer or service."""
    return f"fairsheet-{schedule.name}.{kind}"


def calendar(when: When, zone: str) -> str:
    """The times of a schedule as OnCalendar= has them (systemd.time(7), since version 233 with a zone).

    >>> calendar(from_cron("0 6 * * 1-5"), "Europe/Zurich")
    'Mon,Tue,Wed,Thu,Fri *-*-* 06:00:00 Europe/Zurich'
    """
    days = ",".join(_DAYS[day] for day in sorted(when.weekdays, key=lambda day: day or 7))
    date = f"*-{_listed(when.months, 12)}-{_listed(when.days, 31)}"
    time = f"{_listed(when.hours, 24)}:{_listed(when.minutes, 60)}:00"
    return " ".join(part for part in ("" if len(when.weekdays) == 7 else days, date, time, zone) if part)


def _listed(numbers: tuple[int, ...], of: int) -> str:
    return "*" if len(numbers) == of else ",".join(f"{number:02}" for number in numbers)


def units(schedule: Schedule) -> dict[str, str]:
    """Both unit files. There is no secret in them."""
    when = from_cron(schedule.cron)
    says = f"{schedule.project}, {told(when)}"
    environment = "".join(f"Environment={_quoted(f'{name}={value}')}\n" for name, value in schedule.places.items())
    return {
        unit(schedule, "service"): f"""\
[Unit]
Description=Fairsheet publishes {_plain(schedule.project)}

[Service]
Type=oneshot
{environment}ExecStart={" ".join(_quoted(part, command=True) for part in schedule.runner)}
""",
        unit(schedule, "timer"): f"""\
[Unit]
Description=Fairsheet: {_plain(says)}

[Timer]
OnCalendar={calendar(when, schedule.zone)}
Persistent=true
AccuracySec=1s

[Install]
WantedBy=timers.target
""",
    }


def _plain(text: str) -> str:
    """Text in a setting that is no list: specifiers begin with a per cent sign."""
    return text.replace("%", "%%")


def _quoted(text: str, command: bool = False) -> str:
    """One word of a setting that is a list of words (systemd.service(5), "Command lines")."""
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text.replace("$", "$$") if command else text}"'


def unit_folder() -> Path:
    """Where a user's own units are."""
    base = variable("XDG_CONFIG_HOME") or f"{variable('HOME')}/.config"
    return Path(base) / "systemd" / "user"


def is_here() -> bool:
    """Whether a systemd of this user is at work."""
    return Path(variable("XDG_RUNTIME_DIR") or "/nowhere", "systemd", "private").exists()


def install(schedule: Schedule, out: Path | None) -> tuple[Schedule, tuple[str, ...]]:
    """Write the units and begin the timer; with `out` only write them there. Gives what to tell.

    Raises OutputError where systemd is not there or refuses; what stood there before then stands there again.
    """
    folder = out or unit_folder()
    files = {name: text.encode() for name, text in units(schedule).items()}
    earlier = _write(folder, files)
    written = tuple(str(folder / name) for name in files)
    timer = unit(schedule, "timer")
    if out is not None:
        said = (
            f"Made {' and '.join(written)}.",
            f"Copy them to {unit_folder()} and begin: systemctl --user daemon-reload && "
            f"systemctl --user enable --now {timer}",
        )
        return schedule, said
    try:
        _systemctl("daemon-reload")
        _systemctl("enable", timer)
        _systemctl("restart", timer)
    except OutputError:
        _take_away(folder, tuple(files))
        _write(folder, earlier)
        raise
    return schedule, (f"Made {' and '.join(written)}.", *_told_lingering())


def _told_lingering() -> tuple[str, ...]:
    user = variable("USER") or variable("LOGNAME")
    if not user or os.geteuid() == 0 or (_LINGER / user).exists():
        return ()
    return (f"Timers of yours run while you are logged in. To have them run always: loginctl enable-linger {user}",)


def remove(schedule: Schedule) -> tuple[str, ...]:
    """End the timer and take both units away, if they are there."""
    folder = unit_folder()
    with suppress(OutputError):  # a timer that is not known any more, or no systemd: the files go all the same
        _systemctl("disable", "--now", unit(schedule, "timer"))
    gone = _take_away(folder, tuple(units(schedule)))
    with suppress(OutputError):
        _systemctl("daemon-reload")
    return tuple(f"Removed {folder / name}." for name in gone)


def missing(schedule: Schedule) -> str | None:
    """Why systemd will not run a schedule, where that can be seen."""
    timer = unit_folder() / unit(schedule, "timer")
    if not timer.is_file():
        return f"{timer} is not there."
    if is_here():
        try:
            _systemctl("is-active", "--quiet", unit(schedule, "timer"))
        except OutputError:
            return f"{timer.name} is not at work (systemctl --user enable --now {timer.name} begins it)."
    return None


def look(schedule: Schedule) -> str:
    """Where to look when runs stay away."""
    return f"systemctl --user status {unit(schedule, 'timer')}"


def _write(folder: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """Write files; gives those that they replace."""
    try:
        with open_folder(folder, make=True) as opened:
            earlier = {name: opened.read(name) for name in files}
            for name, content in files.items():
                opened.write(name, content)
            return {name: content for name, content in earlier.items() if content is not None}
    except OSError as error:
        raise unwritable(folder, error) from None


def _take_away(folder: Path, names: tuple[str, ...]) -> tuple[str, ...]:
    try:
        with open_folder(folder) as opened:
            there = tuple(name for name in names if opened.state(name) is not None)
            for name in there:
                opened.remove(name)
            return there
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise unwritable(folder, error) from None


def _systemctl(*arguments: str) -> None:
    remedy = "Take another scheduler (--with cron), or have the files written only (--with systemd --out DIR)."
    try:
        done = subprocess.run(
            ["systemctl", "--user", *arguments], capture_output=True, text=True, check=False, timeout=_PATIENCE,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(f"systemctl --user {arguments[0]}: {type(error).__name__}. {remedy}") from None
    if done.returncode:
        why = (done.stderr or done.stdout).strip().replace("\n", " ") or f"exit code {done.returncode}"
        raise OutputError(f"systemctl --user {' '.join(arguments)}: {why.rstrip('.')}. {remedy}")


def refuse_unwritable(schedule: Schedule) -> None:
    """ProjectError for paths that no unit can hold."""
    for text in (schedule.project, schedule.to, *schedule.runner, *schedule.places.values()):
        if any(ord(character) < 32 for character in text):
            raise ProjectError.at(Place(repr(text)), "holds a control character.", "Give the folder another name.")
