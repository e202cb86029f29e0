"""What project.toml and brand.toml may say: frozen models that find every mistake at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from babel.numbers import list_currencies
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from data.addresses import website_fault
from data.cells.dates import precision
from data.errors import Problem, ProjectError, nearest
from data.file_kinds import FILES
from data.iso_date import age_fault, date_fault, period_fault
from data.languages import language_fault
from data.pattern import PatternError, compiled
from data.toml_file import TomlFile

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
"""Names of tables, fields and charts: letters, digits and underscores, so that expressions can say them."""
Printed = Annotated[str, StringConstraints(max_length=5_000)]
"""Words that documents show or say: titles, captions, descriptions."""
OutputName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$")]
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")]


class _SettingError(ValueError):
    """What is wrong with a setting, and as second argument what to do about it."""


def _judged(fault: Callable[[str], str]) -> AfterValidator:
    """A setting that a function judges: it gives "what is wrong. What to do.", or "" where all is well."""

    def judge(said: str) -> str:
        wrong, _, remedy = fault(said).partition(". ")
        if wrong:
            raise _SettingError(f"'{said}' {wrong}.", remedy)
        return said

    return AfterValidator(judge)


def _as_iso(said: object) -> object:
    """TOML's own dates and a bare year, which say the same without quotation marks."""
    if isinstance(said, datetime.date) and not isinstance(said, datetime.datetime):
        return said.isoformat()
    return f"{said:04}" if isinstance(said, int) and not isinstance(said, bool) and 0 < said < 10_000 else said


IsoDate = Annotated[str, BeforeValidator(_as_iso, str | int), _judged(date_fault)]
"""Year, month or day as ISO 8601 writes them."""
IsoPeriod = Annotated[str, BeforeValidator(_as_iso, str | int), _judged(period_fault)]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict()]
"""A finite number; like `Whole`, no text that looks like one, and no true."""
YesNo = Annotated[bool, Strict()]
Encoding = Literal[
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "iso-8859-1", "iso-8859-2", "iso-8859-5",
    "iso-8859-15", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp437", "cp850", "koi8-r", "mac-roman",
    "gb18030", "shift_jis", "cp932", "euc-jp", "big5", "euc-kr",
]  # fmt: skip
"""Encodings of text files, by their names in Python."""
Language = Annotated[str, _judged(language_fault)]
Words = str | tuple[str, ...]
"""What rows, columns or cells say: the words themselves, or a regular expression between slashes: "/^Total/"."""


Model = TypeVar("Model", bound=BaseModel)


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class NumberSettings(_Settings):
    """How people wrote the numbers of a table."""

    decimal: Literal[".", ","] = "."
    thousands: Literal["", ",", ".", " ", "'"] = ""

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> NumberSettings:
        if self.decimal == self.thousands:
            raise ValueError(f"decimal and thousands cannot both be '{self.decimal}'")
        return self


Absence = Literal["not available", "not applicable", "suppressed"]


class MarkSettings(_Settings):
    """What a mark in a table means: no value, or only a limit of one."""

    meaning: Literal["not available", "not applicable", "suppressed", "at least", "at most"]
    value: Number | None = None
    note: str = ""

    @model_validator(mode="after")
    def _has_its_limit(self) -> MarkSettings:
        if (self.value is not None) != (self.meaning in ("at least", "at most")):
            raise ValueError("'at least' and 'at most' need value = the limit, and nothing else has one")
        return self


class FieldSettings(_Settings):
    """One field of a table. Words follow Frictionless Table Schema where it has one."""

    title: Printed = ""
    type: Literal[
        "text", "list", "integer", "number", "money", "percent", "year", "academic_year", "date", "level", "band",
        "range",
    ]  # fmt: skip
    column: str | Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """Header of the column in the file, where that is not the field's name; or the headers that it has in several."""
    numbers: NumberSettings | None = None
    """How its numbers are written, where not as the table's."""
    format: str | tuple[str, ...] = ()
    """How dates are written: "%d/%m/%Y", or "excel" for the day numbers of spreadsheets."""
    multiply: Annotated[Decimal, Field(gt=0)] = Decimal(1)
    """1000 where the file counts in thousands."""
    labels: dict[str, str] = {}
    """Codes in the file and the words that they stand for."""
    missing: tuple[str, ...] | dict[str, Absence | MarkSettings] = ()
    """Marks that mean something else in this column than in the rest of the table, or stand only here."""
    unit: str | None = None
    unit_field: Name | None = None
    of: Literal["integer", "number", "money", "percent"] | None = None
    low: Name | None = None
    high: Name | None = None
    levels: tuple[str, ...] = ()
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=5)] | None = None
    """What stands between the items of a list: ";"."""
    scale: Literal["percent", "fraction"] = "percent"
    decimals: Annotated[Whole, Field(ge=0, le=6)] | None = None
    case: Literal["as is", "sentence"] = "as is"
    proper: tuple[str, ...] = ()
    """Words that keep their capitals in sentence case: names of peoples, languages, countries."""
    value: str | None = None
    key: YesNo = False
    required: YesNo = False
    unique: YesNo = False
    minimum: Number | None = None
    maximum: Number | None = None
    enum: tuple[str, ...] = ()
    pattern: str | None = None
    additive: YesNo | None = None
    references: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]\w*\.[A-Za-z]\w*$")] | None = None
    """Another table's field that has every value of this one: "majors.code"."""
    adds_up_to: Number | Name | None = None
    """A number: what the column adds up to. A field: what it gives with the other fields that name it, row by row."""
    within: Name | None = None
    """The field whose rows with one value add up to the number; all rows where it is not said."""
    tolerance: Annotated[Number, Field(ge=0)] | None = None
    """How far a sum may be off; what rounding explains where it is not said."""

    def columns(self, name: str) -> tuple[str, ...]:
        """Headers that the column of the field `name` may have, the first of them the usual one."""
        return (self.column,) if isinstance(self.column, str) else self.column or (name,)

    @property
    def is_read(self) -> bool:
        """Whether the field has a column in the file: it is not computed, and no range of two other fields."""
        return self.value is None and (self.type != "range" or self.column is not None)

    @model_validator(mode="after")
    def _fits_together(self) -> FieldSettings:
        try:
            compiled(self.pattern or "")
        except PatternError as error:
            raise ValueError(f"the pattern {error}. {error.remedy}".rstrip(".")) from None
        if self.type == "range" and not (self.low and self.high) and not self.column:
            raise ValueError(
                "a range needs low and high, the names of two other fields, or column, whose cells hold both"
            )
        for form in (self.format,) if isinstance(self.format, str) else self.format:
            if form in ("excel", "excel 1904") or precision(form):
                continue
            if re.search("%[UWV]", form):
                raise ValueError(f"'{form}' reads a week and no day of it; declare such weeks as text")
            raise ValueError(f"'{form}' is no format of dates; write such as '%d/%m/%Y'")
        if self.within is not None and not isinstance(self.adds_up_to, float):
            raise ValueError("within belongs to adds_up_to = a number")
        if self.type == "level" and len(self.levels) < 2:
            raise ValueError("a level needs levels, from lowest to highest: levels = ['Basic', 'Advanced']")
        if (self.type == "list") != (self.delimiter is not None):
            raise ValueError("a list needs delimiter = ';' or whatever divides its items, and nothing else has one")
        if self.delimiter is not None and not self.delimiter.strip() and "\n" not in self.delimiter:
            raise ValueError("a list cannot be divided by spaces, which stand within its items too")
        if self.type == "list" and self.key:
            raise ValueError("a list cannot be the key that names a row")
        if self.type == "money" and not (self.unit or self.unit_field):
            raise ValueError("money needs unit = 'USD' (or another currency code) or unit_field")
        if "money" in (self.type, self.of) and self.unit and self.unit not in list_currencies():
            raise ValueError(f"'{self.unit}' is no currency code of ISO 4217, such as 'USD', 'EUR' or 'GBP'")
        return self


def _known_kind(kind: str) -> str:
    if kind not in FILES:
        raise ValueError(f"'{kind}' is no kind of file that can be read; known: {', '.join(FILES)}")
    return kind


class ReadSettings(_Settings):
    """How a source is read, where its kind alone does not say it."""

    format: Annotated[str, AfterValidator(_known_kind)] | None = None
    """The kind of file, where its ending does not say it."""
    encoding: Encoding | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    quote: Annotated[str, StringConstraints(max_length=1)] | None = None
    """"" where quotation marks mean nothing."""
    sheet: str | Annotated[Whole, Field(ge=1)] | None = None
    """A sheet's name, or its place among the sheets that are not hidden, from 1."""
    range: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9]\d*:[A-Z]{1,3}([1-9]\d*)?$")] | None = None
    """Cells of a workbook: "A5:F200", or "A5:F" for all rows from the fifth."""
    hidden: Literal["keep", "drop"] | None = None
    """Rows and columns that the workbook hides, by hand or by a filter; read and told where it is not said."""
    merged: Literal["repeat"] | None = None
    """Whether a number in merged cells stands for each of them; refused where it is not said."""
    cell_formats: Literal["ignore"] | None = None
    """Whether numbers are meant as they are stored, whatever their formats show."""
    records: str | None = None
    """Where the list of records is in a JSON file: "result.records"."""
    missing: tuple[str, ...] = ()
    """Marks for no value, for a source that is only queried; a table has its own."""
    types: dict[str, Literal["text", "integer", "number", "date"]] = {}
    """What columns hold, for a text file that is only queried, where its first rows do not show it."""
    formats: dict[str, str] = {}
    """How the dates of such columns are written where that is not ISO 8601: "%m/%d/%Y"."""
    timeout: Annotated[Number, Field(gt=0, le=3600)] = 60
    """Seconds that a server may take, from the first word to the last."""
    megabytes: Annotated[Whole, Field(ge=1, le=2000)] = 200
    """The most that is downloaded."""
    headers: dict[str, str] = {}
    """Sent with a download; may hold ${NAMES} of environment variables."""
    keep_last_good: YesNo = False
    """Whether an earlier download may stand in, with a warning, while the server is out of order."""
    allow_http: YesNo = False


class SourceSettings(_Settings):
    """Where data come from: a file, an address, a database, or a query."""

    file: str | None = None
    url: str | None = None
    connection: str | None = None
    query: str | None = None
    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")] | None = None
    """What the file or download must be, byte by byte."""
    read: ReadSettings = ReadSettings()

    @model_validator(mode="after")
    def _fits_its_origin(self) -> SourceSettings:
        origins = [name for name in ("file", "url", "connection") if getattr(self, name) is not None]
        if len(origins) > 1:
            raise ValueError(f"{origins[0]} and {origins[1]} are two origins; a table has one")
        if self.connection is not None and self.query is None:
            raise ValueError("connection needs query = 'SELECT ...'")
        if self.sha256 is not None and self.file is None and self.url is None:
            raise ValueError("sha256 belongs to a file or a url")
        return self


class QueriedSettings(SourceSettings):
    """A source that is only queried: it may be large, and never becomes a table as a whole."""

    @model_validator(mode="after")
    def _can_be_scanned(self) -> QueriedSettings:
        if self.file is None and self.url is None:
            raise ValueError("a source needs file = '...' or url = '...'")
        if self.query is not None:
            raise ValueError("query belongs to the table that asks this source")
        return self


class MinimumSettings(_Settings):
    """Values that rest on too few answers are hidden."""

    field: Name
    """The field that counts the answers."""
    value: Annotated[Whole, Field(ge=2)]
    """The least number of answers behind a value that is shown."""
    hides: tuple[Name, ...] = ()
    """Fields to hide; every number of the row, the count included, when none is named."""
    within: Name | None = None
    """Field of the groups for which totals are known elsewhere; the whole table when there is none."""


class SectionSettings(_Settings):
    """Rows among the data that say what the rows below them are about."""

    field: str = Field(min_length=1)
    """The column that is made of them."""
    rows: Words = ()
    """Which rows they are; without it, every row in which one cell is filled."""
    outside: Words = ()
    """Rows that belong to no section, such as a total at the end."""


class HierarchySettings(_Settings):
    """Rows whose indentation says what they are part of."""

    column: str | None = None
    """The indented column; the first one where it is not said."""
    level: str | None = None
    """The column that is to hold how deep a row is, from 1."""
    parents: tuple[str, ...] = ()
    """The columns that are to hold what a row is part of, outermost first."""


class LongSettings(_Settings):
    """Columns that become rows."""

    columns: Words = Field(min_length=1)
    name: str | tuple[str, ...]
    """The column that is to hold their headers; several where `split` divides the headers."""
    value: str = Field(min_length=1)
    """The column that is to hold their cells."""
    split: str = ""
    """What stands between the parts of a header, or a /pattern/ with a group for each part."""


class WideSettings(_Settings):
    """Rows that become columns."""

    name: str
    """The column whose words become headers."""
    value: str | tuple[str, ...]
    """The columns whose cells are put below them."""
    by: tuple[str, ...] = ()
    """The columns that tell rows apart; all the others where it is not said."""


class ShapeSettings(_Settings):
    """How a table made for people becomes one header and rows. `data.reshape` documents the order of the steps."""

    begin: Words = ()
    """What a row above the header says, where others like it, or other tables, stand above that."""
    header: Annotated[Whole, Field(ge=0)] | str | tuple[Annotated[Whole, Field(ge=1)], ...] | tuple[str, ...] | None = (
        None
    )
    header_join: str = " "
    header_fill: YesNo | None = None
    repeated_headers: Literal["refuse", "number"] = "refuse"
    units: YesNo = False
    column_numbers: YesNo = False
    cells: dict[str, Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,3}[1-9]\d*$")]] = {}
    leaders: YesNo = False
    """Whether dots lead from labels to their values."""
    end: Words = ()
    """What the first row below the table says that is neither a row of it nor a note."""
    notes: Annotated[Whole, Field(ge=1)] | Words = ()
    skip: Annotated[Whole, Field(ge=1)] | str | tuple[Annotated[Whole, Field(ge=1)] | str, ...] = ()
    alone: Words = ()
    """Rows that say this, and nothing else."""
    says: Words = ()
    """What lines around the table have to say: what is declared of the numbers holds only then."""
    sections: SectionSettings | Annotated[str, StringConstraints(min_length=1)] | None = None
    fill_down: str | tuple[str, ...] = ()
    marks: tuple[str, ...] | dict[str, str] = ()
    hierarchy: HierarchySettings | None = None
    totals: Literal["keep"] | None = None
    """Whether rows that sum up others are meant to be there; told where it is not said."""
    drop: Words | dict[str, Words] = ()
    keep: Words | dict[str, Words] = ()
    repeated_rows: Literal["keep", "drop"] | None = None
    """Where it is not said, rows that repeat another one exactly stay, and are told."""
    long: LongSettings | None = None
    wide: WideSettings | None = None

    @model_validator(mode="after")
    def _marks_are_no_words(self) -> ShapeSettings:
        for mark in self.marks:
            if not re.search(r"[^A-Za-z0-9\s]|^\d+$", mark):
                raise ValueError(f"the mark '{mark}' cannot be told from words and numbers")
        return self


class OneFileSettings(_Settings):
    """One of several files that are read by one declaration, where it differs from the others."""

    file: str
    read: ReadSettings = ReadSettings()


class FileFieldSettings(_Settings):
    """A column made from the names of the files."""

    name: str = Field(min_length=1)
    pattern: str
    """A regular expression; its group, or all that it matches, is the cell."""


class CountSettings(_Settings):
    """How many rows a table has."""

    minimum: Annotated[Whole, Field(ge=0)] = 1
    maximum: Annotated[Whole, Field(ge=0)] | None = None


class TableSettings(SourceSettings):
    """One table: read from a source, or computed from another table."""

    files: str | tuple[str | OneFileSettings, ...] = ()
    """Several files of one shape: names, in which * stands for anything."""
    file_field: FileFieldSettings | None = None
    shape: ShapeSettings = ShapeSettings()
    numbers: NumberSettings | None = None
    """How its numbers are written; plainly (1234.5) where it is not said."""
    count: CountSettings | None = None
    derived_from: Name | None = Field(default=None, alias="from")
    group_by: Name | None = None
    where: str | None = None
    title: Printed = ""
    source: Printed | None = None
    as_of: IsoPeriod | None = None
    licence: Printed | None = None
    notes: tuple[Printed, ...] = ()
    missing: tuple[str, ...] | dict[str, Absence | MarkSettings] = ()
    """Marks that stand for no value, or what each of them means."""
    minimum_n: MinimumSettings | None = None
    stale_after: Annotated[str, _judged(age_fault)] | None = None
    """How old the data may be, counted from the end of as_of, before `check` warns."""
    whole: Name | None = None
    fields: dict[Name, FieldSettings] = Field(min_length=1)

    @property
    def several(self) -> tuple[OneFileSettings, ...]:
        """The files that the declaration names, where it names several."""
        files = (self.files,) if isinstance(self.files, str) else self.files
        return tuple(OneFileSettings(file=one) if isinstance(one, str) else one for one in files)

    @model_validator(mode="after")
    def _has_one_origin(self) -> TableSettings:
        read = any(
            origin is not None for origin in (self.file, self.files or None, self.url, self.connection, self.query)
        )
        if read == (self.derived_from is not None):
            raise ValueError(
                "a table needs one origin: file = '...', url, connection, query, or from = 'another table'"
            )
        if self.file is not None and self.files:
            raise ValueError("file and files are two origins; a table has one")
        if not read and (self.shape != ShapeSettings() or self.file_field or self.numbers):
            raise ValueError("shape, numbers and file_field belong to a table that is read from a source")
        if not read and any(f.type == "range" and not (f.low and f.high) for f in self.fields.values()):
            raise ValueError("a range of a computed table needs low and high, the names of two other fields")
        if read and (self.group_by or self.where):
            raise ValueError("group_by and where belong to a table that is computed from another one")
        return self


class ChartSettings(_Settings):
    """One chart: which fields of which table, its claim, and the claim's test."""

    table: Name
    kind: str | None = None
    x: Name | Annotated[tuple[Name, ...], Field(min_length=1)]
    y: Name | Annotated[tuple[Name, ...], Field(min_length=1)]
    series: Name | None = None
    size: Name | None = None
    low: Name | None = None
    middle: Name | None = None
    high: Name | None = None
    label: Name | None = None
    title: Printed
    holds: str | None = None
    highlight: str | tuple[str, ...] = ()
    sort: Literal["ascending", "descending", "none"] | None = None
    rows: Annotated[Whole, Field(ge=1)] | None = None
    where: str | None = None
    measure: Printed = ""
    alt: Printed = ""


class OutputSettings(_Settings):
    """One document to make."""

    writer: str
    story: str
    pages: Annotated[Whole, Field(ge=1, le=2)] = 1


class ProjectSettings(_Settings):
    """A project file."""

    title: Printed = Field(min_length=1)
    subtitle: Printed = ""
    kicker: Printed = ""
    language: Language = "en-US"
    publisher: Printed = ""
    website: Annotated[str, _judged(website_fault)] = ""
    published: IsoDate | None = None
    caveat: Printed = ""
    sources: dict[Name, QueriedSettings] = {}
    tables: dict[Name, TableSettings] = {}
    charts: dict[Name, ChartSettings] = {}
    outputs: dict[OutputName, OutputSettings] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_sources_apart(self) -> ProjectSettings:
        both = [name for name in self.sources if name in self.tables]
        if both:
            raise ValueError(f"'{both[0]}' is the name of a source and of a table; a query could mean either")
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

    institution: Printed = "Example University"
    unit: Printed = "Career Center"
    logo: str | None = None
    paper: Literal["letter", "a4"] = "letter"
    template: str | None = None
    contact: Printed = ""
    accommodation: Printed = ""
    non_discrimination: Printed = ""
    colours: ColourSettings = ColourSettings()
    fonts: FontSettings = FontSettings()


def _remedy(kind: str, context: dict[str, Any], key: str, known: list[str]) -> tuple[str, str]:
    """pydantic's kinds of mistakes, in words for people who write TOML."""
    match kind:
        case "extra_forbidden":
            return f"the setting '{key}' is not known.", nearest(key, known)
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
        case "value_error" if isinstance(context.get("error"), _SettingError):
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
        "colours": ColourSettings, "fonts": FontSettings,
    }  # fmt: skip
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


def validated(model: type[Model], file: TomlFile) -> Model:
    """The file's settings as a model; ProjectError with every mistake and its line."""
    try:
        return model.model_validate(file.content)
    except ValidationError as error:
        mistakes: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
        for item in error.errors(include_url=False)[:_MISTAKES]:
            path = _path(file.content, item["loc"], item["type"] == "missing")
            mistakes.setdefault(path, []).append(item)
        problems: list[Problem] = []
        for path, items in mistakes.items():
            key = str(next((part for part in reversed(path) if isinstance(part, str)), file.name))
            if all(item["type"] in _KINDS for item in items):
                if any(other[: len(path)] == path != other for other in mistakes):
                    continue
                kinds = " or ".join(dict.fromkeys(_KINDS[item["type"]] for item in items))
                if all(item["input"] == "?" for item in items):
                    said = f"'{key}' waits for an answer: \"?\" stands for what only you can know."
                    problems.append(Problem(file.place(*path), said, f"Write {kinds}, as the comment above it says."))
                    continue
                problems.append(Problem(file.place(*path), f"'{key}' cannot be this.", f"Write {kinds}."))
                continue
            for item in items:
                if item["type"] in _KINDS:
                    continue
                message, remedy = _remedy(item["type"], item.get("ctx", {}), key, _known_keys(model, path))
                if not message:
                    said = item["msg"].removeprefix("Value error, ")
                    message, remedy = f"'{key}': {said[:1].lower()}{said[1:]}.", "Correct this setting."
                problems.append(Problem(file.place(*path), message, remedy))
        unique = {str(p): p for p in problems}
        raise ProjectError(unique.values()) from None
