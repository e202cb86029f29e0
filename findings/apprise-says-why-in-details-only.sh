#!/usr/bin/env bash
# Apprise 2.3.0, mailto://: why a mail server did not take a message is logged as a detail (DEBUG) only. The warning
# speaks of a "Connection error" also where the connection stands and the login is refused, so whoever shows warnings
# sends people to look at their network.
# Seen: "warning: Connection error while submitting email" and "detail: 535". Exits 1 when that changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0 aiosmtpd==1.4.6
found=$("$work/venv/bin/python" -W ignore - <<'PYTHON'
import logging
import re
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from apprise import Apprise


def refuse(*_):
    return AuthResult(success=False, handled=False, message="535 no such user")


with socket.create_server(("127.0.0.1", 0)) as line:
    port = line.getsockname()[1]
server = Controller(object(), hostname="127.0.0.1", port=port, authenticator=refuse, auth_require_tls=False)
server.start()
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("apprise").addHandler(logging.NullHandler())
sender = Apprise()
sender.add(f"mailto://fair:invented@127.0.0.1:{port}?from=a@careers.test&to=b@careers.test&mode=insecure")
result = sender.notify(body="text", title="subject", log_level=logging.DEBUG)
server.stop()
for entry in result.logs():
    if entry.level == "WARNING" and "submitting" in entry.message:
        print("warning:", entry.message.partition(" to ")[0])
    elif "535" in entry.message:
        print("detail:", re.search("535", entry.message)[0])
PYTHON
)
echo "$found"
[ "$found" = "warning: Connection error while submitting email
detail: 535" ]
