"""Batches written to an object store by those who make them: moto's server for S3, on loopback."""

from __future__ import annotations

import gzip
import json
import logging
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reports.batches.afar.baggage import packed
from reports.batches.planned import read_batch
from reports.runs.bind import Options
from tests.batching import batch, batch_project, files
from tests.conftest import ROOT
from tests.dask_cluster import dask_cluster

_HOW = "pip install '.[s3]' 'moto[server]~=5.2' boto3==1.43.117 botocore==1.43.117"
pytest.importorskip("s3fs", reason=f"s3fs is not installed: {_HOW}")
boto3 = pytest.importorskip("boto3", reason=f"boto3 is not installed: {_HOW}")
moto_server = pytest.importorskip("moto.server", reason=f"moto's server is not installed: {_HOW}")
pytest.importorskip("distributed", reason="Dask is not installed: pip install 'fairsheet[dask]'")

PLACE = "s3://fairs/two"


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = moto_server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    for name, value in (
        ("AWS_ENDPOINT_URL", address),
        ("AWS_ACCESS_KEY_ID", "inventedkey"),
        ("AWS_SECRET_ACCESS_KEY", "invented/secret"),
        ("AWS_DEFAULT_REGION", "us-east-1"),
    ):
        monkeypatch.setenv(name, value)
    client: Any = boto3.client("s3")
    client.create_bucket(Bucket="fairs")
    yield client
    for name in lying(client, ""):  # the server's buckets outlive it
        client.delete_object(Bucket="fairs", Key=name)
    client.delete_bucket(Bucket="fairs")
    server.stop()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    rows = tuple((f"Employer {n:02}", "Energy", str(n), str(30_000 + n)) for n in range(40))
    made = batch_project(tmp_path / "project", rows)
    (made / "story/sheet.md").write_text("# {{ row.employer }}\n\nIt pays {{ row.pay }}.\n", "utf-8")
    return made


def lying(store: Any, place: str = "two/employers/") -> dict[str, bytes]:
    """What lies in the batch's place, by name."""
    found: dict[str, bytes] = {}
    for page in store.get_paginator("list_objects_v2").paginate(Bucket="fairs", Prefix=place):
        for one in page.get("Contents", ()):
            name = one["Key"].removeprefix(place)
            found[name] = store.get_object(Bucket="fairs", Key=one["Key"])["Body"].read()
    return found


def same(store: Any, folder: Path) -> None:
    """The store holds each document of the folder, whole and once, the index and the manifest, and nothing else."""
    found, documents = lying(store), files(folder)
    assert found.keys() == {*documents, "employers.pdf", "index.html", "index.csv", "manifest.json"}
    assert {name: content for name, content in found.items() if name in documents} == documents
    assert len(json.loads(found["manifest.json"])["items"]) == len(documents)


@pytest.mark.parametrize("options", [("--jobs", "1"), ("--jobs", "2"), ("--engine", "dask", "--jobs", "2")])
def test_every_engine_writes_the_same_to_an_object_store(
    root: Path, tmp_path: Path, store: Any, options: tuple[str, ...]
) -> None:
    assert batch(root, tmp_path / "here")[0] == 0
    code, said = batch(root, PLACE, *options)
    assert code == 0, said
    assert "made 40 in s3://fairs/two/employers" in said
    same(store, tmp_path / "here")
    assert "made 0, 40 up to date" in batch(root, PLACE, *options)[1]
    assert "invented/secret" not in said


def test_three_workers_of_which_one_is_killed_write_each_document_once(root: Path, tmp_path: Path, store: Any) -> None:
    assert batch(root, tmp_path / "here")[0] == 0
    with dask_cluster(tmp_path / "cluster", 3) as cluster:
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "generate.py"), "batch", str(root), "--out", PLACE, "--scheduler", cluster.address],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        said = ""
        for line in process.stdout:
            said += line
            if "5 of 40" in line:
                cluster.workers[0].send_signal(signal.SIGKILL)
        assert process.wait(60) == 0, said
    assert "made 40" in said
    same(store, tmp_path / "here")


def test_a_run_killed_midway_goes_on(root: Path, tmp_path: Path, store: Any) -> None:
    assert batch(root, tmp_path / "here")[0] == 0
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "generate.py"), "batch", str(root), "--out", PLACE, "--jobs", "2"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    for line in process.stdout:
        if "12 of 40" in line:
            process.kill()
    process.wait(60)
    assert "manifest.json" not in lying(store)
    assert 12 <= len(lying(store)) < 40 + 2
    code, said = batch(root, PLACE, "--jobs", "2")
    assert code == 0, said
    same(store, tmp_path / "here")


def test_a_bucket_that_is_not_there_is_told(root: Path, store: Any) -> None:
    code, said = batch(root, "s3://nowhere/two", "--jobs", "1")
    assert code == 5, said
    assert "s3://nowhere/two/employers" in said
    assert "Traceback" not in said


def test_login_data_are_sent_to_no_worker(root: Path, store: Any) -> None:
    content = gzip.decompress(packed(read_batch(root, "employers", Options()), PLACE).content)
    assert b"invented/secret" not in content
    assert b"inventedkey" not in content
    assert PLACE.encode() in content
