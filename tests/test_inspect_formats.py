"""Number formats say the same of a column to `inspect` in every kind of workbook, and the table loads and shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlwt

from data.inspection.look import Trial, look
from data.language.show import show
from tests.test_inspect_cases import declared
from tests.workbooks import excel, ods_row, ods_sheet, ods_text, open_document

Cells = Sequence[tuple[float, str]]
"""Numbers, and what is shown of them."""
Writer = Callable[[Path, str, Cells], Path]


def xlsx(folder: Path, code: str, cells: Cells) -> Path:
    def fill(book: Any) -> None:
        sheet, style = book.add_worksheet("Data"), book.add_format({"num_format": code})
        sheet.write_row(0, 0, ["Place", "Amount"])
        for row, (number, shown) in enumerate(cells, 1):
            sheet.write(row, 0, f"Place {row}")
            sheet.write(row, 1, number, *([style] if shown else ()))

    return excel(folder / "a.xlsx", fill)


def xls(folder: Path, code: str, cells: Cells) -> Path:
    book: Any = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for column, header in enumerate(("Place", "Amount")):
        sheet.write(0, column, header)
    for row, (number, shown) in enumerate(cells, 1):
        sheet.write(row, 0, f"Place {row}")
        sheet.write(row, 1, number, *([xlwt.easyxf(num_format_str=code)] if shown else ()))
    book.save(str(folder / "a.xls"))
    return folder / "a.xls"


def ods(folder: Path, code: str, cells: Cells) -> Path:
    kind = "percentage" if code.endswith("0%") else "float"
    rows = [ods_row(ods_text("Place"), ods_text("Amount"))]
    for row, (number, shown) in enumerate(cells, 1):
        cell = (
            f'<table:table-cell office:value-type="{kind if shown else "float"}" office:value="{number}">'
            f"<text:p>{shown or number}</text:p></table:table-cell>"
        )
        rows.append(ods_row(ods_text(f"Place {row}"), cell))
    return open_document(folder / "a.ods", ods_sheet("".join(rows)))


WRITERS = pytest.mark.parametrize("write", [xlsx, xls, ods])


def amount(trial: Trial) -> tuple[dict[str, Any], list[str]]:
    """How the second column is declared, and what it shows; the reasons are those of the whole table."""
    assert trial.table is not None, trial.problems
    field = {key: value for key, value in declared(trial)["fields"]["amount"].items() if key not in ("title", "column")}
    return field, [show(trial.table.value(row, "amount")) for row in range(len(trial.table))]


@WRITERS
@pytest.mark.parametrize(
    ("code", "cells", "field", "shown"),
    [
        (
            "0.0%", [(0.35, "35.0%"), (0.905, "90.5%"), (1.2, "120.0%")],
            {"type": "percent", "scale": "fraction"}, ["35.0%", "90.5%", "120.0%"],
        ),
        (
            '0.0"%"', [(92, "92.0%"), (88.5, "88.5%"), (61, "61.0%")],
            {"type": "percent"}, ["92.0%", "88.5%", "61.0%"],
        ),
        (
            '#,##0 "€"', [(41000, "41.000 €"), (39500, "39.500 €"), (42000, "42.000 €")],
            {"type": "money", "unit": "EUR"}, ["€41,000", "€39,500", "€42,000"],
        ),
        (
            '"CHF" #,##0', [(41000, "CHF 41’000"), (39500, "CHF 39’500"), (42000, "CHF 42’000")],
            {"type": "money", "unit": "CHF"}, ["CHF\u00a041,000", "CHF\u00a039,500", "CHF\u00a042,000"],
        ),
        (
            "00000", [(2139, "02139"), (501, "00501"), (94105, "94105")],
            {"type": "text"}, ["02139", "00501", "94105"],
        ),
        (
            "0.0", [(3, "3.0"), (4, "4.0"), (2.5, "2.5")],
            {"type": "number"}, ["3.0", "4.0", "2.5"],
        ),
    ],
)  # fmt: skip
def test_formats_are_proposed_alike(
    code: str, cells: Cells, field: dict[str, Any], shown: list[str], write: Writer, tmp_path: Path
) -> None:
    assert amount(look(str(write(tmp_path, code, cells))).trials[0]) == (field, shown)


@WRITERS
def test_plain_numbers_among_percentages_are_not_passed_over(write: Writer, tmp_path: Path) -> None:
    cells = [(0.35, "35%"), (0.5, ""), (0.6, ""), (0.7, "70%")]
    trial = look(str(write(tmp_path, "0%", cells))).trials[0]
    reasons = next(f.reasons for f in trial.proposal.fields if f.header == "Amount")
    assert any("Some of its cells are formatted" in reason for reason in reasons)
