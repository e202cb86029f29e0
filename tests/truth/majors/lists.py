"""What charts and tables of the report, the deck and the handout list: in every output, every value and each once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from tests.truth.facts import Printed, amount, count, has_labels, number_of, word_of
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.tables import all_of_them, first_rows, otherwise, says
from tests.truth.shown import PARAGRAPH, plain

_END = r"(?: ¶ Sources?: .*)?$"


def optional(column: str, unit: str) -> Printed:
    told = number_of(column, unit)
    return lambda row, text: told(row, text) if row[column] else text in ("not stated", "–")


def span(low: str, high: str) -> Printed:
    """ "$34,000–$56,000", or one amount where both are the same."""

    def printed(row: Mapping[str, str], text: str) -> bool:
        a, _, b = text.partition("–")
        return shows(a, Decimal(row[low])) and shows(b or a, Decimal(row[high]))

    return printed


def with_middle(low: str, middle: str, high: str) -> Printed:
    """ "$48,000 ($39,000–$58,000)"."""

    def printed(row: Mapping[str, str], text: str) -> bool:
        told = re.fullmatch(r"(\S+) \((.+)\)", text)
        return bool(told) and shows(told[1], Decimal(row[middle])) and span(low, high)(row, told[2])

    return printed


def named_shares(row: Mapping[str, str], text: str, *named: tuple[str, str]) -> bool:
    """ "Needs a degree: 83.8%, Does not: 14.5%, others: 1.7%"; what is of no size may be left out."""
    said = dict(item.rpartition(": ")[::2] for item in text.split(", "))
    return all(shows(said[title], Decimal(row[column])) if title in said else not Decimal(row[column])
               for title, column in named) and set(said) <= {title for title, _ in named}  # fmt: skip


def shares(need: str, not_: str) -> Printed:
    named = ((need, "degree_share"), (not_, "other_share"), ("others", "unclassified"))
    return lambda row, text: named_shares(row, text.removeprefix("(").removesuffix(")"), *named)


# -- tables with a header ----------------------------------------------------------------

GRID: Mapping[str, Printed] = {
    "Field of study": word_of("field"), "Sample": number_of("asked"), "Median pay": number_of("pay", "$"),
    "Pay of the middle half": span("low", "high"), "Unemployment": number_of("unemployment", "%"),
    "Share of women": optional("women_share", "%"), "Middle major": number_of("middle", "$"),
    "From the lowest-paid to the best-paid major": span("lowest", "highest"),
    "Pay of the middle major": optional("pay", "$"), "Women": optional("women_share", "%"),
    "Job needs a degree": number_of("degree_share", "%"), "Job does not": number_of("other_share", "%"),
    "Needs a degree": number_of("degree_share", "%"), "Does not": number_of("other_share", "%"),
    "Under 28": number_of("pay", "$"), "All ages": number_of("all_ages", "$"),
}  # fmt: skip


def grid(rows: Rows, key: str, text: str, columns: Mapping[str, Printed] = GRID) -> list[str]:
    """The first cells of a table whose cells are all true of their rows; ValueError where one is not."""
    head, *body = [line.split(" | ") for line in text.split(PARAGRAPH)]
    true = {plain(row[key]): row for row in rows}
    for line in body:
        for title, told in zip(head[1:], line[1:], strict=True):
            if not columns[title](true[line[0]], told):
                raise ValueError(f"{line[0]}, {title}: {told}")
    return [line[0] for line in body]


def all_there(said: Sequence[str], rows: Rows, key: str) -> bool:
    return sorted(said) == sorted(plain(row[key]) for row in rows)


def _whole_grid(title: str, head: str, table: Callable[[Tables], Rows], key: str) -> None:
    says(rf"{title} ¶ ({head} \|.+)$", lambda w, text: all_there(grid(table(w), key, text), table(w), key))


_FIELD = "Field of study"


def several(w: Tables) -> Rows:
    """Fields with more than one ranked major."""
    return Rows(row for row in w["paid"] if int(row["ranked"]) > 1)


_whole_grid(r"^Table \d+\. All majors, A to Z", "Major", lambda w: w["majors"], "major")
_whole_grid(r"Lowest-paid to best-paid major of each field", _FIELD, several, "field")
_whole_grid(r"Fields of study", _FIELD, lambda w: w["fields"], "field")
_whole_grid(r"Jobs that need a degree, and jobs that do not", "Major", lambda w: w["common"], "major")
_whole_grid(r"Pay by share of women", "Share of women in the major", lambda w: w["bands"], "band")
_whole_grid(r"Pay under 28 and at all ages", "Major", lambda w: w["by_age"], "major")
says(
    r"^Table \d+\. Ten majors with the highest unemployment \(10 of (\d+)\) ¶ (.+)$",
    lambda w, n, text: (
        count(n, len(w["large"]))
        and first_rows(w["large"], "major", "unemployment", grid(w["large"], "major", text), 10)
    ),
)


def _largest(w: Tables, text: str) -> bool:
    """Ten rows each on two slides: the twenty majors with the most graduates, whatever their sample."""
    known = Rows(row for row in w["majors"] if row["graduates"])
    order = sorted(known, key=lambda row: -Decimal(row["graduates"]))[:20]
    said = grid(known, "major", text)
    return said in ([row["major"] for row in order[:10]], [row["major"] for row in order[10:]])


says(r"^(Major \| Median pay \| Unemployment \| Share of women ¶ .+)$", _largest)


def _steps(w: Tables, text: str) -> bool:
    """The bins of a histogram: from each bound to below the next, the last with its own end."""
    paid = w["ranked"].numbers("pay")
    bins = [[value(cell) for cell in line.split(" | ")] for line in text.split(PARAGRAPH)]
    last = bins[-1][1]
    true = [sum(low <= pay < high or pay == high == last for pay in paid) for low, high, _ in bins]
    return [told for _, _, told in bins] == true and sum(true) == len(paid)


says(r"How pay is spread over the majors ¶ Median pay, from \| to \| Number ¶ (.+)$", _steps)


def _histogram(w: Tables, n: str, most: str, low: str, high: str) -> bool:
    paid = w["ranked"].numbers("pay")
    own = sum(value(low) <= pay < value(high) for pay in paid)
    step = value(high) - value(low)
    start = value(low) - step * 40
    others = [sum(start + step * k <= pay < start + step * (k + 1) for pay in paid) for k in range(200)]
    return count(n, len(paid)) and count(most, own) and own == max(others)


says(r"^Histogram: Median pay\. (\d+) values\. Most, (\d+), from (\S+) to (\S+)\.$", _histogram)


def _every_step(w: Tables, n: str, text: str) -> bool:
    """ "from $25,000 to $30,000: 10; from $30,000 to $35,000: 44"; nothing is outside of them."""
    paid = w["ranked"].numbers("pay")
    bins = re.findall(r"from (\S+) to (\S+): (\d+)", text, re.IGNORECASE)
    last = value(bins[-1][1])
    true = [sum(value(a) <= pay < value(b) or pay == value(b) == last for pay in paid) for a, b, _ in bins]
    return count(n, len(paid)) and [int(told) for *_, told in bins] == true and sum(true) == len(paid)


otherwise(r"^Histogram: Median pay\. (\d+) values\. (From .+)\.$", _every_step)

# -- alternative texts, notes, labels, PowerPoint's numbers ---------------------------------


def pairs(rows: Rows, key: str, text: str, printed: Printed, between: str, within: str) -> list[str]:
    """The names of "A: 1; B: 2", each with what is true of it; ValueError where it is not."""
    true = {plain(row[key]): row for row in rows}
    said = [
        item.rpartition(within)[::2] if within != " (" else item.partition(within)[::2] for item in text.split(between)
    ]
    for name, told in said:
        if not printed(true[name], told):
            raise ValueError(f"{name}: {told}")
    return [name for name, _ in said]


def _first(w: Tables, text: str, which: str, n: str, m: str, between: str, within: str, unit: str = "$") -> bool:
    said = pairs(w["ranked"], "major", text, number_of("pay", unit), between, within)
    lowest = which.casefold() == "lowest"
    return count(m, len(w["ranked"])) and first_rows(w["ranked"], "major", "pay", said, int(n), lowest)


says(
    r"^Bar chart: Median pay by Major\. (.+?)\. (Highest|Lowest) (\d+) of (\d+)\.",
    lambda w, text, which, n, m: _first(w, text, which, n, m, "; ", ": "),
)
says(
    r"Majors ranked by pay: ¶ ((?!.*Share of women).+?)" + _END,
    lambda w, text: any(
        _first(w, text, which, "10", str(len(w["ranked"])), PARAGRAPH, ": ") for which in ("highest", "lowest")
    ),
)
says(
    r"^Median pay: ((?!\d)[^;]*=.+)$",
    lambda w, text: any(
        _first(w, text, which, "10", str(len(w["ranked"])), "; ", "=", "") for which in ("highest", "lowest")
    ),
)
says(
    r"(?:for majors with a sample of at least 30|US dollars); (highest|lowest) (\d+) of (\d+) ¶ (.+)$",
    lambda w, which, n, m, drawn: count(m, len(w["ranked"])) and _labels(w, which == "lowest", int(n), drawn),
)
says(r"(?:highest|lowest) (\d+) of (\d+)$", lambda w, n, m: count(m, len(w["ranked"])) or count(m, len(judged(w))))


def _labels(w: Tables, lowest: bool, places: int, drawn: str) -> bool:
    """The names and amounts that stand out of any doubt: not of those that tie for the last place."""
    paid = sorted(w["ranked"].numbers("pay"), reverse=not lowest)[:places]
    sure = [
        row for row in w["ranked"] if (Decimal(row["pay"]) < paid[-1] if lowest else Decimal(row["pay"]) > paid[-1])
    ]
    return has_labels(drawn, [*(row["major"] for row in sure), "".join(amount(pay, "$") for pay in paid)])


def judged(w: Tables) -> Rows:
    """Fields of whose jobs fewer than a quarter are not classified, as the charts that leave others out have them."""
    return Rows(row for row in w["fields"] if row["unclassified"] and Decimal(row["unclassified"]) < 25)


def listed(
    head: str,
    note: str,
    table: Callable[[Tables], Rows],
    key: str,
    alt: Printed,
    in_notes: Printed | None = None,
    between: str = "; ",
    within: str = ": ",
) -> None:
    """An alternative text, and the list in a deck's notes: every row and no other."""
    says(
        rf"^{head}\. (?!\d+ values|[\w ]+: highest)(.+?)\.(?= Highlighted:| All (?:fields|majors) [\d.]+%|$)",
        lambda w, text: all_there(pairs(table(w), key, text, alt, between, within), table(w), key),
    )
    if note:
        says(
            rf"{note}: ¶ (.+?){_END}",
            lambda w, text: all_there(pairs(table(w), key, text, in_notes or alt, PARAGRAPH, ": "), table(w), key),
        )


def common(w: Tables) -> Rows:
    return w["common"]


def _two(first: str, column: str, second: str, other: str, units: str) -> Printed:
    """ "Under 28 $45,000, All ages $65,000"."""

    def printed(row: Mapping[str, str], text: str) -> bool:
        told = re.fullmatch(rf"{first} (\S+), {second} (\S+)", text)
        return bool(told) and number_of(column, units[0])(row, told[1]) and number_of(other, units[1])(row, told[2])

    return printed


_SPAN, _PERCENT = span("low", "high"), number_of("unemployment", "%")
listed("Ranges: Pay of the middle half, Median pay by Major", "", common, "major", with_middle("low", "pay", "high"))
listed("Ranges: Pay of the middle half by Major", "", common, "major", _SPAN)
listed(
    "Ranges: From the lowest-paid to the best-paid major, Middle major by Field of study", "", several, "field",
    with_middle("lowest", "middle", "highest"),
)  # fmt: skip
listed("Bar chart: Unemployment by Field of study", "", lambda w: w["fields"], "field", _PERCENT)
listed("Bar chart: Unemployment by Major", "", common, "major", _PERCENT)
listed(
    "Bar chart: Pay of the middle major by Share of women in the major", "Pay by share of women",
    lambda w: w["bands"], "band", number_of("pay", "$"),
)  # fmt: skip
for _head, _need, _not, _rows, _key in (
    ("Job needs a degree, Job does not by Field of study", "Job needs a degree", "Job does not", "fields", "field"),
    ("Needs a degree, Does not by Major", "Needs a degree", "Does not", "common", "major"),
):
    listed(
        f"Stacked bars: {_head}", "", lambda w, t=_rows: w[t], _key, shares(_need, _not), None, "; ", " (",
    )  # fmt: skip
says(
    r"^Bar chart: Job needs a degree by Field of study\. (?!\d+ values)((?:(?!Highest \d).)+?)\.(?: Highlighted:|$)",
    lambda w, text: all_there(
        pairs(judged(w), "field", text, number_of("degree_share", "%"), "; ", ": "), judged(w), "field"
    ),
)
says(
    r"^Bar chart: Job needs a degree by Field of study\. (.+?)\. Highest (\d+) of (\d+)\.",
    lambda w, text, n, m: count(m, len(judged(w))) and first_rows(
        judged(w), "field", "degree_share",
        pairs(judged(w), "field", text, number_of("degree_share", "%"), "; ", ": "), int(n),
    ),
)  # fmt: skip
says(
    r"Fields of study: ¶ (.+?)" + _END,
    lambda w, text: all_there(
        pairs(judged(w), "field", text, number_of("degree_share", "%"), PARAGRAPH, ": "), judged(w), "field"
    ),
)
says(
    r"Pay of recent graduates and of all ages: ¶ (.+?)" + _END,
    lambda w, text: all_there(
        pairs(w["by_age"], "major", text, _two("Under 28", "pay", "All ages", "all_ages", "$$"), PARAGRAPH, ": "),
        w["common"], "major",
    ),
)  # fmt: skip


def _of_common(w: Tables, text: str) -> bool:
    """Which of three lists it is, the signs of its values say."""
    printed = _PERCENT
    if "–" in text:
        printed = _SPAN
    elif "Needs a degree" in text:
        printed = _two("Needs a degree", "degree_share", "Does not", "other_share", "%%")
    return all_there(pairs(w["common"], "major", text, printed, PARAGRAPH, ": "), w["common"], "major")


says(r"Most common majors: ¶ (.+?)" + _END, _of_common)


def with_share(w: Tables) -> Rows:
    return Rows(row for row in w["ranked"] if row["women_share"] and row["graduates"])


says(
    r"Majors ranked by pay: ¶ (.*Share of women.+?)" + _END,
    lambda w, text: all_there(
        pairs(with_share(w), "major", text, _two("Share of women", "women_share", "Median pay", "pay", "%$"), PARAGRAPH, ": "),
        with_share(w), "major",
    ),
)  # fmt: skip


def _dots(w: Tables, text: str) -> bool:
    said = sorted((Decimal(x), Decimal(y)) for x, y in re.findall(r"([\d.]+)=([\d.]+)", text))
    true = sorted((Decimal(row["women_share"]), Decimal(row["pay"])) for row in with_share(w))
    return said == true


says(r"^Median pay: (\d[\d.]*=.+)$", _dots)


def _end(rows: Rows, column: str, shown: str, name: str, lowest: bool = False) -> bool:
    told = rows.numbers(column)
    end = min(told) if lowest else max(told)
    own = [row for row in rows if Decimal(row[column]) == end]
    names = [row.get("major", row.get("field", "")) for row in own]
    return shows(shown, end) and sorted(re.split(r", (?=[A-Z])", name)) == sorted(names)


def ends(rows: Rows, column: str, high: str, most: str, low: str, least: str) -> bool:
    return _end(rows, column, high, most) and _end(rows, column, low, least, lowest=True)


BOTH = r"highest (\S+) \((.+?)\), lowest (\S+) \((.+?)\)"
says(
    rf"^Scatter plot: Median pay against Share of women\. (\d+) values; Median pay: {BOTH}; Share of women: {BOTH}\.",
    lambda w, n, *said: (
        count(n, len(with_share(w)))
        and ends(with_share(w), "pay", *said[:4])
        and ends(with_share(w), "women_share", *said[4:])
    ),
)
says(
    rf"^Dot chart: Under 28, All ages by Major\. Under 28: {BOTH}; All ages: {BOTH}\.",
    lambda w, *said: ends(w["by_age"], "pay", *said[:4]) and ends(w["by_age"], "all_ages", *said[4:]),
)
says(
    rf"^Table with bars: Pay of the middle major, Unemployment, Women by Field of study\. Pay of the middle major: "
    rf"{BOTH}; Unemployment: {BOTH}; Women: {BOTH}\.",
    lambda w, *said: (
        ends(Rows(row for row in w["fields"] if row["pay"]), "pay", *said[:4])
        and ends(w["fields"], "unemployment", *said[4:8])
        and ends(w["fields"], "women_share", *said[8:])
    ),
)
says(r" All (?:fields|majors) ([\d.]+%)\.$", lambda w, p: shows(p, all_of_them(w, "unemployment")))


def _named_in(text: str, rows: Rows) -> Rows:
    """Rows whose majors a text names; a name may be a part of another one."""
    found = Rows()
    for row in sorted(rows, key=lambda row: -len(row["major"])):
        if plain(row["major"]) in text:
            text = text.replace(plain(row["major"]), "¤")
            found.append(row)
    return found


def _at_one_place(w: Tables, said: str) -> bool:
    """Dots that nobody tells apart: the majors of each group have nearly the same pay and share of women."""
    for group in said.split("; "):
        rows = _named_in(group, with_share(w))
        shares_, paid = rows.numbers("women_share"), rows.numbers("pay")
        if len(rows) < 2 or max(shares_) - min(shares_) > 2 or max(paid) - min(paid) > 2000:
            return False
    return True


otherwise(r"Several at one place: (.+?)\.(?= Highlighted:|$)", _at_one_place)
