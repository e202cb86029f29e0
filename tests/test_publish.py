"""Publishing: an edition that passes its gates is public in one step, and whatever is wrong leaves the last good one."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

import data.files.world
from reports.publishing import gates, records, store
from reports.publishing import publish as publishing
from reports.publishing.pointer import pointed
from reports.runs import standing
from reports.runs.save import output_folder
from tests.conftest import ROOT
from tests.publishing import editions, ids, project, publish, run, settings, with_salary
from tests.shelf import litter, published, seen, state

pytestmark = pytest.mark.usefixtures("without_verapdf")

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="a system without links")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return project(tmp_path / "project")


@pytest.fixture
def to(tmp_path: Path) -> Path:
    return tmp_path / "public"


def snapshot(folder: Path) -> dict[str, object]:
    """Every file and link with its content and the time when it was written."""
    return {
        path.relative_to(folder).as_posix(): (
            path.readlink() if path.is_symlink() else (path.stat().st_mtime_ns, path.read_bytes())
        )
        for path in folder.rglob("*")
        if path.is_symlink() or path.is_file()
    }


def test_what_is_published_is_what_a_build_makes(root: Path, to: Path, tmp_path: Path) -> None:
    code, said = publish(root, to)
    assert code == 0, said
    assert run("build", root, "--out", tmp_path / "out")[0] == 0
    built = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    public = {path.name: path.read_bytes() for path in (to / "current").iterdir()}
    manifests = [json.loads(its.pop("manifest.json")) for its in (public, built)]
    assert public == built
    for name, output in manifests[1]["outputs"].items():  # what claims compare is for those who make the documents
        assert bool(output.pop("claims")) == (name == "report")
    assert manifests[0] == manifests[1]
    edition = manifests[0]["edition"]
    assert f"Published edition {edition} in {to / 'current'} (report.pdf, handout.pdf)" in said
    assert (to / "current").readlink().parts[0] == "editions"
    assert (to / "current").readlink().name.endswith(f"Z-{edition}")


def test_no_checksum_of_a_file_with_hidden_values_is_public(root: Path, to: Path) -> None:
    settings(root, 'as_of = "2024"', 'as_of = "2024"\nminimum_n = { field = "people", value = 3, hides = ["salary"] }')
    settings(root, "[outputs.report]", 'people = { type = "integer" }\n[outputs.report]')
    rows = "job,salary,people\nEngineer,120000,9\nAnalyst,100000,9\nCook,61934,2\nBaker,51934,5\n"
    (root / "tables/pay.csv").write_text(rows, "utf-8")
    (root / "story/report.md").write_text("# Pay\n\nAn engineer earns {{ pay['Engineer'].salary }}.\n", "utf-8")
    assert publish(root, to)[0] == 0
    public = (to / "current/manifest.json").read_text("utf-8")
    assert hashlib.sha256(rows.encode()).hexdigest() not in public
    assert hashlib.sha256((root / "brand.toml").read_bytes()).hexdigest() in public


@needs_links
def test_the_public_may_read_editions_and_nobody_else_the_rest(root: Path, to: Path) -> None:
    before = os.umask(0o022)
    try:
        assert publish(root, to)[0] == 0
    finally:
        os.umask(before)
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (to / "current").resolve().iterdir()}
    assert set(modes.values()) == {0o644}
    assert stat.S_IMODE((to / "current").resolve().stat().st_mode) == 0o755
    assert stat.S_IMODE((to / ".fairsheet").stat().st_mode) == 0o700


@needs_links
def test_who_publishes_what_nobody_else_can_read_is_told(root: Path, to: Path) -> None:
    before = os.umask(0o077)
    try:
        code, said = publish(root, to)
    finally:
        os.umask(before)
    assert code == 0, said
    assert f"Nobody but you can read {to}" in said
    subprocess.run(["chmod", "-R", "a+rX", str(to)], check=True)
    (to / ".fairsheet").chmod(0o700)
    with_salary(root, 130_000)
    before = os.umask(0o022)
    try:
        assert "Nobody but you" not in publish(root, to)[1]
    finally:
        os.umask(before)


def test_where_nothing_is_new_nothing_is_written(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    before = snapshot(to)
    code, said = publish(root, to)
    assert (code, "Nothing new: edition" in said) == (0, True), said
    assert snapshot(to) == before
    assert publish(root, to, "--quiet") == (0, "")


def test_force_makes_a_new_edition_where_nothing_is_new(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    assert publish(root, to, "--force")[0] == 0
    first, second = ids(to)
    assert first == second
    names = [record.name for record in state(to).editions]
    assert len(set(names)) == 2
    assert litter(to) == []


def test_an_output_that_nothing_new_concerns_is_taken_from_the_last_edition(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish(root, to)[0] == 0
    made: list[str] = []
    real = publishing.make

    def noted(reading, pool, force):
        made.extend(planned.name for planned in reading.outputs)
        return real(reading, pool, force)

    monkeypatch.setattr(publishing, "make", noted)
    with_salary(root, 130_000)
    assert publish(root, to)[0] == 0
    assert made == ["report"]
    first, second = (to / "editions" / record.name for record in state(to).editions)
    assert (first / "handout.pdf").read_bytes() == (second / "handout.pdf").read_bytes()
    assert (first / "report.pdf").read_bytes() != (second / "report.pdf").read_bytes()


def test_an_output_that_somebody_changed_in_the_last_edition_is_made_again(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    good = (to / "current/handout.pdf").read_bytes()
    (to / "current/handout.pdf").write_bytes(good + b"mine")
    code, said = publish(root, to)
    assert code == 0
    assert "was changed by somebody since it was published, and is published anew" in said
    assert (to / "current/handout.pdf").read_bytes() == good
    changed = to / "editions" / state(to).editions[0].name / "handout.pdf"
    assert changed.read_bytes() == good + b"mine"


def test_a_mistake_in_the_project_leaves_what_is_public_and_keeps_nothing(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    before = snapshot(to)
    (root / "tables/pay.csv").write_text("job,salary\nEngineer,-1\nAnalyst,100000\n", "utf-8")
    code, said = publish(root, to)
    assert code == 2
    assert "tables/pay.csv:2" in said
    assert snapshot(to) == before


def test_a_first_run_that_fails_leaves_no_folder(root: Path, to: Path) -> None:
    (root / "tables/pay.csv").unlink()
    assert publish(root, to)[0] == 2
    assert not to.exists()


def test_a_claim_that_does_not_hold_any_more_holds_back_and_keeps_but_the_reason(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    public = seen_of(to)
    with_salary(root, 90_000)
    code, said = publish(root, to)
    assert code == 3
    assert "story/report.md:1: the data deny the claim 'Engineers earn more'" in said
    assert "no document can be made" in said
    assert seen_of(to) == public
    listed = editions(to, "list")[1]
    assert "refused     no documents" in listed
    assert "the data deny the claim" in listed
    again = state(to).editions
    assert publish(root, to)[0] == 3
    assert state(to).editions == again
    code, said = editions(to, "accept", again[-1].id, "--by", "Jo", "--note", "Never mind.")
    assert (code, "has no documents: a claim in it is false" in said) == (2, True), said
    with_salary(root, 130_000)
    assert publish(root, to)[0] == 0
    assert [record.standing for record in state(to).editions] == ["published", "published"]
    assert litter(to) == []


def test_a_false_claim_among_other_mistakes_is_a_mistake(root: Path, to: Path) -> None:
    with_salary(root, 90_000)
    (root / "story/handout.md").write_text("# Two jobs\n\n{{ pay['Clerk'].salary }}\n", "utf-8")
    assert publish(root, to)[0] == 2
    assert not to.exists()


def seen_of(to: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (to / "current").iterdir()}


def test_data_that_are_older_than_allowed_hold_the_edition(root: Path, to: Path) -> None:
    settings(root, 'as_of = "2024"', 'as_of = "1990"\nstale_after = "2 years"')
    code, said = publish(root, to)
    assert code == 3
    assert "the data of 'pay' are of 1990, older than 2 years." in said
    assert "nothing is published" in said
    assert pointed_in(to) is None
    (record,) = state(to).editions
    folder = to / ".fairsheet/held" / record.name
    assert str(folder) in said
    assert sorted(path.name for path in folder.iterdir()) == ["handout.pdf", "manifest.json", "report.pdf"]
    assert litter_but_current(to) == []


def pointed_in(to: Path) -> str | None:
    with store.open_store(to) as found:
        return pointed(found.folder)


def litter_but_current(to: Path) -> list[str]:
    (to / "current").symlink_to("nowhere")
    found = litter(to)
    (to / "current").unlink()
    return found


def test_what_grows_old_while_nothing_is_new_is_told_as_well(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = datetime.date.today().year
    settings(root, 'as_of = "2024"', f'as_of = "{year}"\nstale_after = "2 years"')
    assert publish(root, to)[0] == 0
    monkeypatch.setattr("reports.runs.read.today", lambda: datetime.date(year + 4, 1, 1))
    code, said = publish(root, to)
    assert code == 3, said
    assert "older than 2 years" in said
    assert "Nothing new" in said


def test_strict_holds_for_what_is_otherwise_only_warned_of(root: Path, to: Path) -> None:
    settings(root, 'as_of = "2024"', f'as_of = "{datetime.date.today().year + 2}"')
    code, said = publish(root, to, "--strict")
    assert code == 3
    assert "a time to come" in said
    code, said = publish(root, to)
    assert code == 0
    assert "warning: " in said
    assert "a time to come" in said


def test_a_document_that_some_cannot_read_is_held(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = publishing.make

    def untagged(reading, pool, force):
        import io

        import pikepdf
        from msgspec.structs import replace

        made = real(reading, pool, force).finished()
        with pikepdf.open(io.BytesIO(made[0].content)) as pdf:
            del pdf.Root.StructTreeRoot
            stream = io.BytesIO()
            pdf.save(stream)
        changed = [replace(made[0], content=stream.getvalue()), *made[1:]]
        return SimpleNamespace(finished=lambda _: changed)

    monkeypatch.setattr(publishing, "make", untagged)
    code, said = publish(root, to)
    assert code == 3, said
    assert "report.pdf: document" in said


def test_a_document_that_would_vanish_is_told(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    code, said = publish(root, to, "--only", "report")
    assert code == 3
    assert "'handout' is public, and would not be any more." in said
    assert sorted(seen_of(to)) == ["handout.pdf", "manifest.json", "report.pdf"]


def test_a_gate_of_ones_own_holds_with_its_words(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from data.errors import Place, Problem

    def moved(candidate: gates.Candidate) -> tuple[Problem, ...]:
        assert (candidate.folder / "report.pdf").read_bytes().startswith(b"%PDF")
        return (Problem(Place("tables/pay.csv", 2), "moved too much.", "Look at it."),) if candidate.before else ()

    monkeypatch.setattr(publishing, "GATES", (*gates.GATES, moved))
    assert publish(root, to)[0] == 0
    with_salary(root, 190_000)
    code, said = publish(root, to)
    assert code == 3
    assert "tables/pay.csv:2: moved too much. Look at it." in said


def test_the_editions_of_another_project_are_left_alone(root: Path, to: Path, tmp_path: Path) -> None:
    assert publish(root, to)[0] == 0
    other = project(tmp_path / "other", 150_000)
    settings(other, 'title = "Two jobs"', 'title = "Two other jobs"')
    before = snapshot(to)
    code, said = publish(other, to)
    assert code == 2
    assert "holds the editions of another project, 'Two jobs'" in said
    assert "Choose another folder with --to." in said
    assert snapshot(to) == before


def test_what_others_put_into_the_folder_is_not_touched(root: Path, to: Path) -> None:
    (to / "editions/mine").mkdir(parents=True)
    (to / "editions/mine/note.txt").write_text("mine", "utf-8")
    (to / "index.html").write_text("mine", "utf-8")
    for salary in (120_000, 130_000):
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
    assert (to / "editions/mine/note.txt").read_text("utf-8") == "mine"
    assert (to / "index.html").read_text("utf-8") == "mine"


@needs_links
@pytest.mark.parametrize("how", ["folder", "link", "file"])
def test_a_current_that_a_person_made_is_in_the_way(how: str, root: Path, to: Path, tmp_path: Path) -> None:
    to.mkdir()
    (tmp_path / "elsewhere").mkdir()
    if how == "folder":
        (to / "current").mkdir()
    elif how == "link":
        (to / "current").symlink_to(tmp_path / "elsewhere")
    else:
        (to / "current").write_text("mine", "utf-8")
    code, said = publish(root, to)
    assert code == 4, said
    assert f"{to / 'current'}" in said
    assert "Move it away" in said or "move it away" in said
    assert sorted(path.name for path in to.iterdir()) == ["current"]


@needs_links
def test_who_moves_the_link_by_hand_is_believed(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    first = (to / "current").readlink()
    with_salary(root, 130_000)
    assert publish(root, to)[0] == 0
    (to / "current").unlink()
    (to / "current").symlink_to(first)
    code, said = publish(root, to)
    assert code == 0
    assert "so it counts as restored" in said
    assert state(to).editions[0].restored
    assert state(to).editions[-1].follows == first.name


@needs_links
def test_a_link_that_was_deleted_comes_back(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    (to / "current").unlink()
    code, said = publish(root, to)
    assert (code, "leads to" in said) == (0, True), said
    assert (to / "current/report.pdf").is_file()


def test_without_links_a_file_names_the_current_edition(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def none(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(data.files.folder.os, "symlink", none)
    for salary in (120_000, 130_000):
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
        assert not (to / "current").exists()
        named = json.loads((to / "current.json").read_text("utf-8"))["edition"]
        manifest = json.loads((to / named / "manifest.json").read_text("utf-8"))
        assert named.endswith(manifest["edition"])
    assert len(ids(to)) == 2
    code, said = editions(to, "withdraw", ids(to)[-1], "--note", "It was wrong.")
    assert code == 0, said
    assert json.loads((to / "current.json").read_text("utf-8"))["edition"].endswith(ids(to)[0])


@needs_links
def test_editions_that_nobody_knows_any_more_are_told_with_a_way_out(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    before = snapshot(to / "editions")
    shutil.rmtree(to / ".fairsheet")  # as a backup does that leaves out what begins with a dot
    with_salary(root, 130_000)
    code, said = publish(root, to)
    assert code == 4, said
    assert "the folder .fairsheet that knows of them is gone" in said
    assert snapshot(to / "editions") == before
    (to / "current").unlink()
    assert publish(root, to)[0] == 0


def test_a_clock_that_was_set_back_harms_nothing(root: Path, to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for year, salary in ((2030, 120_000), (2020, 130_000), (2025, 140_000)):
        at = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
        monkeypatch.setattr(store, "now", lambda at=at: at)
        with_salary(root, salary)
        assert publish(root, to)[0] == 0
    found = state(to)
    assert [record.name[:4] for record in found.editions] == ["2030", "2020", "2025"]
    assert found.current == found.editions[-1].name
    assert [record.follows for record in found.editions] == [None, *(r.name for r in found.editions[:2])]
    code, _ = editions(to, "withdraw", found.editions[-1].id, "--note", "It was wrong.")
    assert code == 0
    assert state(to).current == found.editions[1].name


def test_old_editions_go_but_never_those_that_a_person_has_to_do_with(to: Path) -> None:
    first = published(to, "0", keep=3)
    assert editions_restored(to, first.name)
    for version in range(1, 8):
        published(to, str(version), keep=3)
    kept = [record.name for record in state(to).editions]
    assert kept[0] == first.name
    assert len(kept) == 4
    assert seen(to) == "7"
    assert litter(to) == []


def editions_restored(to: Path, name: str) -> bool:
    second = published(to, "between", keep=9)
    code, said = editions(to, "restore", name)
    return code == 0 and second.id not in said


def test_how_many_are_kept_is_said_in_the_project(root: Path, to: Path) -> None:
    (root / "project.toml").write_text(
        (root / "project.toml").read_text("utf-8") + "\n[publish]\nkeep = 2\n", encoding="utf-8"
    )
    for number in range(5):
        with_salary(root, 120_000 + number)
        assert publish(root, to)[0] == 0
    assert len(ids(to)) == 2
    assert len(list((to / "editions").iterdir())) == 2


def test_editions_that_are_too_old_go(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for year, version in ((2020, "a"), (2021, "b"), (2024, "c"), (2026, "d")):
        published_in(year, to, version, monkeypatch)
    assert [record.name[:4] for record in state(to).editions] == ["2024", "2026"]


def published_in(year: int, to: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime.datetime(year, 1, 1, tzinfo=datetime.UTC)
    monkeypatch.setattr(store, "now", lambda: at)
    published(to, version, keep=30)


def test_a_clock_that_is_years_ahead_takes_no_edition_away(to: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    years = [2026, 2026, 2026, 2090, 2026, 2026]
    for number, year in enumerate(years):
        published_in(year, to, str(number), monkeypatch)
    assert [record.name[:4] for record in state(to).editions] == list(map(str, years))


def test_a_second_run_waits_or_says_who_is_at_work(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    with_salary(root, 130_000)
    with store.open_store(to):
        code, said = publish(root, to, "--wait", "0")
        assert code == 5
        assert f"another run is still writing there (process {os.getpid()} on " in said
        assert "since 20" in said
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "generate.py"), "publish", str(root), "--to", str(to)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        assert f"waiting for another run that writes into {to} (process {os.getpid()} on " in line
    out, _ = process.communicate(timeout=300)
    assert process.returncode == 0, out
    assert len(ids(to)) == 2


def test_a_run_is_not_stopped_by_what_a_killed_one_said_of_itself(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    (to / ".fairsheet/holder.json").write_text('{"process": 1, "host": "gone", "since": "long ago"}', "utf-8")
    assert publish(root, to, "--wait", "0")[0] == 0
    assert litter(to) == []


def test_two_runs_at_once_publish_one_edition_after_the_other(root: Path, to: Path) -> None:
    for number in range(2):
        with_salary(root, 130_000 + number)
        pair = [
            subprocess.Popen(
                [sys.executable, str(ROOT / "generate.py"), "publish", str(root), "--to", str(to)],
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            )
            for _ in range(2)
        ]  # fmt: skip
        said = [process.communicate(timeout=300)[0] for process in pair]
        assert [process.returncode for process in pair] == [0, 0], said
        assert sum("Published edition" in one for one in said) == 1, said
        assert sum("Nothing new" in one for one in said) == 1, said
    assert litter(to) == []


def test_a_reader_always_finds_a_whole_edition(to: Path) -> None:
    published(to, "0")
    ended = threading.Event()
    found: set[str] = set()
    faults: list[BaseException] = []

    def read() -> None:
        while not ended.is_set():
            try:
                found.add(seen(to))
            except BaseException as error:  # is told below
                faults.append(error)
                return

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for version in range(1, 21):
        published(to, str(version), keep=4)
        time.sleep(0.01)
    ended.set()
    for reader in readers:
        reader.join()
    assert not faults
    assert len(found) > 3
    assert seen(to) == "20"


@needs_links
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="this user may write everywhere")
def test_a_folder_that_must_not_be_written_keeps_what_is_public(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    before = snapshot(to)
    with_salary(root, 130_000)
    to.chmod(0o555)
    try:
        code, said = publish(root, to)
    finally:
        to.chmod(0o755)
    assert (code, "cannot be written to: Permission denied." in said) == (2, True), said
    assert snapshot(to) == before


def test_a_damaged_journal_is_told(root: Path, to: Path) -> None:
    assert publish(root, to)[0] == 0
    (to / ".fairsheet" / records.JOURNAL).write_text("{", "utf-8")
    code, said = publish(root, to)
    assert (code, "is damaged: it does not say what editions there are." in said) == (2, True), said
    assert (to / "current/report.pdf").is_file()


def test_a_journal_that_names_other_folders_is_not_believed(root: Path, to: Path, tmp_path: Path) -> None:
    assert publish(root, to)[0] == 0
    journal = to / ".fairsheet" / records.JOURNAL
    name = state(to).editions[0].name
    (tmp_path / "precious").mkdir()
    journal.write_text(journal.read_text("utf-8").replace(name, "../../precious"), "utf-8")
    code, said = publish(root, to)
    assert (code, "is damaged" in said) == (2, True), said
    assert (tmp_path / "precious").is_dir()


def test_a_run_that_knows_that_nothing_was_touched_reads_nothing(
    root: Path, to: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["publish", str(root), "--to", str(to)]
    monkeypatch.setattr(sys, "argv", ["generate.py", *command])
    monkeypatch.setattr(standing, "_COARSE", -60_000_000_000)  # as if all had been written long ago
    assert run(*command)[0] == 0
    assert standing.standing(command) is None
    code, said = run(*command)
    assert code == 0
    known = standing.standing(command)
    assert known is not None
    assert known.lines[0] in said
    code, _ = editions(to, "withdraw", ids(to)[0], "--note", "It was wrong.")
    assert code == 0
    assert standing.standing(command) is None


def test_building_and_publishing_do_not_mix(root: Path, to: Path) -> None:
    with output_folder(to, root):
        code, said = publish(root, to, "--wait", "0")
        assert (code, "another run is still writing there" in said) == (5, True), said
    assert hashlib.sha256(b"").hexdigest()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--to", ""], "is empty"),
        (["--only", ","], "names no output"),
        (["--published", "2026-13"], "2026-13"),
        (["--wait", "-1"], "'--wait'"),
        (["--only", "poster"], "the project has no output 'poster'"),
    ],
)
def test_what_is_typed_wrong_is_told(options: list[str], said: str, root: Path, tmp_path: Path) -> None:
    code, output = run("publish", root, *(options if "--to" in options else ["--to", tmp_path / "x", *options]))
    assert (code, said in output) == (2, True), output
    assert not (tmp_path / "x").exists()
