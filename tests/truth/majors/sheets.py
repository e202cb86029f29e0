"""What the sheet for one major says of it, of its field and of the majors beside it; each block begins with the major's name."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from tests.truth.facts import Printed, amount, count, has_labels, number_of
from tests.truth.judge import Rows, Tables, shows, value
from tests.truth.majors.lists import grid, pairs, shares, with_middle
from tests.truth.majors.tables import (
    LARGE,
    MANY,
    RANKED,
    all_of_them,
    field,
    of,
    says,
)
from tests.truth.shown import ITEM

PAYS, P, N = r"(\$\d+(?:,\d{3})*)", r"([\d.]+%)", r"(\d+(?:,\d{3})*)"
Row = dict[str, str]


def _own(w: Tables, name: str) -> Row:
    return w["majors"].of("major", name)


def _asked(row: Row) -> int:
    return int(row["asked"])


def sheet(pattern: str, holds: Callable[..., bool], original: bool = True) -> None:
    """`holds(tables, row of the major, *groups)`."""
    says(rf"^([^⟩¶]+){ITEM}{pattern}", lambda w, name, *said: holds(w, _own(w, name), *said), original=original)


def _all_asked(row: Row) -> bool:
    return _asked(row) >= RANKED


def _rough(row: Row) -> bool:
    return MANY <= _asked(row) < RANKED


def _peers(w: Tables, row: Row) -> Rows:
    return Rows(other for other in w["ranked"] if other["field"] == row["field"])


def _middle(w: Tables, row: Row) -> Decimal:
    return field(w, row["field"], "middle")


# -- what it is, and its key figures ------------------------------------------------------

sheet(
    r"A major in ([^:]+): what recent graduates earned, and what work they found\.",
    lambda w, row, f: row["field"] == f and _asked(row) >= MANY,
)
sheet(
    r"A major in (.+?)\. Too few of its graduates were asked for figures of its own; here is its field\.",
    lambda w, row, f: row["field"] == f and _asked(row) < MANY,
)
sheet(
    rf"{PAYS} median yearly pay, from {N} people$",
    lambda w, row, p, n: _all_asked(row) and shows(p, Decimal(row["pay"])) and shows(n, Decimal(row["asked"])),
)
sheet(
    rf"{P} of those who worked or looked for work had none$",
    lambda w, row, p: _asked(row) >= LARGE and shows(p, Decimal(row["unemployment"])),
)
sheet(
    rf"{P} had no work \(a rough guide: few people were asked\)$",
    lambda w, row, p: RANKED <= _asked(row) < LARGE and shows(p, Decimal(row["unemployment"])),
)
sheet(
    rf"{P} of jobs are known to need a degree$",
    lambda w, row, p: _all_asked(row) and shows(p, Decimal(row["degree_share"])),
)
sheet(
    rf"{P} of graduates are women$",
    lambda w, row, p: _all_asked(row) and shows(p, Decimal(row["women_share"])),
)
sheet(
    r"([\d,.]+[KM]?) recent graduates have a job$",
    lambda w, row, n: _all_asked(row) and not row["women_share"] and shows(n, Decimal(row["employed"])),
)
sheet(
    rf"{PAYS} median yearly pay: a rough guide, from {N} people$",
    lambda w, row, p, n: _rough(row) and shows(p, Decimal(row["pay"])) and shows(n, Decimal(row["asked"])),
)
sheet(
    rf"{PAYS} (?:median yearly pay )?in the middle major of its field$",
    lambda w, row, p: _asked(row) < RANKED and shows(p, _middle(w, row)),
)
sheet(
    rf"{PAYS} in the field's best-paid major$",
    lambda w, row, p: _asked(row) < MANY and shows(p, field(w, row["field"], "highest")),
)
sheet(
    rf"{P} of its field's graduates had no work$",
    lambda w, row, p: shows(p, field(w, row["field"], "unemployment")),
)
sheet(
    rf"{P} of its field's jobs are known to need a degree$",
    lambda w, row, p: shows(p, field(w, row["field"], "degree_share")),
)

# -- titles of charts ----------------------------------------------------------------------

sheet(
    rf"Pay is {PAYS} (above|below) that of the middle major of its field$",
    lambda w, row, p, side: (
        _all_asked(row)
        and value(p) > 0
        and shows(p, (Decimal(row["pay"]) - _middle(w, row)) * (1 if side == "above" else -1))
        and len(_peers(w, row)) > 1
    ),
)
sheet(
    r"Pay is that of the middle major of its field$",
    lambda w, row: _all_asked(row) and Decimal(row["pay"]) == _middle(w, row),
    original=False,
)
sheet(
    rf"Pay is a rough guide: it rests on {N} people$",
    lambda w, row, n: _rough(row) and shows(n, Decimal(row["asked"])),
)
sheet(
    r"(?:The m|M)ajors of all fields nearest to it in pay$",
    lambda w, row: _all_asked(row) and len(_peers(w, row)) == 1,
)
sheet(
    r"What other majors of the field pay$",
    lambda w, row: _asked(row) < MANY and len(_peers(w, row)) > 1,
)


def _beyond(w: Tables, row: Row) -> Decimal:
    """Percentage points by which the major's rate lies above that of all."""
    return Decimal(row["unemployment"]) - all_of_them(w, "unemployment")


sheet(
    r"A larger share is out of work than in all majors$",
    lambda w, row: _asked(row) >= LARGE and _beyond(w, row) > 0,
    False,
)
sheet(
    r"A smaller share is out of work than in all majors$", lambda w, row: _asked(row) >= LARGE and _beyond(w, row) < 0
)
sheet(
    r"About the same share is out of work as in all majors$",
    lambda w, row: _asked(row) >= LARGE and abs(_beyond(w, row)) <= 1,
)
sheet(r"Unemployment is a rough guide here$", lambda w, row: RANKED <= _asked(row) < LARGE)
sheet(r"Unemployment in its field$", lambda w, row: _asked(row) < RANKED)
sheet(r"Jobs in its field that need a degree$", lambda w, row: _asked(row) < RANKED)
sheet(
    r"Most jobs are known to need a degree$",
    lambda w, row: _all_asked(row) and Decimal(row["degree_share"]) > 50,
)
sheet(
    r"Most jobs are known not to need a degree$",
    lambda w, row: _all_asked(row) and Decimal(row["other_share"]) > 50,
    False,
)
sheet(
    r"Many jobs are not classified: the split is open$",
    lambda w, row: _all_asked(row) and Decimal(row["unclassified"]) > 25,
    False,
)
sheet(
    r"Some jobs need a degree, others do not$",
    lambda w, row: _all_asked(row) and Decimal(row["degree_share"]) > 0 and Decimal(row["other_share"]) > 0,
)

# -- beside other majors ---------------------------------------------------------------------


def _counted(others: Rows, row: Row, *said: str) -> bool:
    rest = [Decimal(other["pay"]) for other in others if other["major"] != row["major"]]
    own = Decimal(row["pay"])
    true = (len(rest), sum(p > own for p in rest), sum(p < own for p in rest), rest.count(own))
    return all(count(told, n) for told, n in zip(said, true, strict=True))


_COUNTS = r"higher in (\d+), lower in (\d+), the same in (\d+)\."
sheet(
    rf"All other majors \((\d+) ranked by pay\): pay is {_COUNTS}",
    lambda w, row, *said: _all_asked(row) and _counted(w["ranked"], row, *said),
)
sheet(
    rf"Others of its field \((\d+) ranked\): {_COUNTS}",
    lambda w, row, *said: _all_asked(row) and _counted(_peers(w, row), row, *said) and len(_peers(w, row)) > 1,
)
sheet(
    r"Its field holds no other ranked major to compare it with\.",
    lambda w, row: _all_asked(row) and len(_peers(w, row)) == 1,
)
sheet(
    rf"Women are {P} of its graduates, and ([\d.]+%|not stated) of those of all majors\.",
    lambda w, row, p, all_: shows(p, Decimal(row["women_share"])) and shows(all_, all_of_them(w, "women_share")),
)
sheet(
    r"Women: not known\. The data give no share for this major\.",
    lambda w, row: not row["women_share"],
)
sheet(
    rf"One in four earned {PAYS} or less, and one in four {PAYS} or more\.",
    lambda w, row, a, b: shows(a, Decimal(row["low"])) and shows(b, Decimal(row["high"])),
)
sheet(
    rf"At all ages, workers with this bachelor's degree and no further one earned {PAYS}\.",
    lambda w, row, p: shows(p, of(w, row["major"], "pay", "ages")),
)
sheet(
    rf"Few were asked: {N}\. Enough to rank pay, too few for a share of a few percent",
    lambda w, row, n: RANKED <= _asked(row) < LARGE and shows(n, Decimal(row["asked"])),
)
sheet(
    rf'Only {N} people were asked what they earn\. Read {PAYS} as "somewhere near"',
    lambda w, row, n, p: _rough(row) and shows(n, Decimal(row["asked"])) and shows(p, Decimal(row["pay"])),
)
sheet(
    rf"Only {N} people were asked what they earn\. With so few, .+? What you see here is the field, (.+?), and its larger "
    r"majors\.",
    lambda w, row, n, f: _asked(row) < MANY and shows(n, Decimal(row["asked"])) and f == row["field"],
)

# -- the majors beside it ------------------------------------------------------------------


def _beside(w: Tables, row: Row, said: list[str]) -> bool:
    """Itself, unless too few were asked, and the five of its field that pay most nearly the same; of all fields, where its
    own has no other; where too few were asked, the six with the largest samples. Ties may be told either way."""
    peers = _peers(w, row)
    pool = w["ranked"] if len(peers) == 1 else peers
    shown = _asked(row) >= MANY
    others = Rows(other for other in pool if other["major"] != row["major"])

    def far(other: Row) -> Decimal:
        return abs(Decimal(other["pay"]) - Decimal(row["pay"])) if shown else -Decimal(other["asked"])

    wanted = min(5 if shown else 6, len(others))
    chosen = [other for other in others if other["major"] in said]
    left = [far(other) for other in others if other["major"] not in said]
    whole = set(said) == {other["major"] for other in chosen} | ({row["major"]} if shown else set())
    return whole and len(set(said)) == len(said) and len(chosen) == wanted and all(
        far(other) <= min(left, default=far(other)) for other in chosen
    )  # fmt: skip


def _unless(column: str, unit: str, least: int) -> Printed:
    told = number_of(column, unit)
    return lambda row, text: told(row, text) if _asked(row) >= least and row[column] else text == "not stated"


_SIDE = {
    "Unemployed": _unless("unemployment", "%", LARGE), "Job needs a degree": _unless("degree_share", "%", RANKED),
    "Women": _unless("women_share", "%", RANKED), "Sample": number_of("asked"),
}  # fmt: skip
sheet(
    r"(Major \| Unemployed \| Job needs a degree \| Women \| Sample ¶ .+)$",
    lambda w, row, text: _beside(w, row, grid(w["majors"], "major", text, _SIDE)),
)
sheet(r"(?:The m|M)ajors nearest to it in pay, side by side$", lambda w, row: _asked(row) >= MANY)
sheet(r"The field's larger majors, side by side$", lambda w, row: _asked(row) < MANY)
sheet(
    r"Ranges: Pay of the middle half, Median pay by Major\. (.+?)\.(?: Highlighted:|$)",
    lambda w, row, text: _beside(
        w, row, pairs(w["majors"], "major", text, with_middle("low", "pay", "high"), "; ", ": ")
    ),
)
sheet(
    r"Yearly pay of the middle half and its median, US dollars; majors of (all fields|its field) nearest to it in pay(?: ¶|$)",
    lambda w, row, which: _asked(row) >= MANY and (which == "all fields") == (len(_peers(w, row)) == 1),
)
sheet(
    r"Yearly pay of the middle half and its median, US dollars; those with the largest samples(?: ¶|$)",
    lambda w, row: _asked(row) < MANY,
)


def _drawn_majors(w: Tables, row: Row, drawn: str) -> bool:
    """Of each major that is drawn, its pay; which ones, the alternative text says."""
    own = [one for one in w["majors"] if _squeezed(one["major"]) in _squeezed(drawn)]
    return sum(drawn.count("$") >= 1 for _ in own) >= 1 and (
        _asked(row) < MANY or _squeezed(row["major"]) in _squeezed(drawn)
    )


def _squeezed(text: str) -> str:
    return text.replace(" ", "").casefold()


sheet(r"Yearly pay of the middle half [^¶]+ ¶ (.+)$", _drawn_majors)

# -- the major, its field and all majors ------------------------------------------------------


def _three(w: Tables, row: Row) -> Rows:
    """Its own row where enough were asked, its field where it has several majors, and all."""
    found = Rows([{"name": "This major", **row}] if _all_asked(row) else [])
    (its,) = [one for one in w["fields"] if one["field"] == row["field"]]
    if int(its["majors"]) > 1:
        found.append({"name": f"All of {row['field']}", **its})
    return Rows([*found, {"name": "All majors", **w["everyone"][0]}])


def _names(rows: Rows, said: list[str]) -> bool:
    return said == [row["name"] for row in rows]


sheet(
    r"Bar chart: Unemployed by Graduates of\. (.+?)\.(?: Highlighted:|$)",
    lambda w, row, text: _names(
        _three(w, row), pairs(_three(w, row), "name", text, number_of("unemployment", "%"), "; ", ": ")
    ),
)
sheet(
    r"Stacked bars: Needs a degree, Does not by Graduates of\. (.+?)\.(?: Highlighted:|$)",
    lambda w, row, text: _names(
        _three(w, row), pairs(_three(w, row), "name", text, shares("Needs a degree", "Does not"), "; ", " (")
    ),
)
sheet(
    r"Unemployed, % of those working or looking for work ¶ (.+)$",
    lambda w, row, drawn: has_labels(
        drawn, [f"{one[key]:.1f}%" if key != "name" else str(one[key]) for one in _numbers(_three(w, row))
                for key in ("name", "unemployment")]
    ),
)  # fmt: skip


def _numbers(rows: Rows) -> list[dict[str, object]]:
    return [{"name": row["name"], "unemployment": Decimal(row["unemployment"])} for row in rows]


sheet(
    r"Jobs of recent graduates, %; the others are not classified ¶ (.+)$",
    lambda w, row, drawn: has_labels(drawn, _three(w, row).words("name")),
)

# -- among the fields of study ---------------------------------------------------------------


def _among(w: Tables, row: Row) -> Rows:
    found = Rows({"name": one["field"], "pay": one["middle"]} for one in w["paid"])
    return Rows([*found, *([{"name": "This major", "pay": row["pay"]}] if _all_asked(row) else [])])


sheet(
    r"Bar chart: Middle major by Field of study\. (?!\d+ values)(.+?)\.(?: Highlighted:|$)",
    lambda w, row, text: (
        sorted(pairs(_among(w, row), "name", text, number_of("pay", "$"), "; ", ": "))
        == sorted(_among(w, row).words("name"))
    ),
)


def _ends(w: Tables, row: Row, n: str, high: str, most: str, low: str, least: str) -> bool:
    rows = _among(w, row)
    paid = rows.numbers("pay")
    named = [(high, most, max(paid)), (low, least, min(paid))]
    return count(n, len(rows)) and all(
        shows(shown, end) and set(name.split(", ")) <= {r["name"] for r in rows if Decimal(r["pay"]) == end}
        for shown, name, end in named
    )


sheet(
    r"Bar chart: (?:Median pay by Major, and fields|Middle major by Field) of study\. (\d+) values, highest (\S+) \(([^)]+)\), lowest (\S+) \(([^)]+)\)\.",
    _ends,
)
sheet(
    r"Bar chart: (?:Median pay by Major, and fields|Middle major by Field) of study\. \d+ values, .* Highlighted: (.+)\.$",
    lambda w, row, text: all(
        shows(told.rstrip(")"), Decimal(_among(w, row).of("name", name)["pay"]))
        for name, _, told in (item.partition(" (") for item in text.split("; "))
    ),
)
sheet(
    r"Median yearly pay of the (?:major, and of the )?middle major of each field, US dollars ¶ (.+)$",
    lambda w, row, drawn: has_labels(
        drawn,
        [*_among(w, row).words("name"), "".join(amount(v, "$") for v in sorted(_numbers_of(w, row), reverse=True))],
    ),
)


def _numbers_of(w: Tables, row: Row) -> list[Decimal]:
    return [pay.normalize() + 0 for pay in _among(w, row).numbers("pay")]


sheet(r"This major among the fields of study$", lambda w, row: _all_asked(row))
sheet(r"Its field among the fields of study$", lambda w, row: _asked(row) < RANKED)
