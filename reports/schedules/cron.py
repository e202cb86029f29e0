"""cron: a block of lines in the user's own crontab, all other lines of which stay as they are, byte for byte."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

from data.errors import OutputError, Place, ProjectError
from data.files.world import content_of, now
from reports.schedules.schedule import Schedule
from reports.schedules.when import from_cron, told
from reports.schedules.zones import are_alike, system_zone, zone_named

_LONGEST = 900
"""Characters of a command: Debian's cron takes 998, and cuts nothing off but refuses the whole table."""
_PATIENCE = 60
_CRONS = {b"cron", b"crond", b"fcron", b"anacron", b"dcron"}
_NONE = re.compile(rb"no crontab for |can't open '")
"""What crontab says where there is none; the second is that of busybox."""


def is_here() -> bool:
    """Whether there is a crontab to write into."""
    return shutil.which("crontab") is not None


def seems_idle(processes: Path = Path("/proc")) -> bool:
    """Whether none of the processes is a cron, so that nothing would begin a run; False where that cannot be seen."""
    try:
        content_of(processes / "1" / "comm")
        found = [path for path in processes.iterdir() if path.name.isdecimal()]
    except OSError:
        return False
    names = set[bytes]()
    for path in found:
        with suppress(OSError):  # it has ended since
            names.add(content_of(path / "comm").strip())
    return not names & _CRONS and b"systemd" not in names  # which may bring one of its own


def block(schedule: Schedule) -> bytes:
    """The lines of a schedule, between its two marks."""
    begin, end = _marks(schedule.name)
    places = [f"{name}={value}" for name, value in schedule.places.items()]
    words = (*(("/usr/bin/env", *places) if places else ()), *schedule.runner)
    command = " ".join(map(shlex.quote, words)).replace("%", r"\%")  # a bare one ends the command
    if "\n" in command or "\r" in command or len(command) > _LONGEST:
        raise ProjectError.at(
            Place(schedule.name), "the command is too long for a crontab, or holds a line end.", "Take --with systemd."
        )
    says = f"# {schedule.project.encode('unicode_escape').decode()}: {told(from_cron(schedule.cron))}"
    return "\n".join((begin, says, f"{schedule.cron} {command}", end, "")).encode()


def _marks(name: str) -> tuple[str, str]:
    return f"# >>> fairsheet {name} >>>", f"# <<< fairsheet {name} <<<"


def without(table: bytes, name: str) -> bytes:
    """A crontab without the block of a schedule. Raises ProjectError where only one of its marks is there."""
    begin, end = (re.escape(mark.encode()) for mark in _marks(name))
    left = re.sub(rb"(?m)^" + begin + rb"\r?\n(?s:.*?)^" + end + rb"[^\S\n]*(?:\n|\Z)", b"", table)
    if re.search(rb"(?m)^(?:" + begin + rb"|" + end + rb")", left):
        raise ProjectError.at(
            Place("crontab"), f"the marks of {name} are not a pair any more.", "Take its lines away: crontab -e"
        )
    return left


def with_block(table: bytes, schedule: Schedule) -> bytes:
    """A crontab with the block of a schedule at its end, in place of an earlier one."""
    left = without(table, schedule.name)
    return left + (b"\n" if left and not left.endswith(b"\n") else b"") + block(schedule)


def install(schedule: Schedule, out: Path | None) -> tuple[Schedule, tuple[str, ...]]:
    """Put the schedule into the user's crontab. Raises ProjectError for a zone that is not the system's."""
    if out is not None:
        raise ProjectError.at(
            Place("--out"), "cron has no files of its own.", "Leave --out away, or take --with systemd."
        )
    ours = system_zone()
    if not are_alike(zone_named(schedule.zone), ours, now()):
        raise ProjectError.at(
            Place("--zone"),
            f"cron runs by the system's time, {ours.key}, not by that of {schedule.zone} (Debian's takes no CRON_TZ).",
            f"Say the time in {ours.key}, or take --with systemd.",
        )
    table = _table()
    _put(with_block(table, schedule))
    said = [f"Added to your crontab: {schedule.cron} ..."]
    if re.search(rb"(?m)^\s*CRON_TZ\s*=", table):
        said.append(
            "Your crontab sets CRON_TZ. Debian's cron passes over it; where yours heeds it, it moves this time as well."
        )
    return schedule, tuple(said)


def remove(schedule: Schedule) -> tuple[str, ...]:
    """Take the schedule out of the user's crontab, if it is there."""
    table = _table()
    left = without(table, schedule.name)
    if left == table:
        return ()
    _put(left)
    return ("Removed its lines from your crontab.",)


def missing(schedule: Schedule) -> str | None:
    """Why cron will not run a schedule, where that can be seen."""
    try:
        table = _table()
    except OutputError as error:
        return str(error)
    wanted = block(schedule).splitlines()[2]
    return None if wanted in table.splitlines() else f"the line of {schedule.name} is not in your crontab."


def look(_: Schedule) -> str:
    """Where to look when runs stay away."""
    return "systemctl status cron (or: service cron status)"


def _table() -> bytes:
    """The user's crontab; empty where there is none."""
    done = _crontab("-l")
    if done.returncode == 0:
        return done.stdout
    if _NONE.search(done.stderr):
        return b""
    raise _refused(done)


def _put(table: bytes) -> None:
    done = _crontab("-", table)
    if done.returncode:
        raise _refused(done)


def _crontab(argument: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["crontab", argument], input=given, capture_output=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise OutputError(f"crontab: {type(error).__name__}. Is cron installed? Else take --with systemd.") from None


def _refused(done: subprocess.CompletedProcess[bytes]) -> OutputError:
    why = done.stderr.decode("utf-8", "replace").strip().replace("\n", " ")
    return OutputError(f"crontab: {why or f'exit code {done.returncode}'}")
