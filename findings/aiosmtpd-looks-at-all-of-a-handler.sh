#!/usr/bin/env bash
# aiosmtpd 1.4.6: for each connection it takes the value of everything that its handler has (inspect.getmembers), so
# that properties are computed, and one that raises something else than AttributeError ends the server before it has
# begun. And a controller for port 0, which means any free port, asks port 0 itself whether it answers.
# Seen: "property: IndexError" and "port 0: ConnectionRefusedError". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check aiosmtpd==1.4.6
found=$("$work/venv/bin/python" - 2>/dev/null <<'PYTHON'
import socket
from contextlib import suppress

from aiosmtpd.controller import Controller


class Plain:
    async def handle_DATA(self, server, session, envelope):
        return "250 taken"


class Looked(Plain):
    @property
    def newest(self):
        return [][-1]


with socket.create_server(("127.0.0.1", 0)) as line:
    port = line.getsockname()[1]
for what, handler, number in (("property", Looked(), port), ("port 0", Plain(), 0)):
    server = Controller(handler, hostname="127.0.0.1", port=number)
    try:
        server.start()
        print(f"{what}: works")
    except Exception as error:
        print(f"{what}: {type(error).__name__}")
    with suppress(Exception):
        server.stop()
PYTHON
)
echo "$found"
[ "$found" = "property: IndexError
port 0: ConnectionRefusedError" ]
