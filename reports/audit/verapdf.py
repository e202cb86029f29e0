"""What veraPDF, the reference validator for PDF/UA, finds wrong with PDFs, where it is installed."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from data.errors import OutputError, Place, ProjectError
from data.files.world import variable
from reports.audit.findings import Finding
from reports.xml import NotXmlError, parse

JAR = "FAIRSHEET_VERAPDF_JAR"
"""Environment variable that names a jar with veraPDF's engine in it."""
_RUNNER = Path(__file__).resolve().parent / "PdfUa.java"
_JAXB = ("/usr/share/java/jaxb-runtime.jar", "/usr/share/java/jaxb-impl.jar")
"""Where Debian puts what the engine reads its rules with, and Java has no more."""
_SECONDS, _SECONDS_A_FILE = 120, 300
_PAGE = re.compile(r"\bpages\[(\d+)\]")

Runs = Sequence[Mapping[str, Any]]
"""For each file, what `PdfUa.java` prints: "failed" rules, or an "error"."""


def validate(files: Sequence[Path]) -> dict[Path, tuple[Finding, ...]] | None:
    """The findings for each file, all files in one run; None where veraPDF is not installed.

    Raises ProjectError where the environment names a jar that can't be run, OutputError where veraPDF fails.
    """
    jar = variable(JAR)
    command = shutil.which("verapdf")
    if jar:
        runs = _by_jar(Path(jar), files)
    elif command is not None:
        runs = _by_command(command, files)
    else:
        return None
    if len(runs) != len(files):
        raise OutputError(f"veraPDF answered for {len(runs)} of {len(files)} files. Run it by itself to see why.")
    return {file: _findings(file, run) for file, run in zip(files, runs)}


def _by_jar(jar: Path, files: Sequence[Path]) -> Runs:
    java = shutil.which("java")
    if not jar.is_file() or java is None:
        missing = f"there is no file '{jar}'." if not jar.is_file() else "Java is not installed."
        raise ProjectError.at(Place(JAR), missing, "Mend it, or unset the variable to go without veraPDF.")
    path = os.pathsep.join([str(jar), *(library for library in _JAXB if Path(library).is_file())])
    lines = _output([java, "-cp", path, str(_RUNNER)], files).decode("utf-8").splitlines()
    try:
        return [json.loads(line) for line in lines]
    except ValueError:
        raise OutputError(f"veraPDF said something that cannot be read: {lines[0][:200]}") from None


def _by_command(command: str, files: Sequence[Path]) -> Runs:
    report = _output([command, "--flavour", "ua1", "--format", "xml"], files)
    try:
        root = parse(report.strip())
    except NotXmlError:
        raise OutputError("veraPDF said something that cannot be read. Run it by itself to see why.") from None
    return [_job(job) for job in root.iter("job")]


def _job(job: Any) -> Mapping[str, Any]:
    """One file of veraPDF's own report (docs.verapdf.org/cli/validation)."""
    report = job.find("validationReport")
    if report is None or report.get("jobEndStatus", "normal").lower() != "normal":
        said = next(job.iter("exceptionMessage"), None)
        return {"error": "the check ended early" if said is None else said.text or ""}
    return {
        "failed": [
            {
                "clause": rule.get("clause", ""),
                "test": rule.get("testNumber", ""),
                "count": int(rule.get("failedChecks") or "1"),
                "message": rule.findtext("description", ""),
                "context": next((c.text or "" for c in rule.iter("context")), ""),
            }
            for rule in job.iter("rule")
            if rule.get("status") == "failed"
        ]
    }


def _output(command: list[str], files: Sequence[Path]) -> bytes:
    try:
        done = subprocess.run(
            [*command, *(str(file.resolve()) for file in files)],
            capture_output=True,
            timeout=_SECONDS + _SECONDS_A_FILE * len(files),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise OutputError("veraPDF did not end. Run it by itself to see why.") from None
    except OSError as error:
        raise OutputError(f"veraPDF cannot be started: {error.strerror or error}.") from None
    if not done.stdout.strip():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise OutputError(f"veraPDF failed: {said[-1] if said else 'it said nothing'}.")
    return done.stdout


def _findings(file: Path, run: Mapping[str, Any]) -> tuple[Finding, ...]:
    if "error" in run:
        message = f"veraPDF cannot read it: {str(run['error']).strip(' .') or 'it does not say why'}."
        return (Finding(str(file), "document", "", "verapdf", "veraPDF can read it", "PDF/UA-1", message),)
    return tuple(_finding(str(file), rule) for rule in run["failed"])


def _finding(file: str, rule: Mapping[str, Any]) -> Finding:
    clause, test = rule["clause"], rule["test"]
    page = _PAGE.search(rule["context"])
    return Finding(
        file,
        f"page {int(page[1]) + 1}" if page else "document",
        "",
        f"verapdf-{clause}-{test}",
        f"veraPDF, rule {clause}-{test}",
        f"PDF/UA-1 {clause}",
        f"{rule['message'].rstrip('.')}.",
        count=rule["count"],
    )
