"""The rules of honest charts: a rule is one line here, and one place that holds it."""

from __future__ import annotations

from msgspec import Struct

from charts.distinct import Fault


class Rule(Struct, frozen=True):
    """What a chart must not do, and who says so."""

    says: str
    source: str
    example: str
    """A chart that breaks it."""
    overruled: str = ""
    """Key of our words for what readers are told where `allow` names it; empty where nothing can break it."""


RULES: dict[str, Rule] = {
    "areas": Rule(
        "Areas grow as their numbers do, and nothing is drawn in depth.",
        "E. R. Tufte, The Visual Display of Quantitative Information, 1983, chapter 2",
        "circles whose radius, and not their area, is twice as large for twice as many",
    ),
    "bars-from-zero": Rule(
        "Bars and columns start at zero: their length is the number.",
        "E. R. Tufte, 1983, chapter 2 (the lie factor); C. O. Wilke, Fundamentals of Data Visualization, 2019, "
        "chapter 17 (the principle of proportional ink)",
        "bars from 80 % to 95 %, of which one looks three times as long as another",
    ),
    "colour-meaning": Rule(
        "A colour that stands out sets something apart.",
        "C. O. Wilke, Fundamentals of Data Visualization, 2019, chapters 4 and 19",
        "a chart whose rows are all highlighted",
        "overruled colour-meaning",
    ),
    "few-people": Rule(
        "A median or a mean rests on five people at least.",
        "A. Hundepool et al., Statistical Disclosure Control, 2012, chapter 4 (threshold rules); the HESA standard "
        "rounding methodology, which suppresses averages of seven or fewer",
        "the median salary of three graduates",
        "overruled few-people",
    ),
    "log-axis": Rule(
        "Steps on an axis are differences; there is no logarithmic one.",
        "C. O. Wilke, Fundamentals of Data Visualization, 2019, chapter 17 (bars on logarithmic scales); "
        "A. Cairo, How Charts Lie, 2019",
        "a curve that seems to level off, and grows ever faster",
    ),
    "margin": Rule(
        "A claim about a difference goes beyond the margin of error of both numbers.",
        "N. Schenker and J. F. Gentleman, On Judging the Significance of Differences by Examining the Overlap Between "
        "Confidence Intervals, The American Statistician 55, 2001; A. Cairo, How Charts Lie, 2019 (on uncertainty)",
        "one college with 52 % ± 3 said to be ahead of another with 51 % ± 3",
        "overruled margin",
    ),
    "one-axis": Rule(
        "A chart has one axis of values: a second one lets any two lines meet.",
        "A. Cairo, How Charts Lie, 2019; L. C. Rost, Why not to use two axes, and what to use instead, "
        "Datawrapper, 2018",
        "openings at the left, salaries at the right, and a crossing that means nothing",
    ),
    "one-unit": Rule(
        "What shares an axis has one unit: no two currencies, no counts beside shares.",
        "W. S. Cleveland and R. McGill, Graphical Perception, Journal of the American Statistical Association 79, "
        "1984 (position on a common scale)",
        "salaries in dollars and in euros as bars of one chart",
    ),
    "one-whole": Rule(
        "Parts of a whole are parts of one, and no part is the sum of others.",
        "A. Cairo, How Charts Lie, 2019; C. O. Wilke, Fundamentals of Data Visualization, 2019, chapter 10",
        "the unemployment rates of five majors as parts of one bar",
        "overruled one-whole",
    ),
    "ordered-line": Rule(
        "A line leads through what has an order: times or numbers, not names.",
        "C. O. Wilke, Fundamentals of Data Visualization, 2019, chapter 13",
        "a line from Nursing to Finance to History",
    ),
    "share-over-100": Rule(
        "Parts of a whole add up to 100 at most.",
        "A. Cairo, How Charts Lie, 2019",
        "answers of which several could be ticked, drawn as parts of one bar",
        "overruled share-over-100",
    ),
    "time-steps": Rule(
        "Equal times are equal steps: missing years are gaps.",
        "E. R. Tufte, 1983, chapter 2 (on time-series with unequal steps); A. Cairo, How Charts Lie, 2019",
        "bars for 2010, 2015, 2020, 2021 and 2022, each beside the next",
        "overruled time-steps",
    ),
    "trend": Rule(
        "A trend is what the whole series bears out, in four points at least.",
        "M. G. Kendall, Rank Correlation Methods, 1975, chapter 4: three points prove nothing at 5 %; "
        "A. Cairo, How Charts Lie, 2019",
        "three years under the title 'The upward trend goes on'",
        "overruled trend",
    ),
}


def named(rule: str, fault: Fault) -> Fault:
    """What is wrong, and what to do, with the name of the rule that says so."""
    message, remedy = fault
    return message, f"{remedy} (Rule: {rule}.)"


def overrulable() -> tuple[str, ...]:
    """Names of the rules that a project can overrule."""
    return tuple(name for name, rule in RULES.items() if rule.overruled)
