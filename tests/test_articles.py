"""Articles with numbers typed by hand: each builds, and its truth says where they stand and what they state."""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data.errors import Place
from data.project import Project, load_project
from data.sandbox.expressions import evaluate
from data.sandbox.filters import Styled
from data.tables.value import Value
from generate import app

ARTICLES = Path(__file__).parent / "articles"
NAMES = sorted(path.parent.name for path in ARTICLES.glob("*/truth.tsv"))

COUNTS = {
    word: Decimal(number)
    for number, said in {
        1: "one eine jeder jedes une un", 2: "two zwei deux", 3: "three drei trois tiers", 4: "four vier quatre vierte",
        5: "five fünf cinq fünfte fünftel", 6: "six sechs", 7: "seven sieben sept", 8: "eight acht huit",
        9: "nine neun neuf", 10: "ten zehn dix", 11: "elf", 12: "twelve", 20: "vingt",
    }.items()
    for word in said.split()
}  # fmt: skip
"""Words for whole numbers; ordinals that name a part, too: "jeder fünfte" is one of five."""

PARTS = {
    part: (Decimal(of) / Decimal(whole)) * 100
    for (of, whole), said in {
        (1, 2): "half|moitié|halb", (1, 3): "a third|drittel", (2, 3): "two thirds|deux tiers", (1, 4): "a quarter|un quart",
        (3, 4): "three quarters|trois quarts", (1, 5): "a fifth", (1, 6): "sechstel", (2, 1): "twice|double|doppel|deux fois",
        (3, 1): "triple",
    }.items()
    for part in said.split("|")
}  # fmt: skip
"""Words for shares and multiples, in per cent."""

IN_WORDS = Decimal("0.08")
"""How far "almost half" may be from a half, as a part of it."""
TIMES_IN_WORDS = Decimal("0.25")
"""How far "more than twice" may be from twice."""


@cache
def project(name: str) -> Project:
    return load_project(ARTICLES / name)


@cache
def truth(name: str) -> tuple[dict[str, str], ...]:
    with (ARTICLES / name / "truth.tsv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def lines(name: str, file: str) -> tuple[str, ...]:
    return tuple((ARTICLES / name / file).read_text("utf-8").split("\n"))


def spans(name: str) -> list[tuple[str, int, int, int]]:
    """File, line, begin and end of each number of the truth: on a line, each is sought behind the one before."""
    found: list[tuple[str, int, int, int]] = []
    for row in truth(name):
        file, line = row["file"], int(row["line"])
        behind = found[-1][3] if found and found[-1][:2] == (file, line) else 0
        begin = lines(name, file)[line - 1].find(row["text"], behind)
        assert begin >= 0, f"{file}:{line} has no {row['text']!r}"
        found.append((file, line, begin, begin + len(row["text"])))
    return found


def stated(text: str, language: str) -> tuple[Decimal, Decimal]:
    """What a text states, in words as a share in per cent, and by how much the data may differ."""
    words = [word for word in re.findall(r"\w+", text.lower()) if word in COUNTS]
    if digits := re.search(r"\d[\d.,\s]*\d|\d", text):
        mark = "." if language.startswith("en") else ","
        plain = re.sub(rf"[^\d{re.escape(mark)}]", "", digits[0]).replace(mark, ".")
        unit = Decimal(1000 if text.endswith("k") else 1)
        return Decimal(plain) * unit, Decimal(1).scaleb(-len(plain.partition(".")[2])) * unit / 2
    if part := max((part for part in PARTS if part in text.lower()), key=len, default=None):
        return PARTS[part], PARTS[part] * IN_WORDS
    if len(words) == 2:
        of, whole = sorted(COUNTS[word] for word in words)
        return of / whole * 100, of / whole * 100 * IN_WORDS
    return COUNTS[words[0]], Decimal("0.5")


def computed(name: str, binding: str) -> tuple[Decimal, str]:
    """What the data say, and as what type of value."""
    value = evaluate(binding, project(name).tables, Place("truth.tsv"))
    value = value.value if isinstance(value, Styled) else value
    assert isinstance(value, Value), binding
    return abs(value.number), value.measure.type


@pytest.mark.parametrize("name", NAMES)
def test_an_article_builds(name: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", str(ARTICLES / name), "--out", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "report.pdf").is_file()


@pytest.mark.parametrize("name", NAMES)
def test_the_truth_names_every_number_in_digits_where_it_stands(name: str) -> None:
    known = spans(name)
    assert {row["kind"] for row in truth(name)} == {"data", "free", "either"}
    assert not [row for row in truth(name) if row["binding"] and row["kind"] == "free"]
    for at, line in enumerate(lines(name, "story/report.md"), 1):
        # What is no text: placeholders, code, addresses, names of footnotes and attributes, and the numbers of a list.
        passed = [m.span() for m in re.finditer(r"\{\{.*?\}\}|`[^`]*`|\]\([^)]*\)|^\d+\.", line)]
        passed += [(begin, end) for file, where, begin, end in known if (file, where) == ("story/report.md", at)]
        left = [m for m in re.finditer(r"\d+", line) if not any(b <= m.start() < e for b, e in passed)]
        assert not left, f"{at}: {left}"


@pytest.mark.parametrize("name", NAMES)
def test_the_data_say_what_the_text_states(name: str) -> None:
    language = project(name).settings.language
    wrong: list[str] = []
    for row in truth(name):
        if row["binding"]:
            number, kind = computed(name, row["binding"])
            said, about = stated(row["text"], language)
            if kind == "ratio" and about > 1:
                number, about = number * 100, said * TIMES_IN_WORDS
            if abs(number - said) > about:
                wrong.append(f"{row['file']}:{row['line']} {row['text']!r}: the data say {number}")
    assert not wrong
