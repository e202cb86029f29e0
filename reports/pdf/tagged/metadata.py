"""What a PDF says about itself, in its catalogue, its information dictionary and its XMP packet."""

from __future__ import annotations

import time
from html import escape
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import pikepdf


class Metadata(Struct, frozen=True):
    """What a PDF says about itself."""

    title: str
    language: str
    author: str = ""
    subject: str = ""
    created: int = 946_684_800
    """Seconds since 1970."""


def write_metadata(pdf: pikepdf.Pdf, metadata: Metadata) -> None:
    """Write what a PDF says about itself: title and language, shown as PDF/UA-1 asks, and its claim to conform."""
    from pikepdf import Dictionary, Name, Stream, String

    moment = time.gmtime(metadata.created)
    pdf.Root.Lang = String(metadata.language)
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    stamp = time.strftime("D:%Y%m%d%H%M%SZ", moment)
    entries = {
        "/Title": metadata.title,
        "/Author": metadata.author,
        "/Subject": metadata.subject,
        "/Producer": "Fairsheet",
        "/CreationDate": stamp,
        "/ModDate": stamp,
    }
    pdf.trailer.Info = pdf.make_indirect(Dictionary({name: String(text) for name, text in entries.items() if text}))
    date = time.strftime("%Y-%m-%dT%H:%M:%SZ", moment)
    said = (metadata.title, metadata.author, metadata.subject)
    title, author, subject = (escape(one, quote=False) for one in said)
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{escape(metadata.language, quote=False)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<pdf:Producer>Fairsheet</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    pdf.Root.Metadata = Stream(pdf, packet.encode(), Type=Name.Metadata, Subtype=Name.XML)
