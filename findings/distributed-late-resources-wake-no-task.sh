#!/usr/bin/env bash
# distributed 2026.8.0: a task that waits for a resource which no worker has ("no-worker") goes on waiting when a worker
# gets that resource by Worker.set_resources, as a WorkerPlugin does in its setup; only the next worker that joins makes
# the scheduler look again. A run whose workers all died and came back thus waits without end.
# Way around: no resources; the workers by their addresses (workers=...), and a new submission when all of them are gone.
# Seen: "late resource: pending, a new task: finished". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0
found=$("$work/venv/bin/python" -W ignore - <<'PYTHON'
import logging
import time

from distributed import Client, LocalCluster, wait


async def give(dask_worker):
    await dask_worker.set_resources(special=1)


local = {"dashboard_address": "127.0.0.1:0", "worker_dashboard_address": "127.0.0.1:0"}
with (
    LocalCluster(n_workers=1, threads_per_worker=1, processes=False, silence_logs=logging.CRITICAL, **local) as cluster,
    Client(cluster) as client,
):
    early = client.submit(pow, 2, 3, resources={"special": 1}, pure=False)
    time.sleep(1)
    client.run(give)
    late = client.submit(pow, 3, 2, resources={"special": 1}, pure=False)
    wait(late, timeout=20)
    time.sleep(10)
    print(f"late resource: {early.status}, a new task: {late.status}", flush=True)
    early.cancel()
PYTHON
)
echo "$found"
[ "$found" = "late resource: pending, a new task: finished" ]
