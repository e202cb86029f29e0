#!/usr/bin/env bash
# watchfiles 1.3.0 with force_polling, as network drives need it: a file that is saved twice within one second of the
# clock is told once, as of the first save, however far apart the two are looked at; it compares times by whole
# seconds. Whoever acts on what is told goes on with the earlier content until the file is saved again.
# Seen: "told of: first". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check watchfiles==1.3.0
found=$("$work/venv/bin/python" - "$work" <<'PYTHON'
import sys
import threading
import time
from pathlib import Path

from watchfiles import watch

folder = Path(sys.argv[1], "watched")
folder.mkdir()
path = folder / "table.csv"
path.write_text("before")
ended, ready, told = threading.Event(), threading.Event(), []


def look():
    for changes in watch(
        folder, force_polling=True, poll_delay_ms=50, step=20, rust_timeout=50, yield_on_timeout=True, stop_event=ended,
        raise_interrupt=False,
    ):
        ready.set()
        if changes:
            told.append(path.read_text())


thread = threading.Thread(target=look)
thread.start()
ready.wait()
time.sleep(1.2)
time.sleep(1.1 - time.time() % 1)  # early in a second
path.write_text("first")
time.sleep(0.4)  # eight looks later, in the same second
path.write_text("second")
time.sleep(1.5)
ended.set()
thread.join()
print("told of:", *told)
PYTHON
)
echo "$found"
[ "$found" = "told of: first" ]
