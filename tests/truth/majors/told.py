"""Sentences on majors with numbers that are not of the tables."""

from __future__ import annotations

from tests.truth.majors.tables import passes

passes(
    # what stands on every document, and in lists of contents
    r"(?:^|⟩ )(?:careers@example\.edu|Edition|Published|November 2026|Survey years 2010–2012)", r"five days ahead",
    r"^\d+ \w.*\d$", r"^[\w ,]+\w \d+$", r"^\d+$", r"(?:^|⟩ )\d+\. ", r"^\d+ [A-Z ]+$", r"(?:^|⟩ )Source: FiveThirtyEight.*",
    r"^Figure \d+\. ", r"room 210", r"9 to 5", r"^(?:\d \w[^¶]+(?: ¶ |$)){3}",
    # what the survey is, whatever its tables say
    r"under 28", r"at least 35 hours", r"half (?:of them|earn)", r"half between", r"the middle half", r"2010, 2011 and 2012",
    r"2010 to 2012", r"2007 to 2009", r"three years and counted", r"2011 report", r"2010–2012", r"fewer than 30",
    r"below 30", r"at least 30", r"at least 100", r"under 100", r"One major each|one major each|two majors are counted",
    r"Every major counts once|Each major counts once|counts once",
    # what is said of majors in general
    r"asks four questions", r"not only which one", r"Two graduates of one major", r"inside one major", r"no rule for one of them",
    r"one (?:pay figure|person|by one)", r"and no further one", r"Graduates of one major in a row", r"Four numbers to remember",
    r"Two questions: do", r"two different risks", r"Three beliefs", r"well-paid one", r"chose a major", r"twenty (?:largest )?majors",
    r"The same majors, one by one", r"Need this in another format",
    r"each stands for the middle half", r"continued",
    r"The place of business in Figure", r"Find your major in Table 2", r"^Figures 6, 7, and 8\.", r"80% and more\.$",
    r"[Hh]alfway between, where two|Its pay is that of its middle major", r"^Median yearly pay of the lowest-paid, the middle and the best-paid major, in fields of two or more, US dollars$",
    r"^Majors by the median yearly pay of their graduates.*",
)  # fmt: skip
passes(
    # headings and advice that other data bring, and that say nothing of them
    r"^(?:\d+ )?(?:The majors with the highest unemployment|How first pay is spread over the majors|The ten lowest-paid majors|"
    r"Which majors pay best, and which least|Pay in the fields of study|The fields side by side|Pay and the share of women|"
    r"Jobs after the most common majors|Pay by the share of women in a major|Pay and the share of women, major by major|"
    r"Pay of recent graduates and of workers of all ages, major by major|The eight best-paid majors)(?: \d+)?$",
    r"Where rates lie close together, do not read much", r"A small difference in rank means little", r"Not every job is classified\.",
    r"The list that says which occupations need a degree was never published", r"Do not dwell on small differences",
    r"^Which jobs need a degree\?", r"(?:^|\. |\| )No margins of error are given", r"Low pay and unemployment are two",
)  # fmt: skip
