#!/usr/bin/env bash
# fsspec 2026.9.0: its file system for SFTP asks no known_hosts: it gives paramiko the policy that takes whatever key a
# server shows, and no argument of it chooses another one. Who needs to know the server has to use paramiko itself, with
# load_system_host_keys() and RejectPolicy.
# Seen: "policy: AutoAddPolicy, known hosts: not asked". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check fsspec==2026.9.0 paramiko==5.1.0
found=$("$work/venv/bin/python" - <<'PYTHON'
from unittest.mock import patch

import fsspec
import paramiko

asked = []


class Client(paramiko.SSHClient):
    def load_system_host_keys(self, *_):
        asked.append("asked")

    load_host_keys = load_system_host_keys

    def connect(self, *_, **__):
        print(f"policy: {type(self._policy).__name__}, known hosts: {asked or 'not asked'}")
        raise SystemExit


with patch("paramiko.SSHClient", Client):
    fsspec.filesystem("sftp", host="files.careers.test")
PYTHON
)
echo "$found"
[ "$found" = "policy: AutoAddPolicy, known hosts: not asked" ]
