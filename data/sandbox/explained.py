"""What went wrong in an expression, and what to do, for people who write stories."""

from __future__ import annotations

import re
from collections.abc import Mapping

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError

from data.effort import REMEDY, EffortError
from data.errors import nearest
from data.sandbox.claims import ClaimSyntaxError
from data.sandbox.filters import STYLES
from data.sandbox.loose_tests import LooseTestError
from data.sandbox.ready_words import READY_WORDS
from data.sandbox.table_words import ASKED, TESTS
from data.tables.table import Table
from data.tables.value import LookUpError, MissingError, UnitError
from data.variables import Variables

TABLE_WORDS = (
    "first", "last", "top", "bottom", "sum", "mean", "median", "change", "ratio", "where", "sorted", "head", "count",
    "rows", "title", "source", "as_of", *sorted(ASKED - {"where"}),
)  # fmt: skip
"""What stories ask of tables, as it is offered where something else is asked."""


_MEANT = {
    "max": "top", "maximum": "top", "min": "bottom", "minimum": "bottom", "average": "mean", "avg": "mean",
    "total": "sum", "len": "count", "length": "count", "size": "count", "filter": "where", "sort": "sorted",
    "every": "all", "percentile": "quantile", "quartile": "quantile", "quartiles": "quantile", "increasing": "rising",
    "growing": "rising", "decreasing": "falling", "shrinking": "falling", "empty": "missing", "proportion": "share",
    "newest": "latest", "current": "latest", "recent": "latest", "oldest": "earliest",
}  # fmt: skip
"""What other programs call what stories ask of tables."""


_SIGNS = {
    "greater": ">", "more": ">", "above": ">", "higher": ">", "larger": ">", "less": "<", "below": "<", "lower": "<",
    "smaller": "<", "fewer": "<", "equal": "==",
}  # fmt: skip
"""Words behind `is` that a sign stands for."""
_COMMANDS = ("claim", "otherwise", "if", "elif", "else", "for", "set", "include", "macro", "from")


def no_such_word(table: Table, name: str) -> LookUpError:
    """The error for something that tables have not."""
    if any(field.name == name for field in table.fields):
        remedy = f"Say of which row, {table.name}.first.{name}, or what of all rows: {table.name}.median('{name}')."
        return LookUpError(f"'{name}' is a field of '{table.name}', a value for each row.", remedy=remedy)
    if name in ("values", "columns", "column"):
        first = table.fields[0].name
        remedy = (
            f"Ask for rows with a value, {table.name}.where({first}='...').count > 0, or loop over {table.name}.rows."
        )
        return LookUpError(f"a table has no '{name}'.", name, TABLE_WORDS, remedy)
    if table.key_field and name in table:
        return LookUpError(f"'{name}' is a row of '{table.name}'.", remedy=f'Write {table.name}["{name}"].')
    meant = _MEANT.get(name.lower())
    return LookUpError(f"a table has no '{name}'.", name, TABLE_WORDS, f"Did you mean '{meant}'?" if meant else "")


def _unknown_name(name: str, names: Mapping[str, object]) -> tuple[str, str]:
    """What to say of a name that stands for nothing where it stands."""
    tables = [value for value in names.values() if isinstance(value, Table)]
    called = [known for known, value in names.items() if isinstance(value, Table)]
    word = _MEANT.get(name.lower(), name)
    if tables and word in TABLE_WORDS:
        numbers = [field.name for field in tables[0].fields if field.numeric] or [tables[0].fields[0].name]
        return f"there is no '{name}' here.", f"Ask a table for it: {called[0]}.{word}('{numbers[0]}')."
    variables = names.get("set")
    varies = isinstance(variables, Variables) and any(name == known for known, _ in variables.said)
    owner = next((called[i] for i, table in enumerate(tables) if any(f.name == name for f in table.fields)), None)
    if owner is not None:
        remedy = (
            f"Name table and row, {owner}.first.{name}; between brackets, in quotation marks: {owner}.sum('{name}')."
        )
        remedy += f" The variable is set.{name}." if varies else ""
        return f"'{name}' alone stands for nothing here: it is a field of '{owner}'.", remedy
    if varies:
        return f"'{name}' alone stands for nothing here: it is a variable.", f"Write set.{name}."
    row_of = next((called[i] for i, table in enumerate(tables) if table.key_field and name in table), None)
    if row_of is not None:
        return f"'{name}' alone stands for nothing here: it is a row of '{row_of}'.", f'Write {row_of}["{name}"].'
    if name == "set":
        return "the project has no variables.", "Write [variables] in project.toml, and below it one: campus = 'North'."
    return f"there is no '{name}' here.", nearest(name, names)


def _unknown_command(name: str, said: str) -> tuple[str, str]:
    """What to say of a command that Jinja2 does not know where it stands; `said` is what Jinja2 says of it."""
    if name == "otherwise":
        remedy = "Write {% claim test %} before the words that are to be tested; within {% if %}, {% else %}."
        return "{% otherwise %} belongs to no {% claim %}.", remedy
    if name in _COMMANDS or name.removeprefix("end") in _COMMANDS:
        opened = re.search("needs to be closed is '([^']+)'", said)
        remedy = (
            f"Close {{% {opened[1]} %}} first: {{% end{opened[1]} %}}." if opened else "Delete it, or open it above."
        )
        return f"{{% {name} %}} belongs to nothing that is open where it stands.", remedy
    return f"there is no command {{% {name} %}}.", nearest(name, (*_COMMANDS, *(f"end{one}" for one in _COMMANDS)))


def explain(error: Exception, names: Mapping[str, object]) -> tuple[str, str]:  # noqa: C901  # one flat match
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
        case ClaimSyntaxError() | LooseTestError():
            return error.message or "", error.remedy
        case TemplateSyntaxError() if error.message and re.search("unexpected char '[\u2018-\u201e]'", error.message):
            return "the placeholder has curly quotation marks.", 'Write straight ones: t["Key"].field.'
        case TemplateRuntimeError() | TemplateSyntaxError() if name := re.search(
            "No filter named '([^']+)'", error.message or ""
        ):
            return f"there is no filter '{name[1]}'.", nearest(
                name[1], (*STYLES, "absolute", "margin", "percent", *READY_WORDS)
            )
        case TemplateRuntimeError() | TemplateSyntaxError() if name := re.search(
            "No test named '([^']+)'", error.message or ""
        ):
            sign = _SIGNS.get(name[1])
            return f"there is no test '{name[1]}'.", f"Write a {sign} b." if sign else nearest(name[1], TESTS)
        case TemplateSyntaxError() if name := re.search("Encountered unknown tag '([^']+)'", error.message or ""):
            return _unknown_command(name[1], error.message or "")
        case TemplateSyntaxError() if name := re.search("end of template.*closed is '(.+)'", error.message or "", re.S):
            return f"{{% {name[1]} %}} is not closed.", f"Write {{% end{name[1]} %}} behind its words."
        case TemplateSyntaxError() if re.search(r"'end of .*got '[=\w]|got '='|chunk after", error.message or ""):
            remedy = "Compare by ==, < or > and join by and, or: field == 'Nurse' and n > 10."
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
        case TypeError() if "not supported between instances" in str(error):
            return "it compares what has no order.", "Compare values of tables: pay.first.salary > 50000."
        case TypeError() if "unsupported operand type" in str(error):
            return "it computes with what is no number.", "Compute first, in brackets: {{ (a * 2) | about }}."
        case TypeError() if re.search(r"'in <string>' requires string", str(error)):
            return "a value cannot be looked for in a text.", "Write a list: job in ['Nurse', 'Teacher']."
        case TypeError() if found := re.match(r"_(\w+)\(\) got an unexpected keyword argument '(\w+)'", str(error)):
            return f"'{found[1]}' takes no '{found[2]}'.", "What it takes stands in docs/story.md."
        case TypeError() if found := re.match(r"_(\w+)\(\) takes (from )?\d+ ", str(error)):
            return f"'{found[1]}' is given too much.", "What it takes stands in docs/story.md."
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


EXPRESSION_ERRORS = (
    LookUpError, UndefinedError, UnitError, MissingError, TemplateRuntimeError, TemplateSyntaxError, TemplateNotFound,
    SecurityError, TypeError, ValueError, IndexError, ArithmeticError,
    RecursionError, NameError, SyntaxError, MemoryError,
)  # fmt: skip
