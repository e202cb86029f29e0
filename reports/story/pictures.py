"""Pictures in a story: `![What it shows](pictures/floor.png){caption="Photo: ..."}`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from data.errors import Place, ProjectError
from data.files.project_path import inside
from data.look.logo import logo_fault, read_logo
from data.look.typography import typeset
from data.sandbox.placeholders import split_tokens
from data.tables.value import Value
from reports.document.blocks import Image
from reports.document.inlines import Inlines, Link, Text, plain
from reports.document.qr import QUIET_ZONE, encode
from reports.story.attributes import like_attributes
from reports.story.inlines import Words, sentence_inlines
from reports.story.signs import signs_in_setting

SUFFIXES = (".png", ".jpg", ".jpeg", ".svg")
QR = "qr:"
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_MODULE = 12
"""Pixels of a code's module."""
_ATTRIBUTES = ("id", "only", "caption")
_TOKEN = re.compile("%EE%80%80(\\d+)%EE%80%81")
"""A token, as Markdown writes it in an address."""
_LONGEST_ALT = 300
"""Characters that a listener follows."""


def is_picture(address: str) -> bool:
    """Whether an image's address is that of a picture's file."""
    return unquote(address).casefold().endswith(SUFFIXES)


class Pictures(Words):
    """Reads what stands for a picture or a QR code."""

    def qr_code(self, node: SyntaxTreeNode, alt: Inlines, attributes: dict[str, str | int | float]) -> Image:
        """A QR code, with the address that it leads to below it. Raises ProjectError where it would be too fine."""
        self.check_attributes(node, attributes, ("id", "only"))
        place = self.place(node)
        address = self._with_values(str(node.attrs["src"])[len(QR) :], place)
        if not _WEB.match(address):
            raise ProjectError.at(
                place,
                f"'{address}' is no address that telephones open.",
                "Write it whole: qr:https://example.edu/fair.",
            )
        said = plain(alt, self.project.language).strip()
        if not said:
            raise ProjectError.at(
                place,
                "the QR code says nothing to those who do not see it.",
                f"Write where it leads between the brackets: ![Register for the fair]({QR}{address}).",
            )
        found = encode(address, place)
        side = len(found.modules) + 2 * QUIET_ZONE
        shown = Text(found.shown)
        return Image(
            id=self.identity("code", node, attributes.get("id")),
            place=place,
            file=found,
            name=address,
            alt=alt,
            width=side * _MODULE,
            height=side * _MODULE,
            caption=(Link(found.address, (shown,)),),
        )

    def _with_values(self, address: str, place: Place) -> str:
        """An address with the words that its placeholders give, such as that of a row's website."""
        found: list[str] = []
        for part in split_tokens(_TOKEN.sub("\ue000\\1\ue001", address), self.story.placeholders):
            value = part if isinstance(part, str) else part[0]
            if isinstance(value, Value) and isinstance(value.content, str) and value.mark is None:
                value = value.content
            if not isinstance(value, str):
                raise ProjectError.at(
                    place,
                    "a placeholder in the address of the QR code gives no text.",
                    "Ask for a field of type text that holds addresses: qr:{{ row.website }}.",
                )
            found.append(value)
        return "".join(found)

    def picture(self, node: SyntaxTreeNode, alt: Inlines, attributes: dict[str, str | int | float]) -> Image:
        """A picture whose file was found sound. Raises ProjectError where it was not."""
        self.check_attributes(node, attributes, _ATTRIBUTES)
        name = unquote(str(node.attrs["src"]))
        place = self.place(node)
        said = plain(alt, self.project.language).strip()
        if not said or said.casefold() in (name.casefold(), PurePosixPath(name).name.casefold()):
            raise ProjectError.at(
                place,
                f"the picture '{name}' says nothing to those who do not see it.",
                f"Write what it shows between the brackets: ![The hall with sixty stands]({name}).",
            )
        if len(said) > _LONGEST_ALT:
            raise ProjectError.at(
                place,
                f"what the picture '{name}' shows is said in {len(said)} characters; {_LONGEST_ALT} are the most that a"
                " listener follows.",
                "Say it shorter, and the rest in a paragraph below.",
            )
        path = inside(self.project.root, name, place)
        if fault := logo_fault(path, name, place):
            raise ProjectError.at(place, f"'{name}' {fault}", "Name another file.")
        made = read_logo(path)
        self.pictures.append(path)
        return Image(
            id=self.identity("picture", node, attributes.get("id"), PurePosixPath(name).stem),
            place=place,
            file=path,
            name=name,
            alt=alt,
            width=made.width,
            height=made.height,
            caption=self._caption(node, str(attributes.get("caption", ""))),
        )

    def _caption(self, node: SyntaxTreeNode, said: str) -> Inlines:
        if printed := like_attributes(said):
            self.problem(node, f"'{printed}' would be printed below the picture.", "Write words and placeholders.")
        for fault, remedy in signs_in_setting(said):
            self.problem(node, f"in the caption, {fault}", remedy)
        return sentence_inlines(split_tokens(typeset(said, self.project.language), self.story.placeholders))
