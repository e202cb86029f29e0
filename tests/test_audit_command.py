"""The audit command: exit codes, what it prints for people and for programs, and veraPDF where it is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from typer.testing import CliRunner, Result

from generate import app
from reports.audit import opened as opened_module
from reports.audit.shown import MOST_OF_A_KIND
from reports.audit.verapdf import JAR
from tests.audited import good_deck, good_pdf, needs_verapdf
from tests.defects import DECK_DEFECTS, PDF_DEFECTS, broken_deck, broken_pdf

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def without_verapdf(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(JAR, raising=False)
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A sound and a broken file of each kind."""
    for name, content in {
        "sound.pdf": good_pdf(),
        "sound.pptx": good_deck(),
        "broken.pdf": broken_pdf(good_pdf(), PDF_DEFECTS["a figure without alternative text"]),
        "broken.pptx": broken_deck(good_deck(), DECK_DEFECTS["a picture without alternative text"]),
        "no title.pdf": broken_pdf(good_pdf(), PDF_DEFECTS["no title"]),
    }.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def audit(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(app, ["audit", *map(str, arguments)])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.usefixtures("without_verapdf")
def test_sound_files_end_with_0(files: Path) -> None:
    result = audit(files / "sound.pdf", files / "sound.pptx")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{files / 'sound.pdf'}: nothing found",
        f"{files / 'sound.pptx'}: nothing found",
        "veraPDF is not installed: its rules were not run.",
        "No findings in 2 files.",
    ]


@pytest.mark.usefixtures("without_verapdf")
def test_findings_end_with_3_and_are_told_with_place_and_rule(files: Path) -> None:
    result = audit(files / "broken.pdf", files / "broken.pptx")
    assert result.exit_code == 3
    assert "page 3, figure 'Engineer" in result.stdout
    assert "[figure-alt; PDF/UA-1 7.3, 7.7; WCAG 1.1.1]" in result.stdout
    assert "slide 3, picture " in result.stdout
    assert result.stdout.endswith("2 findings in 2 files.\n")


@pytest.mark.usefixtures("without_verapdf")
def test_a_deck_alone_needs_no_verapdf(files: Path) -> None:
    assert "veraPDF" not in audit(files / "sound.pptx").stdout


@pytest.mark.usefixtures("without_verapdf")
def test_json_holds_all_that_is_told(files: Path) -> None:
    result = audit("--json", files / "broken.pptx", files / "sound.pdf", files / "none.pdf")
    assert result.exit_code == 2
    told: Any = json.loads(result.stdout)
    assert [(file["kind"], len(file["findings"])) for file in told["files"]] == [("deck", 1), ("pdf", 0)]
    (finding,) = told["files"][0]["findings"]
    assert set(finding) == {"place", "element", "rule", "name", "source", "message", "severity", "count"}
    assert finding["rule"] == "alt-text"
    assert told["problems"][0]["file"] == str(files / "none.pdf")
    assert told["verapdf"] == "missing"


@pytest.mark.usefixtures("without_verapdf")
def test_many_findings_of_a_kind_are_counted_for_people_and_listed_for_programs(files: Path) -> None:
    pale = files / "pale.pptx"
    pale.write_bytes(broken_deck(good_deck(), DECK_DEFECTS["a theme whose text is pale"]))
    listed = [line for line in audit(pale).stdout.splitlines() if line.endswith("WCAG 1.4.3]")]
    everything: Any = json.loads(audit(pale, "--json").stdout)
    count = len(everything["files"][0]["findings"])
    assert len(listed) == MOST_OF_A_KIND < count
    assert f"and {count - MOST_OF_A_KIND} more of 'Text stands out' [contrast]; --json lists all" in audit(pale).stdout


# -- files that cannot be looked at -------------------------------------------------


def locked(folder: Path) -> Path:
    path = folder / "locked.pdf"
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))
    return path


@pytest.mark.usefixtures("without_verapdf")
@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.pdf", None, "there is no such file. Check the name"),
        ("empty.pdf", b"", "is empty."),
        ("page.html", b"<!doctype html>", "is neither a PDF nor a PowerPoint file."),
        ("cut.pdf", good_pdf, "is damaged: "),
        ("cut.pptx", good_deck, "is damaged, or no PowerPoint file: "),
        ("no pages.pdf", b"%PDF-1.7\n%%EOF", "is damaged: "),
        ("old.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is an old Office file"),
        (
            "locked.pptx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "asks for a password to be opened.",
        ),
    ],
)
def test_a_file_that_cannot_be_looked_at_ends_with_2_and_a_message(
    files: Path, name: str, content: Any, told: str
) -> None:
    path = files / name
    if callable(content):
        whole = content()
        path.write_bytes(whole[: len(whole) // 2])
    elif content is not None:
        path.write_bytes(content)
    result = audit(path)
    assert result.exit_code == 2
    assert f"{path}: {told}" in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("without_verapdf")
def test_a_password_ends_with_2(files: Path) -> None:
    result = audit(locked(files))
    assert result.exit_code == 2
    assert "asks for a password to be opened" in result.stderr


@pytest.mark.usefixtures("without_verapdf")
def test_a_document_of_another_office_program_ends_with_2(files: Path) -> None:
    import zipfile

    path = files / "letter.docx"
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("_rels/.rels", f'<R><r Id="a" Type="{relation}" Target="word/document.xml"/></R>')
        archive.writestr("word/document.xml", "<document/>")
    result = audit(path)
    assert result.exit_code == 2
    assert "is no presentation." in result.stderr


@pytest.mark.usefixtures("without_verapdf")
def test_a_file_larger_than_is_read_ends_with_2(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened_module, "LARGEST_FILE", 10)
    result = audit(files / "sound.pdf")
    assert result.exit_code == 2
    assert "is larger than 1 GB and was not read. Divide the document." in result.stderr


@pytest.mark.usefixtures("without_verapdf")
def test_a_folder_ends_with_2(files: Path) -> None:
    result = audit(files)
    assert result.exit_code == 2
    assert "is a folder." in result.stderr


@pytest.mark.usefixtures("without_verapdf")
def test_one_bad_file_keeps_nobody_from_the_others(files: Path) -> None:
    result = audit(files / "none.pdf", files / "broken.pdf", files / "broken.pdf")
    assert result.exit_code == 2
    assert "1 finding in 1 file." in result.stdout


@pytest.mark.usefixtures("without_verapdf")
def test_a_file_that_may_not_be_read_ends_with_5(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = audit(files / "sound.pdf")
    assert result.exit_code == 5
    assert f"{files / 'sound.pdf'}: cannot be read: Permission denied." in result.stderr


def test_the_audit_is_a_command_of_its_own_that_imports_no_writer(files: Path) -> None:
    code = "import sys; from reports.audit.audit import audit_files; from pathlib import Path\n"
    code += "audit_files([Path(sys.argv[1]), Path(sys.argv[2])])\n"
    code += "print([m for m in ('matplotlib', 'reportlab', 'pptx', 'pydantic', 'polars') if m in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": ""}
    environment.pop(JAR, None)
    arguments = [sys.executable, "-c", code, str(files / "sound.pdf"), str(files / "sound.pptx")]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# -- veraPDF --------------------------------------------------------------------------

REPORT = """<?xml version="1.0" encoding="utf-8"?>
<report>
  <jobs>
    <job>
      <item size="10"><name>sound.pdf</name></item>
      <validationReport jobEndStatus="normal" profileName="PDF/UA-1 validation profile" isCompliant="true">
        <details passedRules="106" failedRules="0" passedChecks="9" failedChecks="0"></details>
      </validationReport>
    </job>
    <job>
      <item size="10"><name>broken.pdf</name></item>
      <validationReport jobEndStatus="normal" profileName="PDF/UA-1 validation profile" isCompliant="false">
        <details passedRules="105" failedRules="1" passedChecks="9" failedChecks="2">
          <rule specification="ISO 14289-1:2014" clause="7.3" testNumber="1" status="failed" failedChecks="2">
            <description>Figure tags shall include an alternative representation</description>
            <object>SEFigure</object>
            <check status="failed"><context>root/document[0]/pages[2](5 0 obj PDPage)</context></check>
            <check status="failed"><context>root/document[0]/pages[4](9 0 obj PDPage)</context></check>
          </rule>
        </details>
      </validationReport>
    </job>
    <job>
      <item size="10"><name>other.pdf</name></item>
      <taskException type="PARSE" isExecuted="true" isSuccess="false">
        <exceptionMessage>Couldn't parse stream</exceptionMessage>
      </taskException>
    </job>
  </jobs>
</report>
"""


def stub(folder: Path, output: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A `verapdf` command that says one thing."""
    (folder / "bin").mkdir(exist_ok=True)
    command = folder / "bin/verapdf"
    command.write_text(f"#!{sys.executable}\nimport sys\nsys.stdout.write({output!r})\nsys.exit(1)\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))
    monkeypatch.delenv(JAR, raising=False)


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for veraPDF is a script")
def test_the_report_of_the_verapdf_command_becomes_findings(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub(files, REPORT, monkeypatch)
    result = audit("--json", *(files / name for name in ("sound.pdf", "broken.pdf", "no title.pdf")))
    assert result.exit_code == 3
    told: Any = json.loads(result.stdout)
    assert told["verapdf"] == "run"
    by_verapdf = [[f for f in file["findings"] if f["rule"].startswith("verapdf")] for file in told["files"]]
    assert not by_verapdf[0]
    assert by_verapdf[1][0]["rule"] == "verapdf-7.3-1"
    assert by_verapdf[1][0]["place"] == "page 3"
    assert by_verapdf[1][0]["message"].endswith("alternative representation.")
    assert by_verapdf[1][0]["count"] == 2
    assert by_verapdf[2][0]["message"] == "veraPDF cannot read it: Couldn't parse stream."


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for veraPDF is a script")
@pytest.mark.parametrize("output", ["", "Usage: verapdf", "<report><jobs/></report>"])
def test_a_verapdf_that_fails_is_told_and_ends_with_5(
    files: Path, monkeypatch: pytest.MonkeyPatch, output: str
) -> None:
    stub(files, output, monkeypatch)
    result = audit(files / "broken.pdf")
    assert result.exit_code == 5
    assert "1 finding in 1 file." in result.stdout
    assert "veraPDF failed: its rules were not run." in result.stdout
    assert "veraPDF" in result.stderr


def test_a_jar_that_is_not_there_ends_with_2(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(JAR, str(files / "none.jar"))
    result = audit(files / "sound.pdf")
    assert result.exit_code == 2
    assert f"{JAR}: there is no file" in result.stderr


def test_a_real_verapdf_takes_part(files: Path) -> None:
    needs_verapdf()
    result = audit(files / "sound.pdf", files / "broken.pdf", files / "sound.pptx")
    assert result.exit_code == 3
    assert "[verapdf-7.3-1; PDF/UA-1 7.3]" in result.stdout
    assert result.stdout.endswith("2 findings in 3 files.\n")


# -- what is written about it ------------------------------------------------------------


def test_every_rule_is_in_the_documentation() -> None:
    from reports.audit.deck.rules import RULES as DECK_RULES
    from reports.audit.pdf.rules import RULES as PDF_RULES

    text = (ROOT / "docs/accessibility.md").read_text("utf-8")
    for key, rule in (*PDF_RULES.items(), *DECK_RULES.items()):
        assert f"| `{key}` | {rule.name} | {rule.source} |" in text
    assert text.count("| `") == len(PDF_RULES) + len(DECK_RULES)
