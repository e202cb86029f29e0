"""What the guide, the sheets for majors and the signs for booths say; blocks of a sheet begin with what it is about."""

from __future__ import annotations

from collections.abc import Callable

from tests.truth.facts import count, has_labels
from tests.truth.fair.tables import (
    hires,
    in_hall,
    interns,
    listed,
    passes,
    says,
    seeking,
    sought,
    spoken,
    sponsors,
)
from tests.truth.judge import Rows, Tables
from tests.truth.shown import ITEM, PARAGRAPH

_ABOUT = rf"^([^⟩¶]+){ITEM}"

# -- the guide -------------------------------------------------------------------------------


def _many(text: str, number: int) -> bool:
    return number == 40 if text.casefold() == "forty" else count(text, number)


says(r"^(Forty|\d+) employers?, one hall", lambda w, n: _many(n, len(w["employers"])))
says(r"(?:^|⟩ )(\d+) employers in the great hall", lambda w, n: count(n, len(w["employers"])), original=False)
says(
    r"(\d+) offer internships, (\d+) sponsor visas; all together hope to hire ([\d,]+) people",
    lambda w, n, m, k: (
        count(n, interns(w["employers"]))
        and count(m, sponsors(w["employers"]))
        and count(k.replace(",", ""), hires(w["employers"]))
    ),
)


def _line(row: dict[str, str]) -> str:
    told = (row["booth"], row["employer"], row["industry"], spoken(listed(row["jobs"])), row["sponsors_visas"])
    return " | ".join(told)


def _table(rows: Rows, text: str) -> bool:
    """Every row, in the order of the hall."""
    return text.split(PARAGRAPH) == [_line(row) for row in in_hall(rows)]


_HEAD = r"Booth \| Employer \| Industry \| Jobs \| Visa sponsor"
says(rf"^{_HEAD} ¶ (.+)$", lambda w, text: _table(w["employers"], text))


def _places(w: Tables, major: str) -> str:
    return spoken([row["booth"] for row in seeking(w, major)])


def _half(w: Tables, text: str) -> bool:
    """One of the two halves of the list, each major with its booths."""
    lines = [line.split(" | ") for line in text.split(PARAGRAPH)]
    every = sought(w)
    halves = (every[:8], every[8:])
    return [name for name, _ in lines] in halves and all(told == _places(w, name) for name, told in lines)


says(r"^Major \| Booths ¶ (.+)$", _half)
says(
    r"^Booths for (.+) to (.+)$",
    lambda w, a, b: [a, b] in [[half[0], half[-1]] for half in (sought(w)[:8], sought(w)[8:])],
)


def _as_drawn(w: Tables) -> bool:
    """Where each booth stands in the drawing, and no others."""
    drawn = {f"{letter}{n + 1}": (row, n) for letter, row in (("A", 0), ("D", 3)) for n in range(12)}
    drawn |= {f"{letter}{n + 1}": (row, n + 4 * (n > 3)) for letter, row in (("B", 1), ("C", 2)) for n in range(8)}
    return {row["booth"]: (int(row["row"]), int(row["column"])) for row in w["hall"]} == drawn


says(
    r"Floor map of the great hall: row A with 12 booths along the upper wall, rows B and C with 8 each .+, row D with 12",
    _as_drawn,
)

# -- a sheet for a major -----------------------------------------------------------------------


def _major(pattern: str, holds: Callable[..., bool], original: bool = True) -> None:
    """`holds(tables, employers that look for it, *groups)`; a major that is not on the list has no sheet."""

    def known(w: Tables, major: str, *said: str) -> bool:
        return bool(w["majors"].of("major", major)) and holds(w, seeking(w, major), *said)

    says(_ABOUT + pattern, known, original=original)


says(
    rf"{_ABOUT}(.+): (\d+) booths? to visit$",
    lambda w, major, told, n: told == major and count(n, len(seeking(w, major))),
)
_major(
    r"(\d+) of (\d+) booths look for you$",
    lambda w, own, n, m: count(n, len(own)) and count(m, len(w["employers"])),
)
_major(r"(\d+) with internships$", lambda w, own, n: count(n, interns(own)))
_major(r"(\d+) with visa sponsorship$", lambda w, own, n: count(n, sponsors(own)))
says(
    rf"{_ABOUT}([\d,]+) (people|person) they hope to hire$",
    lambda w, about, n, word: (
        count(n.replace(",", ""), hires(_of(w, about))) and (word == "people" or hires(_of(w, about)) == 1)
    ),
)


def _of(w: Tables, about: str) -> Rows:
    """Employers that a sheet is about: those that look for a major, or one."""
    if about in w["majors"].words("major"):
        return seeking(w, about)
    return Rows([w["employers"].of("employer", about)])


_major(rf"{_HEAD} ¶ (.+)$", lambda w, own, text: _table(own, text))
_major(r"Read what two of them do, and write down one question for each", lambda w, own: len(own) > 1)
_major(r"Read what they do, and write down one question\.", lambda w, own: len(own) == 1, original=False)


def _tiles(text: str, true: dict[str, int]) -> bool:
    """Every booth with its number, the largest first."""
    said = [
        (booth, int(told.replace(",", ""))) for booth, _, told in (item.partition(": ") for item in text.split("; "))
    ]
    numbers = [number for _, number in said]
    return dict(said) == true and len(said) == len(true) and numbers == sorted(numbers, reverse=True)


_major(
    r"Tile map: Hopes to hire by Booth\. (?!\d+ values)(.+)\.$",
    lambda w, own, text: _tiles(text, {row["booth"]: int(row["hopes_to_hire"]) for row in own}),
)


def _ends(true: dict[str, int], n: str, high: str, most: str, low: str, least: str) -> bool:
    """ "21 values, highest 4 (C5), lowest 1 (A11, A3, A6, 13 more)"."""

    def named(text: str, end: int, number: str) -> bool:
        ends = {booth for booth, told in true.items() if told == end}
        *booths, last = text.split(", ")
        more = int(last.removesuffix(" more")) if last.endswith(" more") else 0
        said = {*booths} if more else {*booths, last}
        return number.replace(",", "") == str(end) and said <= ends and len(said) + more == len(ends)

    return count(n, len(true)) and named(most, max(true.values()), high) and named(least, min(true.values()), low)


_BOTH = r"(\d+) values, highest ([\d,]+) \((.+?)\), lowest ([\d,]+) \((.+?)\)\."
_major(
    rf"Tile map: Hopes to hire by Booth\. {_BOTH}$",
    lambda w, own, *said: _ends({row["booth"]: int(row["hopes_to_hire"]) for row in own}, *said),
    original=False,
)
says(
    rf"{_ABOUT}(?:How many people each hopes to hire, of all majors|The number of its majors that each looks for) ¶ (.+)$",
    lambda w, about, drawn: bool(_of(w, about)) and has_labels(drawn, w["hall"].words("booth")),
)

# -- a sign for a booth ------------------------------------------------------------------------


def _booth(pattern: str, holds: Callable[..., bool], original: bool = True) -> None:
    """`holds(tables, employer, *groups)`."""
    says(
        _ABOUT + pattern, lambda w, name, *said: holds(w, w["employers"].of("employer", name), *said), original=original
    )


_booth(r"AT BOOTH (\w+)$", lambda w, row, booth: booth == row["booth"])
_booth(r"(\w+) is the booth$", lambda w, row, booth: booth == row["booth"])
_booth(
    r"([^⟩]+)\. On offer: (.+)\.$",
    lambda w, row, industry, jobs: industry == row["industry"] and jobs == spoken(listed(row["jobs"])),
)
_booth(
    r"(\d+) (majors?) they look for$",
    lambda w, row, n, word: (
        count(n, len(set(listed(row["majors"])))) and (word == "majors") == (len(set(listed(row["majors"]))) > 1)
    ),
)
_booth(r"(Yes|No) to sponsoring visas$", lambda w, row, told: told == row["sponsors_visas"])
says(
    rf"{_ABOUT}(Accounting|Biology|Business|Chemistry|Civil engineering|Communications|Computer science|Economics|Education|"
    r"Electrical engineering|Environmental science|Graphic design|Mathematics|Mechanical engineering|Nursing|Psychology|"
    r"Amber Lane)$",
    lambda w, about, major: major == about or major in listed(w["employers"].of("employer", about)["majors"]),
)


def _shared(w: Tables, row: dict[str, str]) -> dict[str, int]:
    """Booth → how many of the majors of this one it looks for; only those that look for any."""
    own = set(listed(row["majors"]))
    found = {other["booth"]: len(own & set(listed(other["majors"]))) for other in w["employers"]}
    return {booth: number for booth, number in found.items() if number}


_booth(
    r"Tile map: Majors in common by Booth\. (?!\d+ values)(.+?)\. Highlighted: (\w+)\.$",
    lambda w, row, text, own: _tiles(text, _shared(w, row)) and own == row["booth"],
)
_booth(
    rf"Tile map: Majors in common by Booth\. {_BOTH} Highlighted: (\w+) \((\d+)\)\.$",
    lambda w, row, n, high, most, low, least, own, told: (
        _ends(_shared(w, row), n, high, most, low, least) and own == row["booth"] and told == str(_shared(w, row)[own])
    ),
)
_booth(
    r"Booth (\w+), and booths that look for some of the same majors$",
    lambda w, row, booth: booth == row["booth"] and len(_shared(w, row)) > 1,
)
_booth(
    r"Booth (\w+): no other looks for the same majors$",
    lambda w, row, booth: booth == row["booth"] and len(_shared(w, row)) == 1,
    original=False,
)
_booth(r"([a-z]+\.example\.(?:com|org))$", lambda w, row, site: row["website"] == f"https://{site}")
_booth(r"The website of (.+)$", lambda w, row, name: name == row["employer"])

passes(
    r"(?:^|⟩ )(?:Published February 2027|fair@example\.edu|Need this in another format)", r"(?:^|⟩ )\d\. ", r"Edition [0-9a-f]{7}",
    r"doors open from 10 to 3", r"five days ahead", r"the one you know least about", r"Practice saying in two sentences",
    r"(?:^|⟩ )What does a good first month",
)  # fmt: skip
