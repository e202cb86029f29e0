"""An output's edition changes with all that the output is made from, and with nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from data.digest import Digest
from data.errors import Place
from reports.deck.templates.make_template import make_template
from reports.runs.edition import edition_of_all
from reports.runs.read import Options, read
from reports.writers import WRITERS

ALL = {"report", "handout", "deck"}
TABLES = """\
[tables.other]
file = "tables/other.csv"
[tables.other.fields]
place = { title = "Place", type = "text", key = true }
people = { title = "People", type = "integer" }

[charts.pay]"""


class Word(Struct, frozen=True):
    text: str
    place: Place


_plain = st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text() | st.binary()
_values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=4).map(tuple) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


def same(one: object, other: object) -> bool:
    """Equal, and of one kind throughout: 1 is neither 1.0 nor true."""
    if type(one) is not type(other):
        return False
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    return repr(one) == repr(other)


@given(_values, _values)
def test_a_digest_tells_values_apart_and_nothing_else(one: object, other: object) -> None:
    assert (Digest(one).hexadecimal == Digest(other).hexadecimal) == same(one, other)
    assert Digest(one, other).hexadecimal != Digest((one, other)).hexadecimal
    assert Digest(one).hexadecimal == Digest(one).hexadecimal


def test_the_order_of_what_has_none_does_not_count() -> None:
    assert Digest({"a": 1, "b": 2}).hexadecimal == Digest({"b": 2, "a": 1}).hexadecimal
    assert Digest({"a", "b", "c"}).hexadecimal == Digest({"c", "b", "a"}).hexadecimal
    assert Digest({"a": "b"}).hexadecimal != Digest({"b": "a"}).hexadecimal


def test_where_something_was_written_does_not_count_and_what_a_file_holds_does(tmp_path: Path) -> None:
    assert Digest(Word("a", Place("x", 1))).hexadecimal == Digest(Word("a", Place("y", 2))).hexadecimal
    assert Digest(Word("a", Place("x", 1))).hexadecimal != Digest(Word("b", Place("x", 1))).hexadecimal
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_bytes(b"1")
    other.write_bytes(b"1")
    assert Digest(one).hexadecimal == Digest(other).hexadecimal
    other.write_bytes(b"2")
    assert Digest(one).hexadecimal != Digest(other).hexadecimal


def test_what_has_no_digest_is_no_value() -> None:
    with pytest.raises(TypeError, match="a Random has no digest"):
        Digest(random.Random(1))
    assert Digest(Decimal("1.0")).hexadecimal != Digest(Decimal("1.00")).hexadecimal


def editions(root: Path, **options: object) -> dict[str, str]:
    return {one.name: one.document.edition for one in read(root, Options(**options)).outputs}  # what a run asks for


def changed(root: Path, change: Callable[[], object], **options: object) -> set[str]:
    """The outputs whose editions are other ones after a change."""
    before = editions(root)
    change()
    after = editions(root, **options)
    return {name for name in after if after[name] != before[name]}


def replace(path: Path, old: str, new: str) -> Callable[[], object]:
    def do() -> None:
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return do


CHANGES: dict[str, tuple[str, str, str, set[str]]] = {
    "a cell that all show": ("tables/pay.csv", "120000", "125000", ALL),
    "a cell that one quotes": ("tables/other.csv", "12", "13", {"report"}),
    "a cell that none shows": ("tables/other.csv", "7", "8", set()),
    "words of one story": ("story/handout.md", "What they pay.", "What jobs pay.", {"handout"}),
    "a line end in a story": ("story/handout.md", "What they pay.", "What\nthey pay.", set()),
    "notes of a deck": ("story/deck.md", "Say what", "Tell what", {"deck"}),
    "a caption": ("story/report.md", "Pay by job", "Salaries by job", {"report"}),
    "the claim of a chart": ("project.toml", "Engineers earn more", "Engineers are paid more", ALL),
    "a table's source": ("project.toml", "A survey", "A census", ALL),
    "a comment in the settings": ("project.toml", "[charts.pay]", "# words\n[charts.pay]", set()),
    "the title": ("project.toml", "Two jobs", "Three jobs", ALL),
    "the brand's name": ("brand.toml", "Test University", "Best University", ALL),
    "a colour": ("brand.toml", "\n", '\n[colours]\naccent = "#0B5C8B"\n', ALL),
    "the size of a handout": ("project.toml", 'writer = "handout"', 'writer = "handout"\npages = 2', {"handout"}),
}


@pytest.fixture
def project(small_project: Path) -> Path:
    """The small project, whose report quotes one cell of a second table."""
    (small_project / "tables/other.csv").write_text("place,people\nTown,12\nVillage,7\n", "utf-8")
    replace(small_project / "project.toml", "[charts.pay]", TABLES)()
    replace(small_project / "story/report.md", "An engineer", 'In town live {{ other["Town"].people }}. An engineer')()
    return small_project


@pytest.mark.parametrize("name", CHANGES)
def test_an_edition_changes_with_what_its_output_is_made_from(name: str, project: Path) -> None:
    file, old, new, expected = CHANGES[name]
    found = changed(project, replace(project / file, old, new))
    if file == "tables/other.csv" and not expected:
        expected = {"report"}  # whose "About these data" names the file with its checksum
    assert found == expected


def test_a_template_is_the_decks_alone(project: Path) -> None:
    (project / "own.pptx").write_bytes(make_template())
    assert changed(project, replace(project / "brand.toml", "\n", '\ntemplate = "own.pptx"\n')) == {"deck"}


@pytest.mark.parametrize("option", [{"draft": True}, {"published": "2026-11"}, {"paper": "a4"}])
def test_what_the_command_line_says_is_a_part_of_all(option: dict[str, object], project: Path) -> None:
    assert changed(project, lambda: None, **option) == ALL


def test_a_projects_edition_is_that_of_its_outputs() -> None:
    one = edition_of_all([("a", "1"), ("b", "2")])
    assert one == edition_of_all([("b", "2"), ("a", "1")])
    assert len({one, edition_of_all([("a", "1"), ("b", "3")]), edition_of_all([("a", "2"), ("b", "1")])}) == 3


def test_the_same_edition_is_the_same_file(project: Path) -> None:
    """Whatever is changed, at random: where the edition stays, so do the bytes."""
    chance = random.Random(5)
    seen: dict[tuple[str, str], bytes] = {}
    files = ["tables/pay.csv", "tables/other.csv", "story/report.md", "story/handout.md"]
    for _ in range(12):
        path = project / chance.choice(files)
        text = path.read_text("utf-8")
        if path.suffix == ".csv":
            header, *rows = text.splitlines()
            name, number = (row := chance.choice(rows)).split(",")
            rows[rows.index(row)] = f"{name},{chance.choice([number, 110_000, 12, int(number) + 1])}"
            chance.shuffle(rows)
            path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
        else:
            path.write_text(text.replace(". ", chance.choice([".\n", ". ", ". Now. "]), 1), "utf-8")
        reading = read(project, Options())
        for one in reading.outputs:
            if one.writer != "deck":
                writer = WRITERS[one.writer]
                content = writer.write(writer.prepare(one.document), reading.project.brand, one.options)
                assert seen.setdefault((one.name, one.document.edition), content) == content
