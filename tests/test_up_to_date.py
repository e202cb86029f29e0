"""A build makes the documents that are made from something else than what stands there; the folder is that of a clean
build, whatever was changed before. FAIRSHEET_FULL=1 walks 300 changes."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from shutil import copyfile, rmtree

import pytest
from pptx import Presentation

from data.look.fonts import shipped_family
from reports.deck.templates.make_template import make_template
from reports.runs import write as writing
from reports.runs.bind import Options
from reports.runs.build import Built, build
from tests.test_bad_input import change, run

STEPS = 300 if os.environ.get("FAIRSHEET_FULL") == "1" else 8
ALL = ("report.pdf", "handout.pdf", "deck.pptx")


def built(root: Path, out: Path, **options: object) -> Built:
    force = bool(options.pop("force", False))
    return build(root, out, Options(**options), overwrite=False, force=force)  # what a run asks for


def made(found: Built) -> set[str]:
    return {saved.path.name for saved in found.saved}


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if not path.name.startswith(".")}


def inodes(out: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in out.iterdir()}


def test_what_is_up_to_date_is_left_as_it_is(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = built(small_project, out)
    before = inodes(out)
    again = built(small_project, out)
    assert made(first) == set(ALL)
    assert (made(again), again.standing, again.edition) == (set(), ALL, first.edition)
    assert inodes(out) == before


def test_a_cell_remakes_the_documents_that_show_it_and_no_others(small_project: Path, tmp_path: Path) -> None:
    change(small_project, "tables/pay.csv", "110000\n", "110000\nClerk,50000\n")
    change(small_project, "story/handout.md", "# ", "{{ pay['Clerk'].salary }} is what a clerk gets.\n\n# ")
    out = tmp_path / "out"
    built(small_project, out)
    before = contents(out)
    change(small_project, "tables/pay.csv", "Clerk,50000", "Clerk,51000")
    found = built(small_project, out)
    assert "handout.pdf" in made(found)
    changed = {name for name, content in contents(out).items() if content != before[name]}
    assert changed == made(found) | {"manifest.json"}
    assert set(found.standing) == set(ALL) - made(found)


def test_force_makes_all_again(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(small_project, out)
    before = contents(out)
    found = built(small_project, out, force=True)
    assert (made(found), found.standing) == (set(ALL), ())
    assert contents(out) == before


@pytest.mark.parametrize("name", ALL)
def test_a_document_that_is_gone_or_damaged_is_made_again(name: str, small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(small_project, out)
    before = contents(out)
    (out / name).unlink()
    assert made(built(small_project, out)) == {name}
    assert contents(out) == before


def test_a_document_that_a_person_edited_is_not_up_to_date(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    built(small_project, out)
    (out / "deck.pptx").write_bytes(b"hers")
    for _ in range(2):
        found = built(small_project, out)
        assert made(found) == {"deck.new.pptx"}
        assert found.standing == ("report.pdf", "handout.pdf")
    assert (out / "deck.pptx").read_bytes() == b"hers"


@pytest.mark.parametrize("key", ["made_from", "sha256", "file", "bytes"])
@pytest.mark.parametrize("said", [None, 7, "", ["a"], {"a": 1}])
def test_a_manifest_that_somebody_changed_says_nothing(
    key: str, said: object, small_project: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    built(small_project, out, only=("report",))
    before = (out / "report.pdf").read_bytes()
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    manifest["outputs"]["report"][key] = said
    (out / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    found = built(small_project, out, only=("report",))
    assert found.standing == (("report.pdf",) if key == "bytes" else ())
    assert before in contents(out).values()
    if key == "bytes":
        assert json.loads((out / "manifest.json").read_text("utf-8"))["outputs"]["report"][key] == len(before)


def test_a_warning_is_told_again_although_nothing_is_made(small_project: Path, tmp_path: Path) -> None:
    change(small_project, "project.toml", 'as_of = "2024"', 'as_of = "2024"\nstale_after = "30 days"')
    out = tmp_path / "out"
    first, again = built(small_project, out), built(small_project, out)
    assert first.warnings
    assert again.warnings == first.warnings
    assert not again.saved


def test_a_run_says_what_it_made_and_what_stood_there(small_project: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "Made report.pdf, handout.pdf, deck.pptx in" in run("build", small_project, "--out", out)[1]
    assert "report.pdf, handout.pdf, deck.pptx are up to date in" in run("build", small_project, "--out", out)[1]
    change(small_project, "story/deck.md", "# ", "# Now: ")
    code, said = run("build", small_project, "--out", out)
    assert code == 0
    assert "Made deck.pptx in" in said
    assert "report.pdf, handout.pdf are up to date." in said
    assert "Made report.pdf, handout.pdf, deck.pptx in" in run("build", small_project, "--out", out, "--force")[1]


def test_another_state_of_fairsheet_makes_other_documents(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    built(small_project, out)
    monkeypatch.setattr("reports.runs.edition.code", lambda: "another")
    assert made(built(small_project, out)) == set(ALL)


# -- a walk ------------------------------------------------------------------

Change = Callable[[Path, Random], None]


def _cells(root: Path, random: Random) -> None:
    rows = [f"Engineer,{random.randrange(130, 160) * 1000}\n", f"Analyst,{random.randrange(90, 130) * 1000}\n"]
    others = [("Clerk", 30), ("Nurse", 60)]  # never two of one salary: the story asks for the lowest
    rows += [f"{job},{random.randrange(low, low + 30) * 1000}\n" for job, low in others if random.random() < 0.5]
    (root / "tables/pay.csv").write_text("job,salary\n" + "".join(rows), "utf-8")


def _story(root: Path, random: Random) -> None:
    path = root / "story" / random.choice(("report.md", "handout.md", "deck.md"))
    lines = path.read_text("utf-8").split("<!-- more -->")[0].rstrip()
    more = f"\n\n<!-- more -->\n\n{random.choice(('Much', 'Little', 'Enough'))} is said here.\n"
    path.write_text(lines + (more if path.name != "deck.md" else "\n"), "utf-8")


def _brand(root: Path, random: Random) -> None:
    colour = random.choice(("#0B5C8A", "#7A1F2B", "#2B5D34"))
    paper = random.choice(("letter", "a4"))
    text = f'institution = "{random.choice(("Test", "Other"))} University"\npaper = "{paper}"\n'
    text += random.choice(("", 'template = "own.pptx"\n'))
    if not (root / "own.pptx").exists():
        own = Presentation(BytesIO(make_template()))
        own.slide_layouts[1].placeholders[0].top += 50_000  # another one than what is used without any
        own.save(str(root / "own.pptx"))
    family = shipped_family("Source Sans Pro")
    copyfile(random.choice((family.regular, family.bold)).path, root / "own.ttf")
    fonts = random.choice(("", '[fonts]\ntext = { name = "Own", regular = "own.ttf" }\n'))
    (root / "brand.toml").write_text(f'{text}[colours]\naccent = "{colour}"\n{fonts}', "utf-8")


def _options(root: Path, random: Random) -> None:
    text = (root / "project.toml").read_text("utf-8")
    title = next(line for line in text.splitlines() if line.startswith("title = "))
    text = text.replace(title, f'title = "{random.choice(("Pay of two jobs", "Two jobs"))}"', 1)
    (root / "project.toml").write_text(text, "utf-8")


def _comment(root: Path, random: Random) -> None:
    """What no document shows."""
    with (root / random.choice(("project.toml", "brand.toml"))).open("a", encoding="utf-8") as stream:
        stream.write(f"# {random.random()}\n")


CHANGES: tuple[Change, ...] = (_cells, _cells, _story, _story, _brand, _options, _comment)


def test_after_any_changes_the_folder_is_that_of_a_clean_build(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "is_worth_two", lambda *_: False)
    monkeypatch.setenv("FAIRSHEET_CACHE", "on")
    random, out, clean = Random(11), tmp_path / "out", tmp_path / "clean"
    built(small_project, out)
    for step in range(STEPS):
        before = contents(out)
        random.choice(CHANGES)(small_project, random)
        rmtree(clean, ignore_errors=True)
        built(small_project, clean, force=True)  # which takes nothing from the cache
        found = built(small_project, out)
        assert contents(out) == contents(clean), step
        needed = {name for name in ALL if contents(clean)[name] != before[name]}
        assert made(found) == needed, step
