"""What project.toml and brand.toml may say: frozen models that find every mistake at once."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from data.errors import Problem, ProjectError, nearest
from data.toml_file import TomlFile
from data.words import LANGUAGES

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
"""Names of tables, fields and charts: letters, digits and underscores, so that expressions can say them."""
OutputName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]
_DAY = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
ISO_DATE = re.compile(_DAY)
"""Year, month or day as ISO 8601 writes them."""
IsoDate = Annotated[str, StringConstraints(pattern=f"^{_DAY}$")]
IsoPeriod = Annotated[str, StringConstraints(pattern=f"^{_DAY}(/{_DAY})?$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]


Model = TypeVar("Model", bound=BaseModel)


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldSettings(_Settings):
    """One field of a table. Words follow Frictionless Table Schema where it has one."""

    title: str = ""
    type: Literal["text", "integer", "number", "money", "percent", "year", "date", "level", "range"]
    column: str | None = None
    """Header in the file, where it is not the field's name."""
    unit: str | None = None
    unit_field: Name | None = None
    of: Literal["integer", "number", "money", "percent"] | None = None
    low: Name | None = None
    high: Name | None = None
    levels: tuple[str, ...] = ()
    scale: Literal["percent", "fraction"] = "percent"
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    case: Literal["as is", "sentence"] = "as is"
    proper: tuple[str, ...] = ()
    """Words that keep their capitals in sentence case: names of peoples, languages, countries."""
    value: str | None = None
    key: bool = False
    required: bool = False
    unique: bool = False
    minimum: float | None = None
    maximum: float | None = None
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    additive: bool | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> FieldSettings:
        if self.type == "range" and not (self.low and self.high):
            raise ValueError("a range needs low and high, the names of two other fields")
        if self.type == "level" and len(self.levels) < 2:
            raise ValueError("a level needs levels, from lowest to highest: levels = ['Basic', 'Advanced']")
        if self.type == "money" and not (self.unit or self.unit_field):
            raise ValueError("money needs unit = 'USD' (or another currency code) or unit_field")
        return self


class TableSettings(_Settings):
    """One table: a file, or computed from another table."""

    file: str | None = None
    derived_from: Name | None = Field(default=None, alias="from")
    group_by: Name | None = None
    where: str | None = None
    title: str = ""
    source: str | None = None
    as_of: IsoPeriod | None = None
    licence: str | None = None
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    whole: Name | None = None
    fields: dict[Name, FieldSettings] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_one_origin(self) -> TableSettings:
        if (self.file is None) == (self.derived_from is None):
            raise ValueError("a table needs either file = '...' or from = '...', the name of another table")
        if self.file is not None and (self.group_by or self.where):
            raise ValueError("group_by and where belong to a table that is computed from another one")
        return self


class ChartSettings(_Settings):
    """One chart: which fields of which table, its claim, and the claim's test."""

    table: Name
    kind: str | None = None
    x: Name | tuple[Name, ...]
    y: Name | tuple[Name, ...]
    title: str
    holds: str | None = None
    highlight: str | tuple[str, ...] = ()
    sort: Literal["ascending", "descending", "none"] | None = None
    rows: Annotated[int, Field(ge=1)] | None = None
    where: str | None = None
    measure: str = ""
    alt: str = ""


class OutputSettings(_Settings):
    """One document to make."""

    writer: str
    story: str
    pages: Annotated[int, Field(ge=1, le=2)] = 1


class ProjectSettings(_Settings):
    """A project file."""

    title: str = Field(min_length=1)
    subtitle: str = ""
    kicker: str = ""
    language: Language = "en-US"
    publisher: str = ""
    website: Annotated[str, StringConstraints(pattern=r"^(https?://\S+)?$")] = ""
    published: IsoDate | None = None
    caveat: str = ""
    tables: dict[Name, TableSettings] = {}
    charts: dict[Name, ChartSettings] = {}
    outputs: dict[OutputName, OutputSettings] = Field(min_length=1)

    @model_validator(mode="after")
    def _speaks(self) -> ProjectSettings:
        if self.language.split("-")[0] not in LANGUAGES:
            raise ValueError(f"language '{self.language}' is not spoken here; known: {', '.join(LANGUAGES)}")
        return self


class ColourSettings(_Settings):
    """Colours of a brand, "#RRGGBB"."""

    ink: Colour | None = None
    accent: Colour | None = None
    mark: Colour | None = None
    second: Colour | None = None
    muted: Colour | None = None
    hairline: Colour | None = None
    tint: Colour | None = None
    paper: Colour | None = None


class FamilySettings(_Settings):
    """Font files of the brand's own; a face that is not named is the regular one."""

    name: str
    regular: str
    bold: str | None = None
    italic: str | None = None
    bold_italic: str | None = None
    semibold: str | None = None


class FontSettings(_Settings):
    """Fonts of a brand."""

    text: str | FamilySettings = "Source Serif Pro"
    heading: str | FamilySettings = "Source Sans Pro"
    deck: str = "Calibri"
    fallback: tuple[str, ...] = ()


class BrandSettings(_Settings):
    """A brand file."""

    institution: str = "Example University"
    unit: str = "Career Center"
    logo: str | None = None
    paper: Literal["letter", "a4"] = "letter"
    template: str | None = None
    contact: str = ""
    accommodation: str = ""
    non_discrimination: str = ""
    colours: ColourSettings = ColourSettings()
    fonts: FontSettings = FontSettings()


def _remedy(kind: str, context: dict[str, Any], key: str, known: list[str]) -> tuple[str, str]:
    """pydantic's kinds of mistakes, in words for people who write TOML."""
    match kind:
        case "extra_forbidden":
            return f"the setting '{key}' is not known.", nearest(key, known)
        case "missing":
            return f"'{key}' is missing.", f"Add {key} = ..."
        case "literal_error" | "enum":
            return f"'{key}' cannot be this.", f"Use {context.get('expected', '')}."
        case "string_pattern_mismatch" if key in ("as_of", "published"):
            return f"'{key}' is not an ISO date.", "Write 2026, 2026-11 or 2026-11-20."
        case "string_pattern_mismatch" if key == "website":
            return "the website is no web address.", 'Begin it with "https://".'
        case "string_pattern_mismatch" if key == "language":
            return "the language is no language tag.", 'Write "en-US", "de-DE", "fr-FR" or "es-ES".'
        case "string_pattern_mismatch" if "#" in str(context.get("pattern")):
            return f"'{key}' is not a colour.", 'Write it as "#RRGGBB", such as "#0B5C8A".'
        case "string_pattern_mismatch":
            return f"the name '{key}' cannot be used.", "Use letters, digits and underscores, a letter first."
        case _:
            return "", ""


def _known_keys(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """The settings that are known where `path` ends."""
    sub: dict[str, type[BaseModel]] = {
        "tables": TableSettings, "fields": FieldSettings, "charts": ChartSettings, "outputs": OutputSettings,
        "colours": ColourSettings, "fonts": FontSettings,
    }  # fmt: skip
    for part in path[:-1]:
        model = sub.get(str(part), model)
    return [info.alias or name for name, info in model.model_fields.items()]


def validated(model: type[Model], file: TomlFile) -> Model:
    """The file's settings as a model; ProjectError with every mistake and its line."""
    try:
        return model.model_validate(file.content)
    except ValidationError as error:
        problems: list[Problem] = []
        for item in error.errors(include_url=False):
            path = tuple(
                part for part in item["loc"] if part != "[key]" and not str(part).startswith(("tuple[", "str"))
            )
            key = str(path[-1]) if path else file.name
            message, remedy = _remedy(item["type"], item.get("ctx", {}), key, _known_keys(model, path))
            if not message:
                said = item["msg"].removeprefix("Value error, ")
                message, remedy = f"'{key}': {said[:1].lower()}{said[1:]}.", "Correct this setting."
            problems.append(Problem(file.place(*path), message, remedy))
        unique = {str(p): p for p in problems}
        raise ProjectError(unique.values()) from None
