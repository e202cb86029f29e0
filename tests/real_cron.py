"""A running cron of the system with a table and a clock of its own: root's mounts that nobody else sees."""

from __future__ import annotations

import datetime
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest

_SCRIPT = """\
set -e
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs && chgrp crontab /var/spool/cron/crontabs && chmod 1730 /var/spool/cron/crontabs
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
if [ -n "$ZONE" ]; then mount --bind "/usr/share/zoneinfo/$ZONE" /etc/localtime; fi
eval "$SETUP"
touch -d "2020-01-01 UTC" /var/spool/cron/crontabs/*
date +%s.%N > "$WORK/begin"
LD_PRELOAD=$LIBRARY FAKETIME="@$LOCAL x$SPEED" NO_FAKE_STAT=1 cron -f &
daemon=$!
for i in $(seq "$TENTHS"); do [ -e "$WORK/enough" ] && break; sleep 0.1; done
kill $daemon
set +e
eval "$FINISH"
exit 0
"""


class Fired(NamedTuple):
    """That a job ran."""

    label: str
    at: datetime.datetime
    """By cron's own clock, rounded down to minutes."""


def needed(tool: Callable[[str], str]) -> str:
    """The library that changes a clock; skips the test where it, cron or the right to mount is not there."""
    if os.name != "posix" or os.geteuid() != 0:
        pytest.skip("a cron with a table of its own needs root")
    for name in ("cron", "crontab", "faketime", "unshare"):
        tool(name)
    found = [*Path("/usr/lib").glob("*/faketime/libfaketime.so.1")]
    if not found:
        pytest.skip("libfaketime is not installed")
    if subprocess.run(["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount")
    return str(found[0])


def with_cron(
    library: str,
    work: Path,
    setup: str,
    *,
    zone: str = "",
    start: datetime.datetime,
    minutes: int,
    speed: int,
    finish: str = "",
    **environment: str,
) -> subprocess.CompletedProcess[str]:
    """Run cron for some minutes of its own clock, which begins at `start` and is `speed` times as fast.

    `setup` is what bash does before, `finish` after; a file `enough` in the folder `work` ends it.
    """
    local = start.astimezone(ZoneInfo(zone or "UTC"))
    given = {
        "ZONE": zone, "SETUP": setup, "FINISH": finish, "WORK": str(work), "LIBRARY": library, "SPEED": str(speed),
        "LOCAL": f"{local:%Y-%m-%d %H:%M:%S}", "TENTHS": str(minutes * 600 // speed + 1), **environment,
    }  # fmt: skip
    inherited = {name: value for name, value in os.environ.items() if name != "TZ"}
    return subprocess.run(
        ["unshare", "--mount", "bash", "-c", _SCRIPT],
        env={**inherited, **given}, capture_output=True, text=True, check=False, cwd=work,
    )  # fmt: skip


def fired(library: str, work: Path, jobs: dict[str, str], **clock: object) -> list[Fired]:
    """The jobs that a running cron began, label and fields each, by its own clock."""
    log = work / "log"
    lines = [rf"{fields} echo {label} $(date +\%s.\%N) >> {log}" for label, fields in jobs.items()]
    (work / "table").write_text("\n".join(lines) + "\n", "utf-8")
    done = with_cron(library, work, f'crontab "{work}/table"', **clock)
    assert done.returncode == 0, done.stderr
    begin, start, speed = float((work / "begin").read_text("utf-8")), clock["start"], clock["speed"]
    assert isinstance(start, datetime.datetime)
    assert isinstance(speed, int)
    found = [line.split() for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    moments = [(label, start + datetime.timedelta(seconds=(float(at) - begin) * speed)) for label, at in found]
    return [Fired(label, at.replace(second=0, microsecond=0)) for label, at in moments]


def waited_for(path: Path, seconds: float = 60) -> bool:
    """Whether a file came."""
    ends = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < ends:
        time.sleep(0.1)
    return path.exists()
