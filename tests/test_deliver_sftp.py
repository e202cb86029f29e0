"""Editions are delivered to an SFTP server: OpenSSH's own, on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.delivering import Between, SftpServer, delivering, found, redelivering, sftp_server
from tests.publishing import editions, ids, publish, run, settings, with_salary

pytestmark = pytest.mark.usefixtures("without_verapdf")

pytest.importorskip("paramiko", reason="paramiko is not installed")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SftpServer]:
    with sftp_server(tmp_path / "server") as one:
        home = tmp_path / "home"
        one.known(home)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("FAIR_KEY", str(one.base / "user"))
        monkeypatch.setenv("FAIRSHEET_SECRETS", "FAIR_KEY")
        monkeypatch.setenv("FAIRSHEET_DELIVERIES", one.address())
        yield one


@pytest.fixture
def root(tmp_path: Path, server: SftpServer) -> Path:
    return delivering(tmp_path / "project", place(server.address()))


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "shelf"


def place(address: str, more: str = "") -> str:
    return f'[deliver.web]\nto = "{address}"\nkey_file = "${{FAIR_KEY}}"\n{more}'


def parts(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.name.endswith(".part")]


def test_editions_are_delivered_one_after_another(root: Path, to: Path, server: SftpServer) -> None:
    code, said = publish(root, to)
    assert code == 0, said
    assert found(server.folder)[0] == ids(to)[0]
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert code == 0, said
    assert found(server.folder)[0] == ids(to)[1]
    assert (server.folder / "current").resolve().name == (to / "current").resolve().name
    assert not parts(server.folder)


def test_withdrawn_and_old_editions_are_taken_away(root: Path, to: Path, server: SftpServer) -> None:
    settings(root, "[outputs.report]", "[publish]\nkeep = 2\n[outputs.report]")
    for salary in (121_000, 122_000, 123_000):
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
    there = server.folder / "editions"
    assert {path.name for path in there.iterdir()} == {path.name for path in (to / "editions").iterdir()}
    assert editions(to, "withdraw", ids(to)[-1], "--note", "Wrong.")[0] == 0
    assert run("deliver", root, "--to", to)[0] == 0
    assert found(server.folder)[0] == ids(to)[-2]
    assert {path.name for path in there.iterdir()} == {path.name for path in (to / "editions").iterdir()}


def test_the_last_edition_that_is_withdrawn_leaves_nothing_to_find(root: Path, to: Path, server: SftpServer) -> None:
    publish(root, to)
    assert editions(to, "withdraw", ids(to)[0], "--note", "Wrong.")[0] == 0
    assert run("deliver", root, "--to", to)[0] == 0
    assert [path.name for path in server.folder.iterdir()] == ["editions"]
    assert not list((server.folder / "editions").iterdir())


def test_a_server_that_nobody_knows_gets_nothing(root: Path, to: Path, server: SftpServer, tmp_path: Path) -> None:
    (tmp_path / "home/.ssh/known_hosts").write_text("")
    code, said = publish(root, to)
    assert code == 5
    assert "not in your known_hosts" in said
    assert not list(server.folder.iterdir())


def test_a_server_with_another_key_gets_nothing(root: Path, to: Path, server: SftpServer, tmp_path: Path) -> None:
    server.known(tmp_path / "home", "stranger")
    code, said = publish(root, to)
    assert code == 5
    assert "another key" in said
    assert not list(server.folder.iterdir())


def test_a_login_that_is_refused_is_told(
    root: Path, to: Path, server: SftpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAIR_KEY", str(server.base / "stranger"))
    code, said = publish(root, to)
    assert code == 5
    assert "refused the login. Check the environment variable FAIR_KEY." in said
    assert str(server.base / "stranger") not in said


def test_a_server_that_is_down_gets_the_edition_the_next_time(root: Path, to: Path, server: SftpServer) -> None:
    server.stop()
    code, said = publish(root, to)
    assert code == 5, said
    assert (to / "current").exists()
    server.start()
    code, said = publish(root, to)
    assert code == 0, said
    assert found(server.folder)[0] == ids(to)[0]


def test_a_folder_that_is_not_there_is_told(root: Path, to: Path, server: SftpServer) -> None:
    server.folder.rmdir()
    code, said = publish(root, to)
    assert code == 5
    assert "deliver.web" in said
    assert not server.folder.exists()


@pytest.mark.parametrize("after", [4_000, 15_000, 30_000])
def test_a_line_that_breaks_off_leaves_the_edition_before(
    root: Path, to: Path, server: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    assert publish(root, to)[0] == 0
    before = found(server.folder)
    line = Between(server.port)
    line.fails_after = after
    server.known(tmp_path / "home", port=line.own_port)
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", server.address(line.own_port))
    redelivering(root, place(server.address(line.own_port)))
    with_salary(root, 130_000)
    try:
        code, said = publish(root, to)
        assert code == 5, said
        assert found(server.folder) == before
        line.fails_after = None
        code, said = publish(root, to)
    finally:
        line.close()
    assert code == 0, said
    assert found(server.folder)[0] == ids(to)[1]
    assert not parts(server.folder)


def test_a_server_that_hangs_ends_the_delivery_and_not_the_run(
    root: Path, to: Path, server: SftpServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = Between(server.port)
    line.hangs_after = 20_000
    server.known(tmp_path / "home", port=line.own_port)
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", server.address(line.own_port))
    redelivering(root, place(server.address(line.own_port), "timeout = 2\n"))
    try:
        code, said = publish(root, to)
    finally:
        line.close()
    assert code == 5, said
    assert "did not answer within 2 s" in said
    assert not (server.folder / "current.json").exists()


def test_a_full_disk_there_leaves_the_edition_before(
    root: Path, to: Path, server: SftpServer, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.folder = tiny_disk
    monkeypatch.setenv("FAIRSHEET_DELIVERIES", server.address())
    redelivering(root, place(server.address()))
    assert publish(root, to)[0] == 0
    before = found(tiny_disk)
    (tiny_disk / "ballast").write_bytes(b"x" * 100_000)
    with (tiny_disk / "more").open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            pass
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert code == 5, said
    assert found(tiny_disk) == before
    for name in ("ballast", "more"):
        (tiny_disk / name).unlink()
    assert publish(root, to)[0] == 0
    assert found(tiny_disk)[0] == ids(to)[-1]
    assert not parts(tiny_disk)
