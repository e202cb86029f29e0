"""The lines and notes of a chart as a project declares them, bound to the data."""

from __future__ import annotations

from decimal import Decimal

from msgspec.structs import replace

from charts.beside import Note, Reference
from charts.chart import Chart
from charts.kinds.registry import KINDS
from data.errors import Place, Problem, ProjectError, nearest
from data.project import Project
from data.sandbox.explained import explain
from data.sandbox.expressions import evaluate, sentence
from data.settings.project import NoteSettings, ReferenceSettings
from data.tables.table import Row
from data.tables.value import MissingError, Value, alike_measures, one_spaced


def with_beside(project: Project, name: str, chart: Chart) -> Chart:
    """The chart with its lines and notes.

    Raises ProjectError for a kind that has none, or no cells or differences, for a value that is no value of the
    chart's unit, and for a note about a point that is not there; all of them at once.
    """
    settings = project.settings.charts[name]
    problems: list[Problem] = []
    for setting in ("references", "notes", "cells", "differences"):
        wanted = getattr(settings, setting)
        kinds = [kind for kind, one in KINDS.items() if getattr(one, setting)]
        if wanted and chart.kind not in kinds:
            message = f"the kind '{chart.kind}' draws no {setting}."
            remedy = f"Leave {setting} out, or use the kind {' or '.join(f'{one!r}' for one in kinds)}."
            problems.append(Problem(project.file.place("charts", name, setting), message, remedy))
    if problems:
        raise ProjectError(problems)
    references = [
        _reference(project, chart, one, project.file.place("charts", name, "references")) for one in settings.references
    ]
    notes = [_note(project, chart, one, project.file.place("charts", name, "notes")) for one in settings.notes]
    return replace(chart, references=tuple(references), notes=tuple(notes)) if references or notes else chart


def _reference(project: Project, chart: Chart, said: ReferenceSettings, place: Place) -> Reference:
    measures = {value.measure.unit: value.measure for row in chart.table for value in (row[chart.measures[0]],)}
    if len(measures) > 1:
        raise ProjectError.at(
            place,
            "a line at a value cannot stand among values of several units.",
            "Choose the rows of one unit by where.",
        )
    measure = next(iter(measures.values()), chart.measure_fields[0].measure)
    text = sentence(said.text, project.names, place, project.language)
    told = any(not isinstance(part, str) for part in text)
    if not isinstance(said.value, str):
        return Reference(Value(Decimal(str(said.value)), measure), text, told)
    try:
        value = evaluate(said.value, project.names, place, "value")
    except MissingError as error:
        message, remedy = explain(error, project.names)
        raise ProjectError.at(place, f"in the value '{said.value}': {message}", remedy) from None
    if not isinstance(value, Value) or not isinstance(value.content, Decimal | int):
        raise ProjectError.at(
            place, f"the value '{said.value}' is no number of the data.", "Ask for one: pay.mean('salary')."
        )
    if not alike_measures(value.measure, measure):
        unit, own = value.measure.unit or value.measure.type, measure.unit or measure.type
        raise ProjectError.at(
            place,
            f"the value '{said.value}' is in {unit}, and the chart in {own}.",
            "Choose a value of one unit with it.",
        )
    return Reference(value, text, told)


def _note(project: Project, chart: Chart, said: NoteSettings, place: Place) -> Note:
    wanted = one_spaced(str(said.at))
    series = chart.role("series")
    keys = list(chart.measures) if series is None else list(dict.fromkeys(map(str, chart.table.columns[series])))
    if said.series not in (keys if len(keys) > 1 else (None, *keys)):
        message = f"there is no series '{said.series}'." if said.series else "a note must say whose point it is about."
        raise ProjectError.at(place, message, nearest(said.series or "", keys) or f"Write series = '{keys[0]}'.")
    rows = [row for row in chart.table if _called(row, chart) == wanted]
    if series is not None and said.series is not None:
        rows = [row for row in rows if _content(row, series) == said.series]
    measure = said.series if series is None and said.series in chart.measures else chart.measures[0]
    if not rows:
        names = [_called(row, chart) for row in chart.table]
        whose = f" of '{said.series}'" if said.series else ""
        raise ProjectError.at(place, f"the chart has no point '{wanted}'{whose}.", nearest(wanted, names))
    if rows[0][measure].missing:
        raise ProjectError.at(
            place, f"the chart has no value at '{wanted}' that a note could be about.", "Choose another point."
        )
    key = said.series if said.series is not None and len(keys) > 1 else ""
    return Note(rows[0][chart.category], sentence(said.text, project.names, place, project.language), key)


def _called(row: Row, chart: Chart) -> str:
    return _content(row, chart.category)


def _content(row: Row, field: str) -> str:
    value = row[field]
    return str(value.content) if isinstance(value, Value) else ""
