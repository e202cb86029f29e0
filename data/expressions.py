"""Placeholders, claims, conditions and filters: one sandbox, in which stories and charts reach the tables.

A placeholder never becomes text here: it leaves a token in the Markdown, and the value is kept beside it, so that
data can't turn into markup and every number keeps its unit and its cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from jinja2 import StrictUndefined, Template, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.loaders import BaseLoader
from jinja2.parser import Parser
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment

from data.by_column import named
from data.conditions import Condition, rows_that
from data.counted import FILTERS, LONGEST_STORY, MOST_PLACEHOLDERS, bounded, counted
from data.effort import REMEDY, EffortError, blamed, spend, within_reason
from data.errors import Place, Problem, ProjectError, nearest, relative
from data.kept_words import KeptWords
from data.line_marks import LINE_MARK, LineMarks, leading_marks, with_line_ends, without_marks
from data.show import Style
from data.table import Row, Table
from data.text_file import read_text
from data.value import TOO_LARGE, Interval, LookUpError, Measure, MissingError, UnitError, Value

Placeholder = tuple[Value | Interval, Style]
Sentence = tuple["str | Placeholder", ...]
"""Text with values between: what becomes of a title or a story's passage."""

TOKEN = re.compile("\ue000(\\d+)\ue001")
"""A placeholder in rendered text; the number counts the placeholders of the story, from 0."""

_TABLE_WORDS = (
    "first", "last", "top", "bottom", "sum", "mean", "median", "change", "ratio", "where", "sorted", "head", "count",
    "rows", "title", "source", "as_of",
)  # fmt: skip
_STYLES: dict[str, Style] = {
    "exact": "exact",
    "label": "label",
    "number": "number",
    "rounded": "rounded",
    "words": "words",
}


_WORK = {"sorted": 20, "where": 8, "head": 2, "change": 0, "ratio": 0}
"""Steps for each row of what tables are asked, where that is not as much as to look at all values of a field."""
_CALL = 5
"""Steps that it takes to begin with an expression."""
_INCLUDED = 200
"""Stories and parts of them that are kept compiled."""
_TOKEN_LENGTH = 8


def _text_value(text: str | None) -> Value:
    return Value(text, Measure("text"))


class _Styled:
    """A value with the style that a filter asked for."""

    def __init__(self, value: Value | Interval, style: Style) -> None:
        self.value: Value | Interval = value
        self.style: Style = style


def _style_filter(style: Style) -> Callable[[object], _Styled]:
    def styled(value: object) -> _Styled:
        if isinstance(value, Value | Interval):
            return _Styled(value, style)
        if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            return _Styled(_number(value), style)
        raise SecurityError(f"the filter '{style}' needs a value from a table")

    return styled


def _percent(value: object) -> _Styled:
    """A ratio as a percentage: `{{ a / b | percent }}` shows 0.25 as 25%."""
    if isinstance(value, Value) and value.measure.type in ("ratio", "number"):
        return _Styled(Value(value.number * 100, Measure("percent"), value.cells, value.mark), "rounded")
    raise SecurityError("the filter 'percent' needs a ratio, such as {{ (a / b) | percent }}")


def _end(which: Literal["first", "last"]) -> Callable[[object], object]:
    """`t | first` is `t.first`; of rows, the one at that end."""

    def found(several: object) -> object:
        if isinstance(several, Table):
            return several.first if which == "first" else several.last
        if isinstance(several, Row):
            return several["0" if which == "first" else "-1"]  # says which fields there are
        if not isinstance(several, tuple | list) or not several:
            raise SecurityError(f"the filter '{which}' needs a table or rows")
        row = cast("tuple[object, ...]", several)[0 if which == "first" else -1]
        return row.table.at(row.index) if isinstance(row, Row) else row

    return found


class _Where:
    """`t.where(...)`: rows whose fields equal what is given, or for which a condition over the fields is true."""

    def __init__(self, table: Table) -> None:
        self.table = table

    def __call__(self, condition: str | None = None, **equal: object) -> Table:
        spend(len(self.table) * (1 + len(equal)))
        found = self.table.where(**equal) if equal else self.table
        return found if condition is None else filtered(found, condition)


def _number(number: float | Decimal) -> Value:
    return Value(Decimal(str(number)), Measure("integer" if isinstance(number, int) else "number"))


def refuse_too_large(value: Value | Interval) -> None:
    """ValueError for a result of a computation that no document has room for."""
    for end in (value.low, value.high) if isinstance(value, Interval) else (value,):
        if isinstance(end.content, Decimal) and not abs(end.content) < TOO_LARGE:
            raise ValueError("the number is larger than any that documents show")


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


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox, narrowed to tables, rows and values: nothing else has attributes here."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "**", "%", "//"))

    def __init__(self, loader: BaseLoader | None = None) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            extensions=[LineMarks] if loader else [],
            comment_start_string="<!--",
            comment_end_string="-->",
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,
            cache_size=_INCLUDED,
            auto_reload=False,
            finalize=self._token,
        )
        self.placeholders: list[Placeholder] = []
        self._length = 0
        self._files: list[str] = []
        self.words = KeptWords()
        self.globals.clear()
        kept = {"length": self.filters["length"], "first": _end("first"), "last": _end("last")}
        self.filters.clear()
        self.filters.update(kept)
        self.filters.update({name: _style_filter(style) for name, style in _STYLES.items()})
        self.filters["percent"] = _percent
        self.filters.update(FILTERS)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:
        return super()._generate(counted(source), *args, **kwargs)

    def written(self, characters: int) -> None:
        """Count text that was rendered; EffortError when the story becomes too long."""
        self._length += characters
        if self._length > LONGEST_STORY:
            raise EffortError(f"the text that it gives is longer than {LONGEST_STORY:,} characters")

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Read a story's commands, and note what they do with words."""
        tree = super()._parse(source, name, filename)
        self.words.note(tree, name or "", filename or "")
        return tree

    def file_number(self, name: str) -> int:
        """The number by which line marks call a story file."""
        if name not in self._files:
            self._files.append(name)
        return self._files.index(name)

    def file_name(self, number: int) -> str:
        return self._files[number]

    def _token(self, value: object) -> object:
        match value:
            case Value() | Interval():
                self.placeholders.append((value, "rounded"))
            case _Styled():
                self.placeholders.append((value.value, value.style))
            case StrictUndefined() | Macro():
                return value
            case bool() | None:
                raise SecurityError(f"a placeholder gives {value}, which is no value to print; use it in {{% if %}}")
            case int() | float() | Decimal():
                self.placeholders.append((_number(value), "rounded"))
            case str():
                if TOKEN.search(value) or LINE_MARK.search(value):  # what a macro or block has already rendered
                    self.written(len(value))
                    return value
                self.placeholders.append((_text_value(value), "rounded"))
            case Row():
                self.placeholders.append((_text_value(value.key), "rounded"))
            case Table():
                remedy = f"Ask for one of its values, {value.name}.first.{value.fields[-1].name}"
                raise LookUpError(
                    f"'{value.name}' is a table, which is no value to print.",
                    remedy=f"{remedy}, or show it: ![](table:{value.name}).",
                )
            case _:
                raise SecurityError(f"a placeholder gives a {type(value).__name__.lower()}, which is no value to print")
        refuse_too_large(self.placeholders[-1][0])
        if len(self.placeholders) > MOST_PLACEHOLDERS:
            raise EffortError(f"it prints more than {MOST_PLACEHOLDERS:,} values")
        self.written(_TOKEN_LENGTH)
        return f"\ue000{len(self.placeholders) - 1}\ue001"

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b` in a story."""
        return self._reach(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`a["b"]` in a story."""
        if isinstance(obj, Table):
            return obj[argument]
        if isinstance(obj, tuple | list) and isinstance(argument, int):
            found = cast("tuple[object, ...]", obj)[argument]
            return found.table.at(found.index) if isinstance(found, Row) else found
        return self._reach(obj, argument.content if isinstance(argument, Value) else argument)

    def _reach(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, StrictUndefined):
            return super().getattr(obj, str(name))
        match obj:
            case Row():
                return _text_value(obj.key) if name == "key" else obj[str(name)]
            case Table() if name in ("title", "source", "as_of"):
                return _text_value(getattr(obj, name))
            case Table() if name == "where":
                return _Where(obj)
            case Table() if name in _TABLE_WORDS:
                spend(len(obj) // 4 if name == "rows" else 0)
                return getattr(obj, name)
            case Table():
                raise _no_such_word(obj, str(name))
            case Interval() if name in ("low", "high", "middle"):
                return getattr(obj, name)
            case Interval():
                raise LookUpError(f"a range has no '{name}'.", str(name), ("low", "high", "middle"))
            case Value():
                raise LookUpError(f"a value has no '{name}'.", remedy=f"Leave .{name} out: it is one value already.")
            case LoopContext() if name in ("index", "first", "last", "length"):
                return getattr(obj, name)
            case _:
                raise SecurityError(f"'{name}' cannot be reached: stories see tables, rows and values only")

    def is_safe_callable(self, obj: Any) -> bool:
        """Only what `getattr` handed out can be called."""
        if isinstance(obj, StrictUndefined):
            str(obj)  # says which name is not known
        return isinstance(obj, Macro | _Where) or (
            isinstance(getattr(obj, "__self__", None), Table) and obj.__name__ in _TABLE_WORDS
        )

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """`a(b)` in a story; what tables are asked takes as long as they have rows."""
        table = getattr(__obj, "__self__", None)
        if isinstance(table, Table):
            spend(len(table) * (_WORK.get(__obj.__name__, 4) + len(table.fields) // 4))
        return bounded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`*` takes numbers only (a text times a billion would fill the memory); `**`, `%` and `//` do not exist."""
        of_numbers = not isinstance(left, str | tuple | list) and not isinstance(right, str | tuple | list)
        if operator in ("+", "-", "/") or (operator == "*" and of_numbers):
            compute: Callable[[Any, Any], Any] = self.binop_table[operator]
            return bounded(compute(left, right))
        raise SecurityError(f"'{operator}' cannot be used here")


_MEANT = {
    "max": "top", "maximum": "top", "min": "bottom", "minimum": "bottom", "average": "mean", "avg": "mean",
    "total": "sum", "len": "count", "length": "count", "size": "count", "filter": "where", "sort": "sorted",
}  # fmt: skip
"""What other programs call what stories ask of tables."""


def _no_such_word(table: Table, name: str) -> LookUpError:
    """The error for something that tables have not."""
    if any(field.name == name for field in table.fields):
        remedy = f"Say of which row, {table.name}.first.{name}, or what of all rows: {table.name}.median('{name}')."
        return LookUpError(f"'{name}' is a field of '{table.name}', a value for each row.", remedy=remedy)
    if name in ("values", "columns", "column"):
        first = table.fields[0].name
        remedy = (
            f"Ask for rows with a value, {table.name}.where({first}='...').count > 0, or loop over {table.name}.rows."
        )
        return LookUpError(f"a table has no '{name}'.", name, _TABLE_WORDS, remedy)
    meant = _MEANT.get(name.lower())
    return LookUpError(f"a table has no '{name}'.", name, _TABLE_WORDS, f"Did you mean '{meant}'?" if meant else "")


def _unknown_name(name: str, names: Mapping[str, object]) -> tuple[str, str]:
    """What to say of a name that stands for nothing where it stands."""
    tables = [value for value in names.values() if isinstance(value, Table)]
    called = [known for known, value in names.items() if isinstance(value, Table)]
    word = _MEANT.get(name.lower(), name)
    if tables and word in _TABLE_WORDS:
        numbers = [field.name for field in tables[0].fields if field.numeric] or [tables[0].fields[0].name]
        return f"there is no '{name}' here.", f"Ask a table for it: {called[0]}.{word}('{numbers[0]}')."
    owner = next((called[i] for i, table in enumerate(tables) if any(f.name == name for f in table.fields)), None)
    if owner is not None:
        remedy = (
            f"Name table and row, {owner}.first.{name}; between brackets, in quotation marks: {owner}.sum('{name}')."
        )
        return f"'{name}' alone stands for nothing here: it is a field of '{owner}'.", remedy
    return f"there is no '{name}' here.", nearest(name, names)


def _explain(error: Exception, names: Mapping[str, object]) -> tuple[str, str]:
    """What went wrong in an expression, and what to do, for people who write stories."""
    match error:
        case LookUpError():
            return error.message, error.remedy or nearest(str(error.wanted), error.options)
        case UndefinedError():
            name = re.search(r"'([^']+)' is undefined", str(error))
            if name:
                return _unknown_name(name[1], names)
            return f"{error}.", "Check the names in the placeholder."
        case UnitError():
            return f"{error}.", error.remedy
        case MissingError():
            return f"{error}.", error.remedy
        case TemplateSyntaxError() if error.message and re.search("unexpected char '[\u2018-\u201e]'", error.message):
            return "the placeholder has curly quotation marks.", 'Write straight ones: t["Key"].field.'
        case TemplateSyntaxError() if name := re.search("No filter named '([^']+)'", error.message or ""):
            return f"there is no filter '{name[1]}'.", nearest(name[1], (*_STYLES, "percent"))
        case TemplateSyntaxError() if re.search("got '='|chunk after expression", error.message or ""):
            remedy = "Compare by == and join by and, or: field == 'Nurse' and n > 10."
            return "the expression has a single =, or words that nothing joins.", remedy
        case TemplateSyntaxError() if "end of comment tag" in (error.message or ""):
            return "a comment is not closed: it begins with <!--.", "Close it with -->."
        case TemplateSyntaxError():
            return (
                f"the placeholder cannot be read: {(error.message or '').rstrip('.')}.",
                "Check brackets, quotes, and that every {% if %} and {% for %} has its end.",
            )
        case TemplateNotFound():
            return f"the included file '{error.name}' is not there.", "Check its name; it is sought beside the story."
        case NameError():
            return (
                "a number in it is larger than any that documents show.",
                "Write a smaller one, or use a larger unit.",
            )
        case RecursionError():
            return "it includes or calls itself without end.", "Break the circle of includes, macros or brackets."
        case TypeError() if re.search(r"'in <string>' requires string", str(error)):
            return "a value cannot be looked for in a text.", "Write a list: job in ['Nurse', 'Teacher']."
        case EffortError():
            return f"{error}.", REMEDY
        case SyntaxError() | MemoryError():
            return "it is nested too deeply.", "Use fewer loops, conditions and brackets within each other."
        case ValueError() if "integer string conversion" in str(error):
            return "a number in it is larger than any that documents show.", "Write a smaller one."
        case SecurityError():
            return f"{error}.", "Stories can look at tables and compute with values, nothing else."
        case _:
            return f"{error}.", "Check the expression."


_EXPRESSION_ERRORS = (
    LookUpError, UndefinedError, UnitError, MissingError, TemplateSyntaxError, TemplateNotFound, SecurityError,
    TypeError, ValueError, IndexError, ArithmeticError,
    RecursionError, NameError, SyntaxError, MemoryError,
)  # fmt: skip


@cache
def _compiled(expression: str) -> Callable[..., object]:
    return Sandbox().compile_expression(expression, undefined_to_none=False)


@within_reason
def evaluate(expression: str, names: Mapping[str, object], place: Place, what: str = "expression") -> object:
    """The value of an expression over tables and, for filters, a row's fields.

    Raises ProjectError at `place`, with the nearest right name for one that is not known, and MissingError where
    the data lack a value that the expression needs.
    """
    try:
        spend(_CALL)
        result = _compiled(expression)(**names)
        if isinstance(result, StrictUndefined):
            str(result)
    except MissingError:
        raise
    except _EXPRESSION_ERRORS as error:
        message, remedy = _explain(error, names)
        raise blamed(ProjectError.at(place, f"in the {what} '{expression}': {message}", remedy)) from None
    return result


def row_names(row: Row, expression: str | None = None) -> dict[str, object]:
    """A row's fields by name, for a computed field; only those that an expression names, where it names no others."""
    asked = _names_in(expression) if expression is not None else frozenset[str]()
    known = row.table.fields_by_name
    return {name: row[name] for name in (asked if asked and asked <= known.keys() else known)}


@cache
def _names_in(expression: str) -> frozenset[str]:
    try:
        return named(Parser(Sandbox(), expression, state="variable").parse_expression())
    except TemplateSyntaxError:
        return frozenset()  # what is wrong with it is said where it is worked out


@cache
def _condition(said: str) -> Condition:
    return Condition(said, Sandbox())


def filtered(table: Table, condition: str) -> Table:
    """The rows for which a condition over the row's fields is true, as `rows_that` finds them."""
    spend(_CALL * len(table))
    return table.take(rows_that(table, _condition(condition)))


@within_reason
def rows_where(table: Table, condition: str, place: Place) -> Table:
    """`filtered`, for a setting that stands at `place`; ProjectError for what fails, and where no row is left."""
    try:
        found = filtered(table, condition)
    except _EXPRESSION_ERRORS as error:
        message, remedy = _explain(error, {f.name: f for f in table.fields})
        raise blamed(ProjectError.at(place, f"in the condition '{condition}': {message}", remedy)) from None
    if not len(found):
        raise ProjectError.at(
            place, f"no row of '{table.name}' fulfils '{condition}'.", "Loosen the condition, or check its names."
        )
    return found


def _tests_nothing(expression: nodes.Node) -> bool:
    """Whether a test, or a part of it that `and`, `or`, `not` or `if` joins, is the same whatever the data say."""
    match expression:
        case nodes.And() | nodes.Or():
            return _tests_nothing(expression.left) or _tests_nothing(expression.right)
        case nodes.Not():
            return _tests_nothing(expression.node)
        case nodes.CondExpr():
            parts = (expression.test, expression.expr1, expression.expr2)
            return any(part is not None and _tests_nothing(part) for part in parts)
        case nodes.Compare() if any(expression.expr == operand.expr for operand in expression.ops):
            return True
        case nodes.Test() if expression.name not in _COMPARING:
            return True  # "is defined", "is number": of tables and values always the same
        case _:
            return not isinstance(expression, nodes.Name) and expression.find(nodes.Name) is None


_COMPARING = (
    "eq",
    "equalto",
    "ne",
    "gt",
    "greaterthan",
    "ge",
    "lt",
    "lessthan",
    "le",
    "in",
    "==",
    "!=",
    ">",
    ">=",
    "<",
    "<=",
)


@cache
def _is_empty_test(claim: str) -> bool:
    return _tests_nothing(Parser(Sandbox(), claim, state="variable").parse_expression())


def holds(claim: str, names: Mapping[str, object], place: Place) -> bool:
    """Whether a claim's test is true of the data. A test that is neither true nor false is a mistake, and so is one
    that is true or false whatever the data say."""
    if not claim.strip():
        raise ProjectError.at(place, "the test of the claim is empty.", "Write one, or delete holds.")
    try:
        result = evaluate(claim, names, place, "test")
    except MissingError as error:
        message, remedy = _explain(error, names)
        raise blamed(ProjectError.at(place, f"in the test '{claim}': {message}", remedy)) from None
    remedy = "Compare something of the data: average_salary.first.salary > 100000."
    if not isinstance(result, bool):
        raise ProjectError.at(place, f"the test '{claim}' is not true or false.", remedy)
    if _is_empty_test(claim):
        said = f"the test '{claim}', or a part of it, is the same whatever the data say: it tests nothing."
        raise ProjectError.at(place, said, remedy)
    return result


@within_reason
def sentence(text: str, tables: Mapping[str, Table], place: Place) -> Sentence:
    """A title or label with its placeholders bound to the data."""
    sandbox = Sandbox()
    try:
        spend(_CALL + len(text))
        rendered = sandbox.from_string(text).render(tables)
    except _EXPRESSION_ERRORS as error:
        message, remedy = _explain(error, tables)
        raise blamed(ProjectError.at(place, f"in '{text}': {message}", remedy)) from None
    return split_tokens(rendered, sandbox.placeholders)


def split_tokens(text: str, placeholders: list[Placeholder]) -> Sentence:
    """Text in pieces: strings, and the placeholders that its tokens stand for."""
    parts: list[str | Placeholder] = []
    for index, piece in enumerate(TOKEN.split(text)):
        if index % 2:
            parts.append(placeholders[int(piece)])
        elif piece:
            parts.append(piece)
    return tuple(parts)


class RenderedStory:
    """A story's Markdown with placeholders as tokens, and where each of its lines came from."""

    def __init__(self, markdown: str, places: list[Place], placeholders: list[Placeholder], files: list[Path]) -> None:
        self.markdown, self.places, self.placeholders, self.files = markdown, places, placeholders, files

    def place(self, line: int) -> Place:
        """The place in the author's file of a line of the rendered Markdown, counted from 0."""
        return self.places[min(max(line, 0), len(self.places) - 1)]


@within_reason
def render_story(path: Path, root: Path, tables: Mapping[str, Table]) -> RenderedStory:
    """Bind a story to the data: `{{ }}`, `{% if %}`, `{% for %}` and `{% include %}` are worked off.

    Raises ProjectError with the line of the story in which an expression fails.
    """
    opened: dict[str, Path] = {}
    sandbox = Sandbox(_Stories(root, path.parent, opened))
    try:
        template: Template = sandbox.get_template(path.name)
        rendered = template.render(tables)
    except _EXPRESSION_ERRORS as error:
        message, remedy = _explain(error, tables)
        raise blamed(ProjectError.at(_place(error, path, root), message, remedy)) from None
    lost = [
        Problem(Place(relative(opened[file], root), line), message, remedy)
        for file, line, message, remedy in sandbox.words.lost()
        if file in opened
    ]
    if lost:
        raise ProjectError(lost)
    names = {file: relative(opened[file], root) for file in opened}
    places: list[Place] = []
    lines: list[str] = []
    last = Place(relative(path, root), 1)
    for line in rendered.split("\n"):
        for mark in leading_marks(line):
            last = Place(names[sandbox.file_name(int(mark[1]))], int(mark[2]))
        places.append(last)
        lines.append(without_marks(line))
    return RenderedStory("\n".join(lines), places, sandbox.placeholders, list(opened.values()))


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
