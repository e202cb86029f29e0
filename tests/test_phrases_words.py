"""What ready words say, word for word, in each language: `tests/ready_words/` has a file for whoever speaks it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from data.project import load_project
from data.tables.table import Table
from tests.conftest import ROOT
from tests.phrasing import TAGS, Number, against, of, ranked, say, series
from tests.story_guide import GUIDE, examples, with_settings

PAY: list[tuple[str, Number]] = [("Engineer", 109143), ("Analyst", 99271), ("Teacher", 50000), ("Nurse", 50000)]
TIED: list[tuple[str, Number]] = [("Ana", 5), ("Bo", 5), ("Íñigo", 5), ("Dana", 4)]

OF_TABLES: list[tuple[Callable[[str], Table], str]] = [
    (lambda language: ranked(PAY, language), "ranking('pay')"),
    (lambda language: ranked(PAY, language), "ranking('pay') | capital"),
    (lambda language: ranked(PAY, language), "ranking('pay', lowest=true)"),
    (lambda language: ranked(PAY, language), "ranking('pay', top=2)"),
    (lambda language: ranked(PAY, language), "ranking('pay', top=2) | capital"),
    (lambda language: ranked(TIED, language), "ranking('pay')"),
    (lambda language: ranked(TIED, language), "ranking('pay', lowest=true)"),
    (lambda language: ranked(TIED[:3], language), "ranking('pay')"),
    (lambda language: ranked(PAY, language), "listed('job')"),
    (lambda language: ranked(TIED[:3], language), "listed('job', 'or')"),
    (lambda language: ranked(TIED[1:3], language), "listed('job')"),
    (lambda language: ranked([("A, x", 1), ("B", 2), ("C", 3)], language), "listed('job')"),
    (lambda language: ranked(PAY, language), "listed('pay')"),
    (lambda language: ranked(PAY, language), "between('pay')"),
    (lambda language: ranked([("a", 41), ("b", 52)], kind="percent", language=language), "between('pay')"),
    (lambda language: ranked([("a", 41), ("b", 45), ("c", 52)], kind="percent", language=language), "listed('pay')"),
    (lambda language: series([1, 2, 3, 4], language), "trend('n')"),
    (lambda language: series([1, 2, 3, 4], language), "trend('n', plural=true)"),
    (lambda language: series([4, 3, 2], language), "trend('n')"),
    (lambda language: series([1, 2, 1, 2, 3, 4, 5, 6, 7], language), "trend('n')"),
    (lambda language: series([9, 8, 9, 9, 7, 6, 5, 4, 3, 2], language), "trend('n', plural=true)"),
    (lambda language: series([1, 2, 1, 2], language), "trend('n')"),
    (lambda language: series([5, 3, 3, 2, 1, 6, 5], language), "trend('n', plural=true)"),
    (lambda language: series([1, 2], language), "trend('n')"),
    (lambda language: series([3, 3, 3], language), "trend('n')"),
    (lambda language: series([3, 3, 3], language), "trend('n', plural=true)"),
    (lambda language: series([1, 2, 3], times=["2020-01", "2020-02", "2020-03"], language=language), "trend('n')"),
    (lambda language: series([1, 2, 3], times=["2020-01", "2020-04", "2020-07"], language=language), "trend('n')"),
    (lambda language: series([1, 2, 3], times=["2020-01-01", "2020-01-02", "2020-01-03"], language=language), "trend('n')"),
    (lambda language: series([1, 2, 3, 1], times=["1990", "2000", "2010", "2020"], language=language), "trend('n')"),
    (lambda language: series([1, 2, 3], times=["2019/20", "2020/21", "2021/22"], language=language), "trend('n')"),
    (lambda language: ranked(PAY, language, margin=10_000), "ranking('pay')"),
    (lambda language: ranked(PAY, language, margin=1_000), "ranking('pay')"),
    (lambda language: ranked([("A", 9), ("B", 5), ("C", 4)], language, margin=1), "ranking('pay')"),
    (lambda language: ranked([("A", 9), ("B", 5), ("C", 2)], language, margin=3), "ranking('pay', lowest=true)"),
    (lambda language: ranked([("A", 1), ("B", 5), ("C", 6)], language, margin=1), "ranking('pay', lowest=true)"),
    (lambda language: series([5, 6, 5], language, margin=3), "trend('n')"),
    (lambda language: series([5, 6, 5], language, margin=3), "trend('n', plural=true)"),
]  # fmt: skip

OF_PAIRS: list[Callable[[str], str]] = [
    lambda language: against(1, 1, language),
    lambda language: against(101, 100, language),
    lambda language: against(2, 1, language),
    lambda language: against("1.98", 1, language),
    lambda language: against("2.1", 1, language),
    lambda language: against(3, 1, language),
    lambda language: against("2.97", 1, language),
    lambda language: against("5.4", 1, language),
    lambda language: against(1250, "1.01", language),
    lambda language: against(1, 2, language),
    lambda language: against("0.505", 1, language),
    lambda language: against("0.4", 1, language),
    lambda language: against(1, 3, language),
    lambda language: against("0.32", 1, language),
    lambda language: against("1.33", 1, language),
    lambda language: against(4, 3, language),
    lambda language: against("1.42", 1, language),
    lambda language: against("0.66", 1, language),
    lambda language: against("0.75", 1, language),
    lambda language: against("0.9", 1, language),
    lambda language: against(52, 40, language, kind="percent"),
    lambda language: against(40, 52, language, kind="percent"),
    lambda language: against(70, 35, language, kind="percent"),
    lambda language: against(30, 12, language, margin=1),
    lambda language: against(20, 12, language, margin=3),
    lambda language: against(10, 30, language, margin=1),
]  # fmt: skip

OF_VALUES: list[Number] = ["41234", "41000", "-512345", "0.347", "5.25", "99"]


@pytest.mark.parametrize("language", sorted(TAGS))
def test_ready_words_are_right_in_every_language(language: str) -> None:
    said = [of(made(language), word) for made, word in OF_TABLES]
    said += [made(language) for made in OF_PAIRS]
    said += [say("{{ t.first.pay | about }}", language, t=ranked([("a", one)], language)) for one in OF_VALUES]
    assert said == (ROOT / f"tests/ready_words/{language}.txt").read_text("utf-8").splitlines()


COUNTED = {
    "en": ("one opening", "four openings", "opening", "openings"),
    "de": ("1 Stelle", "vier Stellen", "Stelle", "Stellen"),
    "fr": ("1 offre", "quatre offres", "offre", "offres"),
    "es": ("1 plaza", "cuatro plazas", "plaza", "plazas"),
}


@pytest.mark.parametrize("language", sorted(TAGS))
def test_counts_in_words_agree_with_what_is_counted(language: str) -> None:
    one, four, singular, plural = COUNTED[language]
    table = ranked(PAY, language)
    assert say(f"{{{{ t.head(1).count | words | plural('{singular}', '{plural}') }}}}", language, t=table) == one
    assert say(f"{{{{ t.count | words | plural('{singular}', '{plural}') }}}}", language, t=table) == four


def guide_tables(folder: Path, language: str) -> dict[str, Table]:
    """The tables of the guide's own project, in another language."""
    files = dict(next(examples(GUIDE.read_text("utf-8"))).files)
    files["project.toml"] = with_settings(files["project.toml"], f'language = "{TAGS[language]}"\n')
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    return load_project(folder).tables


def guide() -> str:
    """The section of the guide about ready words."""
    return GUIDE.read_text("utf-8").split("## Ready words")[1].split("\n## ")[0]


def test_the_guide_shows_what_ready_words_give(tmp_path: Path) -> None:
    tables = guide_tables(tmp_path, "en")
    shown = [re.fullmatch(r"\| (.*) \| ([^|]*) \|", line.replace("\\|", "¦")) for line in guide().splitlines()]
    rows = [(row[1].replace("¦", "|"), row[2]) for row in shown if row and row[1].startswith("`{{")]
    assert len(rows) == 16
    for templates, gives in rows:
        asked, *others = re.findall(r"`(\{\{.*?\}\})`", templates)
        said = say(asked, "en", **tables)
        assert gives == said if not others else gives.startswith(said + ";"), asked


@pytest.mark.parametrize(("language", "name"), [("de", "German"), ("fr", "French"), ("es", "Spanish")])
def test_the_guide_shows_ready_words_in_each_language(language: str, name: str, tmp_path: Path) -> None:
    (line,) = (one for one in guide().splitlines() if one.startswith(f"| {name} "))
    tables = guide_tables(tmp_path, language)
    for asked in (
        "pay | ranking('salary') | capital",
        "pay['Engineer'].salary | compared(pay['Nurse'].salary)",
        "pay['Engineer'].salary | about",
    ):
        assert say(f"{{{{ {asked} }}}}", language, **tables) in line
