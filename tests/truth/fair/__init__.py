"""The judge's list for the career fair: its guide, sheets for a few majors, and signs for a few booths."""

from __future__ import annotations

from tests.truth.fair import said  # noqa: F401  # it adds to the list
from tests.truth.fair.tables import JUDGE, ROOT, tables_of
from tests.truth.trial import Case

MAJORS = ("Accounting", "Mathematics", "Nursing", "Amber Lane")
"""The first, one with most booths, one with fewest, and one that is new."""
BOOTHS = (
    "Quillfeather Accounting",
    "Harborlight Hospital",
    "Sparrowhawk Security",
    "Tallgrass Teachers’ Network",
    "Amber Lane",
)
"""The first, the one that hopes to hire most, two with one kind of job, and one that is new."""


def case() -> Case:
    """The built-in project; every row of its three tables is changed."""
    return Case(
        ROOT,
        JUDGE,
        {"tables/employers.csv": None, "tables/majors.csv": None, "tables/hall.csv": None},
        words={
            "tables/employers.csv": {
                "booth": ["A13", "E1", "D12"], "majors": ["Nursing", "Biology; Nursing", "Astronomy", "Nursing; Nursing"],
                "jobs": ["Full-time", "Internship", "Volunteer"], "sponsors_visas": ["Maybe"],
                "website": ["https://amberlane.example.org", "http://elsewhere.example"],
            },
        },
        values={"tables/employers.csv": {"hopes_to_hire": ["0", "1", "1200"]}},
        alone=True,
        batches={"majors": MAJORS, "booths": BOOTHS},
        tables=tables_of,
    )  # fmt: skip
