#!/usr/bin/env bash
# distributed 2026.8.0: Client(address, timeout=2) gives up after 2 seconds where nothing takes the connection, but waits
# without end where something takes it and says nothing, such as another service or a proxy without a scheduler behind
# it. Way around: make the client in another thread, and wait for that only so long.
# Seen: "closed: OSError", "silent: waits". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check distributed==2026.8.0 dask==2026.8.0
found=$("$work/venv/bin/python" - <<'PYTHON'
import os
import socket
import threading

from distributed import Client

LONG = 30  # fifteen times what is asked for


def tried(port):
    said = []

    def act():
        try:
            Client(f"tcp://127.0.0.1:{port}", timeout=2, set_as_default=False)
        except Exception as error:
            said.append(OSError.__name__ if isinstance(error, OSError) else type(error).__name__)

    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    thread.join(LONG)
    return said[0] if said else "waits"


with socket.socket() as closed, socket.socket() as silent:
    closed.bind(("127.0.0.1", 0))
    silent.bind(("127.0.0.1", 0))
    silent.listen()
    print("closed:", tried(closed.getsockname()[1]))
    print("silent:", tried(silent.getsockname()[1]), flush=True)
os._exit(0)
PYTHON
)
echo "$found"
[ "$found" = $'closed: OSError\nsilent: waits' ]
