"""In anyone's template: a list of the sections, the present one marked, and what few bars mean as a number."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.util import Pt

from reports.deck.planned.plan import ChartPart, TextPart
from reports.deck.planned.slides import plan_slides
from reports.deck.templates.template import open_template
from tests.decks import BRAND, TEMPLATES, document, figure, heading, paragraph, with_template


def sections(*more):
    parts = [one for name in ("Work", "Pay", "Steps") for one in (heading(name, 1), paragraph(f"About {name}."))]
    return document(*parts, heading("Backup", 1, backup=True), *more)


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_slide_lists_the_sections_and_theirs_mark_the_present_one(shared, name):
    plan = plan_slides(sections(), open_template(with_template(shared, name)).layouts, BRAND)
    agenda = next(one for one in plan.slides if one.title_text == "Contents")
    assert [[passage.text, passage.spans[0].to] for passage in agenda.parts[0].passages] == [
        ["Work", "work"], ["Pay", "pay"], ["Steps", "steps"],
    ]  # fmt: skip
    lines = [one.parts[0].passages[-1] for one in plan.slides if one.role == "Section" and one.title_text != "Backup"]
    assert [[span.text for span in line.spans if span.bold] for line in lines] == [
        ["1\u00a0Work"],
        ["2\u00a0Pay"],
        ["3\u00a0Steps"],
    ]
    backup = next(one for one in plan.slides if one.title_text == "Backup")
    assert not backup.parts


def test_two_sections_and_a_story_with_a_list_of_its_own_get_none(shared):
    layouts = open_template(with_template(shared, "automizer-german-16x9")).layouts
    for doc in (document(heading("Work", 1), heading("Pay", 1)), sections(heading("Agenda"), paragraph("By hand."))):
        plan = plan_slides(doc, layouts, BRAND)
        assert "agenda" not in [one.id for one in plan.slides if one.title_text != "Agenda"]
        assert "Contents" not in [one.title_text for one in plan.slides]


@pytest.mark.parametrize("name", TEMPLATES)
def test_few_bars_have_what_they_mean_beside_them(shared, name):
    layouts = open_template(with_template(shared, name)).layouts
    plan = plan_slides(document(heading("Engineers earn the most"), figure()), layouts, BRAND)
    shown = plan.slides[-2]
    said = {part.slot: part.passages[0].text for part in shown.parts if isinstance(part, TextPart)}
    assert (said["Name"], said["Figure"], said["Label"]) == ("Engineer", "$10,000", "more than Analyst")
    drawn = next(part for part in shown.parts if isinstance(part, ChartPart))
    texts = [part.frame.box for part in shown.parts if isinstance(part, TextPart) and part.slot != "Measure"]
    assert all(drawn.box.right < box.left and box.right <= layouts["Chart"].area.right + 0.1 for box in texts)


def test_a_narrow_place_for_charts_keeps_the_whole_of_it(tmp_path):
    presentation = Presentation()
    body = presentation.slide_layouts[1].placeholders[1]
    body.left, body.top, body.width, body.height = Pt(36), Pt(130), Pt(430), Pt(350)
    presentation.save(tmp_path / "narrow.pptx")
    assert open_template(replace(BRAND, template=tmp_path / "narrow.pptx")).layouts.get("Chart and figure") is None
    Presentation().save(tmp_path / "wide.pptx")
    assert open_template(replace(BRAND, template=tmp_path / "wide.pptx")).layouts.get("Chart and figure") is not None
