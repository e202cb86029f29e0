"""What would keep a night silent is said when the schedule is set up: no cron, no library, no way to try."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.schedules import cron
from reports.schedules.schedule import name_of
from tests.test_runs import run
from tests.test_schedule_install import installed, repository

TELL = '\n[tell.team]\nurl = "${FAIR_MAIL_URL}"\n'


def test_where_people_are_told_github_has_to_install_what_that_needs(small_project: Path) -> None:
    root = repository(small_project)
    (small_project / "project.toml").open("a").write(TELL)
    wants = "write fairsheet[tell] in requirements.txt"
    assert wants in installed(small_project, "--with", "github")[1]
    for line, lacks in (("fairsheet[sftp, tell] @ x", False), ("fairsheet[sftp] # [tell]", True), ("apprise", False)):
        (root / "requirements.txt").write_text(f"{line}\n", "utf-8")
        assert (wants in installed(small_project, "--with", "github")[1]) is lacks, line


def test_where_people_are_told_a_trial_message_is_offered_and_a_missing_library_named(
    small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = ("--with", "systemd", "--out", tmp_path / "units")
    assert "--trial-message" not in installed(small_project, *out)[1]
    (small_project / "project.toml").open("a").write(TELL)
    monkeypatch.setattr("reports.schedules.install.find_spec", lambda _: None)
    code, said = installed(small_project, *out)
    assert code == 0
    assert f"schedule run {name_of(small_project)} --trial-message" in said
    assert "warning: Nobody can be told: messages need apprise" in said


@pytest.mark.parametrize(
    ("at_work", "idle"),
    [
        (("init", "bash"), True),
        (("init", "cron"), False),
        (("init", "crond"), False),
        (("systemd", "bash"), False),
        ((), False),
    ],
)
def test_a_cron_that_is_not_at_work_is_told(
    at_work: tuple[str, ...], idle: bool, small_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(at_work, 1):
        (tmp_path / f"proc/{number}").mkdir(parents=True)
        (tmp_path / f"proc/{number}/comm").write_text(f"{name}\n", "utf-8")
    found = cron.seems_idle(tmp_path / "proc")
    assert found is idle
    monkeypatch.setattr(cron, "seems_idle", lambda: found)
    monkeypatch.setattr(cron, "_table", lambda: b"")
    monkeypatch.setattr(cron, "_put", lambda _: None)
    code, said = run("schedule", "install", small_project, "--every", "hourly", "--with", "cron")
    assert (code, "No cron is at work on this system" in said) == (0, idle), said
