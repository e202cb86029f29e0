"""What stands in the workbook behind a chart."""

from __future__ import annotations

from charts.editable.figure import Figure
from reports.powerpoint.workbook import Column, serial, workbook


def workbook_of(figure: Figure) -> bytes:
    """An .xlsx file: a row for each category, a column for each series (of points two), numbers in the chart's formats.

    What the data lack, or hide, is an empty cell.
    """
    columns = [Column(figure.named, figure.categories)]
    if figure.days:
        columns = [Column(figure.named, [*map(serial, figure.days)], figure.day_format)]
    for place, series in enumerate(figure.series):
        if series.across:
            columns.append(Column(figure.across.title, [*map(float, series.across)], figure.across.number_format))
        values = [None if number is None else float(number) for number in series.values]
        columns.append(Column(series.name, values, figure.formats[place] if figure.formats else "General"))
    return workbook(columns)
