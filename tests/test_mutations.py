"""Settings, stories and tables with slips of typing: a build says what is wrong, or makes documents that hold every word.

Words that must be printed begin with "qz" and are found nowhere else; those in comments, for another output or for
another state of the data are ordinary ones. FAIRSHEET_FULL=1 tries ten times as many slips.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import reports.deck.writer  # noqa: F401  # so that the process that writes decks need not import it each time
from data.errors import ProjectError, SourceError
from generate import app
from reports.document.blocks import Figure
from reports.document.inlines import plain
from reports.document.tree import inlines_of, walk
from reports.runs.read import Options, read
from tests.decks import all_text, opened

TIMES = 10 if os.environ.get("FAIRSHEET_FULL") == "1" else 1
SLIPS = 150 * TIMES
AT_ONCE = 10
TEST = "pay.count == 3"
UNTRUE = "pay.count == 4"
"""The test of every claim, true of the data, and a false one."""

PROJECT = """\
title = "Three jobs"
subtitle = "A guide to {{ pay.count }} jobs"
kicker = "Careers"
language = "en-US"
publisher = "Career Center"
website = "https://careers.test/three"
published = "2026-11-20"
caveat = "Ask before you decide."

[tables.pay]
file = "tables/pay.csv"
title = "Pay by job"
source = "A survey"
as_of = "2024-05/2024-06"
licence = "CC0"
notes = ["Before tax."]
missing = { "x" = "suppressed", "5+" = { meaning = "at least", value = 5 } }
count = { minimum = 2, maximum = 9 }
stale_after = "90 years"
[tables.pay.fields]
job = { title = "Job", type = "text", key = true, required = true, pattern = "[A-Z].*" }
salary = { title = "Salary", type = "money", unit = "USD", minimum = 0, maximum = 900000 }
share = { title = "Share", type = "percent", adds_up_to = 100 }
kind = { title = "Kind", type = "text", enum = ["Desk", "Field"] }
double = { title = "Twice", type = "money", unit = "USD", value = "salary * 2" }

[tables.kinds]
from = "pay"
group_by = "kind"
[tables.kinds.fields]
kind = { title = "Kind", type = "text", key = true }
mean = { title = "Mean", type = "money", unit = "USD", value = "group.mean('salary')" }

[charts.pay]
table = "pay"
kind = "bar"
x = "salary"
y = "job"
title = "{{ pay.first.job }}s earn the most"
holds = "pay.count == 3"
highlight = "Engineer"
sort = "descending"
measure = "Salary, US dollars"
alt = "Three bars"

[charts.kinds]
table = "kinds"
x = "mean"
y = "kind"
rows = 2
where = "mean > 5"
title = "Desks pay more"
holds = "pay.count == 3"

[outputs.report]
writer = "report"
story = "story/report.md"
[outputs.handout]
writer = "handout"
story = "story/handout.md"
pages = 2
[outputs.deck]
writer = "deck"
story = "story/deck.md"
"""
BRAND = """\
institution = "Test University"
unit = "Career Center"
paper = "letter"
contact = "Room 5"
accommodation = "Ask for large print."

[colours]
accent = "#7A1F3D"
"""
PAY = "job,salary,share,kind\nEngineer,120000,50,Desk\nAnalyst,110000,30,Desk\nRanger,90000,20,Field\n"
PART = """\
qzbab words of a part, qzcac with [qzdad in it]{holds="pay.count == 3"}.

- qzfaf
- qzgag

"""
REPORT = """\
# qzhah pay is high {#pay kicker="qzjaj: {{ pay.count }}" holds="pay.count == 3"}

An *qzkak* earns **{{ pay["Engineer"].salary }}**, see [](#chart), [qzlal](https://careers.test) and [](#table-pay).
<!-- a comment
of two lines -->
Next line qzmam, [qznan qzpap]{holds="pay.count == 3"} and [qzrar]{lang=fr} `qzsas`.

![qztat by job](chart:pay){#chart only="report,deck"}

![qzvav jobs](table:pay){fields="job,salary" sort="-salary" rows=2 where="salary > 5"}

| qzwaw | Pay |
|-------|----:|
| qzxax \\| or | {{ pay["Engineer"].salary | number }} |
| qzyay | [qzzaz]{holds="pay.count == 3"} |

::: key-figures
- **{{ pay.count }}** qzbeb
- **{{ pay.first.share }}** qzcec
:::

::: quote
qzded said \\{qzfef\\} so.
-- qzgeg
:::

::: myth
qzheh [qzjej]{holds="pay.count == 3"}.

- qzkek
:::

## qzlel [qzmem]{holds="pay.count == 3"}

::: question
qznen?

qzpep {{ pay.median('salary') | label }}.
:::

:::: columns
qzrer

---

::: callout
qzses {set}
:::
::::

{% for row in pay %}
1. qztet {{ row.job }}
{% endfor %}

{% if pay.count > 2 %}
Many.
{% else %}
Few.
{% endif %}

{% claim pay.count == 3 %}qzafa leads{% endclaim %}, and {% claim pay.count > 2 %}many do{% otherwise %}few do{% endclaim %}.

{% claim pay.count == 3 %}
Over lines qzaga.
{% endclaim %}

{% include "part.md" %}

::: next-steps
**qzvev**

1. qzwew
   - qzxex
:::

qzyey line\\
qzzez line

::: about-data
:::

::: callout {only=report}
For the report.
:::

## For the report {only="report"}

More.
"""
HANDOUT = """\
# qzbib jobs {kicker="qzcic" holds="pay.count == 3"}

What [qzdid]{holds="pay.count == 3"} pay.

::: key-figures
- **{{ pay["Engineer"].salary }}** qzfif
- **{{ pay["Analyst"].salary }}** qzgig
- **{{ pay.top("salary").salary - pay.bottom("salary").salary }}** qzhih
:::

![qzjij](chart:pay)

{% include "part.md" %}

::: next-steps
1. qzkik
:::
"""
DECK = """\
# qzlil

## qzmim earn more {holds="pay.count == 3"}

![qznin](chart:pay)

::: notes
qzpip: {{ pay["Engineer"].salary }} [qzrir]{holds="pay.count == 3"}.
:::

## qzsis

{% include "part.md" %}

::: quote
qztit
-- qzviv
:::

# Questions {.backup}

## qzwiw

![qzxix](table:pay){sort="salary"}

:::: columns
qzyiy

---

![qzziz](chart:kinds)
::::
"""
FILES = {
    "project.toml": PROJECT,
    "brand.toml": BRAND,
    "tables/pay.csv": PAY,
    "story/report.md": REPORT,
    "story/handout.md": HANDOUT,
    "story/deck.md": DECK,
    "story/part.md": PART,
}
SIGNS = "{}[]()<>\"'`:;,.#!*_-=|/\\%&$~^+? \n\t\u201c\u201d\u2019\u00a0\uff1a\u2014"
VALUES = (
    "5", "-1", "0", "1.5", "true", "[]", "{}", '""', "2026-11-20", "inf", "nan", '"x"', "[1]", '["a", "b"]', "{ a = 1 }",
    "9" * 30, "'''a'''", '"{{ pay }}"', '"{{ pay.count }}"', "12:30:00", '"[x]{holds=\'1\'}"', '"../x"', "1e400", "0x1F",
)  # fmt: skip


# -- slips -------------------------------------------------------------------
def _place(text: str, chance: random.Random) -> int:
    """Where a slip happens: mostly at a sign, where it may mean something."""
    signs = [found.start() for found in re.finditer(r"[^\w\s]|\n", text)]
    return chance.choice(signs) if signs and chance.random() < 0.7 else chance.randrange(len(text))


def _delete(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at + chance.choice((1, 1, 1, 2, 3)) :]


def _double(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at] * chance.choice((1, 2)) + text[at:]


def _swap(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + text[at + 1 : at + 2] + text[at] + text[at + 2 :]


def _insert(text: str, chance: random.Random) -> str:
    at = _place(text, chance) + chance.choice((0, 1))
    return text[:at] + chance.choice(SIGNS) + text[at:]


def _replace(text: str, chance: random.Random) -> str:
    at = _place(text, chance)
    return text[:at] + chance.choice(SIGNS) + text[at + 1 :]


def _lines(change: Callable[[list[str], int, random.Random], None]) -> Callable[[str, random.Random], str]:
    def changed(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return changed


@_lines
def _delete_line(lines: list[str], at: int, chance: random.Random) -> None:
    del lines[at]


@_lines
def _double_line(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines[at])


@_lines
def _swap_lines(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at - 1], lines[at] = lines[at], lines[at - 1]


@_lines
def _join_lines(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at - 1 : at + 1] = ["".join(lines[at - 1 : at + 1])] if at else lines[at - 1 : at + 1]


@_lines
def _indent(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice((" ", "  ", "    ", "\t", "> ", "- ", "# ")) + lines[at]


@_lines
def _other_quotes(lines: list[str], at: int, chance: random.Random) -> None:
    said = [i for i, line in enumerate(lines) if '"' in line]
    at = chance.choice(said) if said else at
    new = chance.choice((("\u201c", "\u201d"), ("'", "'"), ("`", "`"), ("", ""), ('"', "")))
    lines[at] = re.sub(
        r'"([^"]*)"', lambda found: new[0] + found[1] + new[1], lines[at], count=chance.choice((1, 1, 9))
    )


@_lines
def _other_value(lines: list[str], at: int, chance: random.Random) -> None:
    said = [i for i, line in enumerate(lines) if " = " in line]
    at = chance.choice(said) if said else at
    pairs = list(re.finditer(r' = ("[^"]*"|\[[^]]*\]|\w+)', lines[at]))
    if pairs:
        pair = chance.choice(pairs)
        lines[at] = f"{lines[at][: pair.start()]} = {chance.choice(VALUES)}{lines[at][pair.end() :]}"


TYPING = (
    _delete, _delete, _double, _swap, _insert, _insert, _replace, _delete_line, _double_line, _swap_lines, _join_lines,
    _indent, _other_quotes, _other_value,
)  # fmt: skip


def slipped(chance: random.Random) -> tuple[dict[str, str], str]:
    """The project's files with one to three slips in one of them, and the output that is made of it."""
    output = chance.choice(("report", "report", "handout", "deck"))
    name = chance.choice((f"story/{output}.md", f"story/{output}.md", "story/part.md", "project.toml", "project.toml", "brand.toml", "tables/pay.csv"))  # fmt: skip
    text = FILES[name]
    for _ in range(chance.choice((1, 1, 2, 3))):
        text = chance.choice(TYPING)(text, chance) if text else text
    return {**FILES, name: text}, output


# -- what must be there ------------------------------------------------------
def printed(files: dict[str, str], output: str) -> str:
    """What of the stories is to be printed: without comments, commands and parts for one output or one state."""
    story = files[f"story/{output}.md"].replace('{% include "part.md" %}', files["story/part.md"])
    story = re.sub(r"<!--.*?-->", "", story, flags=re.DOTALL)
    story = re.sub(r"\{% *(if|for|macro|set)\b.*?(end\1 *%\}|\Z)", "", story, flags=re.DOTALL)
    story = re.sub(r"\{[%{].*?[%}]\}", "", story, flags=re.DOTALL)
    story = re.sub(r"^!.*\bonly *=.*$", "", story, flags=re.MULTILINE)
    return re.sub(r"^[^\n]*\bonly *=.*\Z", "", story, flags=re.DOTALL | re.MULTILINE)


def words_of(text: str) -> set[str]:
    return set(re.findall(r"qz[a-z]{3}", text.lower()))  # some stand in capitals


def document_words(root: Path, output: str) -> str:
    document = read(root, Options(only=(output,))).outputs[0].document
    passages = [
        p for b in walk(document.blocks) for p in (*inlines_of(b), *((b.caption,) if isinstance(b, Figure) else ()))
    ]
    return " ".join(plain(passage, document.language) for passage in passages)


def file_words(path: Path) -> str:
    if path.suffix == ".pptx":
        slides = opened(path.read_bytes()).slides
        notes = (s.notes_slide.notes_text_frame.text for s in slides if s.has_notes_slide)
        return "\n".join((all_text(path.read_bytes()), *notes))
    text = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True).stdout.decode()
    return re.sub("[-\u00ad\u2010]\n", "", text)


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def changes(files: dict[str, str]) -> str:
    """The lines of a project that are not those of the sound one, for the message of a failure."""
    told = [
        f"{n}: {line!r}"
        for n, text in files.items()
        if text != FILES[n]
        for line in set(text.split("\n")) ^ set(FILES[n].split("\n"))
    ]
    return "\n".join(told)


def attempt(root: Path, seed: int) -> str:
    """What is wrong with what became of the slips with this number; "" where nothing is."""
    files, output = slipped(random.Random(f"slips {seed}"))
    shutil.rmtree(root, ignore_errors=True)
    write(root, files)
    said = ["build", str(root), "--out", str(root / "out"), "--only", output, "--quiet"]
    result = CliRunner().invoke(app, said)
    if result.exit_code in (2, 5):
        written = list((root / "out").glob("*"))
        if written or not result.output.strip():
            return f"code {result.exit_code} and {written} were written: {result.output}"
        return ""
    if result.exit_code != 0:
        told = "".join(traceback.format_exception(result.exception)[-3:]) if result.exception else ""
        return f"code {result.exit_code}: {result.output} {told}"
    wanted = words_of(printed(files, output))
    if lost := wanted - words_of(document_words(root, output)):
        return f"not read: {sorted(lost)}"
    story = (
        re.sub(r"::: *notes.*?(:::|\Z)", "", printed(files, output), flags=re.DOTALL)
        if output != "deck"
        else printed(files, output)
    )
    made = next((root / "out").glob(f"{output}.*"))
    if (made.suffix == ".pptx" or shutil.which("pdftotext")) and (lost := words_of(story) - words_of(file_words(made))):
        return f"not in {made.name}: {sorted(lost)}"
    return passed_over(root, files, output)


def passed_over(root: Path, files: dict[str, str], output: str) -> str:
    """A claim that nobody tests: with a false test in the place of its true one the output can still be read."""
    for name in (f"story/{output}.md", "story/part.md"):
        for found in re.finditer(re.escape(TEST), files[name]):
            start, end = files[name].rfind("\n", 0, found.start()) + 1, files[name].find("\n", found.end())
            line = files[name][start:end]
            false = {**files, name: f"{files[name][: found.start()]}{UNTRUE}{files[name][found.end() :]}"}
            if UNTRUE not in printed(false, output) or re.search(r"\\[\[\]{]|`.*`", line.replace("`qzsas`", "")):
                continue  # in a comment or in another output, or meant as text
            write(root, {name: false[name]})
            try:
                read(root, Options(only=(output,)))
            except (ProjectError, SourceError):
                continue
            finally:
                write(root, {name: files[name]})
            return f"a claim is never tested: {name}: {line}"
    return ""


def test_the_project_without_slips_holds_all_its_words(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    result = CliRunner().invoke(app, ["build", str(tmp_path), "--out", str(tmp_path / "out"), "--quiet"])
    assert result.exit_code == 0, result.output
    for output in ("report", "handout", "deck"):
        wanted = words_of(printed(FILES, output))
        assert len(wanted) > 10
        assert not wanted - words_of(document_words(tmp_path, output))
        made = next((tmp_path / "out").glob(f"{output}.*"))
        if made.suffix == ".pptx" or shutil.which("pdftotext"):
            assert not wanted - words_of(file_words(made))
        assert not passed_over(tmp_path, FILES, output)


@pytest.mark.parametrize("first", range(0, SLIPS, AT_ONCE))
def test_a_slip_is_told_or_changes_no_word(first: int, tmp_path: Path) -> None:
    wrong: list[str] = []
    for seed in range(first, first + AT_ONCE):
        if found := attempt(tmp_path / "project", seed):
            wrong.append(f"-- slips {seed}: {found}\n{changes(slipped(random.Random(f'slips {seed}'))[0])}")
    assert not wrong, "\n".join(wrong)
