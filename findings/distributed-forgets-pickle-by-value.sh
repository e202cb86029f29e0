#!/usr/bin/env bash
# distributed 2026.8.0: a function of a module that cloudpickle was told to pickle by value (register_pickle_by_value)
# goes to the scheduler as a reference, because only the outermost object is looked at, and that is the graph; where the
# scheduler cannot import the module, the submission fails. A WorkerPlugin of such a module goes by value. Known upstream:
# https://github.com/dask/distributed/issues/8607. Way around: an object whose __reduce__ gives cloudpickle's own bytes.
# Seen: "submit: ModuleNotFoundError", "wrapped: 42". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0 cloudpickle==3.1.3
mkdir "$work/here" "$work/there"
cat > "$work/here/ours.py" <<'PYTHON'
def answer():
    return 42
PYTHON
cat > "$work/here/main.py" <<'PYTHON'
import json
import logging
import pickle
import subprocess
import sys
import time
from pathlib import Path

import cloudpickle
import ours
from distributed import Client

cloudpickle.register_pickle_by_value(ours)


class Wrapped:
    def __reduce__(self):
        return pickle.loads, (cloudpickle.dumps(ours.answer),)

    def __call__(self):
        raise AssertionError


there, said = sys.argv[1], Path(sys.argv[1], "scheduler.json")
dask = [sys.executable, "-m", "dask"]
common = {"cwd": there, "stderr": subprocess.DEVNULL, "stdout": subprocess.DEVNULL}
local = ["--host", "127.0.0.1", "--dashboard-address", "127.0.0.1:0"]
processes = [subprocess.Popen([*dask, "scheduler", "--port", "0", "--scheduler-file", str(said), *local], **common)]
try:
    while not said.exists() or not said.read_text():
        time.sleep(0.1)
    address = json.loads(said.read_text())["address"]
    processes.append(subprocess.Popen([*dask, "worker", address, "--no-nanny", *local], **common))
    with Client(address, timeout=30) as client:
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        client.wait_for_workers(1, timeout=60)
        try:
            print("submit:", client.submit(ours.answer).result(timeout=30))
        except Exception as error:
            print("submit:", type(error.__cause__ or error).__name__)
        print("wrapped:", client.submit(Wrapped()).result(timeout=30))
finally:
    for process in processes:
        process.kill()
        process.wait()
PYTHON
found=$("$work/venv/bin/python" "$work/here/main.py" "$work/there")
echo "$found"
[ "$found" = $'submit: ModuleNotFoundError\nwrapped: 42' ]
