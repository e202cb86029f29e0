"""Editions are delivered to an object store: moto's server for S3, on loopback."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.delivering import Between, delivering, redelivering
from tests.publishing import editions, ids, publish, run, settings, with_salary

pytestmark = pytest.mark.usefixtures("without_verapdf")

_HOW = "pip install '.[s3]' 'moto[server]~=5.2' boto3==1.43.117 botocore==1.43.117"
pytest.importorskip("s3fs", reason=f"s3fs is not installed: {_HOW}")
boto3 = pytest.importorskip("boto3", reason=f"boto3 is not installed: {_HOW}")
moto_server = pytest.importorskip("moto.server", reason=f"moto's server is not installed: {_HOW}")

SECRET = "invented/secret+with=signs"


class Store:
    """The server, and what lies in its one bucket."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.client: Any = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{port}",
            region_name="us-east-1",
            aws_access_key_id="tests",
            aws_secret_access_key="tests",
        )

    def names(self) -> set[str]:
        listed = self.client.list_objects_v2(Bucket="fairs").get("Contents", ())
        return {one["Key"] for one in listed}

    def read(self, name: str) -> bytes:
        return self.client.get_object(Bucket="fairs", Key=name)["Body"].read()

    def found(self) -> str:
        """The edition that a reader finds; its files are as the index and their manifest say."""
        said = json.loads(self.read("two/current.json"))
        folder = f"two/{said['edition']}"
        for name, digest in said["files"].items():
            assert hashlib.sha256(self.read(f"{folder}/{name}")).hexdigest() == digest
        manifest = json.loads(self.read(f"{folder}/manifest.json"))
        return manifest["edition"]


@pytest.fixture(scope="module")
def moto() -> Iterator[int]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    yield server.get_host_and_port()[1]
    server.stop()


@pytest.fixture
def store(moto: int, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    one = Store(moto)
    one.client.create_bucket(Bucket="fairs")
    monkeypatch.setenv("FAIR_S3_KEY", "inventedkey")
    monkeypatch.setenv("FAIR_S3_SECRET", SECRET)
    monkeypatch.setenv("FAIRSHEET_SECRETS", "FAIR_S3_KEY,FAIR_S3_SECRET")
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", "s3://fairs/two s3://nowhere/two")
    yield one
    for name in one.names():
        one.client.delete_object(Bucket="fairs", Key=name)
    one.client.delete_bucket(Bucket="fairs")


def place(port: int, more: str = "", to: str = "s3://fairs/two") -> str:
    return (
        f'[deliver.web]\nto = "{to}"\nkey = "${{FAIR_S3_KEY}}"\nsecret = "${{FAIR_S3_SECRET}}"\n'
        f'endpoint = "http://127.0.0.1:{port}"\nregion = "us-east-1"\n{more}'
    )


@pytest.fixture
def root(tmp_path: Path, store: Store) -> Path:
    return delivering(tmp_path / "project", place(store.port))


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def test_editions_are_delivered_one_after_another(root: Path, to: Path, store: Store) -> None:
    code, said = publish(root, to)
    assert code == 0, said
    assert store.found() == ids(to)[0]
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert code == 0, said
    assert store.found() == ids(to)[1]
    assert {name.split("/")[2] for name in store.names() if "editions/" in name} == {
        path.name for path in (to / "editions").iterdir()
    }
    assert SECRET not in said


def test_withdrawn_and_old_editions_are_taken_away(root: Path, to: Path, store: Store) -> None:
    settings(root, "[outputs.report]", "[publish]\nkeep = 2\n[outputs.report]")
    for salary in (121_000, 122_000, 123_000):
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
    assert editions(to, "withdraw", ids(to)[-1], "--note", "Wrong.")[0] == 0
    assert run("deliver", root, "--to", to)[0] == 0
    kept = {path.name for path in (to / "editions").iterdir()}
    assert {name.split("/")[2] for name in store.names() if "editions/" in name} == kept
    assert store.found() == ids(to)[0]


def test_the_last_edition_that_is_withdrawn_leaves_nothing(root: Path, to: Path, store: Store) -> None:
    publish(root, to)
    assert editions(to, "withdraw", ids(to)[0], "--note", "Wrong.")[0] == 0
    assert run("deliver", root, "--to", to)[0] == 0
    assert not store.names()


def test_deliver_puts_right_what_somebody_changed_there(root: Path, to: Path, store: Store) -> None:
    publish(root, to)
    name = next(one for one in store.names() if one.endswith("report.pdf"))
    store.client.put_object(Bucket="fairs", Key=name, Body=b"something else")
    assert run("deliver", root, "--to", to)[0] == 0
    assert store.found() == ids(to)[0]


def test_a_bucket_that_is_not_there_is_told(root: Path, to: Path, store: Store) -> None:
    redelivering(root, place(store.port, to="s3://nowhere/two"))
    code, said = publish(root, to)
    assert code == 5, said
    assert "deliver.web:" in said
    assert "Traceback" not in said


@contextmanager
def answering(status: int, body: bytes) -> Iterator[int]:
    """A server that has one answer for all."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    for method in ("GET", "PUT", "HEAD", "POST", "DELETE"):
        setattr(Handler, f"do_{method}", Handler._answer)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("status", [500, 503, 403])
def test_a_store_that_refuses_or_is_out_of_order_gets_the_edition_the_next_time(
    root: Path, to: Path, store: Store, status: int
) -> None:
    code = "AccessDenied" if status == 403 else "Trouble"
    words = f"<Error><Code>{code}</Code><Message>not you, inventedkey with {SECRET}</Message></Error>".encode()
    with answering(status, words) as port:
        redelivering(root, place(port))
        code, said = publish(root, to)
    assert code == 5, said
    assert "deliver.web:" in said
    if status == 403:
        assert "refused the access. Check the environment variables FAIR_S3_KEY, FAIR_S3_SECRET." in said
    assert SECRET not in said
    assert "inventedkey" not in said
    assert (to / "current").exists()
    redelivering(root, place(store.port))
    code, said = publish(root, to)
    assert code == 0, said
    assert store.found() == ids(to)[0]


def test_a_store_that_hangs_ends_the_delivery_and_not_the_run(root: Path, to: Path, store: Store) -> None:
    line = Between(store.port)
    line.hangs_after = 4_000
    redelivering(root, place(line.own_port, "timeout = 2\n"))
    try:
        code, said = publish(root, to)
    finally:
        line.close()
    assert code == 5, said
    assert "did not answer within 2 s" in said
    assert "two/current.json" not in store.names()


def test_a_line_that_breaks_off_leaves_the_edition_before(root: Path, to: Path, store: Store) -> None:
    assert publish(root, to)[0] == 0
    before = store.found()
    line = Between(store.port)
    line.fails_after = 6_000
    redelivering(root, place(line.own_port))
    with_salary(root, 130_000)
    try:
        code, said = publish(root, to)
        assert code == 5, said
        assert store.found() == before
        line.fails_after = None
        code, said = publish(root, to)
    finally:
        line.close()
    assert code == 0, said
    assert store.found() == ids(to)[1]


def test_the_secret_goes_to_no_other_endpoint(
    root: Path, to: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FAIRSHEET_SECRETS")
    monkeypatch.delenv("FAIRSHEET_DELIVERIES")
    for what in ("deliver:web", "secret:FAIR_S3_KEY", "secret:FAIR_S3_SECRET"):
        assert run("allow", what, root)[0] == 0
    assert publish(root, to)[0] == 0
    with answering(200, b"") as port:
        redelivering(root, place(port))
        with_salary(root, 130_000)
        code, said = publish(root, to)
    assert code == 5
    assert "you have not allowed that" in said
