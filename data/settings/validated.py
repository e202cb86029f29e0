"""Settings are read as frozen models, and every mistake in them is found at once."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from data.errors import Problem, ProjectError, nearest
from data.files.toml_file import TomlFile
from data.settings.brand import BrandSettings, ColourSettings, DeckSettings, FontSettings, LayoutSettings
from data.settings.delivery import DeliverSettings, TellSettings
from data.settings.fields import FieldSettings, MarkSettings, NumberSettings
from data.settings.kinds import SettingError
from data.settings.never import NEVER
from data.settings.project import (
    AxisSettings,
    ChartSettings,
    MinimumSettings,
    NoteSettings,
    OutputSettings,
    PeriodSettings,
    PublishSettings,
    ReferenceSettings,
    TableSettings,
)
from data.settings.shape import (
    CountSettings,
    FileFieldSettings,
    HierarchySettings,
    LongSettings,
    SectionSettings,
    ShapeSettings,
    WideSettings,
)
from data.settings.sources import QueriedSettings, ReadSettings

Model = TypeVar("Model", bound=BaseModel)


def _unknown(key: str, known: list[str], section: tuple[str | int, ...]) -> tuple[str, str]:
    """What is said of a setting that there is not: for charts why, where people know it from elsewhere."""
    if section[:1] == ("charts",) and key in NEVER:
        return f"'{key}': {NEVER[key][0]}", NEVER[key][1]
    return f"the setting '{key}' is not known.", nearest(key, known)


def _remedy(
    kind: str, context: dict[str, Any], key: str, known: list[str], section: tuple[str | int, ...]
) -> tuple[str, str]:
    """pydantic's kinds of mistakes, in words for people who write TOML."""
    match kind:
        case "extra_forbidden":
            return _unknown(key, known, section)
        case "missing" if key == "outputs":
            return (
                "no document is asked for.",
                'Write [outputs.report], and in it writer = "report" and story = "story.md".',
            )
        case "missing":
            return f"'{key}' is missing.", f"Add {key} = ..."
        case "literal_error" | "enum":
            return f"'{key}' cannot be this.", f"Use {context.get('expected', '')}."
        case "string_pattern_mismatch" if key == "range":
            return "the range is no range of cells.", 'Write "A5:F200", or "A5:F" for all rows from the fifth.'
        case "string_pattern_mismatch" if key == "references":
            return "this is no field of another table.", 'Write its table and its name: "majors.code".'
        case "string_pattern_mismatch" if r"[1-9]\d*$" in str(context.get("pattern")):
            return f"'{key}' is no cell.", 'Write its letters and its number: "C14".'
        case "string_pattern_mismatch" if key == "sha256":
            return "the checksum is no SHA-256.", "Write its 64 hexadecimal digits in small letters."
        case "string_pattern_mismatch" if "#" in str(context.get("pattern")):
            return f"'{key}' is not a colour.", 'Write it as "#RRGGBB", such as "#0B5C8A".'
        case "value_error" if isinstance(context.get("error"), SettingError):
            return f"{key}: {context['error'].args[0]}", context["error"].args[1]
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            words = {"gt": ("small", "more than"), "ge": ("small", "at least"), "lt": ("large", "less than")}
            name, bound = next((name, context[name]) for name in ("gt", "ge", "lt", "le") if name in context)
            way, how = words.get(name, ("large", "at most"))
            return f"'{key}' is too {way}.", f"Write {how} {bound}."
        case "too_short" | "string_too_short":
            return f"'{key}' is empty.", "Write something, or leave the setting out."
        case "string_too_long":
            most = context["max_length"]
            return f"'{key}' is too long.", f"Write at most {most} character{'' if most == 1 else 's'}."
        case "string_pattern_mismatch":
            return f"the name '{key}' cannot be used.", "Use letters, digits and underscores, a letter first."
        case _:
            return "", ""


def _known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The settings that are known where `path` ends."""
    sub: dict[str, type[BaseModel]] = {
        "sources": QueriedSettings, "read": ReadSettings, "numbers": NumberSettings, "shape": ShapeSettings,
        "sections": SectionSettings, "hierarchy": HierarchySettings, "long": LongSettings, "wide": WideSettings,
        "file_field": FileFieldSettings, "count": CountSettings, "minimum_n": MinimumSettings, "missing": MarkSettings,
        "tables": TableSettings, "fields": FieldSettings, "charts": ChartSettings, "outputs": OutputSettings,
        "colours": ColourSettings, "fonts": FontSettings, "publish": PublishSettings,
        "deliver": DeliverSettings, "axis": AxisSettings, "references": ReferenceSettings,
        "notes": NoteSettings, "tell": TellSettings, "as_of": PeriodSettings,
    }  # fmt: skip
    if model is BrandSettings:
        sub |= {"deck": DeckSettings, "layouts": LayoutSettings}
    for part in path[:-1]:
        model = sub.get(str(part), model)
    return [info.alias or name for name, info in model.model_fields.items()]


_KINDS = {
    "string_type": "a text", "int_type": "a whole number", "int_from_float": "a whole number",
    "int_parsing_size": "a smaller number", "float_type": "a number", "decimal_type": "a number",
    "decimal_parsing": "a number", "finite_number": "a number", "bool_type": "true or false", "tuple_type": "a list",
    "dict_type": "a table { ... }", "model_type": "a table { ... }", "model_attributes_type": "a table { ... }",
}  # fmt: skip
"""What pydantic expected, in words, where a setting may be one of several kinds."""


def _path(content: object, found: tuple[str | int, ...], missing: bool) -> tuple[str | int, ...]:
    """Where in the file a mistake is: pydantic's path without the names of its own types."""
    path: list[str | int] = []
    for depth, part in enumerate(found):
        if isinstance(content, dict) and part in content:
            content = content[part]  # pyright: ignore[reportUnknownVariableType]  # TOML holds anything
        elif isinstance(content, list) and isinstance(part, int) and part < len(content):  # pyright: ignore[reportUnknownArgumentType]  # likewise
            content = content[part]  # pyright: ignore[reportUnknownVariableType]  # a list of anything
        elif not (missing and depth == len(found) - 1):
            continue
        path.append(part)
    return tuple(path)


_MISTAKES = 500
"""Mistakes of a file that are looked at: a person mends the first ones first."""


def validated(
    model: type[Model], file: TomlFile, section: tuple[str, ...] = (), content: dict[str, Any] | None = None
) -> Model:
    """The file's settings as a model; ProjectError with every mistake and its line.

    `section` is where in the file they stand, and `content` what stands there, if that is not the whole file.
    """
    said = file.content if content is None else content
    try:
        return model.model_validate(said)
    except ValidationError as error:
        mistakes: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
        for item in error.errors(include_url=False)[:_MISTAKES]:
            path = _path(said, item["loc"], item["type"] == "missing")
            mistakes.setdefault(path, []).append(item)
        problems: list[Problem] = []
        for path, items in mistakes.items():
            place = file.place(*section, *path)
            key = str(next((part for part in reversed(path) if isinstance(part, str)), file.name))
            if all(item["type"] in _KINDS for item in items):
                if any(other[: len(path)] == path != other for other in mistakes):
                    continue
                kinds = " or ".join(dict.fromkeys(_KINDS[item["type"]] for item in items))
                if all(item["input"] == "?" for item in items):
                    words = f"'{key}' waits for an answer: \"?\" stands for what only you can know."
                    problems.append(Problem(place, words, f"Write {kinds}, as the comment above it says."))
                    continue
                problems.append(Problem(place, f"'{key}' cannot be this.", f"Write {kinds}."))
                continue
            for item in items:
                if item["type"] in _KINDS:
                    continue
                message, remedy = _remedy(
                    item["type"], item.get("ctx", {}), key, _known_keys(model, path), (*section, *path)
                )
                if item["type"] == "extra_forbidden" and len(path) > 1 and key in _known_keys(model, path[-1:]):
                    inside = ".".join(map(str, (*section, *path[:-1])))
                    message = f"the setting '{key}' is not known in [{inside}]."
                    remedy = "Write it above the first line that begins with [."
                if not message:
                    words = item["msg"].removeprefix("Value error, ")
                    message, remedy = f"'{key}': {words[:1].lower()}{words[1:]}.", "Correct this setting."
                problems.append(Problem(place, message, remedy))
        unique = {str(p): p for p in problems}
        raise ProjectError(unique.values()) from None
