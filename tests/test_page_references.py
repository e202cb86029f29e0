"""`[](#id){.page}` says on which page or slide something stands, and says it right after any change."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from data.errors import ProjectError
from reports.deck.planned.plan import Plan, TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from reports.deck.writer import write_deck
from reports.document.blocks import Block, Columns, Heading, Paragraph
from reports.document.inlines import Footnote, Inlines, Ref, Text
from reports.document.page_references import settled
from reports.notes.writer import write_notes
from reports.refresh.refresh import refresh_deck
from reports.runs.read import Options, read
from tests.audited import by_verapdf, found
from tests.decks import BRAND, audit, figure, heading, opened, place, points
from tests.pdf_pages import LOREM, Ids, Tool, data_table, document, page_texts, text_of, words
from tests.writing import write_handout, write_report

CALLED = {"en-US": "page {}", "de-DE": "Seite {}", "fr-FR": "page {}", "es-ES": "página {}"}


def by_page(target: str, before: str = "See ", after: str = ".") -> Inlines:
    return (Text(before), Ref(target, page=True), Text(after))


def saying(content: Inlines, name: str = "refers") -> Paragraph:
    return Paragraph(id=name, place=place(), content=content)


def filler(count: int) -> list[Block]:
    ids = Ids()
    return [Paragraph(**{**ids(), "id": f"filler-{n}"}, content=words(LOREM * 4)) for n in range(count)]


def part(title: str, name: str) -> Heading:
    return heading(title, 1, name)


def flat(text: str) -> str:
    return " ".join(text.split())


def page_of(pages: list[str], words_there: str) -> int:
    return next(n for n, text in enumerate(pages, 1) if words_there in flat(text))


# -- reading -----------------------------------------------------------------
def told(root: Path, line: str) -> str:
    (root / "story/report.md").write_text(f"# Jobs {{#jobs}}\n\n{line}\n", "utf-8")
    with pytest.raises(ProjectError) as caught:
        read(root, Options(only=("report",)))
    return str(caught.value)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("See [](#nowhere){.page}.", "'#nowhere', which is not here"),
        ("See [there](#jobs){.page}.", "writes its own words"),
        ("See [site](https://a.test){.page}.", "only a part of this document has a page"),
        ("See [](#jobs){.pages}.", "did you mean 'page'"),
        ("See [](#jobs){.page lang=fr}.", "'lang' is not known here"),
        ("See [](#said){.page}.\n\n::: notes {#said}\nPsst\n:::", "'#said', which is not here"),
        ("See [](#said).\n\n::: notes {#said}\nPsst\n:::", "'#said', which is not here"),
        ("See [](#jobs){.page", "the closing brace is missing"),
    ],
)
def test_a_reference_by_page_that_says_nothing_is_refused(small_project: Path, line: str, said: str) -> None:
    assert said.casefold() in told(small_project, line).casefold()


def test_a_reference_by_page_stands_wherever_words_do(small_project: Path) -> None:
    story = "# Jobs {#jobs}\n\n- See [](#pay){.page}\n\n| A |\n|---|\n| [](#jobs){.page} |\n\n**On [](#jobs){.page}**\n\n![Pay](chart:pay)\n"
    (small_project / "story/report.md").write_text(story, "utf-8")
    assert read(small_project, Options(only=("report",))).outputs


# -- paper -------------------------------------------------------------------
@pytest.mark.parametrize("language", CALLED)
def test_a_report_says_the_page_of_a_section_a_chart_and_a_table(language: str, tool: Tool) -> None:
    ids = Ids()
    table = replace(data_table(3, ids), id="jobs-table")
    blocks = [
        part("First", "first"),
        saying(by_page("second", "A: ", ";"), "a"),
        saying(by_page("gap", "B: ", ";"), "b"),
        saying(by_page("jobs-table", "C: ", ";"), "c"),
        *filler(9),
        part("The second one", "second"),
        *filler(7),
        figure("The gap is small", "gap"),
        *filler(11),
        table,
    ]
    pdf = write_report(document(blocks, language=language), BRAND)
    pages = page_texts(pdf, tool)
    text = flat(" ".join(pages))
    said = [re.search(rf"{which}: ([^;]+);", text) for which in "ABC"]
    there = [page_of(pages[2:], "The second one") + 2, page_of(pages, "The gap is small")]
    assert [one and one[1] for one in said[:2]] == [CALLED[language].format(number) for number in there]
    assert said[2] is not None
    assert int(re.sub(r"\D", "", said[2][1])) > there[1]
    assert found(pdf) == ()


def test_what_stands_inside_a_column_or_a_list_has_its_page(tool: Tool) -> None:
    inner = figure("The gap is small", "gap")
    beside = Columns(id="columns", place=place(), columns=((points("One"),), (inner,)))
    blocks = [part("First", "first"), saying(by_page("gap", "A: ", ";")), *filler(12), beside]
    pages = page_texts(write_report(document(blocks), BRAND), tool)
    assert f"A: page {page_of(pages, 'The gap is small')};" in flat(" ".join(pages))


def test_a_footnote_says_a_page(tool: Tool) -> None:
    called = (Text("Words"), Footnote(1, by_page("second", "A: ", ";")), Text("."))
    blocks = [part("First", "first"), saying(called), *filler(12), part("The second one", "second")]
    pages = page_texts(write_report(document(blocks), BRAND), tool)
    assert f"A: page {page_of(pages[2:], 'The second one') + 2};" in flat(" ".join(pages))


def test_pages_are_right_at_every_length_of_what_stands_before(tool: Tool) -> None:
    for count in range(1, 60, 7):
        blocks = [part("First", "first"), saying(by_page("second", "A: ", ";")), *filler(count), part("X", "second")]
        blocks.append(saying(words("Here it is.")))
        pages = page_texts(write_report(document(blocks), BRAND), tool)
        assert f"A: page {page_of(pages, 'Here it is.')};" in flat(" ".join(pages))


def test_a_handout_says_its_side(tool: Tool) -> None:
    blocks = [saying(by_page("second", "A: ", ";")), *filler(7), heading("Overleaf", 2, "second"), *filler(7)]
    pdf = write_handout(document(blocks), BRAND, pages=2)
    pages = page_texts(pdf, tool)
    assert f"A: page {page_of(pages, 'Overleaf')};" in flat(pages[0])
    assert found(pdf) == ()


def test_what_stands_nowhere_has_no_page() -> None:
    with pytest.raises(ProjectError, match="stands on no page"):
        settled(document([saying(by_page("there"))]), lambda made: (made, {}), lambda page, _: "")


def test_a_page_that_is_never_right_is_refused_and_none_is_printed() -> None:
    """A book whose chapter moves away from whatever page is said."""

    def make(made):
        (leaf,) = (one for one in made.blocks[0].content if isinstance(one, Ref))
        said = leaf.children[0].text
        return said, {"there": 2 if said == "1" else 1}

    with pytest.raises(ProjectError, match="no page is the right one"):
        settled(document([saying(by_page("there"))]), make, lambda page, _: str(page or 1))


def test_a_document_without_such_references_is_made_once() -> None:
    times = []
    settled(document(filler(1)), lambda made: (times.append(made), {}), lambda page, _: "")
    assert len(times) == 1


def test_verapdf_finds_nothing_in_references_by_page(tmp_path: Path) -> None:
    blocks = [part("First", "first"), saying(by_page("second")), *filler(3), part("Second", "second")]
    files = {"report": write_report(document(blocks), BRAND), "notes": write_notes(document(blocks), BRAND)}
    assert by_verapdf(files, tmp_path) == {"report": [], "notes": []}


# -- decks -------------------------------------------------------------------
def planned(*blocks: Block, language: str = "en-US") -> Plan:
    return plan_slides(document(blocks, language=language), open_template(BRAND).layouts, BRAND)


def shown(plan: Plan) -> str:
    """What slides say, no-break spaces as spaces."""
    parts = [part for slide in plan.slides for part in slide.parts if isinstance(part, TextPart)]
    return "\n".join(passage.text for part in parts for passage in part.passages).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("language", "far", "near"),
    [
        ("en-US", "slide 5", "the next slide"),
        ("de-DE", "Folie 5", "Folie 3"),
        ("fr-FR", "diapositive 5", "diapositive suivante"),
        ("es-ES", "diapositiva 5", "diapositiva siguiente"),
    ],
)
def test_a_deck_says_the_slide_and_which_is_the_next(language: str, far: str, near: str) -> None:
    plan = planned(
        heading("One", name="one"),
        saying(by_page("four", "A: ", ";"), "a"),
        saying(by_page("two", "B: ", ";"), "b"),
        *(block for name in ("two", "three", "four") for block in (heading(name, name=name), points(name))),
        language=language,
    )
    assert [slide.title_text for slide in plan.slides[:5]][1:] == ["One", "two", "three", "four"]
    assert f"A: {far};" in shown(plan)
    assert f"B: {near};" in shown(plan)


def test_a_slide_that_goes_on_does_not_call_its_own_second_part_the_next_slide() -> None:
    long = points(*(f"Point {n} about something or other" for n in range(30)))
    plan = planned(heading("One", name="one"), saying(by_page("two", "A: ", ";")), long, heading("Two", name="two"))
    number = next(n for n, slide in enumerate(plan.slides, 1) if slide.id == "two")
    assert number > 3
    assert f"A: slide {number};" in shown(plan)


def test_slide_numbers_are_those_of_charts_tables_and_what_stands_in_columns() -> None:
    beside = Columns(id="columns", place=place(), columns=((points("One"),), (figure("Beside", "beside"),)))
    blocks = (
        heading("One", name="one"),
        saying(by_page("gap", "A: ", ";"), "a"),
        saying(by_page("beside", "B: ", ";"), "b"),
        points("x"),
        heading("Far", name="far"),
        points("z"),
        heading("Between", name="between"),
        points("y"),
        figure("The gap is small", "gap"),
        heading("Beside each other"),
        beside,
    )
    plan = planned(*blocks)
    numbers = {slide.id: number for number, slide in enumerate(plan.slides, 1)}
    assert f"A: slide {numbers[plan.targets['gap']]};" in shown(plan)
    assert f"B: slide {numbers[plan.targets['beside']]};" in shown(plan)


def test_a_reference_by_slide_is_a_link_to_it(tmp_path: Path) -> None:
    content = write_deck(
        document([heading("One", name="one"), saying(by_page("three")), *two_more()]),
        BRAND,
    )
    deck = opened(content)
    (link,) = [one for one in deck.slides[1]._element.iter() if str(one.tag).endswith("hlinkClick")]
    relation = link.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")
    target = deck.slides[1].part.rels[relation].target_part
    assert target is deck.slides[3].part
    assert audit(content, tmp_path) == []
    assert found(content) == ()


def two_more() -> list[Block]:
    return [heading("Two", name="two"), points("Two"), heading("Three", name="three"), points("Three")]


def test_the_deck_to_print_says_slides(tool: Tool) -> None:
    content = document([heading("One", name="one"), saying(by_page("three")), *two_more()])
    assert "See slide 4." in flat(text_of(write_notes(content, BRAND), tool))


def test_refresh_brings_new_numbers_like_any_other_text() -> None:
    def made(*between: Block) -> bytes:
        first = (heading("One", name="one"), saying(by_page("three", "A: ", ";")), points("mine"))
        return write_deck(document([*first, *between, *two_more()]), BRAND)

    before, now = made(), made(heading("New", name="new"), points("New"))
    deck = opened(before)
    body = next(one for one in deck.slides[1].shapes if one.has_text_frame and "mine" in one.text_frame.text)
    body.text_frame.paragraphs[-1].runs[0].text = "theirs"
    edited = BytesIO()
    deck.save(edited)
    done = opened(refresh_deck(edited.getvalue(), now).content)
    said = [one.text_frame.text.replace("\u00a0", " ") for one in done.slides[1].shapes if one.has_text_frame]
    assert any("A: slide 5;" in text and "theirs" in text for text in said)
    assert refresh_deck(before, now).content == now
