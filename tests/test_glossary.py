"""A term that a story marks leads to what the project's glossary says of it, in every document that uses it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from typer.testing import CliRunner

from data.errors import ProjectError
from generate import app
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.document.blocks import Document, Glossary
from reports.document.inlines import plain
from reports.document.tree import values_in, walk
from reports.runs.check import check
from reports.runs.read import Options, read
from tests.audited import by_verapdf, found
from tests.decks import BRAND, audit, opened
from tests.pdf_pages import Tool, page_texts, text_of, tree

GLOSSARY = """
[glossary]
"median" = "the middle of all values: {{ pay.median('salary') }} in this table"
"Äquivalenz" = "being worth as much"
"Zone" = "a part of a city"
"standard error" = "how far a mean may be from that of all people, as far as anybody can tell from those who were asked"
"unused" = "nothing"
"""
STORY = """\
# Pay is high {#pay}

The [median]{.term} counts. [Medians]{term="median"} and [Zone]{.term}, an [Äquivalenz]{.term} and a **[Standard
error]{.term}**.

![Pay by job](chart:pay)

# Second part

More.
"""


def with_glossary(root: Path, story: str = STORY, output: str = "report", glossary: str = GLOSSARY) -> Path:
    file = root / "project.toml"
    file.write_text(file.read_text("utf-8") + glossary, "utf-8")
    (root / f"story/{output}.md").write_text(story, "utf-8")
    return root


def document_of(root: Path, output: str = "report") -> Document:
    return read(root, Options(only=(output,))).outputs[0].document


def glossary_of(root: Path, output: str = "report") -> Glossary:
    (block,) = (block for block in walk(document_of(root, output).blocks) if isinstance(block, Glossary))
    return block


def built(root: Path, output: str) -> Path:
    result = CliRunner().invoke(app, ["build", str(root), "--out", str(root / "out"), "--only", output, "--quiet"])
    assert result.exit_code == 0, result.output
    return next((root / "out").glob(f"{output}.*"))


def told(root: Path, story: str, glossary: str = GLOSSARY) -> str:
    with pytest.raises(ProjectError) as caught:
        read(with_glossary(root, story, glossary=glossary), Options(only=("report",)))
    return str(caught.value)


# -- reading -----------------------------------------------------------------
def test_the_terms_that_are_marked_are_explained_in_the_order_of_the_language(small_project: Path) -> None:
    block = glossary_of(with_glossary(small_project))
    assert [entry.term for entry in block.entries] == ["Äquivalenz", "median", "standard error", "Zone"]


def test_a_meaning_is_bound_to_the_data(small_project: Path) -> None:
    block = glossary_of(with_glossary(small_project))
    said = plain(block.entries[1].meaning[0].content, "en-US")
    assert said == "the middle of all values: $115,000 in this table"
    assert any(value.cells for value in values_in(document_of(small_project)))


def test_a_glossary_stands_where_the_story_says(small_project: Path) -> None:
    story = STORY.replace("# Second part", "::: glossary\n:::\n\n# Second part")
    document = document_of(with_glossary(small_project, story))
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds.index("Glossary") < len(kinds) - 2
    assert not glossary_of(small_project).appended


def test_a_story_that_marks_nothing_has_no_glossary(small_project: Path) -> None:
    blocks = document_of(with_glossary(small_project, "# Pay\n\nWords.\n")).blocks
    assert not any(isinstance(block, Glossary) for block in walk(blocks))


def test_what_is_only_said_marks_nothing_in_a_report(small_project: Path) -> None:
    story = "# Pay\n\n[Zone]{.term}\n\n::: notes\nA [median]{.term}.\n:::\n"
    assert [entry.term for entry in glossary_of(with_glossary(small_project, story)).entries] == ["Zone"]


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("[mode]{.term}", "the glossary does not explain 'mode'"),
        ("[medians]{.term}", "did you mean 'median'"),
        ('[x]{term="mediam"}', "did you mean 'median'"),
        ("[median]{.terms}", "did you mean 'term'"),
        ("[]{.term}", "the brackets are empty"),
        ("::: glossary\n:::", "no term is marked"),
        ("[median]{.term}\n\n::: glossary\n:::\n\n::: glossary\n:::", "stands there twice"),
        ("[median]{.term}\n\n::: glossary\nWords\n:::", "filled by itself"),
    ],
)
def test_what_explains_nothing_is_refused(small_project: Path, story: str, said: str) -> None:
    assert said in told(small_project, f"# Pay\n\n{story}\n").replace("Did", "did")


@pytest.mark.parametrize(
    ("glossary", "said"),
    [
        ("\n", "Write [glossary] in project.toml"),
        ('[glossary]\n"median" = "a"\n"Median" = "b"\n', "which are one term"),
        ('[glossary]\n"median" = ""\n', "project.toml"),
        ('[glossary]\n" median" = "a"\n', "project.toml"),
        ('[glossary]\n"median" = "{{ pai.count }}"\n', "pai"),
        ('[glossary]\n"median" = "a **strong** word"\n', "**"),
        ('[glossary]\n"median" = "a {% if x %}"\n', "project.toml"),
    ],
)
def test_a_glossary_that_cannot_be_printed_is_refused(small_project: Path, glossary: str, said: str) -> None:
    assert said in told(small_project, "# Pay\n\n[median]{.term}\n", f"\n{glossary}")


def test_check_tells_the_terms_that_no_story_marks(small_project: Path) -> None:
    found_ = [str(one) for one in check(with_glossary(small_project)) if "glossary" in str(one)]
    assert len(found_) == 1
    assert "explains 'unused', and no story marks it" in found_[0]
    assert found_[0].startswith("project.toml:")


# -- documents ---------------------------------------------------------------
def test_a_report_explains_its_terms_behind_its_last_section(small_project: Path, tool: Tool) -> None:
    path = built(with_glossary(small_project), "report")
    pages = page_texts(path.read_bytes(), tool)
    (page,) = [text for text in pages[2:] if "being worth as much" in text]
    said = page[page.index("Glossary") :]
    assert said.index("Äquivalenz") < said.index("median") < said.index("Zone")
    assert "unused" not in " ".join(pages)


def test_in_a_pdf_the_glossary_is_a_list_and_terms_are_links_to_it(small_project: Path) -> None:
    path = built(with_glossary(small_project), "report")
    content = path.read_bytes()
    kinds = tree(content).split()
    start = kinds.index("L")
    assert kinds[start : start + 5] == ["L", "LI", "Lbl", "LBody", "P"]
    with pikepdf.open(BytesIO(content)) as pdf:
        said = [str(one.Contents) for page in pdf.pages for one in page.get("/Annots", [])]
    for words in ("median", "Medians", "Zone", "Äquivalenz", "Standard error"):
        assert words in said
    assert found(content) == ()


def test_a_handout_explains_its_terms_at_its_end(small_project: Path, tool: Tool) -> None:
    story = "# Pay\n\nWhat a [median]{.term} is.\n"
    path = built(with_glossary(small_project, story, "handout"), "handout")
    text = text_of(path.read_bytes(), tool)
    assert text.index("Glossary") < text.index("the middle of all values")
    assert found(path.read_bytes()) == ()


def test_a_deck_explains_its_terms_on_a_slide_behind_the_others(small_project: Path, tmp_path: Path) -> None:
    story = "# Pay\n\n## First\n\n- [Median]{.term}\n\n## Last words\n\nThat was all.\n"
    path = built(with_glossary(small_project, story, "deck"), "deck")
    deck = opened(path.read_bytes())
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides if slide.shapes.title]
    assert titles[titles.index("Last words") + 1] == "Glossary"
    glossary = deck.slides[titles.index("Glossary")]
    assert any(
        "median: the middle of all values" in one.text_frame.text for one in glossary.shapes if one.has_text_frame
    )
    first = deck.slides[titles.index("First")]
    (link,) = [one for one in first._element.iter() if str(one.tag).endswith("hlinkClick")]
    relation = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    assert first.part.rels[relation].target_part is glossary.part
    assert audit(path.read_bytes(), tmp_path) == []


def test_a_glossary_in_the_story_of_a_deck_makes_a_slide_there(small_project: Path) -> None:
    story = (
        "# Pay\n\n## First\n\n- [Median]{.term}\n\n## Words we use\n\n::: glossary\n:::\n\n## Last\n\nThat was all.\n"
    )
    document = document_of(with_glossary(small_project, story, "deck"), "deck")
    plan = plan_slides(document, open_template(BRAND).layouts, BRAND)
    titles = [slide.title_text for slide in plan.slides]
    assert titles.index("Words we use") < titles.index("Last")
    assert "Glossary" not in titles


@pytest.mark.parametrize(("language", "title"), [("de-DE", "Glossar"), ("fr-FR", "Glossaire"), ("es-ES", "Glosario")])
def test_a_glossary_is_called_so_in_the_documents_language(
    small_project: Path, tool: Tool, language: str, title: str
) -> None:
    root = with_glossary(small_project)
    file = root / "project.toml"
    file.write_text(file.read_text("utf-8").replace('language = "en-US"', f'language = "{language}"'), "utf-8")
    assert title in text_of(built(root, "report").read_bytes(), tool)


def test_verapdf_finds_nothing_in_a_glossary(small_project: Path, tmp_path: Path) -> None:
    root = with_glossary(small_project)
    files = {"report": built(root, "report").read_bytes()}
    assert by_verapdf(files, tmp_path) == {"report": []}
