"""Handouts of the built-in projects with small changes, as a batch makes them: one for each row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec.structs import replace

from data.look.brand import Brand
from data.project_folder import BUILT_IN
from reports.document.blocks import Document, Heading
from reports.document.inlines import Text
from reports.pdf.handout.writer import write_handout
from reports.pdf.tagged.metadata import Metadata
from reports.runs.read import Options, read
from tests.pdf_pages import Ids, every_block

Paper = Literal["a4", "letter"]
PROJECTS = ("college-majors", "machine-learning-engineer")
NAMES = ("Actuarial science", "Bücherkunde", "Économie", "Žurnalistika", "Physics & maths", "Zoology (general)")


@cache
def _bound_output(project: str, paper: Paper) -> tuple[Document, Brand]:
    reading = read(BUILT_IN / project, Options(paper=paper, only=("handout",)))
    return reading.outputs[0].document, reading.project.brand


def titles(count: int) -> list[str]:
    return [f"{NAMES[place % len(NAMES)]}, number {place + 1}" for place in range(count)]


def handouts(count: int, paper: Paper, pages: int = 1, language: str = "") -> Iterator[tuple[str, bytes]]:
    """Handouts in turn of each built-in project, each with its title in its heading."""
    for place, title in enumerate(titles(count)):
        document, brand = _bound_output(PROJECTS[place % 2], paper)
        heading, *rest = document.blocks
        assert isinstance(heading, Heading)
        blocks = (replace(heading, content=(Text(title),)), *rest)
        if pages == 2:
            blocks = (*blocks, *every_block(Ids())[3:8])
        yield (
            title,
            write_handout(replace(document, blocks=blocks, language=language or document.language), brand, pages),
        )


def told(title: str = "All handouts", language: str = "en-US") -> Metadata:
    return Metadata(title, language, "Career Center")
