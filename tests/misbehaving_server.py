"""A web server on loopback that does on purpose what servers do by accident."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from msgspec import Struct, field

CSV = b"job,salary\nEngineer,120000\nAnalyst,110000\n"
LOGIN = b"<!DOCTYPE html><html><body><form>Sign in <input type='password'></form></body></html>"
TAG = '"v1"'


class Seen(Struct):
    """What the server was asked: path and headers of each request, in their order."""

    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list[tuple[str, dict[str, str]]])
    down: bool = False
    """Whether every answer is 503."""
    content: bytes = CSV

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.requests]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    seen: Seen

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name is the library's
        pass

    def do_GET(self) -> None:  # the name is the library's
        self.seen.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        name = self.path.split("?")[0].strip("/").split("/")[0]
        answer = getattr(self, f"_{name.replace('.', '_').replace('-', '_')}", None)
        with suppress(ConnectionError):
            if self.seen.down:
                self._send(b"", 503)
            elif name.startswith("code"):
                self._send(b"no", int(name[4:7]))
            elif answer is None:
                self._send(b"gone", 404)
            else:
                answer()

    def _send(self, body: bytes, code: int = 200, kind: str = "text/csv", **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def _pay_csv(self) -> None:
        self._send(self.seen.content)

    def _tagged_csv(self) -> None:
        if self.headers.get("If-None-Match") == TAG:
            self.send_response(304)
            self.send_header("ETag", TAG)
            self.end_headers()
        else:
            self._send(self.seen.content, ETag=TAG)

    def _dated_csv(self) -> None:
        day = "Fri, 01 Nov 2024 10:00:00 GMT"
        if self.headers.get("If-Modified-Since") == day:
            self.send_response(304)
            self.end_headers()
        else:
            self._send(self.seen.content, Last_Modified=day)

    def _conditional(self, tag: str, **headers: str) -> None:
        """Says that nothing changed to whoever asks under any condition, and to nobody else."""
        if {"If-None-Match", "If-Modified-Since"} & set(self.headers):
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
        else:
            self._send(self.seen.content, **headers)

    def _weak_csv(self) -> None:
        self._conditional('W/"v1"', ETag='W/"v1"')

    def _other_tag_csv(self) -> None:
        self._conditional('"v2"', ETag='"v1"')

    def _weakened_csv(self) -> None:
        self._conditional('W/"v1"', ETag='"v1"')

    def _fresh_csv(self) -> None:
        self._conditional("", Last_Modified=self.date_time_string())

    def _export(self) -> None:
        self._send(b'[{"job": "Engineer", "salary": 120000}]', kind="application/json")

    def _attached(self) -> None:
        self._send(CSV, kind="application/octet-stream", Content_Disposition='attachment; filename="pay.csv"')

    def _unknown(self) -> None:
        self._send(CSV, kind="application/octet-stream")

    def _login_csv(self) -> None:
        self._send(LOGIN, kind="text/html; charset=utf-8")

    def _disguised_csv(self) -> None:
        self._send(LOGIN, kind="text/csv")

    def _notice_csv(self) -> None:
        self._send(b"<html><body>We will be back soon.</body></html>", kind="text/html")

    def _picture_csv(self) -> None:
        self._send(b"\x89PNG\r\n\x1a\n" + bytes(100), kind="image/png")

    def _unasked_csv(self) -> None:
        self.send_response(304)
        self.end_headers()

    def _error_csv(self) -> None:
        self._send(b"oh", 500)

    def _forbidden_csv(self) -> None:
        self._send(b"no", 403)

    def _secret_csv(self) -> None:
        allowed = self.headers.get("Authorization") == "Bearer s3cret/+ token"
        self._send(CSV if allowed else b"who?", 200 if allowed else 401)

    def _loop_csv(self) -> None:
        self._send(b"", 302, Location="/loop.csv?again")

    def _moved_csv(self) -> None:
        self._send(b"", 301, Location="/pay.csv")

    def _elsewhere_csv(self) -> None:
        port = self.server.server_address[1]
        self._send(b"", 302, Location=f"http://localhost:{port}/pay.csv")

    def _downgrade_csv(self) -> None:
        self._send(b"", 302, Location="http://fairsheet.test/pay.csv")

    def _local_csv(self) -> None:
        self._send(b"", 302, Location="file:///etc/passwd")

    def _ftp_csv(self) -> None:
        self._send(b"", 302, Location=f"ftp://127.0.0.1:{self.server.server_address[1]}/pay.csv")

    def _empty_csv(self) -> None:
        self._send(b"\n")

    def _truncated_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", str(len(CSV) + 500))
        self.end_headers()
        self.wfile.write(CSV)
        self.close_connection = True

    def _chunked_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(CSV), CSV))
        self.close_connection = True  # before the last chunk, which has no bytes

    def _packed_csv(self) -> None:
        self._send(b"\x1f\x8b" + bytes(50), Content_Encoding="gzip")

    def _silent_csv(self) -> None:
        time.sleep(3)

    def _slow_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        for _ in range(300):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def _endless_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        while True:
            self.wfile.write(b"job,1\n" * 20_000)

    def _huge_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.send_header("Content-Length", "9000000000")
        self.end_headers()

    def _unsized_csv(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/csv")
        self.end_headers()
        self.wfile.write(CSV + b"A,1\n" * 510_000)
        self.close_connection = True

    def _partial_csv(self) -> None:
        self._send(CSV[:20], 206, Content_Range=f"bytes 0-19/{len(CSV)}")

    def _reset_csv(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def _over_quota_csv(self) -> None:
        self._send(b'{"error": "over quota"}')

    def _wrong_redirect_csv(self) -> None:
        self._send(b"", 302, Location="https://[nowhere/pay.csv")

    def _port_redirect_csv(self) -> None:
        self._send(b"", 302, Location="http://127.0.0.1:99999/pay.csv")

    def _nonsense_csv(self) -> None:
        self.wfile.write(b"this is no HTTP\r\n\r\n")
        self.close_connection = True


@contextmanager
def misbehaving(certificate: Path | None = None) -> Generator[tuple[str, Seen], None, None]:
    """The server's address and what it sees; over TLS when it gets a certificate (with its key in the same file)."""
    seen = Seen()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"seen": seen}))
    server.daemon_threads = True
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
