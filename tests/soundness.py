"""What must be true of every PowerPoint file that is written, whoever edited it before."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from reports.powerpoint.opened import Package, q
from reports.powerpoint.parts import TYPES, open_parts, reachable
from reports.powerpoint.xml import parse, qualified


def faults(content: bytes) -> list[str]:
    """What is wrong with a file as a package; empty where nothing is."""
    return list(_faults(content))


def _faults(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        members = {name: package.read(name) for name in names}
    for name, times in Counter(name.lower() for name in names).items():
        if times > 1:
            yield f"{name} is there {times} times"
    typed = {str(one.get("PartName"))[1:].lower() for one in parse(members[TYPES]) if one.get("PartName")}
    endings = {str(one.get("Extension")).lower() for one in parse(members[TYPES]) if one.get("Extension")}
    for name in names:
        if name != TYPES and name.lower() not in typed and name.rsplit(".", 1)[-1].lower() not in endings:
            yield f"{name} has no content type"
        if name.endswith(".rels"):
            yield from _relations(name, members)
    whole = open_parts(Package(content))
    reached = {part.name for part in reachable(whole)}
    for name in names:
        if not name.endswith(".rels") and name != TYPES and name not in reached:
            yield f"nothing refers to {name}"
    yield from _ids(members)


def _relations(name: str, members: dict[str, bytes]) -> Iterator[str]:
    folder = posixpath.dirname(posixpath.dirname(name))
    owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
    known: set[str] = set()
    for one in parse(members[name]):
        known.add(str(one.get("Id")))
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + folder, str(one.get("Target")))).lstrip("/")
            if target not in members:
                yield f"{owner} refers to {target}, which is not there"
    if owner.endswith(".xml"):
        tree = parse(members[owner])
        for one in tree.iter():
            for attribute, said in one.attrib.items():
                if str(attribute).startswith(q("r:id")[:-2]) and said and said not in known:
                    yield f"{owner} uses {said}, which it does not list"


def _ids(members: dict[str, bytes]) -> Iterator[str]:
    presentation = parse(members["ppt/presentation.xml"])
    listed = [str(one.get("id")) for one in presentation.iter(qualified("p:sldId"))]
    if len(set(listed)) != len(listed):
        yield "two slides have one id"
    sections = [str(one.get("id")) for one in presentation.iter(qualified("p14:sldId"))]
    if sections and sorted(sections) != sorted(listed):
        yield "the sections do not hold every slide once"
    masters = [str(one.get("id")) for one in presentation.iter(qualified("p:sldMasterId"))]
    for name, content in members.items():
        if name.startswith("ppt/slideMasters/") and name.endswith(".xml"):
            masters += [str(one.get("id")) for one in parse(content).iter(qualified("p:sldLayoutId"))]
        if name.startswith("ppt/slides/") and name.endswith(".xml"):
            numbers = [str(one.get("id")) for one in parse(content).iter(qualified("p:cNvPr"))]
            if len(set(numbers)) != len(numbers):
                yield f"two shapes of {name} have one number"
    if len(set(masters)) != len(masters):
        yield "two masters or layouts have one id"


def new_errors(content: bytes, before: bytes, folder: Path) -> list[str]:
    """What openxml-audit finds in a file and did not find before; errors of other programs stay theirs."""
    from tests.decks import audit

    known = Counter(_kind(error) for error in audit(before, folder))
    return [error for error in audit(content, folder) if not known[_kind(error)]]


def _kind(error: str) -> str:
    return "".join(sign for sign in error if not sign.isdigit())
