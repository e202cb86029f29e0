"""Signs of other kinds of Markdown, of HTML and LaTeX are refused with their place and a way out; none is printed."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from reports.story.signs import _BOTH, _SETTING, _STORY, CLOSED, _Sign, raw_signs
from tests.test_plain_mistakes import change, run
from tests.test_story_spellings import refused, told

SIGNS = {
    "a note[^a b] here": "a footnote stands in the text of a story",
    "a note[^ here": "a footnote stands in the text",
    "a note^[in the line] here": "a footnote has its words on a line of its own",
    "H~2~O": "a tilde lowers nothing",
    "Dr.~Smith": "a tilde lowers nothing, and is no space",
    "10^6": "a circumflex raises nothing",
    "x^2^": "a circumflex raises nothing",
    "m^{2}": "a circumflex raises nothing",
    r"\newpage": "pages break by themselves",
    r"\textbf{much}": "commands of LaTeX",
    r"C:\Users": r"A backslash is \\.",
    "<br>": "HTML is no markup here",
    "<b>much</b>": "HTML is no markup here",
    "<!DOCTYPE html>": "HTML is no markup here",
    "<div\nid=x>": "HTML is no markup here",
    "so [@smith2020] says": "there are no keys of citations",
    "so [see @smith2020, p. 5]": "there are no keys of citations",
    "so [-@smith2020]": "there are no keys of citations",
    "==marked==": "nothing is marked by colour",
    "++new++": "nothing is underlined",
    "well :smile: done": "names of pictographs",
    "[[Page]]": "links and contents have other signs",
    "~~gone": "words struck out begin and end",
    "~~ gone ~~": "words struck out begin and end",
    "**bold": "bold words begin and end",
    "** bold **": "bold words begin and end",
    "__bold": "bold words begin and end",
    "a `name": "the backtick has no partner",
    "![Pay]": "a chart or table has its name",
    "[the site](https://a.test/x y)": "the link cannot be read",
    "[the site][1]": "the link has no address",
}  # fmt: skip
LINES = {
    "- [ ] to do": "there are no boxes to tick",
    "- [x] done": "there are no boxes to tick",
    "[ ] to do": "there are no boxes to tick",
    "#Heading": "a heading has a space behind its signs",
    "###Heading": "a heading has a space behind its signs",
    "Term\n: what it is": "there are no lists of definitions",
    "*[HTML]: a language": "there are no abbreviations",
    "[TOC]": "links and contents have other signs",
    "| a | b |\n| c | d |": "a table has a line | --- |",
    "| a |\n|---|\n| m^2 |": "a circumflex raises nothing",
    "## Pay m^2": "a circumflex raises nothing",
    "> m^2": "a circumflex raises nothing",
    "![Pay m^2](chart:pay)": "a circumflex raises nothing",
    "::: callout\nm^2\n:::": "a circumflex raises nothing",
    '# Pay {kicker="m^2"}': "a circumflex raises nothing",
    '# Pay {kicker="**Pay**"}': "Markdown stands in stories alone",
}
MEANT = {
    "about ~50 and ~60": "about ~50 and ~60",
    r"H\~2\~O and 10\^6": "H~2~O and 10^6",
    "`a^b` and `~~x~~` and `<br>`": "a^b and ~~x~~ and <br>",
    r"C:\\Users": r"C:\Users",
    r"\<br> and 5 < 6 > 4": "<br> and 5 < 6 > 4",
    "write to @careers or a@b.test": "write to @careers or a@b.test",
    "[square] brackets [too]": "[square] brackets [too]",
    "5 * 3, 2 ** 3 is odd": None,
    "Name: ________": "Name: ________",
    "#1 in the state": "#1 in the state",
    r"\#HireUs": "#HireUs",
    "a = b == c": "a = b == c",
    "from 9:30:00 to 10:00": "from 9:30:00 to 10:00",
    "C++ and C#": "C++ and C#",
    "<https://a.test/~smith--x>": "https://a.test/~smith--x",
}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_within_a_sentence_is_refused_with_its_line(sign: str, small_project: Path) -> None:
    refused(small_project, f"# Title\n\nFirst\nso {sign} there.\n", 4, SIGNS[sign])


@pytest.mark.parametrize("lines", LINES)
def test_a_sign_of_a_line_is_refused(lines: str, small_project: Path) -> None:
    found = told(small_project, f"# Title\n\n{lines}\n")
    assert isinstance(found, list), found
    assert any(LINES[lines] in said for _, said in found), found


@pytest.mark.parametrize("words", MEANT)
def test_signs_that_mean_something_else_are_printed(words: str, small_project: Path) -> None:
    found = told(small_project, f"# Title\n\n{words}\n")
    if MEANT[words] is None:
        assert isinstance(found, list)
        return
    assert isinstance(found, str), found
    assert found.endswith(f"Paragraph #title/paragraph-1: {MEANT[words]}")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title = "Two jobs"', 'title = "Two jobs[^1]"', "project.toml:1: '[^1]' would be printed as it stands"),
        ('title = "Two jobs"', 'title = "**Two** jobs"', "project.toml:1: '**Two**' would be printed as it stands"),
        ('source = "A survey"', 'source = "[A survey](https://a.test)"', "Markdown stands in stories alone"),
        ('source = "A survey"', 'source = "A survey<br>of jobs"', "HTML is no markup here"),
        ('title = "Engineers earn more"', 'title = "Engineers earn 10^3 more"', "a circumflex raises nothing"),
        ('title = "Salary"', 'title = "Salary, m^2^"', "a circumflex raises nothing"),
    ],
)
def test_a_sign_in_a_setting_is_refused(old: str, new: str, said: str, small_project: Path) -> None:
    change(small_project, old, new)
    code, output = run("check", small_project)
    assert code == 2
    assert said in " ".join(output.split())


def test_a_statement_of_the_brand_may_hold_no_sign_either(small_project: Path) -> None:
    (small_project / "brand.toml").write_text('institution = "Test University"\ncontact = "~~Room 5~~"\n', "utf-8")
    code, output = run("check", small_project)
    assert code == 2
    assert "brand.toml:2: '~~Room 5~~' would be printed as it stands" in output


@pytest.mark.parametrize("text", ["only groups with $n > 30$", "where $x_1 = 5$ holds", "$$a + b$$", "for $k$ rows"])
def test_formulas_of_latex_are_refused(text: str) -> None:
    assert any("formulas of LaTeX" in message for _, message, _ in raw_signs(text))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[!NOTE] Jura hat 4 Stellen.", "boxes have other signs"),
        ("!!! note", "boxes have other signs"),
        ("das ist ||geheim||", "words are not hidden"),
        ("siehe @fig-eins", "references have other signs"),
        ("%% Kommentar", "comments have other signs"),
        ("// Kommentar", "comments have other signs"),
    ],
)
def test_signs_of_other_programs_are_refused(text: str, said: str) -> None:
    assert [message for _, message, _ in raw_signs(text) if said in message]


@pytest.mark.parametrize(
    "text", ["Really!!! Yes", "write to x@fig.test", "50 %% of", "see https://a.test//b", "A || B"]
)
def test_what_only_looks_like_signs_of_other_programs_is_text(text: str) -> None:
    assert not list(raw_signs(text))


@pytest.mark.parametrize("text", ["from $30 to $40", "US$ and A$", "$5 > $3", "5$–6$ an hour", "$1.5M/$2M"])
def test_amounts_of_money_are_no_formulas(text: str) -> None:
    assert not list(raw_signs(text))


@pytest.mark.parametrize("sign", [*_BOTH, *_STORY, *_SETTING], ids=lambda sign: sign.pattern.pattern)
def test_a_text_without_what_a_sign_needs_does_not_have_it(sign: _Sign) -> None:
    random = Random(20261128)
    pieces = [*sign.pattern.pattern, *sign.needs, "fig-", "TOC", "ab", " x ", "\n", "]:", CLOSED]
    found = 0
    for _ in range(6_000):
        text = "".join(random.choices(pieces, k=random.randint(1, 9)))
        if sign.pattern.search(text):
            found += 1
            assert any(need in text for need in sign.needs), text
    assert found
