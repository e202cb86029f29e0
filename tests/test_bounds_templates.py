"""A template is somebody else's file: it is weighed before it is opened, and only its looks go into a deck."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml

from data.files import package_bounds, template_parts
from reports.powerpoint.opened import BrokenPackageError, Package
from tests.test_bad_input import run

P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
SECRET = b"do not pass this on"


def _part(presentation: object, name: str, kind: str) -> Part:
    return Part(PackURI(name), kind, presentation.part.package, SECRET)


def made(path: Path) -> None:
    """A template that carries a link, linked and embedded things, a macro, tags and data."""
    presentation = Presentation()
    master = presentation.slide_master
    layout = presentation.slide_layouts[1]
    tree = layout.shapes._spTree
    linked = layout.part.relate_to("https://elsewhere.test/track.png", RT.IMAGE, is_external=True)
    tree.append(
        parse_xml(
            f'<p:pic {P} {A} {R}><p:nvPicPr><p:cNvPr id="90" name="Linked"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr>'
            f'<p:blipFill><a:blip r:link="{linked}"/></p:blipFill><p:spPr/></p:pic>'
        )
    )
    embedded = layout.part.relate_to(_part(presentation, "/ppt/embeddings/o.bin", "application/x-ole"), RT.OLE_OBJECT)
    tree.append(
        parse_xml(
            f'<p:graphicFrame {P} {A} {R}><p:nvGraphicFramePr><p:cNvPr id="91" name="Object"/><p:cNvGraphicFramePr/>'
            '<p:nvPr/></p:nvGraphicFramePr><p:xfrm><a:off x="0" y="0"/><a:ext cx="1" cy="1"/></p:xfrm><a:graphic>'
            '<a:graphicData uri="http://schemas.openxmlformats.org/presentationml/2006/ole">'
            f'<p:oleObj r:id="{embedded}" progId="X"><p:embed/></p:oleObj></a:graphicData></a:graphic></p:graphicFrame>'
        )
    )
    link = master.part.relate_to("https://elsewhere.test/", RT.HYPERLINK, is_external=True)
    run_properties = next(iter(master.shapes)).text_frame.paragraphs[0].add_run()._r.get_or_add_rPr()
    run_properties.append(parse_xml(f'<a:hlinkClick {A} {R} r:id="{link}"/>'))
    tags = master.part.relate_to(_part(presentation, "/ppt/tags/tag1.xml", "application/xml"), RT.TAGS)
    master._element.cSld.append(parse_xml(f'<p:custDataLst {P} {R}><p:tags r:id="{tags}"/></p:custDataLst>'))
    for name, kind in (
        ("/ppt/vbaProject.bin", "http://schemas.microsoft.com/office/2006/relationships/vbaProject"), ("/customXml/item1.xml", RT.CUSTOM_XML),
        ("/ppt/commentAuthors.xml", RT.COMMENT_AUTHORS), ("/ppt/printerSettings/p.bin", RT.PRINTER_SETTINGS),
    ):  # fmt: skip
        presentation.part.relate_to(_part(presentation, name, "application/octet-stream"), kind)
    presentation.save(str(path))


def with_template(root: Path, write: Callable[[Path], None]) -> Path:
    write(root / "t.pptx")
    (root / "brand.toml").write_text('template = "t.pptx"\n', "utf-8")
    return root


def test_what_a_template_carries_stays_behind_and_is_told(small_project: Path, tmp_path: Path) -> None:
    with_template(small_project, made)
    code, output = run("build", small_project, "--only", "deck", "--out", tmp_path / "out")
    assert code == 0, output
    assert "brand.toml:1: the template holds" in output
    for word in ("links (1)", "linked pictures (1)", "embedded objects (1)", "macros (1)", "custom data (1)", "tags"):
        assert word in output, output
    content = (tmp_path / "out" / "deck.pptx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as deck:
        names = deck.namelist()
        everything = b"".join(deck.read(name) for name in names)
    assert b"elsewhere.test" not in everything
    assert SECRET not in everything
    assert b"oleObj" not in everything
    ours = re.compile(
        r"docProps/custom\.xml|customXml/(_rels/)?item(Props)?1\.xml(\.rels)?|ppt/embeddings/slide\d+-chart\.xlsx"
    )
    theirs = [name for name in names if not ours.fullmatch(name)]
    assert not [n for n in theirs if any(w in n for w in ("embed", "vba", "custom", "tags", "comment", "printer"))]
    assert len(Presentation(io.BytesIO(content)).slides) > 0


def _zipped(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {"ppt/presentation.xml": b"<p/>", **parts}.items():
            package.writestr(name, content)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"ppt/media/a.bin": bytes(2_000_000)}, "would unpack to 2 MB"),
        ({f"ppt/media/{n}.bin": bytes(90_000) for n in range(9)}, "would unpack to 1 MB"),
        ({f"ppt/media/{n}.bin": b"" for n in range(60)}, "has 61 parts"),
        ({"ppt/slideMasters/m.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, "declares entities"),
    ],
)
def test_a_template_out_of_proportion_is_not_opened(
    parts: dict[str, bytes], words: str, small_project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds = replace(package_bounds.TEMPLATE, part=1_000_000, whole=9_000_000, parts=50, small=500_000)
    monkeypatch.setattr(template_parts, "TEMPLATE", bounds)
    with_template(small_project, lambda path: _zipped(path, parts))
    code, output = run("check", small_project)
    assert (code, words in output) == (2, True), output
    assert "brand.toml:1: 't.pptx'" in output


def test_a_deck_out_of_proportion_is_not_audited(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("reports.powerpoint.opened.DECK", replace(package_bounds.DECK, whole=1_000_000))
    _zipped(tmp_path / "d.pptx", {"a.bin": bytes(2_000_000)})
    with pytest.raises(BrokenPackageError, match="would unpack to 2 MB"):
        Package((tmp_path / "d.pptx").read_bytes())


def test_actions_and_additions_that_lead_nowhere_stay_behind_and_are_told(small_project: Path, tmp_path: Path) -> None:
    def made(path: Path) -> None:
        presentation = Presentation()
        shape = next(iter(presentation.slide_layouts[0].shapes))._element
        named = shape.nvSpPr.cNvPr
        for name in ("hlinkClick", "hlinkHover"):
            named.append(parse_xml(f'<a:{name} {A} {R} r:id="" action="ppaction://program"/>'))
        known = "{C183D7F6-B498-43B3-948B-1728B52AA6E4}"
        design = '<d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
        other = f'<x xmlns="urn:other">{SECRET.decode()}</x>'
        named.append(
            parse_xml(
                f'<a:extLst {A}><a:ext uri="{known}">{design}</a:ext><a:ext uri="{{0}}">{other}</a:ext>'
                f'<a:ext uri="{known}">{other}</a:ext></a:extLst>'
            )
        )
        presentation.slide_master._element.append(
            parse_xml(f'<p:extLst {P}><p:ext uri="{{0}}">{other}</p:ext></p:extLst>')
        )
        presentation.save(str(path))

    with_template(small_project, made)
    code, output = run("build", small_project, "--only", "deck", "--out", tmp_path / "out")
    assert code == 0, output
    assert "actions (2), additions of other programs (3)" in output
    with zipfile.ZipFile(tmp_path / "out" / "deck.pptx") as deck:
        looks = [n for n in deck.namelist() if n.startswith(("ppt/slideLayouts/", "ppt/slideMasters/"))]
        everything = b"".join(deck.read(name) for name in looks)
    assert SECRET not in everything
    assert b"ppaction" not in everything
    assert b"decorative" in everything
