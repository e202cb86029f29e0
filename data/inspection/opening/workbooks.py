"""Looks into workbooks: which sheets they have, and what is in one of them."""

from __future__ import annotations

from msgspec.structs import replace

from data.inspection.opening.file import File
from data.inspection.opening.formats import column_formats
from data.inspection.opening.opened import Opened, Read, SourcePart
from data.inspection.words.setting import ProposedSetting
from data.sources.workbooks.workbook import sheet_names


def opened(file: File) -> Opened:
    """The sheets of a workbook."""
    sheets = sheet_names(file.path, file.shown)
    visible = [sheet.name for sheet in sheets if not sheet.hidden]

    def read(part: str) -> Read:
        alone = visible == [part]
        found = file.cells(file.read if alone else {**file.read, "sheet": ProposedSetting(part, "")})
        return replace(found, formats=column_formats(found.grid))

    return replace(file.in_parts(tuple(SourcePart(sheet.name, sheet.hidden) for sheet in sheets)), read=read)
