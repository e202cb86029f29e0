"""What people are told of a run, in plain words."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from data.errors import Problem
from data.program import program
from data.settings.delivery import When
from reports.publishing.records import Record

_CAUSES = 20
"""Causes and problems that a message names; the rest is counted."""


class Message(Struct, frozen=True):
    """One message, for all who are told."""

    when: When
    subject: str
    text: str
    edition: Record | None = None
    """The edition that readers find, where one was published."""


def published(record: Record, brief: str, failures: Sequence[str] = ()) -> Message:
    """An edition is public; `brief` says what changed."""
    lines = [f"{_titled(record)} is published: edition {record.id} of {_time(record.made)}."]
    if record.correction is not None:
        lines.append(f"It corrects {', '.join(record.correction.of)}: {record.correction.note}")
    if failures:
        lines += ["", "It did not arrive everywhere:", *_listed(failures)]
    if brief:
        lines += ["", brief.strip()]
    return Message("published", f"Published: {_titled(record)}", "\n".join(lines), record)


def trial(title: str, when: Sequence[When]) -> Message:
    """Nothing happened: it is tried whether messages arrive."""
    told = {"published": "an edition is published", "held": "an edition is held", "failed": "a run fails"}
    hears = ", or ".join(told[one] for one in when)
    lines = [f"This is a trial: messages about {title} arrive here.", "", f"You hear when {hears}."]
    return Message(when[0], f"Trial: {title}", "\n".join(lines))


def held(title: str, record: Record, current: Record | None, causes: Sequence[Problem], folder: Path) -> Message:
    """An edition waits for a person, and why."""
    lines = [f"A new edition of {title or 'the documents'} is held: a person has to look at it.", ""]
    lines += ["What is wrong:", *_listed([str(cause) for cause in causes]), "", f"{_stays(current)}"]
    if record.standing == "held":
        command = f"{program()} editions accept {record.id} --by NAME --note TEXT --to {shlex.quote(str(folder))}"
        lines += ["", f"It lies in {folder / '.fairsheet' / 'held' / record.name}.", "To publish it as it is:"]
        lines.append(f"  {command}")
    return Message("held", f"Held: {title or 'new edition'}", "\n".join(lines))


def stale(title: str, record: Record, causes: Sequence[Problem]) -> Message:
    """Nothing is new, and what is public is no longer as it should be."""
    lines = [f"Nothing is new in the data of {title}, and a person has to look at what is published.", ""]
    lines += ["What is wrong:", *_listed([str(cause) for cause in causes]), "", _stays(record)]
    return Message("held", f"Look at it: {title}", "\n".join(lines))


def failed(title: str, problems: Sequence[str], current: Record | None) -> Message:
    """The run ended, and there is no edition."""
    lines = [f"The documents of {title} were not made again.", "", "What is wrong:", *_listed(problems), ""]
    return Message("failed", f"Failed: {title}", "\n".join([*lines, _stays(current)]))


def undelivered(title: str, record: Record, failures: Sequence[str]) -> Message:
    """An edition is public here and did not arrive elsewhere."""
    lines = [f"Edition {record.id} of {title} is published, and did not arrive everywhere.", "", "What is wrong:"]
    lines += [*_listed(failures), "", "It is tried again with the next run."]
    return Message("failed", f"Not delivered: {title}", "\n".join(lines))


def _titled(record: Record) -> str:
    return record.title or "The documents"


def _stays(current: Record | None) -> str:
    if current is None:
        return "Nothing is published."
    return f"Readers find what they found before: edition {current.id} of {_time(current.made)}."


def _time(said: str) -> str:
    return f"{said[:16].replace('T', ' ')} UTC"


def _listed(lines: Sequence[str]) -> list[str]:
    told = [f"- {line}" for line in lines[:_CAUSES]]
    return [*told, f"- and {len(lines) - _CAUSES} more"] if len(lines) > _CAUSES else told
