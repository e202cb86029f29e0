"""What the report says of universities, fields and schools."""

from __future__ import annotations

from decimal import Decimal

from tests.truth.facts import count
from tests.truth.ges.tables import SHORT, otherwise, says
from tests.truth.ges.time import last_year, since
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.ready import AMOUNT, HIGHEST, LOWEST, compared, names, ranked

A = AMOUNT
NTU, SIT = "Nanyang Technological University", "Singapore Institute of Technology"


def top(rows: Rows, key: str, column: str, name: str, lowest: bool = False) -> bool:
    """Whether this row alone has the highest value, or the lowest."""
    told = rows.numbers(column)
    end = min(told) if lowest else max(told)
    return told.count(end) == 1 and Decimal(rows.of(key, name)[column]) == end


def _best(name: str, column: str = "pay", lowest: bool = False):
    key = {"universities": "university", "fields": "field", "schools": "school", "latest": "name"}[name]
    return lambda w, said: top(several(w) if name == "schools" else w[name], key, column, said, lowest)


def several(w: Tables) -> Rows:
    return Rows(row for row in w["schools"] if int(row["degrees"]) >= 2)


def _any_ranked(w: Tables, said: tuple[str, str, str, str], lowest: bool = False) -> bool:
    """Whether it is a true ranking of universities, of fields or of degrees by pay: their names tell which."""
    tables = (("universities", "university"), ("fields", "field"), ("latest", "name"))
    return any(ranked(w[name], key, "pay", *said, lowest=lowest) for name, key in tables)


says(
    rf"Their middle degrees pay between {A} and {A}:",
    lambda w, a, b: shows(a, min(w["universities"].numbers("pay"))) and shows(b, max(w["universities"].numbers("pay"))),
)
says(HIGHEST, lambda w, *said: _any_ranked(w, said))
says(LOWEST, lambda w, *said: _any_ranked(w, said, lowest=True))
says(r"^(?:\d+ )?((?:National|Nanyang|Singapore) [\w ]+?) starts highest(?: \d+)?$", _best("universities"))
says(
    rf"^(.+?) starts highest, at {A}$",
    lambda w, name, p: _best("universities")(w, name) and shows(p, w["universities"].number("university", name, "pay")),
)


def _all_six(w: Tables, listed: str) -> bool:
    return names(listed, w["universities"].words("university"))


says(
    r"All (\w+) autonomous universities have figures for (\d{4}): ([^.]+)\.",
    lambda w, n, y, listed: (
        y == last_year(w)
        and count(n, len(w["universities"]))
        and _all_six(w, listed)
        and set(w["universities"].words("university")) == set(SHORT)
    ),
)
otherwise(
    r"Figures for (\d{4}) come from ([^.]+)\.",
    lambda w, y, listed: y == last_year(w) and _all_six(w, listed),
)


def _near(w: Tables) -> bool:
    """At most a fiftieth apart."""
    a, b = (w["universities"].number("university", name, "pay") for name in (NTU, SIT))
    return (max(a, b) - min(a, b)) * 50 <= max(a, b)


says(r"Nanyang and the Institute of Technology (?:lie close together|are so close that)", _near)
otherwise(r"Nanyang and the Institute of Technology are not close", lambda w: not _near(w))
otherwise(
    rf"Nanyang stands at {A}, the Institute of Technology at {A}(?=\.)",
    lambda w, a, b: all(shows(t, w["universities"].number("university", n, "pay")) for t, n in ((a, NTU), (b, SIT))),
)


def _higher(w: Tables) -> bool:
    return all(Decimal(row["pay"]) > Decimal(row["began"]) for row in w["universities"])


says(r"At each of them the middle degree pays more than when its figures began", _higher)
otherwise(r"Not at each of them does the middle degree pay more than when", lambda w: not _higher(w))
says(
    r"At all (\w+) universities pay is above that of their first figures",
    lambda w, n: _higher(w) and count(n, len(w["universities"])),
)
otherwise(r"Pay at (\w+) universities since their first figures", lambda w, n: count(n, len(w["universities"])))


def _straight(w: Tables) -> list[dict[str, str]]:
    return [row for row in w["universities"] if row["pauses"] == "0" and row["steps"] != "0"]


says(r"No line rises without a pause|None rose without a pause", lambda w: not _straight(w))
says(
    r"None rose without a pause: at each there was a year",
    lambda w: all(row["pauses"] != "0" for row in w["universities"]),
)
otherwise(r"None rose without a pause: at each that has figures of several years", lambda w: not _straight(w))
otherwise(
    r"Pay rose without a pause at ([^.]+)\.",
    lambda w, listed: names(listed, [row["university"] for row in _straight(w)]),
)
otherwise(r"Without a pause rose ([^.]+)\.", lambda w, listed: names(listed, [row["short"] for row in _straight(w)]))


def _late(w: Tables, listed: str, year: str, key: str) -> bool:
    return since(w, year) and names(listed, [row[key] for row in w["universities"] if row["late"] != "0"])


says(
    r"There are no figures for (\d{4}) from ([^.]+?), so compare the ends of lines",
    lambda w, y, listed: _late(w, listed, y, "university"),
)
says(r"The lines of ([^.]+?) begin later than (\d{4})", lambda w, listed, y: _late(w, listed, y, "short"))
otherwise(
    r"All have figures for (\d{4})|All lines begin in (\d{4})",
    lambda w, a, b: since(w, a or b) and all(row["late"] == "0" for row in w["universities"]),
)
says(
    r"In permanent work none of them is below (\d+)%",
    lambda w, floor: min(w["universities"].numbers("permanent")) >= value(floor),
)
otherwise(
    r"Below (\d+)% in permanent work: ([^.]+)\.",
    lambda w, floor, listed: names(
        listed, [r["university"] for r in w["universities"] if Decimal(r["permanent"]) < value(floor)]
    ),
)
says(
    rf"([\w ]+) leads there, too, with {A}(?=\.)",
    lambda w, name, p: (
        all(_best("universities", column)(w, name.strip()) for column in ("pay", "permanent"))
        and shows(p, w["universities"].number("university", name.strip(), "permanent"))
    ),
)
otherwise(
    rf"There ((?:National|Nanyang|Singapore) [\w ]+) leads with {A}(?=\.)",
    lambda w, name, p: (
        _best("universities", "permanent")(w, name)
        and shows(p, w["universities"].number("university", name, "permanent"))
    ),
)
says(
    r"graduates of (\w+) universities in Singapore, (\d{4})",
    lambda w, n, y: count(n, len(w["universities"])) and y == last_year(w),
)

# -- fields ------------------------------------------------------------------------------


def field(w: Tables, name: str, column: str = "pay") -> Decimal:
    return w["fields"].number("field", name, column)


says(r"^(?:\d+ )?(.+) starts highest among the fields(?: \d+)?$", _best("fields"))
says(r"We sorted the degrees into (\w+) fields by the words", lambda w, n: count(n, len(w["fields"])))


def _beside(w: Tables, high: str, words: str, low: str) -> bool:
    ends = _best("fields")(w, high) and _best("fields", lowest=True)(w, low)
    return ends and compared(words, field(w, high), field(w, low))


def _top_field(w: Tables) -> str:
    return max(w["fields"], key=lambda row: Decimal(row["pay"]))["field"]


says(
    rf"That is (.+?) the pay in ([^,]+), the lowest, {A}(?=\.)",
    lambda w, words, low, p: _beside(w, _top_field(w), words, low) and shows(p, field(w, low)),
)
says(r"^Pay in (.+) is (.+(?:than|as|of|times|double|half)) that in (.+)$", _beside)
otherwise(
    r"^(.+) starts highest, ([^$\d]+) lowest$",
    lambda w, high, low: _best("fields")(w, high) and _best("fields", lowest=True)(w, low),
)


otherwise(
    r"^(.+) starts highest, ([^$\d]+) lowest$",
    lambda w, high, low: _best("fields")(w, high) and _best("fields", lowest=True)(w, low),
)


def _least_paid(w: Tables) -> str:
    (least,) = [row["field"] for row in w["fields"] if Decimal(row["pay"]) == min(w["fields"].numbers("pay"))]
    return least


says(
    rf"But the field that pays least is the one in which most find permanent work, {A}",
    lambda w, p: _best("fields", "permanent")(w, _least_paid(w)) and shows(p, field(w, _least_paid(w), "permanent")),
)
otherwise(
    rf"Permanent work is most common in ([^,]+), {A}(?=\.)",
    lambda w, name, p: _best("fields", "permanent")(w, name) and shows(p, field(w, name, "permanent")),
)
says(
    rf"(?:It|Permanent work) is least common in ([^,]+), {A}(?=\.)",
    lambda w, name, p: _best("fields", "permanent", True)(w, name) and shows(p, field(w, name, "permanent")),
)
says(
    r"^The field that pays least, (.+), has most in permanent work$",
    lambda w, name: _best("fields", lowest=True)(w, name) and _best("fields", "permanent")(w, name),
)
otherwise(r"^(\w[\w ]+) has most in permanent work$", _best("fields", "permanent"))
says(r"the field that pays least has most in permanent work", lambda w: _best("fields", "permanent")(w, _least_paid(w)))
otherwise(
    r"The field that pays least, ([^,]+), is not the one with most in permanent work",
    lambda w, name: name == _least_paid(w) and not _best("fields", "permanent")(w, name),
)
says(
    r"In no field is the middle degree below (\d+)%",
    lambda w, floor: min(w["fields"].numbers("permanent")) >= value(floor),
)
otherwise(
    r"(?<=\. )Below (\d+)%: ([^.]+)\.",
    lambda w, floor, listed: names(
        listed, [row["field"] for row in w["fields"] if Decimal(row["permanent"]) < value(floor)]
    ),
)
says(r"Engineering lies above the middle degree", lambda w: field(w, "Engineering") > Decimal(w["years"][-1]["pay"]))
otherwise(
    r"Engineering does not lie above the middle degree",
    lambda w: field(w, "Engineering") <= Decimal(w["years"][-1]["pay"]),
)


def _spread(rows: Rows) -> Decimal:
    return max(rows.numbers("pay")) - min(rows.numbers("pay"))


says(
    rf"Universities differ less than fields: {A} against {A} from the highest to the lowest",
    lambda w, a, b: (
        shows(a, _spread(w["universities"]))
        and shows(b, _spread(w["fields"]))
        and _spread(w["universities"]) < _spread(w["fields"])
    ),
)

otherwise(
    rf"Universities differ no less than fields: {A} against {A}",
    lambda w, a, b: (
        shows(a, _spread(w["universities"]))
        and shows(b, _spread(w["fields"]))
        and _spread(w["universities"]) >= _spread(w["fields"])
    ),
)

# -- schools -----------------------------------------------------------------------------


def _schools(w: Tables, high: str, words: str, low: str) -> bool:
    rows = several(w)
    ends = _best("schools")(w, high) and _best("schools", lowest=True)(w, low)
    return ends and compared(words, *(Decimal(rows.of("school", name)["pay"]) for name in (high, low)))


says(
    r"Among schools with several degrees the pay in the highest, (.+?), is (.+?) that in the lowest, (.+?)\.(?:$| )",
    _schools,
)
says(r"^(.+?),? starts highest of the schools with several degrees$", _best("schools"))
says(r"highest (\d+) of (\d+)(?: ¶|$)", lambda w, n, m: count(m, len(several(w))) and n == "12")
