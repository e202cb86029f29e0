"""What changed between two editions is told: rows, cells, words and charts; and what moved too far is found."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from reports.changes.brief import as_markdown, brief_of
from reports.changes.compare import Changes, compare
from reports.changes.kept import FORM, Kept, decoded, kept
from reports.changes.moved import moved
from reports.changes.places import places
from reports.changes.sheet import as_pdf
from reports.runs.bind import Options
from reports.runs.read import Reading, read
from reports.runs.write import write

PAY = """\
title = "Pay"
[tables.pay]
file = "pay.csv"
source = "Invented"
as_of = "2026"
{changes}
[tables.pay.fields]
job = {{ type = "text", key = true }}
pay = {{ type = "money", unit = "USD"{pay} }}
share = {{ type = "percent"{share} }}
[charts.pay]
table = "pay"
kind = "bar"
x = "pay"
y = "job"
title = "What jobs pay"
[outputs.report]
writer = "report"
story = "story.md"
"""
STORY = """\
# Pay

## What is paid

A nurse earns {{ pay["Nurse"].pay }}. Others earn less.

![What jobs pay](chart:pay)

{% if pay["Nurse"].pay > pay["Cook"].pay %}Nurses earn more than cooks.{% else %}Cooks earn more than nurses.{% endif %}
"""
ROWS = "job,pay,share\nNurse,90000,30\nCook,40000,20\nClerk,45000,\n"


def _project(folder: Path, rows: str = ROWS, changes: str = "", pay: str = "", share: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "project.toml").write_text(PAY.format(changes=changes, pay=pay, share=share), "utf-8")
    (folder / "story.md").write_text(STORY, "utf-8")
    (folder / "pay.csv").write_text(rows, "utf-8")
    return folder


def _read(folder: Path, edition: str) -> tuple[Reading, Kept]:
    reading = read(folder, Options())
    found = decoded(kept(reading, edition).encoded())
    assert found is not None
    return reading, found


def _changes(tmp_path: Path, after: str, before: str = ROWS, **said: str) -> tuple[Reading, Changes]:
    _, old = _read(_project(tmp_path / "p", before, **said), "aaaaaaa")
    reading, new = _read(_project(tmp_path / "p", after, **said), "bbbbbbb")
    return reading, compare(old, new)


def _held(tmp_path: Path, after: str, before: str = ROWS, **said: str) -> list[str]:
    reading, changes = _changes(tmp_path, after, before, **said)
    settings = reading.project.settings.tables
    return [str(problem) for problem in moved(changes.tables, settings, reading.project.file, "en-US")]


def _told(changes: Changes) -> str:
    return as_markdown(brief_of(changes, {}))


def test_the_same_data_are_no_change(tmp_path: Path) -> None:
    _, changes = _changes(tmp_path, ROWS)
    assert not changes.any
    assert "Nothing that a reader sees has changed." in _told(changes)


def test_what_an_edition_keeps_is_the_same_for_the_same_edition(tmp_path: Path) -> None:
    reading = read(_project(tmp_path / "p"), Options())
    assert kept(reading, "aaaaaaa").encoded() == kept(reading, "aaaaaaa").encoded()


@pytest.mark.parametrize("damage", [b"", b"no gzip", None])
def test_what_is_damaged_or_of_another_form_is_not_compared(tmp_path: Path, damage: bytes | None) -> None:
    found = kept(read(_project(tmp_path / "p"), Options()), "aaaaaaa")
    assert decoded(found.encoded()) == found
    if damage is None:
        assert decoded(replace(found, form=FORM + 1).encoded()) is None
        assert decoded(found.encoded()[:-9]) is None
    else:
        assert decoded(damage) is None


def test_cells_rows_sentences_and_charts_are_told(tmp_path: Path) -> None:
    after = "job,pay,share\nNurse,95000,30\nClerk,45000,\nDriver,50000,10\n"
    before = ROWS.replace("{% if", "")
    _, old = _read(_project(tmp_path / "p", before), "aaaaaaa")
    story = STORY[: STORY.index("{% if")]
    folder = _project(tmp_path / "p", after)
    (folder / "story.md").write_text(story, "utf-8")
    _, new = _read(folder, "bbbbbbb")
    told = _told(compare(old, new))
    assert "“A nurse earns $90,000.” became “A nurse earns $95,000.”" in told
    assert "Others earn less" not in told  # what is the same is not told
    assert "“Nurses earn more than cooks.” is gone" in told
    assert "Nurse $90,000 → $95,000; Driver is new; Cook is gone" in told
    assert "- Added: 1 row (Driver)." in told
    assert "- Removed: 1 row (Cook)." in told
    assert "- Nurse, Pay: $90,000 → $95,000" in told


def test_a_claim_that_turned_round_is_told_first(tmp_path: Path) -> None:
    _, changes = _changes(tmp_path, ROWS.replace("Cook,40000", "Cook,99000"))
    told = _told(changes)
    flipped = told.index("“Nurses earn more than cooks.” became “Cooks earn more than nurses.”")
    assert told.index("## What is said differently") < flipped < told.index("## Charts")


def test_of_data_that_no_document_shows_only_the_number_is_told(tmp_path: Path) -> None:
    _, changes = _changes(tmp_path, ROWS.replace("Nurse,90000,30", "Nurse,90000,33"))
    told = _told(changes)
    assert "- Restated: 1 cell, none of which documents show." in told
    assert "33" not in told
    assert "Nurse, Share: 30% → 33%" in as_markdown(brief_of(changes, {}, whole=True))


def test_what_the_project_hides_is_in_no_edition(tmp_path: Path) -> None:
    rows = "job,pay,share\nNurse,91357,30\nCook,40000,20\nClerk,45000,3\nBaker,61934,2\n"
    folder = _project(tmp_path / "p", rows, changes='minimum_n = { field = "share", value = 10 }')
    settings = (folder / "project.toml").read_text("utf-8").replace('"percent"', '"integer"')
    (folder / "project.toml").write_text(settings, "utf-8")
    (folder / "story.md").write_text("# Pay\n\n![What jobs pay](table:pay)\n\n![What jobs pay](chart:pay)\n", "utf-8")
    _, found = _read(folder, "aaaaaaa")
    cells = [cell for table in found.tables.values() for column in table.columns.values() for cell in column]
    assert "91357" in cells
    assert "61934" not in cells
    assert "45000" not in cells


def test_a_value_that_moved_further_than_its_field_allows_is_found(tmp_path: Path) -> None:
    after = ROWS.replace("90000", "9000")
    (found,) = _held(tmp_path, after, pay=', max_change = "10 %"')
    assert "'pay' of the table 'pay' moved by more than 10 %: 'Nurse' had $90,000 and has $9,000." in found
    assert "project.toml:9:" in found
    assert not _held(tmp_path, after, pay=', max_change = "90 %"')
    assert _held(tmp_path, after, pay=", max_change = 80999")
    assert not _held(tmp_path, after, pay=", max_change = 81000")


@pytest.mark.parametrize(
    ("before", "after", "held"),
    [
        ("Clerk,45000,", "Clerk,45000,5", False),  # a value that came
        ("Nurse,90000,30", "Nurse,90000,", True),  # one that went
        ("Nurse,90000,30", "Nurse,90000,33", True),
        ("Nurse,90000,30", "Nurse,90000,32", False),
        ("Cook,40000,20", "Cook,40000,0", True),
    ],
)
def test_a_limit_in_the_unit_of_the_values(tmp_path: Path, before: str, after: str, held: bool) -> None:
    assert bool(_held(tmp_path, ROWS.replace(before, after), share=", max_change = 2")) == held


def test_from_zero_no_share_says_how_far_a_value_moved(tmp_path: Path) -> None:
    before = ROWS.replace("Cook,40000,20", "Cook,40000,0")
    assert _held(tmp_path, before.replace("Cook,40000,0", "Cook,40000,1"), before, share=', max_change = "500 %"')


def test_rows_that_went_or_came_are_counted(tmp_path: Path) -> None:
    more = ROWS + "Driver,50000,10\nBaker,50000,10\n"
    assert _held(tmp_path, more, changes='changes.rows = "50 %"')
    assert not _held(tmp_path, more, changes='changes.rows = "67 %"')
    assert not _held(tmp_path, more, changes="changes.rows = 2")
    assert _held(tmp_path, more, changes="changes.rows = 1")
    assert not _held(tmp_path, more)  # small tables may, where nothing is said


def test_a_table_of_which_half_is_gone_is_looked_at_whatever_is_said(tmp_path: Path) -> None:
    many = "job,pay,share\nNurse,90000,30\nCook,40000,20\n" + "".join(f"Job {n},50000,1\n" for n in range(40))
    few = "\n".join(many.splitlines()[:20]) + "\n"
    (found,) = _held(tmp_path, few, many)
    assert "'pay' had 42 rows and has 19" in found


def test_categories_that_went_or_came_are_named(tmp_path: Path) -> None:
    found = _held(tmp_path, ROWS.replace("Clerk", "Office clerk"), changes='changes.categories = ["job"]')
    assert any("'Clerk' is gone" in one for one in found)
    assert any("'Office clerk' is new" in one for one in found)


TIMES = """\
title = "Jobs"
[tables.jobs]
file = "jobs.csv"
changes = { identity = ["year", "place"], history = "year" }
[tables.jobs.fields]
year = { type = "year" }
place = { type = "text" }
jobs = { type = "integer", max_change = "50 %" }
[outputs.report]
writer = "report"
story = "story.md"
"""


def _held_in_time(tmp_path: Path, before: str, after: str) -> list[str]:
    tmp_path.joinpath("project.toml").write_text(TIMES, "utf-8")
    tmp_path.joinpath("story.md").write_text("# Jobs\n\nThere are {{ jobs.count }} rows.\n", "utf-8")
    found: list[Kept] = []
    for rows in (before, after):
        (tmp_path / "jobs.csv").write_text(rows, "utf-8")
        reading, one = _read(tmp_path, "aaaaaaa")
        found.append(one)
    changes = compare(*found)
    settings = reading.project.settings.tables
    return [str(problem) for problem in moved(changes.tables, settings, reading.project.file, "en-US")]


def test_a_past_that_was_restated_is_found_and_the_newest_time_may_change(tmp_path: Path) -> None:
    before = "year,place,jobs\n2023,North,100\n2023,South,90\n2024,North,110\n2024,South,95\n"
    assert not _held_in_time(tmp_path, before, before.replace("110", "112") + "2025,North,120\n")
    (found,) = _held_in_time(tmp_path, before, before.replace("2023,South,90", "2023,South,91"))
    assert "rows of the table 'jobs' from before 2024 changed: '2023, South' had 90 and has 91." in found
    assert "'2022, North' is new" in _held_in_time(tmp_path, before, before + "2022,North,80\n")[0]
    assert "'2023, North' is gone" in _held_in_time(tmp_path, before, before.replace("2023,North,100\n", ""))[0]


def test_a_new_time_is_compared_with_the_one_before(tmp_path: Path) -> None:
    before = "year,place,jobs\n2023,North,100\n2024,North,110\n2024,South,95\n"
    assert not _held_in_time(tmp_path, before, before + "2025,North,150\n2025,South,60\n")
    (found,) = _held_in_time(tmp_path, before, before + "2025,North,1150\n2025,South,60\n")
    assert "'2025, North' has 1,150 after 110" in found
    assert "South" not in found


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"changes": 'changes.rows = "many"'}, "'many' is no limit"),
        ({"changes": 'changes.identity = ["jib"]'}, "changes names 'jib', which is no field of the table"),
        ({"changes": 'changes.history = "job"'}, "history names 'job', which is no year or date"),
        ({"pay": ', max_change = "10"'}, "'10' is no limit"),
        ({"pay": ", max_change = -1"}, "max_change"),
    ],
)
def test_a_limit_that_cannot_be_held_is_a_mistake(tmp_path: Path, said: Mapping[str, str], message: str) -> None:
    with pytest.raises(ProjectError) as caught:
        read(_project(tmp_path / "p", **said), Options())
    assert message in str(caught.value)


def test_words_cannot_move_by_a_number(tmp_path: Path) -> None:
    folder = _project(tmp_path / "p")
    settings = (folder / "project.toml").read_text("utf-8").replace("key = true", 'key = true, max_change = "5 %"')
    (folder / "project.toml").write_text(settings, "utf-8")
    with pytest.raises(ProjectError, match="max_change needs numbers that can move"):
        read(folder, Options())


def test_the_brief_is_one_page_with_charts_before_and_after(tmp_path: Path) -> None:
    import pikepdf

    rows = "job,pay,share\nNurse,90000,30\nCook,40000,20\n" + "".join(f"Job {n},{40 + n}000,1\n" for n in range(30))
    reading, changes = _changes(tmp_path, rows.replace("000,1", "500,1").replace("90000", "91000"), rows)
    brief = brief_of(changes, {}, ["project.toml:3: much moved."])
    content = as_pdf(brief, changes, reading.project.brand, 946_684_800)
    assert content == as_pdf(brief, changes, reading.project.brand, 946_684_800)
    (tmp_path / "brief.pdf").write_bytes(content)
    with pikepdf.open(tmp_path / "brief.pdf") as pdf:
        assert len(pdf.pages) == 1


def test_a_change_is_told_with_its_page(tmp_path: Path) -> None:
    reading, changes = _changes(tmp_path, ROWS.replace("90000", "91000"))
    (written,) = write(reading, None).finished()
    (tmp_path / "report.pdf").write_bytes(written.content)
    told = as_markdown(brief_of(changes, places({"report": tmp_path / "report.pdf"})))
    assert "- report, under “What is paid”, page 3: “A nurse earns $90,000.”" in told


def test_of_a_heading_that_stands_in_several_places_each_is_told(tmp_path: Path) -> None:
    folder = _project(tmp_path / "p")
    twice = STORY + "\n# More\n\n" + "Nothing is said here at any length.\n\n" * 40 + "## What is paid\n\nNothing.\n"
    (folder / "story.md").write_text(twice, "utf-8")
    (written,) = write(read(folder, Options()), None).finished()
    (tmp_path / "report.pdf").write_bytes(written.content)
    assert places({"report": tmp_path / "report.pdf"})["report", "What is paid"] == "page 3 or page 5"


def test_many_rows_of_one_name_are_known_again_by_their_numbers(tmp_path: Path) -> None:
    def rows(more: int) -> str:
        return "job,pay,share,hours\n" + "".join(f"Nurse,{n + more},{n},{n % 7}\n" for n in range(2_000))

    kept_ones: list[Kept] = []
    for more in (0, 5_000):
        folder = _project(tmp_path / "p", rows(more))
        settings = (folder / "project.toml").read_text("utf-8").replace(", key = true", "")
        settings = settings.replace(
            'share = { type = "percent"', 'hours = { type = "number" }\nshare = { type = "number"'
        )
        settings = settings[: settings.index("[charts.pay]")] + settings[settings.index("[outputs.report]") :]
        (folder / "project.toml").write_text(settings, "utf-8")
        (folder / "story.md").write_text("# Pay\n\nThere are {{ pay.count }} rows.\n", "utf-8")
        kept_ones.append(_read(folder, "aaaaaaa")[1])
    (table,) = compare(*kept_ones).tables
    assert not table.rows.added
    assert {(one.before, one.field.name) for one in table.rows.restated} == {(n, "pay") for n in range(2_000)}


AI_FIELDS = (
    "work_year", "experience_level", "employment_type", "job_title", "salary", "salary_currency", "salary_in_usd",
    "employee_residence", "remote_ratio", "company_location", "company_size",
)  # fmt: skip
AI_NUMBERS = ("salary", "salary_in_usd", "remote_ratio")
AI_PROJECT = (
    'title = "AI"\n[tables.jobs]\nfile = "jobs.csv"\n[tables.jobs.fields]\n'
    + "".join(f'{name} = {{ type = "{"integer" if name in AI_NUMBERS else "text"}" }}\n' for name in AI_FIELDS)
    + '[outputs.report]\nwriter = "report"\nstory = "story.md"\n'
)


def _replayed(tmp_path: Path, project: str, files: list[Path], name: str) -> Iterator[tuple[Reading, Changes]]:
    (tmp_path / "project.toml").write_text(project, "utf-8")
    (tmp_path / "story.md").write_text("# Jobs\n\nThere are {{ jobs.count }} rows.\n", "utf-8")
    last: Kept | None = None
    for file in files:
        shutil.copyfile(file, tmp_path / name)
        reading, found = _read(tmp_path, "aaaaaaa")
        if last is not None:
            yield reading, compare(last, found)
        last = found


def test_five_weekly_releases_are_told_as_they_were_counted_apart_and_the_jump_is_held(
    shared: Path, tmp_path: Path
) -> None:
    files = sorted((shared / "data/ai-jobs-salaries").glob("*.csv"))
    assert len(files) == 6
    for (old, new), (reading, changes) in zip(
        pairwise(files), _replayed(tmp_path, AI_PROJECT, files, "jobs.csv"), strict=True
    ):
        (table,) = changes.tables
        counted = (len(table.rows.added), len(table.rows.removed), len(table.rows.restated))
        assert counted == _counted_apart(old, new)
        assert len(table.now) == len(_rows(new))
        held = moved(changes.tables, reading.project.settings.tables, reading.project.file, "en-US")
        assert bool(held) == ("2024" in new.name)


def _rows(file: Path) -> list[tuple[str, ...]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return [tuple(row[name] for name in AI_FIELDS) for row in csv.DictReader(stream)]


def _counted_apart(old: Path, new: Path) -> tuple[int, int, int]:
    """Added and removed rows and restated cells, by striking out: first equal rows, then those with one number changed,
    pairs of which are as many as can be."""
    before, now = Counter(_rows(old)), Counter(_rows(new))
    gone, come = list((before - now).elements()), list((now - before).elements())
    numbers = [AI_FIELDS.index(name) for name in AI_NUMBERS]

    def differing(one: tuple[str, ...], other: tuple[str, ...]) -> list[int]:
        return [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]

    partners = {
        n: [m for m, other in enumerate(come) if len(d := differing(one, other)) == 1 and d[0] in numbers]
        for n, one in enumerate(gone)
    }
    taken: dict[int, int] = {}

    def finds(n: int, seen: set[int]) -> bool:
        for m in partners[n]:
            if m not in seen:
                seen.add(m)
                if m not in taken or finds(taken[m], seen):
                    taken[m] = n
                    return True
        return False

    pairs = sum(finds(n, set()) for n in partners)
    return len(come) - pairs, len(gone) - pairs, pairs


GES_NUMBERS = (
    "employment_rate_overall", "employment_rate_ft_perm", "basic_monthly_mean", "basic_monthly_median",
    "gross_monthly_mean", "gross_monthly_median", "gross_mthly_25_percentile", "gross_mthly_75_percentile",
)  # fmt: skip
GES_NAMES = ("year", "university", "school", "degree")


def test_both_releases_of_singapore_are_told_as_they_were_counted_apart(shared: Path, tmp_path: Path) -> None:
    folder = shared / "data/singapore-ges"
    old, new = (
        {tuple(" ".join(row[name].split()) for name in GES_NAMES): row for row in csv.DictReader(text.splitlines())}
        for text in (
            (folder / "ges_2013-2018_latin1.csv").read_text("latin-1"),
            (folder / "ges_2013-2022_utf8.csv").read_text("utf-8"),
        )
    )
    project = (
        'title = "GES"\n[tables.jobs]\nfile = "jobs.csv"\nmissing = ["na", "N.A.", ""]\n'
        f"changes = {{ identity = {list(GES_NAMES)} }}\n".replace("'", '"')
        + "[tables.jobs.fields]\n"
        + "".join(f'{name} = {{ type = "text" }}\n' for name in GES_NAMES)
        + "".join(f'{name} = {{ type = "number" }}\n' for name in GES_NUMBERS)
        + '[outputs.report]\nwriter = "report"\nstory = "story.md"\n'
    )
    first = tmp_path / "first.csv"
    first.write_text((folder / "ges_2013-2018_latin1.csv").read_text("latin-1"), "utf-8")
    ((_, changes),) = _replayed(tmp_path, project, [first, folder / "ges_2013-2022_utf8.csv"], "jobs.csv")
    (table,) = changes.tables
    assert len(table.rows.added) == len(new.keys() - old.keys())
    assert len(table.rows.removed) == len(old.keys() - new.keys())
    differ = [
        (row, name)
        for row in old.keys() & new.keys()
        for name in GES_NUMBERS
        if _number(old[row][name]) != _number(new[row][name])
    ]
    assert len(table.rows.restated) == len(differ)


def _number(said: str) -> float | None:
    return None if said.strip() in ("na", "N.A.", "") else float(said)
