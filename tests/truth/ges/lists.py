"""What charts and tables of the report list: every value in alternative texts, notes, tables and PowerPoint's numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal

from tests.truth.facts import Printed, count, has_labels, lists, number_of
from tests.truth.ges.tables import JUDGE, SHORT, says
from tests.truth.ges.time import last_year
from tests.truth.ges.universities import several
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.ready import Course, course
from tests.truth.shown import PARAGRAPH, plain

PAY, WORK = "Middle degree's median pay", "In full-time permanent work"
_ALT_END = r"\.(?= Highlighted| Highest|$)"
_END = r"(?: ¶ Sources?: .*)?$"


def _titled(w: Tables, text: str, between: str, within: str) -> bool:
    """A list of universities or of fields: their names tell which, and the unit whether it is pay or work."""
    column, unit = ("permanent", "%") if "%" in text else ("pay", "$")
    if re.search(r"\bLaw\b.{0,5}[:|=]", text):
        return lists(w["fields"], text, "field", number_of(column, unit), between, within)
    return lists(w["universities"], text, "university", number_of(column, unit), between, within)


says(
    rf"chart: (?:{PAY}|{WORK}) by (?:University|Field)\. (.+?){_ALT_END}", lambda w, text: _titled(w, text, "; ", ": ")
)
says(rf"(?:Universities|Fields) in the latest year: ¶ (.+?){_END}", lambda w, text: _titled(w, text, PARAGRAPH, ": "))


def _drawn(w: Tables, what: str, text: str) -> bool:
    column = "permanent" if what == WORK else "pay"
    name, key = ("fields", "field") if re.search(r"\bLaw=", text) else ("universities", "university")
    return lists(w[name], text, key, number_of(column), "; ", "=")


says(rf"^({PAY}|{WORK}): ([^;]*=[^¶]*)$", _drawn)


def _lines_drawn(w: Tables, any_work: str, permanent: str) -> bool:
    pairs = ((any_work, "employed"), (permanent, "permanent"))
    return all(lists(w["years"], text, "year", number_of(column), "; ", "=") for text, column in pairs)


says(rf"^In any work: ([^;]*=[^¶]*) ¶ {WORK}: ([^;]*=[^¶]*)$", _lines_drawn)

# -- schools: the twelve highest of those with several degrees ------------------------------


def _schools(w: Tables, text: str, between: str, within: str) -> bool:
    """Twelve schools, none of which is paid less than one that is left out."""
    items = dict(item.rpartition(within)[::2] for item in text.split(between))
    true = {plain(row["school"]): Decimal(row["pay"]) for row in several(w)}
    told = all(shows(shown, true[name]) for name, shown in items.items())
    left = [pay for name, pay in true.items() if name not in items]
    return told and len(items) == min(12, len(true)) and all(true[name] >= max(left, default=0) for name in items)


says(rf"chart: {PAY} by School\. (.+?){_ALT_END}", lambda w, text: _schools(w, text, "; ", ": "))

# -- rows with several values -------------------------------------------------------------

_Columns = Mapping[str, Printed]


def _amount(column: str) -> Printed:
    return number_of(column, "$")


def _share(column: str) -> Printed:
    return number_of(column, "%")


def _plain(column: str) -> Printed:
    return lambda row, text: plain(row[column]) == text


_GRID: _Columns = {
    "Year": _plain("year"), "Degrees listed": number_of("listed"), "With figures": number_of("published"),
    "Without figures": number_of("unpublished"), "In any work": _share("employed"), WORK: _share("permanent"),
    "Degrees' lower quartile": _amount("low"), PAY: _amount("pay"), "Degrees' upper quartile": _amount("high"),
    "Best-paid degree's median pay": _amount("best"), "Degrees": number_of("degrees"), "Figures since": _plain("since"),
    "Pay in that year": _amount("began"), "Lowest-paid degree": _amount("lowest"), "Best-paid degree": _amount("highest"),
    "Field": _plain("field"), "First quartile": _amount("low"), "Third quartile": _amount("high"),
    "Median gross pay a month": _amount("pay"),
}  # fmt: skip


def _grid(rows: Rows, key: str, text: str) -> bool:
    """A table with a header: every row, by its first cell, and every column that is known."""
    head, *body = [line.split(" | ") for line in text.split(PARAGRAPH)]
    true = {plain(row[key]): row for row in rows}
    if sorted(line[0] for line in body) != sorted(true):
        return False
    return all(
        _GRID[title](true[line[0]], told)
        for line in body
        for title, told in zip(head[1:], line[1:], strict=True)
        if title in _GRID
    )


for _table, _key, _head in (
    ("universities", "university", r"University \| Degrees \| "),
    ("years", "year", r"Year \| (?:Degrees listed|Degrees' lower|Middle degree|In any work)"),
    ("best", "name", r"Degree \| (?:Field|First quartile|Median gross)"),
    ("fields", "field", r"Field \| "),
    ("schools", "school", r"School \| University \| "),
    ("latest", "name", r"Degree \| In full-time permanent work \| "),
):
    says(rf"¶ ({_head}.+)$", lambda w, text, t=_table, k=_key: _grid(w[t], k, text))


def _whole(said: list[str], true: list[str]) -> bool:
    """Each row once, and all of them; of more than seven a slide may show a part."""
    return len(set(said)) == len(said) and set(said) <= set(true) and (len(said) == len(true) or len(true) > 7)


def _lines(rows: Rows, key: str, text: str) -> bool:
    """Lines of notes: "NAME: Title 1, Title 2"."""
    true = {plain(row[key]): row for row in rows}
    said = [line.rpartition(": ") for line in text.split(PARAGRAPH)]
    titles = "|".join(map(re.escape, sorted(_GRID, key=len, reverse=True)))
    return _whole([name for name, _, _ in said], list(true)) and all(
        _GRID[title](true[name], told)
        for name, _, values in said
        for title, told in re.findall(rf"(?:^|, )({titles}) (\S+?)(?=, |$)", values)
    )


says(rf"(?<!Universities )Year by year: ¶ (.+?){_END}", lambda w, text: _lines(w["years"], "year", text))
says(rf"Best-paid degrees in the latest year: ¶ (.+?){_END}", lambda w, text: _lines(w["best"], "name", text))
says(rf"(?<!-paid )Degrees in the latest year: ¶ (.+?){_END}", lambda w, text: _lines(w["latest"], "name", text))

# -- labels --------------------------------------------------------------------------------


def _bars(w: Tables, measure: str, text: str) -> bool:
    """What stands at the bars of a chart: every name of a table, and every value."""
    column, unit = ("permanent", "%") if measure == WORK else ("pay", "$")
    for table, key in (("fields", "field"), ("universities", "university")):
        if has_labels(text, w[table].words(key)):
            said = [one for one in re.findall(r"\$?[\d,]*[\d.]+%?", text) if unit in one]
            return all(any(shows(one, true) for one in said) for true in w[table].numbers(column))
    return _schools_drawn(w, text)


def _schools_drawn(w: Tables, text: str) -> bool:
    highest = Rows(sorted(several(w), key=lambda row: -Decimal(row["pay"]))[:12])
    least = min(highest.numbers("pay"))
    return has_labels(text, [row["school"] for row in highest if Decimal(row["pay"]) > least])


says(rf"^({PAY}|{WORK}), (?:Singapore dollars|%) ¶ (\D+\$[\d,$]+|\D+[\d.%]+)$", _bars)
says(rf"^{PAY}, Singapore dollars; highest 12 of \d+ ¶ (.+)$", _schools_drawn)
says(
    r"^Median gross pay a month; line from First quartile to Third quartile, Singapore dollars ¶ (.+)$",
    lambda w, text: has_labels(text, w["best"].words("name")),
)
JUDGE.passes(r" ¶ (?:\$0|0%|NTU\$0)")  # axes, and labels at the ends of lines


# -- courses over time --------------------------------------------------------------------


def _of(rows: Rows, column: str) -> Course:
    return [(row["year"], Decimal(row[column])) for row in rows]


says(rf"Year\. {PAY}: (from .+?)\. \d{{4}} \(Degrees", lambda w, text: course(text, _of(w["years"], "pay")))
says(
    rf"Year\. In any work: (from .+?)\. {WORK}: (from .+?)\.$",
    lambda w, a, b: course(a, _of(w["years"], "employed")) and course(b, _of(w["years"], "permanent")),
)
says(
    r"(\d{4}) \(Degrees' lower quartile: (\S+), Middle degree's median pay: (\S+), Degrees' upper quartile: ([^)]+)\)",
    lambda w, year, low, pay, high: all(
        shows(text, Decimal(w["years"].of("year", year)[column]))
        for text, column in ((low, "low"), (pay, "pay"), (high, "high"))
    ),
)


def _courses(w: Tables, text: str) -> bool:
    """Each university's, and which of them have no figures for which years."""
    said = dict(re.findall(r"(\w+): (from .+?)(?=\. \w+: from|\. \w+, \d{4}|\.$)", text))
    own = {short: Rows(row for row in w["university_years"] if row["short"] == short) for short in said}
    return set(said) == {row["short"] for row in w["university_years"]} and all(
        course(told, _of(own[short], "pay")) for short, told in said.items()
    )


says(rf"Small multiples: {PAY} by Year\. (.+)$", _courses)


def _not_stated(w: Tables, short: str, years: str) -> bool:
    with_figures = {row["year"] for row in w["university_years"] if row["short"] == short}
    return years.split(", ") == [row["year"] for row in w["years"] if row["year"] not in with_figures]


says(rf"({'|'.join(SHORT.values())}), (\d{{4}}(?:, \d{{4}})*): not stated", _not_stated)


def _across(w: Tables, text: str) -> bool:
    """The appendix's grid: universities across, years down."""
    head, *body = [line.split(" | ") for line in text.split(PARAGRAPH)]
    said = {(short, line[0]): told for line in body for short, told in zip(head[1:], line[1:], strict=True)}
    true = {(row["short"], row["year"]): Decimal(row["pay"]) for row in w["university_years"]}
    shown = {at: told for at, told in said.items() if told != "not stated"}
    return shown.keys() == true.keys() and all(shows(told, true[at]) for at, told in shown.items())


says(rf"Universities year by year: {PAY} ¶ (Year \| .+)$", _across)
says(
    rf"^(\d{{4}}): University (\w+), {PAY} (\S+)$|(?<=¶ )(\d{{4}}): University (\w+), {PAY} ([^ ]+)",
    lambda w, *said: _one(w, *[part for part in said if part]),
)


def _one(w: Tables, year: str, short: str, shown: str) -> bool:
    return any(
        row["year"] == year and row["short"] == short and shows(shown, Decimal(row["pay"]))
        for row in w["university_years"]
    )


# -- ranges and dots ------------------------------------------------------------------------


def _ranges(w: Tables, text: str) -> bool:
    told = re.findall(r"(.+?): (\$[\d,]+) \((\$[\d,]+)–(\$[\d,]+)\)(?:; |$)", text)
    true = {plain(row["name"]): row for row in w["best"]}
    return _whole([name for name, *_ in told], list(true)) and all(
        shows(shown, Decimal(true[name][column]))
        for name, *ends in told
        for shown, column in zip(ends, ("pay", "low", "high"), strict=True)
    )


says(rf"Ranges: Median gross pay a month, First quartile, Third quartile by Degree\. (.+?){_ALT_END}", _ranges)


def _ends(w: Tables, column: str, high: str, at_high: str, low: str, at_low: str) -> bool:
    """Both ends with the names that stand there; of many, some are named and the others counted."""
    numbers = w["latest"].numbers(column)
    return all(
        shows(shown, end) and _named(at, [plain(r["name"]) for r in w["latest"] if Decimal(r[column]) == end])
        for shown, at, end in ((high, at_high, max(numbers)), (low, at_low, min(numbers)))
    )


def _named(text: str, true: list[str]) -> bool:
    said = text.split("; ")
    more = re.fullmatch(r"(\d+) more", said[-1])
    named = said[:-1] if more else said
    return set(named) <= set(true) and len(named) + (int(more[1]) if more else 0) == len(true)


says(
    r"against In full-time permanent work\. (\d+) values; Median gross pay a month: highest (\S+) \((.+)\), lowest (\S+) "
    r"\((.+)\); In full-time permanent work: highest (\S+) \((.+)\), lowest (\S+) \((.+)\)\.",
    lambda w, n, *said: count(n, len(w["latest"])) and _ends(w, "pay", *said[:4]) and _ends(w, "permanent", *said[4:]),
)
says(r"(\d+) of (\d+) dots are named|\dof(\d+)dotsarenamed", lambda w, a, b, c: count(b or c, len(w["latest"])))


def _shared_places(w: Tables, text: str) -> bool:
    """Each named degree has the pay and the share of another one."""
    places = {plain(row["name"]): (Decimal(row["pay"]), Decimal(row["permanent"])) for row in w["latest"]}
    said = [name for name in re.split("; | / ", text) if not re.fullmatch(r"\d+ more", name)]
    return all(list(places.values()).count(places[name]) > 1 for name in said)


JUDGE.otherwise(r"Several at one place: (.+)\.(?= |$)", _shared_places)

# -- about the data -------------------------------------------------------------------------

_SIZES: Mapping[str, Callable[[Tables], int]] = {
    "Graduates by year and degree": lambda w: len(w["survey"]),
    "Year by year": lambda w: len(w["years"]),
    "From each year to the next": lambda w: len(w["years"]) - 1,
    "Universities year by year": lambda w: len(w["university_years"]),
    "Universities in the latest year": lambda w: len(w["universities"]),
    "Degrees in the latest year": lambda w: len(w["latest"]),
    "Best-paid degrees in the latest year": lambda w: len(w["best"]),
    "Fields in the latest year": lambda w: len(w["fields"]),
    "Schools in the latest year": lambda w: len(w["schools"]),
    "Degrees with published figures": lambda w: len(w["published"]),
}
says(
    rf"¶ ({'|'.join(_SIZES)}) \| [^|]* \| [^|]* \| ([\d,]+) \|",
    lambda w, title, n: value(n) == _SIZES[title](w),
)
says(r"Table \d+\. .* (?:in|of) (\d{4}) ¶", lambda w, y: y == last_year(w))
