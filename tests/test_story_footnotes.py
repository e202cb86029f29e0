"""Footnotes and words struck out: numbered, tagged, bound to the data, and each call has its words."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from typer.testing import CliRunner

from data.errors import ProjectError
from generate import app
from reports.deck.writer import write_deck
from reports.document.blocks import Paragraph
from reports.document.inlines import Footnote, Strike, leaves, plain
from reports.document.tree import footnotes_of, walk
from reports.runs.read import Options, read
from tests.audited import by_verapdf, found
from tests.conftest import PROJECT
from tests.decks import audit, opened
from tests.pdf_pages import text_of
from tests.test_story_spellings import TRUE, refused, told

NOTED = """\
# Pay is high[^top] {#pay}

An engineer earns much[^1], and so[^1] does an ~~*old*~~ analyst.[^2] See [~~the site~~](https://a.test).

![Pay by job[^chart]](chart:pay)

| Job[^head] | Pay |
|---|---|
| Engineer[^cell] | ~~5~~ |

[^1]: Before tax: {{ pay["Engineer"].salary }}, says
a **survey**; see [the site](https://a.test).
[^2]: Another {{ pay["Analyst"].salary }}.
[^top]: Of the first rank.
[^chart]: In a caption.
[^head]: In a head.
[^cell]: In a cell.

# Second part

More.[^end]

[^end]: Words at the end.
"""
DECK = NOTED.replace("# Second part", "# Second part\n\n## A topic[^topic]\n\n[^topic]: Of a topic.")


def build(root: Path, only: str) -> Path:
    result = CliRunner().invoke(app, ["build", str(root), "--out", str(root / "out"), "--only", only, "--quiet"])
    assert result.exit_code == 0, result.output
    return next((root / "out").glob(f"{only}.*"))


def noted(root: Path, output: str = "report", story: str = NOTED) -> Path:
    (root / f"story/{output}.md").write_text(story, "utf-8")
    return build(root, output)


# -- reading -----------------------------------------------------------------
def test_footnotes_are_numbered_as_they_are_called(small_project: Path) -> None:
    (small_project / "story/report.md").write_text(NOTED, "utf-8")
    blocks = read(small_project, Options(only=("report",))).outputs[0].document.blocks
    notes = footnotes_of(walk(blocks))
    assert [note.number for note in notes] == [1, 2, 3, 4, 5, 6, 7]
    assert plain(notes[1].content, "en-US") == "Before tax: $120,000, says a survey; see the site."
    called = [
        leaf.number
        for b in blocks
        if isinstance(b, Paragraph)
        for leaf in leaves(b.content)
        if isinstance(leaf, Footnote)
    ]
    assert called == [2, 2, 3, 7]
    assert any(isinstance(part, Strike) for b in blocks if isinstance(b, Paragraph) for part in b.content)


REFUSED = {
    "Words[^1].": (3, "the footnote '[^1]' has no words."),
    "Words.\n\n[^1]: Note.": (5, "the footnote '[^1]' would not be printed: nothing calls it."),
    "Words[^1].\n\n[^1]: One.\n\n[^1]: Two.": (7, "the footnote '[^1]' stands there a second time."),
    "Words[^1].\n\n[^1]:": (5, "the footnote '[^1]' has no words."),
    "Words[^1].\n\n[^1]: See[^2].\n\n[^2]: That.": (5, "a footnote cannot be called within another one."),
    "Words.\n\n::: notes\nSaid[^1].\n:::\n\n[^1]: Note.": (6, "a footnote cannot be called in what is said."),
    "Words[^1].\n\n[^1]: One.\n\n    Two.": (7, "a code block cannot be set here."),
    'Words[^1].\n\n[^1]: It [grew]{holds="pay.count == 9"}.': (5, "the data deny the claim"),
    "Words[^1].\n\n[^1]: It is ${{ pay.first.salary }}.": (3, "the value brings its own '$'"),
    "{% if pay.count == 9 %}\nWords[^1].\n{% endif %}\n\nMore.\n\n[^1]: Note.": (9, "nothing calls it"),
}


@pytest.mark.parametrize("story", REFUSED)
def test_a_footnote_that_cannot_be_set_is_refused_with_its_line(story: str, small_project: Path) -> None:
    line, words = REFUSED[story]
    refused(small_project, f"# Title\n\n{story}\n", line, words)


def test_a_footnote_of_a_part_for_another_output_is_passed_over(small_project: Path) -> None:
    part = (
        f'::: callout {{only=handout}}\nWords[^1].\n:::\n\n[^1]: It [grew]{{holds="{TRUE}"}}.\n\nMore[^2].\n\n[^2]: So.'
    )
    (small_project / "story/handout.md").write_text(f"# Title\n\n{part}\n", "utf-8")
    settings = small_project / "project.toml"
    settings.write_text(PROJECT.replace("story/report.md", "story/handout.md"), "utf-8")
    outputs = read(small_project, Options()).outputs
    notes = {one.name: [plain(n.content, "en-US") for n in footnotes_of(walk(one.document.blocks))] for one in outputs}
    assert notes["report"] == ["So."]
    assert notes["handout"] == ["It grew.", "So."]


def test_a_footnote_keeps_its_lines_below_a_list_and_in_a_block(small_project: Path) -> None:
    said = told(
        small_project,
        "# T\n\n- One[^1]\n- Two[^2]\n\n[^1]: Note one.\n[^2]: Note\n  two.\n\n> So[^3].\n>\n> [^3]: Three.\n",
    )
    assert isinstance(said, str)
    assert ["Note one." in said, "Note two." in said, "So. | Three." in said] == [True, True, True]


# -- where values are known --------------------------------------------------
def test_values_in_footnotes_captions_and_the_subtitle_are_known_everywhere(small_project: Path) -> None:
    extra = '[tables.{0}]\nfile = "tables/{0}.csv"\ntitle = "Table {0}"\nsource = "S"\nfields.k = {{ title = "K", type = "text", key = true }}\nfields.v = {{ title = "V", type = "integer" }}\n'
    text = PROJECT.replace('title = "Two jobs"', 'title = "Two jobs"\nsubtitle = "Of {{ one.first.v }}"', 1)
    text = text.replace(
        "[charts.pay]", "".join(extra.format(name) for name in ("one", "two", "three")) + "[charts.pay]"
    )
    (small_project / "project.toml").write_text(text, "utf-8")
    for name, number in (("one", 1111), ("two", 2222), ("three", 3333)):
        (small_project / f"tables/{name}.csv").write_text(f"k,v\na,{number}\n", "utf-8")
    story = "# Pay\n\nWords[^1].\n\n![Pay of {{ two.first.v }}](chart:pay)\n\n[^1]: Note {{ three.first.v }}.\n"
    for name in ("report", "deck"):
        (small_project / f"story/{name}.md").write_text(story, "utf-8")
    for only in ("report", "deck"):
        build(small_project, only)
        entry = json.loads((small_project / "out/manifest.json").read_text("utf-8"))["outputs"][only]
        assert {"one", "two", "three", "pay"} == set(entry["tables"])
        assert {f"tables/{name}.csv" for name in ("one", "two", "three")} <= set(entry["cells"])
    for shown, name in (("1,111", "one"), ("2,222", "two"), ("3,333", "three")):
        result = CliRunner().invoke(app, ["trace", shown, str(small_project)])
        assert result.exit_code == 0, result.output
        assert f"from tables/{name}.csv:2 v" in result.output
        assert "report.pdf: " in result.output
        assert "deck.pptx: " in result.output


def test_the_appendix_names_the_tables_that_only_a_footnote_quotes(small_project: Path, tool: Any) -> None:
    pdf = noted(small_project, story="# Pay\n\nWords[^1].\n\n[^1]: Note {{ pay.first.salary }}.\n").read_bytes()
    assert "About these data" in text_of(pdf, tool)


# -- pages -------------------------------------------------------------------
def elements(pdf: bytes, *tags: str) -> list[Any]:
    with pikepdf.open(BytesIO(pdf)) as opened_:
        return [
            str(e.get("/ID", ""))
            for e in opened_.objects
            if isinstance(e, pikepdf.Dictionary) and str(e.get("/S", "")) in tags
        ]


@pytest.mark.parametrize("output", ["report", "handout"])
def test_pages_with_footnotes_pass_every_rule(output: str, small_project: Path, tmp_path: Path) -> None:
    pdf = noted(small_project, output, NOTED.replace("# Second part\n\n", "")).read_bytes()
    assert found(pdf) == ()
    assert by_verapdf({output: pdf}, tmp_path) == {output: []}


def test_each_footnote_is_a_note_of_its_own_that_leads_back(small_project: Path, tool: Any) -> None:
    pdf = noted(small_project).read_bytes()
    assert elements(pdf, "/Note") == [f"footnote-{number}" for number in range(1, 8)]
    assert len(elements(pdf, "/Reference")) >= 8
    text = text_of(pdf, tool)
    assert text.index("Words at the end") > text.index("More.")
    assert text.index("In a cell.") < text.index("Second part", text.index("In a cell."))


def test_words_struck_out_are_said_to_be(small_project: Path) -> None:
    with pikepdf.open(noted(small_project)) as opened_:
        struck = [
            e
            for e in opened_.objects
            if isinstance(e, pikepdf.Dictionary)
            and "/A" in e
            and isinstance(e.A, pikepdf.Dictionary)
            and str(e.A.get("/TextDecorationType", "")) == "/LineThrough"
        ]
        assert sorted(str(e.ActualText) for e in struck) == ["struck out: 5", "struck out: old", "struck out: the site"]


# -- slides ------------------------------------------------------------------
@pytest.mark.parametrize("template", ["", "plain"])
def test_a_slide_shows_the_footnotes_that_it_calls(template: str, small_project: Path, tmp_path: Path) -> None:
    if template:
        Presentation().save(str(small_project / "plain.pptx"))
        (small_project / "brand.toml").write_text('institution = "Test"\ntemplate = "plain.pptx"\n', "utf-8")
    content = noted(small_project, "deck", DECK).read_bytes()
    assert audit(content, tmp_path) == []
    assert [finding for finding in found(content) if finding.rule != "contrast"] == []  # a template's own greys
    for slide in opened(content).slides:
        runs = [run for run in slide._element.iter(qn("a:r")) if run.find(qn("a:rPr")).get("baseline") == "30000"]
        notes = [shape for shape in slide.shapes if shape.name == "Footnotes"]
        raised = [run.find(qn("a:t")).text for run in runs]
        own = [p.runs[0].text for shape in notes for p in shape.text_frame.paragraphs]
        called = raised[: len(raised) - len(own)]
        assert set(called) <= set(own)
        for shape in notes:
            others = [o for o in slide.shapes if o is not shape and not o.is_placeholder and o.has_text_frame]
            assert all(o.top + o.height <= shape.top or o.top >= shape.top for o in others)
            assert shape.top + shape.height <= opened(content).slide_height


def test_words_struck_out_are_struck_on_a_slide(small_project: Path) -> None:
    content = noted(small_project, "deck", DECK).read_bytes()
    struck = [
        run.find(qn("a:t")).text
        for slide in opened(content).slides
        for run in slide._element.iter(qn("a:r"))
        if run.find(qn("a:rPr")).get("strike") == "sngStrike"
    ]
    assert sorted(struck) == ["5", "old", "the site"]


def test_footnotes_that_take_too_much_of_a_slide_are_refused(small_project: Path) -> None:
    long = "Words that go on and on. " * 250
    (small_project / "story/deck.md").write_text(f"## Topic\n\nSo[^1].\n\n[^1]: {long}\n", "utf-8")
    reading = read(small_project, Options(only=("deck",)))
    with pytest.raises(ProjectError, match=r"story/deck.md:1: its footnotes have no room on the slide"):
        write_deck(reading.outputs[0].document, reading.project.brand)
