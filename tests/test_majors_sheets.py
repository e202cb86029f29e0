"""A sheet for each of the 173 majors: every number on it, and every sentence that the data choose, worked out again from
the published CSV by code that shares nothing with the program. FAIRSHEET_FULL=1 reads all of them."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pikepdf
import pytest
from typer.testing import CliRunner

from data.project_folder import BUILT_IN
from generate import app
from reports.batches.batch import Chosen, make_batch
from reports.runs.bind import Options
from tests.shown_text import shown_text

PROJECT = BUILT_IN / "college-majors"
EXTREMES = (
    "Petroleum engineering",  # best paid, and a small sample
    "Library science",  # lowest paid; two people
    "Military technologies",  # nobody works
    "Food science",  # no totals
    "Multi/interdisciplinary studies",  # alone in its field
    "Electrical, mechanical, and precision technologies and production",  # the longest name
    "French German Latin and other common foreign language studies",
    "Court reporting",  # 10 to 29 people
    "Botany",  # nobody out of work
    "Business management and administration",  # the most people asked
    "Accounting",  # most jobs not classified
    "Clinical psychology",  # its lowest quarter ends at the median
)
FULL = os.environ.get("FAIRSHEET_FULL") == "1"


class Major(NamedTuple):
    name: str
    field: str
    asked: int
    pay: int
    low: int
    high: int
    employed: int
    unemployed: int
    rate: Fraction
    degree: int
    other: int
    total: int | None
    women: int | None
    women_share: Fraction | None


def named(capitals: str) -> str:
    proper = ("United", "States", "French", "German", "Latin")
    return " ".join(
        word.title() if word.title() in proper else word.capitalize() if not index else word.lower()
        for index, word in enumerate(capitals.split(" "))
    )


def read() -> dict[str, Major]:
    with (PROJECT / "tables/recent-grads.csv").open(encoding="utf-8", newline="") as file:
        found = [
            Major(
                named(row["Major"]),
                row["Major_category"],
                int(row["Sample_size"]),
                int(row["Median"]),
                int(row["P25th"]),
                int(row["P75th"]),
                int(row["Employed"]),
                int(row["Unemployed"]),
                Fraction(row["Unemployment_rate"]),
                int(row["College_jobs"]),
                int(row["Non_college_jobs"]),
                int(row["Total"]) if row["Total"] else None,
                int(row["Women"]) if row["Women"] else None,
                Fraction(row["ShareWomen"]) if row["ShareWomen"] else None,
            )
            for row in csv.DictReader(file)
        ]
    return {major.name: major for major in found}


def all_ages() -> dict[str, int]:
    with (PROJECT / "tables/all-ages.csv").open(encoding="utf-8", newline="") as file:
        return {named(row["Major"]): int(row["Median"]) for row in csv.DictReader(file)}


MAJORS = read()
ALL_AGES = all_ages()
RANKED = [major for major in MAJORS.values() if major.asked >= 30]


class Group(NamedTuple):
    """What is said of a field, or of all majors: shares of the people in them."""

    unemployment: Fraction
    degree: Fraction
    other: Fraction
    women: Fraction


def group(majors: Sequence[Major]) -> Group:
    known = [major for major in majors if major.total is not None]
    working, without = sum(m.employed for m in known), sum(m.unemployed for m in known)
    women, everyone = sum(m.women or 0 for m in known), sum(m.total or 0 for m in known)
    return Group(
        Fraction(without, working + without),
        Fraction(sum(m.degree for m in known), working),
        Fraction(sum(m.other for m in known), working),
        Fraction(women, everyone),
    )


def middle(field: str) -> Decimal:
    return Decimal(str(median(major.pay for major in RANKED if major.field == field)))


def money(amount: int | Decimal) -> str:
    return f"${Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP):,}"


def percent(share: Fraction) -> str:
    tenths = share * 1000
    return f"{Decimal(int(tenths + Fraction(1, 2))) / 10:.1f}%"


def beside(major: Major) -> list[Major]:
    """Itself and the five of its field with pay most nearly the same; of one with fewer than 10 people, the largest."""
    peers = [other for other in RANKED if other.field == major.field]
    pool = RANKED if len(peers) == 1 else peers
    others = [other for other in pool if other.name != major.name]
    if major.asked < 10:
        chosen = sorted(others, key=lambda other: (-other.asked, other.name))[:6]
    else:
        chosen = [major, *sorted(others, key=lambda other: (abs(other.pay - major.pay), other.name))[:5]]
    return sorted(chosen, key=lambda other: (-other.pay, other.name))


class Maybe(NamedTuple):
    """A share that stands in its part of a bar only where it has room there."""

    text: str


def expected(major: Major) -> Iterator[str | Maybe]:
    """What the sheet says, in its order: each piece that holds a number, and the words around it."""
    field, everyone = group([m for m in MAJORS.values() if m.field == major.field]), group(list(MAJORS.values()))
    in_middle, peers = middle(major.field), [m for m in RANKED if m.field == major.field]
    own, rough = major.asked >= 30, 10 <= major.asked < 30
    yield from _key_figures(major, field, in_middle, peers)
    shown = beside(major)
    yield _claim(major, in_middle, len(peers))
    yield from (money(other.pay) for other in shown)
    for other in shown:
        yield money(other.low)
        yield money(other.high)
    groups = [field, everyone] if len(peers) > 1 else [everyone]
    yield _unemployment(major, everyone)
    yield from ([percent(major.rate)] if own else []) + [percent(one.unemployment) for one in groups]
    yield _jobs(major)
    shares = [(Fraction(major.degree, major.employed), Fraction(major.other, major.employed))] if own else []
    for degree, other in (*shares, *((one.degree, one.other) for one in groups)):
        yield from (Maybe(percent(degree)), Maybe(percent(other)), Maybe(percent(1 - degree - other)))
    if own:
        yield from _sentences(major, everyone, peers)
    elif rough:
        yield f"Only {major.asked} people were asked what they earn. Read {money(major.pay)} as “somewhere near”"
    else:
        yield f"Only {major.asked} people were asked what they earn. With so few, one person more or less"
    bars = [middle(name) for name in {m.field for m in RANKED}] + ([Decimal(major.pay)] if own else [])
    yield from (money(pay) for pay in sorted(bars, reverse=True))
    for other in shown:
        yield " ".join(
            (
                other.name,
                percent(other.rate) if other.asked >= 100 else "not stated",
                percent(Fraction(other.degree, other.employed)) if other.asked >= 30 else "not stated",
                percent(other.women_share) if other.asked >= 30 and other.women_share is not None else "not stated",
                f"{other.asked:,}",
            )
        )


def _key_figures(major: Major, field: Group, in_middle: Decimal, peers: list[Major]) -> Iterator[str]:
    if major.asked >= 30:
        yield f"{money(major.pay)} median yearly pay, from {major.asked:,} people"
        rough = major.asked < 100
        said = "had no work (a rough guide: few people were asked)" if rough else "of those who worked or looked for"
        yield f"{percent(major.rate)} {said}"
        yield f"{percent(Fraction(major.degree, major.employed))} of jobs are known to need a degree"
        if major.women_share is None:
            yield f"{major.employed:,} recent graduates have a job"
        else:
            yield f"{percent(major.women_share)} of graduates are women"
        return
    if major.asked >= 10:
        yield f"{money(major.pay)} median yearly pay: a rough guide, from {major.asked} people"
        yield f"{money(in_middle)} in the middle major of its field"
    else:
        yield f"{money(in_middle)} median yearly pay in the middle major of its field"
        yield f"{money(max(other.pay for other in peers))} in the field’s best-paid major"
    yield f"{percent(field.unemployment)} of its field’s graduates had no work"
    yield f"{percent(field.degree)} of its field’s jobs are known to need a degree"


def _claim(major: Major, in_middle: Decimal, peers: int) -> str:
    if major.asked < 10:
        return "What other majors of the field pay"
    if major.asked < 30:
        return f"Pay is a rough guide: it rests on {major.asked} people"
    if peers == 1:
        return "Majors of all fields nearest to it in pay"
    if major.pay == in_middle:
        return "Pay is that of the middle major of its field"
    side = "above" if major.pay > in_middle else "below"
    return f"Pay is {money(abs(major.pay - in_middle))} {side} that of the middle major of its field"


def _unemployment(major: Major, everyone: Group) -> str:
    if major.asked < 30:
        return "Unemployment in its field"
    if major.asked < 100:
        return "Unemployment is a rough guide here"
    if abs(major.rate - everyone.unemployment) <= Fraction(1, 100):
        return "About the same share is out of work as in all majors"
    return f"A {'larger' if major.rate > everyone.unemployment else 'smaller'} share is out of work than in all majors"


def _jobs(major: Major) -> str:
    if major.asked < 30:
        return "Jobs in its field that need a degree"
    for jobs, said in ((major.degree, "Most jobs are known to need"), (major.other, "Most jobs are known not to need")):
        if Fraction(jobs, major.employed) > Fraction(55, 100):
            return f"{said} a degree"
    if Fraction(major.degree + major.other, major.employed) < Fraction(3, 4):
        return "Many jobs are not classified: the split is open"
    return "Some jobs need a degree, others do not"


def _sentences(major: Major, everyone: Group, peers: list[Major]) -> Iterator[str]:
    def counts(others: Sequence[Major]) -> str:
        rest = [other.pay for other in others if other.name != major.name]
        more, less = sum(pay > major.pay for pay in rest), sum(pay < major.pay for pay in rest)
        return f"higher in {more}, lower in {less}, the same in {len(rest) - more - less}."

    yield f"All other majors ({len(RANKED) - 1} ranked by pay): pay is {counts(RANKED)}"
    if len(peers) > 1:
        yield f"Others of its field ({len(peers) - 1} ranked): {counts(peers)}"
    else:
        yield "Its field holds no other ranked major to compare it with."
    if major.women_share is None:
        yield "Women: not known. The data give no share for this major."
    else:
        share = percent(major.women_share)
        yield f"Women are {share} of its graduates, and {percent(everyone.women)} of those of all majors."
    yield f"One in four earned {money(major.low)} or less, and one in four {money(major.high)} or more."
    yield f"workers with this bachelor’s degree and no further one earned {money(ALL_AGES[major.name])}. They are other"
    if major.asked < 100:
        yield f"Few were asked: {major.asked}. Enough to rank pay, too few for a share of a few percent"


ALWAYS = (
    "under 28", "in dollars of 2010 to 2012", "fewer than 30", "under 100", "2010–2012", "Published November 2026",
    "1 of 2", "2 of 2", "room 210", "9 to 5",
)  # fmt: skip
"""What stands on every sheet and has digits, but is no number of the data."""
_NUMBER = re.compile(r"\$?\d[\d,]*(?:\.\d+)?%?")


def closed(text: str) -> str:
    """Text without what lines that are broken bring in: spaces, and hyphens."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


def numbers(text: str) -> list[str]:
    return [found.rstrip(",.") for found in _NUMBER.findall(text)]


def read_pieces(pdf: bytes) -> list[str]:
    """The texts of both sides as they are drawn, without the numbers of the next steps."""
    pieces = [piece.text for page in (0, 1) for piece in shown_text(pdf, page)]
    return [piece for piece in pieces if piece.strip() not in ("1.", "2.")]


def judge(major: Major, pieces: list[str]) -> Iterator[str]:
    """What is wrong with a sheet."""
    said = list(expected(major))
    whole = closed("".join(pieces))
    at = 0
    for one in said:
        if isinstance(one, Maybe):
            continue
        found = whole.find(closed(one), at)
        if found < 0:
            yield f"'{one}' is missing, or out of its place"
        else:
            at = found + len(closed(one))
    text = re.sub(r"Edition [0-9a-f]{7}", "", " ".join(" ".join(pieces).split()))
    for phrase in ALWAYS:
        text = text.replace(phrase, "")
    shown = numbers(text)
    left = iter(_expected_numbers(said))
    for number in shown:
        for wanted, needed in left:
            if wanted == number:
                break
            if needed:
                yield f"{number} stands where {wanted} should"
                return
        else:
            yield f"{number} stands there, and nothing gives it"
            return
    if missing := [wanted for wanted, needed in left if needed]:
        yield f"nothing is left for {missing}"


def _expected_numbers(said: Sequence[str | Maybe]) -> Iterator[tuple[str, bool]]:
    """Each number, and whether it must be there."""
    for one in said:
        yield from (
            (number, not isinstance(one, Maybe)) for number in numbers(one.text if isinstance(one, Maybe) else one)
        )


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], bytes]:
    """The sheet of a major, of those that were made."""
    out = tmp_path_factory.mktemp("sheets")
    where = None if FULL else " or ".join(f"major == '{name}'" for name in EXTREMES)
    made = make_batch(PROJECT, "majors", out, Options(), Chosen(where), jobs=2 if FULL else 1)
    assert not made.failed
    paths = [path for path in made.folder.glob("*.pdf") if path.stem != "majors"]  # which is all, to be printed
    assert made.made == (len(MAJORS) if FULL else len(EXTREMES)) == len(paths)
    by_title: dict[str, bytes] = {}
    for path in paths:
        content = path.read_bytes()
        with pikepdf.open(BytesIO(content)) as pdf:
            by_title[str(pdf.docinfo.Title)] = content
    return by_title.__getitem__


@pytest.mark.parametrize("name", sorted(MAJORS) if FULL else EXTREMES)
def test_every_number_of_a_sheet_is_that_of_the_csv_and_in_its_place(name: str, sheets: Callable[[str], bytes]) -> None:
    assert list(judge(MAJORS[name], read_pieces(sheets(name)))) == []


@pytest.mark.parametrize("name", sorted(MAJORS) if FULL else EXTREMES)
def test_a_major_has_one_sheet_with_two_sides(name: str, sheets: Callable[[str], bytes]) -> None:
    with pikepdf.open(BytesIO(sheets(name))) as pdf:
        assert len(pdf.pages) == 2


def test_a_wrong_number_and_one_too_many_would_be_found(sheets: Callable[[str], bytes]) -> None:
    """Each number of a sheet is changed in turn."""
    major = MAJORS["Food science"]
    pieces = read_pieces(sheets(major.name))
    fixed = {"28", "2010", "2012", "30", "100", "1", "2", "2026", "210", "9", "5"}
    changed = 0
    for index, piece in enumerate(pieces):
        found = numbers(piece)
        if not found or set(found) <= fixed or piece.startswith("Edition"):
            continue
        wrong = piece.replace(found[0], "9" + found[0] if found[0][0] != "$" else "$9" + found[0][1:], 1)
        assert list(judge(major, [*pieces[:index], wrong, *pieces[index + 1 :]])), piece
        assert list(judge(major, [*pieces[:index], "777", *pieces[index:]])), piece
        changed += 1
    assert changed > 60


def test_a_build_makes_no_sheets(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["build", str(PROJECT), "--only", "handout", "--out", str(tmp_path), "--quiet"])
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["handout.pdf", "manifest.json"]
