"""The sandbox in which stories and charts reach the tables, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache, partial
from types import CodeType
from typing import Any, cast

from jinja2 import DictLoader, StrictUndefined, TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.loaders import BaseLoader
from jinja2.parser import Parser
from jinja2.runtime import LoopContext, Macro
from jinja2.sandbox import SandboxedEnvironment

from data.effort import EffortError, spend
from data.item import ROW
from data.phrases.phrase import Phrase, Piece, Words
from data.sandbox.claims import FILTERS as CLAIMING
from data.sandbox.claims import Claims, MadeClaims, Sign
from data.sandbox.counted import FILTERS, LONGEST_STORY, MOST_PLACEHOLDERS, bounded, counted
from data.sandbox.explained import TABLE_WORDS, no_such_word
from data.sandbox.filters import STYLES, Styled, absolute, computed, end_of, margin, percent, style_filter, text_value
from data.sandbox.kept_words import KeptWords
from data.sandbox.line_marks import LINE_MARK, LineMarks
from data.sandbox.loose_tests import refuse_loose_tests
from data.sandbox.operands import FILTERS as KEEPING
from data.sandbox.operands import told, with_operands
from data.sandbox.placeholders import TOKEN, StyledValue
from data.sandbox.ready_words import READY_WORDS
from data.sandbox.table_words import ASKED, TESTS, Asked
from data.sandbox.weighed import FILTERS as WEIGHING
from data.sandbox.yes_or_no import FILTERS as ASKING
from data.sandbox.yes_or_no import decided
from data.tables.conditions import Condition, rows_that
from data.tables.gaps import refuse_gaps
from data.tables.spelling import refuse_misspelt_words
from data.tables.table import Row, Rows, Table
from data.tables.value import TOO_LARGE, Interval, LookUpError, Measure, Value
from data.variables import Variables

_WORK = {"sorted": 20, "head": 2, "change": 0, "ratio": 0}
"""Steps for each row of what tables are asked, where that is not as much as to look at all values of a field."""

CALL = 5
"""Steps that it takes to begin with an expression."""

_INCLUDED = 200
"""Stories and parts of them that are kept compiled."""

_SENTENCES = 1_000
"""Titles and labels that are kept compiled."""

_TOKEN_LENGTH = 8
DEFAULT_LANGUAGE = "en-US"
"""In which values are told where nothing says which document they are for."""


def refuse_too_large(value: Value | Interval) -> None:
    """ValueError for a result of a computation that no document has room for."""
    for end in (value.low, value.high) if isinstance(value, Interval) else (value,):
        if isinstance(end.content, Decimal) and not abs(end.content) < TOO_LARGE:
            raise ValueError("the number is larger than any that documents show")


class Sandbox(SandboxedEnvironment):
    """Jinja2's sandbox, narrowed to tables, rows and values: nothing else has attributes here."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "**", "%", "//"))

    def __init__(
        self, loader: BaseLoader | None = None, files: tuple[str, ...] = (), language: str = DEFAULT_LANGUAGE
    ) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            extensions=[LineMarks, Claims] if loader else [Claims],
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
        self.placeholders: list[StyledValue] = []
        self._length = 0
        self._files = list(files)
        self.words = KeptWords()
        self.language = language
        """Of the document: in it, values are told, and ready words answer where no table is in sight."""
        self.claims = MadeClaims()
        self.operands: list[tuple[str, object]] = []
        """What the test compares that is being worked out, as it is written."""
        self.against: Callable[[], object] | None = None
        """What speaks against what a table was asked last, where it is false."""
        self.globals.clear()
        kept = {"length": self.filters["length"], "first": end_of("first"), "last": end_of("last")}
        self.filters.clear()
        self.filters.update(kept)
        self.filters.update({name: style_filter(style) for name, style in STYLES.items()})
        self.filters.update(percent=percent, margin=margin, absolute=absolute)
        self.filters.update(READY_WORDS | FILTERS | CLAIMING | KEEPING | ASKING | WEIGHING)
        self.tests.update(TESTS)

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, *args: Any, **kwargs: Any
    ) -> str:
        for one in source.find_all(nodes.FromImport):
            one.with_context = True  # a file of macros sees the tables, as one that is included does
        refuse_loose_tests(source, name, filename)
        return super()._generate(counted(decided(source)), name, filename, *args, **kwargs)

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

    def compile(
        self,
        source: Any,
        name: str | None = None,
        filename: str | None = None,
        raw: Any = False,
        defer_init: bool = False,
    ) -> Any:
        """A story's or sentence's commands as code, read once however many outputs ask for them."""
        if not isinstance(source, str):
            return cast("object", super().compile(source, name, filename, raw, defer_init))
        if self.loader is None:
            return _read_sentence(source)
        code, words = _read_commands(source, name or "", filename or "", self.file_number(name or ""))
        self.words.add(words)
        return code

    def file_number(self, name: str) -> int:
        """The number by which line marks call a story file."""
        if name not in self._files:
            self._files.append(name)
        return self._files.index(name)

    def file_name(self, number: int) -> str:
        return self._files[number]

    @pass_context  # so that a constant is a placeholder of the story that prints it, and not of the first one compiled
    def _token(self, _: object, value: object) -> object:
        match value:
            case Value() | Interval():
                return self._left((value, "rounded"))
            case Styled():
                return self._left((value.value, value.style))
            case Phrase():
                return "".join(map(self._piece, value.pieces))
            case StrictUndefined() | Macro() | Sign():
                return value
            case bool() | None:
                raise SecurityError(f"a placeholder gives {value}, which is no value to print; use it in {{% if %}}")
            case int() | float() | Decimal():
                return self._left((computed(value), "rounded"))
            case str():
                if TOKEN.search(value) or LINE_MARK.search(value):  # what a macro or block has already rendered
                    return self._words(value)
                return self._left((text_value(value), "rounded"))
            case Row():
                return self._left((text_value(value.key), "rounded"))
            case Variables():
                raise LookUpError("'set' is all variables, which is no value to print.", remedy="Name one: set.NAME.")
            case Table():
                remedy = f"Ask for one of its values, {value.name}.first.{value.fields[-1].name}"
                raise LookUpError(
                    f"'{value.name}' is a table, which is no value to print.",
                    remedy=f"{remedy}, or show it: ![](table:{value.name}).",
                )
            case _:
                raise SecurityError(f"a placeholder gives a {type(value).__name__.lower()}, which is no value to print")

    def _piece(self, piece: Piece) -> str:
        """A piece of what a ready word gives."""
        match piece:
            case str():
                return self._words(piece)
            case Words():
                spoken = Value(piece.text, Measure("text"), piece.cells)
                return self._left((spoken, "rounded")) if piece.cells else self._words(piece.text)
            case _:
                return self._left(piece)

    def _words(self, text: str) -> str:
        """Words that stand as they are."""
        self.written(len(text))
        return text

    def _left(self, placeholder: StyledValue) -> str:
        """The token that stands for a value."""
        self.placeholders.append(placeholder)
        refuse_too_large(placeholder[0])
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
        if isinstance(obj, tuple | list | Rows) and isinstance(argument, int):
            found = cast("tuple[object, ...]", obj)[argument]
            return found.table.at(found.index) if isinstance(found, Row) else found
        return self._reach(obj, argument.content if isinstance(argument, Value) else argument)

    def _reach(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, StrictUndefined):
            return super().getattr(obj, str(name))
        match obj:
            case Row():
                return text_value(obj.key) if name == "key" else obj[str(name)]
            case Table() if name in ("title", "source", "as_of"):
                return text_value(getattr(obj, name))
            case Table() if name in ASKED:
                return Asked(obj, str(name), filtered)
            case Table() if name in TABLE_WORDS:
                spend(len(obj) // 4 if name == "rows" else 0)
                return getattr(obj, name)
            case Table():
                raise no_such_word(obj, str(name))
            case Interval() if name in ("low", "high", "middle"):
                return getattr(obj, name)
            case Interval():
                raise LookUpError(f"a range has no '{name}'.", str(name), ("low", "high", "middle"))
            case Value():
                raise LookUpError(f"a value has no '{name}'.", remedy=f"Leave .{name} out: it is one value already.")
            case Variables():
                return obj.of(str(name))
            case LoopContext() if name in ("index", "first", "last", "length"):
                return getattr(obj, name)
            case _:
                raise SecurityError(f"'{name}' cannot be reached: stories see tables, rows and values only")

    def is_safe_callable(self, obj: Any) -> bool:
        """Only what `getattr` handed out can be called."""
        if isinstance(obj, StrictUndefined):
            str(obj)  # says which name is not known
        return isinstance(obj, Macro | Asked) or (
            isinstance(getattr(obj, "__self__", None), Table) and obj.__name__ in TABLE_WORDS
        )

    def call(self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
        """`a(b)` in a story; what tables are asked takes as long as they have rows."""
        table = getattr(__obj, "__self__", None)
        if isinstance(table, Table):
            spend(len(table) * (_WORK.get(__obj.__name__, 4) + len(table.fields) // 4))
        if isinstance(__obj, Asked):
            batch: object = __context.get(ROW)
            rows = partial(filtered, batch=batch if isinstance(batch, Row) else None)
            __obj = Asked(__obj.table, __obj.word, rows)
            self.against = partial(__obj.against, args[0]) if args and isinstance(args[0], str) else None
        return bounded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """`*` takes numbers only (a text times a billion would fill the memory); `**`, `%` and `//` do not exist."""
        of_numbers = not any(isinstance(one, str | tuple | list | Rows) for one in (left, right))
        if operator in ("+", "-", "/") or (operator == "*" and of_numbers):
            compute: Callable[[Any, Any], Any] = self.binop_table[operator]
            return bounded(compute(left, right))
        raise SecurityError(f"'{operator}' cannot be used here")


@lru_cache(_INCLUDED)
def _read_commands(source: str, name: str, filename: str, number: int) -> tuple[CodeType, KeptWords]:
    """A story file's commands as code whose line marks call the file by `number`, and what they do with words."""
    sandbox = Sandbox(DictLoader({}), (*("",) * number, name))
    code: CodeType = SandboxedEnvironment.compile(sandbox, source, name, filename)
    return code, sandbox.words


@lru_cache(_SENTENCES)
def _read_sentence(source: str) -> CodeType:
    code: CodeType = SandboxedEnvironment.compile(Sandbox(), source)
    return code


class _Test:
    """A test that has been read, in the sandbox that it is worked out in."""

    def __init__(self, source: str) -> None:
        """Raises TemplateSyntaxError for what is no expression."""
        self._sandbox = Sandbox()
        parser = Parser(self._sandbox, source, state="variable")
        try:
            test = parser.parse_expression()
            if not parser.stream.eos:
                raise TemplateSyntaxError("chunk after expression", parser.stream.current.lineno)
        except TemplateSyntaxError:
            self._sandbox.handle_exception(source=source)
        body: list[nodes.Node] = [nodes.Assign(nodes.Name("result", "store"), with_operands(test), lineno=1)]
        self._template = self._sandbox.from_string(nodes.Template(body, lineno=1))

    def worked_out(self, names: Mapping[str, object], language: str) -> tuple[object, tuple[tuple[str, str], ...]]:
        self._sandbox.operands = []
        context = self._template.new_context(dict(names), shared=True)
        for _ in self._template.root_render_func(context):
            pass
        result: object = context.vars["result"]
        if isinstance(result, StrictUndefined):
            str(result)  # says which name is not known
        operands, self._sandbox.operands = self._sandbox.operands, []
        return result, told(operands, language)


@lru_cache(_SENTENCES)
def _test(source: str) -> _Test:
    return _Test(source)


def worked_out(source: str, names: Mapping[str, object], language: str) -> tuple[object, tuple[tuple[str, str], ...]]:
    """What a test gives, and what it compares, in words; raises what Jinja2 or the values raise."""
    return _test(source).worked_out(names, language)


@cache
def _condition(said: str, variables: Variables | None) -> Condition:
    return Condition(said, Sandbox(), variables)


def filtered(table: Table, condition: str, batch: Row | None = None, whole: bool = False) -> Table:
    """The rows for which a condition over the row's fields is true, as `rows_that` finds them; with `whole`, of what is
    said of all rows, words that are probably misspelt and rows without a value are refused."""
    spend(CALL * len(table))
    asked = _condition(condition, table.variables)
    if whole:
        refuse_misspelt_words(asked.tree, table)
        refuse_gaps(asked.tree, condition, table)
    return table.take(rows_that(table, asked, batch))
