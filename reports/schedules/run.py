"""One run of a schedule, as the scheduler begins it: in a lean environment, written down, and never without end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from msgspec.structs import replace

from data.errors import OutputError, ProjectError
from data.files.world import now
from data.terminal import OUTAGE, visible
from reports.schedules.records import Run, add_to_log, at_work, tidy, write_record
from reports.schedules.schedule import Schedule, variables_file
from reports.schedules.variables import environment, read_variables, secrets_in

_WORK = ("publish", "--to")
"""The command that is run, and its option for the folder."""
_TRIAL = "--trial-message"
_MISTAKE, _INTERRUPTED, _KILLED = 2, 130, 128
LONGEST = 6 * 3600.0
"""Seconds after which a run is ended: longer than any, and shorter than a night."""
_GRACE = 30.0
"""Seconds that a run has to end in, once told to, before it is killed."""
_LAST, _LINE, _LOGGED = 20, 4_000, 250_000
"""Lines that are kept with the record, bytes of the longest line, and bytes of one run that are logged."""


def work_of(schedule: Schedule, trial: bool = False) -> tuple[str, ...]:
    """The command line that a run of a schedule is; with `trial` it sends everyone a trial message, too."""
    command, option = _WORK
    return (*schedule.program, command, schedule.project, option, schedule.to, *((_TRIAL,) if trial else ()))


def run(schedule: Schedule, longest: float = LONGEST, trial: bool = False) -> Run:
    """Run a schedule once, and write down how that went; gives what was written.

    `longest` is in seconds. Whatever happens to the run is in the record. Raises OutputError where not even that can
    be written.
    """
    begun = Run(now(), os.getpid())
    with at_work(schedule.name, begun):
        write_record(schedule.name, begun)
        tidy(schedule.name)
        code, last = _worked(schedule, work_of(schedule, trial), longest)
        ended = replace(begun, ended=now(), code=code, last=last)
        write_record(schedule.name, ended)
    return ended


def _worked(schedule: Schedule, work: tuple[str, ...], longest: float) -> tuple[int, tuple[str, ...]]:
    """The exit code of the work, and what it said last."""
    heard = _Heard(schedule.name)
    try:
        file = variables_file(schedule.name)
        said = read_variables(file)
        heard.masked = secrets_in(said)
        heard.log(f"begin: {' '.join(work)}")
        code = _process(schedule, work, environment(schedule.zone, file, said), heard, longest)
    except ProjectError as error:
        for problem in error.problems:
            heard.hear(str(problem))
        code = _MISTAKE
    except OutputError as error:
        heard.hear(str(error))
        code = OUTAGE
    except KeyboardInterrupt:
        heard.hear("Interrupted.")
        code = _INTERRUPTED
    heard.log(f"end: exit code {code}")
    return code, tuple(heard.last)


class _Heard:
    """What a run says: some of it is kept, as much as fits is logged, secrets are in neither."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.masked: tuple[str, ...] = ()
        self.last: deque[str] = deque(maxlen=_LAST)
        self._logged = 0

    def hear(self, line: str) -> None:
        """One line."""
        for secret in self.masked:
            line = line.replace(secret, "***")
        line = visible(line)
        self.last.append(line)
        if self._logged <= _LOGGED:
            self._logged += len(line.encode("utf-8", "replace"))
            self.log(line if self._logged <= _LOGGED else "... (the rest of this run is left out)")

    def log(self, line: str) -> None:
        """One line of ours, for the log alone."""
        add_to_log(self.name, visible(line), now())


def _process(
    schedule: Schedule, work: tuple[str, ...], variables: dict[str, str], heard: _Heard, longest: float
) -> int:
    """Run the work in a process of its own, in the project's folder, and hear it to its end."""
    try:
        process = subprocess.Popen(
            work,
            cwd=schedule.project,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    except (FileNotFoundError, NotADirectoryError):
        gone = schedule.project if not Path(schedule.project).is_dir() else schedule.program[0]
        heard.hear(f"{gone}: is no longer there. Set the schedule up again.")
        return _MISTAKE
    except OSError as error:
        raise OutputError(f"{schedule.program[0]}: cannot be run: {error.strerror or error}.") from None
    assert process.stdout is not None
    with process, _ended_after(process, longest) as late:
        _hear(process.stdout, heard)
        code = process.wait()
    if late.is_set():
        heard.hear(f"Ended after {longest / 3600:.3g} hours: no run takes so long.")
        return OUTAGE
    if code < 0:
        heard.hear(f"Ended by signal {-code}{' (was memory short?)' if -code == 9 else ''}.")
        return _KILLED - code
    return code


def _hear(stream: IO[bytes], heard: _Heard) -> None:
    while line := stream.readline(_LINE):
        heard.hear(line.decode("utf-8", "replace").rstrip("\r\n"))


@contextmanager
def _ended_after(process: subprocess.Popen[bytes], seconds: float) -> Generator[threading.Event, None, None]:
    """End a process, and those that it began, when its time is over or this one is interrupted. The event tells that
    its time was over."""
    late = threading.Event()

    def end() -> None:
        late.set()
        _end(process)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    except BaseException:
        _end(process)
        raise
    finally:
        timer.cancel()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Tell a process to end, and kill it where it does not."""
    _signal(process, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
        return
    _signal(process, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, number)
