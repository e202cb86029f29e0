"""Every spelling of a claim, an attribute or a block is understood, or refused with its line: none is passed over."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from data.errors import Place, ProjectError
from reports.runs.read import Options, read
from tests.outline import outline

TRUE, FALSE = "pay.count == 2", "pay.count == 3"


def told(root: Path, markdown: str, test: str = TRUE) -> str | list[tuple[Place, str]]:
    """The outline of the report with this story, in which TEST stands for a test; or what is wrong with it."""
    (root / "story/report.md").write_text(markdown.replace("TEST", test), "utf-8")
    try:
        return outline(read(root, Options(only=("report",))).outputs[0].document.blocks)
    except ProjectError as error:
        return [(problem.place, f"{problem.message} {problem.remedy}") for problem in error.problems]


def refused(root: Path, markdown: str, line: int, words: str) -> None:
    for test in (TRUE, FALSE):
        found = told(root, markdown, test)
        assert isinstance(found, list), f"read as {found}"
        assert (Place("story/report.md", line), words) in [
            (place, words if words in said else said) for place, said in found
        ], found


CLAIMS = {
    "double marks": '[It grew]{holds="TEST"}',
    "single marks": "[It grew]{holds='TEST'}",
    "space inside the braces": '[It grew]{ holds="TEST" }',
    "space around the equals sign": '[It grew]{holds = "TEST"}',
    "over two lines": '[It grew]{\nholds="TEST"}',
    "words over two lines": '[It\ngrew]{holds="TEST"}',
    "escaped marks": '[It grew]{holds="TEST and pay[\\"Engineer\\"].salary > 5"}',
    "a brace within the test": "[It grew]{holds=\"TEST and pay.first.job != '}'\"}",
    "within emphasis": '**[It grew]{holds="TEST"}**',
    "emphasis within": '[*It* grew]{holds="TEST"}',
    "a link within": '[[It grew](https://a.test)]{holds="TEST"}',
    "with another attribute": '[It grew]{lang=en holds="TEST"}',
    "a placeholder within": '[It grew by {{ pay.count }}]{holds="TEST"}',
}
PLACES = {
    "a paragraph": "It is so: {}, here.",
    "a list": "- One\n  - {}",
    "a table": "| a | b |\n|---|---|\n| c | {} |",
    "a callout": "::: callout\n{}\n:::",
    "a caption": "![Pay, {}](chart:pay)",
    "a table's title": "![Pay, {}](table:pay)",
    "a key figure": "::: key-figures\n- **2** {}\n:::",
    "a quote": "::: quote\n{}\n-- Somebody\n:::",
    "who said it": "::: quote\nWords\n-- {}\n:::",
    "a myth": "::: myth\n{}\n\n- No.\n:::",
    "a question": "::: question\n{}\n\nYes.\n:::",
    "an answer": "::: question\nHow?\n\n{}\n:::",
    "next steps": "::: next-steps\n**Now**\n\n1. {}\n:::",
    "columns": ":::: columns\nA\n\n---\n\n{}\n::::",
    "a branch": "{{% if pay.count == 2 %}}\n{}\n{{% endif %}}",
    "a loop": "{{% for row in pay %}}\n- {{{{ row.job }}}}: {}\n{{% endfor %}}",
    "notes": "::: notes\n{}\n:::",
    "a macro": "{{% macro so() %}}{}{{% endmacro %}}\nWords {{{{ so() }}}} here.",
    "words kept for later": "{{% set so %}}{}{{% endset %}}\nWords {{{{ so }}}} here.",
}


def denied_if_false(root: Path, markdown: str, words: tuple[str, ...]) -> None:
    found = told(root, markdown)
    assert isinstance(found, str), found
    assert all(word in found for word in words), found
    denied = told(root, markdown, FALSE)
    assert isinstance(denied, list)
    assert any("the data deny the claim" in said for _, said in denied), denied


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_that_is_understood_is_tested(name: str, small_project: Path) -> None:
    denied_if_false(small_project, f"# Title\n\nSo {CLAIMS[name]} here.\n", ("grew", "here"))


@pytest.mark.parametrize("name", PLACES)
def test_a_claim_is_tested_wherever_it_stands(name: str, small_project: Path) -> None:
    passage = PLACES[name].format('[It grew]{holds="TEST"}')
    # a caption is no part of an outline: that its claim stops the build is enough
    denied_if_false(small_project, f"# Title\n\n{passage}\n", () if name == "a caption" else ("It grew",))


HEADINGS = [
    '# It grew {holds="TEST"}',
    "# It grew {holds='TEST'}",
    '# It grew{holds="TEST"}',
    '# It grew   {holds="TEST" #id}',
    '# [It grew]{holds="TEST"}',
    '# [It grew]{holds="pay.count == 2"} {#it holds="TEST"}',
    '# [It grew]{holds="TEST"} {#it holds="pay.count == 2"}',
    '# It grew {holds="TEST"} #',
    '# It grew # {holds="TEST"}',
    'It grew {holds="TEST"}\n=======',
    "# It grew {holds=\"TEST and pay.first.job != '}'\"}",
    '::: next-steps\n## It grew {holds="TEST"}\n\n1. Ask.\n:::',
]


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_heading_is_tested(heading: str, small_project: Path) -> None:
    denied_if_false(small_project, f"{heading}\n\nWords.\n", ("It grew", "Words."))


SLIPS = {
    '[[It grew]{holds="TEST"}](https://a.test)': "the link cannot be read",
    "[It grew]{holds=\u201cTEST\u201d}": "not straight",
    "[It grew]{holds=\u2018TEST\u2019}": "not straight",
    "[It grew]{holds=`TEST`}": "not straight",
    "[It grew]{holds=TEST}": "has no quotation marks",
    '[It grew]{hold="TEST"}': "Did you mean 'holds'?",
    '[It grew]{Holds="TEST"}': "Did you mean 'holds'?",
    '[It grew]{HOLDS="TEST"}': "not known here",
    '[It grew]{holds:"TEST"}': "has no value",
    '[It grew]{holds "TEST"}': "has no value",
    "[It grew]{holds}": "has no value",
    '[It grew]{"TEST"}': "cannot stand there",
    '[It grew]{holds=""}': "the test of the claim is empty",
    '[It grew]{holds=" "}': "the test of the claim is empty",
    '[It grew] {holds="TEST"}': "belong to nothing",
    '[It grew]\u00a0{holds="TEST"}': "belong to nothing",
    '[It grew]{{holds="TEST"}}': "single =",
    '[It grew]{ {holds="TEST"} }': "cannot stand there",
    '[It grew]{holds="TEST"': "the closing brace is missing",
    '[It grew]{holds="TEST}': "is not closed",
    '[It grew]{holds=TEST"}': "has no quotation marks",
    '[It grew]holds="TEST"}': "has no opening brace",
    '[It grew]holds="TEST"': "attributes stand in braces",
    '[It grew](holds="TEST")': "attributes stand in braces",
    "[It grew](holds=TEST)": "attributes stand in braces",
    "[It grew] holds=TEST": "attributes stand in braces",
    '[It grew][holds="TEST"]': "attributes stand in braces",
    '[It grew]\uff5bholds="TEST"\uff5d': "attributes stand in braces",
    'It grew]{holds="TEST"}': "belong to nothing",
    '[It grew{holds="TEST"}': "belong to nothing",
    '(It grew){holds="TEST"}': "belong to nothing",
    '*It grew*{holds="TEST"}': "belong to nothing",
    '`It grew`{holds="TEST"}': "belong to nothing",
    '{holds="TEST"}[It grew]': "belong to nothing",
    '[It grew](https://a.test){holds="TEST"}': "a test cannot stand here",
    '[It grew]{holds="TEST" holds="TEST"}': "stands there twice",
    '[It grew]{#a #b holds="TEST"}': "stands there twice",
    '[It grew]{holds="TEST"}{lang=fr}': "belong to nothing",
    '[It grew]{lang=fr, holds="TEST"}': "has no quotation marks",
    '[It grew]{holds="TEST", lang=fr}': "divided by spaces",
    '[]{holds="TEST"}': "the brackets are empty",
    "[It grew]{}": "nothing in the braces",
    "[It grew]{.claim}": "the class '.claim' means nothing here",
    "[It grew]{#claim}": "not known here",
    "[It grew]{only=deck}": "not known here",
    '[It grew]{holds="{{ pay.count }} == 2"}': "a placeholder cannot stand in holds=",
    '[It grew]{holds="true"}': "it tests nothing",
    '[It grew]{holds="1 == 1"}': "it tests nothing",
    '[It grew]{holds="TEST or true"}': "it tests nothing",
    '[It grew]{holds="pay.count == pay.count"}': "it tests nothing",
    '[It grew]{holds="pay is defined"}': "it tests nothing",
    "[It grew]{holds=\"'yes'\"}": "not true or false",
    '[It grew]{holds="pay.first.salary"}': "not true or false",
    '[It grew]{holds="pay"}': "not true or false",
    '[It grew]{lang=french1}': "no language tag",
    "{ % if pay %}It grew{ % endif %}": "a command of a story is no such",
    "It grew {{ pay.count }": "cannot be read",
    "It grew {{ pay.count }}}": "has no opening brace",
    "It grew {% claim %}": "the claim has no test",
    "It grew {{pay.count}": "cannot be read",
    "It grew <!-- by 2": "a comment is not closed",
    "It grew by 2 -->": "belongs to no comment",
    "It grew <!-- <!-- by 2 --> much -->": "belongs to no comment",
    "It { grew": "the brace is not closed",
    "It } grew": "has no opening brace",
    "It grew {#note}": "belong to nothing",
    "It grew {.note}": "belong to nothing",
    'It grew <span holds="TEST">much</span>': "attributes stand in braces",
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_in_a_sentence_is_refused_with_its_line(slip: str, small_project: Path) -> None:
    refused(small_project, f"# Title\n\nFirst\nso {slip} here.\n", 4, SLIPS[slip])


BLOCK_SLIPS = {
    '# It grew\n{holds="TEST"}\n': (4, "belong to nothing"),
    '# It grew {holds="TEST"': (3, "the closing brace is missing"),
    '# It grew {holds="TEST"} much': (3, "belong to nothing"),
    '# {holds="TEST"}': (3, "no words"),
    "# It grew {holds=\u201cTEST\u201d}": (3, "not straight"),
    "# It grew {.big}": (3, "the class '.big' means nothing"),
    '# It grew {id="two words"}': (3, "cannot be an id"),
    "# It grew {only=dekc}\n\nx": (3, "Did you mean 'deck'?"),
    '# It grew {only=""}\n\nx': (3, "there is no output ''"),
    "# It grew {only=deck}\n\nx": (3, "out of every document"),
    "# It grew {kicker=\"[Pay]{holds='TEST'}\"}": (3, "printed over the heading"),
    '![Pay](chart:pay){holds="TEST"}': (3, "a test cannot stand here"),
    "![Pay](chart:pay){.wide}": (3, "the class '.wide' means nothing"),
    "![Pay](chart:pay) {#x}": (3, "belong to nothing"),
    "![Pay](chart:pay)\n{#x}": (4, "belong to nothing"),
    "![Pay](chart:pay){only=dekc}": (3, "Did you mean 'deck'?"),
    '![Pay](chart:pay "more words")': (3, "'more words' would not be printed"),
    "![Pay](table:pay){rows=\u00b2}": (3, "no number of rows"),
    "![Pay](table:pay){rows=-1}": (3, "no number of rows"),
    '![Pay](table:pay){sort=""}': (3, 'sort="" says nothing'),
    '![Pay](table:pay){where=""}': (3, 'where="" says nothing'),
    "![Pay](table:pay){sort=--salary}": (3, "no field '-salary'"),
    "![Pay](table:pay){row=1}": (3, "Did you mean 'rows'?"),
    "![Pay](table:pay){where=salary > 5}": (3, "has no quotation marks"),
    "- It grew {#x}": (3, "belong to nothing"),
    "| a | b |\n|---|---|\n| c | d |\n{#x}": (6, "belong to nothing"),
    '| a | b |\n|---|---|\n| c | d | [e]{holds="TEST"} |': (5, "3 cells"),
    '| a | b |\n|---|---|\n| c | [d]{holds="TEST | 1"} |': (5, "3 cells"),
    "| a | b |\n|---|\n| c | d |": (4, "another number of columns"),
    "[It]: grew": (3, "would not be printed"),
    "[the site](https://a.test 'more words')": (3, "'more words' would not be printed"),
    '{% macro so() %}[It grew]{holds="TEST"}{% endmacro %}': (3, "would be lost"),
    '{% set so %}\n[It grew]{holds="TEST"}\n{% endset %}': (3, "would be lost"),
    '{% extends "part.md" %}\n[It grew]{holds="TEST"}': (3, "would be lost"),
    "::: Notes\nW\n:::": (3, "Did you mean 'notes'?"),
    "::: note\nW\n:::": (3, "Did you mean 'notes'?"),
    ":: notes\nW\n::": (3, "a block is fenced by three colons"),
    ": notes\nW\n:": (3, "a block is fenced by three colons"),
    ": : : notes\nW\n:::": (3, "a block is fenced by three colons"),
    "\uff1a\uff1a\uff1a notes\nW\n\uff1a\uff1a\uff1a": (3, "a block is fenced by three colons"),
    "W\n    ::: notes\nX\n    :::": (4, "a block is fenced by three colons"),
    "    ::: notes\n    W\n    :::": (3, "a code block cannot be set"),
    "~~~ notes\nW\n~~~": (3, "a code block cannot be set"),
    ":::\nW\n:::": (3, "closes nothing"),
    "::: {only=deck}\nW\n:::": (3, "there is no block '::: '"),
    "::: notes\nW": (3, "is not closed"),
    "W\n:::": (4, "closes nothing"),
    "::: callout\nW\n::::": (5, "closes nothing"),
    ":::: callout\nW\n:::": (5, "closes nothing"),
    ":::: callout\n::: notes\nW\n::::": (4, "is not closed"),
    "::: callout\nW\n::: end": (3, "is not closed"),
    "::: notes W\nX\n:::": (3, "'W' behind '::: notes' would be lost"),
    "::: notes {only=report} W\nX\n:::": (3, "'W' behind '::: notes' would be lost"),
    "::: notes {only}\nX\n:::": (3, "has no value"),
    "::: notes {onyl=deck}\nX\n:::": (3, "Did you mean 'only'?"),
    '::: callout {holds="TEST"}\nW\n:::': (3, "a test cannot stand here"),
    "> ::: notes\n> W\n> :::": (3, "a quote holds paragraphs only"),
    "- a\n\n  ::: callout\n  W\n\n:::": (5, "is not closed"),
    "::: about-data\nW\n:::": (4, "is filled by itself"),
    "::: key-figures\n- **1** a\n\n  more\n:::": (4, "one line"),
    "::: quote\nA\n-- B\n-- C\n:::": (4, "twice who said it"),
    "::: next-steps\n## It grew {only=deck}\n\n1. W\n:::": (4, "not known here"),
}  # fmt: skip


@pytest.mark.parametrize("slip", BLOCK_SLIPS)
def test_a_slip_in_a_block_is_refused_with_its_line(slip: str, small_project: Path) -> None:
    line, words = BLOCK_SLIPS[slip]
    refused(small_project, f"# Title\n\n{slip}\n", line, words)


MEANT = {
    "a {set} and {1, 2}": "a {set} and {1, 2}",
    r"a \{#set} and \{b = 1\}": "a {#set} and {b = 1}",
    r"an opening \{ and a closing \}": "an opening { and a closing }",
    '`[x]{holds="TEST"}` in code': '[x]{holds="pay.count == 2"} in code',
    "`{{ '{{' }} x }}` in code": "{{ x }} in code",
    r"\::: notes": "::: notes",
    "a = b, id=5 and rows = 3": "a = b, id=5 and rows = 3",
    "It holds: so much": "It holds: so much",
    "holds = nothing": "holds = nothing",
    "Ratio 3:1 and 16::9": "Ratio 3:1 and 16::9",
    "a -> b => c": "a -> b => c",
    r"a \--> b": "a --> b",
    "[square] brackets": "[square] brackets",
    r"\[Note]: words": "[Note]: words",
    "a <!-- not printed --> b": "a  b",
}


@pytest.mark.parametrize("words", MEANT)
def test_what_is_meant_as_text_is_printed(words: str, small_project: Path) -> None:
    found = told(small_project, f"# Title\n\n{words}\n")
    assert isinstance(found, str), found
    assert found.endswith(f"Paragraph #title/paragraph-1: {MEANT[words]}")


UNDERSTOOD = {
    ":::notes\nW\n:::": "Notes",
    "::: notes{only=report}\nW\n:::": "Notes",
    ":::   notes   {#n}  \nW\n:::  ": "Notes",
    "::::: notes\nW\n:::::": "Notes",
    "   ::: notes\n   W\n   :::": "Notes",
    "V\n::: notes\nW\n:::\nX": "Notes",
    "::: callout\n::: notes\nW\n:::\n:::": "Notes",
    "- a\n\n  ::: callout\n  W\n  :::\n- b": "Callout",
    "![Pay](chart:pay){only='report, deck'}": "Figure",
    "![Pay](chart:pay){only=report,deck}": "Figure",
    "![Pay](table:pay){fields=job,salary rows=1 sort=-salary}": "TableBlock",
    "# W <!-- a comment -->\nX": "Heading",
    "# W {% if pay.count == 2 %}V{% endif %}\nX": "Heading",
    "# W\n\n<!--- a comment --->\n\nX": "Heading",
}  # fmt: skip


@pytest.mark.parametrize("written", UNDERSTOOD)
def test_other_spellings_of_a_block_are_understood(written: str, small_project: Path) -> None:
    found = told(small_project, f"# Title\n\n{written}\n")
    assert isinstance(found, str), found
    assert UNDERSTOOD[written] in found
    for word in "VWX":
        assert (word in written) == (word in found.split("title", 1)[1])
    assert not any(line.endswith(("V X", "W X", "W V X")) for line in found.splitlines())


def test_a_claim_in_a_part_keeps_the_file_and_line_of_the_part(small_project: Path) -> None:
    (small_project / "story/part.md").write_text(f'[It grew]{{holds="{FALSE}"}}\n', "utf-8")
    found = told(small_project, '# Title\n\n{% include "part.md" %}\n')
    assert found == [(Place("story/part.md", 1), found[0][1])]


def test_lines_keep_their_places_behind_commands_and_comments(small_project: Path) -> None:
    text = textwrap.dedent("""\
        # Title
        <!-- a
        comment -->
        {% if pay.count == 2 %}
        [It grew]{holds="TEST"}
        {% endif %}
        """)
    refused_at = [place for place, _ in told(small_project, text, FALSE) if isinstance(place, Place)]
    assert refused_at == [Place("story/report.md", 5)]
