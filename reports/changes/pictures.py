"""What an edition keeps of its pictures, and which of them show something else under the same words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from io import BytesIO

from msgspec import Struct

from data.look.logo import read_logo
from reports.document.blocks import Document, Heading, Image
from reports.document.inlines import plain
from reports.document.qr import QRCode
from reports.document.tree import walk_within


class KeptPicture(Struct, frozen=True):
    """A picture of a document."""

    id: str
    alt: str
    under: str
    """The heading that it stands under; empty before the first."""
    shows: str
    """A digest of its pixels, whatever file they are packed in, or of the address of a QR code."""


class PictureChange(Struct, frozen=True):
    """A place in a document where another picture stands than before."""

    output: str
    under: str
    alt: str


def kept_pictures(document: Document) -> Iterator[KeptPicture]:
    """The pictures of a document in their order."""
    under = ""
    for block, _ in walk_within(document.blocks):
        if isinstance(block, Heading):
            under = plain(block.content, document.language)
        elif isinstance(block, Image):
            yield KeptPicture(block.id, plain(block.alt, document.language), under, _shown(block))


def _shown(image: Image) -> str:
    from PIL import Image as Pictures

    if isinstance(image.file, QRCode):
        return hashlib.sha256(image.file.address.encode()).hexdigest()
    with Pictures.open(BytesIO(read_logo(image.file).content)) as picture:
        size = f"{picture.width} {picture.height} ".encode()
        return hashlib.sha256(size + picture.convert("RGBA").tobytes()).hexdigest()


def other_pictures(output: str, before: Sequence[KeptPicture], now: Sequence[KeptPicture]) -> Iterator[PictureChange]:
    """The pictures of a document in whose place another one stood: known by their id, else by what they are said to
    show. One that only moved, or has another name, is none."""
    there = {(one.id, one.shows) for one in before} & {(one.id, one.shows) for one in now}
    old = [one for one in before if (one.id, one.shows) not in there]
    new = [one for one in now if (one.id, one.shows) not in there]
    for one in new:
        same = [was for was in old if was.id == one.id] or [was for was in old if was.alt == one.alt]
        if same:
            old.remove(same[0])
            if same[0].shows != one.shows:
                yield PictureChange(output, one.under, one.alt)
