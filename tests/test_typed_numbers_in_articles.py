"""Of four reports as a career center writes them, the numbers that are data are found, and hardly anything else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import pytest

from data.language.typed_numbers.finder import typed_numbers
from tests.test_articles import ARTICLES, NAMES, lines, project, spans, truth

WORDS = re.compile(r'\b(?:title|caption|alt|measure|notes?|subtitle|kicker)\s*=\s*"((?:[^"\\]|\\.)*)"')
"""Settings and attributes whose values are words of the author's."""
NO_WORDS = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<!--.*?-->|```.*?```|`[^`\n]*`|(?<=\])\([^)]*\)|\[\^[^\]]*\]"
    r"|^\[[^\]]*\]:.*?$|^:::+.*?$|^\d+\.(?= )",
    re.DOTALL | re.MULTILINE,
)
FALSE_ALARMS, MISSES = 0.05, 0.02
"""Parts of what is found, and of what is data, that may be wrong."""


def blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def words_alone(attributes: re.Match[str]) -> str:
    kept = [found.span(1) for found in WORDS.finditer(attributes[0])]
    return "".join(
        letter if letter == "\n" or any(begin <= at < end for begin, end in kept) else " "
        for at, letter in enumerate(attributes[0])
    )


def texts(name: str, file: str) -> Iterator[tuple[int, str]]:
    """The author's own words in a file, with where each text begins there."""
    whole = "\n".join(lines(name, file))
    if file.endswith(".md"):
        yield 0, re.sub(r"\{[^{}]*\}", words_alone, NO_WORDS.sub(blank, whole))
    else:
        yield from ((found.start(1), found[1]) for found in WORDS.finditer(whole))


def found(name: str) -> list[tuple[str, int, int, int]]:
    """File, line, begin and end of each number that is found."""
    places: list[tuple[str, int, int, int]] = []
    for file in ("story/report.md", "project.toml"):
        starts = [0]
        for line in lines(name, file):
            starts.append(starts[-1] + len(line) + 1)
        for offset, text in texts(name, file):
            for number in typed_numbers(text, project(name).settings.language):
                line = bisect_right(starts, offset + number.start)
                begin = offset + number.start - starts[line - 1]
                places.append((file, line, begin, begin + len(number.text)))
    return places


def meets(one: tuple[str, int, int, int], other: tuple[str, int, int, int]) -> bool:
    return one[:2] == other[:2] and one[2] < other[3] and other[2] < one[3]


def said(name: str, place: tuple[str, int, int, int]) -> str:
    file, line, begin, end = place
    return f"{ARTICLES.name}/{name}/{file}:{line} {lines(name, file)[line - 1][begin:end]!r}"


@pytest.fixture(scope="module")
def judged() -> dict[str, list[str]]:
    """What is right, a false alarm, or missed, over all articles; where reasonable people differ, nothing is judged."""
    told: dict[str, list[str]] = {"right": [], "false": [], "missed": []}
    for name in NAMES:
        kinds = [row["kind"] for row in truth(name)]
        known, places = spans(name), found(name)
        for place in places:
            hit = {kind for kind, span in zip(kinds, known, strict=True) if meets(place, span)}
            if "data" in hit or "either" not in hit:
                told["right" if "data" in hit else "false"].append(said(name, place))
        data = [span for kind, span in zip(kinds, known, strict=True) if kind == "data"]
        told["missed"] += [said(name, span) for span in data if not any(meets(place, span) for place in places)]
    return told


def test_few_numbers_are_told_that_are_no_data(judged: dict[str, list[str]]) -> None:
    wrong, right = judged["false"], judged["right"]
    assert len(wrong) < FALSE_ALARMS * (len(right) + len(wrong)), "\n".join(wrong)


def test_hardly_a_number_that_is_data_is_missed(judged: dict[str, list[str]]) -> None:
    missed, right = judged["missed"], judged["right"]
    assert len(missed) < MISSES * (len(right) + len(missed)), "\n".join(missed)
