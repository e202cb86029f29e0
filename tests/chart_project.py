"""A project of one table and one chart, as the guide's examples and the cases of kinds write it."""

from __future__ import annotations

import re
from pathlib import Path

from charts.chart import Chart
from charts.declared import Charts
from data.project import load_project

_PROJECT = """title = "A page of charts"
{language}
[outputs.page]
writer = "handout"
story = "story/page.md"

"""


def written_chart(folder: Path, data: str, settings: str) -> tuple[Chart, str]:
    """The only chart of the project that these settings and this file of data are, its claim tested, and the language
    of the project; `folder` is an empty one. Raises ProjectError where it is refused."""
    language = re.search(r"^language = .*$", settings, re.MULTILINE)
    said = settings.replace(language[0] + "\n", "") if language else settings
    file = re.search(r'^file = "(.*)"$', said, re.MULTILINE)
    assert file, "the settings name no file"
    for path, content in (
        ("project.toml", _PROJECT.format(language=language[0] if language else "") + said),
        (file[1], data),
        ("story/page.md", "# Page\n"),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, "utf-8")
    charts = Charts(load_project(folder))
    (name,) = charts.project.settings.charts
    charts.title(name)
    return charts.chart(name), charts.project.language
