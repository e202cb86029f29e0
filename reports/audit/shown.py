"""Findings as lines for people and as JSON for programs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import asdict

from data.terminal import escaped
from reports.audit.audit import Audit, Audited
from reports.audit.wording import counted

MOST_OF_A_KIND = 10
"""Findings of one rule in one file that are listed; the others are counted."""
_VERAPDF = {
    "missing": "veraPDF is not installed: its rules were not run.",
    "failed": "veraPDF failed: its rules were not run.",
}


def lines(audit: Audit) -> Iterator[str]:
    """What was found, file by file, and how much it is."""
    for audited in audit.files:
        yield from _file_lines(audited)
    if any(audited.kind == "pdf" for audited in audit.files) and audit.verapdf in _VERAPDF:
        yield _VERAPDF[audit.verapdf]
    if audit.files:
        found = sum(len(audited.findings) for audited in audit.files)
        yield f"{counted(found, 'finding') if found else 'No findings'} in {counted(len(audit.files), 'file')}."


def _file_lines(audited: Audited) -> Iterator[str]:
    findings = audited.findings
    yield f"{audited.file}: {counted(len(findings), 'finding') if findings else 'nothing found'}"
    seen: Counter[str] = Counter()
    times = Counter(finding.rule for finding in findings)
    for finding in findings:
        seen[finding.rule] += 1
        if seen[finding.rule] <= MOST_OF_A_KIND:
            yield f"  {finding}"
        if seen[finding.rule] == MOST_OF_A_KIND + 1:
            more = times[finding.rule] - MOST_OF_A_KIND
            yield f"  and {more} more of '{finding.name}' [{finding.rule}]; --json lists all"


def as_json(audit: Audit) -> str:
    """All findings, the files that could not be read, and whether veraPDF was run, as a JSON document."""
    files = [
        {
            "file": audited.file,
            "kind": audited.kind,
            "findings": [{k: v for k, v in asdict(finding).items() if k != "file"} for finding in audited.findings],
        }
        for audited in audit.files
    ]
    problems = [
        {"file": problem.place.file, "message": problem.message, "remedy": problem.remedy} for problem in audit.problems
    ]
    document = {"files": files, "problems": problems, "outages": list(audit.outages), "verapdf": audit.verapdf}
    return escaped(json.dumps(document, indent=2, ensure_ascii=False))
