"""Sentences of the guide with numbers that are not of its tables."""

from __future__ import annotations

from tests.truth.engineer.tables import passes

passes(
    # what stands on every document, and in lists of contents
    r"^(?:careers@example\.edu|Edition|Published|November 2026|Example: figures)", r"five days ahead", r"^\d+ \w.*\d$",
    r"^[\w ,]+\w \d+$", r"Hall 2", r"9 to 5", r"^\d+$", r"SHA-256", r"^\d+\. ", r"(?:^|¶ )\d +\w", r"^Figure \d+\. ",
    r"^Table \d+\. ",
    # what the guide is made of
    r"Four numbers to remember", r"These four numbers", r"Three things to take away", r"five things|Five things",
    r"Five common tools", r"Ten questions", r"Six skills|all six|of the six", r"Three talents", r"three things: who",
    r"two answers, and", r"one article", r"single article", r"Two cautions", r"The first three tools", r"All five can",
    r"Choose one of the first three", r"The bars of Figure \d+ start at zero", r"Two tables in the article",
    # what the article or the trade is said to be, whatever the tables say
    r"One table may count", r"need not match", r"One warning", r"one industry after another", r"one person",
    r"one language", r"one outcome", r"one case in a thousand", r"Base pay usually leaves out", r"two minutes",
    r"(?:more )?technical one", r"a bad one does", r"the one you", r"one that (?:went|you)", r"put a date on it",
    r"Jump to the one", r"ten (?:lines|postings)", r"replace one", r"The last (?:one|part)", r"sure one can be",
    r"which two you already", r"Start with one project", r"half hour", r"one breath",
    r"you are one of them", r"any one of these", r"into one of them", r"if one of them", r"on one page", r"More than one currency", r"^\d+ [A-Z ]+$",
)  # fmt: skip
