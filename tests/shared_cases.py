"""What is a right answer to each small input of ../shared/cases: the true value, a refusal, or a doubt that is told."""

from __future__ import annotations

from msgspec import Struct


class Right(Struct, frozen=True):
    """One right answer; patterns of regular expressions, all of which are found."""

    kind: str
    value: tuple[str, ...] = ()
    """In the text of the documents."""
    refused: tuple[str, ...] = ()
    """In the problems that `check` and `build` (of a table: `inspect --add`) print; nothing is written."""
    told: tuple[str, ...] = ()
    """In the warnings of both commands, or in what `inspect` proposes."""
    never: tuple[str, ...] = ()
    """Nowhere in the documents."""


class Case(Struct, frozen=True):
    """A project of its own, or files for `inspect`: the first is declared, each other one stands in its place."""

    name: str
    rule: str
    rights: tuple[Right, ...]
    files: tuple[str, ...] = ()
    language: str = "en-US"


def value(*patterns: str, never: tuple[str, ...] = ()) -> Right:
    return Right("true value", value=patterns, never=never)


def refused(*patterns: str) -> Right:
    return Right("refused", refused=patterns)


def told(*patterns: str, value: tuple[str, ...] = (), never: tuple[str, ...] = ()) -> Right:
    return Right("told", told=patterns, value=value, never=never)


def project(name: str, rule: str, *rights: Right) -> Case:
    return Case(name, rule, rights)


def table(name: str, rule: str, *rights: Right, then: str = "", language: str = "en-US") -> Case:
    """A file of tables/; `then` is the one of another year that takes its place."""
    files = tuple(f"tables/{file}" for file in (name, then) if file)
    return Case(f"{name} -> {then}" if then else name, rule, rights, files, language)


PROJECTS = (
    project("band-became-date", "the date among words is doubted", told(r"A3: .*May 2 of 2-5")),
    project("computed-decimals", "one number of decimals in a column",
        value(r"A 2\.5 B 3\.0 C 100\.5 D 7\.3 Source")),
    project("currency-format", "a sheet in EUR is not read as USD", refused(r"B2: .*41000.*€.*USD", r"B3: .*39500")),
    project("decomposed-letters", "one row Café of 3", value("Site Visits Caf\u00e9 3 Source", never=("\u0301",))),
    project("filtered-rows", "hidden rows are told", told(r"A3: 2 of 4 rows that are read are hidden")),
    project("french-singular", "singular below 2", value(r"Une hausse de 1,5 point de pourcentage\.")),
    project("line-two-series", "two values at a time make no line",
        refused(r"a\.csv:3 has the same 'year' as .*a\.csv:2")),
    project("local-day", "the day of the place", value("February 28, 2026 2 March 1, 2026 1 Source")),
    project("markdown-footnote", "a footnote or a refusal, for each of the four",
        refused(r"@smith2020", r"newpage"),
        value(r"Without those who did not answer", never=(r"\[\^1\]", r"\[@", r"\\newpage", r"~~"))),
    project("mean-of-rates", "91.6% or a doubt", refused(r"mean of 'rate'.*'n' differs.*by='n'"), value(r"91\.6%")),
    project("merged-number", "300 counts once", refused(r"C2: .*'300'.*merged over 3 rows"), value("Students: 350")),
    project("mixed-encodings", "two encodings in a file are refused", refused(r"a\.csv:3: mixes encodings")),
    project("namibia", "a key is never missing", refused(r"a\.csv:3: .*'NA'.*key"), value("DE 5 NA 3 ZA")),
    project("negative-base", "no ratio of a negative base", refused(r"report\.md:3: .*negative is no ratio")),
    project("newest-first", "change goes by time", value(r"Change 150, ratio 2×, from 2023 to 2025\.", never=("falling",))),
    project("percent-format", "35%, 90%, 120%", refused(r"B2: .*shows 35%.*fraction", r"B4: .*120%"),
        value("A 35% B 90% C 120%")),
    project("query-round", "half up", value("G V A 3 B 4 Source")),
    project("sep-line", "Excel's first line is passed over", value(r"Findings|1 A 1 About", never=("sep=",))),
    project("sort-by-name", "the order of the language",
        value("Ägyptologie 2 applied Physics 3 Biologie 4 Études 6 Ökologie 5 Zoologie 1")),
    project("source-double-header", "two columns of one name are refused", refused(r"s\.csv: .*'v' twice")),
    project("source-message-25", "2.5 is a number", value(r"A 10,500\.0 B 2\.5 Source")),
    project("source-us-dates", "months, or a question", refused(r"01/01/2026.*%m/%d/%Y.*%d/%m/%Y"),
        value("January 1, 2026 10 February 1, 2026 20")),
    project("spaces-and-hyphens", "drawn as space and hyphen",
        value("About 12[\\s\u2009]000 first[-\u2010\u2011]year students", "First[-\u2010\u2011]year students 5"),
        refused(r"U\+2009.*[Ww]rite", r"U\+2011.*[Ww]rite")),
    project("sum-101", "rounded shares may add up to 101", value("71% .*24% .*6%", never=("101%",))),
    project("superscript-footnote", "a raised digit is a mark", refused(r"B3: .*'987²'.*raised mark"),
        value("Engineering.{0,3} 1,234 Nursing 987\\D", never=("9,872",))),
    project("suppressed-by-format", "what a format hides is not printed", refused(r"B3: .*'3'.*\*", r"B4: .*'2'.*\*")),
    project("suppressed-share", "the rest of a whole does not tell a suppressed share",
        told(r"keeps back of 'C' can be worked out", value=("C not published",), never=("10%", "Not stated"))),
    project("swiss-millions", "every group has its apostrophe", value("A 1[’']234[’']567 B 1[’']234[’']567[’']890")),
    project("template-link", "no slide of the template is in the deck, nor the link to it",
        value(r"\[ppt/slides/slide1\.xml\]", never=("OLD CLIENT", "hlinksldjump"))),
    project("total-row", "a row that adds up the others is doubted",
        told(r"a\.csv:4: 'Total' is the sum of other rows"), value("^((?!6 graduates).)*3 graduates")),
    project("week-number-as-month", "a week is no month", refused(r"'%Y-%U' reads a week and no day")),
    project("workbook-elsewhere", "the workbook is where the package says", value("K V a 1 b 2 Source")),
    project("zip-code-format", "a ZIP code keeps its zeros", value("02139 5 00501 7")),
)  # fmt: skip

MARKED = "North 1,000 30.?.? South 1,037 31.?.? East.? 1,074 32.?.? West.? 1,111 33"

TABLES = (
    Case("inspect-xlsm", "a table as from .xlsx", (value("K V a 1 b 2 Source"),), ("inspect-xlsm/a.xlsm",)),
    table("preamble_year1.xlsx", "what the preamble says is printed",
        told(r'says = \[.*"Level: Undergraduate".*2018/19', value=("Work 50 40 Study 20 30 Neither 5 6", "Undergraduate"))),
    table("preamble_year1.xlsx", "another population or year is refused",
        refused(r"Level: Undergraduate.*Level: Postgraduate", r"2018/19.*2019/20"), then="preamble_year2.xlsx"),
    table("preamble_year2.xlsx", "what the preamble says is printed", value("Work 100 80 Study 40 60", "Postgraduate")),
    table("notes_row_year1.xlsx", "all rows, in thousands",
        value("Mining 2,200 4,100 Retail 3,200 5,100 Health 4,200 6,100 Source", "relative standard error")),
    table("notes_row_year1.xlsx", "rows that come later are data, not notes",
        value("Health 4,200 6,100 Finance 5,200 7,100 Education 6,200 8,100 Arts 7,200 9,100 Source"),
        then="notes_row_year2.xlsx"),
    table("notes_row_year2.xlsx", "all rows", value("Finance 5,200 7,100 Education 6,200 8,100 Arts 7,200 9,100 Source")),
    table("skip_row_year1.xlsx", "the line of its own is no row",
        value("1300 Manager 0 5 6 1301 Manager 1 6 7 1302 .*1304 Manager 4 9 10 Source", never=("Managers",))),
    table("skip_row_year1.xlsx", "no row of data is skipped", value("1300 Manager 0 5 6 .*1304 Manager 4 9 10 Source"),
        then="skip_row_year2.xlsx"),
    table("skip_row_year2.xlsx", "all rows", value("1300 Manager 0 5 6 .*1304 Manager 4 9 10 Source")),
    table("pct_small.csv", "0.2 beside 71.5 is 0.2 %, and called a guess",
        told(r"A guess: [^\n]*\n?[^\n]*\n[^\n]*on_leave_percent", value=(r"Nursing 512 0\.2% 71\.5% Law 340 0\.3% 64\.0%",))),
    table("pct_small_one.csv", "the scale is asked", refused(r"To be answered: '%' in the header", r'scale = "\?"')),
    table("rate_small.csv", "both scales are asked", refused(r"0\.8 to 1\.0 can be", r"0\.2 to 0\.9 can be")),
    table("zero_rate.csv", "the scale is asked", refused(r"To be answered: '%'.*numbers from 0 to 1 can be")),
    table("mixed_scale.csv", "both scales in a column are told", refused(r"0\.94 seems to be a part of 1 among\s")),
    table("pct_literal_escaped.xlsx", "92 is 92 %", value(r"M2 92(\.0)?% M3 88\.5% M4 61(\.0)?% M5 55(\.0)?%")),
    table("pct_literal_quoted.xlsx", "92 is 92 %", value(r"M2 92(\.0)?% M3 88\.5% M4 61(\.0)?% M5 55(\.0)?%")),
    table("pct_over.xlsx", "half formatted, half typed is told", refused(r"formatted as percentages, and 88 was typed")),
    table("km2.csv", "the square stays", value(r"Area in km² Flat size in m² .*Harbour 2\.4 95\.2 Hill 12\.2")),
    table("employer_total.csv", "an employer named Total stays",
        told(r"'Total' may be a total by its name", value=("Shell 20 44 Total 15 61 Siemens 33 80",))),
    table("subtotals.xlsx", "subtotals that add up are told and left out",
        told("Rows 4, 7, 8: the sum of others", value=("Banks 10 20 Barton 30 40 Aston 5 6 Corio 7 8 Source",))),
    table("hash.csv", "what # means is asked", refused(r"To be answered: '#' in 3 cells")),
    table("sections_blank.xlsx", "X is what the legend says, all rows are there",
        told("Read with the notes: Key, X = occupation in shortage", "head the rows below them",
        value=("1332 Plant not stated occupation in not stated not stated 1 Managers", "2221 Profession not stated Xsp",
        "X = occupation in shortage"), never=("Total",))),
    table("no_header.csv", "No no. is a count", value(r"North 23,743 57\.8% 17,368 42\.2% South 21,456")),
    table("yes_no.csv", "No and No answer are counts", value("Would recommend 120 30 5 Used the office 80 70 5")),
    table("experience.csv", "a decimal comma", value(r"P1 1\.0 .*P14 14\.0 Q 1\.5 R 2\.5")),
    table("gpa.csv", "three kinds of number", value(r"Nursing 3\.4 92% 62,000 Law 3\.1 88% 71,000 Art 3\.6 61% 39,000")),
    table("code_words.csv", "YearsCode is a number", value("1 7 40,100 2 14 40,200 3 21 40,300"), told("YearsCode.*integer")),
    table("ein.csv", "Ein- is no EIN", told(r'häusern", type = "integer"', value=("Ort1 237 Ort2 274",))),
    table("quote_space.csv", "a space behind a quotation mark", value(r"Lakeview, University of 2021 91\.5% Hillside 2021 88\.2%")),
    table("quote_inside.csv", "a quotation mark within, read as others read it and told",
        told(r"quotation mark", value=('1 Alpha College www\\.a\\.edu/x\\?hl=.?fees.?.?&y=1.? 2 Beta, College of www',))),
    table("dagger_min.xlsx", "an unexplained mark is told",
        told("no note explains '††'", value=(r"Avalon 90% Brigadoon.{0,3} 91% Camelot 92%",))),
    table("dagger_min2.xlsx", "an unexplained mark is told", told("no note explains '††'", value=(r"Brigadoon.{0,3} 91% ",))),
    table("star_label.xlsx", "an unexplained mark is told", told(r"no note explains '\*'", value=(r"Avalon.{0,3} 90% x",))),
    table("mark_digit.xlsx", "digits with a note are marks, numbers keep theirs",
        value("Northeast.? 10,000 30 Maine 10,370 31 Ohio.? 10,740 32 Utah 11,110 33", "Agencies here changed", "Provisional")),
    table("mark_paren1.xlsx", "(1) is a mark", value(r"Occupation A 11-1001 20\.5% Occupation B.{0,4} 11-1011 21\.5%",
        "Data for this occupation are shared")),
    table("mark_parena.xlsx", "(a) is a mark", value("East.? 1,074 32 West.? 1,111 33", "Includes blank responses",
        "Includes the islands", "Includes the bay")),
    table("mark_space.xlsx", "(b) behind a space is a mark", value(MARKED, "Includes the islands", never=(r"East \(b\)",))),
    table("mark_star.xlsx", "* with a note is a mark", value(MARKED, "Includes the islands")),
    table("excel_errors.xlsx", "errors of spreadsheets are missing values",
        value(r"Major 0 not available 100 .*Major 3 not available not available Major 4 not available 104 .*Major 6 62\.0% 106",
        never=("#",))),
    table("qualtrics_numbers.csv", "names over questions and ids; numbers are numbers",
        told(r'q1 = .*type = "integer"', value=("R_0 0 0 Law R_1 1 1 Nursing", "How many"), never=("ImportId",))),
    table("us_dates.csv", "asked, the project's language first",
        told(r"A guess: [^\n]*%m/%d/%Y and %d/%m/%Y", value=("Fair 1 January 3, 2026 Fair 2 February 4, 2026",))),
    table("ampm.csv", "AM and PM are read", told(r"The time of day is left out", value=("1 April 1, 2026 3 2 April 2, 2026 6",))),
    table("likert.csv", "ordered levels", told(r'"Very dissatisfied", "Somewhat dissatisfied", "Neither')),
    table("thousands_legend.xlsx", "(000's) multiplies", value("Mining 2,200 4,100 Retail 12,200 10,400 Health 29,200 33,900")),
    table("timeseries.xlsx", "series keep their names",
        value("Vacancies ; Mining ;", "November 2009 4,100 9,800 600 .*August 2011 11,100 16,800 7,600")),
    table("dots.xlsx", "leaders go, the total that adds up too", value("Agriculture 400 420 Business 600 680 Source")),
    table("padded.csv", "padding goes", value(r"Altdorf 1,675 9\.7% Bergheim 12,301 12\.6% Casbach 484 10\.8%")),
    table("blank_repeats.xlsx", "a label said once holds below, as a guess",
        told("A guess: Said once", value=("Engineering Civil 15 Engineering Mechanical 35 Engineering Electrical 20 Arts Music 21 Arts Dance 9",))),
)  # fmt: skip

CASES = PROJECTS + TABLES
"""In the order of the folders, then of tables/."""
