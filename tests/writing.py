"""Documents as bytes, prepared as a run prepares them."""

from __future__ import annotations

from data.look.brand import Brand
from reports.document.blocks import Document
from reports.document.prepared import prepared, prepared_sheet
from reports.pdf.handout import writer as handout
from reports.pdf.report import writer as report


def write_report(document: Document, brand: Brand) -> bytes:
    return report.write_report(prepared(document), brand)


def write_handout(document: Document, brand: Brand, pages: int = 1) -> bytes:
    return handout.write_handout(prepared_sheet(document), brand, pages)
