"""Titles that compare and carry no test: what they say of the data may be true today only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from data.errors import Place, Problem
from data.language.comparisons import compares
from data.project import Project
from data.shortened import shortened
from reports.doubts.commented import without_comments

_TESTED = re.compile(r"\{%-?\s*(?:claim|if)\b|\|\s*(?:ranking|compared|trend)\b|\bholds\s*=")
"""A title that the data write or test."""
_EXTREME = re.compile(r"\{\{[^{}]*\.(?:top|bottom)\([^{}]*\}\}")
"""Who is named so is the highest or the lowest: a tie has none."""
_SUBJECT = "\N{REFERENCE MARK}"
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(\S.*)")
_OPENS, _ENDS = re.compile(r"\{%-?\s*(?:claim|if)\b"), re.compile(r"\{%-?\s*(?:endclaim|endif)\b")
_CHART = re.compile(r"\]\(chart:(\w+)\)")
_VALUE = re.compile(r"\{\{.*?\}\}")
_ATTRIBUTES = re.compile(r"(?<!\{)\{(?![{%])[^{}]*\}")
_MARKS = re.compile(r"[*_`~\[\]]")
_QUOTED = 80
"""Characters of a title that are quoted."""


def untested_titles(project: Project, stories: Mapping[str, str]) -> Iterator[Problem]:
    """A warning for each title of a chart, and each heading of `stories`, the texts of files by their paths. A heading
    that says what a tested title says is tested with it."""
    language, charts = project.language, project.settings.charts
    for name, chart in charts.items():
        if chart.holds is None and (words := _comparing(chart.title, language)):
            remedy = "Write its test, holds = '...', or a title that does not compare."
            yield _doubt(project.file.place("charts", name, "title"), chart.title, words, remedy)
    tested = {
        name: _plain(chart.title)
        for name, chart in charts.items()
        if chart.holds is not None and chart.otherwise is None
    }
    for file, text in stories.items():
        shown = {tested[name] for name in _CHART.findall(text) if name in tested}
        for line, title in _headings(text):
            if _plain(title) in shown:
                continue  # what a chart below it says, too, by its test
            if words := _comparing(title, language):
                remedy = 'Write its test behind it, {holds="..."}, or {% claim %} around it; or do not compare.'
                yield _doubt(Place(file, line), title, words, remedy)


def _doubt(place: Place, title: str, words: str, remedy: str) -> Problem:
    said = shortened(_plain(title), _QUOTED)
    return Problem(place, f"the title '{said}' compares ('{words}'), and nothing tests it.", remedy, "warning")


def _comparing(title: str, language: str) -> str:
    """The words by which a title compares that nothing tests; "" where the highest or lowest is their subject."""
    if _TESTED.search(title):
        return ""
    said = _VALUE.sub("…", _EXTREME.sub(_SUBJECT, _plain(title)))
    words = compares(said.replace(_SUBJECT, "…"), language)
    return "" if words and _SUBJECT in said.partition(words)[0] else words


def _plain(title: str) -> str:
    return " ".join(_MARKS.sub("", _ATTRIBUTES.sub("", title)).split())


def _headings(text: str) -> Iterator[tuple[int, str]]:
    """Headings with their lines, but for those within a condition or a claim: these stand there if the data say so."""
    within, code = 0, False
    for number, line in enumerate(without_comments(text).split("\n"), 1):
        code = code != line.lstrip().startswith("```")
        heading = _HEADING.fullmatch(line)
        if heading is not None and not within and not code:
            yield number, heading[1]
        within = max(0, within + len(_OPENS.findall(line)) - len(_ENDS.findall(line)))
