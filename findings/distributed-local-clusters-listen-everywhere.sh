#!/usr/bin/env bash
# distributed 2026.8.0: LocalCluster(processes=False, dashboard_address=None), whose parts speak to each other within one
# process, opens HTTP ports of scheduler and workers to all networks.
# Way around: dashboard_address and worker_dashboard_address "127.0.0.1:0".
# Seen: "None: 0.0.0.0 ::", "named: 127.0.0.1". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0 psutil==7.2.2
found=$("$work/venv/bin/python" -W ignore - <<'PYTHON'
import logging

import psutil
from distributed import LocalCluster

for name, address in (("None", None), ("named", "127.0.0.1:0")):
    with LocalCluster(
        n_workers=1,
        processes=False,
        dashboard_address=address,
        worker_dashboard_address=address,
        silence_logs=logging.CRITICAL,
    ):
        found = {one.laddr.ip for one in psutil.Process().net_connections("inet") if one.status == "LISTEN"}
    print(f"{name}: {' '.join(sorted(found))}")
PYTHON
)
echo "$found"
[ "$found" = $'None: 0.0.0.0 ::\nnamed: 127.0.0.1' ]
