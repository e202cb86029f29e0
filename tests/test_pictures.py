"""Pictures in stories: sound files only, words for those who do not see them, in every kind of document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from pptx import Presentation
from typer.testing import CliRunner

from charts.faces import face_named
from charts.lettering import register_font
from data.look.fonts import code_family, missing_characters, shipped_family
from generate import app
from tests.pdf_pages import text_of

PROJECT = """
title = "Fair"
language = "en-US"

[tables.pay]
file = "pay.csv"
title = "Pay by job"
source = "Ministry"
as_of = "2020"
fields = { job = { type = "text", key = true, title = "Job" }, pay = { type = "integer", title = "Pay" } }

[outputs.deck]
writer = "deck"
story = "story.md"

[outputs.report]
writer = "report"
story = "story.md"

[outputs.sheet]
writer = "handout"
story = "story.md"

[outputs.notes]
writer = "notes"
story = "story.md"
"""
STORY = """# The fair

## Where to go

![Floor map: {{ pay.count | words }} halls around a yard](pictures/map.png){#map caption="Drawn in May"}

See [](#map).
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 160"><rect width="400" height="160" fill="#0a5"/></svg>'


def project(folder: Path, story: str = STORY, size: tuple[int, int] = (1200, 800)) -> Path:
    (folder / "pictures").mkdir(exist_ok=True)
    Image.new("RGB", size, "#0A5A8A").save(folder / "pictures/map.png")
    Image.new("RGB", size, "#8A5A0A").save(folder / "pictures/hall 1.jpg")
    (folder / "pictures/plan.svg").write_text(SVG, "utf-8")
    (folder / "pay.csv").write_text("job,pay\nCook,100\nNurse,200\n", "utf-8")
    (folder / "project.toml").write_text(PROJECT, "utf-8")
    (folder / "story.md").write_text(story, "utf-8")
    return folder


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["build", str(folder), "--out", str(folder / "out"), *arguments])
    return result.exit_code, result.output


def alternatives(file: Path) -> list[str]:
    """What figures of a PDF say to those who do not see them."""
    with pikepdf.open(file) as pdf:
        return [str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o]


def told(tmp_path: Path, line: str) -> str:
    code, output = run(project(tmp_path, f"# The fair\n\n{line}\n"), "--only", "report")
    assert code != 0
    return output


def test_a_picture_stands_in_every_kind_of_document_with_words_for_those_who_do_not_see_it(tmp_path: Path) -> None:
    code, output = run(project(tmp_path))
    assert code == 0, output
    for name in ("report", "sheet", "notes"):
        assert "Floor map: two halls around a yard" in alternatives(tmp_path / f"out/{name}.pdf"), name
    shapes = [shape for slide in Presentation(str(tmp_path / "out/deck.pptx")).slides for shape in slide.shapes]
    (shown,) = [shape for shape in shapes if shape.name == "Picture"]
    assert shown._element.xpath(".//p:cNvPr")[0].get("descr") == "Floor map: two halls around a yard"
    assert shown.width / shown.height == pytest.approx(1.5, rel=0.01)
    assert [shape.text_frame.text for shape in shapes if shape.name == "Picture caption"] == ["Drawn in May"]


def test_jpeg_and_svg_and_names_with_spaces_are_pictures_too(tmp_path: Path) -> None:
    story = "# The fair\n\n![The hall](<pictures/hall 1.jpg>)\n\n![The plan](pictures/plan.svg)\n"
    code, output = run(project(tmp_path, story), "--only", "deck")
    assert code == 0, output
    slides = Presentation(str(tmp_path / "out/deck.pptx")).slides
    kinds = [shape.image.content_type for slide in slides for shape in slide.shapes if shape.name == "Picture"]
    assert kinds == ["image/jpeg", "image/png"]


def test_a_qr_code_leads_where_its_address_says_that_stands_below_it(tmp_path: Path) -> None:
    story = "# The fair\n\n![Register for the fair](qr:https://example.edu/fair)\n"
    code, output = run(project(tmp_path, story))
    assert code == 0, output
    for name in ("report", "sheet", "notes"):
        assert "Register for the fair" in alternatives(tmp_path / f"out/{name}.pdf"), name
    shapes = [shape for slide in Presentation(str(tmp_path / "out/deck.pptx")).slides for shape in slide.shapes]
    (shown,) = [shape for shape in shapes if shape.name == "Picture"]
    assert shown.image.content_type == "image/png"
    (caption,) = [shape for shape in shapes if shape.name == "Picture caption"]
    assert caption.text_frame.text == "example.edu/fair"
    assert caption.text_frame.paragraphs[0].runs[0].hyperlink.address == "https://example.edu/fair"


def test_a_qr_code_leads_to_an_address_that_the_data_hold(tmp_path: Path) -> None:
    told = "# The fair\n\n![Their website](qr:{{ t.first.site }})\n\n![Jobs](qr:{{ t.first.site }}/jobs%20now)\n"
    root = project(tmp_path, told)
    with (root / "project.toml").open("a", encoding="utf-8") as file:
        file.write(
            '[tables.t]\nfile = "t.csv"\n[tables.t.fields]\nsite = { type = "text" }\nn = { type = "integer" }\n'
        )
    (root / "t.csv").write_text("site,n\nhttps://quill.example.org,7\n", "utf-8")
    code, output = run(root, "--only", "deck")
    assert code == 0, output
    shapes = [shape for slide in Presentation(str(tmp_path / "out/deck.pptx")).slides for shape in slide.shapes]
    captions = [shape.text_frame.paragraphs[0].runs[0] for shape in shapes if shape.name == "Picture caption"]
    links = ["https://quill.example.org", "https://quill.example.org/jobs%20now"]
    assert [run.hyperlink.address for run in captions] == links
    (root / "story.md").write_text("# The fair\n\n![Their website](qr:https://example.org/{{ t.first.n }})\n", "utf-8")
    code, output = run(root, "--only", "deck")
    assert code == 2
    assert "story.md:3: a placeholder in the address of the QR code gives no text." in output


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("![](pictures/map.png)", "says nothing to those who do not see it"),
        ("![map.png](pictures/map.png)", "says nothing to those who do not see it"),
        (f"![{'long ' * 80}](pictures/map.png)", "300 are the most"),
        ("![A map](pictures/none.png)", "there is no file 'pictures/none.png'"),
        ("![A map](../map.png)", "leaves the project folder"),
        ("![A map](pictures/map.gif)", "nor a picture"),
        ("![](qr:https://example.edu)", "the QR code says nothing"),
        ("![Register](qr:example.edu)", "no address that telephones open"),
        (f"![Register](qr:https://example.edu/{'a' * 900})", "too fine to read from paper"),
        ("Look at ![a map](pictures/map.png) here.", "cannot stand within a sentence"),
        ('![A map](pictures/map.png){rows="3"}', "'rows' is not known here"),
        ('![A map](pictures/map.png "Map")', "would not be printed"),
        ('![A map](pictures/map.png){caption="**Map**"}', "in the caption"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_way_out(tmp_path: Path, line: str, said: str) -> None:
    assert said in told(tmp_path, line)


@pytest.mark.parametrize(
    "content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 60], ids=["empty", "text", "torn"]
)
def test_a_damaged_picture_is_refused(tmp_path: Path, content: bytes) -> None:
    project(tmp_path)
    (tmp_path / "pictures/map.png").write_bytes(content)
    code, output = run(tmp_path, "--only", "deck")
    assert code != 0
    assert "story.md:5" in output
    assert "no picture that can be read" in output


def test_a_drawing_that_asks_for_files_elsewhere_is_refused(tmp_path: Path) -> None:
    project(tmp_path, "# The fair\n\n![The plan](pictures/plan.svg)\n")
    (tmp_path / "pictures/plan.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hosts" width="9" height="9"/></svg>', "utf-8"
    )
    code, output = run(tmp_path, "--only", "deck")
    assert code != 0
    assert "<image>" in output


def test_a_picture_with_too_few_pixels_is_warned_of_every_time(tmp_path: Path) -> None:
    project(tmp_path, size=(300, 200))
    for _ in range(2):
        code, output = run(tmp_path, "--only", "report")
        assert code == 0
        assert "300 x 200 pixels: in the report it looks coarse or small" in output
    assert "at least 975 pixels wide" in output


def test_another_picture_makes_another_edition(tmp_path: Path) -> None:
    project(tmp_path)
    assert run(tmp_path, "--only", "deck")[0] == 0
    before = (tmp_path / "out/deck.pptx").read_bytes()
    assert run(tmp_path, "--only", "deck")[0] == 0
    assert (tmp_path / "out/deck.pptx").read_bytes() == before
    Image.new("RGB", (1200, 800), "#111111").save(tmp_path / "pictures/map.png")
    assert run(tmp_path, "--only", "deck")[0] == 0
    assert (tmp_path / "out/deck.pptx").read_bytes() != before


def test_a_picture_larger_than_any_screen_is_made_smaller_for_a_deck(tmp_path: Path) -> None:
    project(tmp_path, size=(5000, 3000))
    assert run(tmp_path, "--only", "deck")[0] == 0
    slides = Presentation(str(tmp_path / "out/deck.pptx")).slides
    (shown,) = [shape for slide in slides for shape in slide.shapes if shape.name == "Picture"]
    assert shown.image.size[0] <= 3 * shown.width.pt + 1


def test_lines_of_code_keep_their_breaks_and_indents(tmp_path: Path) -> None:
    story = "# The fair\n\n## A query\n\n```sql\nselect job\n  from pay\n```\n"
    code, output = run(project(tmp_path, story), "--only", "deck")
    assert code == 0, output
    slides = Presentation(str(tmp_path / "out/deck.pptx")).slides
    (body,) = [s for slide in slides for s in slide.shapes if s.has_text_frame and "select" in s.text_frame.text]
    assert body.text_frame.text == "select job\v\u00a0\u00a0from pay"
    assert {run.font.name for run in body.text_frame.paragraphs[0].runs} == {"Courier New"}


def test_code_on_paper_has_letters_of_one_width_and_keeps_its_columns(
    tmp_path: Path, tool: Callable[[str], str]
) -> None:
    story = "# The fair\n\nWrite `ill`.\n\n```\niiiii  = 1    # one\nMMMMM  = 22   # two\n```\n"
    code, output = run(project(tmp_path, story))
    assert code == 0, output
    for name in ("report", "sheet", "notes"):
        with pikepdf.open(tmp_path / f"out/{name}.pdf") as pdf:
            fonts = {str(o["/BaseFont"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o}
        assert any("DejaVuSansMono" in one for one in fonts)
    printed = text_of((tmp_path / "out/report.pdf").read_bytes(), tool, "-bbox")
    remarks = re.findall(r'xMin="([\d.]+)"[^>]*>#<', printed)
    assert len(remarks) == 2
    assert len(set(remarks)) == 1


def test_the_face_for_code_has_letters_of_one_width_and_ours_for_what_it_lacks() -> None:
    for file in code_family().files:
        face = face_named(register_font(file))
        assert len({face.advance(face.glyphs[ord(letter)]) for letter in "iIl1M@0Oé€#|"}) == 1
    sans = shipped_family("Source Sans Pro").regular
    assert missing_characters("aßé€Ωж", (code_family().regular,)) == []
    assert missing_characters("\u1ea4", (code_family().regular, sans)) == []
