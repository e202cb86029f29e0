"""Downloads: asked again only when they changed, bounded, and never taken for what they are not."""

from __future__ import annotations

import hashlib
import json
import socket
import subprocess
import time
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from data.errors import SourceError
from data.files.user_folders import cache_folder
from data.network.leave import USUAL, Leave, permission
from data.network.secrets import filled
from data.project import load_project
from tests.misbehaving_server import CSV, Seen, misbehaving
from tests.reading import SECTION, outage, read, refused

CELLS = (("job", "salary"), ("Engineer", "120000"), ("Analyst", "110000"))
TOKEN = "s3cret/+ token"


@pytest.fixture
def server() -> Generator[tuple[str, Seen], None, None]:
    with misbehaving() as running:
        yield running


def copies() -> list[Path]:
    """The files with last good copies."""
    return sorted(path for path in (cache_folder() / "downloads").rglob("*") if path.is_file())


def cached(root: Path) -> str:
    """Everything that is written in the project and in the user's cache, names and contents."""
    files = [path for folder in (root, cache_folder()) for path in folder.rglob("*") if path.is_file()]
    return "".join(f"{path}\n{path.read_bytes().decode('latin-1')}\n" for path in files)


def test_a_file_is_downloaded_and_read_as_what_its_address_says(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, _ = server
    grid = read(tmp_path, url=f"{address}/pay.csv")
    assert grid.cells == CELLS
    assert str(grid.place(1, 1)) == f"{address}/pay.csv:2"
    assert grid.checksum == hashlib.sha256(CSV).hexdigest()


def test_an_address_without_an_ending_goes_by_what_the_server_says(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, _ = server
    assert read(tmp_path, url=f"{address}/export?year=2024").cells[1] == ("Engineer", "120000")
    assert read(tmp_path, url=f"{address}/attached").cells == CELLS
    assert 'format = "csv"' in refused(tmp_path, url=f"{address}/unknown")
    assert read(tmp_path, url=f"{address}/unknown", read={"format": "csv"}).cells == CELLS


@pytest.mark.parametrize(("name", "condition"), [("tagged.csv", "if-none-match"), ("dated.csv", "if-modified-since")])
def test_what_did_not_change_is_not_sent_again(
    name: str, condition: str, server: tuple[str, Seen], tmp_path: Path
) -> None:
    address, seen = server
    first, second = (read(tmp_path, url=f"{address}/{name}") for _ in range(2))
    assert first == second
    assert [condition in headers for _, headers in seen.requests] == [False, True]


@pytest.mark.parametrize("name", ["weak.csv", "fresh.csv", "other-tag.csv"])
def test_a_sign_that_does_not_tell_every_change_apart_is_not_believed(
    name: str, server: tuple[str, Seen], tmp_path: Path
) -> None:
    """A weak tag; a time that is that of the answer; a word that nothing changed about another content."""
    address, seen = server
    read(tmp_path, url=f"{address}/{name}")
    seen.content = CSV.replace(b"120000", b"130000")
    assert read(tmp_path, url=f"{address}/{name}").cells[1] == ("Engineer", "130000")


def test_a_tag_that_a_server_repeats_as_a_weak_one_is_the_same(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    first, second = (read(tmp_path, url=f"{address}/weakened.csv") for _ in range(2))
    assert first == second
    assert len(seen.requests) == 2


def test_what_is_asked_for_afresh_comes_whole(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    read(tmp_path, url=f"{address}/tagged.csv")
    seen.content = CSV.replace(b"120000", b"130000")  # under the same tag, which nobody can know
    assert read(tmp_path, url=f"{address}/tagged.csv").cells == CELLS
    assert read(tmp_path, url=f"{address}/tagged.csv", leave=Leave(afresh=True)).cells[1] == ("Engineer", "130000")


def test_a_copy_that_is_not_what_the_checksum_says_is_asked_for_anew(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    read(tmp_path, url=f"{address}/tagged.csv")
    seen.content = CSV.replace(b"120000", b"130000")
    wanted = hashlib.sha256(seen.content).hexdigest()
    assert read(tmp_path, url=f"{address}/tagged.csv", sha256=wanted).cells[1] == ("Engineer", "130000")


def test_a_copy_that_was_changed_by_hand_is_not_believed(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    read(tmp_path, url=f"{address}/tagged.csv")
    (copy,) = copies()
    copy.write_bytes(copy.read_bytes().replace(b"120000", b"999999"))
    assert read(tmp_path, url=f"{address}/tagged.csv").cells == CELLS
    assert "if-none-match" not in seen.requests[1][1]


def test_new_data_are_taken_when_the_server_has_them(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    read(tmp_path, url=f"{address}/pay.csv")
    seen.content = CSV.replace(b"120000", b"130000")
    assert read(tmp_path, url=f"{address}/pay.csv").cells[1] == ("Engineer", "130000")


def test_an_outage_never_publishes_old_data_in_silence(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    read(tmp_path, url=f"{address}/pay.csv")
    seen.down = True
    said = outage(tmp_path, url=f"{address}/pay.csv")
    assert "is out of order (HTTP 503)" in said
    assert "A copy from" in said
    assert "keep_last_good = true" in said


def test_the_last_good_copy_stands_in_when_the_project_says_so(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    settings = {"url": f"{address}/pay.csv", "read": {"keep_last_good": True}}
    read(tmp_path, **settings)
    seen.down = True
    grid = read(tmp_path, **settings)
    assert grid.cells == CELLS
    assert [problem.severity for problem in grid.warnings] == ["warning"]
    assert "The copy from" in grid.warnings[0].remedy


def test_without_a_copy_nothing_stands_in(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    seen.down = True
    assert "HTTP 503" in outage(tmp_path, url=f"{address}/pay.csv", read={"keep_last_good": True})


OUTAGES = {
    "error.csv": "is out of order (HTTP 500)",
    "unasked.csv": "is out of order (HTTP 304)",
    "truncated.csv": "broke off after 42 of 542 bytes",
    "chunked.csv": "broke off in the middle of its answer",
    "packed.csv": "is packed as 'gzip', which was not asked for",
    "loop.csv": "sends from one address to the next without end",
    "local.csv": "sends on to something that is no web address",
    "ftp.csv": "sends on to something that is no web address",
    "downgrade.csv": "sends on to http://fairsheet.test/pay.csv, which is not encrypted",
    "empty.csv": "gives an empty file",
    "picture.csv": "gives 'image/png' in place of the data",
    "login.csv": "gives a login page in place of the data",
    "disguised.csv": "gives a login page in place of the data",
    "notice.csv": "gives a web page in place of the data",
    "huge.csv": "has 9,000 MB, more than the 200 MB that are allowed",
    "nonsense.csv": "broke off",
}


@pytest.mark.parametrize("name", OUTAGES)
def test_a_server_that_is_out_of_order_says_how(name: str, server: tuple[str, Seen], tmp_path: Path) -> None:
    address, _ = server
    said = outage(tmp_path, url=f"{address}/{name}")
    assert f"{address}/{name} {OUTAGES[name]}" in said
    assert not copies()


def test_a_bad_answer_does_not_take_the_place_of_the_last_good_copy(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    settings = {"url": f"{address}/pay.csv", "read": {"keep_last_good": True}}
    read(tmp_path, **settings)
    seen.content = b"<html><body>login</body></html>"
    assert read(tmp_path, **settings).cells == CELLS
    seen.content = CSV
    assert not read(tmp_path, **settings).warnings


@pytest.mark.parametrize("name", ["silent.csv", "slow.csv", "endless.csv"])
def test_time_and_size_are_bounded(name: str, server: tuple[str, Seen], tmp_path: Path) -> None:
    address, _ = server
    started = time.perf_counter()
    said = outage(tmp_path, url=f"{address}/{name}", read={"timeout": 0.7, "megabytes": 5})
    assert "did not answer within 0.7 seconds" in said or "more than the 5 MB" in said
    assert time.perf_counter() - started < 30  # half of the usual timeout


@pytest.mark.parametrize(("name", "words"), [("nothing.csv", "HTTP 404"), ("forbidden.csv", "HTTP 403")])
def test_a_wrong_address_is_for_the_project_to_mend(
    name: str, words: str, server: tuple[str, Seen], tmp_path: Path
) -> None:
    assert words in refused(tmp_path, url=f"{server[0]}/{name}")


def test_a_redirect_is_followed(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    assert read(tmp_path, url=f"{address}/moved.csv").cells == CELLS
    assert seen.paths == ["/moved.csv", "/pay.csv"]


def test_a_token_is_sent_and_is_in_no_message_and_no_file(
    server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = server
    monkeypatch.setenv("CAREERS_TOKEN", TOKEN)
    headers = {"Authorization": "Bearer ${CAREERS_TOKEN}"}
    url = f"{address}/secret.csv?key=${{CAREERS_TOKEN}}"
    grid = read(tmp_path, url=url, read={"headers": headers})
    assert grid.cells == CELLS
    said = grid.file + cached(tmp_path) + repr(grid)
    monkeypatch.setenv("CAREERS_TOKEN", "wr0ngtoken")
    said += refused(tmp_path, url=f"{address}/secret.csv", read={"headers": headers})
    assert "${CAREERS_TOKEN}" in grid.file
    assert "s3cret" not in said
    assert "wr0ng" not in said


def test_a_token_does_not_follow_a_redirect_to_another_host(
    server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    monkeypatch.setenv("CAREERS_TOKEN", TOKEN)
    headers = {"Authorization": "Bearer ${CAREERS_TOKEN}", "X-Api-Key": "${CAREERS_TOKEN}"}
    read(tmp_path, url=f"{address}/elsewhere.csv", read={"headers": headers})
    assert [("authorization" in h, "x-api-key" in h) for _, h in seen.requests] == [(True, True), (False, False)]


def test_a_variable_that_is_not_set_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CAREERS_TOKEN", raising=False)
    said = refused(tmp_path, url="https://careers.test/x.csv?token=${CAREERS_TOKEN}")
    assert "the environment variable CAREERS_TOKEN is not set" in said


def test_a_password_in_the_file_is_refused_and_not_repeated(tmp_path: Path) -> None:
    said = refused(tmp_path, url="https://me:hunter2@careers.test/x.csv")
    assert "the password of https://me:***@careers.test/x.csv stands in the file" in said
    assert "hunter2" not in said
    said = refused(tmp_path, url="https://careers.test/x.csv?pwd=hunter2")
    assert "the parameter 'pwd' of https://careers.test/x.csv?pwd=*** stands in the file" in said


def test_plain_http_is_for_this_machine_only(tmp_path: Path) -> None:
    said = refused(tmp_path, url="http://careers.test/x.csv")
    assert "is not encrypted" in said
    assert "allow_http = true" in said
    assert "is no web address" in refused(tmp_path, url="ftp://careers.test/x.csv")
    assert "is no web address" in refused(tmp_path, url="careers.test/x.csv")


def test_a_checksum_holds_the_download(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, seen = server
    right = hashlib.sha256(CSV).hexdigest()
    assert read(tmp_path, url=f"{address}/pay.csv", sha256=right).cells == CELLS
    seen.content = CSV.replace(b"120000", b"999999")
    assert "other content than this checksum says" in refused(tmp_path, url=f"{address}/pay.csv", sha256=right)


def test_a_host_that_is_down_is_an_outage(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "refuses connections" in outage(tmp_path, url=f"http://127.0.0.1:{port}/pay.csv")
    assert "has a host that is not found" in outage(tmp_path, url="https://nobody.invalid/pay.csv")


@pytest.fixture
def certificate(tool: Callable[[str], str], tmp_path: Path) -> Path:
    """A certificate that nobody signed, with its key."""
    path = tmp_path / "own.pem"
    made = [tool("openssl"), "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    made += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(path), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    return path


def test_a_certificate_that_nobody_signed_is_not_trusted(
    certificate: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with misbehaving(certificate) as (address, seen):
        said = outage(tmp_path, url=f"{address}/pay.csv")
        assert "has a certificate that cannot be trusted" in said
        assert not seen.requests
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        assert read(tmp_path, url=f"{address}/pay.csv").cells == CELLS
        assert "which is not encrypted" in outage(tmp_path, url=f"{address}/downgrade.csv")


def test_a_project_with_a_download_is_built_and_its_outage_is_no_mistake(
    server: tuple[str, Seen], small_project: Path
) -> None:
    address, seen = server
    toml = small_project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace('file = "tables/pay.csv"', f'url = "{address}/pay.csv"'), "utf-8")
    table = load_project(small_project).tables["pay"]
    assert table.file == f"{address}/pay.csv"
    assert table.checksum == hashlib.sha256(CSV).hexdigest()
    seen.down = True
    with pytest.raises(SourceError, match=r"project\.toml:7: .* is out of order"):
        load_project(small_project)
    toml.write_text(
        toml.read_text("utf-8").replace(
            "[tables.pay.fields]", "[tables.pay.read]\nkeep_last_good = true\n[tables.pay.fields]"
        ),
        "utf-8",
    )
    project = load_project(small_project)
    assert len(project.tables["pay"]) == 2
    assert [problem.severity for problem in project.warnings] == ["warning"]


def test_nothing_is_written_into_the_project(server: tuple[str, Seen], tmp_path: Path) -> None:
    read(tmp_path, url=f"{server[0]}/tagged.csv")
    assert not list(tmp_path.iterdir())
    (copy,) = copies()
    said = json.loads(copy.read_bytes().split(b"\n")[1])
    assert set(said) <= {"sha256", "type", "etag", "taken"}


def test_the_copy_of_one_address_is_not_taken_for_another_that_the_setting_stands_for(
    server: tuple[str, Seen], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, seen = server
    settings = {"url": f"{address}/dated.csv?year=${{YEAR}}"}
    for year in ("2023", "2023", "2024"):
        monkeypatch.setenv("YEAR", year)
        assert read(tmp_path, **settings).cells == CELLS
    assert ["if-modified-since" in headers for _, headers in seen.requests] == [False, True, False]
    seen.down = True
    monkeypatch.setenv("YEAR", "2023")
    assert "HTTP 503" in outage(tmp_path, **settings, read={"keep_last_good": True})


def test_a_file_of_unsaid_size_is_measured_as_it_comes(server: tuple[str, Seen], tmp_path: Path) -> None:
    settings = {"url": f"{server[0]}/unsized.csv"}
    assert "has more than the 1 MB that are allowed" in outage(tmp_path, **settings, read={"megabytes": 1})
    assert "more than 500,000 rows" in refused(tmp_path, **settings, read={"megabytes": 3})


def test_a_checksum_holds_the_copy_too(server: tuple[str, Seen], tmp_path: Path) -> None:
    address, _ = server
    read(tmp_path, url=f"{address}/tagged.csv")
    said = refused(tmp_path, url=f"{address}/tagged.csv", sha256="0" * 64)
    assert "other content than this checksum says" in said


def test_a_secret_is_masked_however_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONG", TOKEN)
    monkeypatch.setenv("SHORT", "s3cret")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "LONG,SHORT")
    address = filled("https://careers.test/x?a=${SHORT}&b=${LONG}", SECTION, permission(Path(), USUAL))
    for form in (TOKEN, "s3cret%2F%2B%20token", "s3cret%2F%2B+token"):
        assert address.masked(f"no {form} here") == "no *** here"


def test_a_host_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "careers.test:8080")
    monkeypatch.setenv("PASSWORD", "a/b@c")
    monkeypatch.setenv("FAIRSHEET_SECRETS", "HOST,PASSWORD")
    template = "https://me:${PASSWORD}@${HOST}/${PASSWORD}"
    assert (
        filled(template, SECTION, permission(Path(), USUAL)).text == "https://me:a%2Fb%40c@careers.test:8080/a%2Fb%40c"
    )
