"""Files that are cut off, overwritten or put together wrongly get a message or findings, never a traceback."""

from __future__ import annotations

import copy
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pikepdf import Array, Dictionary, Name, Stream, String

from data.errors import ProjectError
from reports.audit.audit import audit_bytes
from tests.audited import good_deck, good_pdf
from tests.defects import PDF_DEFECTS, broken_pdf

LONG = settings(max_examples=1000 if os.environ.get("FAIRSHEET_FULL") == "1" else 100, deadline=None)


@cache
def plain_pdf() -> bytes:
    """A report whose streams are not packed, so that changed bytes get as far as the content."""
    out = BytesIO()
    with pikepdf.open(BytesIO(good_pdf())) as pdf:
        pdf.save(
            out,
            compress_streams=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        )
    return out.getvalue()


def look_at(content: bytes) -> bool:
    """Whether there were findings or none; False for a message that the file cannot be looked at."""
    try:
        audit_bytes(content, "file")
    except ProjectError as error:
        problems = error.problems
    else:
        return True
    assert all(problem.message and problem.remedy for problem in problems)
    return False


@pytest.mark.parametrize("whole", [good_pdf, plain_pdf, good_deck])
@pytest.mark.parametrize("part", [0, 1, 4, 8, 100, 1100])
def test_the_beginning_of_a_file_is_not_taken_for_the_file(whole: Any, part: int) -> None:
    assert not look_at(whole()[:part])


@given(st.sampled_from([good_pdf, plain_pdf, good_deck]), st.floats(0, 0.995))
@LONG
def test_a_file_that_is_cut_off_is_told_to_be_damaged(whole: Any, part: float) -> None:
    assert not look_at(whole()[: int(len(whole()) * part)])


@given(
    st.sampled_from([good_pdf, plain_pdf, plain_pdf, good_deck]),
    st.lists(st.tuples(st.floats(0, 0.9999), st.integers(0, 255)), min_size=1, max_size=60),
)
@LONG
def test_overwritten_bytes_give_no_traceback(whole: Any, changes: list[tuple[float, int]]) -> None:
    content = bytearray(whole())
    for place, byte in changes:
        content[int(place * len(content))] = byte
    look_at(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_part_gives_a_message_however_it_is_packed(method: int) -> None:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(good_deck())) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        main = new.getinfo("ppt/presentation.xml")
    assert look_at(out.getvalue())
    start = main.header_offset + 30 + len(main.filename)
    for place in range(start + 10, start + 40):
        content = bytearray(out.getvalue())
        content[place] ^= 0x5A
        assert not look_at(bytes(content))


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04"]))
@LONG
def test_any_bytes_give_a_message(noise: bytes, head: bytes) -> None:
    assert not look_at(head + noise)


# -- objects of other types --------------------------------------------------------


def slots(pdf: pikepdf.Pdf) -> list[tuple[Any, Any]]:
    """Every place of the file that an object may stand in."""

    def walk(node: Any, depth: int) -> Iterator[tuple[Any, Any]]:
        keys = range(len(node)) if isinstance(node, Array) else sorted(node.keys())
        for key in keys:
            yield node, key
            inner = node[key]
            if isinstance(inner, (Dictionary, Array)) and not inner.is_indirect and depth < 4:
                yield from walk(inner, depth + 1)

    nodes = [node for node in pdf.objects if isinstance(node, (Dictionary, Stream, Array))]
    return [slot for node in nodes for slot in walk(node, 0)]


def other_objects(pdf: pikepdf.Pdf, choice: int) -> Any:
    found = [
        None,
        0,
        -1,
        2**31,
        True,
        1.5,
        String(b"\xfe\xff\xd8"),
        Name.Other,
        Array(),
        Array([1, None, Name.X, String("s"), 1.5]),
        Dictionary(),
        Dictionary(S=Name.P, K=Array([0, Dictionary()])),
        pdf.Root,
        pdf.Root.get("/StructTreeRoot"),
        pdf.pages[0].obj,
        Stream(pdf, b"BT /F1 1 Tf (x) Tj"),
        Stream(pdf, b"\x00\xff<<"),
    ]
    return found[choice % len(found)]


@cache
def form_pdf() -> bytes:
    return broken_pdf(good_pdf(), PDF_DEFECTS["a form field without a name"])


@given(
    st.sampled_from([good_pdf, form_pdf]),
    st.lists(st.tuples(st.integers(0, 2**32), st.integers(0, 100)), min_size=1, max_size=4),
)
@LONG
def test_objects_of_the_wrong_type_give_no_traceback(whole: Any, changes: list[tuple[int, int]]) -> None:
    with pikepdf.open(BytesIO(whole())) as pdf:
        for place, choice in changes:
            places = slots(pdf)
            node, key = places[place % len(places)]
            value = other_objects(pdf, choice)
            try:
                if value is None and not isinstance(node, Array):
                    del node[key]
                else:
                    node[key] = value
            except (KeyError, TypeError, ValueError):
                continue  # a stream's own entries cannot be replaced
        out = BytesIO()
        try:
            pdf.save(out, fix_metadata_version=False)
        except pikepdf.PdfError:
            return  # nobody can have made such a file in this way
    look_at(out.getvalue())


# -- XML of the wrong shape ----------------------------------------------------------

ATTRIBUTES = ("", "-1", "0", "9" * 30, "9" * 5000, "abc", "1e400", "nan", "true", "50%", "é", "//", "../../x", "1.5")


@given(
    st.lists(
        st.tuples(st.integers(0, 2**32), st.integers(0, 2**32), st.integers(0, 6), st.integers(0, 100)),
        min_size=1,
        max_size=8,
    )
)
@LONG
def test_parts_of_the_wrong_shape_give_no_traceback(changes: list[tuple[int, int, int, int]]) -> None:
    with zipfile.ZipFile(BytesIO(good_deck())) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    named = sorted(name for name in members if name.endswith((".xml", ".rels")))
    for part, place, kind, choice in changes:
        name = named[part % len(named)]
        root = etree.fromstring(members[name])
        elements = [element for element in root.iter() if isinstance(element.tag, str)]
        element = elements[place % len(elements)]
        parent, attributes = element.getparent(), sorted(element.attrib)
        if kind == 0 and parent is not None:
            parent.remove(element)
        elif kind == 1 and attributes:
            element.set(attributes[choice % len(attributes)], ATTRIBUTES[choice % len(ATTRIBUTES)])
        elif kind == 2 and attributes:
            del element.attrib[attributes[choice % len(attributes)]]
        elif kind == 3:
            element.text = ("", "x", "\u200b", "9" * 100)[choice % 4]
        elif kind == 4:
            element.append(copy.deepcopy(elements[choice % len(elements)]))
        elif kind == 5 and parent is not None:
            element.tag = elements[choice % len(elements)].tag
        else:
            for inner in list(element):
                element.remove(inner)
        members[name] = etree.tostring(root)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    look_at(out.getvalue())


@pytest.mark.parametrize("fill", ["", "<a:noFill/>", '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill>'])
def test_a_slide_of_thousands_of_shapes_is_told_and_not_compared_wholly(fill: str) -> None:
    shape = (
        '<p:sp><p:nvSpPr><p:cNvPr id="{0}" name="s"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{0}" '
        f'y="0"/><a:ext cx="900000" cy="900000"/></a:xfrm>{fill}</p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:t>x</a:t>'
        "</a:r></a:p></p:txBody></p:sp>"
    )
    shapes = "".join(shape.format(number) for number in range(1_000, 61_000)).encode()
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(good_deck())) as deck, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in deck.namelist():
            content = deck.read(name)
            if name == "ppt/slides/slide2.xml":
                content = content.replace(b"</p:spTree>", shapes + b"</p:spTree>")
            made.writestr(name, content)
    told = [found for found in audit_bytes(out.getvalue(), "deck.pptx").findings if found.rule == "read-wholly"]
    assert [(found.place, found.severity) for found in told] == [("slide 2", "error")]
