"""Values of modern workbooks, read by calamine, a Rust library."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from data.errors import Place, ProjectError
from data.files.world import opened
from data.sources.cell_text import cell_text
from data.sources.workbooks.package import locked


def calamine_rows(
    path: Path, file: str, name: str, content: BytesIO | None = None
) -> tuple[list[list[str]], tuple[tuple[int, int, int, int], ...]]:
    """A sheet's cells as text from A1 on, and its merged cells (first row and column, last row and column, from 0).

    `content` is read in the file's place where it is given. Raises ProjectError where a workbook is locked or damaged.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        # Given a path it goes by the file's ending, given a stream by the content.
        with content or opened(path) as stream, CalamineWorkbook.from_filelike(stream) as workbook:
            sheet = workbook.get_sheet_by_name(name)
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            for number, row in enumerate(rows):  # in place: a large sheet is not held twice
                rows[number] = [cell_text(value) for value in row]
            merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    except PasswordError:
        raise locked(file) from None
    except (CalamineError, OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # a panic in Rust is no Exception, and has no public name
            raise
        raise _unreadable(file, error) from None
    return rows, merged


def _unreadable(file: str, error: BaseException) -> ProjectError:
    return ProjectError.at(
        Place(file),
        f"cannot be read as a workbook: {str(error).splitlines()[0] if str(error) else 'it is damaged'}.",
        "Open it in a spreadsheet program and save it from there, or download it again.",
    )
