"""Workbooks for tests: small ones in each format, and XML of one's own in a real package."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

_OPEN_DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">
<office:automatic-styles>
<style:style style:name="seen" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
{styles}</office:automatic-styles>
<office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>
"""
_SETTINGS = """<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
  xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><office:settings>
<config:config-item-set config:name="ooo:view-settings"><config:config-item-map-indexed config:name="Views">
<config:config-item-map-entry>{view}</config:config-item-map-entry></config:config-item-map-indexed>
</config:config-item-set></office:settings></office:document-settings>
"""


def excel(path: Path, write: Callable[[Any], None]) -> Path:
    """An .xlsx file; `write` gets the workbook."""
    book = xlsxwriter.Workbook(str(path))
    write(book)
    book.close()
    return path


def excel_of_xml(path: Path, rows: str, after: str = "") -> Path:
    """An .xlsx file whose first sheet has these rows as XML."""
    excel(path, lambda book: book.add_worksheet("Data").write(0, 0, "x"))
    with zipfile.ZipFile(path) as package:
        parts = {info.filename: package.read(info) for info in package.infolist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    start, end = sheet.index("<sheetData"), sheet.index("</sheetData>") + len("</sheetData>")
    parts["xl/worksheets/sheet1.xml"] = f"{sheet[:start]}<sheetData>{rows}</sheetData>{after}{sheet[end:]}".encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def open_document(path: Path, *sheets: str, styles: str = "", view: str = "") -> Path:
    """An .ods file of these `table:table` elements, automatic styles beside those of sheets, and settings of its view."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        package.writestr("content.xml", _OPEN_DOCUMENT.format(sheets="".join(sheets), styles=styles))
        if view:
            package.writestr("settings.xml", _SETTINGS.format(view=view))
        package.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return path


def ods_sheet(rows: str, name: str = "Data", style: str = "seen") -> str:
    """One sheet of an .ods file."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_text(text: str, more: str = "") -> str:
    """One cell of text."""
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods_number(number: str, more: str = "") -> str:
    """One cell that holds a number."""
    return (
        f'<table:table-cell office:value-type="float" office:value="{number}" {more}>'
        f"<text:p>{number}</text:p></table:table-cell>"
    )


def ods_row(*cells: str, more: str = "") -> str:
    """One row."""
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"
