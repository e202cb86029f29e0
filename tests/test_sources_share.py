"""Folders outside of a project: read with the user's leave and no other way, never half a file, never waited for."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from data.errors import Place, ProjectError, SourceError
from data.files import elsewhere
from data.files.user_folders import cache_folder
from data.network import introduction
from data.network.folders import folder_to_allow
from data.network.leave import Leave
from data.project import load_project
from tests.test_network_secrets import run
from tests.workbooks import excel

OLD = time.time() - 86_400
CSV = "job,salary\nEngineer,120000\nAnalyst,110000\n"


def put(path: Path, content: str | bytes) -> Path:
    """A file that nobody has written lately."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(path, (OLD, OLD))
    return path


@pytest.fixture
def share(tmp_path: Path) -> Path:
    put(tmp_path / "exports/pay.csv", CSV)
    return tmp_path / "exports"


def sharing(project: Path, folder: Path | str, file: str = "pay.csv", more: str = "") -> Path:
    """The project with its table on a share."""
    toml = project / "project.toml"
    text = toml.read_text("utf-8").replace('file = "tables/pay.csv"', f'share = "registrar"\nfile = {json.dumps(file)}')
    text = text.replace("[tables.pay]", f"[sources.registrar]\nfolder = {json.dumps(str(folder))}\n\n[tables.pay]")
    toml.write_text(text.replace("[tables.pay.fields]", f"{more}\n[tables.pay.fields]"), "utf-8")
    return project


KEEPING = "[tables.pay.read]\nkeep_last_good = true\n"


@pytest.fixture
def project(small_project: Path, share: Path) -> Path:
    """A project that was allowed its share, and says that the last good copy may stand in."""
    sharing(small_project, share, more=KEEPING)
    assert run("allow", str(share), small_project)[0] == 0
    return small_project


def salaries(project: Path, leave: Leave | None = None) -> tuple[list[str], str]:
    """What is read, and what is told of it."""
    loaded = load_project(project, leave=leave or Leave())
    return [str(row["salary"].content) for row in loaded.tables["pay"]], "\n".join(map(str, loaded.warnings))


def refused(project: Path) -> str:
    with pytest.raises(ProjectError) as caught:
        load_project(project)
    return str(caught.value)


GOOD = ["120000", "110000"]


# Leave


def test_a_project_opens_no_folder_that_the_user_did_not_allow(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    code, said = run("check", small_project)
    assert code == 2
    assert f"allow {share} {small_project}" in said
    assert "you have not allowed that" in said


def test_it_is_refused_in_the_same_words_whether_the_folder_is_there_or_not(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    there = refused(small_project)
    shutil.rmtree(share)
    assert refused(small_project) == there


def test_the_command_that_the_refusal_says_is_enough(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    command = refused(small_project).split(": ")[-1].split(" allow ")[1].split(" (or")[0].split()
    assert run("allow", *command)[0] == 0
    assert salaries(small_project) == (GOOD, "")


@pytest.mark.parametrize("form", ["{}", "folder:{}", "{}/", "{}/../exports"])
def test_a_folder_may_be_typed_in_other_words(form: str, small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    assert run("allow", form.format(share), small_project)[0] == 0
    assert salaries(small_project) == (GOOD, "")


def test_a_folder_beside_the_project_may_be_named_from_there(small_project: Path, share: Path) -> None:
    sharing(small_project, "../exports")
    assert run("allow", "../exports", small_project)[0] == 0
    assert salaries(small_project) == (GOOD, "")


def test_leave_holds_for_no_other_project_and_no_other_folder(project: Path, share: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(project, other)
    assert "have not allowed" in refused(other)
    put(share / "inner/pay.csv", CSV)
    toml = project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace(f'"{share}"', f'"{share}/inner"'), "utf-8")
    assert f"allow {share}/inner" in refused(project)


def test_only_folders_that_the_project_names_are_allowed(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    code, said = run("allow", str(share.parent), small_project)
    assert code == 2
    assert f"It names {share}." in said
    assert "is not there" in run("allow", "/no/such/folder", small_project)[1]
    assert "Write one of: secret:..., host:..., folder:..." in run("allow", "nonsense", small_project)[1]


def test_all_of_the_machine_is_no_folder_to_allow(small_project: Path) -> None:
    sharing(small_project, "/")
    assert "is all of this machine" in run("allow", "/", small_project)[1]


def test_a_link_in_the_place_of_the_folder_needs_leave_anew(project: Path, share: Path, tmp_path: Path) -> None:
    put(tmp_path / "secret/pay.csv", CSV.replace("120000", "1"))
    share.rename(tmp_path / "moved")
    share.symlink_to(tmp_path / "secret")
    said = refused(project)
    assert f"leads to {tmp_path / 'secret'} now" in said
    assert run("allow", str(share), project)[0] == 0
    assert salaries(project)[0] == ["1", "110000"]


def test_leave_may_stand_in_the_environment(small_project: Path, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sharing(small_project, share)
    monkeypatch.setenv("FAIRSHEET_FOLDERS", os.pathsep.join(["/other", str(share)]))
    assert salaries(small_project) == (GOOD, "")
    monkeypatch.setenv("FAIRSHEET_FOLDERS", str(share.parent))
    assert "have not allowed" in refused(small_project)


def test_a_terminal_is_asked_and_the_answer_holds(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    asked: list[str] = []

    def answer(question: str) -> bool:
        asked.append(question)
        return True

    introduction.prepared(small_project, Leave(), answer)
    assert asked == [f"May the project in {small_project} read the folder {share}?"]
    assert salaries(small_project) == (GOOD, "")
    introduction.prepared(small_project, Leave(), answer)
    assert len(asked) == 1


def test_what_a_project_may_read_is_told_the_first_time(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    assert f"the folder {share}" in run("check", small_project)[1]


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("~/exports", "the home of whoever runs it"),
        ("C:\\exports", "Windows"),
        ("C:/exports", "Windows"),
        ("\\\\server\\exports", "a place on one computer"),
        ("a\x07b", "cannot be printed"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of Windows are none elsewhere")
def test_a_folder_that_is_none_here_is_explained(folder: str, said: str, small_project: Path) -> None:
    assert said in refused(sharing(small_project, folder))


def test_a_folder_of_the_project_is_no_share(small_project: Path) -> None:
    sharing(small_project, small_project / "tables")
    assert run("allow", str(small_project / "tables"), small_project)[0] == 0
    assert "is in the project" in refused(small_project)


def test_how_a_folder_is_written_behind_allow() -> None:
    assert folder_to_allow("//server/our exports") == "'//server/our exports'"
    assert folder_to_allow("exports") == "folder:exports"
    assert folder_to_allow("-x/y") == "folder:-x/y"


# Nothing else leaves it


def pipe(path: Path) -> None:
    os.mkfifo(path)


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(str(path))


STRANGE: dict[str, tuple[str, str]] = {
    "a step up": ("../pay.csv", "leaves the folder"),
    "a step up within": ("inner/../pay.csv", "leaves the folder"),
    "a whole path": ("/etc/hostname", "leaves the folder"),
    "a path of Windows": ("C:\\pay.csv", "a place on one computer"),
    "backslashes": ("inner\\pay.csv", "has backslashes"),
    "a link that leads out": ("out.csv", "leaves the folder"),
    "a folder's link that leads out": ("outside/pay.csv", "leaves the folder"),
    "a link to a device": ("zero.csv", "leaves the folder"),
    "a folder": ("inner", "is a folder"),
    "the folder itself": (".", "leaves the folder"),
    "a pipe": ("pipe.csv", "is a pipe"),
    "a socket": ("socket.csv", "is a socket"),
    "a zero byte": ("pay\0.csv", "zero byte"),
    "no such file": ("pays.csv", "pay.csv"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_nothing_but_files_of_the_folder_is_read(
    name: str, small_project: Path, share: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "pay.csv", CSV)
    (share / "inner").mkdir()
    (share / "out.csv").symlink_to(tmp_path / "pay.csv")
    (share / "outside").symlink_to(tmp_path)
    (share / "zero.csv").symlink_to("/dev/zero")
    pipe(share / "pipe.csv")
    monkeypatch.chdir(share)  # the name of a socket is a short one
    plug(Path("socket.csv"))
    file, said = STRANGE[name]
    sharing(small_project, share, file, '[tables.pay.read]\nformat = "csv"')
    run("allow", str(share), small_project)
    assert said in refused(small_project)


def test_a_link_that_stays_in_the_folder_is_followed(project: Path, share: Path) -> None:
    (share / "pay.csv").rename(share / "pay-2026.csv")
    (share / "pay.csv").symlink_to("pay-2026.csv")
    assert salaries(project) == (GOOD, "")


def test_a_file_that_is_too_large_is_not_read(small_project: Path, share: Path) -> None:
    with (share / "pay.csv").open("wb") as stream:
        stream.truncate(3_000_000_000)
    os.utime(share / "pay.csv", (OLD, OLD))
    sharing(small_project, share, more="[tables.pay.read]\nmegabytes = 5")
    run("allow", str(share), small_project)
    with pytest.raises(SourceError, match="5 MB are allowed"):
        load_project(small_project)


def test_a_share_names_a_source_with_a_folder(project: Path) -> None:
    toml = project / "project.toml"
    text = toml.read_text("utf-8")
    toml.write_text(text.replace('share = "registrar"', 'share = "registrer"'), "utf-8")
    assert "Did you mean 'registrar'?" in refused(project)
    toml.write_text(text.replace("[sources.registrar]\nfolder", "[sources.registrar]\nfile"), "utf-8")
    assert "is no folder" in refused(project)
    toml.write_text(text.replace('file = "pay.csv"', 'url = "https://x.test/pay.csv"'), "utf-8")
    assert "share belongs to a file" in refused(project)
    toml.write_text(text.replace("[sources.registrar]\n", '[sources.registrar]\nfile = "x.csv"\n'), "utf-8")
    assert "a folder says nothing else" in refused(project)


# Never half a file


def locked_by_excel(share: Path) -> None:
    put(share / "~$pay.csv", b"\x05Dana")


def locked_by_libreoffice(share: Path) -> None:
    put(share / ".~lock.pay.csv#", ",dana,desk,28.11.2026 06:00,file:///;")


def gone(share: Path) -> None:
    shutil.rmtree(share)


def not_mounted(share: Path) -> None:
    shutil.rmtree(share)
    share.mkdir()


def deleted(share: Path) -> None:
    (share / "pay.csv").rename(share / "pay.csv.new")


def emptied(share: Path) -> None:
    put(share / "pay.csv", b"")


def a_file(share: Path) -> None:
    shutil.rmtree(share)
    put(share, "x")


def unreadable(share: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    (share / "pay.csv").chmod(0)


OUT_OF_ORDER: dict[str, tuple[Callable[[Path], None], str]] = {
    "open in Excel": (locked_by_excel, "is open in an office program"),
    "open in LibreOffice": (locked_by_libreoffice, "is open in an office program"),
    "gone": (gone, "is not there"),
    "not mounted": (not_mounted, "its folder is empty"),
    "deleted": (deleted, "is not there"),
    "emptied": (emptied, "is empty"),
    "a file in the folder's place": (a_file, "is no folder"),
    "unreadable": (unreadable, "cannot be read"),
}


@pytest.mark.parametrize("name", OUT_OF_ORDER)
def test_the_last_good_copy_stands_in_with_a_warning(name: str, project: Path, share: Path) -> None:
    assert salaries(project) == (GOOD, "")
    happens, said = OUT_OF_ORDER[name]
    happens(share)
    read, warned = salaries(project)
    assert read == GOOD
    assert said in warned
    assert "The copy from 20" in warned


@pytest.mark.parametrize("name", OUT_OF_ORDER)
def test_without_the_project_saying_so_it_is_an_outage(name: str, project: Path, share: Path) -> None:
    toml = project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("keep_last_good = true", ""), "utf-8")
    assert salaries(project) == (GOOD, "")
    happens, said = OUT_OF_ORDER[name]
    happens(share)
    code, told = run("check", project)
    assert code == 5
    assert said in told
    assert "keep_last_good = true under read would use it" in told


def test_without_a_copy_it_stops_the_run(project: Path, share: Path) -> None:
    gone(share)
    assert run("check", project)[0] == 5
    share.mkdir()
    put(share / "other.csv", CSV)
    assert run("check", project)[0] == 2  # there never was such a file: its name is wrong


def test_a_file_that_grows_while_it_is_read_is_not_taken(project: Path, share: Path) -> None:
    assert salaries(project) == (GOOD, "")
    path, ended = share / "pay.csv", threading.Event()

    def write() -> None:
        while not ended.wait(0.05):
            with path.open("a") as stream:
                stream.write("x,1\n")

    path.write_text(CSV, "utf-8")
    writer = threading.Thread(target=write)
    writer.start()
    try:
        read, warned = salaries(project)
    finally:
        ended.set()
        writer.join()
    assert read == GOOD
    assert "is being written" in warned


def test_a_file_that_was_just_written_is_looked_at_twice(
    project: Path, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = share.parent / "waited"  # written down: a share is read in a process of its own
    monkeypatch.setattr(elsewhere.time, "sleep", lambda seconds: waited.write_text(str(seconds), "utf-8"))
    assert salaries(project) == (GOOD, "")
    assert not waited.exists()
    (share / "pay.csv").touch()
    assert salaries(project) == (GOOD, "")
    assert waited.read_text("utf-8") == "1.0"


@pytest.mark.parametrize("part", [0.3, 0.9, 0.999])
def test_half_a_workbook_is_not_taken(part: float, small_project: Path, share: Path, tmp_path: Path) -> None:
    def fill(book: object) -> None:
        sheet = book.add_worksheet("Data")
        for number, row in enumerate((("job", "salary"), ("Engineer", 120000), ("Analyst", 110000))):
            sheet.write_row(number, 0, row)

    whole = excel(tmp_path / "made.xlsx", fill).read_bytes()
    put(share / "pay.xlsx", whole)
    sharing(small_project, share, "pay.xlsx", KEEPING)
    run("allow", str(share), small_project)
    assert salaries(small_project) == (GOOD, "")
    put(share / "pay.xlsx", whole[: int(len(whole) * part)])
    read, warned = salaries(small_project)
    assert read == GOOD
    assert "breaks off in the middle" in warned


def test_what_is_not_read_as_declared_does_not_take_the_place_of_the_copy(project: Path, share: Path) -> None:
    assert salaries(project) == (GOOD, "")
    put(share / "pay.csv", "job,salary\nEngineer,many\n")
    read, warned = salaries(project)
    assert read == GOOD
    assert "cannot be read as declared" in warned
    put(share / "pay.csv", CSV.replace("120000", "130000"))
    assert salaries(project)[0] == ["130000", "110000"]


def test_a_share_that_does_not_answer_does_not_hold_the_run(
    project: Path, share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert salaries(project) == (GOOD, "")
    toml = project / "project.toml"
    toml.write_text(toml.read_text("utf-8").replace("keep_last_good", "timeout = 0.2\nkeep_last_good"), "utf-8")
    over, resolve = threading.Event(), Path.resolve

    def hangs(path: Path, strict: bool = False) -> Path:
        if path.is_relative_to(share):
            over.wait(600)
        return resolve(path, strict)

    monkeypatch.setattr(Path, "resolve", hangs)
    try:
        read, warned = salaries(project)
    finally:
        over.set()
    assert read == GOOD
    assert "was not had within 0.2 seconds" in warned


def test_offline_the_share_is_not_touched(project: Path, share: Path) -> None:
    assert salaries(project) == (GOOD, "")
    put(share / "pay.csv", CSV.replace("120000", "130000"))
    read, warned = salaries(project, Leave(offline=True))
    assert read == GOOD
    assert "was not looked at (--offline)" in warned


def test_offline_needs_leave_too(project: Path) -> None:
    assert salaries(project) == (GOOD, "")
    shutil.rmtree(Path(os.environ["XDG_CONFIG_HOME"]))
    with pytest.raises(ProjectError, match="have not allowed"):
        load_project(project, leave=Leave(offline=True))


def test_a_damaged_copy_is_none(project: Path, share: Path) -> None:
    assert salaries(project) == (GOOD, "")
    (copy,) = (path for path in (cache_folder() / "downloads").rglob("*") if path.is_file())
    copy.write_bytes(copy.read_bytes().replace(b"120000", b"120001"))
    gone(share)
    with pytest.raises(SourceError):
        load_project(project)


# What can be read


def test_the_manifest_names_source_path_and_digest_and_no_place_of_this_machine(project: Path, tmp_path: Path) -> None:
    assert run("build", project, "--out", str(tmp_path / "out"))[0] == 0
    text = (tmp_path / "out/manifest.json").read_text("utf-8")
    said = json.loads(text)["tables"]["pay"]
    assert said["file"] == "registrar:pay.csv"
    assert len(said["sha256"]) == 64
    assert said["as_of"] == "2024"
    assert str(tmp_path) not in text


def test_a_mistake_in_it_is_told_where_it_is(project: Path, share: Path) -> None:
    put(share / "pay.csv", "job,salary\nEngineer,many\n")
    assert "registrar:pay.csv:2" in refused(project)


def test_a_database_is_copied_whole_or_not_at_all(small_project: Path, share: Path) -> None:
    path = share / "pay.sqlite"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE pay (job, salary)")
    database.executemany("INSERT INTO pay VALUES (?, ?)", [("Engineer", 120000), ("Analyst", 110000)])
    database.commit()
    database.close()
    os.utime(path, (OLD, OLD))
    sharing(small_project, share, "pay.sqlite", 'query = "SELECT job, salary FROM pay ORDER BY salary DESC"\n')
    run("allow", str(share), small_project)
    assert salaries(small_project) == (GOOD, "")
    put(share / "pay.sqlite-wal", "changes that are not in the file yet")
    with pytest.raises(SourceError, match="is a database that is being written"):
        load_project(small_project)


def test_a_query_may_ask_a_source_on_a_share(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    toml = small_project / "project.toml"
    text = toml.read_text("utf-8").replace(
        'share = "registrar"\nfile = "pay.csv"', 'query = "SELECT job, salary FROM answers ORDER BY salary DESC"'
    )
    more = '[sources.answers]\nshare = "registrar"\nfile = "pay.csv"\n\n[tables.pay]'
    toml.write_text(text.replace("[tables.pay]", more), "utf-8")
    run("allow", str(share), small_project)
    assert salaries(small_project) == (GOOD, "")
    toml.write_text(toml.read_text("utf-8").replace("FROM answers", "FROM registrar"), "utf-8")
    assert "is a folder, and no query can ask that" in refused(small_project)


def test_several_files_of_a_share_make_one_table(small_project: Path, share: Path) -> None:
    put(share / "pay_2023.csv", "job,salary\nEngineer,120000\n")
    put(share / "pay_2024.csv", "job,salary\nAnalyst,110000\n")
    sharing(small_project, share)
    toml = small_project / "project.toml"
    text = toml.read_text("utf-8").replace('file = "pay.csv"', 'files = ["pay_2023.csv", "pay_2024.csv"]')
    text = text.replace("[tables.pay.fields]", '[tables.pay.fields]\nyear = { title = "Year", type = "text" }')
    text = text.replace(
        'share = "registrar"', "share = \"registrar\"\nfile_field = { name = 'year', pattern = '\\d+' }"
    )
    toml.write_text(text, "utf-8")
    run("allow", str(share), small_project)
    assert salaries(small_project)[0] == GOOD
    assert [str(row["year"].content) for row in load_project(small_project).tables["pay"]] == ["2023", "2024"]
    toml.write_text(text.replace('["pay_2023.csv", "pay_2024.csv"]', '"pay_*.csv"'), "utf-8")
    assert "the files of a share are named" in refused(small_project)


def test_a_project_with_a_share_is_always_read(project: Path, share: Path, tmp_path: Path) -> None:
    arguments = ("build", project, "--out", str(tmp_path / "out"))
    assert "Made" in run(*arguments)[1]
    assert "up to date" in run(*arguments)[1]
    put(share / "pay.csv", CSV.replace("120000", "130000"))
    assert "Made" in run(*arguments)[1]


def test_a_place_is_told_for_each_mistake(small_project: Path, share: Path) -> None:
    sharing(small_project, share)
    with pytest.raises(ProjectError) as caught:
        load_project(small_project)
    assert caught.value.problems[0].place == Place("project.toml", 7)


def test_who_looks_for_the_share_under_another_setting_is_told_where_it_is(project: Path, share: Path) -> None:
    toml = project / "project.toml"
    text = toml.read_text("utf-8")
    misnamed = text.replace('share = "registrar"\n', "").replace('source = "A survey"', 'source = "registrar"')
    toml.write_text(misnamed, "utf-8")
    assert 'Say share = "registrar".' in refused(project)
    outside = text.replace('share = "registrar"\n', "").replace('"pay.csv"', json.dumps(str(share / "pay.csv")))
    toml.write_text(outside, "utf-8")
    assert "or read it where it is: [sources.NAME] folder" in refused(project)
