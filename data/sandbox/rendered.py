"""A story is rendered to Markdown: placeholders leave tokens, and each line knows where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from jinja2 import Template, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.loaders import BaseLoader

from data.effort import blamed, spend, within_reason
from data.errors import Place, Problem, ProjectError, relative
from data.files.text_file import read_text
from data.item import ROW
from data.sandbox.claimed import FalseClaim, note
from data.sandbox.claims import without_signs
from data.sandbox.denied import denied_claims
from data.sandbox.explained import EXPRESSION_ERRORS, explain
from data.sandbox.line_marks import leading_marks, with_line_ends, within_lines, without_marks
from data.sandbox.placeholders import StyledValue
from data.sandbox.sandbox import DEFAULT_LANGUAGE, Sandbox


class _Stories(BaseLoader):
    """Stories and the parts they include, from the project's folder and no other."""

    def __init__(self, root: Path, folder: Path, opened: dict[str, Path]) -> None:
        self.root, self.folder, self.opened = root.resolve(), folder.resolve(), opened

    def get_source(self, environment: object, template: str) -> tuple[str, str, Callable[[], bool]]:
        try:
            path = (self.folder / template).resolve()
            there = path.is_file()
        except (OSError, RuntimeError):
            raise TemplateNotFound(f"{template[:60]}…", "no file can have this name") from None
        if not path.is_relative_to(self.root):
            raise SecurityError(f"'{template}' leaves the project folder")
        if not there:
            raise TemplateNotFound(template, f"there is no file '{relative(path, self.root)}'")
        source = with_line_ends(read_text(path, self.root))
        spend(len(source))  # about as long as it takes to compile it
        self.opened[template] = path
        return source, str(path), lambda: True


class RenderedStory:
    """A story's Markdown with placeholders as tokens, and where each of its lines came from."""

    def __init__(
        self,
        markdown: str,
        places: list[Place],
        placeholders: list[StyledValue],
        files: list[Path],
        denied: list[FalseClaim],
        branches: str,
    ) -> None:
        self.markdown, self.places, self.placeholders, self.files = markdown, places, placeholders, files
        self.denied = denied
        """Its claims that the data deny."""
        self.branches = branches
        """What stands within its claims, of which these data may leave out some."""

    def place(self, line: int) -> Place:
        """The place in the author's file of a line of the rendered Markdown, counted from 0."""
        return self.places[min(max(line, 0), len(self.places) - 1)]


@within_reason
def render_story(
    path: Path, root: Path, names: Mapping[str, object], language: str = DEFAULT_LANGUAGE
) -> RenderedStory:
    """Bind a story to the data: `{{ }}`, `{% if %}`, `{% for %}`, `{% claim %}` and `{% include %}` are worked off.

    Raises ProjectError with the line of the story in which an expression fails.
    """
    opened: dict[str, Path] = {}
    sandbox = Sandbox(_Stories(root, path.parent, opened), language=language)
    try:
        template: Template = sandbox.get_template(path.name)
        rendered = within_lines(template.render(names))
    except EXPRESSION_ERRORS as error:
        message, remedy = explain(error, names)
        raise blamed(ProjectError.at(_place(error, path, root), message, remedy)) from None
    lost = [*_row_renamed(sandbox, opened, root)] if ROW in names else []
    lost += [
        Problem(Place(relative(opened[file], root), line), message, remedy)
        for file, line, message, remedy in sandbox.words.lost()
        if file in opened
    ]
    if lost:
        raise ProjectError(lost)
    files = {file: relative(opened[file], root) for file in opened}
    note(sandbox.claims.tested)
    denied = denied_claims(sandbox, rendered, lambda one: Place(files[sandbox.file_name(one.file)], one.line))
    places: list[Place] = []
    lines: list[str] = []
    last = Place(relative(path, root), 1)
    for line in (without_signs(rendered) if denied else rendered).split("\n"):
        for mark in leading_marks(line):
            last = Place(files[sandbox.file_name(int(mark[1]))], int(mark[2]))
        places.append(last)
        lines.append(without_marks(line))
    return RenderedStory(
        "\n".join(lines), places, sandbox.placeholders, list(opened.values()), denied, sandbox.words.branches
    )


def _row_renamed(sandbox: Sandbox, opened: Mapping[str, Path], root: Path) -> Iterator[Problem]:
    """Where a story of a batch calls something else `row`: a condition in a text could mean either."""
    file, line = sandbox.words.assigned.get(ROW, ("", 0))
    if file in opened:
        message = f"'{ROW}' is the row that this document is about, and here something else gets the name."
        yield Problem(Place(relative(opened[file], root), line), message, "Choose another name here.")


def _place(error: Exception, path: Path, root: Path) -> Place:
    """The line of the story in which an error arose: Jinja2 puts the template's own frames into the traceback."""
    if isinstance(error, TemplateSyntaxError) and (file := error.filename or error.name):
        return Place(relative(Path(file), root), error.lineno)
    place = Place(relative(path, root))
    trace = error.__traceback__
    while trace:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.suffix == ".md":
            place = Place(relative(file, root), trace.tb_lineno)
        trace = trace.tb_next
    return place
